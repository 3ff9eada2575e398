/* What the config says of rules: their severities, their settings, and what is wrong with it. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "rules/harvest.h"
#include "vault/days.h"
#include "vault/settings.h"

/* ---- values ---- */

bool iv_value_read(const char **plain, struct iv_arena *arena, enum value_kind kind,
		   struct iv_str text)
{
	struct iv_span span;
	int number;

	*plain = iv_arena_str(arena, text).ptr;
	switch (kind) {
	case VALUE_TEXT:
	case VALUE_WORDS:
	case VALUE_PATTERNS: return true;
	case VALUE_SPAN: return iv_span_parse(&span, text);
	case VALUE_COUNT: return iv_str_int(&number, text);
	case VALUE_MINUTES:
		if (!iv_minutes_parse(&number, text))
			return false;
		*plain = iv_arena_printf(arena, "%d", number).ptr;
		return true;
	}
	return false;
}

/* Which way a span counts: its default says. One of no length, or `off`, goes either way. */
static int direction(struct iv_str text)
{
	struct iv_span span;

	if (!iv_span_parse(&span, text) || span.off)
		return 0;
	return (span.number > 0) - (span.number < 0);
}

static bool fits(const char **plain, const struct iv_rules *rules, const struct value *value,
		 struct iv_str text)
{
	if (!iv_value_read(plain, rules->arena, value->kind, text))
		return false;
	return value->kind != VALUE_SPAN ||
	       direction(text) * direction(iv_str_of(value->setting.value)) >= 0;
}

static const char *wanted(const struct value *value)
{
	switch (value->kind) {
	case VALUE_TEXT: return "text";
	case VALUE_SPAN:
		return direction(iv_str_of(value->setting.value)) < 0
			       ? "a span that counts backwards, like -1bd, -3d or -1w, or off"
			       : "a span like 5bd, 3d, 8w or 6m, or off";
	case VALUE_MINUTES: return "minutes like 5m, or 0";
	case VALUE_COUNT: return "a number";
	case VALUE_WORDS: return "words";
	case VALUE_PATTERNS: return "patterns";
	}
	return "";
}

/* ---- problems ---- */

void iv_rules_problem(struct iv_rules *rules, struct iv_pos pos, const char *message)
{
	IV_GROW(rules->problems, rules->problem_count, rules->problem_capacity);
	rules->problems[rules->problem_count++] =
		(struct iv_config_problem){IV_CONFIG_FILE, pos, message};
}

static void problem(struct iv_rules *rules, struct iv_pos pos, struct iv_str message)
{
	iv_rules_problem(rules, pos, message.ptr);
}

/* Of what is wrong with the value of a key. */
static struct iv_pos value_pos(const struct iv_rules *rules, const char *key)
{
	struct iv_pos pos = iv_config_item_pos(rules->config, key, 0);

	return pos.line ? pos : iv_config_pos(rules->config, key);
}

static void unknown(struct iv_rules *rules, const char *key, const char *what, const char *word,
		    const struct iv_meant *meant)
{
	const char *hint = iv_meant_text(rules->arena, meant);

	problem(rules, iv_config_pos(rules->config, key),
		iv_arena_printf(rules->arena, "unknown %s '%s'%s%s", what, word, hint ? ", " : "",
				hint ? hint : ""));
}

static void unknown_rule(struct iv_rules *rules, const char *key, const char *id)
{
	struct iv_meant meant = {.word = iv_str_of(id)};

	iv_rules_offer(&meant, rules);
	unknown(rules, key, "rule", id, &meant);
}

static void unknown_setting(struct iv_rules *rules, const char *key, const char *spelling)
{
	struct iv_meant meant = {.word = iv_str_of(spelling)};

	for (size_t i = 0; i < iv_setting_count; i++)
		iv_meant_offer(&meant, iv_str_of(iv_settings[i].key));
	iv_rules_offer(&meant, rules);
	for (size_t i = 0; i < rules->value_count; i++)
		iv_meant_offer(&meant, iv_str_of(rules->values[i].setting.key));
	unknown(rules, key, "setting", spelling, &meant);
}

/* ---- keys ---- */

