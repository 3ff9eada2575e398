#include "base/needs.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* More words than that, or longer ones, would hardly tell more. */
#define WORDS_MAX 64
#define LENGTH_MAX 24
#define BITS_MAX 8
#define CLAUSES_MAX 4
#define DEPTH_MAX 12

/* ---- gists ---- */

/* Of three bytes in one number, the first of them highest. */
static uint16_t bit_of(uint32_t three)
{
	return (uint16_t)((three * UINT32_C(2654435761)) >> 19);
}

static unsigned char lower(char c)
{
	return (unsigned char)iv_to_lower(c);
}

void iv_gist_read(struct iv_gist *out, struct iv_str text)
{
	uint32_t three = 0;

	memset(out, 0, sizeof(*out));
	out->ascii = iv_str_is_ascii(text);
	for (size_t i = 0; i < text.len; i++) {
		uint16_t bit;
		three = (three << 8 | lower(text.ptr[i])) & 0xffffff;
		if (i < 2)
			continue;
		bit = bit_of(three);
		out->bits[bit >> 6] |= UINT64_C(1) << (bit & 63);
	}
}

static bool holds(const struct iv_gist *gist, const uint16_t *bits, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!(gist->bits[bits[i] >> 6] >> (bits[i] & 63) & 1))
			return false;
	return true;
}

bool iv_needs_met(const struct iv_needs *needs, const struct iv_gist *gist)
{
	size_t at = 0;

	while (at < needs->count) {
		size_t words = needs->items[at++];
		bool met = false;
		for (; words; words--) {
			size_t bits = needs->items[at++];
			met = met || holds(gist, &needs->items[at], bits);
			at += bits;
		}
		if (!met)
			return false;
	}
	return true;
}

/* ---- words ---- */

struct word {
	unsigned char text[LENGTH_MAX];
	size_t len;
};

/* One of which stands there; none: nothing is known of it. */
struct words {
	struct word items[WORDS_MAX];
	size_t count;
};

static void begin(struct words *words)
{
	words->items[0].len = 0;
	words->count = 1;
}

/* Each of `words` followed by each of `more`; false when that is too much. */
static bool multiply(struct words *words, const struct words *more)
{
	struct words product = {.count = 0};

	if (!more->count || words->count * more->count > WORDS_MAX)
		return false;
	for (size_t i = 0; i < words->count; i++)
		for (size_t k = 0; k < more->count; k++) {
			struct word *word = &product.items[product.count++];
			*word = words->items[i];
			if (word->len + more->items[k].len > LENGTH_MAX)
				return false;
			memcpy(word->text + word->len, more->items[k].text, more->items[k].len);
			word->len += more->items[k].len;
		}
	*words = product;
	return true;
}

static bool unite(struct words *words, const struct words *more)
{
	if (words->count + more->count > WORDS_MAX)
		return false;
	memcpy(words->items + words->count, more->items, more->count * sizeof(more->items[0]));
	words->count += more->count;
	return true;
}

static size_t shortest(const struct words *words)
{
	size_t least = words->count ? LENGTH_MAX : 0;

	for (size_t i = 0; i < words->count; i++)
		least = words->items[i].len < least ? words->items[i].len : least;
	return least;
}

/* ---- reading a pattern ---- */

/*
 * What a stretch of a pattern gives. While `exact`, it is one of `words` and nothing else; then
 * there are no clauses. Else it needs a word of each clause.
 */
struct stretch {
	bool exact;
	struct words words;
	struct words clauses[CLAUSES_MAX];
	size_t clause_count;
};

struct reading {
	struct iv_str text;
	size_t at, depth;
	bool lost; /* a construct that is not understood */
};

static char peek(const struct reading *reading, size_t ahead)
{
	size_t at = reading->at + ahead;

	return at < reading->text.len ? reading->text.ptr[at] : '\0';
}

static bool starts(const struct reading *reading, const char *prefix)
{
	return iv_str_starts(iv_str_slice(reading->text, reading->at, reading->text.len), prefix);
}

static void add_clause(struct stretch *stretch, const struct words *words)
{
	if (shortest(words) >= 3 && stretch->clause_count < CLAUSES_MAX)
		stretch->clauses[stretch->clause_count++] = *words;
}

/* Something follows that may be anything. */
static void cut(struct stretch *stretch)
{
	add_clause(stretch, &stretch->words);
	begin(&stretch->words);
	stretch->exact = false;
}

