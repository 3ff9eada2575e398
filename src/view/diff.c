#include "view/diff.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "view/style.h"

struct page {
	struct iv_buf *out;
	const struct iv_diff_file *file;
	const struct iv_diff_style *style;
};

/* ---- lines ---- */

/* "  + field: text", in the colour of what came or went. */
static void put_line(const struct page *page, char sign, const char *label, struct iv_str text)
{
	struct iv_buf line = IV_BUF_INIT;

	iv_buf_printf(&line, "%c ", sign);
	if (label)
		iv_buf_printf(&line, "%s: ", label);
	iv_buf_str(&line, text);
	iv_buf_puts(page->out, "  ");
	iv_style_text(page->out, page->style->color,
		      sign == '+' ? IV_STYLE_ADDED : IV_STYLE_REMOVED, iv_buf_view(&line));
	iv_buf_putc(page->out, '\n');
	iv_buf_release(&line);
}

/* As it was and as it is, where there is such. */
static void put_values(const struct page *page, const char *label, const struct iv_act *act)
{
	if (act->was.ptr)
		put_line(page, '-', label, act->was);
	if (act->now.ptr)
		put_line(page, '+', label, act->now);
}

/* The act in words, with a name where it is another's, and what the record says besides. */
static void put_act(const struct page *page, const struct iv_act *act)
{
	bool named = act->who.len && !iv_str_eq(act->who, act->note);
	char *text = iv_act_text(act, page->style->today, named);
	struct iv_buf line = IV_BUF_INIT;

	iv_buf_puts(&line, text);
	if (act->text.len && act->verb != IV_ACT_REPORTED) {
		iv_buf_puts(&line, ": ");
		iv_buf_str(&line, act->text);
	}
	put_line(page, '+', NULL, iv_buf_view(&line));
	iv_buf_release(&line);
	free(text);
}

static void put_any(const struct page *page, const struct iv_act *act)
{
	switch (act->verb) {
	case IV_ACT_ADDED:
	case IV_ACT_REMOVED:
	case IV_ACT_RENAMED:
	case IV_ACT_TEXT_CHANGED: break;
	case IV_ACT_TASK_DONE: put_line(page, '+', "follow-up done", act->now); break;
	case IV_ACT_TASK_CANCELLED: put_line(page, '+', "follow-up cancelled", act->now); break;
	case IV_ACT_TASK_REOPENED: put_line(page, '+', "follow-up open again", act->now); break;
	case IV_ACT_TASK_ADDED:
	case IV_ACT_TASK_CHANGED:
	case IV_ACT_TASK_GONE: put_values(page, "follow-up", act); break;
	case IV_ACT_RECORD_ADDED:
	case IV_ACT_RECORD_CHANGED:
	case IV_ACT_RECORD_GONE:
	case IV_ACT_FIELD_SET:
	case IV_ACT_FIELD_CHANGED:
	case IV_ACT_FIELD_GONE:
	case IV_ACT_ITEM_ADDED:
	case IV_ACT_ITEM_GONE: put_values(page, act->field, act); break;
	case IV_ACT_BROKEN:
	case IV_ACT_MENDED: put_values(page, "broken", act); break;
	case IV_ACT_MET:
	case IV_ACT_ANSWERED:
	case IV_ACT_CALLED_OFF:
	case IV_ACT_MOVED:
	case IV_ACT_NO_SHOW:
	case IV_ACT_MISSED:
	case IV_ACT_ASKED:
	case IV_ACT_THANKED:
	case IV_ACT_REPORTED:
	case IV_ACT_TOUCHED:
	case IV_ACT_FEELER:
	case IV_ACT_REFERRED:
	case IV_ACT_ARRANGED: put_act(page, act); break;
	case IV_VERB_COUNT: break;
	}
}

/* ---- the patch ---- */

static enum iv_style style_of(struct iv_str line)
{
	if (iv_str_starts(line, "@@"))
		return IV_STYLE_INFO;
	if (iv_str_starts(line, "+++") || iv_str_starts(line, "---") ||
	    iv_str_starts(line, "diff --git"))
		return IV_STYLE_STRONG;
	if (iv_str_starts(line, "+"))
		return IV_STYLE_ADDED;
	return iv_str_starts(line, "-") ? IV_STYLE_REMOVED : IV_STYLE_PLAIN;
}

