/* Values of the front matter as texts. */
#include <string.h>

#include "history/finder.h"
#include "note/fields.h"
#include "note/value.h"

static void put_value(struct iv_buf *out, const struct iv_value *value);

static void put_items(struct iv_buf *out, const struct iv_value *value)
{
	for (size_t i = 0; i < value->count; i++) {
		iv_buf_puts(out, i ? ", " : "");
		if (value->kind == IV_VALUE_MAP) {
			iv_buf_str(out, iv_str_trim(value->items[i].key));
			iv_buf_puts(out, ": ");
		}
		put_value(out, &value->items[i]);
	}
}

static void put_value(struct iv_buf *out, const struct iv_value *value)
{
	switch (value->kind) {
	case IV_VALUE_SCALAR: iv_buf_str(out, iv_str_trim(value->text)); break;
	case IV_VALUE_LIST:
		iv_buf_putc(out, '[');
		put_items(out, value);
		iv_buf_putc(out, ']');
		break;
	case IV_VALUE_MAP:
		iv_buf_putc(out, '{');
		put_items(out, value);
		iv_buf_putc(out, '}');
		break;
	}
}

struct iv_str iv_value_line(struct iv_finder *finder, const struct iv_value *value)
{
	struct iv_buf buf = IV_BUF_INIT;
	struct iv_str out;

	if (value->kind == IV_VALUE_SCALAR)
		return iv_str_trim(value->text);
	put_value(&buf, value);
	out = iv_arena_str(finder->arena, iv_buf_view(&buf));
	iv_buf_release(&buf);
	return out;
}

struct iv_str iv_field_line(struct iv_finder *finder, const struct iv_note *note, const char *name)
{
	const struct iv_field *field = note ? iv_note_field(note, name) : NULL;

	if (!field || iv_value_is_blank(&field->value))
		return (struct iv_str){NULL, 0};
	return iv_value_line(finder, &field->value);
}

bool iv_holds_records(const struct iv_note *note, const struct iv_field *field)
{
	const struct iv_field_def *def =
		field->known ? iv_field_find(note->type, field->name) : NULL;

	return def && def->kind == IV_FIELD_RECORDS && note->type != IV_TYPE_NONE;
}
