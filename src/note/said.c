#include "note/said.h"

#include <stdlib.h>
#include <string.h>

#include "note/encoding.h"
#include "note/header.h"
#include "note/outline.h"
#include "note/section.h"

static const struct iv_syntax no_syntax = {NULL, NULL, NULL, NULL};

struct telling {
	struct iv_buf *out;
	struct iv_reader reader;
	struct iv_outline outline;
	struct iv_sections sections;
	int demoted;
};

static struct iv_str heading_text(const struct telling *telling, const struct iv_block *block)
{
	struct iv_str text = iv_str_trim(iv_line(&telling->outline.lines, block->first));
	size_t hashes = 0;

	while (hashes < text.len && text.ptr[hashes] == '#')
		hashes++;
	if (hashes != (size_t)block->level)
		return text; /* it is underlined */
	text = iv_str_trim(iv_str_slice(text, hashes, text.len));
	while (text.len && text.ptr[text.len - 1] == '#')
		text.len--;
	return iv_str_trim(text);
}

static void begin_block(struct telling *telling)
{
	if (telling->out->len && !iv_str_ends(iv_buf_view(telling->out), "\n\n"))
		iv_buf_putc(telling->out, '\n');
}

static void tell_heading(struct telling *telling, const struct iv_block *block, struct iv_str text)
{
	int level = block->level + telling->demoted;

	begin_block(telling);
	for (int i = 0; i < (level < 6 ? level : 6); i++)
		iv_buf_putc(telling->out, '#');
	iv_buf_printf(telling->out, " %.*s\n", IV_STR_ARG(text));
}

/* What follows a block up to the next one belongs to it: definitions of links are no blocks. */
static void tell_lines(struct telling *telling, const struct iv_block *block, size_t last)
{
	const struct iv_body_lines *lines = &telling->outline.lines;

	while (last > block->last && iv_is_blank(iv_line(lines, last)))
		last--;
	begin_block(telling);
	for (size_t number = block->first; number <= last; number++) {
		iv_buf_str(telling->out, iv_line(lines, number));
		iv_buf_putc(telling->out, '\n');
	}
}

/* Does the heading name a section? Then it says nothing by itself. */
static bool opens_section(struct telling *telling, const struct iv_block *block, struct iv_str text)
{
	struct iv_pos pos = iv_line_pos(&telling->outline.lines, block->first, 1);

	iv_section_heading(&telling->sections, &telling->reader, text, block->level, pos, 0, 0);
	return telling->sections.open[block->level] >= 0;
}

static bool is_told(const struct telling *telling)
{
	const char *name = iv_section_name(&telling->sections, &telling->reader);

	return !name || !strcmp(name, "notes");
}

static void tell_block(struct telling *telling, size_t index)
{
	const struct iv_outline *outline = &telling->outline;
	const struct iv_block *block = &outline->items[index];
	size_t last = index + 1 < outline->count ? block[1].first - 1 : outline->lines.count;

	if (block->kind == IV_BLOCK_HEADING) {
		struct iv_str text = heading_text(telling, block);

		if (!opens_section(telling, block, text) && is_told(telling))
			tell_heading(telling, block, text);
	} else if (block->kind != IV_BLOCK_COMMENT && is_told(telling)) {
		tell_lines(telling, block, last);
	}
}

void iv_note_said(struct iv_buf *out, const struct iv_note *note, struct iv_str bytes,
		  const struct iv_syntax *syntax, int demoted)
{
	struct iv_note scratch = *note; /* the reader adds to its note what it meets */
	struct iv_buf own = IV_BUF_INIT;
	struct telling telling = {.out = &own, .demoted = demoted};

	telling.reader = (struct iv_reader){.note = &scratch, .arena = iv_arena_new()};
	telling.reader.syntax = syntax ? syntax : &no_syntax;
	iv_sections_init(&telling.sections);
	if (iv_encoding_read(&telling.reader, bytes.ptr ? bytes : (struct iv_str){"", 0})) {
		iv_header_find(&telling.reader);
		if (!iv_outline_read(&telling.outline, telling.reader.body, 1))
			for (size_t i = 0; i < telling.outline.count; i++)
				tell_block(&telling, i);
		iv_outline_release(&telling.outline);
	}
	iv_buf_str(out, iv_buf_view(&own));
	iv_buf_release(&own);
	free(telling.reader.sections.items);
	free(telling.reader.problems.items);
	iv_arena_free(telling.reader.arena);
}
