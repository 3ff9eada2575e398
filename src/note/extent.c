#include "note/extent.h"

#include <string.h>

static size_t count_lines(const char *literal)
{
	size_t count = 0;

	for (; literal && (literal = strchr(literal, '\n')); literal++)
		count++;
	return count;
}

static bool is_underline(struct iv_str line)
{
	size_t at = 0;

	while (at < line.len && strchr(" \t>=-", line.ptr[at]))
		at++;
	return line.len && at == line.len;
}

/* cmark's end of a heading with an underline may be the line after it. */
static size_t heading_end(const struct iv_body_lines *lines, size_t first, size_t last)
{
	size_t line;

	for (line = first + 1; line <= last; line++)
		if (is_underline(iv_line(lines, line)))
			return line;
	return last;
}

size_t iv_block_first(const struct iv_body_lines *lines, cmark_node *node)
{
	int line = cmark_node_get_start_line(node);

	return iv_line_number(lines, line > 0 ? (size_t)line : 1);
}

/*
 * cmark's end of an HTML block may be the line before its last one, so its lines are counted;
 * that of a list has the blank lines behind it.
 */
size_t iv_block_last(const struct iv_body_lines *lines, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);
	int end = cmark_node_get_end_line(node), start = cmark_node_get_start_line(node);
	size_t first = iv_block_first(lines, node), last;

	if (type == CMARK_NODE_HTML_BLOCK)
		end = start + (int)count_lines(cmark_node_get_literal(node)) - 1;
	last = iv_line_number(lines, end > 0 ? (size_t)end : 1);
	if (last <= first)
		return first;
	if (type == CMARK_NODE_HEADING)
		return heading_end(lines, first, last);
	while (last > first && iv_is_blank(iv_line(lines, last)))
		last--;
	return last;
}
