/* From a word to the version of a note that is to come back, and to the place it goes to. */
#ifndef IV_CMD_RESTORE_FIND_H
#define IV_CMD_RESTORE_FIND_H

#include <ivnotes/vcs.h>

#include "cmd/cmd.h"

struct restore_version {
	char *path;                  /* where the note is today, or was last */
	char *then;                  /* where it was in the revision */
	char *head;                  /* where HEAD has it, if it was moved since; else NULL */
	struct iv_revision revision; /* that holds it */
};
void restore_version_release(struct restore_version *version);

struct restore_finder {
	struct cmd *cmd;
	const char *given; /* of --at, or NULL: the last version of each */
	struct iv_revision revision;
	struct cmd *then; /* asks of that revision; NULL until somebody does */
};

/* Reads --at. IV_ENOTFOUND and so on, as of iv_repo_revision(). Release it in any case. */
int restore_finder_init(struct restore_finder *out, struct cmd *cmd, struct iv_error *error);
void restore_finder_release(struct restore_finder *finder);

/*
 * A note of today that is called so, else one of the revision (of --at, or HEAD), else without --at
 * the last one that a commit took away; only then those of today and of the revision that a
 * part of a name means, and those taken away by their name. IV_ENOTFOUND, IV_EAMBIGUOUS,
 * IV_EREFUSED for a note that no such version is of, IV_EIO; or an exit status, with the reason
 * printed.
 */
int restore_find(struct restore_version *out, struct restore_finder *finder, const char *word,
		 struct iv_error *error);

#endif
