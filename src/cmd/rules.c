/* rules: the table of rules, what each finds here today, and what it costs. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include <ivnotes/view.h>

#include "base/mem.h"
#include "cmd/cmd.h"
#include "view/jsontext.h"

static int run(struct cmd *cmd, int count, char **words);

static const char *const formats[] = {"text", "json", NULL};

static const struct cmd_option options[] = {
	{"time", 0, NULL, "show how long each takes here, the slowest first", OPTION_FLAG, NULL},
	{0},
};

const struct command cmd_rules = {
	.name = "rules",
	.group = GROUP_WEEK,
	.summary = "list the rules and how many findings each has here",
	.usage = "[--time]",
	.options = options,
	.formats = formats,
	.operands = {OPERAND_NONE},
	.needs = CMD_INDEX,
	.run = run,
};

/* A rule's line. */
struct line {
	const struct iv_rule *rule;
	size_t found;
	bool failed;         /* one's own, and its query cannot be run */
	bool configured;     /* the config says its severity or a setting of it */
	double milliseconds; /* negative: not known */
};

/* ---- what there is to say ---- */

static bool is_configured(const struct cmd *cmd, const struct iv_rule *rule)
{
	struct iv_buf key = IV_BUF_INIT;
	iv_buf_printf(&key, "severity.%s", rule->id);
	bool is = iv_config_get(cmd->config, key.ptr) != NULL;
	for (size_t i = 0; !is && i < rule->setting_count; i++)
		is = iv_config_get(cmd->config, rule->settings[i].key) != NULL;
	iv_buf_release(&key);
	return is;
}

static size_t count_of(const struct iv_findings *findings, const struct iv_rule *rule)
{
	size_t count = 0;
	for (size_t i = 0; i < findings->count; i++)
		count += findings->items[i].rule == rule;
	return count;
}

static bool has_failed(const struct iv_rule_failures *failures, const struct iv_rule *rule)
{
	for (size_t i = 0; i < failures->count; i++)
		if (failures->items[i].rule == rule)
			return true;
	return false;
}

static int fill(struct line *lines, size_t count, struct cmd *cmd, struct iv_error *error)
{
	struct iv_finding_query query = {.from = cmd->today, .to = cmd->today, .today = cmd->today};
	struct iv_findings findings = {0};
	struct iv_rule_failures failures = {0};
	int rc = iv_findings(&findings, cmd->index, cmd->rules, &query, error);
	if (!rc)
		rc = iv_rule_failures(&failures, cmd->index, cmd->rules, error);
	for (size_t i = 0; !rc && i < count; i++) {
		const struct iv_rule *rule = lines[i].rule;
		lines[i].found = count_of(&findings, rule);
		lines[i].failed = has_failed(&failures, rule);
		lines[i].configured = is_configured(cmd, rule);
	}
	iv_rule_failures_release(&failures);
	iv_findings_release(&findings);
	return rc;
}

static int by_cost(const void *a, const void *b)
{
	const struct line *left = a, *right = b;
	if (left->milliseconds == right->milliseconds)
		return strcmp(left->rule->id, right->rule->id);
	return left->milliseconds < right->milliseconds ? 1 : -1;
}

static int time_them(struct line *lines, size_t count, struct cmd *cmd, struct iv_error *error)
{
	double *all = iv_calloc(count, sizeof(*all));
	int rc = iv_rules_time(all, cmd->index, cmd->rules, error);
	for (size_t i = 0; i < count; i++)
		lines[i].milliseconds = all[i];
	free(all);
	if (!rc)
		qsort(lines, count, sizeof(*lines), by_cost);
	return rc;
}

static double total(const struct line *lines, size_t count)
{
	double sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += lines[i].milliseconds > 0 ? lines[i].milliseconds : 0;
	return sum;
}

/* ---- saying it ---- */

static const char *state(const struct line *line)
{
	return line->rule->off ? "off" : line->failed ? "failed" : "on";
}

