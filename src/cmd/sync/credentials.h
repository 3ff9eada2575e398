/* User and password for http and https, as git's own configuration finds them. */
#ifndef IV_CMD_SYNC_CREDENTIALS_H
#define IV_CMD_SYNC_CREDENTIALS_H

#include "cmd/cmd.h"

struct credentials {
	struct cmd *cmd;
	struct iv_buf text; /* as `git credential fill` gave it; empty: nothing was asked for */
};

/*
 * Asks `git credential`, which runs the helpers, and GIT_ASKPASS or the terminal where somebody is
 * there to answer. IV_EREFUSED when none of them knows; IV_ENOTFOUND without git.
 */
int credentials_fill(struct credentials *own, char **user, char **password, const char *url,
		     struct iv_error *error);
/* Tells the helpers that they were right, or wrong. */
void credentials_end(struct credentials *own, bool right);

#endif
