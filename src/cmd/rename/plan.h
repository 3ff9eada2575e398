/* What a note's new name changes, in all notes; made and proved before anything is written. */
#ifndef IV_CMD_RENAME_PLAN_H
#define IV_CMD_RENAME_PLAN_H

#include "cmd/cmd.h"

struct rename_file {
	char *path; /* as it is now */
	struct iv_buf before, after;
	size_t refs; /* references that are written anew */
};

struct rename_plan {
	struct cmd *cmd;
	const char *from, *to;     /* paths in the vault */
	struct rename_file *files; /* the note itself first, then by path; all that change */
	size_t count, capacity;
	size_t found; /* references that meant nothing, and will mean the note */
};

/*
 * `to` must outlive it. Every reference means the same note afterwards: an index is made in memory of the
 * notes as they would be, and compared. IV_EREFUSED, with the place, where that fails, or where a
 * reference cannot be written anew exactly.
 */
int rename_plan_make(struct rename_plan *out, struct cmd *cmd, const char *from, const char *to,
		     struct iv_error *error);
void rename_plan_release(struct rename_plan *plan);

#endif
