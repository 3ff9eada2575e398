#include "cmd/sync/line.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ivnotes/vcs.h>

#include "cmd/frame/frame.h"
#include "cmd/sync/talk.h"
#include "cmd/sync/url.h"

#define WORDS_MAX 16
#define TALK_MAX ((size_t)64 << 10)

/* The words of a program to be started. */
struct words {
	const char *list[WORDS_MAX];
	size_t count;
	struct iv_buf command; /* what a shell is given, here or there */
	char *setting;         /* core.sshCommand */
	struct iv_buf script;
};

void line_init(struct line *line, struct cmd *cmd)
{
	memset(line, 0, sizeof(*line));
	line->cmd = cmd;
	line->talk = -1;
}

void line_release(struct line *line)
{
	line_disconnect(line);
	free(line->host);
	free(line->complaint);
	iv_buf_release(&line->said);
}

/* ---- which program ---- */

static void add(struct words *words, const char *word)
{
	words->list[words->count++] = word;
}

/* As a shell takes it for one word. */
static void add_quoted(struct iv_buf *out, const char *text)
{
	iv_buf_putc(out, '\'');
	for (; *text; text++)
		if (*text == '\'' || *text == '!')
			iv_buf_printf(out, "'\\%c'", *text);
		else
			iv_buf_putc(out, *text);
	iv_buf_putc(out, '\'');
}

/* Somebody is there who can answer. */
static bool attended(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

/* A line for a shell, which gets the words that follow. */
static void add_shell(struct words *words, const char *command)
{
	iv_buf_printf(&words->script, "%s \"$@\"", command);
	add(words, "sh");
	add(words, "-c");
	add(words, words->script.ptr);
	add(words, command);
}

/* GIT_SSH_COMMAND, core.sshCommand, GIT_SSH, ssh: the first of them, as git has it. */
static void add_ssh(struct words *words, struct line *line)
{
	const char *command = getenv("GIT_SSH_COMMAND"), *program = getenv("GIT_SSH");

	if (!command || !*command) {
		words->setting = iv_repo_setting(line->cmd->repo, "core.sshCommand");
		command = words->setting;
	}
	line->plain = false;
	if (command) {
		add_shell(words, command);
	} else if (program && *program) {
		add(words, program);
	} else {
		add(words, "ssh");
		line->plain = true;
	}
	if (!line->plain || attended() || getenv("SSH_ASKPASS"))
		return;
	add(words, "-v"); /* it tells the fingerprint of a host that it does not know */
	add(words, "-oBatchMode=yes");
}

static void choose(struct words *words, struct line *line, const struct url *url,
		   const char *service)
{
	memset(words, 0, sizeof(*words));
	if (!url->host &&
	    (!strcmp(service, "git-upload-pack") || !strcmp(service, "git-receive-pack"))) {
		add(words, "git");
		add(words, service + strlen("git-"));
		add(words, url->path);
	} else if (!url->host) {
		add_shell(words, service);
		add(words, url->path);
	} else {
		add_ssh(words, line);
		if (url->port) {
			add(words, "-p");
			add(words, url->port);
		}
		add(words, url->host);
		iv_buf_printf(&words->command, "%s ", service);
		add_quoted(&words->command, url->path);
		add(words, words->command.ptr);
	}
	add(words, NULL);
}

static void words_release(struct words *words)
{
	iv_buf_release(&words->command);
	iv_buf_release(&words->script);
	free(words->setting);
}

/* ---- starting it ---- */

/* What git tells of the repository here must not be taken for the one there. */
static void clean_environment(void)
{
	static const char *const names[] = {"GIT_DIR",
					    "GIT_WORK_TREE",
					    "GIT_INDEX_FILE",
					    "GIT_COMMON_DIR",
					    "GIT_PREFIX",
					    "GIT_OBJECT_DIRECTORY",
					    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
					    "GIT_NAMESPACE",
					    "GIT_CONFIG_PARAMETERS",
					    "GIT_CONFIG_COUNT",
					    "GIT_GRAFT_FILE",
					    "GIT_SHALLOW_FILE",
					    "GIT_QUARANTINE_PATH",
					    "GIT_PROTOCOL",
					    "GIT_INTERNAL_SUPER_PREFIX"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		unsetenv(names[i]);
}

static void become(const struct line *line, const struct words *words, const int ends[2])
{
	sigset_t none;

	output_restore(line->cmd);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	dup2(ends[0], STDIN_FILENO);
	dup2(ends[1], STDOUT_FILENO);
	dup2(line->talk, STDERR_FILENO);
	clean_environment();
	execvp(words->list[0], (char *const *)words->list);
	dprintf(STDERR_FILENO, "fatal: cannot start '%s': %s\n", words->list[0], strerror(errno));
	_exit(127);
}

/* A descriptor that no other program gets, and that is none of 0 to 2. */
static int keep(int fd)
{
	int kept = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, 3);

	if (fd >= 0)
		close(fd);
	return kept;
}

static int make_talk(void)
{
	FILE *file = tmpfile();
	int fd = file ? fcntl(fileno(file), F_DUPFD_CLOEXEC, 3) : -1;

	if (file)
		fclose(file);
	return fd;
}

/* ends: the child's stdin and stdout; *to is a socket, so that writing to the dead is no signal. */
static int make_ends(int ends[2], int *from, int *to)
{
	int pair[2] = {-1, -1}, out[2] = {-1, -1};

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) || pipe(out))
		return -1;
	*to = keep(pair[0]);
	ends[0] = keep(pair[1]);
	*from = keep(out[0]);
	ends[1] = keep(out[1]);
	return *to < 0 || ends[0] < 0 || *from < 0 || ends[1] < 0 ? -1 : 0;
}

