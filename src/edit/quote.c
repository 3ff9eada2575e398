#include "edit/quote.h"

#include <string.h>

#include "yaml/yaml.h"

enum iv_quotes iv_quotes_of(struct iv_str raw)
{
	if (raw.len && raw.ptr[0] == '\'')
		return IV_QUOTES_SINGLE;
	return raw.len && raw.ptr[0] == '"' ? IV_QUOTES_DOUBLE : IV_QUOTES_NONE;
}

/* ---- what would be read as something else: YAML 1.1 and 1.2, core schema ---- */

static bool is_word_of(struct iv_str text, const char *const *words)
{
	for (; *words; words++)
		if (iv_str_is_nocase(text, *words))
			return true;
	return false;
}

static bool is_nothing(struct iv_str text)
{
	static const char *const words[] = {"null",  "~",     "=",    "<<", ".inf",
					    "+.inf", "-.inf", ".nan", NULL};

	return is_word_of(text, words);
}

static bool is_switch(struct iv_str text)
{
	static const char *const words[] = {"yes", "no", "on", "off", "y", "n", NULL};

	return is_word_of(text, words);
}

static bool is_truth(struct iv_str text)
{
	static const char *const words[] = {"true", "false", NULL};

	return is_word_of(text, words);
}

/* `0x1F`, `0o17` */
static bool is_based(struct iv_str text)
{
	if (text.len < 3 || text.ptr[0] != '0' || !strchr("xXo", text.ptr[1]))
		return false;
	for (size_t at = 2; at < text.len; at++)
		if (!iv_is_digit(text.ptr[at]) && !strchr("abcdefABCDF", text.ptr[at]))
			return false;
	return true;
}

/* `12`, `-1.5`, `007`, `1_000`, `1e9`, `10:30`; `+1 360 555`, `1.2.3` and `3d` are none. */
static bool is_number(struct iv_str text)
{
	size_t at = text.len && strchr("+-", text.ptr[0]) ? 1 : 0, dots = 0, powers = 0;

	text = iv_str_slice(text, at, text.len);
	if (is_based(text))
		return true;
	if (!text.len || !(iv_is_digit(text.ptr[0]) ||
			   (text.ptr[0] == '.' && text.len > 1 && iv_is_digit(text.ptr[1]))))
		return false;
	for (at = 0; at < text.len; at++) {
		char c = text.ptr[at];

		dots += c == '.';
		if (c == 'e' || c == 'E') {
			powers++;
			at += at + 1 < text.len && strchr("+-", text.ptr[at + 1]) ? 1 : 0;
		} else if (!iv_is_digit(c) && !strchr("._:", c)) {
			return false;
		}
	}
	return dots < 2 && powers < 2;
}

/* `2026-11-23`, alone or with a time behind it. */
static bool is_time(struct iv_str text)
{
	size_t at = 0, digits = 0;

	while (at < text.len && (iv_is_digit(text.ptr[at]) || text.ptr[at] == '-'))
		digits += iv_is_digit(text.ptr[at++]);
	if (digits < 6 || at < 8)
		return false;
	if (at == text.len)
		return true;
	return strchr("Tt ", text.ptr[at]) && iv_str_find_char(text, ':') != SIZE_MAX &&
	       iv_str_find_char(text, ':') <= at + 4;
}

/* Texts that may be a word, a number or a day, each of which is right. */
static bool is_free(const struct iv_field_def *field)
{
	return !strcmp(field->name, "connected") || !strcmp(field->name, "rank");
}

static bool is_misread(struct iv_str text, const struct iv_field_def *field)
{
	if (is_nothing(text))
		return true;
	if (!field)
		return is_switch(text);
	switch (field->kind) {
	case IV_FIELD_TEXT:
		if (is_free(field))
			return false;
		return is_switch(text) || is_truth(text) || is_number(text) || is_time(text);
	case IV_FIELD_TEXTS:
	case IV_FIELD_REF:
	case IV_FIELD_REFS:
	case IV_FIELD_LEADS:
	case IV_FIELD_RULES:
		return is_switch(text) || is_truth(text) || is_number(text) || is_time(text);
	case IV_FIELD_RECORDS: return is_switch(text) || is_truth(text);
	case IV_FIELD_DATE:
	case IV_FIELD_DATETIME:
	case IV_FIELD_SPAN:
	case IV_FIELD_MINUTES:
	case IV_FIELD_PERCENT:
	case IV_FIELD_RATING:
	case IV_FIELD_CHOICE:
	case IV_FIELD_FLAG: break;
	}
	return false;
}

/* ---- what the grammar takes for something else ---- */

static bool begins_plain(struct iv_str text, bool flow)
{
	if (!text.len || strchr(" \t,[]{}#&*!|>'\"%@`", text.ptr[0]))
		return false;
	if (strchr("-?:", text.ptr[0]) && (flow || text.len == 1 || iv_is_space(text.ptr[1])))
		return text.ptr[0] == '-' && text.len > 1 && iv_is_digit(text.ptr[1]);
	return !iv_str_starts(text, "---") && !iv_str_starts(text, "...");
}

bool iv_bears_plain(struct iv_str text, bool flow)
{
	if (!begins_plain(text, flow) || iv_is_space(text.ptr[text.len - 1]))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if ((flow && strchr(",[]{}", c)) || c == '\t' ||
		    (c == ':' && (i + 1 == text.len || iv_is_space(text.ptr[i + 1]) || flow)) ||
		    (c == '#' && i && iv_is_space(text.ptr[i - 1])))
			return false;
	}
	return true;
}

/* ---- writing ---- */

/* Characters that a terminal might obey, and line ends, are escaped: double quotes only. */
static bool must_escape(struct iv_buf *escaped, struct iv_str text)
{
	iv_yaml_add(escaped, text);
	return escaped->len && escaped->ptr[0] == '"';
}

static void add_quoted(struct iv_buf *out, struct iv_str text, char quote)
{
	iv_buf_putc(out, quote);
	for (size_t i = 0; i < text.len; i++) {
		if (quote == '\'' && text.ptr[i] == '\'')
			iv_buf_putc(out, '\'');
		if (quote == '"' && strchr("\"\\", text.ptr[i]))
			iv_buf_putc(out, '\\');
		iv_buf_putc(out, text.ptr[i]);
	}
	iv_buf_putc(out, quote);
}

/* As Obsidian quotes, unless that would need escapes. */
static char quote_for(struct iv_str text)
{
	return iv_str_find_char(text, '"') == SIZE_MAX && iv_str_find_char(text, '\\') == SIZE_MAX
		       ? '"'
		       : '\'';
}

struct iv_str iv_quoted_as(struct iv_arena *arena, struct iv_str text, enum iv_quotes quotes,
			   bool flow, const struct iv_field_def *field)
{
	struct iv_buf out = IV_BUF_INIT;
	struct iv_str scalar;

	if (!must_escape(&out, text)) {
		iv_buf_clear(&out);
		if (quotes == IV_QUOTES_SINGLE)
			add_quoted(&out, text, '\'');
		else if (quotes == IV_QUOTES_DOUBLE)
			add_quoted(&out, text, '"');
		else if (iv_bears_plain(text, flow) && !is_misread(text, field))
			iv_buf_str(&out, text);
		else
			add_quoted(&out, text, quote_for(text));
	}
	scalar = iv_arena_str(arena, iv_buf_view(&out));
	iv_buf_release(&out);
	return scalar;
}
