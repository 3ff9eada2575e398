/* commit: the vault's changes as a git commit, worded by what they are. */
#include <stdlib.h>
#include <string.h>

#include <ivnotes/vcs.h>

#include "cmd/commit/hook.h"
#include "cmd/commit/limit.h"
#include "cmd/commit/message.h"
#include "cmd/commit/person.h"
#include "cmd/commit/sign.h"

#define LEFT_SHOWN 10

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {
	{"dry-run", 'n', NULL, "say what would be committed, and commit nothing", OPTION_FLAG,
	 NULL},
	{"message", 'm', "TEXT", "the commit's message; without it, what changed in words",
	 OPTION_TEXT, NULL},
	{"edit", 'e', NULL, "open the message in your editor first", OPTION_FLAG, NULL},
	{"amend", 0, NULL, "put it in the place of the last commit", OPTION_FLAG, NULL},
	{"hooks", 0, NULL, "run git's hooks for commits", OPTION_FLAG, NULL},
	{0},
};

const struct command cmd_commit = {
	.name = "commit",
	.group = GROUP_GIT,
	.summary = "commit what changed in the vault, in words",
	.usage = "[-n] [-m TEXT] [-e] [--amend] [--hooks] [PATH|REF ...]",
	.options = options,
	.max = -1,
	.operands = {OPERAND_PLACE},
	.needs = CMD_REPOSITORY | CMD_PRESENT,
	.run = run,
};

static const char *why_left(enum iv_left_why why)
{
	switch (why) {
	case IV_LEFT_OTHER: return "no note";
	case IV_LEFT_STAGED: return "no note, and stays staged";
	case IV_LEFT_IGNORED: return "a note that .gitignore keeps out";
	case IV_LEFT_NESTED: return "in a git repository of its own";
	}
	return "";
}

static void say_left(struct cmd *cmd, const struct iv_commit *commit)
{
	for (size_t i = 0; i < commit->left_count && i < LEFT_SHOWN; i++) {
		char *whole = iv_path_join(iv_repo_folder(cmd->repo), commit->left[i].path);
		char *path = cmd_relative(cmd, whole);

		cmd_say(cmd, "left as it is: '%s' (%s)", path, why_left(commit->left[i].why));
		free(whole);
		free(path);
	}
	if (commit->left_count > LEFT_SHOWN)
		cmd_say(cmd, "left as they are: %zu more files", commit->left_count - LEFT_SHOWN);
}

static void show_changes(struct cmd *cmd, const struct iv_commit *commit)
{
	static const char letters[] = {
		[IV_CHANGE_ADDED] = 'A', [IV_CHANGE_MODIFIED] = 'M', [IV_CHANGE_REMOVED] = 'D'};

	for (size_t i = 0; i < commit->change_count; i++) {
		char *path = cmd_relative(cmd, commit->changes[i].path);

		iv_buf_printf(&cmd->out, "%c ", letters[commit->changes[i].kind]);
		iv_buf_visible(&cmd->out, iv_str_of(path), true);
		iv_buf_putc(&cmd->out, '\n');
		cmd_drain(cmd);
		free(path);
	}
}

static void show_line(struct cmd *cmd, struct iv_str line)
{
	iv_buf_visible(&cmd->out, line, true);
	iv_buf_putc(&cmd->out, '\n');
}

/* `whole`: all of the message, as it would be, and an empty line behind it. */
static void show(struct cmd *cmd, const struct iv_commit *commit, bool whole)
{
	struct iv_str line, rest = iv_str_of(commit->message);

	if (*commit->id)
		iv_buf_printf(&cmd->out, "%.7s ", commit->id);
	show_line(cmd, iv_str_line(&line, &rest) ? line : iv_str_of(""));
	while (whole && iv_str_line(&line, &rest))
		show_line(cmd, line);
	iv_buf_puts(&cmd->out, whole ? "\n" : "");
	show_changes(cmd, commit);
	cmd_flush(cmd);
	if (*commit->id && commit->detached)
		cmd_say(cmd, "HEAD is on no branch: 'git switch -c NAME' keeps this commit");
}

/* ---- what the library asks of us ---- */

struct help {
	struct cmd *cmd;
	struct message_way way;
};

static int check(void *data, const char *index, struct iv_error *error)
{
	const struct help *help = data;
	const struct hook hook = {.name = "pre-commit",
				  .index = index,
				  .edits = help->way.edit,
				  .stops = "nothing is committed"};

	return hook_run(help->cmd, &hook, error);
}

static int word(void *data, char **message, const struct iv_commit *commit, const char *index,
		struct iv_error *error)
{
	const struct help *help = data;

	return message_rework(help->cmd, message, &help->way, commit, index, error);
}

static int sign(void *data, char **signature, const struct iv_signing *how, struct iv_str content,
		struct iv_error *error)
{
	return sign_content(((const struct help *)data)->cmd, signature, how, content, error);
}

/* The commit is made; what the hook says to it changes nothing. */
static void tell_hooks(struct cmd *cmd, bool run_them)
{
	const struct hook hook = {.name = "post-commit"};
	struct iv_error error = IV_ERROR_INIT;

	if (!run_them) {
		hook_say_passed_over(cmd, hooks_of_commit, "ivnotes commit --hooks");
	} else if (hook_run(cmd, &hook, &error)) {
		cmd_warn(cmd, "the commit is made, but its hook failed: %s", error.message);
		iv_error_release(&error);
	}
}

/* ---- the command ---- */

static void tell(struct cmd *cmd, const struct iv_commit_wish *wish, const struct iv_commit *commit)
{
	if (!commit->change_count && !wish->amend)
		cmd_say(cmd, "nothing to commit: the notes are as in the last commit");
	else if (!cmd->quiet || wish->dry_run)
		show(cmd, commit, wish->dry_run);
	if (*commit->id)
		tell_hooks(cmd, cmd_has(cmd, "hooks"));
	say_left(cmd, commit);
}

static int commit(struct cmd *cmd, char **paths)
{
	struct help state = {cmd,
			     {.edit = cmd_has(cmd, "edit"),
			      .hooks = cmd_has(cmd, "hooks"),
			      .given = cmd_has(cmd, "message"),
			      .amend = cmd_has(cmd, "amend")}};
	const struct iv_commit_help help = {
		.check = state.way.hooks ? check : NULL,
		.word = state.way.hooks || state.way.edit ? word : NULL,
		.sign = sign,
		.data = &state,
	};
	const struct iv_commit_wish wish = {
		.message = cmd_text(cmd, "message"),
		.author = person_author(),
		.committer = person_committer(),
		.paths = (const char *const *)paths,
		.amend = state.way.amend,
		.dry_run = cmd_has(cmd, "dry-run"),
		.help = &help,
	};
	struct iv_error error = IV_ERROR_INIT;
	struct iv_commit made;

	if (iv_repo_commit(&made, cmd->repo, &wish, &error))
		return cmd_fail(cmd, &error);
	tell(cmd, &wish, &made);
	iv_commit_release(&made);
	return CMD_OK;
}

static int run(struct cmd *cmd, int count, char **words)
{
	char **paths = NULL;
	int rc = limit_read(&paths, cmd, count, words);

	if (!rc)
		rc = commit(cmd, paths);
	limit_free(paths);
	return rc;
}
