/* Sections: filled, added to, and made where they belong. */
#include <string.h>

#include "base/utf8.h"
#include "edit/page.h"
#include "note/reader.h"

/* In the order in which they stand in a note. */
static const struct {
	const char *name, *heading;
} order[] = {
	{"request", "Request"},     {"research", "Research"}, {"opening", "Opening"},
	{"questions", "Questions"}, {"notes", "Notes"},       {"follow-ups", "Follow-ups"},
};

#define SECTIONS (sizeof(order) / sizeof(*order))
#define NO_NEIGHBOUR SIZE_MAX

static size_t order_of(const char *name)
{
	size_t i;

	for (i = 0; i + 1 < SECTIONS && strcmp(order[i].name, name); i++)
		;
	return i;
}

/* As the config calls it, or as we do. */
static const char *heading_of(const struct iv_edit *edit, const char *name)
{
	const char *const(*own)[2] = edit->syntax->sections;

	for (; own && (*own)[0]; own++)
		if (iv_spells(iv_str_of((*own)[0]), name))
			return (*own)[1];
	return order[order_of(name)].heading;
}

/* ---- text ---- */

static bool is_end(char c)
{
	return c == '\n' || c == '\r';
}

/* Without empty lines around it, and with the note's line ends. */
static struct iv_str as_lines(const struct iv_edit *edit, struct iv_str text)
{
	struct iv_buf out = IV_BUF_INIT;
	struct iv_str line, rest = text, lines;

	while (iv_str_line(&line, &rest)) {
		if (!out.len && !iv_str_trim(line).len)
			continue;
		iv_buf_str(&out, line);
		iv_buf_puts(&out, iv_edit_eol(edit));
	}
	while (out.len && (is_end(out.ptr[out.len - 1]) || out.ptr[out.len - 1] == ' '))
		out.len--;
	lines = iv_arena_str(edit->arena, iv_buf_view(&out));
	iv_buf_release(&out);
	return lines;
}

static bool is_bullet(struct iv_str line)
{
	return line.len > 1 && strchr("-*+", line.ptr[0]) && line.ptr[1] == ' ';
}

/* The items of a text with the mark of the list that they join. */
static struct iv_str with_mark(const struct iv_page *page, const struct iv_block *list,
			       struct iv_str text)
{
	struct iv_arena *arena = page->edit->arena;
	struct iv_str mark = iv_page_mark(page, list, 0), line, rest = text;
	struct iv_buf out = IV_BUF_INIT;
	struct iv_str lines;
	size_t indent = mark.len > 2 ? mark.len - 2 : 0;
	unsigned items = 0;

	while (iv_str_line(&line, &rest)) {
		if (out.len)
			iv_buf_puts(&out, iv_edit_eol(page->edit));
		if (is_bullet(line)) {
			iv_buf_str(&out, iv_page_mark(page, list, items++));
			iv_buf_str(&out, iv_str_slice(line, 2, line.len));
			continue;
		}
		if (line.len)
			iv_buf_printf(&out, "%*s", (int)indent, "");
		iv_buf_str(&out, line);
	}
	lines = iv_arena_str(arena, iv_buf_view(&out));
	iv_buf_release(&out);
	return lines;
}

/* ---- making ---- */

/* Of the section's neighbour; else as most notes do. */
static int level_for(const struct iv_page *page, size_t neighbour)
{
	size_t i, tops = 0, others = 0;

	if (neighbour != NO_NEIGHBOUR)
		return page->outline.items[neighbour].level;
	for (i = 0; i < page->outline.count; i++) {
		if (page->outline.items[i].kind != IV_BLOCK_HEADING)
			continue;
		tops += page->outline.items[i].level == 1;
		others += page->outline.items[i].level > 1;
	}
	return tops > 1 && !others ? 1 : 2;
}

/* Headings of this note that have their text on the next line, all of them. */
static bool is_tight(const struct iv_page *page)
{
	const struct iv_outline *outline = &page->outline;
	size_t i, tight = 0;

	for (i = 0; i + 1 < outline->count; i++) {
		if (outline->items[i].kind != IV_BLOCK_HEADING)
			continue;
		if (outline->items[i + 1].first > outline->items[i].last + 1)
			return false;
		tight++;
	}
	return tight > 0;
}

/* The line behind which a section goes, and the section that stands beside it. */
static size_t line_for(const struct iv_page *page, const char *name, size_t *neighbour)
{
	const struct iv_outline *outline = &page->outline;
	struct iv_stretch stretch;
	size_t index = order_of(name), i;

	for (i = index; i > 0; i--)
		if (iv_page_find(&stretch, page, order[i - 1].name)) {
			*neighbour = stretch.heading;
			return outline->items[stretch.end - 1].last;
		}
	for (i = index + 1; i < SECTIONS; i++)
		if (iv_page_find(&stretch, page, order[i].name)) {
			*neighbour = stretch.heading;
			return stretch.heading ? outline->items[stretch.heading - 1].last : 0;
		}
	*neighbour = NO_NEIGHBOUR;
	return outline->count ? outline->items[outline->count - 1].last : 0;
}

