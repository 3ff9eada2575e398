/* What became of notes since the last commit: which were moved, and which are gone. */
#ifndef IV_CMD_MOVED_H
#define IV_CMD_MOVED_H

#include <ivnotes/vcs.h>

#include "cmd/cmd.h"

struct moved {
	struct iv_repo *apart; /* what is written to it stays in memory: none but this may use it */
	struct iv_differences differences;
};

/* Errors as of iv_repo_differences(). Close it in any case. */
int moved_open(struct moved *out, const struct cmd *cmd, struct iv_error *error);
void moved_close(struct moved *moved);

/* Where the last commit has the note that is at this path today; NULL where it was not moved. */
const char *moved_from(const struct moved *moved, const char *path);

#endif
