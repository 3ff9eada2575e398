/* Signatures, by the program that git's configuration names. */
#ifndef IV_CMD_COMMIT_SIGN_H
#define IV_CMD_COMMIT_SIGN_H

#include <ivnotes/vcs.h>

#include "cmd/cmd.h"

/*
 * For struct iv_commit_help; `data` is struct cmd. What the program says is printed when it fails:
 * IV_EREFUSED, or IV_ENOTFOUND without one.
 */
int sign_content(struct cmd *cmd, char **signature, const struct iv_signing *how,
		 struct iv_str content, struct iv_error *error);

#endif
