/* git's hooks, as git runs them. */
#ifndef IV_CMD_COMMIT_HOOK_H
#define IV_CMD_COMMIT_HOOK_H

#include "cmd/cmd.h"

struct hook {
	const char *name;
	const char *const *words; /* behind its name, NULL-ended; NULL: none */
	const char *index;        /* what it sees as git's index; NULL: git's own */
	bool edits;               /* an editor opens afterwards */
	struct iv_str input;      /* what it reads; absent: nothing */
	const char *stops;        /* what its 'no' stops, for the message: "nothing is committed" */
};

/* Runs the hook, if there is one. IV_EREFUSED when it says no. */
int hook_run(struct cmd *cmd, const struct hook *hook, struct iv_error *error);

/*
 * One line on stderr about those of these hooks (NULL-ended) that are there and were not run. `run_by` is
 * what runs them; NULL: nothing does.
 */
void hook_say_passed_over(struct cmd *cmd, const char *const *names, const char *run_by);

/* Those around a commit, NULL-ended. */
extern const char *const hooks_of_commit[];

#endif
