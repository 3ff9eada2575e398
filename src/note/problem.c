#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"
#include "note/reader.h"

/* A text longer than this is cut in messages. */
#define QUOTED_MAX 60

static void add(struct iv_reader *reader, const char *rule, struct iv_pos pos, const char *format,
		va_list args) IV_PRINTF(4, 0);

static void add(struct iv_reader *reader, const char *rule, struct iv_pos pos, const char *format,
		va_list args)
{
	struct iv_problem problem = {rule, pos, false, {NULL, 0}};
	char words[512];
	size_t whole;

	vsnprintf(words, sizeof(words), format, args);
	problem.message = iv_str_of(words);
	whole = iv_utf8_invalid(problem.message);
	problem.message = iv_arena_str(reader->arena, iv_str_slice(problem.message, 0, whole));
	IV_PUSH(reader->problems, problem);
}

void iv_problem(struct iv_reader *reader, const char *rule, struct iv_pos pos, const char *format,
		...)
{
	va_list args;

	va_start(args, format);
	add(reader, rule, pos, format, args);
	va_end(args);
}

void iv_typed_problem(struct iv_reader *reader, const char *rule, struct iv_pos pos,
		      const char *format, ...)
{
	va_list args;

	if (reader->note->type == IV_TYPE_NONE)
		return;
	va_start(args, format);
	add(reader, rule, pos, format, args);
	va_end(args);
}

struct iv_str iv_quoted(struct iv_str text)
{
	struct iv_str line, rest = text;
	size_t len = 0, step;

	if (!iv_str_line(&line, &rest))
		return text;
	if (line.len <= QUOTED_MAX)
		return line;
	while ((step = iv_utf8_next(iv_str_slice(line, len, line.len))) && len + step <= QUOTED_MAX)
		len += step;
	return iv_str_slice(line, 0, len);
}
