/* report: the week as Markdown. */
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "view/marks.h"
#include "view/report.h"

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {
	{"week", 0, "WEEK", "that week, as 2026-W47; without one, today's", OPTION_WEEK, NULL},
	{"output", 'o', "FILE", "write to FILE, between the marks where it exists", OPTION_TEXT,
	 NULL},
	{0},
};

const struct command cmd_report = {
	.name = "report",
	.group = GROUP_WEEK,
	.summary = "tell of a week as Markdown",
	.usage = "[--week WEEK] [-o FILE]",
	.options = options,
	.operands = {OPERAND_NONE},
	.needs = CMD_INDEX,
	.run = run,
};

/* Everything that a report is made of. */
struct gathered {
	struct iv_events events;
	struct iv_findings standing, week, ahead;
	struct iv_met_list met;
	struct iv_funnel funnel;
};

static void release(struct gathered *gathered)
{
	iv_events_release(&gathered->events);
	iv_findings_release(&gathered->standing);
	iv_findings_release(&gathered->week);
	iv_findings_release(&gathered->ahead);
	iv_met_list_release(&gathered->met);
}

/* The day before `monday` too: what ended on it was missed in this week. */
static int find(struct gathered *out, struct cmd *cmd, iv_day monday, iv_day day,
		struct iv_error *error)
{
	struct iv_finding_query standing = {.from = day, .to = day, .today = day};
	struct iv_finding_query week = {.from = monday - 1, .to = day, .today = day};
	struct iv_finding_query ahead = {.from = day, .to = day + 7, .today = day};
	int rc = iv_findings(&out->standing, cmd->index, cmd->rules, &standing, error);
	if (!rc)
		rc = iv_findings(&out->week, cmd->index, cmd->rules, &week, error);
	if (!rc)
		rc = iv_findings(&out->ahead, cmd->index, cmd->rules, &ahead, error);
	return rc;
}

static int gather(struct gathered *out, struct cmd *cmd, iv_day monday, iv_day day,
		  struct iv_error *error)
{
	int rc = find(out, cmd, monday, day, error);
	if (!rc)
		rc = iv_index_events(&out->events, cmd->index, NULL, monday, day, error);
	if (!rc)
		rc = iv_index_met(&out->met, cmd->index, monday, day, error);
	if (!rc)
		rc = iv_index_funnel(&out->funnel, cmd->index, day, error);
	return rc;
}

static int write_report(struct iv_buf *out, struct cmd *cmd, iv_day monday, struct iv_error *error)
{
	struct gathered gathered = {0};
	iv_day day = cmd->today < monday + 6 ? cmd->today : monday + 6;
	struct iv_report report = {
		.monday = monday,
		.day = day,
		.events = &gathered.events,
		.met = &gathered.met,
		.standing = &gathered.standing,
		.week = &gathered.week,
		.ahead = &gathered.ahead,
		.funnel = &gathered.funnel,
		.rules = cmd->rules,
	};
	int rc = gather(&gathered, cmd, monday, day, error);
	if (!rc)
		iv_report_markdown(out, &report);
	release(&gathered);
	return rc;
}

/* Makes or renews the file; what a person wrote around the marks stays. */
static int write_file(const char *path, struct iv_str report, struct iv_error *error)
{
	struct iv_error reading = IV_ERROR_INIT;
	struct iv_buf old = IV_BUF_INIT, new = IV_BUF_INIT;
	struct iv_str before = {NULL, 0};
	int rc = iv_file_read(&old, path, IV_NOTE_SIZE_MAX, &reading);
	if (!rc)
		before = iv_buf_view(&old);
	if (rc == IV_ENOTFOUND)
		rc = 0;
	else if (rc)
		iv_error_set(error, rc, "%s", reading.message);
	if (!rc)
		rc = iv_marks_place(&new, before, report, error);
	if (rc == IV_EINPUT)
		iv_error_at(error, path, (struct iv_pos){0, 0});
	if (!rc && !iv_str_eq(iv_buf_view(&new), before))
		rc = iv_file_write(path, iv_buf_view(&new), &before, error);
	iv_error_release(&reading);
	iv_buf_release(&old);
	iv_buf_release(&new);
	return rc;
}

static int check(const struct cmd *cmd, iv_day monday)
{
	const char *file = cmd_text(cmd, "output");
	char week[9];
	iv_week_format(week, monday);
	if (monday > cmd->today)
		return cmd_usage(cmd,
				 "week %s has not begun, 'ivnotes agenda --week %s' shows what is "
				 "coming",
				 week, week);
	if (file && !*file)
		return cmd_usage(cmd, "-o: expected the name of a file");
	return CMD_OK;
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_buf text = IV_BUF_INIT;
	const char *file = cmd_text(cmd, "output");
	iv_day monday = cmd_day(cmd, "week", cmd->today - (iv_weekday(cmd->today) - 1));
	int status = check(cmd, monday);
	(void)count, (void)words;
	if (status)
		return status;
	int rc = write_report(&text, cmd, monday, &error);
	if (!rc && file && strcmp(file, "-") != 0)
		rc = write_file(file, iv_buf_view(&text), &error);
	else if (!rc)
		iv_buf_str(&cmd->out, iv_buf_view(&text));
	iv_buf_release(&text);
	return rc ? cmd_fail(cmd, &error) : CMD_OK;
}