static void put_patch(const struct page *page, const char *indent)
{
	struct iv_str line, rest = iv_str_of(page->file->patch);
	bool hunk = false;

	while (iv_str_line(&line, &rest)) {
		enum iv_style style = style_of(line);

		/* Within a hunk a line of dashes is a text like any other. */
		hunk |= style == IV_STYLE_INFO;
		if (hunk && style == IV_STYLE_STRONG)
			style = *line.ptr == '+' ? IV_STYLE_ADDED : IV_STYLE_REMOVED;
		iv_buf_puts(page->out, indent);
		iv_style_text(page->out, page->style->color, style, line);
		iv_buf_putc(page->out, '\n');
	}
}

/* ---- a file ---- */

static const struct iv_act *act_of(const struct page *page, enum iv_verb verb)
{
	for (size_t i = 0; i < page->file->acts->count; i++)
		if (page->file->acts->items[i].verb == verb)
			return &page->file->acts->items[i];
	return NULL;
}

/* "contacts/jane-green.md: Jane Green, new contact" */
static void put_head(const struct page *page)
{
	static const enum iv_verb verbs[] = {IV_ACT_ADDED, IV_ACT_RENAMED, IV_ACT_REMOVED};
	struct iv_buf line = IV_BUF_INIT;

	iv_buf_printf(&line, "%s: ", page->style->path);
	iv_buf_str(&line, page->file->note->name);
	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++) {
		const struct iv_act *act = act_of(page, verbs[i]);
		char *text = act ? iv_act_text(act, page->style->today, false) : NULL;

		if (act)
			iv_buf_printf(&line, ", %s", text);
		free(text);
	}
	iv_style_text(page->out, page->style->color, IV_STYLE_STRONG, iv_buf_view(&line));
	iv_buf_putc(page->out, '\n');
	iv_buf_release(&line);
}

static void put_note(const struct page *page)
{
	put_head(page);
	for (size_t i = 0; i < page->file->acts->count; i++)
		put_any(page, &page->file->acts->items[i]);
	if (!page->file->acts->count)
		iv_buf_printf(page->out, "  %s\n",
			      page->file->same_bytes ? "other permissions, the same bytes"
						     : "written otherwise, says the same");
	put_patch(page, "  ");
}

void iv_view_diff(struct iv_buf *out, const struct iv_diff_file *file,
		  const struct iv_diff_style *style)
{
	struct page page = {out, file, style};

	if (file->note)
		put_note(&page);
	else
		put_patch(&page, "");
}

/* ---- numbers ---- */

struct iv_diff_count iv_view_diff_counted(const struct iv_diff_file *file, const char *path)
{
	struct iv_diff_count out = {path, 0, file->inserted, file->deleted};

	for (size_t i = 0; file->note && i < file->acts->count; i++)
		out.acts += !file->acts->items[i].implied;
	return out;
}

static void put_count(struct iv_buf *out, size_t count, const char *what)
{
	iv_buf_printf(out, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

static size_t widest(const struct iv_diff_count *counts, size_t count)
{
	size_t width = 0;

	for (size_t i = 0; i < count; i++) {
		size_t this = iv_utf8_width(iv_str_of(counts[i].path));
		width = this > width ? this : width;
	}
	return width;
}

static void put_counts(struct iv_buf *out, const struct iv_diff_count *counts, size_t width)
{
	struct iv_str path = iv_str_of(counts->path);
	size_t space = width - iv_utf8_width(path);

	iv_buf_putc(out, ' ');
	iv_buf_visible(out, path, true);
	iv_buf_printf(out, "%*s | ", (int)space, "");
	put_count(out, counts->acts, "act");
	iv_buf_printf(out, " +%zu -%zu\n", counts->inserted, counts->deleted);
}

void iv_view_diff_stat(struct iv_buf *out, const struct iv_diff_count *counts, size_t count)
{
	size_t width = widest(counts, count);
	struct iv_diff_count all = {NULL, 0, 0, 0};

	for (size_t i = 0; i < count; i++) {
		put_counts(out, &counts[i], width);
		all.acts += counts[i].acts;
		all.inserted += counts[i].inserted;
		all.deleted += counts[i].deleted;
	}
	if (!count)
		return;
	iv_buf_putc(out, ' ');
	put_count(out, count, "file");
	iv_buf_puts(out, ", ");
	put_count(out, all.acts, "act");
	iv_buf_puts(out, ", ");
	put_count(out, all.inserted, "line");
	iv_buf_printf(out, " added, %zu removed\n", all.deleted);
}
