/* rules: the table of rules, and what each finds here today. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include <ivnotes/view.h>

#include "cmd/cmd.h"

static int run(struct cmd *cmd, int count, char **words);

static const char *const formats[] = {"text", "json", NULL};

const struct command cmd_rules = {
	.name = "rules",
	.group = GROUP_WEEK,
	.summary = "list the rules and how many findings each has here",
	.usage = "",
	.formats = formats,
	.needs = CMD_INDEX,
	.run = run,
};

static size_t count_of(const struct iv_findings *findings, const struct iv_rule *rule)
{
	size_t count = 0;
	for (size_t i = 0; i < findings->count; i++)
		count += strcmp(findings->items[i].rule->id, rule->id) == 0;
	return count;
}

static void add_text(struct iv_buf *out, const struct iv_rule *rule, size_t found)
{
	iv_buf_printf(out, "%-18s %-6s  %-8s  %-5s  %5zu  %s\n", rule->id,
		      iv_rule_kind_word(rule->kind), iv_severity_word(rule->severity),
		      rule->off ? "off" : "on", found, rule->summary);
}

static json_t *entry(const struct iv_rule *rule, size_t found)
{
	return json_pack("{s:s, s:s, s:s, s:b, s:i, s:s}", "id", rule->id, "kind",
			 iv_rule_kind_word(rule->kind), "severity",
			 iv_severity_word(rule->severity), "on", !rule->off, "findings", (int)found,
			 "summary", rule->summary);
}

static void add_json(struct iv_buf *out, const struct iv_rule *rules, size_t count,
		     const struct iv_findings *findings)
{
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, entry(&rules[i], count_of(findings, &rules[i])));
	json_t *whole = json_pack("{s:i, s:o}", "version", IV_VIEW_SCHEMA, "rules", list);
	char *text = json_dumps(whole, JSON_INDENT(1));
	iv_buf_printf(out, "%s\n", text);
	free(text);
	json_decref(whole);
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_findings findings = {0};
	struct iv_finding_query query = {.from = cmd->today, .to = cmd->today, .today = cmd->today};
	const struct iv_rule *rules;
	size_t rule_count = iv_rules_all(cmd->rules, &rules);
	(void)count;
	(void)words;
	if (iv_findings(&findings, cmd->index, cmd->rules, &query, &error))
		return cmd_fail(cmd, &error);
	if (strcmp(cmd->format, "json") == 0) {
		add_json(&cmd->out, rules, rule_count, &findings);
	} else {
		iv_buf_printf(&cmd->out, "%-18s %-6s  %-8s  %-5s  %5s  %s\n", "RULE", "KIND",
			      "SEVERITY", "STATE", "FOUND", "SUMMARY");
		for (size_t i = 0; i < rule_count; i++)
			add_text(&cmd->out, &rules[i], count_of(&findings, &rules[i]));
	}
	iv_findings_release(&findings);
	return CMD_OK;
}
