#include "edit/page.h"

#include <string.h>

#include "edit/verify.h"
#include "note/header.h"

static const char *const names[] = {"request", "research",   "opening", "questions",
				    "notes",   "follow-ups", NULL};

const char *iv_page_name(const char *section)
{
	int index = iv_word_index(iv_str_of(section), names);

	return index < 0 ? NULL : names[index];
}

/* ---- reading ---- */

static int read_outline(struct iv_page *page, struct iv_str bytes)
{
	struct iv_reader reader = {.note = page->edit->note, .arena = page->edit->arena};

	reader.syntax = page->edit->syntax;
	reader.bytes = iv_str_without_bom(bytes);
	iv_header_find(&reader);
	page->from = bytes.len - reader.body.len;
	return iv_outline_read(&page->outline, reader.body, reader.body_line);
}

int iv_page_read(struct iv_page *out, const struct iv_edit *edit, struct iv_error *error)
{
	int rc = iv_edit_check(edit, error);

	*out = (struct iv_page){.edit = edit};
	if (rc)
		return rc;
	if (edit->note->type == IV_TYPE_NONE) {
		iv_error_set(error, IV_EREFUSED,
			     "a note without a known type has no sections; give it one, as "
			     "'type: contact'");
		return iv_edit_refused(edit, error, 0);
	}
	if (!read_outline(out, iv_edit_bytes(edit)))
		return 0;
	iv_error_set(error, IV_EREFUSED, "the text is too intricate to be read");
	return iv_edit_refused(edit, error, out->from);
}

void iv_page_release(struct iv_page *page)
{
	iv_outline_release(&page->outline);
}

static size_t section_line(const struct iv_note *note, const char *name)
{
	size_t i;

	for (i = 0; i < note->section_count; i++)
		if (!strcmp(note->sections[i].name, name))
			return note->sections[i].pos.line;
	return 0;
}

static bool find(struct iv_stretch *out, const struct iv_outline *outline,
		 const struct iv_note *note, const char *name)
{
	size_t line = section_line(note, name), i;

	for (i = 0; line && i < outline->count; i++)
		if (outline->items[i].kind == IV_BLOCK_HEADING &&
		    outline->items[i].first + outline->lines.first_line - 1 == line)
			break;
	if (!line || i == outline->count)
		return false;
	out->heading = i;
	for (out->end = i + 1; out->end < outline->count; out->end++)
		if (outline->items[out->end].kind == IV_BLOCK_HEADING &&
		    outline->items[out->end].level <= outline->items[i].level)
			break;
	return true;
}

bool iv_page_find(struct iv_stretch *out, const struct iv_page *page, const char *name)
{
	return find(out, &page->outline, page->edit->note, name);
}

/* ---- gaps ---- */

static size_t line_start(const struct iv_page *page, size_t number)
{
	return page->from + iv_line_start(&page->outline.lines, number);
}

static struct iv_str times(const struct iv_page *page, unsigned count)
{
	const char *eol = iv_edit_eol(page->edit);

	return iv_arena_printf(page->edit->arena, "%s%s", count > 0 ? eol : "",
			       count > 1 ? eol : "");
}

static bool ends_line(struct iv_str bytes, size_t at)
{
	return !at || bytes.ptr[at - 1] == '\n' || bytes.ptr[at - 1] == '\r';
}

struct iv_gap iv_gap_behind(const struct iv_page *page, size_t line, bool blank)
{
	const struct iv_body_lines *lines = &page->outline.lines;
	struct iv_str bytes = iv_edit_bytes(page->edit);
	bool open = line < lines->count && iv_is_blank(iv_line(lines, line + 1));
	bool header = !line && page->from > iv_edit_begin(page->edit);
	struct iv_gap gap = {.at = line_start(page, line + 1)};
	size_t last = lines->count;

