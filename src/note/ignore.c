#include "note/ignore.h"

#include <string.h>

#include "note/value.h"

static void add(struct iv_reader *reader, struct iv_str rule, struct iv_pos pos)
{
	struct iv_ignore ignore = {rule, pos, 0, 0};

	IV_PUSH(reader->ignores, ignore);
}

/* The next id in a list by commas or spaces, or an empty one at the end. */
static struct iv_str next_id(struct iv_str *rest)
{
	struct iv_str text = *rest;
	size_t from = 0, to;

	while (from < text.len && (iv_is_space(text.ptr[from]) || text.ptr[from] == ','))
		from++;
	for (to = from; to < text.len && !iv_is_space(text.ptr[to]) && text.ptr[to] != ',';)
		to++;
	*rest = iv_str_slice(text, to, text.len);
	return iv_str_slice(text, from, to);
}

void iv_ignore_field(struct iv_reader *reader, const struct iv_field *field)
{
	const struct iv_value *item;
	struct iv_str rest, id;
	size_t i;

	for (i = 0; (item = iv_value_item(&field->value, i)); i++) {
		if (item->kind != IV_VALUE_SCALAR || iv_value_is_none(item))
			continue;
		rest = item->text;
		while ((id = next_id(&rest)).len)
			add(reader, id, iv_value_pos(reader, item, id.ptr));
	}
}

void iv_ignore_comment(struct iv_reader *reader, const struct iv_passage *passage, size_t from,
		       size_t to)
{
	static const char word[] = "ivnotes-ignore";
	struct iv_str text = iv_str_slice(passage->text, from + 4, to - 3), rest, id;

	rest = iv_str_trim(text);
	if (!iv_str_starts(rest, word))
		return;
	rest = iv_str_trim(iv_str_slice(rest, sizeof(word) - 1, rest.len));
	if (!rest.len || rest.ptr[0] != ':')
		return;
	rest = iv_str_slice(rest, 1, rest.len);
	while ((id = next_id(&rest)).len)
		add(reader, id, iv_passage_pos(passage, (size_t)(id.ptr - passage->text.ptr)));
}
