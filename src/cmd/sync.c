/* sync: the same notes here and at a remote. */
#include <stdlib.h>
#include <string.h>

#include <ivnotes/vcs.h>

#include "cmd/commit/person.h"
#include "cmd/commit/sign.h"
#include "cmd/frame/frame.h"
#include "cmd/sync/credentials.h"
#include "cmd/sync/hooks.h"
#include "cmd/sync/line.h"

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {
	{"commit", 0, NULL, "commit what changed first, as 'ivnotes commit' does", OPTION_FLAG,
	 NULL},
	{"hooks", 0, NULL, "run git's hooks", OPTION_FLAG, NULL},
	{"dry-run", 'n', NULL, "fetch, say what would be done, and do no more", OPTION_FLAG, NULL},
	{0},
};

const struct command cmd_sync = {
	.name = "sync",
	.group = GROUP_GIT,
	.summary = "fetch, merge and push: the same notes here and elsewhere",
	.usage = "[-n] [--commit] [--hooks] [REMOTE]",
	.options = options,
	.max = 1,
	.operands = {OPERAND_REMOTE},
	.needs = CMD_REPOSITORY | CMD_PRESENT,
	.run = run,
};

/* What the library's calls find again. */
struct helper {
	struct cmd *cmd;
	struct line line;
	struct credentials credentials;
	bool dry_run, hooks, committed;
};

/* ---- committing first ---- */

static int sign(void *data, char **signature, const struct iv_signing *how, struct iv_str content,
		struct iv_error *error)
{
	return sign_content(data, signature, how, content, error);
}

static void show_commit(struct cmd *cmd, const struct iv_commit *commit)
{
	struct iv_str subject, rest = iv_str_of(commit->message);

	if (!commit->change_count || cmd->quiet || !iv_str_line(&subject, &rest))
		return;
	iv_buf_printf(&cmd->out,
		      *commit->id ? "committed %.7s: " : "to be committed: ", commit->id);
	iv_buf_visible(&cmd->out, subject, true);
	iv_buf_putc(&cmd->out, '\n');
	cmd_flush(cmd);
}

static int help_commit(void *data, struct iv_error *error)
{
	struct helper *helper = data;
	const struct iv_commit_help help = {
		.check = helper->hooks ? hooks_check : NULL,
		.word = helper->hooks ? hooks_word : NULL,
		.sign = sign,
		.data = helper->cmd,
	};
	const struct iv_commit_wish wish = {
		.author = person_author(),
		.committer = person_committer(),
		.dry_run = helper->dry_run,
		.help = &help,
	};
	struct iv_commit made;
	int rc = iv_repo_commit(&made, helper->cmd->repo, &wish, error);

	if (rc)
		return rc;
	show_commit(helper->cmd, &made);
	helper->committed = *made.id != '\0';
	if (helper->committed && helper->hooks)
		hooks_committed(helper->cmd);
	iv_commit_release(&made);
	return 0;
}

/* ---- the other side ---- */

static int help_connect(void *data, int *from, int *to, const char *url, const char *service,
			struct iv_error *error)
{
	return line_connect(&((struct helper *)data)->line, from, to, url, service, error);
}

static void help_disconnect(void *data)
{
	line_disconnect(&((struct helper *)data)->line);
}

static const char *help_complaint(void *data)
{
	return line_complaint(&((struct helper *)data)->line);
}

static int help_credentials(void *data, char **user, char **password, const char *url,
			    struct iv_error *error)
{
	return credentials_fill(&((struct helper *)data)->credentials, user, password, url, error);
}

static void help_credentials_end(void *data, bool right)
{
	credentials_end(&((struct helper *)data)->credentials, right);
}

static int help_push(void *data, const struct iv_push *push, struct iv_error *error)
{
	return hooks_push(((struct helper *)data)->cmd, push, error);
}

static void help_progress(void *data, size_t done, size_t total)
{
	output_count(((struct helper *)data)->cmd, "objects on the way", done, total);
}

/* How far it has come in counting is nobody's concern; what a hook says is. */
static void help_heard(void *data, struct iv_str line)
{
	static const char *const chatter[] = {
		"Enumerating objects:", "Counting objects:", "Compressing objects:", "Total ",
		"Resolving deltas:",    "Unpacking objects:"};

	for (size_t i = 0; i < sizeof(chatter) / sizeof(chatter[0]); i++)
		if (iv_str_starts(line, chatter[i]))
			return;
	cmd_say(((struct helper *)data)->cmd, "remote: %.*s", IV_STR_ARG(line));
}

/* ---- what came of it ---- */

static const char *why(const struct iv_sync_conflict *conflict)
{
	switch (conflict->why) {
	case IV_CONFLICT_CHANGED:
		return conflict->marked ? "changed here and there; both stand between markers"
					: "changed here and there; the file holds yours";
	case IV_CONFLICT_ADDED:
		return conflict->marked ? "added here and there; both stand between markers"
					: "added here and there; the file holds yours";
	case IV_CONFLICT_RENAMED:
		return "renamed on one side, and renamed otherwise or removed on the other";
	case IV_CONFLICT_OURS_GONE: return "removed here and changed there; theirs is kept";
	case IV_CONFLICT_THEIRS_GONE: return "changed here and removed there; yours is kept";
	}
	return "";
}

