#include "view/hits.h"

#include "base/utf8.h"
#include "view/jsontext.h"

/* A hit is one of very many: printf() would take as long as the search. */
static void add_number(struct iv_buf *out, uint32_t number)
{
	char digits[11];
	size_t at = sizeof(digits);
	digits[--at] = ':';
	do
		digits[--at] = (char)('0' + number % 10);
	while (number /= 10);
	iv_buf_add(out, digits + at, sizeof(digits) - at);
}

void iv_view_hit(struct iv_buf *out, const char *path, struct iv_pos pos, struct iv_str line)
{
	iv_buf_visible(out, iv_str_of(path), true);
	iv_buf_putc(out, ':');
	add_number(out, pos.line);
	add_number(out, pos.column);
	iv_buf_visible(out, line, true);
	iv_buf_putc(out, '\n');
}

void iv_view_hit_json(struct iv_buf *out, const char *path, struct iv_pos pos, struct iv_str line,
		      bool versioned)
{
	json_t *object = iv_json_object(versioned);
	json_object_set_new(object, "path", iv_json_text(path));
	json_object_set_new(object, "line", json_integer(pos.line));
	json_object_set_new(object, "column",
			    json_integer((json_int_t)iv_utf8_count(line, pos.column - 1) + 1));
	json_object_set_new(object, "text", iv_json_str(line));
	iv_json_add(out, object);
}
