#include <stdlib.h>
#include <string.h>

#include "note/header.h"
#include "yaml/yaml.h"

/* A header that is no header at all is not reported line by line. */
#define FAILURES_MAX 20

struct chunks {
	struct iv_pairs *pairs;
	struct iv_reader *reader;
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

static void add_mapping(struct iv_pairs *pairs, const struct iv_yaml_node *node,
			struct iv_str source)
{
	size_t i;

	for (i = 0; node && node->kind == IV_YAML_MAPPING && i < node->count; i++) {
		struct iv_pair pair = {&node->pairs[i], source};

		IV_PUSH(*pairs, pair);
	}
}

static struct iv_yaml_node *text_node(struct iv_arena *arena, struct iv_str chunk,
				      struct iv_str text, uint32_t line)
{
	struct iv_yaml_node *node = iv_arena_calloc(arena, 1, sizeof(*node));

	node->kind = IV_YAML_SCALAR;
	node->plain = true;
	node->text = text;
	node->start = (size_t)(text.ptr - chunk.ptr);
	node->end = node->start + text.len;
	node->pos = (struct iv_pos){line, (uint32_t)node->start + 1};
	return node;
}

/* `key: value` on one line that YAML refuses means what stands there, word for word. */
static bool add_line(struct chunks *chunks, struct iv_str chunk, uint32_t line)
{
	struct iv_arena *arena = chunks->reader->arena;
	struct iv_str first, rest = chunk, key, value;
	struct iv_yaml_pair *pair;
	struct iv_pair added;

	if (!iv_str_line(&first, &rest) || iv_str_trim(rest).len || !iv_is_key_line(&key, first))
		return false;
	value = iv_str_slice(first, iv_str_find_char(first, ':') + 1, first.len);
	pair = iv_arena_calloc(arena, 1, sizeof(*pair));
	pair->key = text_node(arena, chunk, key, line);
	pair->value = text_node(arena, chunk, iv_str_trim(value), line);
	added = (struct iv_pair){pair, chunk};
	IV_PUSH(*chunks->pairs, added);
	return true;
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
	if (!chunks->quiet && chunks->failures <= FAILURES_MAX)
		iv_problem(chunks->reader, "front-matter", error->pos, "%s%s", error->message,
			   advice(chunk));
}

static void read_chunk(struct chunks *chunks, struct iv_str chunk, uint32_t line)
{
	struct iv_error error = IV_ERROR_INIT;
	const struct iv_yaml_node *node;

	if (!iv_str_trim(chunk).len)
		return;
	if (!iv_yaml_parse(&node, chunks->reader->arena, chunk, line, &error)) {
		add_mapping(chunks->pairs, node, chunk);
	} else {
		chunks->failures++;
		report(chunks, &error, chunk);
		add_line(chunks, chunk, line);
	}
	iv_error_release(&error);
}

/* A chunk is a line `key:` and all lines up to the next such one. */
static void read_chunks(struct chunks *chunks, struct iv_str header, uint32_t number)
{
	struct iv_str line, rest = header, key;
	size_t from = 0, at = 0;
	uint32_t first = number;

	while (iv_str_line(&line, &rest)) {
		at = (size_t)(line.ptr - header.ptr);
		if (at && iv_is_key_line(&key, line)) {
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
	struct chunks chunks = {out, reader, quiet, 0};
	struct iv_error error = IV_ERROR_INIT;
	const struct iv_yaml_node *node;
	bool whole;

	whole = !iv_yaml_parse(&node, reader->arena, header, first_line, &error);
	if (whole) {
		add_mapping(out, node, header);
	} else {
		read_chunks(&chunks, header, first_line);
		if (!chunks.failures)
			report(&chunks, &error, (struct iv_str){"", 0});
	}
	iv_error_release(&error);
	return whole;
}
