#include "vcs/message.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/* So that any one saying fits a subject with '; and 99999 more' behind it. */
#define NAME_MAX_CHARS 36
#define RENAME_MAX_CHARS 22
/* A note with more records than this is only said to be updated. */
#define RECORDS_MAX 1000

/* What can be said of a note, the most telling first. */
enum verb {
	MET,
	SAID_YES,
	SAID_NO,
	SAID_LATER,
	BOUNCED,
	CALLED_OFF,
	MOVED,
	NO_SHOW,
	MISSED,
	ASKED,
	THANKED,
	REPORTED,
	TOUCHED,
	FEELER,
	ARRANGED,
	ADD,
	TASKS, /* counted, not named */
	RENAME,
	REMOVE,
	UPDATE,
	VERB_COUNT
};

/* Words before or after the name. */
static const struct {
	const char *before, *after;
} verbs[VERB_COUNT] = {
	[MET] = {"Met ", ""},
	[SAID_YES] = {"", " said yes"},
	[SAID_NO] = {"", " said no"},
	[SAID_LATER] = {"", " said later"},
	[BOUNCED] = {"Message bounced: ", ""},
	[CALLED_OFF] = {"Meeting cancelled: ", ""},
	[MOVED] = {"Meeting moved: ", ""},
	[NO_SHOW] = {"", " did not come"},
	[MISSED] = {"Missed ", ""},
	[ASKED] = {"Asked ", ""},
	[THANKED] = {"Thanked ", ""},
	[REPORTED] = {"Reported to ", ""},
	[TOUCHED] = {"Kept in touch with ", ""},
	[FEELER] = {"Sent a feeler to ", ""},
	[ARRANGED] = {"Arranged to meet ", ""},
	[ADD] = {"Add ", ""},
	[TASKS] = {"", ""},
	[RENAME] = {"Rename ", ""},
	[REMOVE] = {"Remove ", ""},
	[UPDATE] = {"Update ", ""},
};

struct saying {
	enum verb verb;
	size_t fact;
	struct iv_str name;
};

struct speaker {
	struct iv_arena *arena;
	struct saying *sayings;
	size_t count, capacity;
	size_t fact; /* that is spoken of */
	size_t tasks, tasks_here;
	iv_day today;
	vcs_name_fn name;
	void *data;
};

/* ---- names ---- */

/* On one line, without control characters, and not too long. */
static struct iv_str shorten(struct speaker *speaker, struct iv_str text, size_t max)
{
	struct iv_buf buf = IV_BUF_INIT;
	struct iv_str out;
	size_t chars = 0;

	text = iv_str_trim(text);
	for (size_t i = 0; i < text.len && chars < max; chars++) {
		size_t len = iv_utf8_next(iv_str_slice(text, i, text.len));
		unsigned char c = (unsigned char)text.ptr[i];

		if (c < 0x20 || c == 0x7f)
			iv_buf_putc(&buf, ' ');
		else
			iv_buf_add(&buf, text.ptr + i, len);
		i += len;
		if (chars + 2 == max && i < text.len) {
			iv_buf_puts(&buf, "…");
			break;
		}
	}
	out = iv_arena_str(speaker->arena, iv_buf_view(&buf));
	iv_buf_release(&buf);
	return out;
}

static struct iv_str plain(struct speaker *speaker, struct iv_str text)
{
	return shorten(speaker, text, NAME_MAX_CHARS);
}

static struct iv_str note_name(struct speaker *speaker, const struct iv_note *note)
{
	return plain(speaker, note->name);
}

static struct iv_str ref_name(struct speaker *speaker, const struct iv_ref *ref)
{
	const char *name = speaker->name ? speaker->name(speaker->data, ref->key) : NULL;

	return plain(speaker, name ? iv_str_of(name) : ref->text);
}

static struct iv_str file_name(struct speaker *speaker, const char *path)
{
	struct iv_str name = iv_str_of(path);
	size_t slash = name.len;

	if (iv_str_starts(name, ".ivnotes/"))
		return plain(speaker, name);
	while (slash && path[slash - 1] != '/')
		slash--;
	name = iv_str_slice(name, slash, name.len);
	return plain(speaker,
		     iv_str_ends(name, ".md") ? iv_str_slice(name, 0, name.len - 3) : name);
}

