/* A text as YAML reads it back. */
#include <string.h>

#include "base/utf8.h"
#include "yaml/yaml.h"

/* Without quotes, in a list in brackets too. */
static bool is_plain(struct iv_str text)
{
	struct iv_str number = iv_str_slice(text, text.len && text.ptr[0] == '-', text.len);

	if (!number.len || iv_str_trim(text).len != text.len ||
	    strchr(" -?:,[]{}#&*!|>'\"%@`=~<", number.ptr[0]))
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (strchr(",[]{}", text.ptr[i]) ||
		    (text.ptr[i] == ':' && (i + 1 == text.len || iv_is_space(text.ptr[i + 1]))) ||
		    (text.ptr[i] == '#' && iv_is_space(text.ptr[i - 1])))
			return false;
	return true;
}

/* In double quotes, where what a terminal might obey has the same escapes that YAML has. */
static void add_escaped(struct iv_buf *out, struct iv_str text)
{
	struct iv_buf quoted = IV_BUF_INIT;

	for (size_t i = 0; i < text.len; i++) {
		if (strchr("\"\\", text.ptr[i]) && text.ptr[i])
			iv_buf_putc(&quoted, '\\');
		iv_buf_putc(&quoted, text.ptr[i]);
	}
	iv_buf_putc(out, '"');
	iv_buf_visible(out, iv_buf_view(&quoted), true);
	iv_buf_putc(out, '"');
	iv_buf_release(&quoted);
}

static void add_quoted(struct iv_buf *out, struct iv_str text)
{
	iv_buf_putc(out, '\'');
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\'')
			iv_buf_putc(out, '\'');
		iv_buf_putc(out, text.ptr[i]);
	}
	iv_buf_putc(out, '\'');
}

void iv_yaml_add(struct iv_buf *out, struct iv_str text)
{
	struct iv_buf visible = IV_BUF_INIT;

	iv_buf_visible(&visible, text, true);
	if (!iv_str_eq(iv_buf_view(&visible), text))
		add_escaped(out, text);
	else if (is_plain(text))
		iv_buf_str(out, text);
	else
		add_quoted(out, text);
	iv_buf_release(&visible);
}

void iv_yaml_add_list(struct iv_buf *out, const char *const *texts, size_t count)
{
	iv_buf_putc(out, '[');
	for (size_t i = 0; i < count; i++) {
		if (i)
			iv_buf_puts(out, ", ");
		iv_yaml_add(out, iv_str_of(texts[i]));
	}
	iv_buf_putc(out, ']');
}
