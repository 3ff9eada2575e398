#include "vault/days.h"

#include <stdlib.h>

#include "base/str.h"

static struct iv_str without_comment(struct iv_str line)
{
	return iv_str_slice(line, 0, iv_str_find_char(line, '#'));
}

bool iv_day_line_next(struct iv_day_line *out, struct iv_str *rest)
{
	struct iv_str line, text, name;
	iv_day day;

	while (iv_str_line(&line, rest)) {
		if (!out->pos.line++)
			line = iv_str_without_bom(line);
		text = iv_str_trim(without_comment(line));
		if (!text.len)
			continue;
		out->pos.column = (uint32_t)(text.ptr - line.ptr) + 1;
		out->text = iv_str_word(text, &name);
		/* A second day in the line would be lost as the name of the first. */
		out->is_day = iv_day_parse(&day, out->text) &&
			      !iv_day_parse(&day, iv_str_word(name, &name));
		if (!out->is_day)
			out->text = text;
		return true;
	}
	return false;
}

static int compare_days(const void *left, const void *right)
{
	iv_day a = *(const iv_day *)left, b = *(const iv_day *)right;

	return (a > b) - (a < b);
}

void iv_holidays_read(struct iv_holidays *out, struct iv_arena *arena,
		      const struct iv_config *config)
{
	const char *const *items;
	size_t count = iv_config_list(config, "holidays", &items);
	iv_day *days = iv_arena_calloc(arena, count + 1, sizeof(*days));

	*out = (struct iv_holidays){days, 0};
	for (size_t i = 0; i < count; i++)
		out->count += iv_day_parse(&days[out->count], iv_str_of(items[i]));
	qsort(days, out->count, sizeof(*days), compare_days);
}

bool iv_days_is_name(struct iv_str text)
{
	bool letter = false;

	for (size_t i = 0; i < text.len; i++)
		letter |= iv_is_alpha(text.ptr[i]);
	return letter &&
	       (iv_str_find_char(text, '.') != SIZE_MAX || iv_str_find_char(text, '/') != SIZE_MAX);
}