/* ---- sayings ---- */

static void say(struct speaker *speaker, enum verb verb, struct iv_str name)
{
	for (size_t i = speaker->count; i-- > 0 && speaker->sayings[i].fact == speaker->fact;)
		if (speaker->sayings[i].verb == verb && iv_str_eq(speaker->sayings[i].name, name))
			return;
	IV_GROW(speaker->sayings, speaker->count, speaker->capacity);
	speaker->sayings[speaker->count++] = (struct saying){verb, speaker->fact, name};
}

static bool is_field(const char *field, const char *name)
{
	return field && !strcmp(field, name);
}

/* Says it of everybody whom the meeting's `contact` names. */
static void say_contacts(struct speaker *speaker, enum verb verb, const struct iv_note *meeting)
{
	bool any = false;

	for (size_t i = 0; i < meeting->ref_count; i++) {
		if (!is_field(meeting->refs[i].field, "contact"))
			continue;
		say(speaker, verb, ref_name(speaker, &meeting->refs[i]));
		any = true;
	}
	if (!any)
		say(speaker, verb, note_name(speaker, meeting));
}

/* ---- records ---- */

static bool same_record(const struct iv_record *a, const struct iv_record *b)
{
	return a->day == b->day && a->channel == b->channel && !strcmp(a->field, b->field) &&
	       a->skipped == b->skipped;
}

/*
 * The record's outcome before, where the record was there; false for a new one. The same line may
 * stand there twice: the n-th of its like is compared with the n-th.
 */
static bool record_before(enum iv_outcome *outcome, const struct iv_note *before,
			  const struct iv_note *after, size_t which)
{
	const struct iv_record *record = &after->records[which];
	size_t nth = 0;

	for (size_t i = 0; i < which; i++)
		nth += same_record(&after->records[i], record);
	for (size_t i = 0; before && i < before->record_count; i++) {
		if (!same_record(&before->records[i], record) || nth--)
			continue;
		*outcome = before->records[i].outcome;
		return true;
	}
	*outcome = IV_OUTCOME_NONE;
	return false;
}

static void say_outcome(struct speaker *speaker, enum iv_outcome outcome, struct iv_str name)
{
	switch (outcome) {
	case IV_OUTCOME_YES: say(speaker, SAID_YES, name); break;
	case IV_OUTCOME_NO: say(speaker, SAID_NO, name); break;
	case IV_OUTCOME_LATER: say(speaker, SAID_LATER, name); break;
	case IV_OUTCOME_BOUNCED: say(speaker, BOUNCED, name); break;
	case IV_OUTCOME_NONE: break;
	}
}

/* Thanks of a meeting reach the person whom the record names, else all. */
static void say_thanked(struct speaker *speaker, const struct iv_note *note, size_t which)
{
	bool named = false;

	for (size_t i = 0; i < note->ref_count; i++) {
		const struct iv_ref *ref = &note->refs[i];
		if (ref->record != (int)which || ref->form == IV_REF_WORDS)
			continue;
		say(speaker, THANKED, ref_name(speaker, ref));
		named = true;
	}
	if (!named)
		say_contacts(speaker, THANKED, note);
}

static void say_record(struct speaker *speaker, const struct iv_note *note, size_t which)
{
	const char *field = note->records[which].field;
	struct iv_str name = note_name(speaker, note);

	if (note->records[which].skipped)
		return;
	if (is_field(field, "outreach"))
		say(speaker, ASKED, name);
	else if (is_field(field, "thank-you"))
		say_thanked(speaker, note, which);
	else if (is_field(field, "reported"))
		say(speaker, REPORTED, name);
	else if (is_field(field, "touches"))
		say(speaker, TOUCHED, name);
	else if (is_field(field, "feeler"))
		say(speaker, FEELER, name);
}

static void compare_records(struct speaker *speaker, const struct iv_note *before,
			    const struct iv_note *after)
{
	if (after->record_count > RECORDS_MAX || (before && before->record_count > RECORDS_MAX))
		return;
	for (size_t i = 0; i < after->record_count; i++) {
		const struct iv_record *record = &after->records[i];
		enum iv_outcome outcome;

		if (!record_before(&outcome, before, after, i))
			say_record(speaker, after, i);
		if (record->outcome != outcome && is_field(record->field, "outreach"))
			say_outcome(speaker, record->outcome, note_name(speaker, after));
	}
}

