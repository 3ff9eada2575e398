#include "view/report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "view/choose.h"
#include "view/markdown.h"
#include "view/words.h"

/* How far the week ahead reaches, in days after the report's. */
#define AHEAD 7

static void add_text(struct iv_buf *out, const char *text)
{
	iv_markdown_text(out, iv_str_of(text));
}

static void add_heading(struct iv_buf *out, const char *text)
{
	iv_buf_printf(out, "\n## %s\n\n", text);
}

static void add_title(struct iv_buf *out, const struct iv_report *report)
{
	char week[9];
	iv_day sunday = report->monday + 6;
	iv_week_format(week, report->monday);
	iv_buf_printf(out, "# Week %s\n\n", week);
	iv_view_day(out, report->monday);
	iv_buf_puts(out, " to ");
	iv_view_day(out, sunday);
	iv_buf_printf(out, " %d", iv_civil_of(sunday).year);
	if (report->day < sunday) {
		iv_buf_puts(out, ", as of ");
		iv_view_day(out, report->day);
	}
	iv_buf_puts(out, ".\n");
}

/* ---- what happened ---- */

/* The start of an item in a list such as "- Asked: A (…), B (…)", and its end. */
static void begin_item(struct iv_buf *out, size_t *count, const char *label)
{
	if ((*count)++)
		iv_buf_puts(out, ", ");
	else
		iv_buf_printf(out, "- %s: ", label);
}

static size_t end_items(struct iv_buf *out, size_t count)
{
	if (count)
		iv_buf_putc(out, '\n');
	return count;
}

static const struct {
	enum iv_event_kind kind;
	const char *label;
} happenings[] = {
	{IV_EVENT_ASKED, "Asked"},           {IV_EVENT_ANSWERED, "Answered"},
	{IV_EVENT_THANKED, "Thanked"},       {IV_EVENT_REPORTED, "Reported back to"},
	{IV_EVENT_TOUCHED, "In touch with"},
};

/* "late" for the first thanks in writing that came after they were due. */
static const char *lateness(const struct iv_event *event, const struct iv_report *report)
{
	if (event->kind != IV_EVENT_THANKED || event->meeting == IV_NO_DAY)
		return NULL;
	iv_day due = iv_rules_plus(report->rules, event->meeting, "thank-you.after");
	return due != IV_NO_DAY && event->day > due ? "late" : NULL;
}

static void add_event(struct iv_buf *out, const struct iv_event *event,
		      const struct iv_report *report)
{
	const char *late = lateness(event, report);
	add_text(out, event->person ? event->person : event->path);
	iv_buf_puts(out, " (");
	iv_view_day(out, event->day);
	if (event->channel && event->kind != IV_EVENT_ANSWERED)
		iv_buf_printf(out, ", %s", event->channel);
	if (event->detail) {
		iv_buf_puts(out, ", ");
		add_text(out, event->detail);
	}
	iv_buf_printf(out, "%s%s)", late ? ", " : "", late ? late : "");
}

/* "Priya Nair (from Jane Green, Wed 18 Nov)" */
static size_t add_names(struct iv_buf *out, const struct iv_events *events)
{
	size_t count = 0;
	for (size_t i = 0; i < events->count; i++) {
		const struct iv_event *event = &events->events[i];
		if (event->kind != IV_EVENT_REFERRED || !event->text)
			continue;
		begin_item(out, &count, "New names");
		iv_markdown_text(out, iv_view_link(iv_str_of(event->text)));
		iv_buf_puts(out, " (from ");
		add_text(out, event->person ? event->person : event->path);
		iv_buf_puts(out, ", ");
		iv_view_day(out, event->day);
		iv_buf_putc(out, ')');
	}
	return end_items(out, count);
}

static size_t add_happening(struct iv_buf *out, const struct iv_report *report, size_t which)
{
	const struct iv_events *events = report->events;
	size_t count = 0;
	for (size_t i = 0; i < events->count; i++) {
		if (events->events[i].kind != happenings[which].kind)
			continue;
		begin_item(out, &count, happenings[which].label);
		add_event(out, &events->events[i], report);
	}
	return end_items(out, count);
}

