#include "note/body.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

#include "note/blocks.h"
#include "note/conflict.h"
#include "note/extent.h"
#include "note/ignore.h"
#include "note/lines.h"
#include "note/section.h"
#include "note/task.h"

/* `Career`, `The first year`: more words ask something. */
#define TOPIC_WORDS_MAX 3

struct body {
	struct iv_reader *reader;
	struct iv_body_lines lines;
	struct iv_passage passage;
	struct iv_sections sections;
	unsigned quotes;     /* block quotes around */
	size_t seen;         /* the last line that a block has taken */
	bool definitions;    /* there may be `[label]: file.md` */
	size_t ignores_from; /* suppressions from here on wait for their block */
	IV_LIST(struct iv_lines) code;
};

static const struct iv_ref_site in_body = {"body", -1};

static size_t first_line(const struct body *body, cmark_node *node)
{
	return iv_block_first(&body->lines, node);
}

static size_t last_line(const struct body *body, cmark_node *node)
{
	return iv_block_last(&body->lines, node);
}

/* ---- suppressions ---- */

static void give_ignores(struct body *body, size_t first, size_t last)
{
	struct iv_reader *reader = body->reader;

	for (; body->ignores_from < reader->ignores.count; body->ignores_from++) {
		struct iv_ignore *ignore = &reader->ignores.items[body->ignores_from];

		ignore->first_line = iv_line_pos(&body->lines, first, 1).line;
		ignore->last_line = iv_line_pos(&body->lines, last, 1).line;
	}
}

static void read_comments(struct body *body)
{
	const struct iv_passage *passage = &body->passage;
	size_t i;

	for (i = 0; i < passage->holes.count; i++)
		if (passage->holes.items[i].kind == IV_HOLE_COMMENT)
			iv_ignore_comment(body->reader, passage, passage->holes.items[i].from,
					  passage->holes.items[i].to);
}

/* Its comments may suppress something; the rest of it is nothing to us. */
static void read_html(struct body *body, cmark_node *node, size_t first, size_t last)
{
	size_t refs = body->reader->refs.count, files = body->reader->files.count;

	iv_lines_join(&body->passage, &body->lines, body->reader->arena, first, last,
		      (size_t)cmark_node_get_start_column(node), body->quotes);
	if (iv_str_find(body->passage.text, IV_LIT("ivnotes-ignore")) == SIZE_MAX)
		return;
	iv_inline_scan(&body->passage, body->reader, in_body);
	body->reader->refs.count = refs;
	body->reader->files.count = files;
	read_comments(body);
}

/* ---- link definitions, of which cmark keeps no block ---- */

/* `[label]: destination`: adds the reference, and says whether the line is one. */
static bool read_definition(struct body *body, size_t number)
{
	struct iv_str line = iv_line(&body->lines, number), destination, label;
	size_t at = 0, close;

	while (at < line.len && strchr(" \t>", line.ptr[at]))
		at++;
	if (at + 3 >= line.len || line.ptr[at] != '[' || line.ptr[at + 1] == '^')
		return false;
	close = iv_str_find_char(iv_str_slice(line, at, line.len), ']');
	if (close == SIZE_MAX || close < 2 || at + close + 1 >= line.len ||
	    line.ptr[at + close + 1] != ':')
		return false;
	label = iv_str_slice(line, at + 1, at + close);
	close += at + 2;
	while (close < line.len && (line.ptr[close] == ' ' || line.ptr[close] == '\t'))
		close++;
	if (!iv_destination(&destination, line, close) || !destination.len)
		return false;
	struct iv_text where = {destination, iv_line_pos(&body->lines, number,
							 (size_t)(destination.ptr - line.ptr) + 1)};
	iv_ref_link(body->reader, in_body, where, label, iv_line_pos(&body->lines, number, at + 1));
	return true;
}

/* The lines before a block that no other one took. */
static void read_between(struct body *body, size_t up_to)
{
	size_t number;

	for (number = body->seen + 1; body->definitions && number < up_to; number++)
		read_definition(body, number);
}

static void take_lines(struct body *body, size_t first, size_t last)
{
	read_between(body, first);
	if (last > body->seen)
		body->seen = last;
}

