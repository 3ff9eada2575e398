#include "view/rows.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "note/fields.h"
#include "view/jsontext.h"
#include "view/words.h"

/* The fields; bytes that are no UTF-8, which the index keeps, as U+FFFD. */
static json_t *fields_of(const struct iv_row *row)
{
	json_t *text = iv_json_text(row->fields);
	json_t *fields = json_is_string(text)
				 ? json_loads(json_string_value(text), JSON_ALLOW_NUL, NULL)
				 : NULL;
	json_decref(text);
	return json_is_object(fields) ? fields : json_object();
}

void iv_view_row_json(struct iv_buf *out, const struct iv_row *row, bool versioned)
{
	json_t *object = iv_json_object(versioned);
	json_object_set_new(object, "path", iv_json_text(row->path));
	json_object_set_new(object, "id", iv_json_text(row->id));
	json_object_set_new(object, "type", iv_json_text(row->type));
	json_object_set_new(object, "name", iv_json_text(row->name));
	json_object_set_new(object, "fields", fields_of(row));
	iv_json_add(out, object);
}

/* ---- columns ---- */

/* Words apart by one space: no tab and no line end of a value becomes one of the table. */
static void add_text(struct iv_buf *out, struct iv_str text)
{
	struct iv_str rest = iv_str_trim(text);
	for (bool first = true; rest.len; first = false) {
		struct iv_str word = iv_str_word(rest, &rest);
		if (!first)
			iv_buf_putc(out, ' ');
		iv_buf_visible(out, word, true);
	}
}

static void add_value(struct iv_buf *out, json_t *value)
{
	const char *key;
	json_t *item;
	size_t index, count = 0;
	if (json_is_string(value))
		add_text(out, iv_view_link((struct iv_str){json_string_value(value),
							   json_string_length(value)}));
	json_array_foreach(value, index, item)
	{
		if (index)
			iv_buf_puts(out, ", ");
		add_value(out, item);
	}
	json_object_foreach(value, key, item)
	{
		iv_buf_puts(out, count++ ? ", " : "");
		add_text(out, iv_str_of(key));
		iv_buf_puts(out, ": ");
		add_value(out, item);
	}
}

static enum iv_type type_of(const struct iv_row *row)
{
	for (int type = IV_TYPE_CONTACT; row->type && type <= IV_TYPE_ORGANIZATION; type++)
		if (iv_str_is(iv_str_of(row->type), iv_type_word(type)))
			return type;
	return IV_TYPE_NONE;
}

/* What stands in every note, whether its front matter says so or not; NULL for other keys. */
static const char *own_column(const struct iv_row *row, struct iv_str key)
{
	if (iv_str_is(key, "path"))
		return row->path;
	if (iv_str_is(key, "id"))
		return row->id;
	if (iv_str_is(key, "name"))
		return row->name;
	return iv_str_is(key, "type") ? row->type : NULL;
}

static void add_column(struct iv_buf *out, const struct iv_row *row, json_t *fields,
		       struct iv_str key)
{
	const char *own = own_column(row, key);
	const struct iv_field_def *def = iv_field_find(type_of(row), key);
	char *name = def ? iv_strdup(def->name) : iv_strndup(key.ptr, key.len);
	if (own)
		add_text(out, iv_str_of(own));
	else
		add_value(out, json_object_get(fields, name));
	free(name);
}

uint64_t iv_view_row_fields(struct iv_buf *out, const struct iv_row *row, const char *fields)
{
	struct iv_arena *arena = iv_arena_new();
	struct iv_str rest = iv_str_of(fields);
	json_t *object = fields_of(row);
	size_t comma = 0;
	uint64_t filled = 0;
	for (unsigned column = 0; comma != SIZE_MAX; column++) {
		comma = iv_str_find_char(rest, ',');
		struct iv_str key = iv_str_trim(iv_str_slice(rest, 0, comma));
		if (column)
			iv_buf_putc(out, '\t');
		size_t before = out->len;
		add_column(out, row, object, iv_fold_key(arena, key));
		if (out->len > before && column < 64)
			filled |= UINT64_C(1) << column;
		rest = comma == SIZE_MAX ? rest : iv_str_slice(rest, comma + 1, rest.len);
	}
	iv_buf_putc(out, '\n');
	json_decref(object);
	iv_arena_free(arena);
	return filled;
}
