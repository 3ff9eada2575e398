#include "view/prose.h"

#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "view/markdown.h"
#include "view/words.h"

/* Would the word begin a block at the start of a line: a list, a heading, a quotation, a rule? */
static bool begins_block(struct iv_str word)
{
	size_t digits = 0;

	if (word.len && strchr("#>-+*=|", word.ptr[0]))
		return true;
	while (digits < word.len && iv_is_digit(word.ptr[digits]))
		digits++;
	return digits && digits < word.len && strchr(".)", word.ptr[digits]);
}

void iv_prose_item(struct iv_buf *out, const char *mark, struct iv_str markdown)
{
	size_t indent = strlen(mark), column = indent;
	struct iv_str rest = iv_str_trim(markdown);

	iv_buf_puts(out, mark);
	for (bool first = true; rest.len; first = false) {
		struct iv_str word = iv_str_word(rest, &rest);
		size_t width = iv_utf8_width(word);

		if (!first && column + 1 + width > IV_PROSE_WIDTH && !begins_block(word)) {
			iv_buf_putc(out, '\n');
			if (mark[0] == '>')
				iv_buf_puts(out, mark);
			else
				iv_buf_printf(out, "%*s", (int)indent, "");
			column = indent;
		} else if (!first) {
			iv_buf_putc(out, ' ');
			column++;
		}
		iv_buf_str(out, word);
		column += width;
	}
	iv_buf_putc(out, '\n');
}

void iv_prose_quote(struct iv_buf *out, struct iv_str markdown)
{
	struct iv_str line;

	while (iv_str_line(&line, &markdown)) {
		iv_buf_putc(out, '>');
		if (line.len)
			iv_buf_putc(out, ' ');
		iv_buf_visible(out, line, true);
		iv_buf_putc(out, '\n');
	}
}

void iv_prose_day(struct iv_buf *out, iv_day day)
{
	iv_view_day(out, day);
	iv_buf_printf(out, " %d", iv_civil_of(day).year);
}

void iv_prose_time(struct iv_buf *out, int minute)
{
	minute %= 24 * 60;
	iv_buf_printf(out, "%02d:%02d", minute / 60, minute % 60);
}

void iv_prose_text(struct iv_buf *out, const char *text)
{
	size_t from = out->len;

	if (!text)
		return;
	iv_markdown_text(out, iv_view_link(iv_str_of(text)));
	/* Behind other words a number's plus begins no list. */
	if (from && out->len > from + 1 && strchr("+-=>", out->ptr[from + 1]) &&
	    out->ptr[from] == '\\')
		memmove(out->ptr + from, out->ptr + from + 1, out->len-- - from);
}

void iv_prose_url(struct iv_buf *out, const char *url)
{
	struct iv_buf shown = IV_BUF_INIT;
	struct iv_str text = iv_str_trim(iv_str_of(url));
	bool plain = text.len && !strpbrk(text.ptr, " \t<>\\");

	iv_buf_visible(&shown, text, true);
	if (plain && iv_str_eq(iv_buf_view(&shown), text))
		iv_buf_printf(out, "<%.*s>", IV_STR_ARG(text));
	else
		iv_prose_text(out, url);
	iv_buf_release(&shown);
}