/* ---- headings ---- */

static struct iv_str without_hashes(struct iv_str text)
{
	size_t end = text.len, at = 0;

	while (at < text.len && text.ptr[at] == '#')
		at++;
	while (end > at && text.ptr[end - 1] == '#')
		end--;
	return iv_str_trim(iv_str_slice(text, at, end));
}

static void read_heading(struct body *body, cmark_node *node, size_t first, size_t last)
{
	struct iv_reader *reader = body->reader;
	cmark_node *parent = cmark_node_parent(node);
	const char *before = iv_section_name(&body->sections, reader), *after;
	struct iv_str text;

	iv_lines_join(&body->passage, &body->lines, reader->arena, first,
		      last > first ? last - 1 : last, (size_t)cmark_node_get_start_column(node),
		      body->quotes);
	iv_inline_scan(&body->passage, reader, in_body);
	if (reader->note->type == IV_TYPE_NONE ||
	    cmark_node_get_type(parent) != CMARK_NODE_DOCUMENT)
		return;
	text = without_hashes(body->passage.text);
	iv_section_heading(&body->sections, reader, text, cmark_node_get_heading_level(node),
			   iv_passage_pos(&body->passage, 0), iv_line_start(&body->lines, first),
			   iv_line_start(&body->lines, last + 1));
	after = iv_section_name(&body->sections, reader);
	/* Each question may have a heading of its own, and the answer below it. */
	if (before && before == after && !strcmp(after, "questions"))
		iv_questions_read(reader, &body->passage,
				  (size_t)(text.ptr - body->passage.text.ptr), false);
}

/* ---- paragraphs ---- */

static bool is_first_in_item(cmark_node *node)
{
	cmark_node *parent = cmark_node_parent(node);

	return cmark_node_get_type(parent) == CMARK_NODE_ITEM &&
	       cmark_node_first_child(parent) == node;
}

/* Under a question stand notes for it; under a topic, its questions. */
static bool is_below_question(cmark_node *item)
{
	cmark_node *list = cmark_node_parent(item), *outer = list ? cmark_node_parent(list) : NULL;

	return outer && cmark_node_get_type(outer) == CMARK_NODE_ITEM &&
	       cmark_node_get_user_data(outer) != NULL;
}

/* With a list of questions below it. One that asks something itself is no topic to begin with. */
static bool is_topic(const struct iv_passage *passage, size_t from, cmark_node *node)
{
	struct iv_str rest = iv_str_slice(passage->text, from, passage->text.len);
	cmark_node *next = cmark_node_next(node);
	size_t words = 0;

	for (; rest.len && words <= TOPIC_WORDS_MAX; words++)
		iv_str_word(rest, &rest);
	return next && cmark_node_get_type(next) == CMARK_NODE_LIST &&
	       (words <= TOPIC_WORDS_MAX || iv_str_ends(passage->text, ":"));
}

static void read_questions(struct body *body, cmark_node *node, size_t from, bool in_item)
{
	cmark_node *item = in_item ? cmark_node_parent(node) : NULL;
	bool whole = item && !is_below_question(item) && !is_topic(&body->passage, from, node);
	bool asked = iv_questions_read(body->reader, &body->passage, from, whole);

	if (item && (asked || is_below_question(item)))
		cmark_node_set_user_data(item, item);
}

static void read_text(struct body *body, cmark_node *node)
{
	struct iv_reader *reader = body->reader;
	const char *section = iv_section_name(&body->sections, reader);
	enum iv_prose prose = body->quotes ? IV_PROSE_QUOTED : IV_PROSE_OWN;
	enum iv_task_state state = IV_TASK_OPEN;
	bool in_item = is_first_in_item(node);
	size_t box = in_item ? iv_task_box(&state, body->passage.text) : 0;

	if (box) {
		iv_task_read(reader, &body->passage, box, state, section);
		prose = IV_PROSE_TASK;
	}
	if (section && !strcmp(section, "questions") && state != IV_TASK_CANCELLED)
		read_questions(body, node, box, in_item);
	iv_section_words(&body->sections, reader, &body->passage, box, prose);
}

