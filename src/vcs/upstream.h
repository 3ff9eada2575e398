/* Which remote, and which branch there, a sync is with. */
#ifndef IV_VCS_UPSTREAM_H
#define IV_VCS_UPSTREAM_H

#include "vcs/vcs.h"

struct vcs_upstream {
	char *head;   /* "refs/heads/main", the branch that HEAD is on; it may be unborn */
	char *remote; /* "origin" */
	char *branch; /* "refs/heads/main", there */
};

/*
 * `named` is the remote's name, or NULL. IV_EREFUSED when HEAD is on no branch, there is no remote, or
 * it is this repository; IV_ENOTFOUND for one that does not exist; IV_EIO.
 */
int vcs_upstream_find(struct vcs_upstream *out, const struct iv_repo *repo, const char *named,
		      struct iv_error *error);
/*
 * Where git's configuration has that branch pushed to, where this is another remote than `from`'s
 * (branch.*.pushRemote, remote.pushDefault); else out->remote is NULL. IV_ENOTFOUND for a remote that does not
 * exist; IV_EIO.
 */
int vcs_upstream_push(struct vcs_upstream *out, const struct vcs_upstream *from,
		      const struct iv_repo *repo, struct iv_error *error);
void vcs_upstream_release(struct vcs_upstream *upstream);

#endif
