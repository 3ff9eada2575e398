/* A note on one page: who, how known, what happened, what is owed. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "note/fields.h"
#include "view/choose.h"
#include "view/note.h"
#include "view/style.h"
#include "view/words.h"

#define LABEL_WIDTH 16

static void add_text(struct iv_buf *out, struct iv_str text)
{
	iv_buf_visible(out, iv_str_trim(text), true);
}

static void add_heading(struct iv_buf *out, const struct iv_page *page, const char *text)
{
	iv_buf_putc(out, '\n');
	iv_style_text(out, page->color, IV_STYLE_STRONG, iv_str_of(text));
	iv_buf_putc(out, '\n');
}

/* ---- fields ---- */

static void add_value(struct iv_buf *out, const struct iv_value *value)
{
	if (value->kind == IV_VALUE_SCALAR) {
		add_text(out, iv_view_link(value->text));
		return;
	}
	for (size_t i = 0; i < value->count; i++) {
		const struct iv_value *item = &value->items[i];
		if (i)
			iv_buf_puts(out, ", ");
		if (value->kind == IV_VALUE_MAP) {
			add_text(out, item->key);
			iv_buf_puts(out, ": ");
		}
		add_value(out, item);
	}
}

static void add_label(struct iv_buf *out, struct iv_str label)
{
	struct iv_buf shown = IV_BUF_INIT;
	add_text(&shown, label);
	size_t width = iv_utf8_width(iv_buf_view(&shown));
	iv_buf_puts(out, "  ");
	iv_buf_str(out, iv_buf_view(&shown));
	do
		iv_buf_putc(out, ' ');
	while (++width < LABEL_WIDTH);
	iv_buf_release(&shown);
}

/* A list of records, leads or the like: one a line, the label before the first. */
static bool is_lines(const struct iv_note *note, const struct iv_field *field)
{
	const struct iv_field_def *def = iv_field_find(note->type, field->name);
	return def && (def->kind == IV_FIELD_RECORDS || def->kind == IV_FIELD_LEADS) &&
	       field->value.kind == IV_VALUE_LIST && field->value.count;
}

static void add_field(struct iv_buf *out, const struct iv_note *note, const struct iv_field *field)
{
	bool lines = is_lines(note, field);
	size_t count = lines ? field->value.count : 1;
	for (size_t i = 0; i < count; i++) {
		add_label(out, i ? (struct iv_str){"", 0} : field->name);
		add_value(out, lines ? &field->value.items[i] : &field->value);
		iv_buf_putc(out, '\n');
	}
}

static bool is_one_of(const struct iv_field *field, const char *const *names)
{
	for (; *names; names++)
		if (field->known && strcmp(field->known, *names) == 0)
			return true;
	return false;
}

static bool is_blank(const struct iv_field *field)
{
	const struct iv_value *value = &field->value;
	return value->kind == IV_VALUE_SCALAR && !iv_str_trim(value->text).len;
}

/* A contact's records are told as events. */
static bool is_told_as_event(const struct iv_note *note, const struct iv_field *field)
{
	static const char *const told[] = {"outreach", "touches", "reported", NULL};
	return note->type == IV_TYPE_CONTACT && is_one_of(field, told);
}

/* First how one knows each other, then everything else as the note has it. */
static void add_fields(struct iv_buf *out, const struct iv_note *note)
{
	static const char *const titles[] = {"role", "organization", "type", "name", NULL};
	static const char *const known_by[] = {"relation", "source", "referred-by", "purpose",
					       NULL};
	const char *const *above = titles + (note->type == IV_TYPE_CONTACT ? 0 : 2);
	for (int first = 1; first >= 0; first--) {
		for (size_t i = 0; i < note->field_count; i++) {
			const struct iv_field *field = &note->fields[i];
			if (is_one_of(field, known_by) != first || is_one_of(field, above) ||
			    is_told_as_event(note, field) || is_blank(field))
				continue;
			add_field(out, note, field);
		}
	}
}

/* ---- the head ---- */

/* "Founding partner, Green & Tolley", or the type of a note that is no person's. */
static void add_subtitle(struct iv_buf *out, const struct iv_note *note)
{
	const struct iv_field *fields[] = {iv_note_field(note, "role"),
					   iv_note_field(note, "organization")};
	bool any = false;
	if (note->type != IV_TYPE_CONTACT) {
		iv_buf_puts(out, iv_type_word(note->type));
		iv_buf_puts(out, note->type == IV_TYPE_NONE ? "" : "\n");
		return;
	}
	for (size_t i = 0; i < 2; i++) {
		if (!fields[i] || is_blank(fields[i]))
			continue;
		iv_buf_puts(out, any ? ", " : "");
		add_value(out, &fields[i]->value);
		any = true;
	}
	iv_buf_puts(out, any ? "\n" : "");
}

static void add_head(struct iv_buf *out, const struct iv_page *page)
{
	iv_style_text(out, page->color, IV_STYLE_STRONG, page->note->name);
	iv_buf_putc(out, '\n');
	add_subtitle(out, page->note);
	iv_style_text(out, page->color, IV_STYLE_FAINT, iv_str_of(page->path));
	iv_buf_putc(out, '\n');
	struct iv_buf fields = IV_BUF_INIT;
	add_fields(&fields, page->note);
	if (fields.len) {
		iv_buf_putc(out, '\n');
		iv_buf_str(out, iv_buf_view(&fields));
	}
	iv_buf_release(&fields);
}