static const char *origin(const struct line *line)
{
	return line->rule->path ? "own" : line->configured ? "config" : "ivnotes";
}

static void add_time(struct iv_buf *out, double milliseconds)
{
	if (milliseconds < 0)
		iv_buf_printf(out, "%9s  ", "-");
	else
		iv_buf_printf(out, "%9.2f  ", milliseconds);
}

static int width_of(const struct line *lines, size_t count)
{
	size_t width = 18;
	for (size_t i = 0; i < count; i++)
		if (strlen(lines[i].rule->id) > width)
			width = strlen(lines[i].rule->id);
	return (int)width;
}

static void add_text(struct iv_buf *out, const struct line *lines, size_t count, bool timed)
{
	int width = width_of(lines, count);
	iv_buf_printf(out, "%-*s %-6s  %-8s  %-6s  %-7s  %5s  %s%s\n", width, "RULE", "KIND",
		      "SEVERITY", "STATE", "FROM", "FOUND", timed ? "     TIME  " : "", "SUMMARY");
	for (size_t i = 0; i < count; i++) {
		const struct iv_rule *rule = lines[i].rule;
		iv_buf_printf(out, "%-*s %-6s  %-8s  %-6s  %-7s  %5zu  ", width, rule->id,
			      iv_rule_kind_word(rule->kind), iv_severity_word(rule->severity),
			      state(&lines[i]), origin(&lines[i]), lines[i].found);
		if (timed)
			add_time(out, lines[i].milliseconds);
		iv_buf_visible(out, iv_str_of(rule->summary), true);
		iv_buf_putc(out, '\n');
	}
	if (timed)
		iv_buf_printf(out, "%-*s  %9.2f  milliseconds\n", width + 39, "all of them",
			      total(lines, count));
}

static json_t *entry(const struct line *line, bool timed)
{
	const struct iv_rule *rule = line->rule;
	json_t *entry = json_pack("{s:s, s:s, s:s, s:b, s:b, s:b, s:b, s:o, s:i}", "id", rule->id,
				  "kind", iv_rule_kind_word(rule->kind), "severity",
				  iv_severity_word(rule->severity), "on", !rule->off, "failed",
				  line->failed && !rule->off, "configured", line->configured, "own",
				  rule->path != NULL, "file", iv_json_text(rule->path), "findings",
				  (int)line->found);
	if (timed)
		json_object_set_new(entry, "milliseconds",
				    line->milliseconds < 0 ? json_null()
							   : json_real(line->milliseconds));
	json_object_set_new(entry, "summary", json_string(rule->summary));
	return entry;
}

static void add_json(struct iv_buf *out, const struct line *lines, size_t count, bool timed)
{
	json_t *list = json_array();
	json_t *whole = json_pack("{s:i}", "version", IV_VIEW_SCHEMA);
	if (timed)
		json_object_set_new(whole, "milliseconds", json_real(total(lines, count)));
	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, entry(&lines[i], timed));
	json_object_set_new(whole, "rules", list);
	char *text = json_dumps(whole, JSON_INDENT(1) | JSON_REAL_PRECISION(6));
	iv_buf_printf(out, "%s\n", text);
	free(text);
	json_decref(whole);
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct iv_error error = IV_ERROR_INIT;
	const struct iv_rule *rules;
	size_t rule_count = iv_rules_all(cmd->rules, &rules);
	struct line *lines = iv_calloc(rule_count, sizeof(*lines));
	bool timed = cmd_has(cmd, "time");
	(void)count;
	(void)words;
	for (size_t i = 0; i < rule_count; i++)
		lines[i].rule = &rules[i];
	int rc = fill(lines, rule_count, cmd, &error);
	if (!rc && timed)
		rc = time_them(lines, rule_count, cmd, &error);
	if (rc)
		rc = cmd_fail(cmd, &error);
	else if (strcmp(cmd->format, "json") == 0)
		add_json(&cmd->out, lines, rule_count, timed);
	else
		add_text(&cmd->out, lines, rule_count, timed);
	free(lines);
	return rc;
}
