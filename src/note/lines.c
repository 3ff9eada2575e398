#include "note/lines.h"

#include <stdlib.h>
#include <string.h>

void iv_lines_init(struct iv_body_lines *lines, struct iv_str text, uint32_t first_line)
{
	size_t capacity = text.len / 48 + 16;
	struct iv_str line, rest = text;

	lines->text = text;
	lines->first_line = first_line;
	lines->count = 0;
	lines->starts = iv_malloc(capacity * sizeof(*lines->starts));
	while (iv_str_line(&line, &rest)) {
		IV_GROW(lines->starts, lines->count + 1, capacity);
		lines->starts[lines->count++] = (size_t)(line.ptr - text.ptr);
	}
	lines->starts[lines->count] = text.len;
}

void iv_lines_release(struct iv_body_lines *lines)
{
	free(lines->starts);
}

struct iv_str iv_line(const struct iv_body_lines *lines, size_t number)
{
	struct iv_str line;

	if (!number || number > lines->count)
		return (struct iv_str){"", 0};
	line = iv_str_slice(lines->text, lines->starts[number - 1], lines->starts[number]);
	while (line.len && (line.ptr[line.len - 1] == '\n' || line.ptr[line.len - 1] == '\r'))
		line.len--;
	return line;
}

size_t iv_line_start(const struct iv_body_lines *lines, size_t number)
{
	if (!number)
		return 0;
	return lines->starts[number - 1 < lines->count ? number - 1 : lines->count];
}

struct iv_pos iv_line_pos(const struct iv_body_lines *lines, size_t number, size_t column)
{
	return (struct iv_pos){lines->first_line + (uint32_t)number - 1, (uint32_t)column};
}

/* Where the text of a line begins behind indentation and quote marks. */
static size_t text_start(struct iv_str line, unsigned quotes)
{
	size_t at = 0;

	for (;;) {
		while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '\t'))
			at++;
		if (!quotes || at >= line.len || line.ptr[at] != '>')
			return at;
		quotes--;
		at++;
	}
}

static struct iv_str trimmed_right(struct iv_str text)
{
	while (text.len && iv_is_space(text.ptr[text.len - 1]))
		text.len--;
	return text;
}

void iv_lines_join(struct iv_passage *passage, const struct iv_body_lines *lines,
		   struct iv_arena *arena, size_t first, size_t last, size_t column,
		   unsigned quotes)
{
	struct iv_str line = iv_line(lines, first), text;
	size_t start = column - 1 < line.len ? column - 1 : text_start(line, quotes), number;
	char *out;

	text = trimmed_right(iv_str_slice(line, start, line.len));
	iv_passage_begin(passage, text, iv_line_pos(lines, first, start + 1));
	if (last <= first)
		return;
	out = iv_arena_alloc(arena,
			     iv_line_start(lines, last + 1) - iv_line_start(lines, first) + 1);
	memcpy(out, text.ptr, text.len);
	for (number = first + 1; number <= last; number++) {
		struct iv_line_start line_start;

		line = iv_line(lines, number);
		start = text_start(line, quotes);
		out[text.len++] = '\n';
		line_start =
			(struct iv_line_start){text.len, iv_line_pos(lines, number, start + 1)};
		IV_PUSH(passage->lines, line_start);
		line = trimmed_right(iv_str_slice(line, start, line.len));
		memcpy(out + text.len, line.ptr, line.len);
		text.len += line.len;
	}
	passage->text = trimmed_right((struct iv_str){out, text.len});
}
