/* The three versions of a note, made comparable, and which of two changes counts. */
#ifndef IV_MERGE_VERSION_H
#define IV_MERGE_VERSION_H

#include <ivnotes/merge.h>

#include "edit/head.h"

enum { IV_BASE, IV_OURS, IV_THEIRS, IV_VERSIONS };

/* One version: without a byte order mark, and with the line ends of the others. */
struct iv_version {
	struct iv_edit *edit; /* its bytes and its note */
	struct iv_head head;
	bool readable;       /* `head` counts: each key once, nothing odd around it */
	struct iv_str front; /* with both its --- lines; empty without front matter */
	bool in_lines; /* all lines of `front` have a line feed, as markers need around them */
	struct iv_str body;
};

/* What was taken off all of them, and is put back on what comes out. */
struct iv_dress {
	bool bom, crlf;
};

struct iv_versions {
	struct iv_version of[IV_VERSIONS];
	struct iv_dress dress;
	struct iv_str path;
	const struct iv_syntax *syntax;
	bool same_type; /* fields bear the same names in all of them */
};

/* Tasks that one side ticked have their new boxes in all versions that have them. */
void iv_versions_init(struct iv_versions *out, struct iv_str path, struct iv_str base,
		      struct iv_str ours, struct iv_str theirs, const struct iv_syntax *syntax);
void iv_versions_release(struct iv_versions *versions);

/* The bytes as they are to be written. */
void iv_dress_put(struct iv_buf *out, const struct iv_dress *dress, struct iv_str bytes);

/* The index of the version that counts; -1 where both sides made something else of it. */
int iv_winner(const struct iv_str texts[IV_VERSIONS]);

#endif
