/* The operands of commit: what it is limited to. */
#ifndef IV_CMD_COMMIT_LIMIT_H
#define IV_CMD_COMMIT_LIMIT_H

#include "cmd/cmd.h"

/*
 * Files and folders of the vault that words name, as iv_commit_wish wants them; *out is NULL for all of
 * it. One that is there no more is known by its path. Free with limit_free(). CMD_FAILED for
 * what is no part of the vault.
 */
int limit_read(char ***out, struct cmd *cmd, int count, char **words);
void limit_free(char **paths);

#endif
