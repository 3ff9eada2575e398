/* check: what is wrong, and what is overdue. */
#include <stdlib.h>
#include <string.h>

#include <ivnotes/vcs.h>
#include <ivnotes/view.h>

#include "cmd/frame/findings.h"
#include "cmd/frame/since.h"

static int run(struct cmd *cmd, int count, char **words);

static const char *const levels[] = {"info", "warning", "error", "never", NULL};
static const char *const formats[] = {"text", "json", "jsonl", "sarif", NULL};

static const struct cmd_option options[] = {
	{"rule", 0, "ID[,ID]", "of these rules only, info included", OPTION_LIST, NULL},
	{"all", 0, NULL, "show info too, not only warnings and errors", OPTION_FLAG, NULL},
	{"baseline", 0, "FILE", "only what is new since a check whose JSON this is", OPTION_TEXT,
	 NULL},
	{"since", 0, "REV", "only what is new since that revision", OPTION_TEXT, NULL},
	{"staged", 0, NULL, "only what the next git commit would newly break", OPTION_FLAG, NULL},
	{"fail-on", 0, "LEVEL", "exit with 1 from that level on (warning), or never", OPTION_CHOICE,
	 levels},
	{0},
};

const struct command cmd_check = {
	.name = "check",
	.group = GROUP_WEEK,
	.summary = "show what is wrong and what is overdue",
	.usage = "[--rule ID[,ID]] [--all] [--baseline FILE | --since REV] [--staged] "
		 "[--fail-on LEVEL] [PATH|REF ...]",
	.options = options,
	.formats = formats,
	.max = -1,
	.operands = {OPERAND_PLACE},
	.needs = CMD_INDEX,
	.run = run,
};

/* How many days ahead the closing line looks. */
#define AHEAD 7

/* Which of the rows that hold are shown. */
struct choice {
	enum iv_severity from;
	bool broken_only;
	const char *const *paths; /* as of a query, which asks for all where some are known */
};

/* Dated rows are the agenda's until they are late. */
static bool is_shown(const struct iv_finding *finding, const void *data)
{
	const struct choice *choice = data;
	return findings_is_wrong(finding, choice->from) &&
	       (!choice->broken_only || finding->rule->kind == IV_RULE_BROKEN);
}

static bool is_asked_for(const struct iv_finding *finding, const void *data)
{
	const struct choice *choice = data;
	const char *const *asked = choice->paths;
	struct iv_str path = iv_str_of(finding->path);
	for (; asked && *asked; asked++)
		if (iv_str_ends(iv_str_of(*asked), "/") ? iv_str_starts(path, *asked)
							: iv_str_is(path, *asked))
			return true;
	return !asked;
}

/* The index of the word in `levels` is the severity; what fails is always shown. */
static enum iv_severity fail_level(const struct cmd *cmd, bool *never)
{
	const char *word = cmd_text(cmd, "fail-on");
	*never = word && strcmp(word, "never") == 0;
	for (int i = IV_INFO; word && i <= IV_ERROR; i++)
		if (strcmp(levels[i], word) == 0)
			return (enum iv_severity)i;
	return IV_WARNING;
}

static enum iv_severity shown_from(const struct cmd *cmd)
{
	bool never;
	bool info =
		cmd_has(cmd, "all") || cmd_has(cmd, "rule") || fail_level(cmd, &never) == IV_INFO;
	return info ? IV_INFO : IV_WARNING;
}

/* ---- the closing line ---- */

struct coming {
	size_t now, soon;
};

/* What is left out, as the closing line calls it. */
static const char *known_as(const struct cmd *cmd)
{
	return cmd_has(cmd, "baseline") ? "of the baseline" : "known before";
}

static void add_shown(struct iv_buf *buf, const struct cmd *cmd, const struct iv_findings *shown,
		      size_t known)
{
	if (known && !shown->count)
		iv_buf_puts(buf, "nothing new");
	else
		findings_count(buf, shown);
	if (known)
		iv_buf_printf(buf, ", and %zu %s", known, known_as(cmd));
}

/* What holds today and comes due: what waits for a day that is still ahead is not owed yet. */
static struct coming count_coming(const struct iv_findings *rows, const struct choice *choice,
				  iv_day today)
{
	struct coming coming = {0, 0};
	for (size_t i = 0; i < rows->count && !choice->broken_only; i++) {
		const struct iv_finding *row = &rows->items[i];
		if (!is_asked_for(row, choice))
			continue;
		coming.now += row->due == today;
		coming.soon += row->due > today && row->due <= today + AHEAD;
	}
	return coming;
}

