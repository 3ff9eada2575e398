/* Other programs, started without a shell. */
#ifndef IV_CMD_PROGRAM_H
#define IV_CMD_PROGRAM_H

#include "cmd/cmd.h"

struct program {
	const char *const *words;       /* NULL-ended; the first is a path, or a name of PATH */
	const char *folder;             /* where it runs; NULL: here */
	const char *const *environment; /* NAME=VALUE, or a NAME to take away; NULL-ended or NULL */
	struct iv_str input;            /* what it reads; absent: nothing */
	struct iv_buf *out, *talk; /* what it prints on stdout and stderr; NULL: to our stderr */
};

/*
 * Runs it to its end. 0 when it ended with 0. IV_ENOTFOUND when there is no such program, IV_EIO when it
 * cannot be started, IV_EREFUSED when it ended otherwise: the message says how, "'gpg' ended with
 * status 2".
 */
int program_run(struct cmd *cmd, const struct program *program, struct iv_error *error);

#endif