/* ---- meetings and tasks ---- */

static bool was_held(const struct iv_meeting *meeting)
{
	return meeting && (meeting->state == IV_STATE_HELD || meeting->evidence);
}

static void say_new_meeting(struct speaker *speaker, const struct iv_note *note)
{
	const struct iv_meeting *meeting = note->meeting;
	bool ahead = meeting->date.day == IV_NO_DAY || meeting->date.day > speaker->today;

	say_contacts(speaker, !was_held(meeting) && ahead ? ARRANGED : MET, note);
}

static void compare_meetings(struct speaker *speaker, const struct iv_note *before,
			     const struct iv_note *after)
{
	const struct iv_meeting *was = before ? before->meeting : NULL, *is = after->meeting;
	bool changed = !was || was->state != is->state;

	switch (is->state) {
	case IV_STATE_CANCELLED:
		if (changed)
			say_contacts(speaker, CALLED_OFF, after);
		break;
	case IV_STATE_MOVED:
		if (changed)
			say_contacts(speaker, MOVED, after);
		break;
	case IV_STATE_NO_SHOW:
		if (changed)
			say_contacts(speaker, NO_SHOW, after);
		break;
	case IV_STATE_MISSED:
		if (changed)
			say_contacts(speaker, MISSED, after);
		break;
	case IV_STATE_NONE:
	case IV_STATE_SCHEDULED:
	case IV_STATE_HELD:
		if (!was)
			say_new_meeting(speaker, after);
		else if (was_held(is) && !was_held(was))
			say_contacts(speaker, MET, after);
		break;
	}
}

static size_t tasks_done(const struct iv_note *note)
{
	size_t done = 0;

	for (size_t i = 0; note && i < note->task_count; i++)
		done += note->tasks[i].state == IV_TASK_DONE;
	return done;
}

static void compare_tasks(struct speaker *speaker, const struct iv_note *before,
			  const struct iv_note *after)
{
	size_t was = tasks_done(before), is = tasks_done(after);

	if (!before || is <= was)
		return;
	speaker->tasks += is - was;
	say(speaker, TASKS,
	    iv_arena_printf(speaker->arena, "%zu follow-up%s done", is - was,
			    is - was == 1 ? "" : "s"));
}

/* ---- one file ---- */

static void say_rename(struct speaker *speaker, const struct vcs_fact *fact)
{
	struct iv_str from = file_name(speaker, fact->from), to = file_name(speaker, fact->path);

	if (iv_str_eq(from, to)) { /* it moved to another folder */
		from = iv_str_of(fact->from);
		to = iv_str_of(fact->path);
	}
	from = shorten(speaker, from, RENAME_MAX_CHARS);
	to = shorten(speaker, to, RENAME_MAX_CHARS);
	say(speaker, RENAME,
	    iv_arena_printf(speaker->arena, "%.*s to %.*s", IV_STR_ARG(from), IV_STR_ARG(to)));
}

static void speak_of(struct speaker *speaker, const struct vcs_fact *fact)
{
	const struct iv_note *known = fact->after ? fact->after : fact->before;
	struct iv_str name = known ? note_name(speaker, known) : file_name(speaker, fact->path);
	size_t said = speaker->count;

	if (fact->from)
		say_rename(speaker, fact);
	if (fact->kind == IV_CHANGE_REMOVED)
		say(speaker, REMOVE, name);
	if (fact->after) {
		if (fact->after->meeting)
			compare_meetings(speaker, fact->before, fact->after);
		compare_records(speaker, fact->before, fact->after);
		compare_tasks(speaker, fact->before, fact->after);
	}
	if (speaker->count == said)
		say(speaker, fact->kind == IV_CHANGE_ADDED ? ADD : UPDATE, name);
}

/* ---- the message ---- */

static int by_verb(const void *a, const void *b)
{
	const struct saying *x = a, *y = b;

	if (x->verb != y->verb)
		return (int)x->verb - (int)y->verb;
	if (x->verb == TASKS)
		return x->fact < y->fact ? -1 : x->fact > y->fact;
	return x->fact != y->fact ? (x->fact < y->fact ? -1 : 1) : iv_str_cmp(x->name, y->name);
}

