/* What commits changed, from the history cache, which is brought up to date before. */
#ifndef IV_CMD_HISTORY_H
#define IV_CMD_HISTORY_H

#include "cmd/cmd.h"

struct history {
	struct iv_past *past;
	const char **ids; /* of all commits, newest first in git's order */
	size_t count;
	const char *cut; /* the newest commit with which a shallow clone ends, or NULL */
	size_t damaged;  /* so many notes and commits git could not read */
	const char *why; /* the first of them */
	bool empty;      /* there is no commit yet, which is no error */
	struct iv_arena *arena;
};

/*
 * Opens the history that --at, else HEAD rests on; close it in any case. What git cannot read of old
 * commits is said, and the newer ones are there: CMD_FAILED then, and where nothing is to be had,
 * with `past` NULL.
 */
int history_open(struct history *out, struct cmd *cmd);
void history_close(struct history *history);

/* The commits, newest first. IV_EIO and so on; damage is healed inside. */
int history_read(struct iv_past_commits *out, struct history *history, struct cmd *cmd,
		 struct iv_error *error);

/*
 * Where rule back-filled is on: tells the index when records were first committed, before it is
 * refreshed. Without a git repository there is nothing to tell; what cannot be read of it is said,
 * and stops nothing else.
 */
void history_tell_index(struct cmd *cmd);

#endif
