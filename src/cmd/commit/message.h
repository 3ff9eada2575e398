/* The message of a commit on its way through hooks and editor. */
#ifndef IV_CMD_COMMIT_MESSAGE_H
#define IV_CMD_COMMIT_MESSAGE_H

#include <ivnotes/vcs.h>

#include "cmd/cmd.h"

struct message_way {
	bool edit, hooks;
	bool given, amend; /* by -m; of the last commit */
};

/*
 * Writes it where git does (COMMIT_EDITMSG), lets hooks and the editor at it as the way says, and
 * reads it again. `index` is what the hooks see. IV_EREFUSED when one of them says no; IV_EIO.
 */
int message_rework(struct cmd *cmd, char **message, const struct message_way *way,
		   const struct iv_commit *commit, const char *index, struct iv_error *error);

#endif
