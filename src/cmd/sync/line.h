/* The programs that a sync speaks with: git for a folder, ssh for another machine. */
#ifndef IV_CMD_SYNC_LINE_H
#define IV_CMD_SYNC_LINE_H

#include <sys/types.h>

#include "cmd/cmd.h"

struct line {
	struct cmd *cmd;
	pid_t child; /* 0: none */
	int talk;    /* a file that takes its stderr, or -1 */
	char *host;  /* as ssh takes it, behind its options; NULL for a folder */
	bool plain;  /* it is ssh itself, and not a command of one's own */
	struct iv_buf said;
	char *complaint;
};

void line_init(struct line *line, struct cmd *cmd);
void line_release(struct line *line);

/* For struct iv_sync_help, as are the others. */
int line_connect(struct line *line, int *from, int *to, const char *url, const char *service,
		 struct iv_error *error);
void line_disconnect(struct line *line);
const char *line_complaint(struct line *line);

#endif