/* ---- what happened ---- */

static const char *meeting_word(const struct iv_event *event, iv_day today)
{
	if (event->detail && strcmp(event->detail, "held") != 0 &&
	    strcmp(event->detail, "scheduled") != 0)
		return "meeting";
	return event->day > today ? "to meet" : event->day == today ? "meeting today" : "met";
}

static const char *event_word(const struct iv_event *event, iv_day today)
{
	switch (event->kind) {
	case IV_EVENT_ASKED: return "asked";
	case IV_EVENT_ANSWERED: return "answered";
	case IV_EVENT_MEETING: return meeting_word(event, today);
	case IV_EVENT_THANKED: return "thanked";
	case IV_EVENT_TOUCHED: return "in touch";
	case IV_EVENT_REPORTED: return "reported back";
	case IV_EVENT_REFERRED: return "named";
	case IV_EVENT_CREATED: return "noted down";
	}
	return "";
}

/* The words of a request that was answered in the same record are the answer's. */
static bool has_answer(const struct iv_events *events, const struct iv_event *asked)
{
	for (size_t i = 0; i < events->count; i++)
		if (events->events[i].kind == IV_EVENT_ANSWERED &&
		    events->events[i].line == asked->line &&
		    strcmp(events->events[i].path, asked->path) == 0)
			return true;
	return false;
}

static void add_words(struct iv_buf *out, const struct iv_event *event, const struct iv_page *page)
{
	if (!event->text || !*event->text ||
	    (event->kind == IV_EVENT_ASKED && has_answer(page->events, event)))
		return;
	iv_buf_puts(out, event->kind == IV_EVENT_REFERRED ? " " : ": ");
	add_text(out, iv_view_link(iv_str_of(event->text)));
}

static void add_event(struct iv_buf *out, const struct iv_event *event, const struct iv_page *page)
{
	char day[11];
	bool plain =
		event->kind == IV_EVENT_MEETING && event->detail &&
		(strcmp(event->detail, "held") == 0 || strcmp(event->detail, "scheduled") == 0);
	iv_day_format(day, event->day);
	iv_buf_printf(out, "  %s  %s", day, event_word(event, page->today));
	if (event->detail && *event->detail && !plain) {
		iv_buf_puts(out, event->kind == IV_EVENT_ANSWERED ? " " : ", ");
		add_text(out, iv_str_of(event->detail));
	}
	if (event->channel && event->kind != IV_EVENT_ANSWERED)
		iv_buf_printf(out, ", %s", event->channel);
	add_words(out, event, page);
	if (!iv_str_is(page->note->path, event->path)) {
		iv_buf_puts(out, "  ");
		iv_style_text(out, page->color, IV_STYLE_FAINT, iv_str_of(event->path));
	}
	iv_buf_putc(out, '\n');
}

static void add_events(struct iv_buf *out, const struct iv_page *page)
{
	if (page->events->count)
		add_heading(out, page, "What happened");
	for (size_t i = 0; i < page->events->count; i++)
		add_event(out, &page->events->events[i], page);
}

/* ---- what is owed ---- */

static void add_finding(struct iv_buf *out, const struct iv_finding *finding,
			const struct iv_page *page)
{
	struct iv_buf late = IV_BUF_INIT;
	char day[11];
	iv_buf_puts(out, "  ");
	if (finding->due != IV_NO_DAY) {
		iv_day_format(day, finding->due);
		iv_view_late(&late, page->today, finding->due);
		iv_buf_printf(out, "%s  ", day);
	}
	add_text(out, iv_str_of(finding->message));
	if (late.len) {
		iv_buf_puts(out, ", ");
		iv_style_text(out, page->color, IV_STYLE_ERROR, iv_buf_view(&late));
	}
	iv_buf_puts(out, " [");
	iv_style_text(out, page->color, IV_STYLE_FAINT, iv_str_of(finding->rule->id));
	iv_buf_puts(out, "]\n");
	iv_buf_release(&late);
}

static bool is_dated(const struct iv_finding *finding, const void *data)
{
	const struct iv_page *page = data;
	return finding->due != IV_NO_DAY &&
	       !iv_waits_for_meeting(finding, page->findings, page->today);
}

static bool is_undated(const struct iv_finding *finding, const void *data)
{
	const struct iv_page *page = data;
	return finding->due == IV_NO_DAY &&
	       !iv_waits_for_meeting(finding, page->findings, page->today);
}

static void add_findings(struct iv_buf *out, const struct iv_page *page, iv_choose_fn choose,
			 const char *heading)
{
	size_t count;
	struct iv_finding *chosen = iv_choose(&count, page->findings, choose, page);
	if (count)
		add_heading(out, page, heading);
	for (size_t i = 0; i < count; i++)
		add_finding(out, &chosen[i], page);
	free(chosen);
}

void iv_view_page(struct iv_buf *out, const struct iv_page *page)
{
	add_head(out, page);
	add_events(out, page);
	add_findings(out, page, is_dated, "What is owed");
	add_findings(out, page, is_undated, "What was noticed");
}
