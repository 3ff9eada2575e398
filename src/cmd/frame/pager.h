/* Long results on a terminal, page by page. */
#ifndef IV_CMD_PAGER_H
#define IV_CMD_PAGER_H

#include "cmd/cmd.h"

/*
 * Where stdout is a terminal, lets $PAGER show what is written from here on, else `less -FRX` where
 * there is one. An empty one, or `cat`, is none. Its end is waited for when the results end.
 */
void pager_start(struct cmd *cmd);

#endif
