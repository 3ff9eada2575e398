#include "base/id.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/error.h"
#include "base/utf8.h"

/* ---- letters ---- */

/* Latin letters that Unicode does not take for another one with a mark. */
static const struct plain {
	int32_t letter;
	char plain[3];
} plain_letters[] = {
	{0xdf, "ss"},  /* ß */
	{0xe6, "ae"},  /* æ */
	{0xf0, "d"},   /* ð */
	{0xf8, "o"},   /* ø */
	{0xfe, "th"},  /* þ */
	{0x111, "d"},  /* đ */
	{0x127, "h"},  /* ħ */
	{0x131, "i"},  /* ı */
	{0x138, "q"},  /* ĸ */
	{0x142, "l"},  /* ł */
	{0x14b, "n"},  /* ŋ */
	{0x153, "oe"}, /* œ */
	{0x167, "t"},  /* ŧ */
	{0x180, "b"},  /* ƀ */
	{0x192, "f"},  /* ƒ */
	{0x199, "k"},  /* ƙ */
	{0x1b4, "y"},  /* ƴ */
	{0x1b6, "z"},  /* ƶ */
	{0x1e5, "g"},  /* ǥ */
	{0x253, "b"},  /* ɓ */
	{0x257, "d"},  /* ɗ */
	{0x268, "i"},  /* ɨ */
	{0x26b, "l"},  /* ɫ */
	{0x289, "u"},  /* ʉ */
};

static const char *plain_of(int32_t letter)
{
	for (size_t i = 0; i < sizeof(plain_letters) / sizeof(*plain_letters); i++)
		if (plain_letters[i].letter == letter)
			return plain_letters[i].plain;
	return NULL;
}

/* Blocks of Latin letters, for those that stay as they are: their marks go, too. */
static bool is_latin(int32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 0xc0 && c <= 0x2af) ||
	       (c >= 0x1e00 && c <= 0x1eff) || (c >= 0x2c60 && c <= 0x2c7f) ||
	       (c >= 0xa720 && c <= 0xa7ff);
}

static bool is_letter(int32_t c)
{
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LO: return true;
	/* Of those that modify, the Latin ones are apostrophes and raised letters. */
	case UTF8PROC_CATEGORY_LM: return c > 0x2ff;
	default: return false;
	}
}

static bool is_mark(int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);
	return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
	       category == UTF8PROC_CATEGORY_ME;
}

static bool is_digit(int32_t c)
{
	return utf8proc_category(c) == UTF8PROC_CATEGORY_ND;
}

/* ---- a name as code points ---- */

struct points {
	int32_t *items;
	size_t count, capacity;
};

static void add_point(struct points *points, int32_t c)
{
	IV_GROW(points->items, points->count, points->capacity);
	points->items[points->count++] = c;
}

static int32_t last_point(const struct points *points)
{
	return points->count ? points->items[points->count - 1] : '-';
}

/* NFKD, without what nobody sees: joiners, directions, variants. */
static void decompose(struct points *out, struct iv_str name)
{
	const utf8proc_option_t options =
		UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_IGNORE;
	const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)name.ptr;
	utf8proc_ssize_t len = (utf8proc_ssize_t)name.len, count;
	count = len ? utf8proc_decompose(bytes, len, NULL, 0, options) : 0;
	if (count <= 0)
		return;
	out->items = iv_calloc((size_t)count, sizeof(*out->items));
	out->capacity = (size_t)count;
	count = utf8proc_decompose(bytes, len, out->items, count, options);
	out->count = count > 0 ? (size_t)count : 0;
}

/* One code point of the name. A mark belongs to a letter of another script, or is dropped. */
static void put_point(struct points *out, int32_t c)
{
	int32_t last = last_point(out);
	c = utf8proc_tolower(c);
	const char *plain = plain_of(c);
	if (plain)
		for (; *plain; plain++)
			add_point(out, *plain);
	else if (is_mark(c)) {
		if (is_mark(last) || (is_letter(last) && !is_latin(last)))
			add_point(out, c);
	} else if (is_letter(c) || is_digit(c))
		add_point(out, c);
	else if (last != '-')
		add_point(out, '-');
}

