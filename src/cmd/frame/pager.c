#include "cmd/frame/pager.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmd/frame/frame.h"

/* Whether PATH leads to the program. */
static bool is_there(const char *program)
{
	struct iv_str rest = iv_str_of(getenv("PATH"));
	bool found = false;

	while (rest.len && !found) {
		size_t colon = iv_str_find_char(rest, ':');
		size_t len = colon == SIZE_MAX ? rest.len : colon;
		char *folder = iv_strndup(rest.ptr, len);
		char *path = iv_path_join(*folder ? folder : ".", program);
		found = !access(path, X_OK);
		free(path);
		free(folder);
		rest = iv_str_slice(rest, len < rest.len ? len + 1 : len, rest.len);
	}
	return found;
}

/* NULL: none is wanted, or to be had. */
static const char *pager_of(void)
{
	const char *pager = getenv("PAGER");

	if (!pager)
		return is_there("less") ? "less" : NULL;
	return *pager && strcmp(pager, "cat") != 0 ? pager : NULL;
}

static void become(struct cmd *cmd, const char *pager, const int ends[2])
{
	output_restore(cmd);
	dup2(ends[0], STDIN_FILENO);
	close(ends[0]);
	close(ends[1]);
	/* Quit where one page is enough, and show colours: as git has it. */
	setenv("LESS", "FRX", 0);
	execl("/bin/sh", "sh", "-c", pager, (char *)NULL);
	_exit(127);
}

void pager_start(struct cmd *cmd)
{
	const char *pager = isatty(STDOUT_FILENO) ? pager_of() : NULL;
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	int ends[2];

	if (!pager || pipe(ends))
		return;
	cmd_flush(cmd);
	pid_t child = fork();
	if (child == 0)
		become(cmd, pager, ends);
	if (child > 0) {
		dup2(ends[1], STDOUT_FILENO);
		/* Its keys are the pager's: Ctrl-C stops a search in it, and ends neither. */
		sigemptyset(&ignore.sa_mask);
		sigaction(SIGINT, &ignore, NULL);
		sigaction(SIGQUIT, &ignore, NULL);
		cmd->own->pager = child;
	} else {
		cmd_warn(cmd, "cannot start '%s': %s", pager, strerror(errno));
	}
	close(ends[0]);
	close(ends[1]);
}

void pager_wait(struct cmd *cmd)
{
	int status = 0;

	if (!cmd->own->pager)
		return;
	while (waitpid(cmd->own->pager, &status, 0) < 0 && errno == EINTR)
		;
	cmd->own->pager = 0;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		cmd_warn(cmd,
			 "the pager '%s' was not found; set PAGER to one that is there, or "
			 "use --no-pager",
			 getenv("PAGER"));
}
