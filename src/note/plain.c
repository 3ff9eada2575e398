#include "note/plain.h"

#include <string.h>

#include "note/bytes.h"

struct plain {
	struct iv_buf *out;
	struct iv_str text;
	size_t at;
	char gap; /* waits for the next word: 0, ' ' or '\n' */
};

static bool starts(const struct plain *plain, const char *prefix)
{
	return iv_str_starts(iv_str_slice(plain->text, plain->at, plain->text.len), prefix);
}

static void add(struct plain *plain, const char *bytes, size_t len)
{
	if (plain->gap && plain->out->len)
		iv_buf_putc(plain->out, plain->gap);
	plain->gap = 0;
	iv_buf_add(plain->out, bytes, len);
}

/* Behind the next `end`, or at the text's end. */
static void skip_past(struct plain *plain, const char *end)
{
	struct iv_str rest = iv_str_slice(plain->text, plain->at, plain->text.len);
	size_t found = iv_str_find(rest, iv_str_of(end));

	plain->at = found == SIZE_MAX ? plain->text.len : plain->at + found + strlen(end);
}

/* ---- lines ---- */

static char peek(const struct plain *plain, size_t ahead)
{
	size_t at = plain->at + ahead;

	return at < plain->text.len ? plain->text.ptr[at] : '\n';
}

/* `-`, `*`, `+`, `>`, `##`, `1.`, `[ ]` where a line begins: its length, or 0. */
static size_t mark_length(const struct plain *plain)
{
	size_t len = 0;

	if (peek(plain, 0) == '>')
		return 1;
	while (iv_byte_is_digit(peek(plain, len)) && len < 9)
		len++;
	if (len)
		len = strchr(".)", peek(plain, len)) ? len + 1 : 0;
	else if (peek(plain, 0) == '[' && peek(plain, 2) == ']')
		len = 3;
	else if (strchr("-*+", peek(plain, 0)))
		len = 1;
	else
		while (peek(plain, len) == '#')
			len++;
	return len && iv_byte_is_space(peek(plain, len)) ? len : 0;
}

/* White space, and where it held a line end the marks that the next line begins with. */
static void skip_space(struct plain *plain, bool line)
{
	unsigned lines = 0;
	bool marked = false;
	size_t len;

	for (;;) {
		while (plain->at < plain->text.len && iv_byte_is_space(peek(plain, 0)))
			lines += peek(plain, 0) == '\n', plain->at++;
		len = lines || line ? mark_length(plain) : 0;
		if (!len)
			break;
		marked = marked || peek(plain, 0) != '>';
		plain->at += len;
	}
	if (!plain->gap || lines > 1 || marked)
		plain->gap = lines > 1 || marked ? '\n' : ' ';
}

/* ---- what stands within a line ---- */

/* Marks beyond ASCII that say nothing else than those of it. */
static bool read_beyond(struct plain *plain)
{
	static const struct {
		const char *from, *to;
	} marks[] = {
		{"\xe2\x80\x98", "'"},   {"\xe2\x80\x99", "'"},  {"\xca\xbc", "'"},
		{"\xe2\x80\x9c", "\""},  {"\xe2\x80\x9d", "\""}, {"\xe2\x80\x9e", "\""},
		{"\xc2\xab", "\""},      {"\xc2\xbb", "\""},     {"\xe2\x80\x90", "-"},
		{"\xe2\x80\x91", "-"},   {"\xe2\x80\x93", "-"},  {"\xe2\x80\x94", "-"},
		{"\xe2\x80\xa6", "..."}, {"\xc2\xa0", " "},      {"\xe2\x80\xaf", " "},
		{"\xe2\x80\x89", " "},   {"\xc2\xad", ""},       {"\xe2\x80\x8b", ""},
		{"\xe2\x81\xa0", ""},    {"\xef\xbb\xbf", ""},
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		if (!starts(plain, marks[i].from))
			continue;
		plain->at += strlen(marks[i].from);
		if (marks[i].to[0] == ' ')
			plain->gap = plain->gap ? plain->gap : ' ';
		else if (marks[i].to[0])
			add(plain, marks[i].to, strlen(marks[i].to));
		return true;
	}
	return false;
}

