/* explain: what a rule is about, from its header and the config. */
#include <stdlib.h>
#include <string.h>

#include <ivnotes/view.h>

#include "cmd/frame/findings.h"
#include "vault/settings.h"

static int run(struct cmd *cmd, int count, char **words);

const struct command cmd_explain = {
	.name = "explain",
	.group = GROUP_WEEK,
	.summary = "say why a rule matters, how to mend what it finds, how to change it",
	.usage = "ID",
	.min = 1,
	.max = 1,
	.operands = {OPERAND_RULE},
	.needs = CMD_RULES,
	.run = run,
};

#define WIDTH 78

/* Whether words of this width go on on the line that is `used` wide. */
static void add_word(struct iv_buf *out, size_t *used, size_t indent, struct iv_str word)
{
	size_t width = iv_utf8_width(word);
	if (*used > indent && *used + 1 + width > WIDTH) {
		iv_buf_printf(out, "\n%*s", (int)indent, "");
		*used = indent;
	} else if (*used > indent) {
		iv_buf_putc(out, ' ');
		*used += 1;
	}
	iv_buf_visible(out, word, true);
	*used += width;
}

/* A label, and its text wrapped beside it. */
static void add_part(struct iv_buf *out, const char *label, const char *text)
{
	const size_t indent = 9;
	size_t used = indent;
	struct iv_str rest = iv_str_trim(iv_str_of(text));
	if (!rest.len)
		return;
	iv_buf_printf(out, "%-*s", (int)indent, label);
	while (rest.len) {
		struct iv_str word = iv_str_word(rest, &rest);
		add_word(out, &used, indent, word);
	}
	iv_buf_putc(out, '\n');
}

/* ---- when it fires ---- */

static void add_owed(struct iv_buf *text, const struct cmd *cmd, const struct iv_rule *rule)
{
	const char *lapse = iv_rules_setting(cmd->rules, "lapse");
	iv_buf_puts(text, "It holds from the day that gives rise to it until the notes say it was "
			  "done: upcoming before its due day, due on it, overdue after it. ");
	if (rule->agenda_only)
		iv_buf_puts(text, "It is a line of the agenda only. ");
	if (rule->lapses && lapse && strcmp(lapse, "off") != 0)
		iv_buf_printf(text, "It lapses %s after it was due, if it did not end before. ",
			      lapse);
	else
		iv_buf_puts(text, "It never lapses. ");
	if (rule->to_person)
		iv_buf_puts(text, "It is owed to a person: 'paused' moves it, 'do-not-contact' "
				  "ends it. ");
	if (rule->search_only)
		iv_buf_puts(text, "It ends with the search ('search-ended'). ");
}

static void add_when(struct iv_buf *out, const struct cmd *cmd, const struct iv_rule *rule)
{
	struct iv_buf text = IV_BUF_INIT;
	switch (rule->kind) {
	case IV_RULE_OWED: add_owed(&text, cmd, rule); break;
	case IV_RULE_UNWISE:
		iv_buf_puts(&text, "Advice: it holds while the notes say so, or as long as there "
				   "is time to act on it or to learn from it.");
		break;
	case IV_RULE_BROKEN: iv_buf_puts(&text, "It holds as long as the note is as it is."); break;
	}
	add_part(out, "when", text.ptr);
	iv_buf_release(&text);
}

/* ---- how to change it ---- */

static void add_default(struct iv_buf *out, const char *value)
{
	iv_buf_puts(out, "  (default ");
	iv_buf_visible(out, iv_str_of(value), true);
	iv_buf_putc(out, ')');
}

static void add_settings(struct iv_buf *out, const struct cmd *cmd, const struct iv_rule *rule)
{
	for (size_t i = 0; i < rule->setting_count; i++) {
		const struct iv_rule_setting *setting = &rule->settings[i];
		const char *now = iv_rules_setting(cmd->rules, setting->key);
		iv_buf_printf(out, "  %s: ", setting->key);
		iv_buf_visible(out, iv_str_of(now ? now : setting->value), true);
		if (now && strcmp(now, setting->value) != 0)
			add_default(out, setting->value);
		iv_buf_puts(out, "\n      ");
		iv_buf_visible(out, iv_str_of(setting->summary), true);
		iv_buf_putc(out, '\n');
	}
}

static void add_change(struct iv_buf *out, const struct cmd *cmd, const struct iv_rule *rule)
{
	struct iv_buf key = IV_BUF_INIT;
	iv_buf_printf(&key, "severity.%s", rule->id);
	const char *set = iv_config_get(cmd->config, key.ptr);
	iv_buf_puts(out, "\nin .ivnotes/config.yaml\n");
	add_settings(out, cmd, rule);
	iv_buf_printf(out, "  %s: %s%s\n      info, warning, error or off\n",
		      iv_setting_find(iv_str_of(rule->id)) ? key.ptr : rule->id,
		      rule->off ? "off" : iv_severity_word(rule->severity),
		      set ? "  (set there)" : "");
	iv_buf_printf(out,
		      "\nin one note\n  ivnotes-ignore: [%s]\n      in its front matter, or "
		      "<!-- ivnotes-ignore: %s --> before a block\n",
		      rule->id, rule->id);
	iv_buf_release(&key);
}

static void add_file(struct iv_buf *out, const struct cmd *cmd, const struct iv_rule *rule)
{
	char *path = rule->path ? cmd_relative(cmd, rule->path) : NULL;
	add_part(out, "file", path ? path : "");
	free(path);
}

static void add_rule(struct iv_buf *out, const struct cmd *cmd, const struct iv_rule *rule)
{
	iv_buf_printf(out, "%s: ", rule->id);
	iv_buf_visible(out, iv_str_of(rule->summary), true);
	iv_buf_puts(out, "\n\n");
	iv_buf_printf(out, "%-9s%s%s, %s%s\n", "kind", iv_rule_kind_word(rule->kind),
		      rule->kind != IV_RULE_OWED ? ""
		      : rule->to_person          ? " to a person"
						 : " to yourself",
		      iv_severity_word(rule->severity), rule->off ? ", off" : "");
	add_part(out, "why", rule->why);
	add_when(out, cmd, rule);
	add_part(out, "mend", rule->remedy);
	add_part(out, "source", rule->source);
	add_file(out, cmd, rule);
	add_change(out, cmd, rule);
}

static int run(struct cmd *cmd, int count, char **words)
{
	const struct iv_rule *rule;
	(void)count;
	int rc = findings_rule(&rule, cmd, words[0]);
	if (!rc)
		add_rule(&cmd->out, cmd, rule);
	return rc;
}
