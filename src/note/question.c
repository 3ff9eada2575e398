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

/* In a table of questions, what stands behind the last bar. */
static struct iv_str cell_of(struct iv_str text)
{
	size_t at = text.len;

	while (text.len && text.ptr[0] == '|' && at && text.ptr[at - 1] != '|')
		at--;
	return iv_str_slice(text, text.len && text.ptr[0] == '|' ? at : 0, text.len);
}

static void add(struct iv_reader *reader, const struct iv_passage *passage, size_t from, size_t to)
{
	struct iv_question question;

	question.text = iv_str_trim(cell_of(iv_str_slice(passage->text, from, to)));
	if (!question.text.len)
		return;
	from = (size_t)(question.text.ptr - passage->text.ptr);
	question.pos = iv_passage_pos(passage, from);
	IV_PUSH(reader->questions, question);
}

/* ---- what asks without a question mark ---- */

static bool is_among(struct iv_str word, const char *const *words)
{
	for (; *words; words++)
		if (iv_str_is_nocase(word, *words))
			return true;
	return false;
}

/* The next word without what stands around it. */
static struct iv_str next_word(struct iv_str *rest)
{
	struct iv_str word = iv_str_word(*rest, rest);

	while (word.len && strchr("\"'(*_", word.ptr[0]))
		word = iv_str_slice(word, 1, word.len);
	while (word.len && strchr("\"')*_.,;:!", word.ptr[word.len - 1]))
		word.len--;
	return word;
}

static bool is_asking_word(struct iv_str word)
{
	static const char *const words[] = {"what",  "how",   "which", "why",  "where",
					    "when",  "whose", "who",   "whom", "what's",
					    "how's", "who's", NULL};

	return is_among(word, words);
}

/* `What is`, `how many hours do`, `who else`, but not `what I` or `how the`. */
static bool asks_with_a_word(struct iv_str first, struct iv_str rest)
{
	static const char *const told[] = {"i",    "you",  "he",   "she",   "it",
					   "we",   "they", "the",  "my",    "to",
					   "your", "this", "that", "their", NULL};
	static const char *const verbs[] = {"is",    "are",   "was",  "were",  "do",   "does",
					    "did",   "can",   "will", "has",   "had",  "have",
					    "could", "would", "may",  "must",  "made", "should",
					    "might", "makes", "else", "about", NULL};
	struct iv_str word = next_word(&rest);

	if (!word.len || is_among(word, told))
		return false;
	if (iv_str_is_nocase(first, "who") || iv_str_is_nocase(first, "whom") ||
	    first.ptr[first.len - 2] == '\'')
		return true;
	for (int i = 0; i < 4 && word.len; i++, word = next_word(&rest))
		if (is_among(word, verbs))
			return true;
	return false;
}

/* People forget the mark, or end with a full stop: `How did you start.`, `Ask about the merger`. */
static bool asks_by_words(struct iv_str sentence)
{
	static const char *const orders[] = {"about", "for", "whether", "if",
					     "them",  "her", "him",     NULL};
	static const char *const starts[] = {"do",   "does",  "did", "is",    "are",  "was",
					     "were", "could", "can", "would", "will", "should",
					     "have", "has",   "may", NULL};
	static const char *const persons[] = {"you", "they",   "he",    "she",
					      "i",   "people", "there", NULL};
	struct iv_str rest = iv_str_trim(sentence), first = next_word(&rest), after = rest, second;

	if (is_asking_word(first))
		return asks_with_a_word(first, rest);
	second = next_word(&after);
	if (iv_str_is_nocase(first, "ask"))
		return is_asking_word(second) || is_among(second, orders);
	if (iv_str_is_nocase(first, "tell"))
		return iv_str_is_nocase(second, "me");
	return is_among(first, starts) && is_among(second, persons);
}

/* A line that begins with a capital and asks by itself was not wrapped. */
static bool is_new_question(struct iv_str line)
{
	line = iv_str_slice(line, 0, iv_str_find_char(line, '\n'));
	return line.len && line.ptr[0] >= 'A' && line.ptr[0] <= 'Z' && asks_by_words(line);
}

/* ---- sentences ---- */

/* The end of the sentence that begins at `from`; *asks: with a question mark. */
static size_t sentence_end(const struct iv_passage *passage, size_t from, bool *asks)
{
	struct iv_str text = passage->text;
	size_t at, end, len;

	*asks = false;
	for (at = from; at < text.len; at++) {
		bool mark = is_mark(text, at, &len);

		if (text.ptr[at] == '\n' && at > from &&
		    is_new_question(iv_str_slice(text, at + 1, text.len)))
			return at + 1;
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
		if (asks || asks_by_words(iv_str_slice(passage->text, at, end))) {
			add(reader, passage, at, end);
			any = true;
		}
		at = end;
	}
	if (!any && whole)
		add(reader, passage, from, passage->text.len);
	return any;
}