/* Its day has passed, or the note says that it took place. */
static bool is_past(const struct iv_met *met, const struct iv_report *report)
{
	return met->known || met->day < report->day;
}

static size_t add_meetings(struct iv_buf *out, const struct iv_report *report)
{
	size_t count = 0;
	for (size_t i = 0; i < report->met->count; i++) {
		const struct iv_met *met = &report->met->items[i];
		if (!is_past(met, report))
			continue;
		begin_item(out, &count, "Met");
		add_text(out, met->name);
		iv_buf_puts(out, " (");
		iv_view_day(out, met->day);
		iv_buf_printf(out, "%s%s", met->via ? ", " : "", met->via ? met->via : "");
		iv_buf_puts(out, met->known ? ")" : ", outcome not noted)");
	}
	return end_items(out, count);
}

/* Meetings that were to be, by the state that closed them. */
static size_t add_fallen_through(struct iv_buf *out, const struct iv_report *report)
{
	const struct iv_events *events = report->events;
	static const char *const closed[] = {"cancelled", "moved", "no-show", "missed"};
	size_t count = 0;
	for (size_t i = 0; i < events->count; i++) {
		const struct iv_event *event = &events->events[i];
		bool told = false;
		for (size_t k = 0; event->kind == IV_EVENT_MEETING && event->detail && k < 4; k++)
			told = told || strcmp(event->detail, closed[k]) == 0;
		if (!told)
			continue;
		begin_item(out, &count, "Did not come about");
		add_event(out, event, report);
	}
	return end_items(out, count);
}

static void add_happenings(struct iv_buf *out, const struct iv_report *report)
{
	size_t count = 0;
	add_heading(out, "What happened");
	for (size_t i = 0; i < sizeof(happenings) / sizeof(happenings[0]); i++) {
		if (happenings[i].kind == IV_EVENT_THANKED) {
			count += add_meetings(out, report);
			count += add_fallen_through(out, report);
		}
		count += add_happening(out, report, i);
	}
	count += add_names(out, report->events);
	if (!count)
		iv_buf_puts(out, "Nothing is noted for this week.\n");
}

/* ---- the people met ---- */

static void add_place(struct iv_buf *out, const struct iv_met *met)
{
	if (met->role) {
		iv_buf_puts(out, ", ");
		add_text(out, met->role);
	}
	if (met->organization) {
		iv_buf_puts(out, met->role ? " at " : ", ");
		add_text(out, met->organization);
	}
}

static void add_minutes(struct iv_buf *out, const struct iv_met *met)
{
	if (met->actual < 0)
		return;
	iv_buf_printf(out, ", %" PRId64 " minutes", met->actual);
	if (met->planned >= 0 && met->planned != met->actual)
		iv_buf_printf(out, " (%" PRId64 " planned)", met->planned);
}

static void add_met(struct iv_buf *out, const struct iv_met *met)
{
	iv_buf_puts(out, "- ");
	add_text(out, met->name);
	add_place(out, met);
	iv_buf_puts(out, ": ");
	iv_view_day(out, met->day);
	if (strcmp(met->kind, "informational") != 0)
		iv_buf_printf(out, ", %s", met->kind);
	if (met->via)
		iv_buf_printf(out, ", %s", met->via);
	add_minutes(out, met);
	if (met->rating > 0)
		iv_buf_printf(out, ", rating %" PRId64 " of 5", met->rating);
	if (met->referrals) {
		iv_buf_puts(out, ", named ");
		add_text(out, met->referrals);
	}
	iv_buf_puts(out, met->known ? "\n" : ", outcome not noted\n");
}

static void add_people(struct iv_buf *out, const struct iv_report *report)
{
	size_t count = 0;
	for (size_t i = 0; i < report->met->count; i++) {
		if (!is_past(&report->met->items[i], report))
			continue;
		if (!count++)
			add_heading(out, "People met");
		add_met(out, &report->met->items[i]);
	}
}

/* ---- choosing findings ---- */

