/* From a filled template to a letter: subject, paragraphs, lines, and what is left to fill in. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "view/letter_parts.h"
#include "view/letter_words.h"

#define SUBJECT "Subject:"
#define ITEM "- "

/* ---- paragraphs ---- */

/* Words with one space between; two full stops, of an abbreviation and a sentence, are one. */
static void add_words(struct iv_buf *body, struct iv_str line)
{
	bool start = true;

	while (line.len) {
		struct iv_str word = iv_str_word(line, &line);

		if (!start)
			iv_buf_putc(body, ' ');
		start = false;
		if (iv_str_ends(word, "..") && !iv_str_ends(word, "..."))
			word.len--;
		iv_buf_str(body, word);
	}
}

/* Lines of a paragraph become one, but behind a '\' and before an item of a list. */
static void add_paragraphs(struct iv_buf *body, struct iv_str text)
{
	struct iv_str line;
	bool gap = false, broken = false;

	while (iv_str_line(&line, &text)) {
		line = iv_str_trim(line);
		if (!line.len) {
			gap = true;
			continue;
		}
		if (body->len && gap)
			iv_buf_puts(body, "\n\n");
		else if (body->len)
			iv_buf_putc(body, broken || iv_str_starts(line, ITEM) ? '\n' : ' ');
		broken = iv_str_ends(line, "\\");
		add_words(body, broken ? iv_str_slice(line, 0, line.len - 1) : line);
		gap = false;
	}
	if (body->len)
		iv_buf_putc(body, '\n');
}

/* ---- subject and blanks ---- */

/* The subject is the first line that is not blank, if it says so; *text goes on behind it. */
static struct iv_str take_subject(struct iv_str *text)
{
	struct iv_str line = {"", 0}, rest = *text;

	while (iv_str_line(&line, &rest) && !iv_str_trim(line).len)
		;
	line = iv_str_trim(line);
	if (!iv_str_starts(line, SUBJECT))
		return (struct iv_str){"", 0};
	*text = rest;
	return iv_str_trim(iv_str_slice(line, sizeof(SUBJECT) - 1, line.len));
}

static void find_blanks(struct iv_letter *out, struct iv_str body)
{
	struct iv_arena *arena = iv_arena_new();
	struct iv_str *found = NULL, list;
	size_t capacity = 0;

	for (;;) {
		size_t from = iv_str_find_char(body, '['), to;

		body = iv_str_slice(body, from, body.len);
		to = iv_str_find_char(body, ']');
		if (to == SIZE_MAX)
			break;
		IV_GROW(found, out->blank_count, capacity);
		found[out->blank_count++] =
			iv_arena_printf(arena, "'%.*s'", IV_STR_ARG(iv_str_slice(body, 0, to + 1)));
		body = iv_str_slice(body, to + 1, body.len);
	}
	list = iv_words_list(arena, found, out->blank_count, ", ", " and ");
	out->blanks = iv_strndup(list.ptr, list.len);
	free(found);
	iv_arena_free(arena);
}

void iv_letter_lay_out(struct iv_letter *out, struct iv_str filled)
{
	struct iv_buf subject = IV_BUF_INIT, body = IV_BUF_INIT;

	add_words(&subject, take_subject(&filled));
	add_paragraphs(&body, filled);
	find_blanks(out, iv_buf_view(&body));
	out->subject = iv_buf_detach(&subject);
	out->body = iv_buf_detach(&body);
}

/* ---- lines ---- */

static void wrap_line(struct iv_buf *out, struct iv_str line, size_t width)
{
	size_t indent = iv_str_starts(line, ITEM) ? sizeof(ITEM) - 1 : 0, used = 0;

	while (line.len) {
		struct iv_str word = iv_str_word(line, &line);
		size_t columns = iv_utf8_width(word);

		if (used > indent && used + 1 + columns > width) {
			iv_buf_printf(out, "\n%*s", (int)indent, "");
			used = indent;
		} else if (used) {
			iv_buf_putc(out, ' ');
			used++;
		}
		iv_buf_str(out, word);
		used += columns;
	}
	iv_buf_putc(out, '\n');
}

void iv_letter_wrap(struct iv_buf *out, struct iv_str body, size_t width)
{
	struct iv_str line;

	while (iv_str_line(&line, &body))
		wrap_line(out, line, width);
}
