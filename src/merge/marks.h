/* Conflicts as they stand in a file: both sides between markers. */
#ifndef IV_MERGE_MARKS_H
#define IV_MERGE_MARKS_H

#include <ivnotes/merge.h>

#include "base/str.h"

/* What the labels are once they are fit for a line. */
struct iv_marks {
	struct iv_buf ours, base, theirs;
	bool shows_base;
	size_t size;
	const char *eol;
};

void iv_marks_init(struct iv_marks *marks, const struct iv_merge_how *how, const char *eol);
void iv_marks_release(struct iv_marks *marks);

/* Whole lines, between markers; a last line without its end gets one. */
void iv_marks_put(struct iv_buf *out, const struct iv_marks *marks, struct iv_str base,
		  struct iv_str ours, struct iv_str theirs);

#endif
