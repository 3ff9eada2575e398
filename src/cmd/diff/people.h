/* What the people are called whom references mean, as the notes say today. */
#ifndef IV_CMD_DIFF_PEOPLE_H
#define IV_CMD_DIFF_PEOPLE_H

#include <ivnotes/history.h>
#include <ivnotes/vcs.h>

#include "base/map.h"
#include "cmd/cmd.h"

struct people {
	struct cmd *cmd;
	const struct iv_differences *moved; /* people may have other names there */
	struct iv_map map;                  /* from keys to items; each is looked up once */
	struct iv_known *items;
	size_t count, capacity;
	bool failed; /* there is no index to be had */
};

/* For struct iv_acts_how; the index is opened when the first one is asked for. */
bool people_look_up(void *people, struct iv_known *out, struct iv_str key);
void people_release(struct people *people);

/* Does this key, as references have it, mean the note: by its path, id, alias or name? */
bool people_is_called(struct iv_arena *arena, const struct iv_note *note, struct iv_str key);

#endif
