/* What a note says in words of one's own, for whoever quotes it. */
#ifndef IV_NOTE_SAID_H
#define IV_NOTE_SAID_H

#include <ivnotes/note.h>

#include "base/str.h"

/*
 * Adds the body without the sections that are prepared for a meeting or are lists of things to do
 * (Request, Research, Opening, Questions, Follow-ups), and without blocks that are comments:
 * Markdown as it was written, an empty line between blocks, '\n' behind each line. The heading of Notes
 * is left out, what stands below it is not. Other headings are marked with '#', `demoted` levels
 * below their own, 6 at most. `bytes` are the note's. Nothing for a note that cannot be read.
 */
void iv_note_said(struct iv_buf *out, const struct iv_note *note, struct iv_str bytes,
		  const struct iv_syntax *syntax, int demoted);

#endif
