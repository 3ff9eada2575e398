/* check: what is wrong, and what is overdue. */
#include <stdlib.h>
#include <string.h>

#include <ivnotes/view.h>

#include "cmd/frame/baseline.h"
#include "cmd/frame/findings.h"

static int run(struct cmd *cmd, int count, char **words);

static const char *const levels[] = {"info", "warning", "error", "never", NULL};
static const char *const formats[] = {"text", "json", "jsonl", "sarif", NULL};

static const struct cmd_option options[] = {
	{"rule", 0, "ID[,ID]", "of these rules only, info included", OPTION_LIST, NULL},
	{"all", 0, NULL, "show info too, not only warnings and errors", OPTION_FLAG, NULL},
	{"baseline", 0, "FILE", "only what is new since a check whose JSON this is", OPTION_TEXT,
	 NULL},
	{"fail-on", 0, "LEVEL", "exit with 1 from that level on (warning), or never", OPTION_CHOICE,
	 levels},
	{0},
};

const struct command cmd_check = {
	.name = "check",
	.group = GROUP_WEEK,
	.summary = "show what is wrong and what is overdue",
	.usage = "[--rule ID[,ID]] [--all] [--baseline FILE] [--fail-on LEVEL] [PATH|REF ...]",
	.options = options,
	.formats = formats,
	.max = -1,
	.operands = {OPERAND_PLACE},
	.needs = CMD_INDEX,
	.run = run,
};

/* How many days ahead the closing line looks. */
#define AHEAD 7

/* Dated rows are the agenda's until they are late. */
static bool is_shown(const struct iv_finding *finding, const void *from)
{
	return findings_is_wrong(finding, *(const enum iv_severity *)from);
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

static void add_shown(struct iv_buf *buf, const struct iv_findings *shown, size_t known)
{
	if (known && !shown->count)
		iv_buf_puts(buf, "nothing new");
	else
		findings_count(buf, shown);
	if (known)
		iv_buf_printf(buf, ", and %zu of the baseline", known);
}

/* What holds today and comes due: what waits for a day that is still ahead is not owed yet. */
static struct coming count_coming(const struct iv_findings *rows, iv_day today)
{
	struct coming coming = {0, 0};
	for (size_t i = 0; i < rows->count; i++) {
		coming.now += rows->items[i].due == today;
		coming.soon += rows->items[i].due > today && rows->items[i].due <= today + AHEAD;
	}
	return coming;
}

static void say_counts(struct cmd *cmd, const struct iv_findings *shown, size_t known,
		       struct coming coming)
{
	struct iv_buf line = IV_BUF_INIT;
	add_shown(&line, shown, known);
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

static int check(struct cmd *cmd, const struct iv_finding_query *query, struct baseline *baseline)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_findings shown = {0};
	enum iv_severity from = shown_from(cmd);
	int rc = iv_findings(&shown, cmd->index, cmd->rules, query, &error);
	if (rc)
		return cmd_fail(cmd, &error);
	struct coming coming = count_coming(&shown, cmd->today);
	findings_filter(&shown, is_shown, &from);
	size_t known = baseline ? baseline_drop(baseline, &shown) : 0;
	iv_findings_hint(&shown, cmd->index);
	findings_show(cmd, &shown, IV_NO_DAY, IV_NO_DAY, false);
	if (!cmd->quiet)
		say_counts(cmd, &shown, known, coming);
	int status = exit_status(cmd, &shown);
	iv_findings_release(&shown);
	return status;
}

static int open_baseline(struct baseline **out, struct cmd *cmd)
{
	struct iv_error error = IV_ERROR_INIT;
	const char *path = cmd_text(cmd, "baseline");
	*out = NULL;
	return path && baseline_read(out, path, &error) ? cmd_fail(cmd, &error) : 0;
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct baseline *baseline = NULL;
	struct iv_finding_query query = {.from = cmd->today,
					 .to = cmd->today,
					 .today = cmd->today,
					 .due_within = AHEAD,
					 .least = shown_from(cmd)};
	char **paths = NULL;
	int rc = findings_rules(&query.rules, cmd);
	if (!rc)
		rc = findings_paths(&paths, cmd, count, words);
	query.paths = (const char *const *)paths;
	if (!rc)
		rc = open_baseline(&baseline, cmd);
	if (!rc)
		rc = check(cmd, &query, baseline);
	baseline_free(baseline);
	findings_paths_free(paths);
	return rc;
}