static void say_counts(struct cmd *cmd, const struct iv_findings *shown, size_t known,
		       struct coming coming)
{
	struct iv_buf line = IV_BUF_INIT;
	add_shown(&line, cmd, shown, known);
	if (coming.now || coming.soon)
		iv_buf_printf(&line, "; %zu due today, %zu in the next %d days (ivnotes agenda)",
			      coming.now, coming.soon, AHEAD);
	cmd_flush(cmd);
	cmd_say(cmd, "%s", line.ptr);
	iv_buf_release(&line);
}

static int exit_status(const struct cmd *cmd, const struct iv_findings *shown)
{
	bool never;
	enum iv_severity level = fail_level(cmd, &never);
	for (size_t i = 0; !never && i < shown->count; i++)
		if (shown->items[i].severity >= level)
			return CMD_FOUND;
	return CMD_OK;
}

/* Counting which of the same are new needs all of them; only then the others go. */
static size_t drop_known(struct iv_findings *shown, const struct choice *choice,
			 const struct baseline *baseline)
{
	size_t asked = 0;
	for (size_t i = 0; i < shown->count; i++)
		asked += is_asked_for(&shown->items[i], choice);
	if (baseline)
		baseline_drop(baseline, shown);
	findings_filter(shown, is_asked_for, choice);
	return asked - shown->count;
}

static int check(struct cmd *cmd, const struct iv_finding_query *query, const struct choice *choice,
		 const struct baseline *baseline)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_findings shown = {0};
	int rc = iv_findings(&shown, cmd->index, cmd->rules, query, &error);
	if (rc)
		return cmd_fail(cmd, &error);
	struct coming coming = count_coming(&shown, choice, cmd->today);
	findings_filter(&shown, is_shown, choice);
	size_t known = drop_known(&shown, choice, baseline);
	iv_findings_hint(&shown, cmd->index);
	findings_show(cmd, &shown, IV_NO_DAY, IV_NO_DAY, false);
	if (!cmd->quiet)
		say_counts(cmd, &shown, known, coming);
	int status = exit_status(cmd, &shown);
	iv_findings_release(&shown);
	return status;
}

/* The revision that what is found is compared with, or NULL: before the first commit all is new. */
static const char *since(const struct cmd *cmd)
{
	struct iv_revision head;
	const char *given = cmd_text(cmd, "since");
	if (given || !cmd_has(cmd, "staged"))
		return given;
	return iv_repo_revision(&head, cmd->repo, "HEAD", NULL) == IV_ENOTFOUND ? NULL : "HEAD";
}

/* An earlier check's results, or those of a revision; then the query's paths are the choice's. */
static int open_baseline(struct baseline **out, struct cmd *cmd, struct iv_finding_query *query,
			 struct choice *choice)
{
	struct iv_error error = IV_ERROR_INIT;
	const char *file = cmd_text(cmd, "baseline"), *revision = since(cmd);
	if (file && cmd_has(cmd, "since"))
		return cmd_usage(cmd, "--baseline and --since exclude each other");
	if (file)
		return baseline_read(out, file, &error) ? cmd_fail(cmd, &error) : 0;
	if (!revision)
		return 0;
	choice->paths = query->paths;
	query->paths = NULL;
	return since_read(out, cmd, revision, query, is_shown, choice);
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct baseline *baseline = NULL;
	struct iv_finding_query query = {.from = cmd->today,
					 .to = cmd->today,
					 .today = cmd->today,
					 .due_within = AHEAD,
					 .least = shown_from(cmd)};
	struct choice choice = {.from = query.least};
	char **paths = NULL;
	int rc = findings_rules(&query.rules, cmd);
	choice.broken_only = cmd_has(cmd, "staged") && !query.rules;
	if (!rc)
		rc = findings_paths(&paths, cmd, count, words);
	query.paths = (const char *const *)paths;
	if (!rc)
		rc = open_baseline(&baseline, cmd, &query, &choice);
	if (!rc)
		rc = check(cmd, &query, &choice, baseline);
	baseline_free(baseline);
	findings_paths_free(paths);
	return rc;
}
