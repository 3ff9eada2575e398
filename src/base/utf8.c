#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* The length of the leading run of ASCII, eight bytes at a time. */
static size_t ascii_run(const char *bytes, size_t len)
{
	const uint64_t high = UINT64_C(0x8080808080808080);
	size_t at = 0;
	uint64_t eight;

	for (; len - at >= sizeof(eight); at += sizeof(eight)) {
		memcpy(&eight, bytes + at, sizeof(eight));
		if (eight & high)
			break;
	}
	while (at < len && !(bytes[at] & 0x80))
		at++;
	return at;
}

static bool is_tail(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

/*
 * The length of the valid code point at the start, or 0. RFC 3629, section 4: no overlong forms,
 * no surrogates, nothing beyond U+10FFFF; each shows in the second byte's range.
 */
static size_t valid_length(const unsigned char *bytes, size_t len)
{
	unsigned char first = bytes[0], low = 0x80, high = 0xbf;
	size_t wanted, i;

	if (first < 0x80)
		return 1;
	if (first < 0xc2 || first > 0xf4)
		return 0;
	wanted = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	switch (first) {
	case 0xe0: low = 0xa0; break;
	case 0xed: high = 0x9f; break;
	case 0xf0: low = 0x90; break;
	case 0xf4: high = 0x8f; break;
	}
	if (len < wanted || bytes[1] < low || bytes[1] > high)
		return 0;
	for (i = 2; i < wanted; i++)
		if (!is_tail(bytes[i]))
			return 0;
	return wanted;
}

size_t iv_utf8_invalid(struct iv_str text)
{
	size_t at = 0, step;

	while (at < text.len) {
		at += ascii_run(text.ptr + at, text.len - at);
		if (at == text.len)
			break;
		step = valid_length((const unsigned char *)text.ptr + at, text.len - at);
		if (!step)
			return at;
		at += step;
	}
	return SIZE_MAX;
}

size_t iv_utf8_no_text(struct iv_str bytes)
{
	size_t invalid = iv_utf8_invalid(bytes), nul = iv_str_find_char(bytes, '\0');

	return nul < invalid ? nul : invalid;
}

size_t iv_utf8_next(struct iv_str text)
{
	size_t len;

	if (!text.len)
		return 0;
	len = valid_length((const unsigned char *)text.ptr, text.len);
	return len ? len : 1;
}

size_t iv_utf8_count(struct iv_str text, size_t bytes)
{
	size_t at = 0, count = 0;

	if (bytes > text.len)
		bytes = text.len;
	while (at < bytes) {
		size_t run = ascii_run(text.ptr + at, bytes - at);

		at += run;
		count += run;
		if (at < bytes) {
			at += iv_utf8_next(iv_str_slice(text, at, text.len));
			count++;
		}
	}
	return count;
}

/* The code point at the start and its length; -1 and 1 for a stray byte. */
static size_t decode(int32_t *out, struct iv_str text)
{
	const unsigned char *bytes = (const unsigned char *)text.ptr;
	size_t len = valid_length(bytes, text.len), i;

	if (!len) {
		*out = -1;
		return 1;
	}
	*out = len == 1 ? bytes[0] : bytes[0] & (0xff >> (len + 1));
	for (i = 1; i < len; i++)
		*out = *out << 6 | (bytes[i] & 0x3f);
	return len;
}

static bool is_white(int32_t c)
{
	if (c < 0x80)
		return iv_is_space(c);
	return c == 0x85 || c == 0x2028 || c == 0x2029 ||
	       utf8proc_category(c) == UTF8PROC_CATEGORY_ZS;
}

static struct iv_str fold_ascii(struct iv_arena *arena, struct iv_str text)
{
	char *out = iv_arena_alloc(arena, text.len + 1);
	size_t len = 0, i;

	for (i = 0; i < text.len; i++) {
		if (!iv_is_space(text.ptr[i]))
			out[len++] = (char)iv_to_lower(text.ptr[i]);
		else if (!len || out[len - 1] != ' ')
			out[len++] = ' ';
	}
	out[len] = '\0';
	return (struct iv_str){out, len};
}

/* Runs of white space become one space, in place. */
static size_t squeeze(int32_t *points, size_t count)
{
	size_t kept = 0, i;

	for (i = 0; i < count; i++) {
		if (!is_white(points[i]))
			points[kept++] = points[i];
		else if (!kept || points[kept - 1] != ' ')
			points[kept++] = ' ';
	}
	return kept;
}

/* Writes code points as UTF-8 into the arena. */
static struct iv_str encode(struct iv_arena *arena, const int32_t *points, size_t count)
{
	char *out = iv_arena_alloc(arena, count * 4 + 1);
	size_t len = 0, i;

	for (i = 0; i < count; i++)
		len += (size_t)utf8proc_encode_char(points[i], (utf8proc_uint8_t *)out + len);
	out[len] = '\0';
	return (struct iv_str){out, len};
}

static struct iv_str fold_unicode(struct iv_arena *arena, struct iv_str text)
{
	const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD;
	const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text.ptr;
	int32_t few[256], *points = few;
	utf8proc_ssize_t capacity = sizeof(few) / sizeof(*few), count;
	struct iv_str folded;

	/* The answer is the size that was needed, of which a larger buffer then makes use. */
	count = utf8proc_decompose(bytes, (utf8proc_ssize_t)text.len, points, capacity, options);
	if (count > capacity) {
		capacity = count;
		points = iv_calloc((size_t)capacity, sizeof(*points));
		count = utf8proc_decompose(bytes, (utf8proc_ssize_t)text.len, points, capacity,
					   options);
	}
	if (count >= 0)
		count = utf8proc_normalize_utf32(points, count, options);
	if (count >= 0)
		folded = encode(arena, points, squeeze(points, (size_t)count));
	else
		folded = iv_arena_str(arena, text);
	if (points != few)
		free(points);
	return folded;
}

struct iv_str iv_fold(struct iv_arena *arena, struct iv_str text)
{
	if (ascii_run(text.ptr, text.len) == text.len)
		return fold_ascii(arena, text);
	return fold_unicode(arena, text);
}

struct iv_str iv_fold_key(struct iv_arena *arena, struct iv_str text)
{
	struct iv_str key = iv_fold(arena, text);
	char *bytes = (char *)key.ptr;
	size_t i;

	for (i = 0; i < key.len; i++)
		if (bytes[i] == '_' || bytes[i] == ' ')
			bytes[i] = '-';
	return key;
}

static bool is_bidi_control(int32_t c)
{
	return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* True when the character must not reach a terminal as it is. */
static bool is_unsafe(int32_t c, bool newlines)
{
	if (c == '\t' || (c == '\n' && !newlines))
		return false;
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || is_bidi_control(c) || c == 0x2028 ||
	       c == 0x2029;
}

static void put_escape(struct iv_buf *buf, int32_t c, unsigned char byte)
{
	if (c == '\n')
		iv_buf_puts(buf, "\\n");
	else if (c == '\r')
		iv_buf_puts(buf, "\\r");
	else if (c < 0x80)
		iv_buf_printf(buf, "\\x%02x", byte);
	else
		iv_buf_printf(buf, "\\u%04x", (unsigned)c);
}

void iv_buf_visible(struct iv_buf *buf, struct iv_str text, bool newlines)
{
	size_t at = 0, done = 0, step;
	int32_t c;

	for (; at < text.len; at += step) {
		unsigned char byte = (unsigned char)text.ptr[at];

		step = 1;
		if (byte >= 0x20 && byte < 0x7f)
			continue;
		step = decode(&c, iv_str_slice(text, at, text.len));
		/* CR moves the cursor back over what was written, unless a line ends with it. */
		if (c == '\r' && !newlines && at + 1 < text.len && text.ptr[at + 1] == '\n')
			continue;
		if (!is_unsafe(c, newlines))
			continue;
		iv_buf_str(buf, iv_str_slice(text, done, at));
		put_escape(buf, c, byte);
		done = at + step;
	}
	iv_buf_str(buf, iv_str_slice(text, done, text.len));
}

size_t iv_utf8_width(struct iv_str text)
{
	size_t at = 0, width = 0;
	int32_t c;

	while (at < text.len) {
		at += decode(&c, iv_str_slice(text, at, text.len));
		if (c >= 0x20 && c < 0x7f)
			width++;
		else
			width += c < 0 ? 1 : (size_t)utf8proc_charwidth(c);
	}
	return width;
}
