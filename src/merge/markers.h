/* Conflicts as they stand in a file: both sides between markers. */
#ifndef IV_MERGE_MARKERS_H
#define IV_MERGE_MARKERS_H

#include "merge/version.h"

/* The labels once they are fit for a line. */
struct iv_markers {
	struct iv_buf ours, base, theirs;
	bool shows_base;
	size_t size;
	const char *eol;
};

/*
 * The size to use: what is asked for, or more where a line of the texts looks like a marker of that
 * size. A heading underlined with seven signs would else part a conflict in two places.
 */
unsigned iv_marker_size(unsigned wanted, const struct iv_str texts[IV_VERSIONS]);

void iv_markers_init(struct iv_markers *markers, const struct iv_merge_how *how, const char *eol);
void iv_markers_release(struct iv_markers *markers);

/*
 * What comes out, and how it reads for somebody who takes one side in every conflict: IV_OURS,
 * IV_THEIRS. What is written is what stands at IV_BASE, with both between markers.
 */
struct iv_sides {
	struct iv_buf texts[IV_VERSIONS];
	bool conflicts;
};
#define IV_MARKED IV_BASE

void iv_sides_release(struct iv_sides *sides);
/* A text that is the same on both sides. */
void iv_sides_add(struct iv_sides *sides, struct iv_str text);
/* Whole lines that differ; a last line without its end gets one. */
void iv_sides_conflict(struct iv_sides *sides, const struct iv_markers *markers,
		       const struct iv_str texts[IV_VERSIONS]);
/* Puts one behind the other. */
void iv_sides_append(struct iv_sides *sides, const struct iv_sides *more);

#endif
