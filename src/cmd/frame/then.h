/* The same command, asked of the notes of another revision. */
#ifndef IV_CMD_THEN_H
#define IV_CMD_THEN_H

#include "cmd/cmd.h"

/*
 * Makes a cmd as main would with `--at REVISION` and the options of `now`, with `needs` opened; its
 * `out` is its own. 0, or an exit status after the reason was printed. `now` must outlive it.
 */
int then_open(struct cmd **out, struct cmd *now, const char *revision, unsigned needs);
void then_close(struct cmd *then); /* NULL is fine */

/*
 * `REF@REV`, which is split at the last '@' that has a revision behind it and a note of that
 * revision before it, or one of today that was there under another name: *path is the note's, and *then its revision. *then may be open already, of a
 * word before: it is kept where it will do. IV_ENOTFOUND where no note is meant by any of it, and
 * `error` is left as it was if there is no such revision either; IV_EINPUT where there is none, but
 * a note of today stands before the '@'; IV_EAMBIGUOUS, or what hinders; or an exit status after
 * the reason was printed.
 */
int then_resolve(char **path, struct cmd **then, struct cmd *now, const char *word,
		 struct iv_error *error);

#endif
