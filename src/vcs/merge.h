/* Two commits -> one tree: git's merge of trees, and notes by the one that knows notes. */
#ifndef IV_VCS_MERGE_H
#define IV_VCS_MERGE_H

#include "vcs/switch.h"

struct vcs_merge {
	git_oid tree; /* conflicts lie in it as the working tree shall hold them */
	struct vcs_conflict *conflicts; /* sorted by path */
	struct iv_sync_conflict *told;  /* the same, in other words */
	size_t conflict_count, conflict_capacity, told_capacity;
	const char **joined; /* notes that both sides had changed and that went together */
	size_t joined_count, joined_capacity;
	struct iv_arena *arena; /* of the paths */
};

/*
 * Merges in memory, but for blobs and trees. `label` stands behind the markers of their side.
 * IV_EREFUSED when the two have no commit in common, or where a file and a folder have one name;
 * IV_EIO, as where objects are missing.
 */
int vcs_merge(struct vcs_merge *out, const struct iv_repo *repo, git_commit *ours,
	      git_commit *theirs, const char *label, struct iv_error *error);
void vcs_merge_release(struct vcs_merge *merge);

#endif
