/* What leaves the program: results on stdout, talk on stderr, progress on a terminal. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/shell.h"
#include "cmd/frame/frame.h"

#define DRAIN_AT ((size_t)64 << 10)

/*
 * A closed standard descriptor would be given to the next file that is opened, and results would
 * be written into it. These stand-ins fail on use instead.
 */
static void fill_descriptors(void)
{
	const int modes[] = {O_WRONLY, O_RDONLY, O_RDONLY};
	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			(void)open("/dev/null", modes[fd]);
}

void output_start(struct cmd *cmd)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, old;
	fill_descriptors();
	sigemptyset(&ignore.sa_mask);
	cmd->own->pipe_kills = sigaction(SIGPIPE, &ignore, &old) == 0 && old.sa_handler == SIG_DFL;
	/* A file over the limit is an error like a full disk, and its temporary file goes. */
	cmd->own->limit_kills = sigaction(SIGXFSZ, &ignore, &old) == 0 && old.sa_handler == SIG_DFL;
}

void output_restore(const struct cmd *cmd)
{
	if (cmd->own->pipe_kills)
		signal(SIGPIPE, SIG_DFL);
	if (cmd->own->limit_kills)
		signal(SIGXFSZ, SIG_DFL);
}

/* 0 or errno. */
static int write_whole(int fd, const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = write(fd, bytes, len);
		if (n >= 0) {
			bytes += n;
			len -= (size_t)n;
		} else if (errno == EAGAIN) {
			struct pollfd ready = {fd, POLLOUT, 0};
			poll(&ready, 1, -1);
		} else if (errno != EINTR) {
			return errno;
		}
	}
	return 0;
}

void cmd_flush(struct cmd *cmd)
{
	struct cmd_private *own = cmd->own;
	if (cmd->out.len && !own->write_error)
		own->write_error = write_whole(STDOUT_FILENO, cmd->out.ptr, cmd->out.len);
	iv_buf_clear(&cmd->out);
}

void cmd_drain(struct cmd *cmd)
{
	if (cmd->out.len >= DRAIN_AT)
		cmd_flush(cmd);
}

/* The reader of our pipe has gone: end as a program does that never heard of SIGPIPE. */
static int end_of_pipe(const struct cmd *cmd)
{
	if (cmd->own->pipe_kills) {
		signal(SIGPIPE, SIG_DFL);
		raise(SIGPIPE);
	}
	return CMD_FAILED;
}

int output_end(struct cmd *cmd, int status)
{
	struct cmd_private *own = cmd->own;
	output_progress_end(cmd);
	cmd_flush(cmd);
	bool paged = own->pager != 0;
	if (close(STDOUT_FILENO) && !own->write_error && errno != EBADF)
		own->write_error = errno;
	pager_wait(cmd);
	/* Whoever leaves the pager early has seen enough. */
	if (!own->write_error || (paged && own->write_error == EPIPE))
		return status;
	if (own->write_error == EPIPE)
		return end_of_pipe(cmd);
	cmd_warn(cmd, "cannot write the results: %s", strerror(own->write_error));
	return CMD_FAILED;
}

/* ---- stderr ---- */

void output_mute(void)
{
	int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (fd >= 0)
		dup2(fd, STDERR_FILENO);
	if (fd > STDERR_FILENO)
		close(fd);
}

/* One write a message, so that those of several processes do not mix. */
IV_PRINTF(3, 0)
static void print(const struct cmd *cmd, const char *hint, const char *format, va_list args)
{
	struct iv_buf line = IV_BUF_INIT;
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (len < 0)
		return;
	char *text = iv_malloc((size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, format, args);

	if (cmd->own->progressing)
		iv_buf_puts(&line, "\r\033[K");
	iv_buf_puts(&line, "ivnotes: ");
	if (cmd->command)
		iv_buf_printf(&line, "%s: ", cmd->command->name);
	iv_buf_visible(&line, iv_str_of(text), true);
	iv_buf_putc(&line, '\n');
	iv_buf_puts(&line, hint);
	write_whole(STDERR_FILENO, line.ptr, line.len);
	cmd->own->progressing = false;
	free(text);
	iv_buf_release(&line);
}

void cmd_say(const struct cmd *cmd, const char *format, ...)
{
	va_list args;
	if (cmd->quiet)
		return;
	va_start(args, format);
	print(cmd, "", format, args);
	va_end(args);
}

void cmd_warn(const struct cmd *cmd, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	print(cmd, "", format, args);
	va_end(args);
}

int cmd_usage(const struct cmd *cmd, const char *format, ...)
{
	char hint[80];
	va_list args;
	if (cmd->command && cmd->command != command_find("help"))
		snprintf(hint, sizeof(hint), "try 'ivnotes help %s'\n", cmd->command->name);
	else
		snprintf(hint, sizeof(hint), "try 'ivnotes help'\n");
	va_start(args, format);
	print(cmd, hint, format, args);
	va_end(args);
	return CMD_USAGE;
}

const char *cmd_meant(const struct cmd *cmd, const struct iv_meant *meant)
{
	return iv_meant_text(cmd->own->arena, meant);
}

const char *cmd_operand(const struct cmd *cmd, struct iv_str word)
{
	return iv_shell_operand(cmd->own->arena, word);
}

int cmd_fail(const struct cmd *cmd, struct iv_error *error)
{
	const char *message = error->message ? error->message : "failed";
	if (error->path && error->pos.line)
		cmd_warn(cmd, "%s:%u:%u: %s", error->path, (unsigned)error->pos.line,
			 (unsigned)error->pos.column, message);
	else if (error->path && !strstr(message, error->path))
		cmd_warn(cmd, "%s: %s", error->path, message);
	else
		cmd_warn(cmd, "%s", message);
	iv_error_release(error);
	return CMD_FAILED;
}

/* ---- progress ---- */

static int64_t milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* From half a second on, ten times a second. */
static bool progress_is_due(struct cmd *cmd)
{
	struct iv_progress_clock *clock = &cmd->own->clock;
	int64_t now = milliseconds();
	if (!clock->start)
		clock->start = now;
	if (cmd->quiet || now - clock->start < 500 || now - clock->last < 100 ||
	    !isatty(STDERR_FILENO))
		return false;
	clock->last = now;
	return cmd->own->progressing = true;
}

void output_count(struct cmd *cmd, const char *what, size_t done, size_t total)
{
	char line[96];
	if (!progress_is_due(cmd))
		return;
	int len = snprintf(line, sizeof(line), "\r%s: %zu of %zu\033[K", what, done, total);
	write_whole(STDERR_FILENO, line, (size_t)len);
}

void output_progress(void *data, size_t done, size_t total)
{
	output_count(data, "reading notes", done, total);
}

void output_progress_commits(struct cmd *cmd, size_t done)
{
	char line[96];
	/* The clock is not asked for each of thousands. */
	if (done % 64 || !progress_is_due(cmd))
		return;
	int len = snprintf(line, sizeof(line), "\rreading history: %zu commits\033[K", done);
	write_whole(STDERR_FILENO, line, (size_t)len);
}

void output_progress_end(struct cmd *cmd)
{
	if (cmd->own->progressing)
		write_whole(STDERR_FILENO, "\r\033[K", 4);
	cmd->own->progressing = false;
}

void output_warn(void *data, const char *message)
{
	cmd_warn(data, "%s", message);
}

void output_talk(const char *text)
{
	write_whole(STDERR_FILENO, text, strlen(text));
}
