/* Taking in a commit that was received: the branch goes forward to it, or is merged with it. */
#ifndef IV_VCS_TAKE_H
#define IV_VCS_TAKE_H

#include "vcs/vcs.h"

struct vcs_kept;

struct vcs_take {
	struct iv_repo *repo;
	const struct iv_sync_wish *wish;
	const char *branch; /* HEAD's: "refs/heads/main"; it may be unborn */
	const char *label;  /* of what was received: "origin/main" */
	struct iv_sync *out;
	struct iv_arena *arena; /* of what *out holds */
	size_t merges;          /* commits made */
	struct vcs_kept *kept;  /* what a merge writes; NULL before the first */
};

/* Where the branch is; zero while it is unborn. IV_EIO. */
int vcs_take_head(git_oid *head, const struct vcs_take *take, struct iv_error *error);

/*
 * Takes in `tip`, and says in take->out how. In a dry run nothing but objects is written. A ref of
 * the branch's, below refs/ivnotes/sync/, stands from before the first file is changed until
 * everything is in its place. IV_EREFUSED, IV_EBUSY, IV_ECHANGED, IV_EIO.
 */
int vcs_take_in(struct vcs_take *take, const git_oid *tip, struct iv_error *error);
/* Finishes what was killed in the middle, by that ref. The same. */
int vcs_take_resume(struct vcs_take *take, struct iv_error *error);

#endif
