/* Fetching from a remote, and pushing to it. */
#ifndef IV_VCS_REMOTE_H
#define IV_VCS_REMOTE_H

#include "vcs/upstream.h"

struct vcs_remote {
	const struct iv_repo *repo;
	const struct iv_sync_help *help;
	const struct vcs_upstream *upstream;
};

/* A branch as a remote has it. */
struct vcs_tip {
	git_oid id;   /* zero: it is not there */
	bool rewound; /* it does not rest any more on what was known of it */
};

/* Fetches the branch, if the remote has it, and says where it is there. IV_EIO, IV_EREFUSED. */
int vcs_remote_fetch(struct vcs_tip *tip, const struct vcs_remote *remote, struct iv_error *error);

/* Asks whether the branch, which is at `head`, may be pushed to where it is at `tip`. IV_EREFUSED. */
int vcs_remote_ask(const struct vcs_remote *remote, const git_oid *head, const git_oid *tip,
		   struct iv_error *error);

/*
 * Pushes the branch. IV_ECHANGED when something is there that it does not hold; IV_EREFUSED when the
 * remote does not want it, as when somebody pushes in the same moment; IV_EIO.
 */
int vcs_remote_push(const struct vcs_remote *remote, struct iv_error *error);

#endif
