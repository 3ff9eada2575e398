#include "view/prep.h"

#include <stdio.h>
#include <string.h>

#include "view/dossier.h"
#include "view/markdown.h"
#include "view/prose.h"
#include "view/words.h"

static void add_heading(struct iv_buf *out, const char *text)
{
	iv_buf_printf(out, "\n## %s\n\n", text);
}

static void end_item(struct iv_buf *out, struct iv_buf *item, const char *mark)
{
	iv_prose_item(out, mark, iv_buf_view(item));
	iv_buf_clear(item);
}

static void add_lines(struct iv_buf *out, const struct iv_texts *lines, const char *mark)
{
	for (size_t i = 0; i < lines->count; i++)
		iv_prose_item(out, mark, iv_str_of(lines->items[i]));
}

/* ---- the head ---- */

static const char *kind_of(enum iv_kind kind)
{
	switch (kind) {
	case IV_KIND_INFORMATIONAL: return "To learn";
	case IV_KIND_CATCH_UP: return "To catch up";
	case IV_KIND_JOB: return "A job interview";
	}
	return "";
}

static void add_length(struct iv_buf *item, const struct iv_prepared *prepared)
{
	if (prepared->by_email)
		return;
	iv_buf_printf(item, ", %d minutes", prepared->minutes);
	if (prepared->assumed)
		iv_buf_puts(item, " (nobody agreed on a length: say one, and keep to it)");
	else if (prepared->start >= 0) {
		iv_buf_puts(item, ", until ");
		iv_prose_time(item, prepared->start + prepared->minutes);
	}
}

/* "To learn, in-person (the office), 20 minutes, until 10:20." */
static void add_facts(struct iv_buf *out, const struct iv_prep_page *page)
{
	const struct iv_meeting *meeting = page->note->meeting;
	const char *via = iv_channel_word(meeting->via);
	struct iv_buf item = IV_BUF_INIT;

	iv_buf_puts(&item, kind_of(meeting->kind));
	if (*via)
		iv_buf_printf(&item, ", %s", via);
	if (meeting->place.text.len) {
		iv_buf_puts(&item, " (");
		iv_markdown_text(&item, iv_view_link(meeting->place.text));
		iv_buf_putc(&item, ')');
	}
	add_length(&item, page->prepared);
	iv_buf_putc(&item, '.');
	end_item(out, &item, "");
	iv_buf_release(&item);
}

static void add_head(struct iv_buf *out, const struct iv_prep_page *page)
{
	iv_buf_puts(out, "# ");
	iv_prose_text(out, page->dossier->people ? page->dossier->people : "somebody");
	iv_buf_puts(out, ", ");
	iv_prose_day(out, page->note->meeting->date.day);
	if (page->prepared->start >= 0) {
		iv_buf_puts(out, ", ");
		iv_prose_time(out, page->prepared->start);
	}
	iv_buf_puts(out, "\n\n");
	add_facts(out, page);
}

/* ---- the people ---- */

static void add_post(struct iv_buf *item, const struct iv_member *member)
{
	if (member->role) {
		iv_buf_puts(item, ", ");
		iv_prose_text(item, member->role);
	}
	if (member->employer) {
		iv_buf_puts(item, ", ");
		iv_prose_text(item, member->employer);
	}
}

static void add_reach(struct iv_buf *out, struct iv_buf *item, const struct iv_member *member)
{
	const char *const ways[] = {member->phone, member->email, member->address};

	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		if (!ways[i])
			continue;
		iv_buf_puts(item, item->len ? ", " : "Reached at ");
		iv_prose_text(item, ways[i]);
	}
	if (member->url) {
		iv_buf_puts(item, item->len ? ", " : "Reached at ");
		iv_prose_url(item, member->url);
	}
	if (item->len)
		end_item(out, item, "  - ");
}

static void add_guest(struct iv_buf *out, const struct iv_member *member, struct iv_str about)
{
	struct iv_buf item = IV_BUF_INIT, source = IV_BUF_INIT;

	iv_buf_puts(&item, "**");
	iv_prose_text(&item, member->name);
	iv_buf_puts(&item, "**");
	add_post(&item, member);
	end_item(out, &item, "- ");
	if (iv_member_source(&source, member)) {
		iv_buf_puts(&item, member->route_count ? "By way of " : "From: ");
		iv_buf_str(&item, iv_buf_view(&source));
		end_item(out, &item, "  - ");
	}
	if (member->purpose) {
		iv_buf_puts(&item, "Why: ");
		iv_prose_text(&item, member->purpose);
		end_item(out, &item, "  - ");
	}
	add_reach(out, &item, member);
	if (about.len)
		iv_buf_putc(out, '\n');
	iv_prose_quote(out, about);
	iv_buf_release(&item);
	iv_buf_release(&source);
}

static const struct iv_event *last_event(const struct iv_events *events, enum iv_event_kind kind)
{
	const struct iv_event *last = NULL;

	for (size_t i = 0; i < events->count; i++)
		if (events->events[i].kind == kind)
			last = &events->events[i];
	return last;
}