static bool is_owed(const struct iv_finding *finding)
{
	return finding->rule->kind == IV_RULE_OWED;
}

/* What waits on the day or is late. Meetings themselves are told as meetings. */
static bool is_open(const struct iv_finding *finding, const void *data)
{
	(void)data;
	return is_owed(finding) && !finding->rule->agenda_only &&
	       (finding->when == IV_DUE || finding->when == IV_OVERDUE);
}

/* It had become late, and the first day on which it no longer holds is of this week. */
static bool is_missed(const struct iv_finding *finding, const void *data)
{
	const struct iv_report *report = data;
	return is_owed(finding) && finding->until != IV_NO_DAY && finding->due != IV_NO_DAY &&
	       finding->until > finding->due && finding->until + 1 >= report->monday &&
	       finding->until + 1 <= report->day;
}

/* A meeting of this week taught it: its note says so. */
static bool is_lesson(const struct iv_finding *finding, const void *data)
{
	const struct iv_report *report = data;
	bool met = false;
	for (size_t i = 0; i < report->met->count; i++)
		met = met || strcmp(report->met->items[i].meeting, finding->path) == 0;
	return met && finding->rule->kind == IV_RULE_UNWISE && finding->until != IV_NO_DAY &&
	       finding->since >= report->monday && finding->since <= report->day;
}

/* What comes due after the day, and a meeting of the day itself that is still to come. */
static bool is_ahead(const struct iv_finding *finding, const void *data)
{
	const struct iv_report *report = data;
	iv_day from = finding->rule->agenda_only ? report->day : report->day + 1;
	return is_owed(finding) && finding->due != IV_NO_DAY && finding->due >= from &&
	       finding->due <= report->day + AHEAD &&
	       !iv_waits_for_meeting(finding, report->ahead, report->day);
}

/* Faults in the notes, but for a meeting that is ahead only as seen from a past day. */
static bool is_broken(const struct iv_finding *finding, const void *data)
{
	(void)data;
	return finding->rule->kind == IV_RULE_BROKEN && finding->severity >= IV_WARNING &&
	       !(strcmp(finding->rule->id, "time-travel") == 0 && finding->until != IV_NO_DAY);
}

/* ---- telling them ---- */

static void add_owed(struct iv_buf *out, const struct iv_finding *finding,
		     const struct iv_report *report)
{
	struct iv_buf late = IV_BUF_INIT;
	iv_buf_puts(out, "- ");
	add_text(out, finding->message);
	iv_buf_puts(out, " (due ");
	iv_view_day(out, finding->due);
	iv_view_late(&late, report->day, finding->due);
	iv_buf_printf(out, "%s%s)\n", late.len ? ", " : "", late.len ? late.ptr : "");
	iv_buf_release(&late);
}

static void add_missed(struct iv_buf *out, const struct iv_finding *finding,
		       const struct iv_report *report)
{
	(void)report;
	iv_buf_puts(out, "- ");
	add_text(out, finding->message);
	iv_buf_puts(out, " (was due ");
	iv_view_day(out, finding->due);
	iv_buf_puts(out, ")\n");
}

/* The people of the meeting that the note tells of. */
static void add_lesson(struct iv_buf *out, const struct iv_finding *finding,
		       const struct iv_report *report)
{
	size_t count = 0;
	iv_buf_puts(out, "- ");
	for (size_t i = 0; i < report->met->count; i++) {
		const struct iv_met *met = &report->met->items[i];
		if (strcmp(met->meeting, finding->path) != 0)
			continue;
		iv_buf_puts(out, count++ ? ", " : "");
		add_text(out, met->name);
	}
	if (!count)
		add_text(out, finding->note_name);
	iv_buf_puts(out, " (");
	iv_view_day(out, finding->since);
	iv_buf_puts(out, "): ");
	add_text(out, finding->message);
	iv_buf_putc(out, '\n');
}

