/* Sections by heading text, and what is said in them. */
#ifndef IV_NOTE_SECTION_H
#define IV_NOTE_SECTION_H

#include "note/inline.h"

/*
 * Which section the reading is in. A section runs to the next heading of the same or a higher
 * level; a section inside another hides it.
 */
struct iv_sections {
	int open[7]; /* by heading level from 1: index into the reader's sections, or -1 */
	int current; /* or -1 */
};

void iv_sections_init(struct iv_sections *sections);
/*
 * Takes a heading: its text, its level and place; `from` and `to` are the offsets in the body at
 * which the heading begins and what follows it.
 */
void iv_section_heading(struct iv_sections *sections, struct iv_reader *reader, struct iv_str text,
			int level, struct iv_pos pos, size_t from, size_t to);
/* The end of the body. */
void iv_sections_end(struct iv_sections *sections, struct iv_reader *reader);
/* The canonical name of the section that the reading is in, or NULL. */
const char *iv_section_name(const struct iv_sections *sections, const struct iv_reader *reader);

/* What a paragraph is, as far as its words count as somebody's own. */
enum iv_prose { IV_PROSE_OWN, IV_PROSE_TASK, IV_PROSE_QUOTED };
/* Counts the words of a paragraph from offset `from` on. */
void iv_section_words(struct iv_sections *sections, struct iv_reader *reader,
		      const struct iv_passage *passage, size_t from, enum iv_prose prose);

#endif
