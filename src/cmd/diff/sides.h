/* The operands of diff: which versions are compared, and for which notes. */
#ifndef IV_CMD_DIFF_SIDES_H
#define IV_CMD_DIFF_SIDES_H

#include <ivnotes/vcs.h>

#include "cmd/cmd.h"

struct sides {
	const char *from, *to; /* ids of commits; NULL: the last commit, the working tree */
	char **words;          /* REFs, behind the revisions */
	int count;
	const char *no_revision; /* why the first of them is none; NULL where it could not be */
};

/*
 * Reads `[REV [REV]] [--] [REF …]` and `REV..REV`; what is owned is cmd's. 0, or an exit status
 * after the reason was printed: CMD_USAGE for a word that is a revision and a note.
 */
int sides_read(struct sides *out, struct cmd *cmd, int count, char **words);

/*
 * Drops from the differences what no REF means: a note or folder of now, or of either side, or by id or path
 * one that differs. *kept tells of each whether it stays; the caller frees. An exit status, as
 * above.
 */
int sides_limit(bool **kept, struct cmd *cmd, const struct sides *sides,
		const struct iv_differences *differences);

#endif
