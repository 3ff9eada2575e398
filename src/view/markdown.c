#include "view/markdown.h"

#include <string.h>

#include "base/utf8.h"

static struct iv_str visible_line(struct iv_buf *buf, struct iv_str text)
{
	struct iv_str rest = iv_str_trim(text);
	struct iv_buf line = IV_BUF_INIT;
	while (rest.len) {
		struct iv_str word = iv_str_word(rest, &rest);
		if (line.len)
			iv_buf_putc(&line, ' ');
		iv_buf_str(&line, word);
	}
	if (line.len)
		iv_buf_visible(buf, iv_buf_view(&line), true);
	iv_buf_release(&line);
	return iv_buf_view(buf);
}

/* Where `1.` or `1)` at the start would open a numbered list: the offset of its sign, else 0. */
static size_t list_sign(struct iv_str text)
{
	size_t digits = 0;
	while (digits < text.len && iv_is_digit((unsigned char)text.ptr[digits]))
		digits++;
	bool sign = digits && digits < text.len && strchr(".)", text.ptr[digits]);
	return sign ? digits : 0;
}

/* `&amp;` would be shown as `&`; a lone one would not. */
static bool opens_entity(struct iv_str rest)
{
	return rest.len > 1 && (rest.ptr[1] == '#' || iv_is_alpha((unsigned char)rest.ptr[1]));
}

static bool wants_escape(struct iv_str text, size_t at, size_t sign)
{
	char c = text.ptr[at];
	if (strchr("\\`*_[]<~", c))
		return true;
	if (c == '&')
		return opens_entity(iv_str_slice(text, at, text.len));
	/* After a space, too, '#' is a tag to some editors. */
	if (c == '#')
		return at == 0 || text.ptr[at - 1] == ' ';
	return at == 0 ? strchr("+-=>", c) != NULL : at == sign;
}

void iv_markdown_text(struct iv_buf *out, struct iv_str text)
{
	struct iv_buf buf = IV_BUF_INIT;
	struct iv_str line = visible_line(&buf, text);
	size_t sign = list_sign(line);
	for (size_t i = 0; i < line.len; i++) {
		if (wants_escape(line, i, sign))
			iv_buf_putc(out, '\\');
		iv_buf_putc(out, line.ptr[i]);
	}
	iv_buf_release(&buf);
}