static bool is_underlined(const struct iv_page *page, size_t heading)
{
	const struct iv_block *block;

	if (heading == NO_NEIGHBOUR)
		return false;
	block = &page->outline.items[heading];
	return block->last > block->first &&
	       !iv_str_starts(iv_str_trim(iv_line(&page->outline.lines, block->first)), "#");
}

/* `## Notes`, or with a line below it where the neighbour has one. */
static struct iv_str heading_line(const struct iv_page *page, const char *name, size_t neighbour)
{
	struct iv_arena *arena = page->edit->arena;
	struct iv_str heading = iv_str_of(heading_of(page->edit, name));
	int level = level_for(page, neighbour);
	struct iv_buf line = IV_BUF_INIT;
	struct iv_str underlined;

	if (!is_underlined(page, neighbour))
		return iv_arena_printf(arena, "%.*s %.*s", level, "######", IV_STR_ARG(heading));
	for (size_t i = 0; i < iv_utf8_width(heading) || i < 3; i++)
		iv_buf_putc(&line, level == 1 ? '=' : '-');
	underlined = iv_arena_printf(arena, "%.*s%s%.*s", IV_STR_ARG(heading),
				     iv_edit_eol(page->edit), IV_STR_ARG(iv_buf_view(&line)));
	iv_buf_release(&line);
	return underlined;
}

int iv_page_make(struct iv_page *page, struct iv_edit *edit, const char *section,
		 struct iv_str text, struct iv_error *error)
{
	size_t neighbour, line = line_for(page, section, &neighbour);
	struct iv_str heading = heading_line(page, section, neighbour);
	const char *eol = iv_edit_eol(edit);

	text = iv_arena_printf(edit->arena, "%.*s%s%s%.*s", IV_STR_ARG(heading), eol,
			       is_tight(page) ? "" : eol, IV_STR_ARG(text));
	return iv_page_put(page, edit, iv_gap_behind(page, line, true), section, text, error);
}

/* ---- putting ---- */

static bool is_empty(const struct iv_page *page, const struct iv_stretch *stretch)
{
	size_t i;

	for (i = stretch->heading + 1; i < stretch->end; i++)
		if (page->outline.items[i].kind != IV_BLOCK_COMMENT)
			return false;
	return true;
}

/* The last block of the section that stands under no heading within it. */
static const struct iv_block *last_block(const struct iv_page *page,
					 const struct iv_stretch *stretch)
{
	size_t i = stretch->heading;

	while (i + 1 < stretch->end && page->outline.items[i + 1].kind != IV_BLOCK_HEADING)
		i++;
	return &page->outline.items[i];
}

static int put_into(struct iv_page *page, struct iv_edit *edit, const char *section,
		    const struct iv_stretch *stretch, struct iv_str text, struct iv_error *error)
{
	const struct iv_block *last = last_block(page, stretch);
	bool blank = last->kind != IV_BLOCK_HEADING || !is_tight(page);
	struct iv_gap gap;

	if (last->kind == IV_BLOCK_LIST && is_bullet(text)) {
		text = with_mark(page, last, text);
		blank = iv_page_is_loose(page, last);
	}
	gap = iv_gap_behind(page, last->last, blank);
	return iv_page_put(page, edit, gap, section, text, error);
}

static int put_section(struct iv_edit *edit, const char *section, struct iv_str text,
		       enum iv_edit_put mode, struct iv_error *error)
{
	struct iv_stretch stretch;
	struct iv_page page;
	int rc = iv_page_read(&page, edit, error);

	if (!rc && !iv_page_find(&stretch, &page, section))
		rc = iv_page_make(&page, edit, section, text, error);
	else if (!rc && (mode == IV_EDIT_APPEND || is_empty(&page, &stretch)))
		rc = put_into(&page, edit, section, &stretch, text, error);
	iv_page_release(&page);
	return rc;
}

int iv_edit_put_section(struct iv_edit *edit, const char *section, struct iv_str text,
			enum iv_edit_put mode, struct iv_error *error)
{
	const char *name = iv_page_name(section);
	struct iv_str by_hand = {NULL, 0};
	int rc = iv_edit_check_text(text, "text", error);

	text = as_lines(edit, text);
	if (!rc && !name)
		rc = iv_error_set(error, IV_ENOTFOUND, "there is no section '%s'", section);
	if (!rc && !text.len)
		rc = iv_error_set(error, IV_EINPUT, "expected a text for '%s', found none",
				  section);
	if (!rc)
		rc = put_section(edit, name, text, mode, error);
	if (rc == IV_EREFUSED)
		by_hand = iv_arena_printf(edit->arena, "write it below '## %s' by hand",
					  heading_of(edit, name));
	return iv_edit_end(edit, rc, error, by_hand);
}
