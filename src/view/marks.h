/* The part of a person's own file that ivnotes writes. */
#ifndef IV_VIEW_MARKS_H
#define IV_VIEW_MARKS_H

#include "base/str.h"

/* The comments, each alone on its line, between which that part lies. */
#define IV_MARK_BEGIN "<!-- ivnotes:begin -->"
#define IV_MARK_END "<!-- ivnotes:end -->"

/*
 * Puts `text` (lines that end in \n) between the two marks of `old`, with the line ends of the
 * first mark's line, and leaves every other byte. In an `old` without a byte the marks come with
 * it. IV_EINPUT, with the line where there is one, when `old` does not hold exactly one pair in
 * that order.
 */
int iv_marks_place(struct iv_buf *out, struct iv_str old, struct iv_str text,
		   struct iv_error *error);

#endif