static void read_paragraph(struct body *body, cmark_node *node, size_t first, size_t last)
{
	struct iv_reader *reader = body->reader;
	size_t column = (size_t)cmark_node_get_start_column(node);

	/* A paragraph keeps the lines of the definitions that cmark took from its start. */
	while (body->definitions && first < last && read_definition(body, first)) {
		first++;
		column = SIZE_MAX;
	}
	iv_lines_join(&body->passage, &body->lines, reader->arena, first, last, column,
		      body->quotes);
	iv_inline_scan(&body->passage, reader, in_body);
	read_comments(body);
	give_ignores(body, first, last);
	if (reader->note->type != IV_TYPE_NONE)
		read_text(body, node);
}

/* ---- the walk ---- */

static void read_code(struct body *body, size_t first, size_t last)
{
	struct iv_lines lines = {iv_line_pos(&body->lines, first, 1).line,
				 iv_line_pos(&body->lines, last, 1).line};

	IV_PUSH(body->code, lines);
}

/* HTML that shows code: manuals of git show conflict markers in it. */
static bool is_preformatted(cmark_node *node)
{
	struct iv_str html = {"", 0};

	if (cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK)
		html = iv_str_trim(iv_str_of(cmark_node_get_literal(node)));
	return html.len > 4 && iv_str_is_nocase(iv_str_slice(html, 0, 4), "<pre") &&
	       !iv_is_alpha(html.ptr[4]);
}

static void read_leaf(struct body *body, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);
	size_t first = first_line(body, node), last = last_line(body, node);

	take_lines(body, first, last);
	if (type != CMARK_NODE_HTML_BLOCK)
		give_ignores(body, first, last);
	if (type == CMARK_NODE_PARAGRAPH)
		read_paragraph(body, node, first, last);
	else if (type == CMARK_NODE_HEADING)
		read_heading(body, node, first, last);
	else if (type == CMARK_NODE_HTML_BLOCK)
		read_html(body, node, first, last);
	if (type == CMARK_NODE_CODE_BLOCK || is_preformatted(node))
		read_code(body, first, last);
}

static void enter(struct body *body, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);
	bool waiting = body->ignores_from < body->reader->ignores.count;

	if (type == CMARK_NODE_BLOCK_QUOTE)
		body->quotes++;
	if (!iv_is_container(node))
		read_leaf(body, node);
	else if (waiting && type != CMARK_NODE_DOCUMENT)
		give_ignores(body, first_line(body, node), last_line(body, node));
}

static void leave(struct body *body, cmark_node *node)
{
	if (cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE)
		body->quotes--;
}

/* Depth first, without a stack: notes can nest as deep as they are long. */
static void walk(struct body *body, cmark_node *root)
{
	cmark_node *node = root, *next;

	while (node) {
		enter(body, node);
		next = iv_is_container(node) ? cmark_node_first_child(node) : NULL;
		while (node && !next) {
			leave(body, node);
			next = node == root ? NULL : cmark_node_next(node);
			node = node == root ? NULL : cmark_node_parent(node);
		}
		node = next;
	}
}

void iv_body_read(struct iv_reader *reader)
{
	struct body body;
	struct iv_blocks blocks;

	memset(&body, 0, sizeof(body));
	body.reader = reader;
	body.ignores_from = reader->ignores.count;
	body.definitions = iv_str_find(reader->body, IV_LIT("]:")) != SIZE_MAX;
	iv_sections_init(&body.sections);
	iv_lines_init(&body.lines, reader->body, reader->body_line);
	if (!iv_blocks_parse(&blocks, iv_lines_packed(&body.lines)))
		walk(&body, blocks.document);
	else
		iv_typed_problem(reader, "encoding", iv_line_pos(&body.lines, 1, 1),
				 "the text is too intricate to be read (brackets, lists or quotes "
				 "by the hundred thousand)");
	read_between(&body, body.lines.count + 1);
	iv_sections_end(&body.sections, reader);
	give_ignores(&body, body.lines.count, body.lines.count);
	if (iv_conflict_suspected(reader->bytes))
		iv_conflict_check(reader, body.code.items, body.code.count);
	iv_blocks_release(&blocks);
	iv_lines_release(&body.lines);
	iv_passage_release(&body.passage);
	free(body.code.items);
}
