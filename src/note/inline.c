#include "note/inline.h"

#include <stdlib.h>
#include <string.h>

#include "note/bytes.h"

/* Runs of more backticks than this are text. */
#define TICKS_MAX 32
/* As deep as CommonMark lets parentheses nest in a destination. */
#define PARENS_MAX 32

/* What is known to be missing in the rest of the text, so that nothing is searched twice. */
struct scan {
	struct iv_passage *passage;
	struct iv_reader *reader;
	struct iv_ref_site site;
	struct iv_str text;
	uint32_t no_ticks; /* bit n-1: no closing run of n backticks is left */
	bool no_comment;
};

void iv_passage_release(struct iv_passage *passage)
{
	free(passage->lines.items);
	free(passage->holes.items);
	free(passage->brackets.items);
}

void iv_passage_begin(struct iv_passage *passage, struct iv_str text, struct iv_pos pos)
{
	struct iv_line_start first = {0, pos};

	passage->text = text;
	passage->lines.count = 0;
	passage->holes.count = 0;
	passage->brackets.count = 0;
	IV_PUSH(passage->lines, first);
}

struct iv_pos iv_passage_pos(const struct iv_passage *passage, size_t at)
{
	size_t low = 0, high = passage->lines.count;
	struct iv_pos pos;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (passage->lines.items[middle].at <= at)
			low = middle;
		else
			high = middle;
	}
	pos = passage->lines.items[low].pos;
	pos.column += (uint32_t)(at - passage->lines.items[low].at);
	return pos;
}