static int start(struct line *line, const struct words *words, int *from, int *to,
		 struct iv_error *error)
{
	int ends[2] = {-1, -1};
	pid_t child = -1;

	*from = *to = -1;
	line->talk = make_talk();
	if (line->talk >= 0 && !make_ends(ends, from, to))
		child = fork();
	if (child == 0)
		become(line, words, ends);
	for (int i = 0; i < 2; i++)
		if (ends[i] >= 0)
			close(ends[i]);
	if (child > 0) {
		line->child = child;
		return IV_OK;
	}
	iv_error_errno(error, errno, "cannot start '%s'", words->list[0]);
	if (*from >= 0)
		close(*from);
	if (*to >= 0)
		close(*to);
	return IV_EIO;
}

int line_connect(struct line *line, int *from, int *to, const char *url, const char *service,
		 struct iv_error *error)
{
	struct words words;
	struct url place;
	int rc = url_read(&place, url, iv_repo_folder(line->cmd->repo), error);

	line_disconnect(line);
	iv_buf_clear(&line->said);
	free(line->host);
	line->host = NULL;
	if (!rc) {
		struct iv_buf host = IV_BUF_INIT;

		if (place.host)
			iv_buf_printf(&host, "%s%s%s%s", place.port ? "-p " : "",
				      place.port ? place.port : "", place.port ? " " : "",
				      place.host);
		line->host = place.host ? iv_buf_detach(&host) : NULL;
		choose(&words, line, &place, service);
		rc = start(line, &words, from, to, error);
		words_release(&words);
	}
	url_release(&place);
	return rc;
}

/* ---- its end ---- */

static void read_talk(struct line *line)
{
	char bytes[4096];
	ssize_t n;

	lseek(line->talk, 0, SEEK_SET);
	while (line->said.len < TALK_MAX && (n = read(line->talk, bytes, sizeof(bytes))) > 0)
		iv_buf_add(&line->said, bytes, (size_t)n);
	close(line->talk);
	line->talk = -1;
}

void line_disconnect(struct line *line)
{
	int status;

	if (line->child > 0)
		while (waitpid(line->child, &status, 0) < 0 && errno == EINTR)
			;
	line->child = 0;
	if (line->talk >= 0)
		read_talk(line);
}

const char *line_complaint(struct line *line)
{
	free(line->complaint);
	line->complaint = talk_complaint(iv_buf_view(&line->said), line->host);
	return line->complaint;
}
