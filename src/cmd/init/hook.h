/* The pre-commit hook of `init --hooks`. */
#ifndef IV_CMD_INIT_HOOK_H
#define IV_CMD_INIT_HOOK_H

#include <ivnotes/vcs.h>

#include "cmd/cmd.h"

/*
 * Puts the hook where git looks for it, and its path into *made (the caller frees; NULL: it was there
 * already, or one that asks `ivnotes check --staged`). IV_EREFUSED when another hook stands there or
 * the folder serves other repositories too; the message has the line that would do. IV_EIO.
 */
int init_hook(char **made, const struct iv_repo *repo, struct iv_error *error);

#endif
