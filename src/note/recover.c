#include <stdlib.h>
#include <string.h>

#include "note/header.h"
#include "yaml/yaml.h"

/* A header that is no header at all is not reported line by line. */
#define FAILURES_MAX 20

struct chunks {
	struct iv_pairs *pairs;
	struct iv_reader *reader;
	struct iv_str header;
	bool quiet;
	size_t failures;
};

static bool is_key_byte(char c)
{
	return iv_is_alpha(c) || iv_is_digit(c) || c == '_' || c == '-' || c == ' ' || c == '.' ||
	       (unsigned char)c >= 0x80;
}

bool iv_is_key_line(struct iv_str *key, struct iv_str line)
{
	size_t at = 0;

	while (at < line.len && is_key_byte(line.ptr[at]))
		at++;
	if (!at || at >= line.len || line.ptr[0] == ' ' || line.ptr[0] == '-' ||
	    line.ptr[at] != ':' || (at + 1 < line.len && !iv_is_space(line.ptr[at + 1])))
		return false;
	*key = iv_str_trim(iv_str_slice(line, 0, at));
	return true;
}

/*
 * A value or a whole line begins with `{{`, `{%` or `<%`: a template, no YAML before somebody
 * fills it in, and no mistake either.
 */
static bool has_placeholder(struct iv_str chunk)
{
	struct iv_str line, key;

	while (iv_str_line(&line, &chunk)) {
		if (iv_is_key_line(&key, line))
			line = iv_str_slice(line, iv_str_find_char(line, ':') + 1, line.len);
		line = iv_str_trim(line);
		if (iv_str_starts(line, "- "))
			line = iv_str_trim(iv_str_slice(line, 2, line.len));
		if (iv_str_starts(line, "{{") || iv_str_starts(line, "{%") ||
		    iv_str_starts(line, "<%"))
			return true;
	}
	return false;
}

static void report_too_many(struct chunks *chunks, struct iv_pos pos)
{
	chunks->failures++;
	if (!chunks->quiet)
		iv_problem(chunks->reader, "front-matter", pos, "expected at most %d keys",
			   IV_PAIRS_MAX);
}

static void add_mapping(struct chunks *chunks, const struct iv_yaml_node *node,
			struct iv_str source)
{
	size_t i;

	for (i = 0; node && node->kind == IV_YAML_MAPPING && i < node->count; i++) {
		struct iv_pair pair = {&node->pairs[i], source};

		if (i == IV_PAIRS_MAX) {
			report_too_many(chunks, pair.yaml->key->pos);
			return;
		}
		IV_PUSH(*chunks->pairs, pair);
	}
}

/* A text as it stands in the chunk, without quotes around all of it. */
static struct iv_yaml_node *text_node(struct iv_arena *arena, struct iv_str chunk,
				      struct iv_str text, struct iv_pos pos)
{
	struct iv_yaml_node *node = iv_arena_calloc(arena, 1, sizeof(*node));
	struct iv_str bare = iv_str_trim(text);

	node->kind = IV_YAML_SCALAR;
	node->start = (size_t)(bare.ptr - chunk.ptr);
	node->end = node->start + bare.len;
	node->pos = pos;
	node->pos.column += (uint32_t)(bare.ptr - text.ptr);
	node->plain = bare.len < 2 || (bare.ptr[0] != '"' && bare.ptr[0] != '\'') ||
		      bare.ptr[0] != bare.ptr[bare.len - 1];
	node->text = node->plain ? bare : iv_str_slice(bare, 1, bare.len - 1);
	return node;
}

/* The text behind `- ` on a line of a list; false for other lines. */
static bool is_item(struct iv_str *item, struct iv_str line)
{
	size_t at = 0;

	while (at < line.len && line.ptr[at] == ' ')
		at++;
	if (at + 1 >= line.len || line.ptr[at] != '-' || line.ptr[at + 1] != ' ')
		return false;
	*item = iv_str_slice(line, at + 1, line.len);
	return true;
}

/* The lines `- item` below a key, each word for word. */
static struct iv_yaml_node *list_node(struct iv_arena *arena, struct iv_str chunk,
				      struct iv_str rest, struct iv_pos pos)
{
	struct iv_yaml_node *node = iv_arena_calloc(arena, 1, sizeof(*node));
	const struct iv_yaml_node **items = NULL;
	size_t capacity = 0;
	struct iv_str line, item;

	node->kind = IV_YAML_SEQUENCE;
	node->pos = pos;
	for (; iv_str_line(&line, &rest); pos.line++) {
		if (!is_item(&item, line))
			continue;
		pos.column = (uint32_t)(item.ptr - line.ptr) + 1;
		IV_GROW(items, node->count, capacity);
		items[node->count++] = text_node(arena, chunk, item, pos);
	}
	node->items = iv_arena_copy(arena, items, node->count, sizeof(*items));
	free(items);
	return node;
}

