/* commit: the vault's changes as a git commit, worded by what they are. */
#include <stdlib.h>
#include <string.h>

#include <ivnotes/vcs.h>

#include "cmd/cmd.h"

#define LEFT_SHOWN 10

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {
	{"dry-run", 'n', NULL, "say what would be committed, and commit nothing", OPTION_FLAG,
	 NULL},
	{"message", 'm', "TEXT", "the commit's message; without it, what changed in words",
	 OPTION_TEXT, NULL},
	{0},
};

const struct command cmd_commit = {
	.name = "commit",
	.group = GROUP_GIT,
	.summary = "commit what changed in the vault, in words",
	.usage = "[-n] [-m TEXT]",
	.options = options,
	.max = 0,
	.operands = {OPERAND_NONE},
	.needs = CMD_REPOSITORY | CMD_PRESENT,
	.run = run,
};

static struct iv_person person(const char *name, const char *email, const char *date)
{
	return (struct iv_person){getenv(name), getenv(email), getenv(date)};
}

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

static void show(struct cmd *cmd, const struct iv_commit *commit)
{
	struct iv_str subject, rest = iv_str_of(commit->message);

	if (!iv_str_line(&subject, &rest))
		subject = iv_str_of("");
	if (*commit->id)
		iv_buf_printf(&cmd->out, "%.7s ", commit->id);
	iv_buf_visible(&cmd->out, subject, true);
	iv_buf_putc(&cmd->out, '\n');
	show_changes(cmd, commit);
	cmd_flush(cmd);
	if (*commit->id && commit->detached)
		cmd_say(cmd, "HEAD is on no branch: 'git switch -c NAME' keeps this commit");
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct iv_commit_wish wish = {
		.message = cmd_text(cmd, "message"),
		.author = person("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_AUTHOR_DATE"),
		.committer =
			person("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "GIT_COMMITTER_DATE"),
		.dry_run = cmd_has(cmd, "dry-run"),
	};
	struct iv_error error = IV_ERROR_INIT;
	struct iv_commit commit;

	(void)count;
	(void)words;
	if (iv_repo_commit(&commit, cmd->repo, &wish, &error))
		return cmd_fail(cmd, &error);
	if (commit.change_count && (!cmd->quiet || wish.dry_run))
		show(cmd, &commit);
	else if (!commit.change_count)
		cmd_say(cmd, "nothing to commit: the notes are as in the last commit");
	say_left(cmd, &commit);
	iv_commit_release(&commit);
	return CMD_OK;
}