	/* The empty line that is there goes before the text. */
	if (blank && open)
		gap.at = line_start(page, ++line + 1);
	while (last && iv_is_blank(iv_line(lines, last)))
		last--;
	gap.lead = times(page, !ends_line(bytes, gap.at) + (blank && !open && (line || header)));
	if (line < last)
		gap.tail = times(page, 1u + (blank && !iv_is_blank(iv_line(lines, line + 1))));
	else
		gap.tail = times(page, ends_line(bytes, bytes.len) || line < lines->count);
	return gap;
}

/* ---- putting ---- */

struct put {
	const char *section;
	size_t at; /* of the text in the new bytes */
};

/* The section holds a block that begins at the text, or a list that goes over it. */
static bool stands_in_section(const struct iv_outline *outline, const struct iv_note *after,
			      const char *section, size_t line)
{
	struct iv_stretch stretch;
	size_t i;

	if (!find(&stretch, outline, after, section))
		return false;
	for (i = stretch.heading; i < stretch.end; i++) {
		const struct iv_block *block = &outline->items[i];

		if (block->first == line)
			return true;
		if (block->kind == IV_BLOCK_LIST && block->first < line && block->last >= line)
			return true;
	}
	return false;
}

static bool is_put(const struct iv_edit *edit, const struct iv_note *after, struct iv_str bytes,
		   const void *context)
{
	const struct put *put = context;
	struct iv_page page = {.edit = edit};
	size_t line = 1;
	bool holds = false;

	if (!read_outline(&page, bytes)) {
		while (line < page.outline.lines.count &&
		       page.from + iv_line_start(&page.outline.lines, line + 1) <= put->at)
			line++;
		holds = stands_in_section(&page.outline, after, put->section, line) &&
			iv_says_all(edit->note, after);
	}
	iv_page_release(&page);
	return holds;
}

int iv_page_put(struct iv_page *page, struct iv_edit *edit, struct iv_gap gap, const char *section,
		struct iv_str text, struct iv_error *error)
{
	struct put put = {section, gap.at + gap.lead.len};
	struct iv_expect expect = {.body = true, .holds = is_put, .context = &put};
	struct iv_draft draft;

	iv_draft_init(&draft, page->edit);
	iv_draft_put(&draft, gap.at, gap.at, gap.lead);
	iv_draft_put(&draft, gap.at, gap.at, text);
	iv_draft_put(&draft, gap.at, gap.at, gap.tail);
	return iv_draft_take(&draft, edit, &expect, error);
}

/* ---- lists ---- */

bool iv_page_is_loose(const struct iv_page *page, const struct iv_block *list)
{
	return list->last_item > list->first &&
	       iv_is_blank(iv_line(&page->outline.lines, list->last_item - 1));
}

/* `  12. ` of a line: the number, and in *mark all of it. */
static struct iv_str number_of(struct iv_str *mark, struct iv_str line)
{
	size_t at = 0, from;
	struct iv_str number;

	while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '\t'))
		at++;
	from = at;
	while (at < line.len && iv_is_digit(line.ptr[at]))
		at++;
	number = iv_str_slice(line, from, at);
	if (at < line.len)
		at++;
	while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '\t'))
		at++;
	*mark = iv_str_slice(line, 0, at);
	return number;
}

struct iv_str iv_page_mark(const struct iv_page *page, const struct iv_block *list, unsigned more)
{
	struct iv_str line = iv_line(&page->outline.lines, list->last_item), mark, first, number;
	int count;

	number = number_of(&mark, line);
	if (!number.len)
		return mark.len < line.len ? mark : IV_LIT("- ");
	/* Some number all items `1.` and leave the counting to the renderer. */
	if (list->last_item > list->first &&
	    iv_str_eq(number_of(&first, iv_line(&page->outline.lines, list->first)), number))
		return mark;
	if (!iv_str_int(&count, number) || count > 99999998)
		count = 0;
	return iv_arena_printf(page->edit->arena, "%.*s%d%.*s", (int)(number.ptr - line.ptr),
			       line.ptr, count + 1 + (int)more,
			       (int)(line.ptr + mark.len - (number.ptr + number.len)),
			       number.ptr + number.len);
}
