/*
 * Inlines, found by scanning the text of a block or a field: code spans, comments and links.
 * Linear in the length of the text, whatever it holds.
 */
#ifndef IV_NOTE_INLINE_H
#define IV_NOTE_INLINE_H

#include "note/reference.h"

/* A line of a passage: the offset in its text where it begins, and the place in the note. */
struct iv_line_start {
	size_t at;
	struct iv_pos pos;
};

enum iv_hole_kind { IV_HOLE_CODE, IV_HOLE_COMMENT, IV_HOLE_WIKI };

/* A stretch of text that is something else than words. */
struct iv_hole {
	enum iv_hole_kind kind;
	size_t from, to;
};

/*
 * A running text with the place of each of its lines in the note. One passage serves for many
 * texts, one after the other.
 */
struct iv_passage {
	struct iv_str text;
	IV_LIST(struct iv_line_start) lines;
	IV_LIST(struct iv_hole) holes; /* in order, not overlapping */
	IV_LIST(size_t) brackets;      /* open ones, while scanning */
};

void iv_passage_release(struct iv_passage *passage);
/* Empties it, and begins a text whose first line stands at pos. */
void iv_passage_begin(struct iv_passage *passage, struct iv_str text, struct iv_pos pos);
struct iv_pos iv_passage_pos(const struct iv_passage *passage, size_t at);

/* Finds the holes, and adds the links as references. */
void iv_inline_scan(struct iv_passage *passage, struct iv_reader *reader, struct iv_ref_site site);
/* The first hole that ends after `at`, or NULL. Holes are few: a binary search. */
const struct iv_hole *iv_hole_after(const struct iv_passage *passage, size_t at);
/* True inside a code span or a comment. */
bool iv_is_literal(const struct iv_passage *passage, size_t at);

/*
 * A link's destination in parentheses or after a definition's colon, from `at` on: returns the
 * offset behind it, or 0.
 */
size_t iv_destination(struct iv_str *out, struct iv_str text, size_t at);

#endif
