#include "cmd/completion/bash.h"

#include <string.h>

struct scan {
	struct iv_str line;
	size_t at;
	const char *breaks;
	struct iv_buf word; /* unquoted so far */
	bool begun;         /* it may be empty: '' */
	struct bash_line *out;
};

/* The next byte, where a backslash takes one along. */
static char take(struct scan *scan)
{
	char c = scan->line.ptr[scan->at++];
	bool escapes = c == '\\' && scan->out->quote != '\'' && scan->at < scan->line.len;
	bool plain =
		escapes && scan->out->quote == '"' && !strchr("$`\"\\\n", scan->line.ptr[scan->at]);

	return escapes && !plain ? scan->line.ptr[scan->at++] : c;
}

/* What is behind this byte, if it is the last of its kind, is what bash replaces. */
static void mark(struct scan *scan)
{
	scan->out->replace = scan->word.len;
}

static void read_byte(struct scan *scan)
{
	char c = scan->line.ptr[scan->at];
	char quote = scan->out->quote;

	scan->begun = true;
	if (c == quote || (!quote && (c == '"' || c == '\''))) {
		scan->out->quote = quote ? 0 : c;
		scan->at++;
		mark(scan);
		return;
	}
	bool breaks = !quote && c != '\\' && strchr(scan->breaks, c);
	iv_buf_putc(&scan->word, take(scan));
	if (breaks)
		mark(scan);
}

static void end_word(struct scan *scan, struct iv_arena *arena, size_t *capacity)
{
	struct bash_line *out = scan->out;

	if ((size_t)out->count == *capacity) {
		*capacity = *capacity ? 2 * *capacity : 16;
		char **grown = iv_arena_calloc(arena, *capacity, sizeof(*grown));
		for (int i = 0; i < out->count; i++)
			grown[i] = out->words[i];
		out->words = grown;
	}
	out->words[out->count++] = (char *)iv_arena_str(arena, iv_buf_view(&scan->word)).ptr;
	iv_buf_clear(&scan->word);
	scan->begun = false;
}

void bash_read(struct bash_line *out, struct iv_arena *arena, struct iv_str line,
	       const char *breaks)
{
	struct scan scan = {.line = line, .breaks = breaks, .word = IV_BUF_INIT, .out = out};
	size_t capacity = 0;

	*out = (struct bash_line){0};
	while (scan.at < line.len) {
		if (out->quote || !iv_is_space(line.ptr[scan.at])) {
			read_byte(&scan);
			continue;
		}
		if (scan.begun)
			end_word(&scan, arena, &capacity);
		out->replace = 0;
		scan.at++;
	}
	end_word(&scan, arena, &capacity);
	iv_buf_release(&scan.word);
}

void bash_quote(struct iv_buf *out, const struct bash_line *line, struct iv_str word)
{
	const char *special = line->quote == '"' ? "$`\"\\" : " \t\n!\"#$&'()*;<>?[\\]^`{|}~";

	for (size_t i = line->replace; i < word.len; i++) {
		char c = word.ptr[i];
		if (line->quote == '\'' && c == '\'')
			iv_buf_puts(out, "'\\'");
		else if (line->quote != '\'' && strchr(special, c))
			iv_buf_putc(out, '\\');
		iv_buf_putc(out, c);
	}
}
