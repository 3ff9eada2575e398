/* Days as options and operands say them, and which day today is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd/frame/frame.h"
#include "vault/days.h"

/* ---- reading one ---- */

static enum iv_lean lean_of(enum option_kind kind)
{
	if (kind == OPTION_DAY_BACK)
		return IV_LEAN_BACK;
	return kind == OPTION_DAY_AHEAD ? IV_LEAN_AHEAD : IV_LEAN_NONE;
}

static bool is_day(enum option_kind kind)
{
	return kind == OPTION_DAY || kind == OPTION_DAY_BACK || kind == OPTION_DAY_AHEAD;
}

static bool is_today(const struct cmd_option *option)
{
	return option->name && strcmp(option->name, "today") == 0;
}

/* The holidays are settings: not known before the vault is open. */
static struct iv_when_from from_today(const struct cmd *cmd, enum iv_lean lean)
{
	struct iv_when_from from = {cmd->today, lean, NULL};
	struct iv_holidays *holidays;
	if (!cmd->config)
		return from;
	holidays = iv_arena_alloc(cmd->own->arena, sizeof(*holidays));
	iv_holidays_read(holidays, cmd->own->arena, cmd->config);
	from.holidays = holidays;
	return from;
}

static int bad_day(const struct cmd *cmd, const char *shown, struct iv_error *error)
{
	int rc = cmd_usage(cmd, "%s: %s", shown, error->message);
	iv_error_release(error);
	return rc;
}

int cmd_read_day(iv_day *out, const struct cmd *cmd, const char *shown, const char *text,
		 enum iv_lean lean)
{
	struct iv_when_from from = from_today(cmd, lean);
	struct iv_error error = IV_ERROR_INIT;
	if (!iv_when_parse_day(out, iv_str_of(text), &from, &error))
		return 0;
	return bad_day(cmd, shown, &error);
}

int cmd_read_moment(struct iv_moment *out, const struct cmd *cmd, const char *shown,
		    const char *text, enum iv_lean lean)
{
	struct iv_when_from from = from_today(cmd, lean);
	struct iv_error error = IV_ERROR_INIT;
	if (!iv_when_parse(out, iv_str_of(text), &from, &error))
		return 0;
	return bad_day(cmd, shown, &error);
}

/* The Monday of a week, or of the week of a day. */
static int read_week(iv_day *monday, const struct cmd *cmd, const char *shown, const char *text)
{
	struct iv_when_from from = from_today(cmd, IV_LEAN_NONE);
	iv_day first, last;
	if (iv_when_parse_days(&first, &last, iv_str_of(text), &from, NULL))
		return cmd_usage(cmd,
				 "%s: expected a week such as 2026-W47 or 'next week', or a day "
				 "of it, not '%s'",
				 shown, text);
	*monday = first - (iv_weekday(first) - 1);
	return 0;
}

/* ---- today ---- */

static iv_day clock_day(void)
{
	time_t now = time(NULL);
	struct tm tm;
	if (!localtime_r(&now, &tm))
		return IV_NO_DAY;
	return iv_day_of((struct iv_civil){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday});
}

int days_today(struct cmd *cmd)
{
	const char *given = cmd_text(cmd, "today"), *env = getenv("IVNOTES_TODAY");
	cmd->today = clock_day();
	if (given)
		return cmd_read_day(&cmd->today, cmd, "--today", given, IV_LEAN_NONE);
	/* A command that opens nothing does not ask for the day. */
	if (env && *env && (!cmd->command || cmd->command->needs))
		return cmd_read_day(&cmd->today, cmd, "IVNOTES_TODAY", env, IV_LEAN_NONE);
	return 0;
}

int days_of_revision(struct cmd *cmd, iv_day day)
{
	const char *env = getenv("IVNOTES_TODAY");
	if (cmd_has(cmd, "today") || (env && *env))
		return 0;
	if (day == IV_NO_DAY) {
		cmd_warn(cmd, "the commit's date is no day of the years 1 to 9999; give --today");
		return CMD_FAILED;
	}
	cmd->today = day;
	return 0;
}

/* ---- what was given ---- */

static int check(const struct cmd *cmd, const struct cmd_given *given)
{
	const struct cmd_option *option = given->option;
	char shown[64];
	iv_day day;
	if (!given->value || (!is_day(option->kind) && option->kind != OPTION_WEEK))
		return 0;
	if (option->name)
		snprintf(shown, sizeof(shown), "--%s", option->name);
	else
		snprintf(shown, sizeof(shown), "-%c", option->letter);
	if (option->kind == OPTION_WEEK)
		return read_week(&day, cmd, shown, given->value);
	return cmd_read_day(&day, cmd, shown, given->value, lean_of(option->kind));
}

int days_check(const struct cmd *cmd)
{
	int rc = 0;
	for (size_t i = 0; !rc && i < cmd->own->given_count; i++)
		/* That of --today has been read, from the clock's day. */
		if (!is_today(cmd->own->given[i].option))
			rc = check(cmd, &cmd->own->given[i]);
	return rc;
}

iv_day cmd_day(const struct cmd *cmd, const char *name, iv_day otherwise)
{
	const struct cmd_given *given = options_given(cmd, name);
	struct iv_str text = iv_str_of(given ? given->value : NULL);
	iv_day day = otherwise;
	if (!given)
		return otherwise;
	if (!given->value)
		return cmd->today - (iv_weekday(cmd->today) - 1);
	if (given->option->kind == OPTION_WEEK) {
		read_week(&day, cmd, name, given->value);
	} else {
		struct iv_when_from from = from_today(cmd, lean_of(given->option->kind));
		iv_when_parse_day(&day, text, &from, NULL);
	}
	return day;
}
