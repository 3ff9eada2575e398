/* Suppressions: `ivnotes-ignore` in the front matter, and in comments before a block. */
#ifndef IV_NOTE_IGNORE_H
#define IV_NOTE_IGNORE_H

#include "note/inline.h"

void iv_ignore_field(struct iv_reader *reader, const struct iv_field *field);
/*
 * Reads the comment that begins at `from` in a passage; *found counts the ids that were added,
 * for whom the caller sets the lines they hold for.
 */
void iv_ignore_comment(struct iv_reader *reader, const struct iv_passage *passage, size_t from,
		       size_t to);

#endif
