/* agenda: every dated row, overdue first, then day by day. */
#include <ivnotes/view.h>

#include "cmd/frame/findings.h"

static int run(struct cmd *cmd, int count, char **words);

static const char *const formats[] = {"text", "json", "jsonl", NULL};

static const struct cmd_option options[] = {
	{"days", 0, "N", "look N days ahead (7), 0 for today only", OPTION_COUNT, NULL},
	{"week", 0, "WEEK", "that week instead, as 2026-W47; without one, this week", OPTION_WEEK,
	 NULL},
	{"rule", 0, "ID[,ID]", "of these rules only", OPTION_LIST, NULL},
	{0},
};

const struct command cmd_agenda = {
	.name = "agenda",
	.group = GROUP_WEEK,
	.summary = "show what is owed to whom, day by day",
	.usage = "[--days N | --week [WEEK]] [--rule ID[,ID]] [PATH|REF ...]",
	.options = options,
	.formats = formats,
	.max = -1,
	.operands = {OPERAND_PLACE},
	.needs = CMD_INDEX,
	.run = run,
};

/* Rows due from `from` to `to`, and, where today is among these days, those that are late. */
struct range {
	iv_day from, to;
	bool overdue;
};

static bool is_shown(const struct iv_finding *f, const void *data)
{
	const struct range *range = data;
	/* What ends before it is due, with the search or a wish for silence, is never owed. */
	if (f->until != IV_NO_DAY && f->due > f->until)
		return false;
	if (f->when == IV_UNDATED || f->due > range->to)
		return false;
	return f->due >= range->from || (range->overdue && f->when == IV_OVERDUE);
}

static struct range choose(const struct cmd *cmd)
{
	iv_day today = cmd->today;
	if (!cmd_has(cmd, "week")) {
		return (struct range){today, findings_later(today, cmd_count(cmd, "days", 7)),
				      true};
	}
	iv_day monday = cmd_day(cmd, "week", IV_NO_DAY), sunday = findings_later(monday, 6);
	if (today < monday || today > sunday)
		return (struct range){monday, sunday, false};
	return (struct range){today, sunday, true};
}

static int agenda(struct cmd *cmd, struct iv_finding_query *query)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_findings rows = {0};
	struct range range = choose(cmd);
	char from[11], to[11];
	/* Of a week gone by what held then; else what holds today and comes due in the range. */
	query->from = range.to < cmd->today ? range.from : cmd->today;
	query->to = range.to < cmd->today ? range.to : cmd->today;
	if (iv_findings(&rows, cmd->index, cmd->rules, query, &error))
		return cmd_fail(cmd, &error);
	findings_filter(&rows, is_shown, &range);
	iv_agenda_sort(rows.items, rows.count);
	findings_show(cmd, &rows, range.from, range.to, true);
	iv_day_format(from, range.from);
	iv_day_format(to, range.to);
	if (!rows.count)
		cmd_say(cmd, "nothing is due from %s to %s", from, to);
	iv_findings_release(&rows);
	return CMD_OK;
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct iv_finding_query query = {.today = cmd->today, .people = true};
	char **paths = NULL;
	if (cmd_has(cmd, "days") && cmd_has(cmd, "week"))
		return cmd_usage(cmd, "--days and --week exclude each other");
	int rc = findings_rules(&query.rules, cmd);
	if (!rc)
		rc = findings_paths(&paths, cmd, count, words);
	query.paths = (const char *const *)paths;
	if (!rc)
		rc = agenda(cmd, &query);
	findings_paths_free(paths);
	return rc;
}
