/* Where git's configuration has a remote to be. */
#ifndef IV_VCS_ADDRESS_H
#define IV_VCS_ADDRESS_H

#include "vcs/vcs.h"

struct vcs_address {
	char *url;     /* as url.*.insteadOf makes it */
	char *program; /* that answers there: "git-upload-pack", or what remote.*.uploadpack says */
};

/*
 * Where a remote is fetched from, or pushed to. IV_EREFUSED in words for what git would do otherwise
 * than we can: several URLs, refspecs for pushing, helpers for other kinds of remotes, signed pushes,
 * what protocol.allow forbids; IV_EIO.
 */
int vcs_address_find(struct vcs_address *out, const struct iv_repo *repo, const char *remote,
		     bool push, struct iv_error *error);
void vcs_address_release(struct vcs_address *address);

#endif
