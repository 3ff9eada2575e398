/* What is owed next to somebody: the end of the line that tells what was recorded. */
#ifndef IV_CMD_NEXT_H
#define IV_CMD_NEXT_H

#include "cmd/cmd.h"

/*
 * Adds "; nudge Jane Green by Mon 30 Nov": of all that is owed to the contact, or in the note, of
 * that path the first to be due, within sixty days. Adds nothing where nothing is.
 */
int next_add(struct iv_buf *out, struct cmd *cmd, const char *path, struct iv_error *error);

#endif
