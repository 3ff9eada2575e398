#include <string.h>

#include "note/bytes.h"
#include "note/task.h"

static bool is_mark(struct iv_str text, size_t at, size_t *len)
{
	struct iv_str rest;

	*len = 1;
	if (text.ptr[at] == '?')
		return true;
	if (!((unsigned char)text.ptr[at] & 0x80))
		return false;
	/* Full-width and Arabic question marks. */
	rest = iv_str_slice(text, at, text.len);
	*len = iv_str_starts(rest, "\xef\xbc\x9f") ? 3 : iv_str_starts(rest, "\xd8\x9f") ? 2 : 0;
	return *len > 0;
}

/* Quotes, brackets and emphasis that close behind a sentence's end. */
static size_t skip_closers(struct iv_str text, size_t at)
{
	for (;;) {
		struct iv_str rest = iv_str_slice(text, at, text.len);

		if (rest.len && strchr("?!\"')]*_`", rest.ptr[0]))
			at++;
		else if (iv_str_starts(rest, "\xe2\x80\x9d") || iv_str_starts(rest, "\xe2\x80\x99"))
			at += 3;
		else if (iv_str_starts(rest, "\xc2\xbb"))
			at += 2;
		else
			return at;
	}
}

static bool ends_here(struct iv_str text, size_t at)
{
	return at >= text.len || iv_byte_is_space(text.ptr[at]);
}

/* A full stop behind `Mr` or `e.g` is not the end of a sentence. */
static bool is_abbreviation(struct iv_str text, size_t stop)
{
	static const char *const words[] = {"mr",  "mrs", "ms",  "dr", "prof", "st", "inc",
					    "co",  "vs",  "etc", "no", "jr",   "sr", "e.g",
					    "i.e", "eg",  "ie",  "ca", "dept", NULL};
	size_t from = stop, i;

	while (from && !iv_byte_is_space(text.ptr[from - 1]) && stop - from < 8)
		from--;
	for (i = 0; words[i]; i++)
		if (iv_str_is_nocase(iv_str_slice(text, from, stop), words[i]))
			return true;
	/* An initial. */
	return stop - from == 1 && iv_is_alpha(text.ptr[from]);
}

static void add(struct iv_reader *reader, const struct iv_passage *passage, size_t from, size_t to)
{
	struct iv_question question;

	question.text = iv_str_trim(iv_str_slice(passage->text, from, to));
	if (!question.text.len)
		return;
	from = (size_t)(question.text.ptr - passage->text.ptr);
	question.pos = iv_passage_pos(passage, from);
	IV_PUSH(reader->questions, question);
}

/* The end of the sentence that begins at `from`; *asks: with a question mark. */
static size_t sentence_end(const struct iv_passage *passage, size_t from, bool *asks)
{
	struct iv_str text = passage->text;
	size_t at, end, len;

	*asks = false;
	for (at = from; at < text.len; at++) {
		bool mark = is_mark(text, at, &len);

		if (!mark && text.ptr[at] != '.' && text.ptr[at] != '!')
			continue;
		end = skip_closers(text, at + (mark ? len : 1));
		if (!ends_here(text, end) || iv_is_literal(passage, at) ||
		    (text.ptr[at] == '.' && is_abbreviation(text, at))) {
			at = end - 1;
			continue;
		}
		*asks = mark;
		return end;
	}
	return text.len;
}

static bool is_blank(struct iv_str text, size_t from)
{
	return !iv_str_trim(iv_str_slice(text, from, text.len)).len;
}

bool iv_questions_read(struct iv_reader *reader, const struct iv_passage *passage, size_t from,
		       bool whole)
{
	size_t at = from, end;
	bool asks, any = false;

	while (at < passage->text.len && !is_blank(passage->text, at)) {
		end = sentence_end(passage, at, &asks);
		if (asks) {
			add(reader, passage, at, end);
			any = true;
		}
		at = end;
	}
	if (!any && whole)
		add(reader, passage, from, passage->text.len);
	return any;
}
