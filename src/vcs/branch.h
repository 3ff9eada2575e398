/* The branch that commits move. */
#ifndef IV_VCS_BRANCH_H
#define IV_VCS_BRANCH_H

#include "vcs/vcs.h"

/*
 * What a new commit moves, the caller's to free: "refs/heads/main", behind all other names for it, or
 * "HEAD" where that is on no branch. IV_EREFUSED where HEAD leads to something that is no branch, or
 * there is a tag in the commit's place; IV_EBUSY where another process holds it; IV_EIO where its commit is
 * missing or damaged.
 */
int vcs_branch_find(char **out, const struct iv_repo *repo, struct iv_error *error);

#endif
