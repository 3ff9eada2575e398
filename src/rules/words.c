/* Settings that choose among the words of their default. */
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "rules/rule.h"

/* Words of a list, separated by commas, compared as keys are. */
static bool next_word(struct iv_str *out, struct iv_arena *arena, struct iv_str *rest)
{
	while (rest->len) {
		size_t comma = iv_str_find_char(*rest, ',');
		*out = iv_fold_key(arena, iv_str_trim(iv_str_slice(*rest, 0, comma)));
		*rest = comma == SIZE_MAX ? (struct iv_str){NULL, 0}
					  : iv_str_slice(*rest, comma + 1, rest->len);
		if (out->len)
			return true;
	}
	return false;
}

/* Offers them all and says whether the one that is meant is there. */
static bool is_offered(struct iv_meant *meant, struct iv_arena *arena, const char *words)
{
	struct iv_str word, rest = iv_str_of(words);

	while (next_word(&word, arena, &rest)) {
		if (iv_str_eq(word, meant->word))
			return true;
		iv_meant_offer(meant, word);
	}
	return false;
}

static void tell(struct iv_rules *rules, const struct value *value, const struct iv_meant *meant,
		 struct iv_pos pos)
{
	const char *hint = iv_meant_text(rules->arena, meant);
	struct iv_buf buf = IV_BUF_INIT;
	struct iv_str word, rest = iv_str_of(value->setting.value);

	iv_buf_printf(&buf, "unknown word '%.*s' in '%s', ", IV_STR_ARG(meant->word),
		      value->setting.key);
	iv_buf_puts(&buf, hint ? hint : "expected some of ");
	while (!hint && next_word(&word, rules->arena, &rest))
		iv_buf_printf(&buf, "%.*s, ", IV_STR_ARG(word));
	iv_buf_puts(&buf, hint ? "" : "or none");
	iv_rules_problem(rules, pos, iv_arena_str(rules->arena, iv_buf_view(&buf)).ptr);
	iv_buf_release(&buf);
}

/* Adds the words of one text to those chosen; false, and told, where one is unknown. */
static bool choose(struct iv_buf *chosen, struct iv_rules *rules, const struct value *value,
		   struct iv_str text, struct iv_pos pos)
{
	struct iv_str word;
	bool known = true;

	while (next_word(&word, rules->arena, &text)) {
		struct iv_meant meant = {.word = word};
		if (iv_str_is(word, "none"))
			continue;
		if (is_offered(&meant, rules->arena, value->setting.value)) {
			iv_buf_printf(chosen, "%s%.*s", chosen->len ? "," : "", IV_STR_ARG(word));
			continue;
		}
		tell(rules, value, &meant, pos);
		known = false;
	}
	return known;
}

void iv_words_apply(struct iv_rules *rules, struct value *value)
{
	const char *key = value->setting.key;
	const char *const *items;
	size_t count = iv_config_list(rules->config, key, &items);
	struct iv_buf chosen = IV_BUF_INIT;
	bool known = true;

	for (size_t i = 0; i < count; i++)
		if (!choose(&chosen, rules, value, iv_str_of(items[i]),
			    iv_config_item_pos(rules->config, key, i)))
			known = false;
	if (known) {
		value->text = iv_config_get(rules->config, key);
		value->plain = iv_arena_str(rules->arena, iv_buf_view(&chosen)).ptr;
	}
	iv_buf_release(&chosen);
}
