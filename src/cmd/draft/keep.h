/* What the notes keep of a letter: its text with --save, and that it went out with --sent. */
#ifndef IV_CMD_DRAFT_KEEP_H
#define IV_CMD_DRAFT_KEEP_H

#include "cmd/draft/letter.h"

/*
 * Writes both as the options say; it went out on that day. Doubts are told before anything is
 * written, blanks of what is kept. Returns the exit status.
 */
int draft_keep(struct draft *draft, iv_day day);

#endif
