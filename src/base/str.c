#include "base/str.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct iv_str iv_str_of(const char *text)
{
	return (struct iv_str){text, text ? strlen(text) : 0};
}

bool iv_str_is(struct iv_str a, const char *text)
{
	return iv_str_eq(a, iv_str_of(text));
}

bool iv_str_eq_nocase(struct iv_str a, struct iv_str b)
{
	size_t i;

	for (i = 0; i < a.len && i < b.len; i++)
		if (iv_to_lower(a.ptr[i]) != iv_to_lower(b.ptr[i]))
			return false;
	return a.len == b.len;
}

bool iv_str_is_nocase(struct iv_str a, const char *text)
{
	return iv_str_eq_nocase(a, iv_str_of(text));
}

bool iv_str_is_ascii(struct iv_str a)
{
	unsigned char all = 0;

	for (size_t i = 0; i < a.len; i++)
		all |= (unsigned char)a.ptr[i];
	return all < 0x80;
}

bool iv_str_starts(struct iv_str a, const char *prefix)
{
	size_t len = strlen(prefix);

	return a.len >= len && (!len || !memcmp(a.ptr, prefix, len));
}

bool iv_str_ends(struct iv_str a, const char *suffix)
{
	size_t len = strlen(suffix);

	return a.len >= len && (!len || !memcmp(a.ptr + a.len - len, suffix, len));
}

int iv_str_cmp(struct iv_str a, struct iv_str b)
{
	size_t shorter = a.len < b.len ? a.len : b.len;
	int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

struct iv_str iv_str_trim(struct iv_str a)
{
	while (a.len && iv_is_space(a.ptr[a.len - 1]))
		a.len--;
	while (a.len && iv_is_space(a.ptr[0])) {
		a.ptr++;
		a.len--;
	}
	return a;
}

struct iv_str iv_str_without_bom(struct iv_str a)
{
	return iv_str_starts(a, "\xef\xbb\xbf") ? iv_str_slice(a, 3, a.len) : a;
}

struct iv_str iv_str_word(struct iv_str a, struct iv_str *rest)
{
	size_t end = 0;

	while (end < a.len && !iv_is_space(a.ptr[end]))
		end++;
	if (rest) {
		struct iv_str after = iv_str_slice(a, end, a.len);

		while (after.len && iv_is_space(after.ptr[0]))
			after = iv_str_slice(after, 1, after.len);
		*rest = after;
	}
	return iv_str_slice(a, 0, end);
}

bool iv_str_line(struct iv_str *line, struct iv_str *rest)
{
	size_t end = 0, next;

	if (!rest->len)
		return false;
	while (end < rest->len && rest->ptr[end] != '\n' && rest->ptr[end] != '\r')
		end++;
	next = end;
	if (next < rest->len)
		next += rest->ptr[next] == '\r' && next + 1 < rest->len &&
					rest->ptr[next + 1] == '\n'
				? 2
				: 1;
	*line = iv_str_slice(*rest, 0, end);
	*rest = iv_str_slice(*rest, next, rest->len);
	return true;
}

size_t iv_str_find_char(struct iv_str a, char c)
{
	const char *at = a.len ? memchr(a.ptr, c, a.len) : NULL;

	return at ? (size_t)(at - a.ptr) : SIZE_MAX;
}

size_t iv_str_find(struct iv_str a, struct iv_str needle)
{
	size_t from = 0;

	if (!needle.len)
		return 0;
	while (a.len - from >= needle.len) {
		/* The first byte must leave room for the others. */
		struct iv_str where = iv_str_slice(a, from, a.len - needle.len + 1);
		size_t at = iv_str_find_char(where, needle.ptr[0]);

		if (at == SIZE_MAX)
			return SIZE_MAX;
		if (!memcmp(where.ptr + at, needle.ptr, needle.len))
			return from + at;
		from += at + 1;
	}
	return SIZE_MAX;
}

bool iv_is_digit(int c)
{
	return c >= '0' && c <= '9';
}

bool iv_is_alpha(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool iv_str_int(int *out, struct iv_str a)
{
	int value = 0;
	size_t i;

	if (!a.len)
		return false;
	for (i = 0; i < a.len; i++) {
		int digit = a.ptr[i] - '0';

		if (!iv_is_digit(a.ptr[i]) || value > (INT_MAX - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	*out = value;
	return true;
}

void iv_buf_release(struct iv_buf *buf)
{
	free(buf->ptr);
	*buf = (struct iv_buf)IV_BUF_INIT;
}

void iv_buf_clear(struct iv_buf *buf)
{
	buf->len = 0;
	if (buf->ptr)
		buf->ptr[0] = '\0';
}

void iv_buf_reserve(struct iv_buf *buf, size_t more)
{
	size_t wanted;

	if (buf->capacity > buf->len && more < buf->capacity - buf->len)
		return;
	/* A sum that overflows asks for more than there is, and iv_realloc() ends it. */
	wanted = more > SIZE_MAX / 2 - buf->len ? SIZE_MAX : buf->len + more + 1;
	if (wanted < 64)
		wanted = 64;
	if (wanted < buf->capacity * 2)
		wanted = buf->capacity * 2;
	buf->ptr = iv_realloc(buf->ptr, wanted);
	buf->capacity = wanted;
	buf->ptr[buf->len] = '\0';
}

void iv_buf_add(struct iv_buf *buf, const void *bytes, size_t len)
{
	iv_buf_reserve(buf, len);
	if (len)
		memcpy(buf->ptr + buf->len, bytes, len);
	buf->len += len;
	buf->ptr[buf->len] = '\0';
}

void iv_buf_str(struct iv_buf *buf, struct iv_str text)
{
	iv_buf_add(buf, text.ptr, text.len);
}

void iv_buf_puts(struct iv_buf *buf, const char *text)
{
	iv_buf_add(buf, text, strlen(text));
}

void iv_buf_putc(struct iv_buf *buf, char c)
{
	iv_buf_add(buf, &c, 1);
}

void iv_buf_printf(struct iv_buf *buf, const char *format, ...)
{
	va_list args, again;
	int len;

	va_start(args, format);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, args);
	if (len > 0) {
		iv_buf_reserve(buf, (size_t)len);
		vsnprintf(buf->ptr + buf->len, (size_t)len + 1, format, again);
		buf->len += (size_t)len;
	}
	va_end(again);
	va_end(args);
}

struct iv_str iv_buf_view(const struct iv_buf *buf)
{
	return (struct iv_str){buf->ptr ? buf->ptr : "", buf->len};
}

char *iv_buf_detach(struct iv_buf *buf)
{
	char *text = buf->ptr ? buf->ptr : iv_strdup("");

	*buf = (struct iv_buf)IV_BUF_INIT;
	return text;
}

uint64_t iv_hash(struct iv_str text)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	size_t i;

	for (i = 0; i < text.len; i++) {
		hash ^= (unsigned char)text.ptr[i];
		hash *= UINT64_C(0x100000001b3);
	}
	return hash;
}
