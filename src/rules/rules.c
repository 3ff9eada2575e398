/* The rule book: what the build embedded, with the config's severities and settings applied. */
#include <stdlib.h>
#include <string.h>

#include "base/embedded.h"
#include "base/error.h"
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

/* ---- the book ---- */

static int compare_rules(const void *left, const void *right)
{
	return strcmp(((const struct iv_rule *)left)->id, ((const struct iv_rule *)right)->id);
}

static int read_rules(struct iv_rules *rules, const struct iv_files *own, struct iv_error *error)
{
	size_t most = iv_embedded_count + (own ? own->count : 0);

	rules->rules = iv_arena_calloc(rules->arena, most, sizeof(*rules->rules));
	rules->fixed = iv_arena_calloc(rules->arena, most, sizeof(*rules->fixed));
	for (size_t i = 0; i < iv_embedded_count; i++) {
		const struct iv_embedded *file = &iv_embedded_files[i];
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
	iv_rules_apply(rules);
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

void iv_rules_offer(struct iv_meant *meant, const struct iv_rules *rules)
{
	for (size_t i = 0; i < rules->count; i++)
		iv_meant_offer(meant, iv_str_of(rules->rules[i].id));
}

bool iv_rules_hint(void *data, struct iv_str id, struct iv_buf *out)
{
	const struct iv_rules *rules = data;
	struct iv_meant meant = {.word = id};
	struct iv_arena *arena;
	const char *hint;

	for (size_t i = 0; i < rules->count; i++)
		if (iv_str_is(id, rules->rules[i].id))
			return false;
	iv_rules_offer(&meant, rules);
	arena = iv_arena_new();
	hint = iv_meant_text(arena, &meant);
	iv_buf_printf(out, "there is no rule '%.*s'%s%s", IV_STR_ARG(id), hint ? ", " : "",
		      hint ? hint : "");
	iv_arena_free(arena);
	return true;
}

const char *iv_rules_lookup(void *data, const char *key)
{
	const struct iv_rules *rules = data;
	const struct value *value = iv_rules_value(rules, key);

	if (value)
		return value->plain;
	return !strcmp(key, "holidays") ? rules->holidays : iv_rules_setting(rules, key);
}
