/* Patterns that the config adds to those of a rule. */
#include <string.h>

#include "base/error.h"
#include "base/patterns.h"
#include "rules/rule.h"

/* In words, what is wrong with a pattern; absent where nothing is. */
static struct iv_str fault_of(struct iv_rules *rules, const char *key, struct iv_str pattern)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_str fault = {NULL, 0};

	for (size_t i = 0; i < pattern.len; i++)
		if ((unsigned char)pattern.ptr[i] < 0x20)
			return iv_arena_printf(
				rules->arena,
				"'%s' has a pattern with a control character or a line "
				"end: in "
				"double quotes YAML takes '\\b' for one, in single "
				"quotes it does not",
				key);
	if (iv_pattern_check(pattern, &error))
		fault = iv_arena_printf(rules->arena, "'%s' has %s", key, error.message);
	iv_error_release(&error);
	return fault;
}

void iv_patterns_apply(struct iv_rules *rules, struct value *value)
{
	const char *key = value->setting.key;
	const char *const *items;
	size_t count = iv_config_list(rules->config, key, &items);
	struct iv_buf buf = IV_BUF_INIT;

	iv_buf_puts(&buf, value->plain);
	for (size_t i = 0; i < count; i++) {
		struct iv_str fault = fault_of(rules, key, iv_str_of(items[i]));
		if (fault.ptr)
			iv_rules_problem(rules, iv_config_item_pos(rules->config, key, i),
					 fault.ptr);
		else
			iv_buf_printf(&buf, "\n%s%s", *items[i] == '#' ? "\\" : "", items[i]);
	}
	value->plain = iv_arena_str(rules->arena, iv_buf_view(&buf)).ptr;
	value->text = iv_config_get(rules->config, key);
	iv_buf_release(&buf);
}
