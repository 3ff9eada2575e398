#include "base/patterns.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"

/* Groups of three that a pattern cannot do without; more would hardly tell more. */
#define NEEDS_MAX 8
/* What a text of a few hundred letters costs must not be paid for thousands of them. */
#define OVERRUNS_MAX 20

struct entry {
	struct iv_str text;
	uint32_t line;
	uint16_t needs[NEEDS_MAX]; /* bits of a gist */
	uint8_t need_count, overruns;
	struct iv_pattern *pattern; /* NULL until it is needed */
	struct iv_match *match;
};

struct iv_patterns {
	struct entry *entries;
	size_t count, capacity;
};

/* ---- gists ---- */

static uint16_t bit_of(unsigned char a, unsigned char b, unsigned char c)
{
	uint32_t three = (uint32_t)a << 16 | (uint32_t)b << 8 | c;

	return (uint16_t)((three * UINT32_C(2654435761)) >> 19);
}

static unsigned char lower(char c)
{
	unsigned char byte = (unsigned char)c;

	return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte | 0x20) : byte;
}

void iv_gist_read(struct iv_gist *out, struct iv_str text)
{
	unsigned char a, b, c;

	memset(out, 0, sizeof(*out));
	if (text.len < 3)
		return;
	a = lower(text.ptr[0]);
	b = lower(text.ptr[1]);
	for (size_t i = 2; i < text.len; i++) {
		uint16_t bit;
		c = lower(text.ptr[i]);
		bit = bit_of(a, b, c);
		out->bits[bit >> 6] |= UINT64_C(1) << (bit & 63);
		a = b;
		b = c;
	}
}

static bool may_hold(const struct iv_gist *gist, const struct entry *entry)
{
	for (size_t i = 0; i < entry->need_count; i++) {
		uint16_t bit = entry->needs[i];
		if (!(gist->bits[bit >> 6] >> (bit & 63) & 1))
			return false;
	}
	return true;
}

/* ---- what a pattern cannot do without ---- */

/* Letters of a pattern that follow each other in whatever it finds. */
struct run {
	char text[64];
	size_t len;
};

static void end_run(struct entry *entry, struct run *run)
{
	for (size_t i = 2; i < run->len && entry->need_count < NEEDS_MAX; i++)
		entry->needs[entry->need_count++] =
			bit_of((unsigned char)run->text[i - 2], (unsigned char)run->text[i - 1],
			       (unsigned char)run->text[i]);
	run->len = 0;
}

/* Behind a character class, or 0. */
static size_t after_class(struct iv_str text, size_t at)
{
	at++;
	at += at < text.len && text.ptr[at] == '^';
	at += at < text.len && text.ptr[at] == ']';
	for (; at < text.len && text.ptr[at] != ']'; at++)
		if (text.ptr[at] == '\\')
			at++;
		else if (text.ptr[at] == '[' && at + 1 < text.len && text.ptr[at + 1] == ':')
			return 0;
	return at < text.len ? at + 1 : 0;
}

/* `(?i)` and the like change what follows them, `(*VERB)` all of it, `(?#` is a comment. */
static bool is_plain_group(struct iv_str text, size_t at)
{
	if (at + 2 >= text.len || !strchr("?*", text.ptr[at + 1]))
		return true;
	return text.ptr[at + 1] == '?' &&
	       (strchr(":=!|>", text.ptr[at + 2]) ||
		iv_str_starts(iv_str_slice(text, at, text.len), "(?<") ||
		iv_str_starts(iv_str_slice(text, at, text.len), "(?-i:"));
}

/* Behind a group, or 0 where that is not to be told simply. */
static size_t after_group(struct iv_str text, size_t at)
{
	size_t depth = 0;

	while (at < text.len) {
		char c = text.ptr[at];
		if (c == '\\' && (at + 1 >= text.len || strchr("QE", text.ptr[at + 1])))
			return 0;
		if (c == '(' && !is_plain_group(text, at))
			return 0;
		depth += c == '(';
		depth -= c == ')';
		at = c == '[' ? after_class(text, at) : at + 1 + (c == '\\');
		if (!depth || !at)
			return at;
	}
	return 0;
}

/* Escapes that stand for one character or for a place. */
static bool is_simple_escape(struct iv_str text, size_t at)
{
	return at + 1 < text.len &&
	       (strchr("bBwWdDsSAzZ", text.ptr[at + 1]) ||
		!(iv_is_alpha(text.ptr[at + 1]) || iv_is_digit(text.ptr[at + 1])));
}