/* Appends one saying behind those of the same sentence; `capital` where it begins one. */
static void append(struct iv_buf *out, const struct saying *saying, const struct saying *last,
		   bool capital)
{
	const char *before = verbs[saying->verb].before;

	if (last && last->verb == saying->verb && *before) {
		iv_buf_puts(out, ", ");
	} else {
		iv_buf_puts(out, last ? "; " : "");
		if (*before)
			iv_buf_putc(out, (char)(capital ? *before : iv_to_lower(*before)));
		iv_buf_puts(out, *before ? before + 1 : "");
	}
	iv_buf_str(out, saying->name);
	iv_buf_puts(out, verbs[saying->verb].after);
}

static size_t chars(const struct iv_buf *buf, size_t from)
{
	struct iv_str view = iv_str_slice(iv_buf_view(buf), from, buf->len);

	return iv_utf8_count(view, view.len);
}

/* In the subject all tasks are one saying, and the same is said once. */
static size_t condense(struct speaker *speaker)
{
	size_t kept = 0;

	for (size_t i = 0; i < speaker->count; i++) {
		struct saying saying = speaker->sayings[i];
		const struct saying *last = kept ? &speaker->sayings[kept - 1] : NULL;

		if (last && last->verb == saying.verb &&
		    (saying.verb == TASKS || iv_str_eq(last->name, saying.name)))
			continue;
		if (saying.verb == TASKS)
			saying.name =
				iv_arena_printf(speaker->arena, "%zu follow-up%s done",
						speaker->tasks, speaker->tasks == 1 ? "" : "s");
		speaker->sayings[kept++] = saying;
	}
	return kept;
}

/* As many sayings as leave room for 'and 12 more'; the first one always. */
static void write_subject(struct iv_buf *out, struct speaker *speaker)
{
	const size_t start = out->len, count = condense(speaker);
	const size_t reserve = sizeof("; and 99999 more") - 1;

	for (size_t i = 0; i < count; i++) {
		size_t before = out->len, room = i + 1 < count ? reserve : 0;

		append(out, &speaker->sayings[i], i ? &speaker->sayings[i - 1] : NULL, !i);
		if (!i || chars(out, start) + room < VCS_SUBJECT_MAX)
			continue;
		out->len = before;
		out->ptr[before] = '\0';
		iv_buf_printf(out, "; and %zu more", count - i);
		break;
	}
	iv_buf_putc(out, '\n');
}

static void write_line(struct iv_buf *out, struct speaker *speaker, const struct vcs_fact *fact)
{
	struct iv_buf line = IV_BUF_INIT;

	speak_of(speaker, fact);
	qsort(speaker->sayings, speaker->count, sizeof(*speaker->sayings), by_verb);
	iv_buf_printf(&line, "%s: ", fact->path);
	for (size_t i = 0; i < speaker->count; i++)
		append(&line, &speaker->sayings[i], i ? &speaker->sayings[i - 1] : NULL, false);
	iv_buf_visible(out, iv_buf_view(&line), true);
	iv_buf_putc(out, '\n');
	iv_buf_release(&line);
}

static void write_body(struct iv_buf *out, struct speaker *speaker, const struct vcs_fact *facts,
		       size_t count)
{
	for (size_t i = 0; i < count && i < VCS_LINES_MAX; i++) {
		speaker->count = 0;
		speaker->fact = 0;
		write_line(out, speaker, &facts[i]);
	}
	if (count > VCS_LINES_MAX)
		iv_buf_printf(out, "and %zu more\n", count - VCS_LINES_MAX);
}

void vcs_message(struct iv_buf *out, const struct vcs_fact *facts, size_t count, iv_day today,
		 vcs_name_fn name, void *data)
{
	struct speaker speaker = {
		.arena = iv_arena_new(), .today = today, .name = name, .data = data};

	for (size_t i = 0; i < count; i++) {
		speaker.fact = i;
		speak_of(&speaker, &facts[i]);
	}
	if (speaker.count) {
		qsort(speaker.sayings, speaker.count, sizeof(*speaker.sayings), by_verb);
		write_subject(out, &speaker);
		iv_buf_putc(out, '\n');
		write_body(out, &speaker, facts, count);
	}
	free(speaker.sayings);
	iv_arena_free(speaker.arena);
}
