#include "cmd/frame/program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmd/frame/frame.h"

/* One that prints without end is none that we asked for anything. */
#define PRINTED_MAX ((size_t)16 << 20)

/* Our ends of its pipes, and the one by which it tells why it could not be started; -1: none. */
struct pipes {
	int in, out, talk, fault;
};

/* ---- in the child ---- */

static void set_environment(const char *const *environment)
{
	for (; environment && *environment; environment++) {
		const char *equals = strchr(*environment, '=');
		char *name = equals ? iv_strndup(*environment, (size_t)(equals - *environment))
				    : iv_strdup(*environment);

		if (equals)
			setenv(name, equals + 1, 1);
		else
			unsetenv(name);
		free(name);
	}
}

static void become(struct cmd *cmd, const struct program *program, const int ends[3], int fault)
{
	sigset_t none;
	int number;

	output_restore(cmd);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (int i = 0; i < 3; i++)
		dup2(ends[i], i);
	set_environment(program->environment);
	if (!program->folder || !chdir(program->folder))
		execvp(program->words[0], (char *const *)program->words);
	number = errno;
	(void)!write(fault, &number, sizeof(number));
	_exit(127);
}

/* ---- in the parent ---- */

static void close_one(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* A pipe whose ends neither stay open in the program nor stand where 0 to 2 belong. */
static int make_pipe(int *reading, int *writing)
{
	int ends[2];

	if (pipe(ends))
		return -1;
	*reading = fcntl(ends[0], F_DUPFD_CLOEXEC, 3);
	*writing = fcntl(ends[1], F_DUPFD_CLOEXEC, 3);
	close(ends[0]);
	close(ends[1]);
	return *reading < 0 || *writing < 0 ? -1 : 0;
}

/* `ends` are the child's: what it reads, and where it prints. */
static int make_pipes(struct pipes *ours, int ends[3], int *fault, const struct program *program)
{
	int rc = make_pipe(&ours->fault, fault);

	if (!rc && program->input.ptr)
		rc = make_pipe(&ends[0], &ours->in);
	else if (!rc)
		ends[0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (!rc && program->out)
		rc = make_pipe(&ours->out, &ends[1]);
	else if (!rc)
		ends[1] = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	if (!rc && program->talk)
		rc = make_pipe(&ours->talk, &ends[2]);
	else if (!rc)
		ends[2] = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	return rc;
}

/* What a program does not read any more is not what it needs. */
static void feed(int *fd, struct iv_str *rest)
{
	ssize_t n = write(*fd, rest->ptr, rest->len);

	if (n > 0)
		*rest = iv_str_slice(*rest, (size_t)n, rest->len);
	if (!rest->len || (n < 0 && errno != EAGAIN && errno != EINTR))
		close_one(fd);
}

static void drink(int *fd, struct iv_buf *buf)
{
	char bytes[4096];
	ssize_t n = read(*fd, bytes, sizeof(bytes));

	if (n > 0)
		iv_buf_add(buf, bytes, (size_t)n);
	if (!n || (n < 0 && errno != EAGAIN && errno != EINTR) || buf->len > PRINTED_MAX)
		close_one(fd);
}

/* All at once: a program may print before it has read everything. */
static void talk_with(struct pipes *ours, const struct program *program)
{
	struct iv_str rest = program->input;

	if (ours->in >= 0)
		fcntl(ours->in, F_SETFL, O_NONBLOCK);
	while (ours->in >= 0 || ours->out >= 0 || ours->talk >= 0) {
		struct pollfd ready[] = {
			{ours->in, POLLOUT, 0}, {ours->out, POLLIN, 0}, {ours->talk, POLLIN, 0}};

		if (poll(ready, 3, -1) < 0)
			continue;
		if (ready[0].revents)
			feed(&ours->in, &rest);
		if (ready[1].revents)
			drink(&ours->out, program->out);
		if (ready[2].revents)
			drink(&ours->talk, program->talk);
	}
}

static int judge(const char *name, int status, struct iv_error *error)
{
	if (WIFSIGNALED(status))
		return iv_error_set(error, IV_EREFUSED, "'%s' was ended by signal %d", name,
				    WTERMSIG(status));
	if (WEXITSTATUS(status))
		return iv_error_set(error, IV_EREFUSED, "'%s' ended with status %d", name,
				    WEXITSTATUS(status));
	return 0;
}

static int wait_for(pid_t child, struct pipes *ours, const struct program *program,
		    struct iv_error *error)
{
	const char *name = program->words[0];
	int number = 0, status = 0;
	bool failed;

	while (read(ours->fault, &number, sizeof(number)) < 0 && errno == EINTR)
		;
	failed = number != 0;
	if (!failed)
		talk_with(ours, program);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (failed && (number == ENOENT || number == ENOTDIR))
		return iv_error_set(error, IV_ENOTFOUND, "the program '%s' was not found", name);
	if (failed)
		return iv_error_errno(error, number, "cannot start '%s'", name);
	return judge(name, status, error);
}

int program_run(struct cmd *cmd, const struct program *program, struct iv_error *error)
{
	struct pipes ours = {-1, -1, -1, -1};
	int ends[3] = {-1, -1, -1}, fault = -1, rc;
	pid_t child = -1;

	cmd_flush(cmd);
	if (!make_pipes(&ours, ends, &fault, program))
		child = fork();
	if (child == 0)
		become(cmd, program, ends, fault);
	rc = child < 0 ? iv_error_errno(error, errno, "cannot start '%s'", program->words[0]) : 0;
	for (int i = 0; i < 3; i++)
		close_one(&ends[i]);
	close_one(&fault);
	if (!rc)
		rc = wait_for(child, &ours, program, error);
	close_one(&ours.in);
	close_one(&ours.out);
	close_one(&ours.talk);
	close_one(&ours.fault);
	return rc;
}