/* `severity.nudge`, which may be spelled `nudge`. */
static void apply_severity(struct iv_rules *rules, const char *key)
{
	const char *id = strchr(key, '.') + 1, *spelling = iv_config_spelling(rules->config, key);
	struct iv_rule *rule = (struct iv_rule *)iv_rules_find(rules, id);
	const char *text = iv_config_get(rules->config, key);
	int severity = iv_row_severity(iv_str_of(text));

	if (!rule && !strcmp(spelling, id)) {
		unknown_setting(rules, key, id);
		return;
	}
	if (!rule) {
		unknown_rule(rules, key, id);
		return;
	}
	rule->off = !strcmp(text, "off");
	if (severity >= 0) {
		rule->severity = (enum iv_severity)severity;
		rules->fixed[rule - rules->rules] = true;
	}
}

static void apply_value(struct iv_rules *rules, const char *key, struct value *value)
{
	const char *const *texts, *plain;
	size_t count = iv_config_list(rules->config, key, &texts);
	struct iv_pos pos = value_pos(rules, key);
	struct iv_str text = iv_str_of(iv_config_get(rules->config, key));

	if (value->kind == VALUE_PATTERNS) {
		iv_patterns_apply(rules, value);
		return;
	}
	if (value->kind == VALUE_WORDS) {
		iv_words_apply(rules, value);
		return;
	}
	if (count != 1) {
		problem(rules, pos,
			iv_arena_printf(rules->arena, "'%s' takes one value, not a list", key));
		return;
	}
	if (fits(&plain, rules, value, iv_str_trim(text))) {
		value->text = iv_arena_str(rules->arena, text).ptr;
		value->plain = plain;
		return;
	}
	problem(rules, pos,
		iv_arena_printf(rules->arena, "'%s' is '%.*s', expected %s", key, IV_STR_ARG(text),
				wanted(value)));
}

/* A rule's id with a list, or with something that is no severity. */
static void wrong_severity(struct iv_rules *rules, const char *id)
{
	struct iv_str text = iv_str_of(iv_config_get(rules->config, id));
	/* As a text it would be a severity: it is a list of one. */
	bool list = !iv_str_is(iv_setting_key(rules->arena, iv_str_of(id), text), id);

	problem(rules, value_pos(rules, id),
		list ? iv_arena_printf(rules->arena, "'%s' takes one value, not a list", id)
		     : iv_arena_printf(rules->arena,
				       "'%s' is '%.*s', expected info, warning, error or off", id,
				       IV_STR_ARG(text)));
}

static void apply_key(struct iv_rules *rules, const char *key)
{
	struct value *value = iv_rules_value(rules, key);

	if (!strncmp(key, "severity.", 9))
		apply_severity(rules, key);
	else if (value)
		apply_value(rules, key, value);
	else if (iv_rules_find(rules, key))
		wrong_severity(rules, key);
	else if (!iv_setting_find(iv_str_of(key)))
		unknown_setting(rules, key, key);
}

/* ---- what all rules share ---- */

static void read_bounds(struct iv_rules *rules)
{
	struct bounds *bounds = &rules->bounds;
	const char *lapse = iv_rules_setting(rules, "lapse");
	const char *ended = iv_rules_setting(rules, "search-ended");

	if (!lapse || !iv_span_parse(&bounds->lapse, iv_str_of(lapse)))
		bounds->lapse = (struct iv_span){.off = true};
	bounds->search_ended = IV_NO_DAY;
	if (ended)
		iv_day_parse(&bounds->search_ended, iv_str_of(ended));
	iv_holidays_read(&bounds->holidays, rules->arena, rules->config);
}

void iv_rules_apply(struct iv_rules *rules)
{
	const char *const *keys, *holidays = iv_config_get(rules->config, "holidays");
	size_t count = iv_config_keys(rules->config, &keys);

	for (size_t i = 0; i < rules->count; i++)
		rules->rules[i].usual = rules->rules[i].severity;
	for (size_t i = 0; i < count; i++)
		apply_key(rules, keys[i]);
	rules->holidays = holidays ? holidays : "";
	read_bounds(rules);
}
