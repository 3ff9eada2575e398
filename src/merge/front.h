/* The bytes of the merged front matter: ours, with what theirs changed in the place it has there. */
#ifndef IV_MERGE_FRONT_H
#define IV_MERGE_FRONT_H

#include "merge/markers.h"
#include "merge/plan.h"

/* A key with its lines in the versions. */
struct iv_spot {
	struct iv_plan *plan;
	const struct iv_entry *entries[IV_VERSIONS]; /* NULL where it is not there */
};

/*
 * Appends to `out` the front matter with both its --- lines, key by key. A plan whose bytes cannot be
 * put together becomes a conflict. False when the headers cannot be read that well; `out` is then
 * as it was.
 */
bool iv_front_merge(struct iv_sides *out, const struct iv_versions *versions,
		    struct iv_plans *plans, const struct iv_markers *markers);

/* Both headers whole, between their --- lines. False when a side has none. */
bool iv_front_conflict(struct iv_sides *out, const struct iv_versions *versions,
		       const struct iv_markers *markers);

/* The comments and empty lines before a key, and the key with its value up to the next line. */
struct iv_str iv_spot_lead(const struct iv_versions *versions, const struct iv_spot *place,
			   int version);
struct iv_str iv_spot_lines(const struct iv_versions *versions, const struct iv_spot *place,
			    int version);
/* The comments along a value from one offset to another, one behind the other. */
struct iv_str iv_comments(const struct iv_head *head, const struct iv_yaml_node *node, size_t from,
			  size_t to);
/* Those in the lines of a key. */
struct iv_str iv_spot_comments(const struct iv_versions *versions, const struct iv_spot *place,
			       int version);

#endif
