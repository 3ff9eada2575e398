#include "cmd/commit/message.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/commit/hook.h"
#include "cmd/frame/editor.h"

#define MESSAGE_MAX ((size_t)1 << 20)
#define FILES_SHOWN 200

/* ---- the lines that are no part of it ---- */

static bool has_line_with(const char *message, char mark)
{
	struct iv_str line, rest = iv_str_of(message);

	while (iv_str_line(&line, &rest))
		if (line.len && line.ptr[0] == mark)
			return true;
	return false;
}

/* What git's configuration says, unless a line of the message begins so. */
static char choose_mark(const struct cmd *cmd, const char *message)
{
	char *setting = iv_repo_setting(cmd->repo, "core.commentchar");
	char mark = setting && strlen(setting) == 1 ? *setting : '#';
	const char *others = "#;@!$%^&|:";

	free(setting);
	for (; has_line_with(message, mark) && *others; others++)
		mark = *others;
	return mark;
}

static void add_files(struct iv_buf *out, char mark, const struct iv_commit *commit)
{
	static const char letters[] = {
		[IV_CHANGE_ADDED] = 'A', [IV_CHANGE_MODIFIED] = 'M', [IV_CHANGE_REMOVED] = 'D'};

	for (size_t i = 0; i < commit->change_count && i < FILES_SHOWN; i++) {
		iv_buf_printf(out, "%c\t%c ", mark, letters[commit->changes[i].kind]);
		iv_buf_visible(out, iv_str_of(commit->changes[i].path), true);
		iv_buf_putc(out, '\n');
	}
	if (commit->change_count > FILES_SHOWN)
		iv_buf_printf(out, "%c\tand %zu more\n", mark, commit->change_count - FILES_SHOWN);
}

static void add_comments(struct iv_buf *out, char mark, const struct message_way *way,
			 const struct iv_commit *commit)
{
	iv_buf_printf(out,
		      "\n%c Lines that begin with '%c' are left out; without another line nothing "
		      "is committed.\n%c\n",
		      mark, mark, mark);
	if (way->amend)
		iv_buf_printf(out, "%c In the place of the last commit, which it %s\n", mark,
			      commit->change_count ? "changes by:" : "only words anew.");
	else
		iv_buf_printf(out, "%c To be committed:\n", mark);
	add_files(out, mark, commit);
}

static char *strip(struct iv_str text, char mark)
{
	struct iv_buf out = IV_BUF_INIT;
	struct iv_str line;

	iv_buf_puts(&out, "");
	while (iv_str_line(&line, &text)) {
		if (line.len && line.ptr[0] == mark)
			continue;
		iv_buf_str(&out, line);
		iv_buf_putc(&out, '\n');
	}
	return iv_buf_detach(&out);
}

/* ---- the way ---- */

static int run_hook(struct cmd *cmd, const char *name, const struct message_way *way,
		    const char *const *words, const char *index, struct iv_error *error)
{
	const struct hook hook = {.name = name,
				  .words = words,
				  .index = index,
				  .edits = way->edit,
				  .stops = "nothing is committed"};

	return way->hooks ? hook_run(cmd, &hook, error) : 0;
}

static int open_editor(struct cmd *cmd, const char *file, struct iv_error *error)
{
	char *setting = iv_repo_setting(cmd->repo, "core.editor");
	const char *variable = getenv("GIT_EDITOR");
	int rc = editor_open_file(cmd, variable && *variable ? variable : setting, file);

	free(setting);
	return rc ? iv_error_set(error, IV_EREFUSED,
				 "nothing is committed, as the editor did not end well")
		  : 0;
}

static int pass(struct cmd *cmd, const char *file, const struct message_way *way, const char *index,
		struct iv_error *error)
{
	const char *const prepare[] = {file,
				       way->given   ? "message"
				       : way->amend ? "commit"
						    : NULL,
				       !way->given && way->amend ? "HEAD" : NULL, NULL};
	const char *const check[] = {file, NULL};
	int rc = run_hook(cmd, "prepare-commit-msg", way, prepare, index, error);

	if (!rc && way->edit)
		rc = open_editor(cmd, file, error);
	if (!rc)
		rc = run_hook(cmd, "commit-msg", way, check, index, error);
	return rc;
}

static int read_back(char **message, const char *file, char mark, struct iv_error *error)
{
	struct iv_buf bytes = IV_BUF_INIT;
	int rc = iv_file_read(&bytes, file, MESSAGE_MAX, error);

	if (!rc && memchr(bytes.ptr ? bytes.ptr : "", '\0', bytes.len))
		rc = iv_error_set(error, IV_EINPUT, "the commit's message holds a NUL");
	if (!rc) {
		free(*message);
		*message = strip(iv_buf_view(&bytes), mark);
	}
	iv_buf_release(&bytes);
	return rc;
}

int message_rework(struct cmd *cmd, char **message, const struct message_way *way,
		   const struct iv_commit *commit, const char *index, struct iv_error *error)
{
	char *file = iv_path_join(iv_repo_git_folder(cmd->repo), "COMMIT_EDITMSG");
	char mark = way->edit ? choose_mark(cmd, *message) : '\0';
	struct iv_buf text = IV_BUF_INIT;
	int rc;

	iv_buf_puts(&text, *message);
	if (way->edit)
		add_comments(&text, mark, way, commit);
	rc = iv_file_write(file, iv_buf_view(&text), NULL, error);
	if (!rc)
		rc = pass(cmd, file, way, index, error);
	if (!rc)
		rc = read_back(message, file, mark, error);
	iv_buf_release(&text);
	free(file);
	return rc;
}
