/* The lines of a body as cmark counts them, and the running text of its blocks. */
#ifndef IV_NOTE_LINES_H
#define IV_NOTE_LINES_H

#include "note/inline.h"

struct iv_body_lines {
	struct iv_str text;
	uint32_t first_line; /* of the note */
	size_t *starts;      /* offset of each line, and behind the last one the text's end */
	size_t count;
	size_t blank_run; /* the longest run of blank lines */
	char *packed;     /* what iv_lines_packed() made, or NULL */
	size_t *numbers;  /* of its lines, in the body */
	size_t packed_count;
};

void iv_lines_init(struct iv_body_lines *lines, struct iv_str text, uint32_t first_line);
void iv_lines_release(struct iv_body_lines *lines);
/*
 * The text for cmark, which looks at every open list for every blank line: many lists and many
 * blank lines would take for ever. Two in a row mean the same as a thousand.
 */
struct iv_str iv_lines_packed(struct iv_body_lines *lines);
/* The body's line for a line of the packed text. */
size_t iv_line_number(const struct iv_body_lines *lines, size_t packed);
/* Line `number` of the body (from 1) without its end; empty when there is none. */
struct iv_str iv_line(const struct iv_body_lines *lines, size_t number);
/* The offset at which it begins; the text's length when there is none. */
size_t iv_line_start(const struct iv_body_lines *lines, size_t number);
bool iv_is_blank(struct iv_str line);
struct iv_pos iv_line_pos(const struct iv_body_lines *lines, size_t number, size_t column);

/*
 * Makes one running text of lines `first` to `last`: indentation goes, and as many `>` as there
 * are block quotes around. `column` (from 1) is where the block begins on its first line.
 */
void iv_lines_join(struct iv_passage *passage, const struct iv_body_lines *lines,
		   struct iv_arena *arena, size_t first, size_t last, size_t column,
		   unsigned quotes);

#endif
