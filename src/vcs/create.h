/* From a tree and a message to a commit, and to the branch that ends in it. */
#ifndef IV_VCS_CREATE_H
#define IV_VCS_CREATE_H

#include "vcs/sign.h"

struct vcs_draft {
	const struct iv_repo *repo;
	const git_signature *author, *committer;
	git_commit *last;   /* of HEAD; NULL: none yet */
	git_commit *parent; /* the last one, or, amending, its parent; NULL: none */
	git_commit *merged; /* a second parent, or NULL */
	bool amend;
	const char *message;
	const char *encoding; /* of the message as it is kept; NULL: UTF-8 */
	const struct vcs_signing *signing;
	const struct iv_commit_help *help;
};

/* Writes the commit, signed where that is wanted. IV_EIO; and what signing gives. */
int vcs_create_object(git_oid *out, const struct vcs_draft *draft, const git_oid *tree,
		      struct iv_error *error);

/*
 * Writes the commit, signed where that is wanted, and moves the branch. IV_EBUSY when the branch is
 * not at `last` any more; IV_EIO; and what signing gives.
 */
int vcs_create(git_oid *out, const struct vcs_draft *draft, const git_oid *tree,
	       struct iv_error *error);

#endif