/* `[[target|words]]`: the words. */
static void read_wiki_link(struct plain *plain)
{
	size_t from = plain->at + 2;
	struct iv_str rest = iv_str_slice(plain->text, from, plain->text.len), words;
	size_t len = iv_str_find(rest, IV_LIT("]]")), bar;

	if (len == SIZE_MAX) {
		plain->at = from;
		return;
	}
	words = iv_str_slice(rest, 0, len);
	bar = iv_str_find_char(words, '|');
	words = iv_str_slice(words, bar == SIZE_MAX ? 0 : bar + 1, len);
	add(plain, words.ptr, words.len);
	plain->at = from + len + 2;
}

/* The destination goes with the brackets. */
static void read_bracket(struct plain *plain)
{
	if (starts(plain, "[[")) {
		read_wiki_link(plain);
	} else if (starts(plain, "](")) {
		skip_past(plain, ")");
	} else {
		plain->at++;
	}
}

/* `<b>`, `</b>`, `<https://…>`; a less-than sign stays. */
static void read_angle(struct plain *plain)
{
	struct iv_str rest = iv_str_slice(plain->text, plain->at, plain->text.len);
	size_t end = iv_str_find_char(rest, '>');

	if (starts(plain, "<!--")) {
		skip_past(plain, "-->");
	} else if (rest.len > 1 && (iv_byte_is_letter(rest.ptr[1]) || rest.ptr[1] == '/') &&
		   end != SIZE_MAX && end < 256) {
		plain->at += end + 1;
		plain->gap = plain->gap ? plain->gap : ' ';
	} else {
		add(plain, "<", 1);
		plain->at++;
	}
}

static bool is_emphasis(const struct plain *plain)
{
	char c = peek(plain, 0);
	bool inside = plain->at && iv_byte_is_word(plain->text.ptr[plain->at - 1]) &&
		      iv_byte_is_word(peek(plain, 1));

	return c == '*' || c == '`' || (c == '_' && !inside) || starts(plain, "~~");
}

static void read_byte(struct plain *plain)
{
	char c = peek(plain, 0);

	if (iv_byte_is_space(c)) {
		skip_space(plain, false);
	} else if (c == '[' || c == ']') {
		read_bracket(plain);
	} else if (c == '<') {
		read_angle(plain);
	} else if (is_emphasis(plain)) {
		plain->at += c == '~' ? 2 : 1;
	} else if (!((unsigned char)c & 0x80) || !read_beyond(plain)) {
		plain->at += c == '\\' && !iv_byte_is_word(peek(plain, 1)) &&
			     !iv_byte_is_space(peek(plain, 1));
		add(plain, plain->text.ptr + plain->at, plain->at < plain->text.len);
		plain->at++;
	}
}

/* Most of a text: what stands for itself, wherever it stands. */
static bool is_ordinary(unsigned char c)
{
	static const bool special[256] = {['*'] = true, ['_'] = true, ['`'] = true, ['~'] = true,
					  ['['] = true, [']'] = true, ['<'] = true, ['\\'] = true};

	return c > ' ' && c < 0x7f && !special[c];
}

static void read_words(struct plain *plain)
{
	const char *from = plain->text.ptr + plain->at, *end = plain->text.ptr + plain->text.len;
	const char *to = from;

	while (to < end &&
	       (is_ordinary((unsigned char)*to) ||
		(*to == ' ' && to > from && to + 1 < end && is_ordinary((unsigned char)to[1]))))
		to++;
	if (to > from)
		add(plain, from, (size_t)(to - from));
	plain->at += (size_t)(to - from);
}

void iv_plain_text(struct iv_buf *out, struct iv_str text)
{
	struct plain plain = {.out = out, .text = text};

	if (text.len > IV_PLAIN_MAX) {
		plain.text.len = IV_PLAIN_MAX;
		while (plain.text.len && ((unsigned char)text.ptr[plain.text.len] & 0xc0) == 0x80)
			plain.text.len--;
	}
	skip_space(&plain, true);
	plain.gap = 0;
	for (read_words(&plain); plain.at < plain.text.len; read_words(&plain))
		read_byte(&plain);
}
