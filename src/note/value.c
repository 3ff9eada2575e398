#include "note/value.h"

#include <string.h>

/* The scalar's own bytes in the source where they are what YAML made of them. */
static struct iv_str scalar_text(struct iv_str source, const struct iv_yaml_node *node)
{
	size_t quote = node->plain ? 0 : 1;
	struct iv_str raw = iv_str_slice(source, node->start + quote, node->end);

	if (raw.len >= node->text.len && node->text.len &&
	    !memcmp(raw.ptr, node->text.ptr, node->text.len))
		return iv_str_slice(raw, 0, node->text.len);
	return node->text;
}

/* Source bytes that run over lines become one line. */
static struct iv_str on_one_line(struct iv_arena *arena, struct iv_str raw)
{
	struct iv_str line, rest = raw;
	size_t len = 0;
	char *out;

	if (!memchr(raw.ptr, '\n', raw.len) && !memchr(raw.ptr, '\r', raw.len))
		return raw;
	out = iv_arena_alloc(arena, raw.len + 1);
	while (iv_str_line(&line, &rest)) {
		line = iv_str_trim(line);
		if (len)
			out[len++] = ' ';
		memcpy(out + len, line.ptr, line.len);
		len += line.len;
	}
	out[len] = '\0';
	return (struct iv_str){out, len};
}

/* [[id]] is a list in a list to YAML. */
static bool is_nested_link(const struct iv_yaml_node *node, struct iv_str raw)
{
	if (node->kind != IV_YAML_SEQUENCE || !node->flow || node->count != 1 ||
	    node->items[0]->kind != IV_YAML_SEQUENCE || !node->items[0]->flow)
		return false;
	return raw.len > 4 && iv_str_starts(raw, "[[") && iv_str_ends(raw, "]]") &&
	       !memchr(raw.ptr + 2, '[', raw.len - 2);
}

static const char *const record_keys[] = {"date",    "via",      "channel", "minutes",
					  "outcome", "answered", "text",    NULL};

/* A colon in a sentence makes a mapping of it, unless it is the mapping form of a record. */
static bool is_sentence(const struct iv_yaml_node *node)
{
	return node->kind == IV_YAML_MAPPING && !node->flow && node->count &&
	       iv_word_index(node->pairs[0].key->text, record_keys) < 0;
}

static struct iv_value list_of(struct iv_arena *arena, struct iv_str source,
			       const struct iv_yaml_node *node, struct iv_value value, bool texts)
{
	struct iv_value *items = iv_arena_calloc(arena, node->count, sizeof(*items));
	size_t i;

	value.count = node->count;
	value.items = items;
	for (i = 0; i < node->count; i++) {
		if (node->kind == IV_YAML_SEQUENCE) {
			items[i] = iv_value_of(arena, source, node->items[i], texts);
		} else {
			items[i] = iv_value_of(arena, source, node->pairs[i].value, false);
			items[i].key = node->pairs[i].key->text;
		}
	}
	return value;
}

struct iv_value iv_value_of(struct iv_arena *arena, struct iv_str source,
			    const struct iv_yaml_node *node, bool texts)
{
	struct iv_value value = {.kind = IV_VALUE_SCALAR, .pos = node->pos};
	struct iv_str raw;

	if (node->kind == IV_YAML_SCALAR) {
		value.text = scalar_text(source, node);
		return value;
	}
	raw = iv_str_trim(iv_str_slice(source, node->start, node->end));
	if (is_nested_link(node, raw) || (texts && is_sentence(node))) {
		value.text = on_one_line(arena, raw);
		return value;
	}
	value.kind = node->kind == IV_YAML_SEQUENCE ? IV_VALUE_LIST : IV_VALUE_MAP;
	return list_of(arena, source, node, value, texts);
}

bool iv_value_is_blank(const struct iv_value *value)
{
	return value->kind == IV_VALUE_SCALAR && !iv_str_trim(value->text).len;
}

bool iv_value_is_none(const struct iv_value *value)
{
	return value->kind == IV_VALUE_SCALAR && iv_spells(iv_str_trim(value->text), "none");
}

const struct iv_value *iv_value_scalar(const struct iv_value *value)
{
	const struct iv_value *item;
	size_t i;

	for (i = 0; (item = iv_value_item(value, i)); i++)
		if (item->kind == IV_VALUE_SCALAR && !iv_value_is_blank(item))
			return item;
	return NULL;
}

const struct iv_value *iv_value_item(const struct iv_value *value, size_t index)
{
	if (value->kind == IV_VALUE_LIST)
		return index < value->count ? &value->items[index] : NULL;
	return index ? NULL : value;
}

const struct iv_value *iv_value_at(const struct iv_value *value, const char *key)
{
	size_t i;

	for (i = 0; value->kind == IV_VALUE_MAP && i < value->count; i++)
		if (iv_spells(iv_str_trim(value->items[i].key), key))
			return iv_value_is_blank(&value->items[i]) ? NULL : &value->items[i];
	return NULL;
}

static bool lies_in(struct iv_str whole, const char *byte)
{
	uintptr_t at = (uintptr_t)byte, from = (uintptr_t)whole.ptr;

	return at >= from && at - from <= whole.len;
}

bool iv_value_in_source(const struct iv_reader *reader, const struct iv_value *value)
{
	return value->text.len && lies_in(reader->header, value->text.ptr);
}

struct iv_pos iv_value_pos(const struct iv_reader *reader, const struct iv_value *value,
			   const char *byte)
{
	struct iv_pos pos = value->pos;

	/* A text in the source has no line end in it: YAML would have folded that away. */
	if (!iv_value_in_source(reader, value) || !lies_in(value->text, byte))
		return pos;
	if (value->text.ptr > reader->header.ptr &&
	    (value->text.ptr[-1] == '"' || value->text.ptr[-1] == '\''))
		pos.column++;
	pos.column += (uint32_t)(byte - value->text.ptr);
	return pos;
}