/* What is to be thought over before a meeting. */
static void add_warnings(struct iv_buf *out, const struct iv_finding *meeting,
			 const struct iv_report *report)
{
	for (size_t i = 0; i < report->ahead->count; i++) {
		const struct iv_finding *finding = &report->ahead->items[i];
		if (finding->rule->kind != IV_RULE_UNWISE || finding->until != meeting->until ||
		    strcmp(finding->path, meeting->path) != 0)
			continue;
		iv_buf_puts(out, "  - ");
		add_text(out, finding->message);
		iv_buf_putc(out, '\n');
	}
}

static void add_coming(struct iv_buf *out, const struct iv_finding *finding,
		       const struct iv_report *report)
{
	iv_buf_puts(out, "- ");
	iv_view_day(out, finding->due);
	iv_buf_puts(out, ": ");
	add_text(out, finding->message);
	iv_buf_putc(out, '\n');
	if (finding->rule->agenda_only)
		add_warnings(out, finding, report);
}

static void add_fault(struct iv_buf *out, const struct iv_finding *finding,
		      const struct iv_report *report)
{
	(void)report;
	iv_buf_puts(out, "- ");
	add_text(out, finding->path);
	iv_buf_printf(out, ":%" PRIu32 ": ", finding->pos.line ? finding->pos.line : 1);
	add_text(out, finding->message);
	iv_buf_putc(out, '\n');
}

typedef void (*add_fn)(struct iv_buf *, const struct iv_finding *, const struct iv_report *);

/* A section of findings; left out when there is none of them and no word for that. */
static void add_section(struct iv_buf *out, const struct iv_report *report, const char *heading,
			const char *none, const struct iv_findings *findings, iv_choose_fn choose,
			add_fn add)
{
	size_t count;
	struct iv_finding *chosen = iv_choose(&count, findings, choose, report);
	if (count || none)
		add_heading(out, heading);
	for (size_t i = 0; i < count; i++)
		add(out, &chosen[i], report);
	if (!count && none)
		iv_buf_printf(out, "%s\n", none);
	free(chosen);
}

/* ---- the figures ---- */

static void add_acceptance(struct iv_buf *out, const struct iv_funnel *funnel)
{
	int64_t decided = funnel->accepted + funnel->declined + funnel->silent;
	if (decided)
		iv_buf_printf(out,
			      "Acceptance: %" PRId64 " of %" PRId64 " people (%" PRId64
			      " %%); a little over half is usual. ",
			      funnel->accepted, decided,
			      (200 * funnel->accepted + decided) / (2 * decided));
	iv_buf_printf(out, "%" PRId64 " declined, %" PRId64 " silent, %" PRId64 " pending.\n",
		      funnel->declined, funnel->silent, funnel->pending);
}

static void add_funnel(struct iv_buf *out, const struct iv_funnel *funnel)
{
	add_heading(out, "The search so far");
	if (funnel->asked) {
		iv_buf_printf(out,
			      "| asked | said yes | met | thanked | gave names |\n"
			      "| ---: | ---: | ---: | ---: | ---: |\n"
			      "| %" PRId64 " | %" PRId64 " | %" PRId64 " | %" PRId64 " | %" PRId64
			      " |\n\n",
			      funnel->asked, funnel->accepted, funnel->met, funnel->thanked,
			      funnel->referred);
		add_acceptance(out, funnel);
	} else {
		iv_buf_puts(out, "Nobody has been asked yet.\n");
	}
	if (funnel->unasked)
		iv_buf_printf(out, "\nMet without a request: %" PRId64 ".\n", funnel->unasked);
}

void iv_report_markdown(struct iv_buf *out, const struct iv_report *report)
{
	add_title(out, report);
	add_happenings(out, report);
	add_section(out, report, "Owed and late", "Nothing is owed.", report->standing, is_open,
		    add_owed);
	add_section(out, report, "Missed", NULL, report->week, is_missed, add_missed);
	add_section(out, report, "Lessons", NULL, report->week, is_lesson, add_lesson);
	add_section(out, report, "The week ahead", "Nothing is due.", report->ahead, is_ahead,
		    add_coming);
	add_section(out, report, "To mend in the notes", NULL, report->standing, is_broken,
		    add_fault);
	add_funnel(out, report->funnel);
	add_people(out, report);
}