enum repeat { ONCE, MAYBE, SEVERAL, ANY };

/* What stands behind an item. */
static enum repeat read_repeat(struct reading *reading)
{
	enum repeat repeat = ONCE;
	char c = peek(reading, 0);
	size_t len = 1;

	if (c == '{') {
		while (iv_is_digit(peek(reading, len)) || peek(reading, len) == ',')
			len++;
		/* Else it is a brace as any other, which is rare. */
		reading->lost = reading->lost || peek(reading, len) != '}' || len == 1;
		len++;
		repeat = ANY;
	} else if (c && strchr("?*+", c)) {
		repeat = c == '?' ? MAYBE : c == '*' ? ANY : SEVERAL;
	} else {
		return ONCE;
	}
	reading->at += len;
	if (peek(reading, 0) && strchr("?+", peek(reading, 0)))
		reading->at++;
	return repeat;
}

static void append(struct stretch *stretch, const struct words *words)
{
	if (multiply(&stretch->words, words))
		return;
	cut(stretch);
	add_clause(stretch, words);
}

static void add_exact(struct stretch *stretch, struct words *words, enum repeat repeat)
{
	static const struct words nothing = {.items = {{.len = 0}}, .count = 1};

	if (repeat == ANY || (repeat == MAYBE && !unite(words, &nothing))) {
		cut(stretch);
		return;
	}
	append(stretch, words);
	if (repeat == SEVERAL)
		cut(stretch);
}

static void add_stretch(struct stretch *stretch, struct stretch *more, enum repeat repeat)
{
	if (more->exact) {
		add_exact(stretch, &more->words, repeat);
		return;
	}
	cut(stretch);
	for (size_t i = 0; (repeat == ONCE || repeat == SEVERAL) && i < more->clause_count; i++)
		add_clause(stretch, &more->clauses[i]);
}

static void read_class(struct reading *reading)
{
	reading->at++;
	reading->at += peek(reading, 0) == '^';
	reading->at += peek(reading, 0) == ']';
	while (reading->at < reading->text.len && peek(reading, 0) != ']') {
		reading->lost = reading->lost || starts(reading, "[:") || starts(reading, "\\Q");
		reading->at += peek(reading, 0) == '\\' ? 2 : 1;
	}
	reading->at++;
}

/* Past a group that stands for no letters. */
static void skip_group(struct reading *reading)
{
	size_t depth = 0;

	do {
		char c = peek(reading, 0);
		reading->lost = reading->lost || !c || starts(reading, "\\Q") ||
				starts(reading, "(?#") || starts(reading, "(*");
		depth += c == '(';
		depth -= c == ')';
		if (c == '[')
			read_class(reading);
		else
			reading->at += c == '\\' ? 2 : 1;
	} while (depth && !reading->lost);
}

static void read_branches(struct stretch *out, struct reading *reading);

static void read_group(struct stretch *stretch, struct reading *reading)
{
	static const char *const around[] = {"(?=", "(?!", "(?<=", "(?<!"};
	struct stretch *inner;

	for (size_t i = 0; i < sizeof(around) / sizeof(*around); i++)
		if (starts(reading, around[i])) {
			skip_group(reading);
			reading->lost = reading->lost || read_repeat(reading) != ONCE;
			return;
		}
	if (starts(reading, "(?:"))
		reading->at += 3;
	else if (starts(reading, "(?-i:"))
		reading->at += 5;
	else if (!starts(reading, "(?") && !starts(reading, "(*"))
		reading->at++;
	else
		reading->lost = true;
	if (reading->lost)
		return;
	inner = iv_calloc(1, sizeof(*inner));
	read_branches(inner, reading);
	reading->lost = reading->lost || peek(reading, 0) != ')';
	reading->at++;
	add_stretch(stretch, inner, read_repeat(reading));
	free(inner);
}

static void read_letter(struct stretch *stretch, struct reading *reading)
{
	struct words words = {.count = 1};

	words.items[0].text[0] = lower(peek(reading, 0));
	words.items[0].len = 1;
	reading->at++;
	add_exact(stretch, &words, read_repeat(reading));
}

static void read_anything(struct stretch *stretch, struct reading *reading)
{
	cut(stretch);
	read_repeat(reading);
}