static void add_event(struct iv_buf *item, const struct iv_event *event, const char *word)
{
	if (!event)
		return;
	iv_buf_puts(item, item->len ? "; " : "");
	iv_buf_puts(item, word);
	if (event->kind == IV_EVENT_ANSWERED && event->detail) {
		iv_buf_putc(item, ' ');
		iv_prose_text(item, event->detail);
	}
	iv_buf_puts(item, " on ");
	iv_prose_day(item, event->day);
	if (event->channel && event->kind == IV_EVENT_ASKED)
		iv_buf_printf(item, " by %s", event->channel);
	if (event->text && *event->text && event->kind == IV_EVENT_ANSWERED) {
		iv_buf_puts(item, " (");
		iv_prose_text(item, event->text);
		iv_buf_putc(item, ')');
	}
}

/* How this meeting came about: the words with the first of the guests. */
static void add_agreement(struct iv_buf *out, const struct iv_prep_page *page)
{
	const struct iv_dossier *dossier = page->dossier;
	struct iv_buf item = IV_BUF_INIT, asked = IV_BUF_INIT;

	iv_buf_puts(&asked, "You asked");
	if (dossier->member_count > 1 && dossier->members[1].guest) {
		iv_buf_putc(&asked, ' ');
		iv_prose_text(&asked, dossier->members[0].name);
	}
	add_event(&item, last_event(page->events, IV_EVENT_ASKED), asked.ptr);
	add_event(&item, last_event(page->events, IV_EVENT_ANSWERED),
		  item.len ? "the answer was" : "The answer was");
	if (item.len) {
		iv_buf_puts(&item, ".");
		iv_buf_putc(out, '\n');
		end_item(out, &item, "");
	}
	iv_buf_release(&item);
	iv_buf_release(&asked);
}

static void add_people(struct iv_buf *out, const struct iv_prep_page *page)
{
	const struct iv_dossier *dossier = page->dossier;
	size_t guests = 0;

	add_heading(out, "Who you meet");
	for (; guests < dossier->member_count && dossier->members[guests].guest; guests++) {
		if (guests)
			iv_buf_putc(out, '\n');
		add_guest(out, &dossier->members[guests], page->about[guests]);
	}
	if (!guests)
		iv_buf_puts(out, "There is no note about them yet.\n");
	add_agreement(out, page);
}

/* ---- before ---- */

static void add_task(struct iv_buf *out, const struct iv_task *task)
{
	struct iv_buf item = IV_BUF_INIT;

	iv_markdown_text(&item, task->text);
	end_item(out, &item, task->state == IV_TASK_DONE ? "- [x] " : "- [ ] ");
	iv_buf_release(&item);
}

static bool is_research(const struct iv_task *task)
{
	return task->section && strcmp(task->section, "research") == 0 &&
	       task->state != IV_TASK_CANCELLED;
}

static void add_research(struct iv_buf *out, const struct iv_prep_page *page)
{
	size_t count = 0;

	for (size_t i = 0; i < page->note->task_count; i++) {
		if (!is_research(&page->note->tasks[i]))
			continue;
		if (!count++)
			add_heading(out, "To read beforehand");
		add_task(out, &page->note->tasks[i]);
	}
	if (!count && page->prepared->research.count)
		add_heading(out, "To read beforehand");
	add_lines(out, &page->prepared->research, "- [ ] ");
}

static void add_open_leads(struct iv_buf *out, const struct iv_dossier *dossier)
{
	struct iv_buf item = IV_BUF_INIT;

	for (size_t i = 0; i < dossier->lead_count; i++) {
		if (!dossier->leads[i].of_guests || dossier->leads[i].reported != IV_NO_DAY)
			continue;
		iv_buf_puts(&item, "Tell them what came of it: ");
		iv_prose_text(&item, dossier->leads[i].text);
		end_item(out, &item, "- ");
	}
	iv_buf_release(&item);
}

static void add_promises(struct iv_buf *out, const struct iv_dossier *dossier)
{
	struct iv_buf list = IV_BUF_INIT;

	iv_promises_markdown(&list, dossier);
	add_open_leads(&list, dossier);
	if (list.len)
		add_heading(out, "Open promises");
	iv_buf_str(out, iv_buf_view(&list));
	iv_buf_release(&list);
}

/* ---- in the room ---- */

const char *iv_opening_word(enum iv_opening_from from)
{
	switch (from) {
	case IV_OPENING_NONE: return NULL;
	case IV_OPENING_NOTE: return "note";
	case IV_OPENING_CONFIG: return "config";
	case IV_OPENING_OURS: return "suggested";
	}
	return NULL;
}

