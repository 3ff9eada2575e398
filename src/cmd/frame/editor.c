#include "cmd/frame/editor.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmd/frame/frame.h"

/* How editors are told of a line; others are not told. */
enum form { FORM_NONE, FORM_PLUS /* +LINE FILE */, FORM_COLON /* FILE:LINE */, FORM_GOTO };

static const struct {
	enum form form;
	const char *names; /* between spaces */
} editors[] = {
	{FORM_PLUS,
	 " emacs emacsclient gedit gvim jed joe kak mcedit mg micro nano ne nvim pico vi "
	 "view vim "},
	{FORM_COLON, " helix hx subl zed "},
	{FORM_GOTO, " code codium "}, /* --goto FILE:LINE */
};

/* "FOO=1 /usr/bin/vim -R": of that no more is understood than its first word's name. */
static enum form form_of(const char *editor)
{
	struct iv_str rest, word = iv_str_word(iv_str_trim(iv_str_of(editor)), &rest);
	struct iv_buf name = IV_BUF_INIT;
	enum form form = FORM_NONE;

	iv_buf_printf(&name, " %.*s ", IV_STR_ARG(iv_path_name(word)));
	for (size_t i = 0; i < sizeof(editors) / sizeof(*editors); i++)
		if (strstr(editors[i].names, name.ptr))
			form = editors[i].form;
	iv_buf_release(&name);
	return form;
}

static const char *editor_of(void)
{
	const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");
	if (visual && *visual)
		return visual;
	return editor && *editor ? editor : "vi";
}

/* As git does: the shell splits the variable, and takes our arguments as they are. */
static void become(const char *editor, const char *line, const char *file)
{
	struct iv_buf script = IV_BUF_INIT;
	const char *first = line ? line : file, *second = line ? file : NULL;

	iv_buf_printf(&script, "%s \"$@\"", editor);
	execl("/bin/sh", "sh", "-c", script.ptr, editor, first, second, (char *)NULL);
	_exit(127);
}

static void start(struct cmd *cmd, const char *editor, const char *file, unsigned line)
{
	struct iv_arena *arena = cmd->own->arena;
	enum form form = line ? form_of(editor) : FORM_NONE;
	sigset_t none;

	output_restore(cmd);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (form == FORM_COLON || form == FORM_GOTO)
		file = iv_arena_printf(arena, "%s:%u", file, line).ptr;
	switch (form) {
	case FORM_NONE:
	case FORM_COLON: become(editor, NULL, file); break;
	case FORM_PLUS: become(editor, iv_arena_printf(arena, "+%u", line).ptr, file); break;
	case FORM_GOTO: become(editor, "--goto", file); break;
	}
}

/* Keys that end the editor, or mean something to it, must not end us. */
static void ignore(int number, struct sigaction *old)
{
	struct sigaction ignoring = {.sa_handler = SIG_IGN};
	sigemptyset(&ignoring.sa_mask);
	sigaction(number, &ignoring, old);
}

/* What came meanwhile was for the editor, even where signals are held and would come now. */
static void heed(int number, const struct sigaction *old)
{
	ignore(number, NULL);
	sigaction(number, old, NULL);
}

static int wait_for(struct cmd *cmd, pid_t child, const char *editor)
{
	int status = -1;

	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFSIGNALED(status))
		cmd_warn(cmd, "the editor '%s' was ended by signal %d", editor, WTERMSIG(status));
	else if (WEXITSTATUS(status) == 127)
		cmd_warn(cmd,
			 "the editor '%s' was not found; set VISUAL or EDITOR to one that is there",
			 editor);
	else if (WEXITSTATUS(status))
		cmd_warn(cmd, "the editor '%s' ended with status %d", editor, WEXITSTATUS(status));
	return status ? CMD_FAILED : CMD_OK;
}

static int edit(struct cmd *cmd, const char *editor, const char *file, unsigned line)
{
	struct sigaction interrupt, quit;
	int rc = CMD_FAILED;

	cmd_flush(cmd);
	ignore(SIGINT, &interrupt);
	ignore(SIGQUIT, &quit);
	pid_t child = fork();
	if (child < 0) {
		cmd_warn(cmd, "cannot start '%s': %s", editor, strerror(errno));
	} else if (child == 0) {
		sigaction(SIGINT, &interrupt, NULL);
		sigaction(SIGQUIT, &quit, NULL);
		start(cmd, editor, file, line);
	} else {
		rc = wait_for(cmd, child, editor);
	}
	heed(SIGINT, &interrupt);
	heed(SIGQUIT, &quit);
	return rc;
}

int editor_open_file(struct cmd *cmd, const char *editor, const char *file)
{
	return edit(cmd, editor ? editor : editor_of(), file, 0);
}

int editor_open(struct cmd *cmd, const char *path, unsigned line)
{
	char *seen = cmd_relative(cmd, path);
	/* `-v.md` is no option. */
	char *file = *seen == '-' ? iv_path_join("./", seen) : iv_strdup(seen);
	int rc = edit(cmd, editor_of(), file, line);

	free(file);
	free(seen);
	return rc;
}
