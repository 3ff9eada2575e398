/* Where a remote is, as git reads its URL. */
#ifndef IV_CMD_SYNC_URL_H
#define IV_CMD_SYNC_URL_H

#include "cmd/cmd.h"

struct url {
	char *host; /* "user@host"; NULL: a folder of this machine */
	char *port; /* or NULL */
	char *path;
};

/*
 * `file://PATH`, `ssh://[USER@]HOST[:PORT]/PATH`, `[USER@]HOST:PATH` as scp takes it, or a folder, which
 * is relative to `folder`. IV_EREFUSED for a host or path that a program would take for an option.
 */
int url_read(struct url *out, const char *text, const char *folder, struct iv_error *error);
void url_release(struct url *url);

#endif