const struct iv_hole *iv_hole_after(const struct iv_passage *passage, size_t at)
{
	size_t low = 0, high = passage->holes.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (passage->holes.items[middle].to <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low < passage->holes.count ? &passage->holes.items[low] : NULL;
}

bool iv_is_literal(const struct iv_passage *passage, size_t at)
{
	const struct iv_hole *hole = iv_hole_after(passage, at);

	return hole && hole->from <= at && hole->kind != IV_HOLE_WIKI;
}

static void add_hole(struct scan *scan, enum iv_hole_kind kind, size_t from, size_t to)
{
	struct iv_hole hole = {kind, from, to};

	IV_PUSH(scan->passage->holes, hole);
}

static size_t run_of(struct iv_str text, size_t at, char c)
{
	size_t end = at;

	while (end < text.len && text.ptr[end] == c)
		end++;
	return end - at;
}

/* CommonMark 6.1: a run of backticks is closed by a run of the same length. */
static size_t code_span(struct scan *scan, size_t at)
{
	size_t ticks = run_of(scan->text, at, '`'), from = at + ticks;

	if (ticks > TICKS_MAX || scan->no_ticks & UINT32_C(1) << (ticks - 1))
		return from;
	while (from < scan->text.len) {
		const char *next = memchr(scan->text.ptr + from, '`', scan->text.len - from);
		size_t run;

		if (!next)
			break;
		from = (size_t)(next - scan->text.ptr);
		run = run_of(scan->text, from, '`');
		from += run;
		if (run == ticks) {
			add_hole(scan, IV_HOLE_CODE, at, from);
			return from;
		}
	}
	scan->no_ticks |= UINT32_C(1) << (ticks - 1);
	return at + ticks;
}

static size_t comment(struct scan *scan, size_t at)
{
	struct iv_str rest = iv_str_slice(scan->text, at, scan->text.len);
	size_t end;

	if (!iv_str_starts(rest, "<!--") || scan->no_comment)
		return at + 1;
	end = iv_str_find(iv_str_slice(rest, 4, rest.len), IV_LIT("-->"));
	if (end == SIZE_MAX) {
		scan->no_comment = true;
		return at + 1;
	}
	end += at + 7;
	add_hole(scan, IV_HOLE_COMMENT, at, end);
	return end;
}

/* [[…]] on one line, without another bracket inside. */
static size_t wiki_link(struct scan *scan, size_t at)
{
	struct iv_str text = scan->text;
	size_t end = at + 2;

	while (end < text.len && !strchr("[]\n", text.ptr[end]))
		end++;
	if (end + 1 >= text.len || text.ptr[end] != ']' || text.ptr[end + 1] != ']')
		return 0;
	iv_ref_wiki(scan->reader, scan->site, iv_str_slice(text, at + 2, end),
		    iv_passage_pos(scan->passage, at));
	add_hole(scan, IV_HOLE_WIKI, at, end + 2);
	return end + 2;
}

static size_t open_bracket(struct scan *scan, size_t at)
{
	size_t end;

	if (at + 1 < scan->text.len && scan->text.ptr[at + 1] == '[' && (end = wiki_link(scan, at)))
		return end;
	IV_PUSH(scan->passage->brackets, at);
	return at + 1;
}

static size_t skip_space(struct iv_str text, size_t at)
{
	while (at < text.len && iv_byte_is_space(text.ptr[at]))
		at++;
	return at;
}

static size_t angled_destination(struct iv_str *out, struct iv_str text, size_t at)
{
	size_t end = at + 1;

	while (end < text.len && !strchr("<>\n", text.ptr[end]))
		end += text.ptr[end] == '\\' && end + 1 < text.len && text.ptr[end + 1] != '\n' ? 2
												: 1;
	if (end >= text.len || text.ptr[end] != '>')
		return 0;
	*out = iv_str_slice(text, at + 1, end);
	return end + 1;
}

size_t iv_destination(struct iv_str *out, struct iv_str text, size_t at)
{
	size_t end = at;
	int depth = 0;

	if (at < text.len && text.ptr[at] == '<')
		return angled_destination(out, text, at);
	for (; end < text.len && (unsigned char)text.ptr[end] > ' '; end++) {
		if (text.ptr[end] == '\\' && end + 1 < text.len &&
		    (unsigned char)text.ptr[end + 1] > ' ')
			end++;
		else if (text.ptr[end] == '(' && ++depth > PARENS_MAX)
			return 0;
		else if (text.ptr[end] == ')' && !depth--)
			break;
	}
	if (depth > 0)
		return 0;
	*out = iv_str_slice(text, at, end);
	return end;
}

/* A title in "…", '…' or (…): the offset behind it, or 0. */
static size_t title(struct iv_str text, size_t at)
{
	char close = text.ptr[at] == '(' ? ')' : text.ptr[at];
	size_t end = at + 1;

	while (end < text.len && text.ptr[end] != close) {
		if (text.ptr[end] == '(' && close == ')')
			return 0;
		end += text.ptr[end] == '\\' && end + 1 < text.len ? 2 : 1;
	}
	return end < text.len ? end + 1 : 0;
}

/* The `(destination "title")` behind a link's text: the offset behind it, or 0. */
static size_t link_tail(struct iv_str *destination, struct iv_str text, size_t at)
{
	size_t end = iv_destination(destination, text, skip_space(text, at + 1)), next;

	if (!end)
		return 0;
	next = skip_space(text, end);
	if (next > end && next < text.len && strchr("\"'(", text.ptr[next])) {
		next = title(text, next);
		if (!next)
			return 0;
		next = skip_space(text, next);
	}
	return next < text.len && text.ptr[next] == ')' ? next + 1 : 0;
}

static size_t close_bracket(struct scan *scan, size_t at)
{
	struct iv_str text = scan->text, destination = {NULL, 0};
	size_t open, end;

	if (!scan->passage->brackets.count)
		return at + 1;
	open = scan->passage->brackets.items[--scan->passage->brackets.count];
	if (at + 1 >= text.len || text.ptr[at + 1] != '(')
		return at + 1;
	end = link_tail(&destination, text, at + 1);
	if (!end)
		return at + 1;
	struct iv_text where = {
		destination, iv_passage_pos(scan->passage, (size_t)(destination.ptr - text.ptr))};
	if (open && text.ptr[open - 1] == '!')
		iv_ref_image(scan->reader, where);
	else
		iv_ref_link(scan->reader, scan->site, where, iv_str_slice(text, open + 1, at),
			    iv_passage_pos(scan->passage, open));
	return end;
}

static const bool is_special[256] = {
	['`'] = true, ['['] = true, [']'] = true, ['<'] = true, ['\\'] = true,
};

void iv_inline_scan(struct iv_passage *passage, struct iv_reader *reader, struct iv_ref_site site)
{
	struct scan scan = {passage, reader, site, passage->text, 0, false};
	size_t at = 0;

	while (at < scan.text.len) {
		char c = scan.text.ptr[at];

		if (!is_special[(unsigned char)c])
			at++;
		else if (c == '`')
			at = code_span(&scan, at);
		else if (c == '<')
			at = comment(&scan, at);
		else if (c == '[')
			at = open_bracket(&scan, at);
		else if (c == ']')
			at = close_bracket(&scan, at);
		else
			at += 2;
	}
}