static void compose(struct points *points)
{
	utf8proc_ssize_t count = utf8proc_normalize_utf32(
		points->items, (utf8proc_ssize_t)points->count, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (count >= 0)
		points->count = (size_t)count;
}

/* ---- length ---- */

/* Of the first `limit` bytes what ends with a word, or, of one long word, with a letter. */
static struct iv_str cut(struct iv_str id, size_t limit)
{
	size_t end = 0, word = 0, letter = 0;
	int32_t c = 0;
	while (end < id.len && end <= limit) {
		utf8proc_iterate((const utf8proc_uint8_t *)id.ptr + end,
				 (utf8proc_ssize_t)(id.len - end), &c);
		if (c == '-')
			word = end;
		if (!is_mark(c))
			letter = end;
		end += iv_utf8_next(iv_str_slice(id, end, id.len));
	}
	if (id.len <= limit)
		return id;
	return iv_str_slice(id, 0, word > limit / 2 ? word : letter);
}

static struct iv_str without_dashes(struct iv_str id)
{
	while (id.len && id.ptr[0] == '-')
		id = iv_str_slice(id, 1, id.len);
	while (id.len && id.ptr[id.len - 1] == '-')
		id = iv_str_slice(id, 0, id.len - 1);
	return id;
}

struct iv_str iv_id_make(struct iv_arena *arena, struct iv_str name)
{
	struct points points = {NULL, 0, 0}, kept = {NULL, 0, 0};
	struct iv_str id = {NULL, 0};
	decompose(&points, name);
	for (size_t i = 0; i < points.count; i++)
		put_point(&kept, points.items[i]);
	if (kept.count) {
		compose(&kept);
		char *out = iv_arena_alloc(arena, kept.count * 4 + 1);
		size_t len = 0;
		for (size_t i = 0; i < kept.count; i++)
			len += (size_t)utf8proc_encode_char(kept.items[i],
							    (utf8proc_uint8_t *)out + len);
		id = without_dashes(cut(without_dashes((struct iv_str){out, len}), IV_ID_BYTES));
	}
	free(points.items);
	free(kept.items);
	return id.len ? id : (struct iv_str){NULL, 0};
}

struct iv_str iv_id_number(struct iv_arena *arena, struct iv_str id, unsigned number)
{
	struct iv_str behind = iv_arena_printf(arena, "-%u", number);
	struct iv_str before = without_dashes(cut(id, IV_ID_BYTES - behind.len));
	return iv_arena_printf(arena, "%.*s%s", IV_STR_ARG(before), behind.ptr);
}

/* ---- words with a meaning ---- */

bool iv_id_is_reserved(struct iv_str id)
{
	static const char *const words[] = {
		"none", "no",   "yes",  "later", "bounced", "skipped", "con",
		"prn",  "aux",  "nul",  "com1",  "com2",    "com3",    "com4",
		"com5", "com6", "com7", "com8",  "com9",    "lpt1",    "lpt2",
		"lpt3", "lpt4", "lpt5", "lpt6",  "lpt7",    "lpt8",    "lpt9",
	};
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (iv_str_is_nocase(id, words[i]))
			return true;
	return false;
}

/* ---- wishes ---- */

/* What has a meaning in paths, in [[links]] or in YAML, or is no character of a line. */
static bool is_odd(int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);
	return c < 0x20 || c == 0x7f || (c < 0x80 && strchr("/\\[]|#:*?\"<>", (int)c)) ||
	       category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF ||
	       category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

static bool has_odd(struct iv_str id)
{
	int32_t c = 0;
	for (size_t at = 0; at < id.len; at += iv_utf8_next(iv_str_slice(id, at, id.len))) {
		utf8proc_iterate((const utf8proc_uint8_t *)id.ptr + at,
				 (utf8proc_ssize_t)(id.len - at), &c);
		if (is_odd(c))
			return true;
	}
	return false;
}

int iv_id_check(struct iv_str id, struct iv_error *error)
{
	const char *trouble = NULL;
	if (!id.len)
		return iv_error_set(error, IV_EINPUT,
				    "an id is empty, expected one such as "
				    "'jane-green'");
	if (iv_utf8_invalid(id) != SIZE_MAX)
		trouble = "is no UTF-8";
	else if (id.len > IV_ID_LIMIT)
		return iv_error_set(error, IV_EINPUT, "an id has %zu bytes, expected at most %u",
				    id.len, IV_ID_LIMIT);
	else if (id.ptr[0] == '.')
		trouble = "begins with a dot, which hides a file";
	else if (iv_str_ends(id, ".md") || iv_str_ends(id, ".MD"))
		trouble = "ends in .md, which is added to it";
	else if (iv_str_trim(id).len != id.len)
		trouble = "has white space at an end";
	else if (has_odd(id))
		trouble = "has a character that file names or links cannot hold";
	else if (iv_id_is_reserved(id))
		trouble = "means something else";
	if (!trouble)
		return 0;
	return iv_error_set(error, IV_EINPUT, "the id '%.*s' %s; expected one such as 'jane-green'",
			    IV_STR_ARG(id), trouble);
}