/* `key: value`, or a key and lines `- item`, that YAML refuses mean what stands there. */
static void add_word_for_word(struct chunks *chunks, struct iv_str chunk, uint32_t line)
{
	struct iv_arena *arena = chunks->reader->arena;
	struct iv_str first, rest = chunk, key, value;
	struct iv_pos pos = {line, 1};
	struct iv_yaml_pair *pair;
	struct iv_pair added;

	if (!iv_str_line(&first, &rest) || !iv_is_key_line(&key, first))
		return;
	value = iv_str_slice(first, iv_str_find_char(first, ':') + 1, first.len);
	if (iv_str_trim(value).len && iv_str_trim(rest).len)
		return;
	pair = iv_arena_calloc(arena, 1, sizeof(*pair));
	pair->key = text_node(arena, chunk, key, pos);
	pos.column += (uint32_t)(value.ptr - first.ptr);
	if (iv_str_trim(value).len)
		pair->value = text_node(arena, chunk, value, pos);
	else
		pair->value = list_node(arena, chunk, rest, (struct iv_pos){line + 1, 1});
	added = (struct iv_pair){pair, chunk};
	if (pair->value->kind == IV_YAML_SCALAR || pair->value->count)
		IV_PUSH(*chunks->pairs, added);
}

/* What to do about it, where the cause is one that people meet. */
static const char *advice(struct iv_str chunk)
{
	struct iv_str line, rest = chunk, key, value;

	if (!iv_str_line(&line, &rest) || !iv_is_key_line(&key, line))
		return "";
	value = iv_str_slice(line, iv_str_find_char(line, ':') + 1, line.len);
	if (iv_str_starts(iv_str_trim(value), "[["))
		return "; links go in quotes, as [\"[[a]]\", \"[[b]]\"]";
	return "";
}

static void report(struct chunks *chunks, const struct iv_error *error, struct iv_str chunk)
{
	if (!chunks->quiet && chunks->failures <= FAILURES_MAX && !has_placeholder(chunk))
		iv_problem(chunks->reader, "front-matter", error->pos, "%s%s", error->message,
			   advice(chunk));
}

/* An alias of which the anchor stands in another chunk is no mistake of its own. */
static bool is_alias(const struct chunks *chunks, struct iv_str chunk, uint32_t line,
		     struct iv_pos pos)
{
	struct iv_str text = {"", 0}, rest = chunk, name;
	size_t len = 1;

	for (; line <= pos.line && iv_str_line(&text, &rest); line++)
		;
	text = iv_str_slice(text, pos.column - 1 < text.len ? pos.column - 1 : text.len, text.len);
	if (!iv_str_starts(text, "*"))
		return false;
	while (len < text.len && (iv_is_alpha(text.ptr[len]) || iv_is_digit(text.ptr[len]) ||
				  text.ptr[len] == '_' || text.ptr[len] == '-'))
		len++;
	name = iv_arena_printf(chunks->reader->arena, "&%.*s", (int)len - 1, text.ptr + 1);
	return len > 1 && iv_str_find(chunks->header, name) != SIZE_MAX;
}

static void read_chunk(struct chunks *chunks, struct iv_str chunk, uint32_t line)
{
	struct iv_error error = IV_ERROR_INIT;
	const struct iv_yaml_node *node;

	if (!iv_str_trim(chunk).len)
		return;
	if (!iv_yaml_parse(&node, chunks->reader->arena, chunk, line, &error)) {
		add_mapping(chunks, node, chunk);
	} else {
		if (!is_alias(chunks, chunk, line, error.pos)) {
			chunks->failures++;
			report(chunks, &error, chunk);
		}
		add_word_for_word(chunks, chunk, line);
	}
	iv_error_release(&error);
}

/* A chunk is a line `key:` and all lines up to the next such one. */
static void read_chunks(struct chunks *chunks, struct iv_str header, uint32_t number)
{
	struct iv_str line, rest = header, key;
	size_t from = 0, at = 0, count = 1;
	uint32_t first = number;

	while (iv_str_line(&line, &rest)) {
		at = (size_t)(line.ptr - header.ptr);
		if (at && iv_is_key_line(&key, line)) {
			if (++count > IV_PAIRS_MAX) {
				report_too_many(chunks, (struct iv_pos){number, 1});
				return;
			}
			read_chunk(chunks, iv_str_slice(header, from, at), first);
			from = at;
			first = number;
		}
		number++;
	}
	read_chunk(chunks, iv_str_slice(header, from, header.len), first);
}

bool iv_header_pairs(struct iv_pairs *out, struct iv_reader *reader, struct iv_str header,
		     uint32_t first_line, bool quiet)
{
	struct chunks chunks = {out, reader, header, quiet, 0};
	struct iv_error error = IV_ERROR_INIT;
	const struct iv_yaml_node *node;
	bool whole;

	whole = !iv_yaml_parse(&node, reader->arena, header, first_line, &error);
	if (whole) {
		add_mapping(&chunks, node, header);
	} else {
		read_chunks(&chunks, header, first_line);
		if (!chunks.failures)
			report(&chunks, &error, (struct iv_str){"", 0});
	}
	iv_error_release(&error);
	return whole;
}
