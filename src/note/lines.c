#include "note/lines.h"

#include <stdlib.h>
#include <string.h>

#include "note/bytes.h"

/* As many blank lines in a row as somebody may have typed. */
#define BLANK_RUN_MAX 50

/* iv_str_line() for a text without CR, as all but a few are: several times as fast. */
static bool plain_line(struct iv_str *line, struct iv_str *rest)
{
	const char *end = rest->len ? memchr(rest->ptr, '\n', rest->len) : NULL;

	*line = iv_str_slice(*rest, 0, end ? (size_t)(end - rest->ptr) : rest->len);
	*rest = iv_str_slice(*rest, line->len + (end != NULL), rest->len);
	return line->len || end;
}

bool iv_is_blank(struct iv_str line)
{
	size_t at = 0;

	while (at < line.len && iv_byte_is_space(line.ptr[at]))
		at++;
	return at == line.len;
}

void iv_lines_init(struct iv_body_lines *lines, struct iv_str text, uint32_t first_line)
{
	size_t capacity = text.len / 48 + 16, blank = 0;
	bool plain = !text.len || !memchr(text.ptr, '\r', text.len);
	struct iv_str line, rest = text;

	*lines = (struct iv_body_lines){.text = text, .first_line = first_line};
	lines->starts = iv_malloc(capacity * sizeof(*lines->starts));
	while (plain ? plain_line(&line, &rest) : iv_str_line(&line, &rest)) {
		IV_GROW(lines->starts, lines->count + 1, capacity);
		lines->starts[lines->count++] = (size_t)(line.ptr - text.ptr);
		blank = iv_is_blank(line) ? blank + 1 : 0;
		if (blank > lines->blank_run)
			lines->blank_run = blank;
	}
	lines->starts[lines->count] = text.len;
}

void iv_lines_release(struct iv_body_lines *lines)
{
	free(lines->starts);
	free(lines->packed);
	free(lines->numbers);
}

struct iv_str iv_lines_packed(struct iv_body_lines *lines)
{
	size_t number, blank = 0, count = 0, len = 0;

	if (lines->blank_run <= BLANK_RUN_MAX)
		return lines->text;
	lines->packed = iv_malloc(lines->text.len);
	lines->numbers = iv_calloc(lines->count, sizeof(*lines->numbers));
	for (number = 1; number <= lines->count; number++) {
		struct iv_str line =
			iv_str_slice(lines->text, lines->starts[number - 1], lines->starts[number]);

		blank = iv_is_blank(line) ? blank + 1 : 0;
		if (blank > 2)
			continue;
		memcpy(lines->packed + len, line.ptr, line.len);
		len += line.len;
		lines->numbers[count++] = number;
	}
	lines->packed_count = count;
	return (struct iv_str){lines->packed, len};
}

size_t iv_line_number(const struct iv_body_lines *lines, size_t packed)
{
	if (!lines->numbers)
		return packed;
	return packed && packed <= lines->packed_count ? lines->numbers[packed - 1] : lines->count;
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
	while (text.len && iv_byte_is_space(text.ptr[text.len - 1]))
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
