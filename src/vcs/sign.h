/* Whether commits are to be signed, and how. */
#ifndef IV_VCS_SIGN_H
#define IV_VCS_SIGN_H

#include "vcs/vcs.h"

struct vcs_signing {
	bool wanted;
	struct iv_signing how;
	char *program, *key; /* what `how` points to */
};

/*
 * What git's configuration says; `committer` is whose key it is where it names none. IV_EREFUSED for
 * ways that are none of ours, or when there is no key.
 */
int vcs_signing_read(struct vcs_signing *out, const struct iv_repo *repo,
		     const git_signature *committer, struct iv_error *error);
void vcs_signing_release(struct vcs_signing *signing);

#endif
