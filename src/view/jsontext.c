#include "view/jsontext.h"

#include <stdlib.h>

#include <ivnotes/view.h>

#include "base/utf8.h"

json_t *iv_json_str(struct iv_str text)
{
	struct iv_buf buf = IV_BUF_INIT;
	if (!text.ptr)
		return json_null();
	if (iv_utf8_invalid(text) == SIZE_MAX)
		return json_stringn(text.ptr, text.len);
	while (text.len) {
		size_t good = iv_utf8_invalid(text);
		size_t end = good == SIZE_MAX ? text.len : good;
		iv_buf_add(&buf, text.ptr, end);
		if (good != SIZE_MAX)
			iv_buf_puts(&buf, "\xef\xbf\xbd");
		text = iv_str_slice(text, good == SIZE_MAX ? end : end + 1, text.len);
	}
	json_t *out = json_stringn(buf.ptr, buf.len);
	iv_buf_release(&buf);
	return out;
}

json_t *iv_json_text(const char *text)
{
	return iv_json_str(iv_str_of(text));
}

json_t *iv_json_count(size_t count)
{
	return json_integer((json_int_t)count);
}

json_t *iv_json_number(int64_t value, int64_t absent)
{
	return value == absent ? json_null() : json_integer(value);
}

json_t *iv_json_day(iv_day day)
{
	char text[11];
	if (day == IV_NO_DAY)
		return json_null();
	iv_day_format(text, day);
	return json_string(text);
}

json_t *iv_json_object(bool versioned)
{
	json_t *object = json_object();
	if (versioned)
		json_object_set_new(object, "version", json_integer(IV_VIEW_SCHEMA));
	return object;
}

/* The code point of two or three bytes at p that must not be shown raw, or 0. */
static unsigned dangerous(const unsigned char *p, size_t len)
{
	if (p[0] == 0x7f)
		return 0x7f;
	if (len >= 2 && p[0] == 0xc2 && p[1] < 0xa0)
		return p[1];
	if (len < 3 || p[0] != 0xe2)
		return 0;
	unsigned code = 0x2000u + ((p[1] & 0x3fu) << 6) + (p[2] & 0x3fu);
	bool bidi = code == 0x200e || code == 0x200f || (code >= 0x202a && code <= 0x202e) ||
		    (code >= 0x2066 && code <= 0x2069);
	bool line_end = code == 0x2028 || code == 0x2029;
	return bidi || line_end ? code : 0;
}

/* Outside of strings JSON is plain ASCII, so that each of these stands in a string. */
static void add_safe(struct iv_buf *buf, const char *text, size_t len)
{
	size_t from = 0, i = 0;
	while (i < len) {
		unsigned code = dangerous((const unsigned char *)text + i, len - i);
		size_t width = code > 0xff ? 3 : code > 0x7f ? 2 : 1;
		if (code) {
			iv_buf_add(buf, text + from, i - from);
			iv_buf_printf(buf, "\\u%04x", code);
			from = i + width;
		}
		i += width;
	}
	iv_buf_add(buf, text + from, len - from);
}

static int dump(const char *bytes, size_t len, void *data)
{
	iv_buf_add(data, bytes, len);
	return 0;
}

void iv_json_add(struct iv_buf *buf, json_t *value)
{
	struct iv_buf raw = IV_BUF_INIT;
	json_dump_callback(value, dump, &raw, JSON_COMPACT | JSON_ENCODE_ANY);
	if (raw.len)
		add_safe(buf, raw.ptr, raw.len);
	iv_buf_release(&raw);
	json_decref(value);
}
