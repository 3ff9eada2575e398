#include "cmd/frame/findings.h"

#include <stdlib.h>
#include <string.h>

#include <ivnotes/view.h>

/* How far ahead a note looks, in days. */
#define HORIZON 60

static int unknown_rule(const struct cmd *cmd, const char *id)
{
	const struct iv_rule *rules;
	size_t count = iv_rules_all(cmd->rules, &rules);
	struct iv_meant meant = {.word = iv_str_of(id)};
	for (size_t i = 0; i < count; i++)
		iv_meant_offer(&meant, iv_str_of(rules[i].id));
	if (meant.count)
		return cmd_usage(cmd, "unknown rule '%s', %s", id, cmd_meant(cmd, &meant));
	return cmd_usage(cmd, "unknown rule '%s', 'ivnotes rules' lists them", id);
}

int findings_rule(const struct iv_rule **out, const struct cmd *cmd, const char *id)
{
	*out = iv_rules_find(cmd->rules, id);
	return *out ? 0 : unknown_rule(cmd, id);
}

static bool is_among(const struct iv_rule_failures *failures, const char *id)
{
	for (size_t i = 0; i < failures->count; i++)
		if (strcmp(failures->items[i].rule->id, id) == 0)
			return true;
	return false;
}

/* Of some that failed the others still answer; of nothing but such ones nobody does. */
static int check_answerable(const struct cmd *cmd, const char *const *ids)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_rule_failures failures;
	if (iv_rule_failures(&failures, cmd->index, cmd->rules, &error))
		return cmd_fail(cmd, &error);
	while (*ids && is_among(&failures, *ids))
		ids++;
	iv_rule_failures_release(&failures);
	return *ids ? 0 : CMD_FAILED;
}

int findings_rules(const char *const **out, struct cmd *cmd)
{
	const struct iv_rule *rule;
	const char *const *ids = cmd_texts(cmd, "rule");
	int rc = 0;
	*out = ids;
	if (ids && !*ids)
		return cmd_usage(cmd, "--rule: expected the id of a rule");
	for (; !rc && ids && *ids; ids++) {
		rc = findings_rule(&rule, cmd, *ids);
		if (!rc && rule->off && rule->optional)
			cmd_warn(cmd, "rule '%s' is off; '%s: %s' in the config turns it on",
				 rule->id, rule->id, iv_severity_word(rule->severity));
		else if (!rc && rule->off)
			cmd_warn(cmd, "the config turns rule '%s' off", rule->id);
	}
	return rc || !*out ? rc : check_answerable(cmd, *out);
}

void findings_paths_free(char **paths)
{
	for (char **p = paths; p && *p; p++)
		free(*p);
	free(paths);
}

int findings_paths(char ***out, struct cmd *cmd, int count, char **words)
{
	struct iv_error error = IV_ERROR_INIT;
	char **paths = iv_calloc((size_t)count + 1, sizeof(*paths));
	bool all = count == 0;
	int rc = 0;
	*out = NULL;
	for (int i = 0; !rc && i < count; i++) {
		rc = cmd_resolve(&paths[i], cmd, words[i], true, &error);
		all = all || (!rc && !*paths[i]);
	}
	if (!rc && !all) {
		*out = paths;
		return 0;
	}
	findings_paths_free(paths);
	return rc ? cmd_fail(cmd, &error) : 0;
}

iv_day findings_later(iv_day day, int days)
{
	iv_day last = iv_day_of((struct iv_civil){9999, 12, 31});
	return days < last - day ? day + days : last;
}

int findings_about(struct iv_findings *out, struct cmd *cmd, const char *path,
		   struct iv_error *error)
{
	const char *const paths[] = {path, NULL};
	const struct iv_finding_query query = {
		.from = cmd->today,
		.to = findings_later(cmd->today, HORIZON),
		.today = cmd->today,
		.paths = paths,
		.people = true,
	};
	return iv_findings(out, cmd->index, cmd->rules, &query, error);
}

