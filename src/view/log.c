/* The log for people: day by day, a line a commit, and as Markdown. */
#include "view/log.h"

#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "view/markdown.h"
#include "view/style.h"
#include "view/words.h"

/* So many changes of a note are told one by one. */
#define CHANGES_MAX 4
/* A line a commit goes on to others up to so many columns. */
#define LINE_COLUMNS 96

void iv_log_day(struct iv_buf *out, iv_day day, iv_day near)
{
	struct iv_buf text = IV_BUF_INIT;
	struct iv_civil civil = iv_civil_of(day);

	iv_view_day(&text, day); /* "Wed 2 Dec" */
	iv_buf_str(out, iv_str_slice(iv_buf_view(&text), 4, text.len));
	if (near == IV_NO_DAY || iv_civil_of(near).year != civil.year)
		iv_buf_printf(out, " %d", civil.year);
	iv_buf_release(&text);
}

/* ---- what is told together ---- */

static bool same_commit(const struct iv_told *a, const struct iv_told *b)
{
	return a->commit && a->commit == b->commit && a->day == b->day;
}

static bool same_label(const struct iv_told *a, const struct iv_told *b)
{
	return same_commit(a, b) && a->note == b->note && a->label && b->label;
}

/* The end of what is told together with items[from]. */
static size_t end_of(const struct iv_log *log, size_t from,
		     bool (*same)(const struct iv_told *a, const struct iv_told *b))
{
	size_t end = from + 1;

	while (end < log->count && same(&log->items[from], &log->items[end]))
		end++;
	return end;
}

/* ---- words ---- */

static const char *without_commit(const struct iv_told *told)
{
	return told->unknown ? "commit not known" : "not committed";
}

/* "asked Jane Green by email (19 Nov, recorded 2 Dec)" */
static void add_told(struct iv_buf *out, const struct iv_told *told, bool color)
{
	struct iv_buf days = IV_BUF_INIT;

	iv_buf_visible(out, iv_str_of(told->text), true);
	if (told->claimed != IV_NO_DAY)
		iv_log_day(&days, told->claimed, told->day);
	if (told->recorded != IV_NO_DAY) {
		iv_buf_puts(&days, days.len ? ", recorded " : "recorded ");
		iv_log_day(&days, told->recorded, told->day);
	}
	if (!told->commit)
		iv_buf_printf(&days, "%s%s", days.len ? ", " : "", without_commit(told));
	if (days.len) {
		struct iv_buf shown = IV_BUF_INIT;

		iv_buf_printf(&shown, "(%s)", days.ptr);
		iv_buf_putc(out, ' ');
		iv_style_text(out, color,
			      told->recorded != IV_NO_DAY ? IV_STYLE_WARNING : IV_STYLE_FAINT,
			      iv_buf_view(&shown));
		iv_buf_release(&shown);
	}
	iv_buf_release(&days);
}

/* One saying, or the changes of a note: "Jane Green: role: lead; text changed". */
static void add_sayings(struct iv_buf *out, const struct iv_log *log, size_t from, size_t to,
			bool color)
{
	size_t shown = log->all || to - from <= CHANGES_MAX + 1 ? to - from : CHANGES_MAX;

	if (log->items[from].label) {
		iv_buf_visible(out, iv_str_of(log->items[from].label), true);
		iv_buf_puts(out, ": ");
	}
	for (size_t i = 0; i < shown; i++) {
		iv_buf_puts(out, i ? "; " : "");
		add_told(out, &log->items[from + i], color);
	}
	if (shown < to - from)
		iv_buf_printf(out, "; and %zu more changes", to - from - shown);
}

static struct iv_str short_id(const struct iv_log *log, const struct iv_past_commit *commit)
{
	return iv_str_slice(iv_str_of(commit->id), 0, (size_t)log->abbrev);
}

/* ---- day by day ---- */

static void add_gap(struct iv_buf *out, int width)
{
	iv_buf_printf(out, "%*s", width, "");
}

/* "14:05 Robin Seeker: Tidy up", as far as it is wanted; false for nothing. */
static bool add_head(struct iv_buf *out, const struct iv_view *view, const struct iv_log *log,
		     const struct iv_past_commit *commit)
{
	struct iv_buf text = IV_BUF_INIT;
	int minute = (int)((commit->written / 60 + commit->zone) % (24 * 60));

	if (!log->authors && !log->subjects)
		return false;
	if (log->subjects)
		iv_buf_printf(&text, "%02d:%02d ", minute / 60, minute % 60);
	iv_buf_puts(&text, commit->author);
	if (log->subjects)
		iv_buf_printf(&text, ": %s", commit->subject);
	iv_style_text(out, view->color, IV_STYLE_FAINT, iv_buf_view(&text));
	iv_buf_putc(out, '\n');
	iv_buf_release(&text);
	return true;
}

static void add_commit(struct iv_buf *out, const struct iv_view *view, const struct iv_log *log,
		       size_t from, size_t to)
{
	const struct iv_past_commit *commit = log->items[from].commit;
	int width = 4 + log->abbrev;
	bool begun = false;

	iv_buf_puts(out, "  ");
	if (commit) {
		iv_style_text(out, view->color, IV_STYLE_FAINT, short_id(log, commit));
		iv_buf_puts(out, "  ");
		begun = add_head(out, view, log, commit);
	} else {
		add_gap(out, width - 2);
	}
	for (size_t i = from, next; i < to; i = next) {
		next = end_of(log, i, same_label);
		if (begun)
			add_gap(out, width);
		add_sayings(out, log, i, next, view->color);
		iv_buf_putc(out, '\n');
		begun = true;
	}
}

