/* What ssh and git say on stderr when they fail -> half a sentence that says what to do. Pure. */
#ifndef IV_CMD_SYNC_TALK_H
#define IV_CMD_SYNC_TALK_H

#include "cmd/cmd.h"

/* `host` is what ssh is given to get there, NULL for a folder. NULL when nothing was said; the caller frees. */
char *talk_complaint(struct iv_str said, const char *host);

#endif
