/*
 * libgit2 speaking with git's own programs at the other end, which the program around us starts: a folder's
 * `git receive-pack` runs hooks and lets nobody overwrite what came meanwhile, and ssh knows hosts, keys
 * and ways that libssh2 does not.
 */
#ifndef IV_VCS_LINE_H
#define IV_VCS_LINE_H

#include "vcs/vcs.h"

struct vcs_line {
	const struct iv_sync_help *help;
	const char *program;   /* to be started at the other end */
	struct iv_error error; /* why it could not be started */
};

/* Does such a line lead there? Not for http, https and git. */
bool vcs_line_leads(const char *url);
/* A transport of libgit2 over it; `line` outlives it. 0 or libgit2's code. */
int vcs_line_transport(git_transport **out, git_remote *remote, struct vcs_line *line);

#endif