/* A path in the repository, as seen from where the person stands. */
static void add_path(struct cmd *cmd, const char *path)
{
	char *whole = iv_path_join(iv_repo_folder(cmd->repo), path);
	char *seen = cmd_relative(cmd, whole);

	iv_buf_visible(&cmd->out, iv_str_of(seen), true);
	free(seen);
	free(whole);
}

static void add_count(struct iv_buf *out, size_t count, const char *one, const char *many)
{
	iv_buf_printf(out, "%zu %s", count, count == 1 ? one : many);
}

/* "3 commits of yours sent, 2 received; merged 1 note" */
static void add_summary(struct iv_buf *out, const struct iv_sync *sync, bool dry_run)
{
	if (sync->sent)
		add_count(out, sync->sent, "commit of yours ", "commits of yours ");
	if (sync->sent)
		iv_buf_puts(out, dry_run ? "to send" : "sent");
	if (sync->sent && sync->received)
		iv_buf_printf(out, ", %zu %s", sync->received, dry_run ? "to take in" : "received");
	else if (sync->received)
		add_count(out, sync->received, dry_run ? "commit to take in" : "commit received",
			  dry_run ? "commits to take in" : "commits received");
	if (!sync->sent && !sync->received)
		iv_buf_puts(out, "nothing to send, nothing to receive");
	if (sync->merged_count) {
		iv_buf_puts(out, dry_run ? "; to merge: " : "; merged ");
		add_count(out, sync->merged_count, "note", "notes");
	}
	if (sync->made)
		iv_buf_printf(out, "; '%s' is new at '%s'", sync->branch, sync->remote);
}

static void show(struct cmd *cmd, const struct iv_sync *sync, bool dry_run)
{
	struct iv_buf summary = IV_BUF_INIT;

	add_summary(&summary, sync, dry_run);
	iv_buf_visible(&cmd->out, iv_buf_view(&summary), true);
	iv_buf_putc(&cmd->out, '\n');
	for (size_t i = 0; i < sync->merged_count; i++) {
		iv_buf_puts(&cmd->out, dry_run ? "to merge: " : "merged: ");
		add_path(cmd, sync->merged[i]);
		iv_buf_putc(&cmd->out, '\n');
	}
	iv_buf_release(&summary);
	cmd_drain(cmd);
}

static int show_conflicts(struct cmd *cmd, const struct iv_sync *sync, bool dry_run)
{
	for (size_t i = 0; i < sync->conflict_count; i++) {
		add_path(cmd, sync->conflicts[i].path);
		iv_buf_printf(&cmd->out, ": %s\n", why(&sync->conflicts[i]));
	}
	cmd_flush(cmd);
	if (dry_run)
		cmd_say(cmd, "the merge would stop there");
	else
		cmd_warn(cmd, "the merge has stopped; bring these files in order ('ivnotes check' "
			      "shows what is marked), then 'git add' them, 'git commit', and "
			      "'ivnotes sync'; 'git merge --abort' takes it back");
	return CMD_FOUND;
}

static int tell(struct cmd *cmd, const struct iv_sync *sync, bool dry_run)
{
	if (dry_run && sync->rewound)
		cmd_warn(cmd,
			 "'%s' was rewound or rewritten there: commits that it had are gone, and "
			 "a sync brings them back",
			 sync->rewound);
	if (!cmd->quiet || dry_run)
		show(cmd, sync, dry_run);
	return sync->how == IV_SYNC_STOPPED ? show_conflicts(cmd, sync, dry_run) : CMD_OK;
}

static void tell_hooks(const struct helper *helper, const struct iv_sync *sync)
{
	if (helper->hooks)
		hooks_taken_in(helper->cmd, sync);
	hooks_say_passed_over(helper->cmd, sync, helper->committed, helper->hooks);
}

/* ---- the command ---- */

static void helper_release(struct helper *helper)
{
	line_release(&helper->line);
	iv_buf_release(&helper->credentials.text);
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct helper helper = {.cmd = cmd,
				.credentials = {.cmd = cmd},
				.dry_run = cmd_has(cmd, "dry-run"),
				.hooks = cmd_has(cmd, "hooks")};
	const struct iv_commit_help signer = {.sign = sign, .data = cmd};
	const struct iv_sync_help help = {
		cmd_has(cmd, "commit") ? help_commit : NULL,
		help_connect,
		help_disconnect,
		help_complaint,
		help_credentials,
		help_credentials_end,
		helper.hooks ? help_push : NULL,
		help_progress,
		help_heard,
		&helper,
	};
	const struct iv_sync_wish wish = {
		.remote = count ? words[0] : NULL,
		.author = person_author(),
		.committer = person_committer(),
		.dry_run = helper.dry_run,
		.help = &help,
		.signer = &signer,
	};
	struct iv_error error = IV_ERROR_INIT;
	struct iv_sync sync;
	int status = CMD_OK, rc;

	line_init(&helper.line, cmd);
	rc = iv_repo_sync(&sync, cmd->repo, &wish, &error);
	if (!rc || sync.received)
		status = tell(cmd, &sync, wish.dry_run);
	if (!helper.dry_run)
		tell_hooks(&helper, &sync);
	if (rc)
		status = cmd_fail(cmd, &error);
	iv_sync_release(&sync);
	helper_release(&helper);
	return status;
}