static void add_opening(struct iv_buf *out, const struct iv_prepared *prepared)
{
	if (prepared->opening_from == IV_OPENING_NONE)
		return;
	add_heading(out, prepared->opening_from == IV_OPENING_OURS ? "Opening (a suggestion)"
								   : "Opening");
	if (prepared->opening_from == IV_OPENING_OURS) {
		iv_prose_item(out, "> ", prepared->opening);
		return;
	}
	iv_prose_quote(out, prepared->opening);
}

static void add_question(struct iv_buf *out, const struct iv_prepared_question *question,
			 size_t number)
{
	const char *label = iv_bank_label(question->topic);
	struct iv_buf item = IV_BUF_INIT;
	char mark[24];

	snprintf(mark, sizeof(mark), "%zu. ", number);
	if (label || question->topic.len) {
		iv_buf_putc(&item, '*');
		iv_markdown_text(&item, label ? iv_str_of(label) : question->topic);
		iv_buf_puts(&item, ":* ");
	}
	iv_markdown_text(&item, question->text);
	if (question->against)
		iv_buf_printf(&item, " **(%s)**", question->against);
	end_item(out, &item, mark);
	iv_buf_release(&item);
}

/* The first question about a topic that was asked there; dossier->asked_count when none was. */
static size_t first_asked(const struct iv_dossier *dossier, size_t topic)
{
	size_t i = 0;

	while (i < dossier->asked_count &&
	       (dossier->asked[i].own || !(dossier->asked[i].topics >> topic & 1)))
		i++;
	return i;
}

static bool is_same_meeting(const struct iv_asked *a, const struct iv_asked *b)
{
	return a->day == b->day && strcmp(a->names, b->names) == 0;
}

/* The topics that came up at the meeting of this question first: "the day, skills (…)". */
static void add_asked_of(struct iv_buf *item, const struct iv_dossier *dossier,
			 const struct iv_asked *asked)
{
	size_t count = 0;

	for (size_t t = 0; t < dossier->topic_count; t++) {
		const char *label = iv_bank_label(iv_str_of(dossier->topics[t]));
		size_t first = first_asked(dossier, t);

		if (first == dossier->asked_count ||
		    !is_same_meeting(&dossier->asked[first], asked))
			continue;
		iv_buf_puts(item, count++ ? ", " : item->len ? "; " : "Asked there before: ");
		iv_buf_puts(item, label ? label : dossier->topics[t]);
	}
	if (!count)
		return;
	iv_buf_puts(item, " (");
	iv_prose_text(item, asked->names);
	iv_buf_puts(item, ", ");
	iv_prose_day(item, asked->day);
	iv_buf_putc(item, ')');
}

static void add_asked(struct iv_buf *out, const struct iv_dossier *dossier)
{
	struct iv_buf item = IV_BUF_INIT;

	for (size_t i = 0; i < dossier->asked_count; i++)
		if (!dossier->asked[i].own &&
		    (!i || !is_same_meeting(&dossier->asked[i], &dossier->asked[i - 1])))
			add_asked_of(&item, dossier, &dossier->asked[i]);
	if (item.len) {
		iv_buf_puts(&item, ".");
		iv_buf_putc(out, '\n');
		end_item(out, &item, "");
	}
	iv_buf_release(&item);
}

static void add_questions(struct iv_buf *out, const struct iv_prep_page *page)
{
	const struct iv_prepared *prepared = page->prepared;

	if (!prepared->question_count)
		return;
	add_heading(out, "Questions");
	for (size_t i = 0; i < prepared->question_count; i++) {
		if (i && i == prepared->own_count)
			iv_buf_puts(out, "\nFrom the bank, if there is time:\n\n");
		add_question(out, &prepared->questions[i], i + 1);
	}
	add_asked(out, page->dossier);
}

static void add_closing(struct iv_buf *out, const struct iv_prepared *prepared)
{
	if (prepared->closing.count)
		add_heading(out, "Closing");
	add_lines(out, &prepared->closing, "- [ ] ");
}

/* ---- what was said before ---- */

static void add_said(struct iv_buf *out, const struct iv_prep_page *page)
{
	const struct iv_dossier *dossier = page->dossier;
	size_t count = 0;

	for (size_t i = 0; i < dossier->sitting_count; i++) {
		if (!dossier->sittings[i].held)
			continue;
		if (!count++)
			iv_buf_puts(out, "\n## What was said before\n");
		iv_sitting_markdown(out, &dossier->sittings[i], page->said[i]);
	}
}

void iv_prep_markdown(struct iv_buf *out, const struct iv_prep_page *page)
{
	const struct iv_prepared *prepared = page->prepared;

	add_head(out, page);
	add_people(out, page);
	add_research(out, page);
	add_promises(out, page->dossier);
	if (prepared->bring.count)
		add_heading(out, "To bring");
	add_lines(out, &prepared->bring, "- [ ] ");
	if (prepared->plan.count)
		add_heading(out, "The minutes");
	add_lines(out, &prepared->plan, "- ");
	add_opening(out, prepared);
	add_questions(out, page);
	add_closing(out, prepared);
	add_said(out, page);
}