static void read_escape(struct stretch *stretch, struct reading *reading)
{
	char c = peek(reading, 1);

	if (c && strchr("bBAzZ", c)) {
		reading->at += 2;
		reading->lost = reading->lost || read_repeat(reading) != ONCE;
	} else if (c && strchr("wWdDsS", c)) {
		reading->at += 2;
		read_anything(stretch, reading);
	} else if (c > 0 && !iv_is_alpha(c) && !iv_is_digit(c)) {
		reading->at++;
		read_letter(stretch, reading);
	} else {
		reading->lost = true;
	}
}

static void read_item(struct stretch *stretch, struct reading *reading)
{
	char c = peek(reading, 0);

	if (c == '(') {
		read_group(stretch, reading);
	} else if (c == '\\') {
		read_escape(stretch, reading);
	} else if (c == '[') {
		read_class(reading);
		read_anything(stretch, reading);
	} else if (c == '^' || c == '$') {
		reading->at++;
		reading->lost = reading->lost || read_repeat(reading) != ONCE;
	} else if (c == '.' || (unsigned char)c & 0x80) {
		for (reading->at++; (peek(reading, 0) & 0xc0) == 0x80;)
			reading->at++;
		read_anything(stretch, reading);
	} else if (c && strchr("?*+{", c)) {
		reading->lost = true;
	} else {
		read_letter(stretch, reading);
	}
}

static void read_branch(struct stretch *out, struct reading *reading)
{
	out->exact = true;
	out->clause_count = 0;
	begin(&out->words);
	while (!reading->lost && reading->at < reading->text.len && !strchr("|)", peek(reading, 0)))
		read_item(out, reading);
	if (!out->exact)
		cut(out);
}

/* The clause that tells most, or NULL. */
static const struct words *best(const struct stretch *stretch)
{
	const struct words *found = stretch->exact ? &stretch->words : NULL;

	for (size_t i = 0; i < stretch->clause_count; i++)
		if (!found || shortest(&stretch->clauses[i]) > shortest(found))
			found = &stretch->clauses[i];
	return found;
}

/* Either of two stretches. */
static void choose(struct stretch *out, const struct stretch *other)
{
	const struct words *left = best(out), *right = best(other);
	struct words both = {.count = 0};
	bool exact = out->exact && other->exact;
	bool known = left && right && unite(&both, left) && unite(&both, right);

	out->exact = exact && known;
	out->words = both;
	out->clause_count = 0;
	if (!out->exact && known)
		add_clause(out, &both);
}

/* Up to the end of the group or of the pattern. */
static void read_branches(struct stretch *out, struct reading *reading)
{
	struct stretch *other = iv_calloc(1, sizeof(*other));

	reading->lost = reading->lost || ++reading->depth > DEPTH_MAX;
	read_branch(out, reading);
	while (!reading->lost && peek(reading, 0) == '|') {
		reading->at++;
		read_branch(other, reading);
		choose(out, other);
	}
	reading->depth--;
	free(other);
}

/* ---- what is kept of it ---- */

/* The last letters of a word tell most: the first ones are those of many. */
static void put_word(struct iv_needs *needs, const struct word *word)
{
	size_t count = word->len - 2 < BITS_MAX ? word->len - 2 : BITS_MAX;

	needs->items[needs->count++] = (uint16_t)count;
	for (size_t i = 0; i < count; i++) {
		const unsigned char *three = &word->text[word->len - 3 - i];
		needs->items[needs->count++] =
			bit_of((uint32_t)three[0] << 16 | (uint32_t)three[1] << 8 | three[2]);
	}
}

static void put_clause(struct iv_needs *needs, const struct words *clause)
{
	size_t most = needs->count + 1 + clause->count * (BITS_MAX + 1);

	needs->items = iv_realloc(needs->items, most * sizeof(*needs->items));
	needs->items[needs->count++] = (uint16_t)clause->count;
	for (size_t i = 0; i < clause->count; i++)
		put_word(needs, &clause->items[i]);
}

void iv_needs_read(struct iv_needs *out, struct iv_str pattern)
{
	struct reading reading = {.text = pattern};
	struct stretch *whole = iv_calloc(1, sizeof(*whole));

	*out = (struct iv_needs){NULL, 0};
	read_branches(whole, &reading);
	if (whole->exact)
		cut(whole);
	/* A bracket too many is for PCRE2 to tell. */
	for (size_t i = 0; !reading.lost && reading.at == pattern.len && i < whole->clause_count;
	     i++)
		put_clause(out, &whole->clauses[i]);
	free(whole);
}

void iv_needs_release(struct iv_needs *needs)
{
	free(needs->items);
}
