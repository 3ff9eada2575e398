#include <ivnotes/merge.h>

#include <stdlib.h>

#include "merge/marks.h"

static struct iv_str known(struct iv_str bytes)
{
	return bytes.ptr ? bytes : IV_LIT("");
}

static void take(struct iv_merged *out, struct iv_buf *bytes, bool conflicts)
{
	out->len = bytes->len;
	out->bytes = iv_buf_detach(bytes);
	out->conflicts = conflicts;
}

/* ---- both whole ---- */

/* The line end of the first line. */
static const char *eol_of(struct iv_str bytes)
{
	size_t end = iv_str_find_char(bytes, '\n');

	return end != SIZE_MAX && end && bytes.ptr[end - 1] == '\r' ? "\r\n" : "\n";
}

void iv_merge_whole(struct iv_merged *out, struct iv_str base, struct iv_str ours,
		    struct iv_str theirs, const struct iv_merge_how *how)
{
	struct iv_buf bytes = IV_BUF_INIT;
	struct iv_marks marks;

	iv_marks_init(&marks, how, eol_of(known(ours)));
	iv_marks_put(&bytes, &marks, known(base), known(ours), known(theirs));
	iv_marks_release(&marks);
	take(out, &bytes, true);
}

/* ---- merging ---- */

/* One side alone changed it, or both alike: these bytes. */
static bool take_at_once(struct iv_merged *out, struct iv_str base, struct iv_str ours,
			 struct iv_str theirs)
{
	struct iv_buf bytes = IV_BUF_INIT;

	if (!iv_str_eq(ours, theirs) && !iv_str_eq(base, theirs) && !iv_str_eq(base, ours))
		return false;
	iv_buf_str(&bytes, iv_str_eq(base, ours) ? theirs : ours);
	take(out, &bytes, false);
	return true;
}

void iv_merge(struct iv_merged *out, struct iv_str path, struct iv_str base, struct iv_str ours,
	      struct iv_str theirs, const struct iv_merge_how *how)
{
	(void)path;
	base = known(base);
	ours = known(ours);
	theirs = known(theirs);
	if (take_at_once(out, base, ours, theirs))
		return;
	if (how->lines(&out->bytes, &out->len, &out->conflicts, base, ours, theirs, IV_MERGE_MARK,
		       how, NULL))
		iv_merge_whole(out, base, ours, theirs, how);
}
