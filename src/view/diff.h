/* What two versions of the vault differ in: field by field, task by task, text by lines. */
#ifndef IV_VIEW_DIFF_H
#define IV_VIEW_DIFF_H

#include <ivnotes/history.h>
#include <ivnotes/view.h>

#include "base/str.h"

/* One file that differs. */
struct iv_diff_file {
	const char *kind;        /* "added", "modified" or "removed" */
	const char *path, *from; /* in the vault; from: where it was before, or NULL */
	const struct iv_note
		*note; /* the newer version, else the one that is gone; NULL: no note */
	const struct iv_acts *acts; /* of a note */
	/*
	 * Of a note the hunks of its text where that changed, and of the whole file where it says the
	 * same; of another file what git shows. "" for none.
	 */
	const char *patch;
	bool same_bytes;          /* only what may be done with it differs */
	size_t inserted, deleted; /* lines of the whole file */
};

struct iv_diff_style {
	bool color;
	iv_day today;
	const char *path; /* as the person sees it, of the file that is shown */
};

void iv_view_diff(struct iv_buf *out, const struct iv_diff_file *file,
		  const struct iv_diff_style *style);

/* How much of a file differs. */
struct iv_diff_count {
	const char *path; /* as the person sees it */
	size_t acts;      /* without those that others imply */
	size_t inserted, deleted;
};
struct iv_diff_count iv_view_diff_counted(const struct iv_diff_file *file, const char *path);
/* ` PATH | 2 acts +4 -1` for each, then all together; nothing for none. */
void iv_view_diff_stat(struct iv_buf *out, const struct iv_diff_count *counts, size_t count);

/*
 * One JSON object in pieces: what begins it (the revisions' ids, NULL for the working tree or
 * nothing), each file, `first` told so, and what ends it.
 */
void iv_view_diff_json_begin(struct iv_buf *out, const char *from, const char *to);
void iv_view_diff_json_file(struct iv_buf *out, const struct iv_diff_file *file, bool first,
			    iv_day today);
void iv_view_diff_json_end(struct iv_buf *out);

#endif
