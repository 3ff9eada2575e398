/* The hooks of this repository around a sync. */
#ifndef IV_CMD_SYNC_HOOKS_H
#define IV_CMD_SYNC_HOOKS_H

#include <ivnotes/vcs.h>

#include "cmd/cmd.h"

/* pre-commit, and those that see the message: for struct iv_commit_help, with the command as data. */
int hooks_check(void *cmd, const char *index, struct iv_error *error);
int hooks_word(void *cmd, char **message, const struct iv_commit *commit, const char *index,
	       struct iv_error *error);

/* pre-push. IV_EREFUSED when it says no. */
int hooks_push(struct cmd *cmd, const struct iv_push *push, struct iv_error *error);

/* post-commit, once there is a commit. */
void hooks_committed(struct cmd *cmd);
/* post-merge, if anything was taken in. */
void hooks_taken_in(struct cmd *cmd, const struct iv_sync *sync);

/* Names those that git would have run; `run` says whether those that can be were. */
void hooks_say_passed_over(struct cmd *cmd, const struct iv_sync *sync, bool committed, bool run);

#endif
