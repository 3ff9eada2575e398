#include "yaml/problem.h"

#include <string.h>

#include "base/error.h"

enum where {
	AT_PROBLEM, /* where libyaml gave up */
	AT_CONTEXT, /* where that began which it could not finish */
	AT_BOTH     /* where it gave up; the line of the beginning is added to the words */
};

/* The first row whose texts libyaml's problem and context contain is the one. */
static const struct words {
	const char *problem, *context;
	enum where where;
	const char *ours;
} table[] = {
	{"mapping values are not allowed", "", AT_PROBLEM,
	 "expected no second ': ' in a value; put the value in quotes, or mend the indentation"},
	{"could not find expected ':'", "", AT_CONTEXT,
	 "expected ':' after a key, as 'key: value'"},
	{"did not find expected '-'", "", AT_PROBLEM,
	 "expected '- ', indented as the list items above"},
	{"did not find expected ',' or ']'", "", AT_BOTH, "expected ',' or ']' in the list"},
	{"did not find expected ',' or '}'", "", AT_BOTH, "expected ',' or '}' in the mapping"},
	{"found unexpected end of stream", "quoted", AT_CONTEXT, "expected a closing quote"},
	{"found unexpected document indicator", "quoted", AT_CONTEXT, "expected a closing quote"},
	{"found unknown escape", "", AT_PROBLEM,
	 "expected a known escape after '\\'; in single quotes a '\\' stands for itself"},
	{"expected hexdecimal", "", AT_PROBLEM, "expected hexadecimal digits in the escape"},
	{"invalid Unicode", "", AT_PROBLEM, "expected the code of a character in the escape"},
	{"expected alphabetic or numeric", "", AT_CONTEXT,
	 "expected quotes around a value that begins with '*' or '&'"},
	{"block sequence entries are not allowed", "", AT_PROBLEM,
	 "expected '- ' on a line of its own"},
	{"mapping keys are not allowed", "", AT_PROBLEM, "expected '? ' on a line of its own"},
	{"tab character", "", AT_PROBLEM, "expected spaces, found a tab; YAML indents by spaces"},
	{"expected comment or line break", "", AT_PROBLEM,
	 "expected the end of the line after '|' or '>'; put the value in quotes"},
	{"indentation indicator", "", AT_PROBLEM, "expected an indentation of 1 to 9"},
	{"expected <document start>", "", AT_PROBLEM,
	 "expected 'key: value', or the end of the text"},
	{"expected node content", "", AT_PROBLEM, "expected a value; put special signs in quotes"},
	{"undefined tag handle", "", AT_CONTEXT,
	 "expected quotes around a value that begins with '!'"},
	{"", "directive", AT_CONTEXT, "expected quotes around what begins with '%'"},
	{"", "tag", AT_CONTEXT, "expected quotes around a value that begins with '!'"},
};

static bool holds(const char *text, const char *part)
{
	return !*part || (text && strstr(text, part));
}

static int say(struct iv_error *error, struct iv_pos pos, const char *words)
{
	iv_error_set(error, IV_EINPUT, "%s", words);
	iv_error_at(error, NULL, pos);
	return IV_EINPUT;
}

/* Bytes that are no text; libyaml gives their offset. */
static int unreadable_byte(struct iv_error *error, const yaml_parser_t *parser,
			   const struct iv_place *place)
{
	struct iv_pos pos = iv_place_at(place, parser->problem_offset);

	if (holds(parser->problem, "control characters"))
		iv_error_set(error, IV_EINPUT, "expected text, found the control character U+%04X",
			     (unsigned)parser->problem_value);
	else
		iv_error_set(error, IV_EINPUT, "expected UTF-8: %s",
			     parser->problem ? parser->problem : "unreadable");
	iv_error_at(error, NULL, pos);
	return IV_EINPUT;
}

/* A character that begins nothing in YAML: a tab, or one that must be quoted. */
static int strange_start(struct iv_error *error, struct iv_str bytes, size_t offset,
			 struct iv_pos pos)
{
	char c = offset < bytes.len ? bytes.ptr[offset] : ' ';

	if (c == '\t')
		return say(error, pos, "expected spaces, found a tab; YAML indents by spaces");
	iv_error_set(error, IV_EINPUT, "expected quotes around what begins with '%c'", c);
	iv_error_at(error, NULL, pos);
	return IV_EINPUT;
}

/* A block mapping that goes on with no key: a wrong indentation, or more after a closed value. */
static int no_key(struct iv_error *error, struct iv_str bytes, size_t offset, struct iv_pos pos)
{
	struct iv_str before = iv_str_slice(bytes, offset - (pos.column - 1), offset);

	if (iv_str_trim(before).len)
		return say(error, pos,
			   "expected the end of the line; a value with more after its quotes or "
			   "brackets goes in quotes as a whole");
	return say(error, pos, "expected a key, indented as the keys above");
}

static int say_row(struct iv_error *error, const struct words *row, struct iv_pos problem,
		   struct iv_pos context)
{
	switch (row->where) {
	case AT_PROBLEM: return say(error, problem, row->ours);
	case AT_CONTEXT: return say(error, context, row->ours);
	case AT_BOTH:
		iv_error_set(error, IV_EINPUT, "%s that begins on line %u", row->ours,
			     (unsigned)context.line);
		iv_error_at(error, NULL, problem);
		return IV_EINPUT;
	}
	return IV_EINPUT;
}

static int malformed(struct iv_error *error, const yaml_parser_t *parser, struct iv_place *place)
{
	const char *problem = parser->problem ? parser->problem : "something else";
	struct iv_pos at, context;
	size_t offset, i;

	offset = iv_place_of(place, &at, &parser->problem_mark);
	context = at;
	if (parser->context)
		iv_place_of(place, &context, &parser->context_mark);
	if (holds(problem, "cannot start any token"))
		return strange_start(error, place->bytes, offset, at);
	if (holds(problem, "did not find expected key"))
		return no_key(error, place->bytes, offset, at);
	for (i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (holds(problem, table[i].problem) && holds(parser->context, table[i].context))
			return say_row(error, &table[i], at, context);
	iv_error_set(error, IV_EINPUT, "expected YAML: %s", problem);
	iv_error_at(error, NULL, at);
	return IV_EINPUT;
}

int iv_yaml_problem(struct iv_error *error, const yaml_parser_t *parser, struct iv_place *place)
{
	switch (parser->error) {
	case YAML_MEMORY_ERROR: return iv_error_set(error, IV_ELIMIT, "out of memory");
	case YAML_READER_ERROR: return unreadable_byte(error, parser, place);
	case YAML_NO_ERROR:
	case YAML_SCANNER_ERROR:
	case YAML_PARSER_ERROR:
	case YAML_COMPOSER_ERROR:
	case YAML_WRITER_ERROR:
	case YAML_EMITTER_ERROR: break;
	}
	return malformed(error, parser, place);
}
