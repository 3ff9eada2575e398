#include "view/letter_words.h"

#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "base/utf8.h"
#include "view/words.h"

/* ---- texts of the notes ---- */

/* Control characters, and marks that turn the direction of what follows them. */
static bool is_unseen(struct iv_str at, size_t len)
{
	const unsigned char *byte = (const unsigned char *)at.ptr;

	if (len == 1)
		return byte[0] < 0x20 || byte[0] == 0x7f;
	if (len == 2)
		return byte[0] == 0xc2 && byte[1] < 0xa0;
	return len == 3 && byte[0] == 0xe2 &&
	       ((byte[1] == 0x80 && (byte[2] == 0xa8 || byte[2] == 0xa9 || byte[2] == 0x8e ||
				     byte[2] == 0x8f || (byte[2] >= 0xaa && byte[2] <= 0xae))) ||
		(byte[1] == 0x81 && byte[2] >= 0xa6 && byte[2] <= 0xa9));
}

/* An id, as files are called: "jane-green" */
static bool is_slug(struct iv_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (!(c >= 'a' && c <= 'z') && !iv_is_digit(c) && c != '-' && c != '_')
			return false;
	}
	return text.len && !iv_is_digit(text.ptr[0]);
}

/* "jane-green" as "Jane Green" */
static void add_slug(struct iv_buf *buf, struct iv_str slug)
{
	bool start = true;

	for (size_t i = 0; i < slug.len; i++) {
		char c = slug.ptr[i];
		bool between = c == '-' || c == '_';

		if (start && iv_is_alpha(c))
			c = (char)(c - 'a' + 'A');
		iv_buf_putc(buf, between ? ' ' : c);
		start = between;
	}
}

static void add_name(struct iv_buf *buf, struct iv_str name)
{
	if (is_slug(name))
		add_slug(buf, name);
	else
		iv_buf_str(buf, name);
}

/* What is read of a link at the start of the text; how many bytes it has, 0 where there is none. */
static size_t add_link(struct iv_buf *buf, struct iv_str text)
{
	bool wiki = iv_str_starts(text, "[[");
	size_t middle = iv_str_find(text, wiki ? IV_LIT("]]") : IV_LIT("](")), bar;
	struct iv_str inside = iv_str_slice(text, wiki ? 2 : 1, middle), rest;

	if (middle == SIZE_MAX || iv_str_find_char(inside, '\n') != SIZE_MAX)
		return 0;
	if (!wiki) {
		rest = iv_str_slice(text, middle, text.len);
		iv_buf_str(buf, inside);
		middle = iv_str_find_char(rest, ')') == SIZE_MAX
				 ? SIZE_MAX
				 : middle + iv_str_find_char(rest, ')');
		return middle == SIZE_MAX ? text.len : middle + 1;
	}
	bar = iv_str_find_char(inside, '|');
	if (bar != SIZE_MAX)
		iv_buf_str(buf, iv_str_slice(inside, bar + 1, inside.len));
	else
		add_name(buf, iv_path_name(iv_str_slice(inside, 0, iv_str_find_char(inside, '#'))));
	return middle + 2;
}

static void add_space(struct iv_buf *buf)
{
	if (buf->len && buf->ptr[buf->len - 1] != ' ')
		iv_buf_putc(buf, ' ');
}

/* One character or link; how many bytes it has. */
static size_t add_next(struct iv_buf *buf, struct iv_str text)
{
	size_t len = iv_utf8_next(text);
	size_t link = *text.ptr == '[' ? add_link(buf, text) : 0;

	if (link)
		return link;
	if (iv_is_space(*text.ptr) || is_unseen(text, len))
		add_space(buf);
	else if (*text.ptr == '[' || *text.ptr == ']')
		iv_buf_putc(buf, *text.ptr == '[' ? '(' : ')');
	else
		iv_buf_add(buf, text.ptr, len);
	return len;
}

static struct iv_str cleaned(struct iv_arena *arena, struct iv_str text)
{
	struct iv_buf buf = IV_BUF_INIT;
	struct iv_str out;

	for (size_t at = 0; at < text.len;)
		at += add_next(&buf, iv_str_slice(text, at, text.len));
	out = iv_arena_str(arena, iv_str_trim(iv_buf_view(&buf)));
	iv_buf_release(&buf);
	return out;
}

struct iv_str iv_words_clean(struct iv_arena *arena, struct iv_str text)
{
	struct iv_str out = cleaned(arena, text);

	while (out.len && strchr(".;,:", out.ptr[out.len - 1]))
		out.len--;
	return iv_str_trim(out);
}

struct iv_str iv_words_sentence(struct iv_arena *arena, struct iv_str text)
{
	struct iv_str out = cleaned(arena, text);

	if (!out.len || strchr(".!?)", out.ptr[out.len - 1]))
		return out;
	return iv_arena_printf(arena, "%.*s.", IV_STR_ARG(out));
}

struct iv_str iv_words_name(struct iv_arena *arena, struct iv_str name)
{
	struct iv_buf buf = IV_BUF_INIT;
	struct iv_str out;

	add_name(&buf, iv_str_trim(name));
	out = cleaned(arena, iv_buf_view(&buf));
	iv_buf_release(&buf);
	return out;
}

/* ---- days and numbers ---- */

struct iv_str iv_words_day(struct iv_arena *arena, iv_day day, iv_day today)
{
	static const char *const months[] = {"January",   "February", "March",    "April",
					     "May",       "June",     "July",     "August",
					     "September", "October",  "November", "December"};
	struct iv_civil civil;

	if (day == IV_NO_DAY)
		return (struct iv_str){NULL, 0};
	if (day == today || day == today - 1 || day == today + 1)
		return iv_str_of(day == today ? "today" : day < today ? "yesterday" : "tomorrow");
	if (day > today - 7 && day < today + 7)
		return iv_arena_printf(arena, "on %s", iv_weekday_word(day));
	civil = iv_civil_of(day);
	if (civil.year == iv_civil_of(today).year || (day > today && day < today + 90))
		return iv_arena_printf(arena, "on %s %d", months[civil.month - 1], civil.day);
	return iv_arena_printf(arena, "on %s %d, %d", months[civil.month - 1], civil.day,
			       civil.year);
}

struct iv_str iv_words_minutes(struct iv_arena *arena, int minutes)
{
	static const struct {
		int minutes;
		const char *words;
	} known[] = {
		{10, "ten minutes"},    {15, "fifteen minutes"},     {19, "nineteen minutes"},
		{20, "twenty minutes"}, {25, "twenty-five minutes"}, {30, "half an hour"},
		{60, "an hour"},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (known[i].minutes == minutes)
			return iv_str_of(known[i].words);
	return iv_arena_printf(arena, "%d minutes", minutes);
}

struct iv_str iv_words_list(struct iv_arena *arena, const struct iv_str *items, size_t count,
			    const char *comma, const char *and)
{
	struct iv_buf buf = IV_BUF_INIT;
	struct iv_str out;

	for (size_t i = 0; i < count; i++) {
		iv_buf_puts(&buf, !i ? "" : i + 1 < count ? comma : and);
		iv_buf_str(&buf, items[i]);
	}
	out = iv_arena_str(arena, iv_buf_view(&buf));
	iv_buf_release(&buf);
	return out;
}
