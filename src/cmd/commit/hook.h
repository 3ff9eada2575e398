/* git's hooks around a commit, as git runs them. */
#ifndef IV_CMD_COMMIT_HOOK_H
#define IV_CMD_COMMIT_HOOK_H

#include "cmd/cmd.h"

/*
 * Runs the hook, if there is one, with these words (NULL-ended) behind its name. `index` is what it
 * sees as git's index, NULL for git's own; `edits`: an editor opens afterwards. IV_EREFUSED when it says no.
 */
int hook_run(struct cmd *cmd, const char *name, const char *const *words, const char *index,
	     bool edits, struct iv_error *error);

/* The same of one that may stop the commit, which the message says. */
int hook_ask(struct cmd *cmd, const char *name, const char *const *words, const char *index,
	     bool edits, struct iv_error *error);

/* One line on stderr about the hooks that are there and were not run. */
void hook_say_passed_over(struct cmd *cmd);

#endif
