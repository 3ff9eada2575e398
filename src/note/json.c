#include <stdio.h>

#include "note/value.h"

static void put_text(struct iv_buf *buf, struct iv_str text)
{
	size_t from = 0, at;

	iv_buf_putc(buf, '"');
	for (at = 0; at < text.len; at++) {
		unsigned char c = (unsigned char)text.ptr[at];

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		iv_buf_str(buf, iv_str_slice(text, from, at));
		from = at + 1;
		if (c == '\n')
			iv_buf_puts(buf, "\\n");
		else if (c < 0x20)
			iv_buf_printf(buf, "\\u%04x", c);
		else
			iv_buf_printf(buf, "\\%c", c);
	}
	iv_buf_str(buf, iv_str_slice(text, from, text.len));
	iv_buf_putc(buf, '"');
}

static void put_value(struct iv_buf *buf, const struct iv_value *value);

static void put_items(struct iv_buf *buf, const struct iv_value *value)
{
	bool any = false;
	size_t i;

	for (i = 0; i < value->count; i++) {
		if (iv_value_is_blank(&value->items[i]))
			continue;
		if (any)
			iv_buf_putc(buf, ',');
		any = true;
		if (value->kind == IV_VALUE_MAP) {
			put_text(buf, value->items[i].key);
			iv_buf_putc(buf, ':');
		}
		put_value(buf, &value->items[i]);
	}
}

static void put_value(struct iv_buf *buf, const struct iv_value *value)
{
	switch (value->kind) {
	case IV_VALUE_SCALAR: put_text(buf, value->text); break;
	case IV_VALUE_LIST:
		iv_buf_putc(buf, '[');
		put_items(buf, value);
		iv_buf_putc(buf, ']');
		break;
	case IV_VALUE_MAP:
		iv_buf_putc(buf, '{');
		put_items(buf, value);
		iv_buf_putc(buf, '}');
		break;
	}
}

char *iv_note_fields_json(const struct iv_note *note)
{
	struct iv_buf buf = IV_BUF_INIT;
	bool any = false;
	size_t i;

	iv_buf_reserve(&buf, 512);
	iv_buf_putc(&buf, '{');
	for (i = 0; i < note->field_count; i++) {
		const struct iv_field *field = &note->fields[i];

		if (iv_value_is_blank(&field->value))
			continue;
		if (any)
			iv_buf_putc(&buf, ',');
		any = true;
		put_text(&buf, field->name);
		iv_buf_putc(&buf, ':');
		put_value(&buf, &field->value);
	}
	iv_buf_putc(&buf, '}');
	return iv_buf_detach(&buf);
}