/* Behind `{2,5}`, or 0. */
static size_t after_count(struct iv_str text, size_t at)
{
	for (at++; at < text.len && text.ptr[at] != '}'; at++)
		if (!iv_is_digit(text.ptr[at]) && text.ptr[at] != ',')
			return 0;
	return at < text.len ? at + 1 : 0;
}

/*
 * Takes one item of the pattern at `at`; the offset behind it, or 0 where nothing can be said of
 * the pattern.
 */
static size_t take_item(struct entry *entry, struct run *run, size_t at)
{
	struct iv_str text = entry->text;
	char c = text.ptr[at];

	if (c == '|' || (c == '\\' && !is_simple_escape(text, at)))
		return 0;
	if (strchr("*?{", c)) { /* what stands before it may be missing */
		run->len -= run->len > 0;
		end_run(entry, run);
		return c == '{' ? after_count(text, at) : at + 1;
	}
	if (c == '(' && !is_plain_group(text, at))
		return 0;
	if (iv_is_alpha(c) || strchr(" ,'-", c)) {
		if (run->len == sizeof(run->text))
			end_run(entry, run);
		run->text[run->len++] = (char)lower(c);
		return at + 1;
	}
	end_run(entry, run);
	return c == '('   ? after_group(text, at)
	       : c == '[' ? after_class(text, at)
			  : at + 1 + (c == '\\');
}

static void find_needs(struct entry *entry)
{
	struct run run = {.len = 0};
	size_t at = 0;

	while (at < entry->text.len) {
		at = take_item(entry, &run, at);
		if (!at) {
			entry->need_count = 0;
			return;
		}
	}
	end_run(entry, &run);
}

/* ---- the set ---- */

/* The next line that is a pattern; entry->line counts all. */
static bool next_entry(struct entry *entry, struct iv_str *lines)
{
	while (iv_str_line(&entry->text, lines)) {
		entry->line++;
		if (iv_str_trim(entry->text).len && entry->text.ptr[0] != '#')
			return true;
	}
	return false;
}

struct iv_patterns *iv_patterns_new(struct iv_str lines)
{
	struct iv_patterns *patterns = iv_calloc(1, sizeof(*patterns));
	struct entry entry = {.line = 0};

	while (next_entry(&entry, &lines)) {
		IV_GROW(patterns->entries, patterns->count, patterns->capacity);
		patterns->entries[patterns->count] = entry;
		find_needs(&patterns->entries[patterns->count++]);
	}
	return patterns;
}

int iv_patterns_check(struct iv_str lines, struct iv_error *error)
{
	struct entry entry = {.line = 0};
	int rc = 0;

	while (!rc && next_entry(&entry, &lines))
		rc = iv_pattern_check(entry.text, error);
	if (rc && error)
		error->pos = (struct iv_pos){entry.line, 1};
	return rc;
}

void iv_patterns_free(struct iv_patterns *patterns)
{
	if (!patterns)
		return;
	for (size_t i = 0; i < patterns->count; i++) {
		iv_match_free(patterns->entries[i].match);
		iv_pattern_free(patterns->entries[i].pattern);
	}
	free(patterns->entries);
	free(patterns);
}

static int compile(struct entry *entry, struct iv_error *error)
{
	int rc = iv_pattern_new(&entry->pattern, entry->text, true, error);

	if (rc) {
		if (error)
			error->pos = (struct iv_pos){entry->line, 1};
		return rc;
	}
	entry->match = iv_match_new(entry->pattern);
	return 0;
}

int iv_patterns_find(struct iv_patterns *patterns, const struct iv_gist *gist, struct iv_str text,
		     size_t from, size_t *start, size_t *end, struct iv_error *error)
{
	int found = 0, rc;

	for (size_t i = 0; i < patterns->count; i++) {
		struct entry *entry = &patterns->entries[i];
		if (!may_hold(gist, entry))
			continue;
		if (!entry->pattern && (rc = compile(entry, error)) != 0)
			return rc;
		rc = entry->overruns == OVERRUNS_MAX
			     ? IV_ELIMIT
			     : iv_pattern_find(entry->pattern, entry->match, text, from, true,
					       start, end);
		if (rc == 1)
			return 1;
		if (rc == IV_ELIMIT) {
			entry->overruns += entry->overruns < OVERRUNS_MAX;
			found = IV_ELIMIT;
		}
	}
	return found;
}