void findings_filter(struct iv_findings *findings,
		     bool (*keep)(const struct iv_finding *finding, const void *data),
		     const void *data)
{
	size_t kept = 0;
	for (size_t i = 0; i < findings->count; i++)
		if (keep(&findings->items[i], data))
			findings->items[kept++] = findings->items[i];
	findings->count = kept;
}

bool findings_is_wrong(const struct iv_finding *finding, enum iv_severity from)
{
	return (finding->when == IV_UNDATED || finding->when == IV_OVERDUE) &&
	       !finding->rule->agenda_only && finding->severity >= from;
}

static void add_count(struct iv_buf *out, size_t start, size_t count, const char *word, bool plural)
{
	if (count)
		iv_buf_printf(out, "%s%zu %s%s", out->len > start ? ", " : "", count, word,
			      plural && count != 1 ? "s" : "");
}

void findings_count(struct iv_buf *out, const struct iv_findings *findings)
{
	size_t counts[IV_ERROR + 1] = {0}, start = out->len;
	for (size_t i = 0; i < findings->count; i++)
		counts[findings->items[i].severity]++;
	add_count(out, start, counts[IV_ERROR], "error", true);
	add_count(out, start, counts[IV_WARNING], "warning", true);
	add_count(out, start, counts[IV_INFO], "info", false);
	if (!findings->count)
		iv_buf_puts(out, "nothing wrong, nothing overdue");
}

/* ---- showing ---- */

/* The note whose lines were asked for last: findings come note by note. */
struct lines {
	struct cmd *cmd;
	char *path;
	struct iv_buf bytes;
	struct iv_str rest; /* after line `number` */
	struct iv_str line;
	uint32_t number;
};

static void write_out(void *data, const char *bytes, size_t len)
{
	struct lines *lines = data;
	iv_buf_add(&lines->cmd->out, bytes, len);
	cmd_drain(lines->cmd);
}

static char *relative(void *data, const char *path)
{
	return cmd_relative(((struct lines *)data)->cmd, path);
}

static void turn_to(struct lines *lines, const char *path)
{
	free(lines->path);
	lines->path = iv_strdup(path);
	iv_buf_clear(&lines->bytes);
	if (cmd_read(&lines->bytes, lines->cmd, path, NULL))
		iv_buf_clear(&lines->bytes);
	lines->number = 0;
}

static struct iv_str line_of(void *data, const char *path, uint32_t wanted)
{
	struct lines *lines = data;
	if (!lines->path || strcmp(lines->path, path) != 0)
		turn_to(lines, path);
	if (!lines->number || lines->number > wanted) {
		lines->rest = iv_buf_view(&lines->bytes);
		lines->number = 0;
	}
	while (lines->number < wanted && iv_str_line(&lines->line, &lines->rest))
		lines->number++;
	return lines->number == wanted ? lines->line : (struct iv_str){NULL, 0};
}

static void show(const struct iv_view *view, const struct cmd *cmd,
		 const struct iv_findings *findings, bool agenda)
{
	const struct iv_rule *rules;
	size_t count = iv_rules_all(cmd->rules, &rules);
	const char *format = cmd->format ? cmd->format : "text";
	if (strcmp(format, "json") == 0)
		iv_view_json(view, findings->items, findings->count);
	else if (strcmp(format, "jsonl") == 0)
		iv_view_jsonl(view, findings->items, findings->count);
	else if (strcmp(format, "sarif") == 0)
		iv_view_sarif(view, rules, count, findings->items, findings->count);
	else if (agenda)
		iv_view_agenda(view, findings->items, findings->count);
	else
		iv_view_text(view, findings->items, findings->count);
}

void findings_show(struct cmd *cmd, const struct iv_findings *findings, iv_day from, iv_day to,
		   bool agenda)
{
	struct lines lines = {.cmd = cmd, .bytes = IV_BUF_INIT};
	const struct iv_view view = {
		.write = write_out,
		.relative = relative,
		.line = line_of,
		.data = &lines,
		.color = cmd->color,
		.today = cmd->today,
		.from = from,
		.to = to,
	};
	show(&view, cmd, findings, agenda);
	free(lines.path);
	iv_buf_release(&lines.bytes);
}
