/* The rule book: what the build embedded, with the config's severities and settings applied. */
#include <stdlib.h>
#include <string.h>

#include "base/embedded.h"
#include "base/error.h"
#include "base/meant.h"
#include "rules/rule.h"
#include "vault/settings.h"

/* ---- values ---- */

struct value *iv_rules_value(const struct iv_rules *rules, const char *key)
{
	for (size_t i = 0; i < rules->value_count; i++)
		if (!strcmp(rules->values[i].setting.key, key))
			return &rules->values[i];
	return NULL;
}

bool iv_value_read(const char **plain, struct iv_arena *arena, enum value_kind kind,
		   struct iv_str text)
{
	struct iv_span span;
	int number;

	*plain = iv_arena_str(arena, text).ptr;
	switch (kind) {
	case VALUE_TEXT:
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

static const char *wanted(enum value_kind kind)
{
	switch (kind) {
	case VALUE_TEXT: return "text";
	case VALUE_SPAN: return "a span like 5bd, 3d, 8w or 6m, or off";
	case VALUE_MINUTES: return "minutes like 5m, or 0";
	case VALUE_COUNT: return "a number";
	case VALUE_PATTERNS: return "patterns";
	}
	return "";
}

/* ---- problems of the config that only the rules can see ---- */

void iv_rules_problem(struct iv_rules *rules, struct iv_pos pos, const char *message)
{
	IV_GROW(rules->problems, rules->problem_count, rules->problem_capacity);
	rules->problems[rules->problem_count++] = (struct iv_config_problem){pos, message};
}

static void problem(struct iv_rules *rules, const char *key, const char *message)
{
	iv_rules_problem(rules, iv_config_pos(rules->config, key), message);
}

static struct iv_meant meant_rule(const struct iv_rules *rules, const char *word)
{
	struct iv_meant meant = {.word = iv_str_of(word)};

	for (size_t i = 0; i < rules->count; i++)
		iv_meant_offer(&meant, iv_str_of(rules->rules[i].id));
	return meant;
}

static struct iv_meant meant_setting(const struct iv_rules *rules, const char *key)
{
	struct iv_meant meant = {.word = iv_str_of(key)};

	for (size_t i = 0; i < rules->value_count; i++)
		iv_meant_offer(&meant, iv_str_of(rules->values[i].setting.key));
	return meant;
}

static void unknown(struct iv_rules *rules, const char *key, const char *what, const char *word,
		    struct iv_meant meant)
{
	const char *hint = iv_meant_text(rules->arena, &meant);

	problem(rules, key,
		iv_arena_printf(rules->arena, "unknown %s '%s'%s%s", what, word, hint ? ", " : "",
				hint ? hint : "")
			.ptr);
}

/* ---- the config ---- */

static void apply_severity(struct iv_rules *rules, const char *key, const char *id)
{
	static const char *const words[] = {"info", "warning", "error"};
	struct iv_rule *rule = (struct iv_rule *)iv_rules_find(rules, id);
	const char *text = iv_config_get(rules->config, key);

	if (!rule) {
		unknown(rules, key, "rule", id, meant_rule(rules, id));
		return;
	}
	rule->off = !strcmp(text, "off");
	for (int i = IV_INFO; i <= IV_ERROR; i++)
		if (!strcmp(text, words[i])) {
			rule->severity = (enum iv_severity)i;
			rules->fixed[rule - rules->rules] = true;
		}
}

static void apply_value(struct iv_rules *rules, const char *key, struct value *value)
{
	const char *text = iv_config_get(rules->config, key), *plain;

	if (value->kind == VALUE_PATTERNS) {
		iv_patterns_apply(rules, value);
		return;
	}
	if (iv_value_read(&plain, rules->arena, value->kind, iv_str_trim(iv_str_of(text)))) {
		value->text = iv_arena_str(rules->arena, iv_str_of(text)).ptr;
		value->plain = plain;
		return;
	}
	problem(rules, key,
		iv_arena_printf(rules->arena, "'%s' is '%s', expected %s", key, text,
				wanted(value->kind))
			.ptr);
}

/* Does the first part of a dotted key name a rule? */
static bool is_of_rule(const struct iv_rules *rules, const char *key)
{
	struct iv_str text = iv_str_of(key);
	char *id = iv_strndup(key, iv_str_slice(text, 0, iv_str_find_char(text, '.')).len);
	bool is = iv_rules_find(rules, id) != NULL;

	free(id);
	return is;
}

static void apply_key(struct iv_rules *rules, const char *key)
{
	struct value *value = iv_rules_value(rules, key);

	if (!iv_config_get(rules->config, key))
		return;
	if (!strncmp(key, "severity.", 9))
		apply_severity(rules, key, key + 9);
	else if (value)
		apply_value(rules, key, value);
	else if (!iv_setting_find(iv_str_of(key)) &&
		 (is_of_rule(rules, key) || meant_setting(rules, key).count))
		unknown(rules, key, "setting", key, meant_setting(rules, key));
}

static void join_holidays(struct iv_rules *rules)
{
	const char *const *items;
	size_t count = iv_config_list(rules->config, "holidays", &items);
	struct iv_buf buf = IV_BUF_INIT;

	for (size_t i = 0; i < count; i++)
		iv_buf_printf(&buf, "%s%s", i ? "," : "", items[i]);
	rules->holidays = iv_arena_str(rules->arena, iv_buf_view(&buf)).ptr;
	iv_buf_release(&buf);
}

static int compare_days(const void *left, const void *right)
{
	iv_day a = *(const iv_day *)left, b = *(const iv_day *)right;

	return (a > b) - (a < b);
}

static void read_bounds(struct iv_rules *rules)
{
	struct bounds *bounds = &rules->bounds;
	const char *lapse = iv_rules_setting(rules, "lapse");
	const char *ended = iv_rules_setting(rules, "search-ended");
	const char *const *items;
	size_t count = iv_config_list(rules->config, "holidays", &items);
	iv_day *days = iv_arena_calloc(rules->arena, count + 1, sizeof(*days));

	if (!lapse || !iv_span_parse(&bounds->lapse, iv_str_of(lapse)))
		bounds->lapse = (struct iv_span){.off = true};
	bounds->search_ended = IV_NO_DAY;
	if (ended)
		iv_day_parse(&bounds->search_ended, iv_str_of(ended));
	for (size_t i = 0; i < count; i++)
		bounds->holidays.count +=
			iv_day_parse(&days[bounds->holidays.count], iv_str_of(items[i]));
	qsort(days, bounds->holidays.count, sizeof(*days), compare_days);
	bounds->holidays.days = days;
}

/* ---- the book ---- */

static int compare_rules(const void *left, const void *right)
{
	return strcmp(((const struct iv_rule *)left)->id, ((const struct iv_rule *)right)->id);
}

static int read_rules(struct iv_rules *rules, const struct iv_files *own, struct iv_error *error)
{
	size_t most = iv_embedded_sql_count + (own ? own->count : 0);

	rules->rules = iv_arena_calloc(rules->arena, most, sizeof(*rules->rules));
	rules->fixed = iv_arena_calloc(rules->arena, most, sizeof(*rules->fixed));
	for (size_t i = 0; i < iv_embedded_sql_count; i++) {
		const struct iv_embedded *file = &iv_embedded_sql[i];
		int rc;
		if (strncmp(file->name, "rules/", 6))
			continue;
		rc = iv_rule_read(&rules->rules[rules->count], rules, file->name, file->text,
				  error);
		if (rc)
			return rc;
		rules->count++;
		rules->hash = rules->hash * 31 + iv_hash(iv_str_of(file->text));
	}
	if (own)
		iv_own_read(rules, own);
	return 0;
}

/* The settings of each rule as the API shows them; values were read in the rules' order. */
static void list_settings(struct iv_rules *rules)
{
	struct iv_rule_setting *settings =
		iv_arena_calloc(rules->arena, rules->value_count + 1, sizeof(*settings));

	for (size_t i = 0; i < rules->value_count; i++)
		settings[i] = rules->values[i].setting;
	for (size_t i = 0; i < rules->count; i++) {
		rules->rules[i].settings = settings;
		settings += rules->rules[i].setting_count;
	}
	qsort(rules->rules, rules->count, sizeof(*rules->rules), compare_rules);
}

int iv_rules_new(struct iv_rules **out, const struct iv_config *config, const struct iv_files *own,
		 struct iv_error *error)
{
	struct iv_rules *rules = iv_calloc(1, sizeof(*rules));
	const char *const *keys;
	size_t count = iv_config_keys(config, &keys);
	int rc;

	rules->arena = iv_arena_new();
	rules->config = config;
	rc = read_rules(rules, own, error);
	if (rc) {
		iv_rules_free(rules);
		*out = NULL;
		return rc;
	}
	list_settings(rules);
	for (size_t i = 0; i < count; i++)
		apply_key(rules, keys[i]);
	join_holidays(rules);
	read_bounds(rules);
	rules->hash = rules->hash * 31 + iv_config_whole(config);
	*out = rules;
	return 0;
}

void iv_rules_free(struct iv_rules *rules)
{
	if (!rules)
		return;
	free(rules->values);
	free(rules->problems);
	free(rules->faults);
	iv_arena_free(rules->arena);
	free(rules);
}

iv_day iv_rules_plus(const struct iv_rules *rules, iv_day day, const char *key)
{
	const char *text = iv_rules_setting(rules, key);
	struct iv_span span;

	if (!text || !iv_span_parse(&span, iv_str_of(text)))
		return IV_NO_DAY;
	return iv_day_plus(day, span, &rules->bounds.holidays);
}

size_t iv_rules_all(const struct iv_rules *rules, const struct iv_rule **out)
{
	*out = rules->rules;
	return rules->count;
}

static int compare_id(const void *id, const void *rule)
{
	return strcmp(id, ((const struct iv_rule *)rule)->id);
}

const struct iv_rule *iv_rules_find(const struct iv_rules *rules, const char *id)
{
	return rules->count
		       ? bsearch(id, rules->rules, rules->count, sizeof(*rules->rules), compare_id)
		       : NULL;
}

size_t iv_rules_problems(const struct iv_rules *rules, const struct iv_config_problem **out)
{
	*out = rules->problems;
	return rules->problem_count;
}

size_t iv_rules_faults(const struct iv_rules *rules, const struct iv_rule_fault **out)
{
	*out = rules->faults;
	return rules->fault_count;
}

/* The default of a setting of the whole vault, or NULL; lists have none. */
static const char *general_default(const char *key)
{
	const struct iv_setting_def *def = iv_setting_find(iv_str_of(key));

	return def && def->kind != IV_SETTING_MAP && *def->value && *def->value != '[' ? def->value
										       : NULL;
}

const char *iv_rules_setting(const struct iv_rules *rules, const char *key)
{
	const struct value *value = iv_rules_value(rules, key);
	const char *text;

	if (value)
		return value->text;
	text = iv_config_get(rules->config, key);
	return text ? text : general_default(key);
}

const char *iv_rules_lookup(void *data, const char *key)
{
	const struct iv_rules *rules = data;
	const struct value *value = iv_rules_value(rules, key);

	if (value)
		return value->plain;
	return !strcmp(key, "holidays") ? rules->holidays : iv_rules_setting(rules, key);
}
