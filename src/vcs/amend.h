/* What it takes to put another commit in the place of the last one. */
#ifndef IV_VCS_AMEND_H
#define IV_VCS_AMEND_H

#include "vcs/vcs.h"

/*
 * May it be replaced? IV_EREFUSED when there is none (NULL), when it is a merge, or when a
 * remote-tracking branch holds it; IV_EIO.
 */
int vcs_amend_check(const struct iv_repo *repo, const git_commit *last, struct iv_error *error);

/* Appends the lines of its header that belong to no field of ours and to no signature: they stay. */
void vcs_amend_header(struct iv_buf *out, const git_commit *last);

#endif
