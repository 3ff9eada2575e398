#include "base/shell.h"

#include <string.h>

/* Does a shell take every byte as it is? */
static bool is_plain(struct iv_str word)
{
	for (size_t i = 0; i < word.len; i++)
		if (!iv_is_alpha(word.ptr[i]) && !iv_is_digit(word.ptr[i]) &&
		    (unsigned char)word.ptr[i] < 0x80 && !strchr("._/-+@,:%", word.ptr[i]))
			return false;
	return word.len;
}

/* … or at least between double quotes? */
static bool is_quotable(struct iv_str word)
{
	for (size_t i = 0; i < word.len; i++)
		if (strchr("\"$`\\!", word.ptr[i]))
			return false;
	return true;
}

void iv_shell_quote(struct iv_buf *out, struct iv_str word)
{
	iv_buf_putc(out, '\'');
	for (size_t i = 0; i < word.len; i++) {
		if (word.ptr[i] == '\'')
			iv_buf_puts(out, "'\\'");
		iv_buf_putc(out, word.ptr[i]);
	}
	iv_buf_putc(out, '\'');
}

const char *iv_shell_operand(struct iv_arena *arena, struct iv_str word)
{
	struct iv_buf shown = IV_BUF_INIT;
	const char *out;

	if (iv_str_starts(word, "-"))
		iv_buf_puts(&shown, "-- ");
	if (is_plain(word))
		iv_buf_str(&shown, word);
	else if (is_quotable(word))
		iv_buf_printf(&shown, "\"%.*s\"", IV_STR_ARG(word));
	else
		iv_shell_quote(&shown, word);
	out = iv_arena_str(arena, iv_buf_view(&shown)).ptr;
	iv_buf_release(&shown);
	return out;
}
