/* What is owed, day by day. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "view/style.h"
#include "view/words.h"

#define NAME_WIDTH_MAX 28

static const char *person(const struct iv_finding *f)
{
	return f->who ? f->who : f->note_name ? f->note_name : f->path;
}

static int compare(const void *a, const void *b)
{
	const struct iv_finding *x = a, *y = b;
	int order = (x->due > y->due) - (x->due < y->due);
	if (!order)
		order = strcmp(person(x), person(y));
	if (!order)
		order = strcmp(x->path, y->path);
	if (!order)
		order = (x->pos.line > y->pos.line) - (x->pos.line < y->pos.line);
	if (!order)
		order = (x->pos.column > y->pos.column) - (x->pos.column < y->pos.column);
	if (!order)
		order = strcmp(x->rule->id, y->rule->id);
	return order ? order : strcmp(x->message, y->message);
}

void iv_agenda_sort(struct iv_finding *findings, size_t count)
{
	if (count)
		qsort(findings, count, sizeof(*findings), compare);
}

/* ---- the columns ---- */

static void add_late(struct iv_buf *out, const struct iv_view *view, const struct iv_finding *f)
{
	if (f->when == IV_OVERDUE)
		iv_view_late(out, view->today, f->due);
}

static size_t late_width(const struct iv_view *view, const struct iv_finding *rows, size_t count)
{
	struct iv_buf buf = IV_BUF_INIT;
	size_t widest = 0;
	for (size_t i = 0; i < count; i++) {
		iv_buf_clear(&buf);
		add_late(&buf, view, &rows[i]);
		widest = buf.len > widest ? buf.len : widest;
	}
	iv_buf_release(&buf);
	return widest;
}

static size_t visible_width(const char *text)
{
	struct iv_buf buf = IV_BUF_INIT;
	iv_buf_visible(&buf, iv_str_of(text), true);
	size_t width = buf.len ? iv_utf8_width(iv_buf_view(&buf)) : 0;
	iv_buf_release(&buf);
	return width;
}

/* One name that is very long does not push all others' lines to the right. */
static size_t name_width(const struct iv_finding *rows, size_t count)
{
	size_t widest = 0;
	for (size_t i = 0; i < count; i++) {
		size_t width = visible_width(person(&rows[i]));
		if (width <= NAME_WIDTH_MAX && width > widest)
			widest = width;
	}
	return widest;
}

static void add_spaces(struct iv_buf *buf, size_t count)
{
	while (count--)
		iv_buf_putc(buf, ' ');
}

static void add_row(struct iv_buf *buf, const struct iv_view *view, const struct iv_finding *f,
		    size_t late_columns, size_t name_columns)
{
	struct iv_buf late = IV_BUF_INIT;
	size_t width = visible_width(person(f));
	add_late(&late, view, f);
	add_spaces(buf, 2);
	if (late_columns) {
		add_spaces(buf, late_columns - late.len);
		if (late.len)
			iv_style_text(buf, view->color, IV_STYLE_ERROR, iv_buf_view(&late));
		add_spaces(buf, 2);
	}
	iv_style_text(buf, view->color, IV_STYLE_STRONG, iv_str_of(person(f)));
	add_spaces(buf, (width < name_columns ? name_columns - width : 0) + 2);
	iv_style_text(buf, false, IV_STYLE_PLAIN, iv_str_of(f->message));
	iv_buf_puts(buf, " [");
	iv_style_text(buf, view->color, IV_STYLE_FAINT, iv_str_of(f->rule->id));
	iv_buf_puts(buf, "]\n");
	iv_buf_release(&late);
}

/* ---- the sections ---- */

static void add_title(struct iv_buf *buf, const struct iv_view *view, bool overdue, iv_day day)
{
	struct iv_buf title = IV_BUF_INIT;
	char text[11];
	if (overdue) {
		iv_buf_puts(&title, "overdue");
	} else {
		iv_day_format(text, day);
		iv_buf_printf(&title, "%s %s", iv_weekday_word(day), text);
		if (day == view->today)
			iv_buf_puts(&title, ", today");
		else if (day == view->today + 1)
			iv_buf_puts(&title, ", tomorrow");
	}
	iv_style_text(buf, view->color, overdue ? IV_STYLE_ERROR : IV_STYLE_STRONG,
		      iv_buf_view(&title));
	iv_buf_putc(buf, '\n');
	iv_buf_release(&title);
}

/* The rows from `first` on that stand under one title. */
static size_t section_end(const struct iv_view *view, const struct iv_finding *rows, size_t count,
			  size_t first)
{
	size_t end = first;
	bool overdue = rows[first].due < view->from;
	while (end < count &&
	       (overdue ? rows[end].due < view->from : rows[end].due == rows[first].due))
		end++;
	return end;
}

void iv_view_agenda(const struct iv_view *view, const struct iv_finding *rows, size_t count)
{
	struct iv_buf buf = IV_BUF_INIT;
	size_t names = name_width(rows, count);
	for (size_t first = 0; first < count;) {
		size_t end = section_end(view, rows, count, first);
		size_t late = late_width(view, rows + first, end - first);
		if (first)
			iv_buf_putc(&buf, '\n');
		add_title(&buf, view, rows[first].due < view->from, rows[first].due);
		for (; first < end; first++) {
			add_row(&buf, view, &rows[first], late, names);
			iv_view_drain(view, &buf);
		}
	}
	iv_view_flush(view, &buf);
	iv_buf_release(&buf);
}