static void add_day_heading(struct iv_buf *out, const struct iv_view *view, iv_day day, bool first)
{
	struct iv_buf text = IV_BUF_INIT;

	iv_buf_puts(out, first ? "" : "\n");
	iv_view_day(&text, day);
	iv_buf_printf(&text, " %d", iv_civil_of(day).year);
	iv_style_text(out, view->color, IV_STYLE_STRONG, iv_buf_view(&text));
	iv_buf_putc(out, '\n');
	iv_buf_release(&text);
}

static void add_title(struct iv_buf *out, const struct iv_view *view, const struct iv_log *log)
{
	if (!log->title)
		return;
	iv_style_text(out, view->color, IV_STYLE_STRONG, iv_str_of(log->title));
	iv_buf_putc(out, '\n');
	iv_style_text(out, view->color, IV_STYLE_FAINT, iv_str_of(log->path));
	iv_buf_puts(out, "\n\n");
}

void iv_log_text(const struct iv_view *view, const struct iv_log *log)
{
	struct iv_buf out = IV_BUF_INIT;

	add_title(&out, view, log);
	for (size_t i = 0, next; i < log->count; i = next) {
		if (!i || log->items[i].day != log->items[i - 1].day)
			add_day_heading(&out, view, log->items[i].day, !i);
		next = end_of(log, i, same_commit);
		add_commit(&out, view, log, i, next);
		iv_view_drain(view, &out);
	}
	iv_view_flush(view, &out);
	iv_buf_release(&out);
}

/* ---- a line a commit ---- */

/* What git could not read is never left out. */
static bool may_be_cut(const struct iv_log *log, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!log->items[i].act)
			return false;
	return !log->all;
}

/* The sayings of a commit as far as a line goes; the first is there whatever its length. */
static void add_line(struct iv_buf *out, const struct iv_view *view, const struct iv_log *log,
		     size_t from, size_t to)
{
	struct iv_buf plain = IV_BUF_INIT;
	size_t columns = 0;

	for (size_t i = from, end; i < to; i = end) {
		end = end_of(log, i, same_label);
		iv_buf_clear(&plain);
		add_sayings(&plain, log, i, end, false);
		columns += iv_utf8_width(iv_buf_view(&plain));
		if (i > from && columns > LINE_COLUMNS && may_be_cut(log, i, to)) {
			iv_buf_printf(out, "; and %zu more", to - i);
			break;
		}
		iv_buf_puts(out, i > from ? "; " : "");
		add_sayings(out, log, i, end, view->color);
	}
	iv_buf_release(&plain);
}

void iv_log_oneline(const struct iv_view *view, const struct iv_log *log)
{
	static const char dashes[] = "----------------------------------------";
	struct iv_buf out = IV_BUF_INIT;

	for (size_t i = 0, next; i < log->count; i = next) {
		const struct iv_told *told = &log->items[i];
		char day[11];
		next = end_of(log, i, same_commit);
		if (told->commit)
			iv_style_text(&out, view->color, IV_STYLE_FAINT,
				      short_id(log, told->commit));
		else
			iv_buf_printf(&out, "%.*s", log->abbrev, dashes);
		iv_day_format(day, told->day);
		iv_buf_printf(&out, " %s ", day);
		if (log->authors && told->commit) {
			iv_buf_visible(&out, iv_str_of(told->commit->author), true);
			iv_buf_puts(&out, ": ");
		}
		add_line(&out, view, log, i, next);
		iv_buf_putc(&out, '\n');
		iv_view_drain(view, &out);
	}
	iv_view_flush(view, &out);
	iv_buf_release(&out);
}

/* ---- Markdown ---- */

void iv_log_markdown(const struct iv_view *view, const struct iv_log *log)
{
	struct iv_buf out = IV_BUF_INIT, text = IV_BUF_INIT;

	if (log->title) {
		iv_buf_puts(&out, "# ");
		iv_markdown_text(&out, iv_str_of(log->title));
		iv_buf_puts(&out, "\n\n");
	}
	for (size_t i = 0, next; i < log->count; i = next) {
		const struct iv_told *told = &log->items[i];
		if (!i || told->day != log->items[i - 1].day) {
			iv_buf_puts(&out, i ? "\n## " : "## ");
			iv_view_day(&out, told->day);
			iv_buf_printf(&out, " %d\n\n", iv_civil_of(told->day).year);
		}
		next = end_of(log, i, same_label);
		iv_buf_clear(&text);
		add_sayings(&text, log, i, next, false);
		iv_buf_puts(&out, "- ");
		iv_markdown_text(&out, iv_buf_view(&text));
		if (told->commit)
			iv_buf_printf(&out, " (%.*s)", IV_STR_ARG(short_id(log, told->commit)));
		iv_buf_putc(&out, '\n');
		iv_view_drain(view, &out);
	}
	iv_view_flush(view, &out);
	iv_buf_release(&text);
	iv_buf_release(&out);
}
