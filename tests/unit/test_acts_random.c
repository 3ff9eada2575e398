/*
 * Many random edits of notes: there are acts exactly where the parsed notes say something else, as
 * told by what is written down here of each, apart from what compares them.
 */
#include <string.h>

#include <ivnotes/history.h>

#include "base/mem.h"
#include "note/fields.h"
#include "note/value.h"
#include "note_test.h"

#define NOTES 5000
#define EDITS 4

/* ---- chance, the same in every run ---- */

static uint64_t chance = 5;

static unsigned below(unsigned n)
{
	chance = chance * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)((chance >> 33) % n);
}

#define PICK(array) (array)[below((unsigned)(sizeof(array) / sizeof(*(array))))]

/* ---- notes as lines ---- */

static const char *const types[] = {"type: contact", "type: meeting", "type: organization",
				    "type: 'contact' # hers", "type: recipe"};
static const char *const heads[] = {
	"name: Jane Green",
	"name: Jane",
	"role: lead",
	"role: 'lead'",
	"role:",
	"Job_Title: lead",
	"tags: [a, b]",
	"tags: [b, a]",
	"tags: a",
	"tags: [a]",
	"tags: []",
	"tags: none",
	"own: {a: 1, b: [x]}",
	"own: {a: 1, b: [y]}",
	"# a comment",
	"",
	"outreach: 2026-11-01 email",
	"outreach: [2026-11-01 email yes 2026-11-03]",
	"outreach: [2026-11-01 email, 2026-11-05 phone no]",
	"outreach: 2026-13-01 email",
	"outreach: 2026-13-02 email",
	"outreach: none",
	"touches: {date: 2026-11-02, via: card, text: thanks}",
	"touches: 2026-11-02 card thanks",
	"reported: 2026-11-02 email about [[bob]]",
	"follow-up: 2026-12-01 call",
	"feeler: skipped",
	"referrals: none",
	"referrals: '[[bob]]'",
	"referrals: [Bob, '[[eve|Eve]]']",
	"contact: '[[jane]]'",
	"contact: [Jane, Omar]",
	"date: 2026-11-18",
	"date: 2026-11-18 14:00",
	"date: '2026-11-19'",
	"state: held",
	"state: no show",
	"state: no-show",
	"state: cancelled",
	"actual: 25m",
	"thank-you: 2026-11-19 card",
	"thank-you: 2026-11-19 card to Omar",
	"leads: [Read X, 'Call Y (reported 2026-11-20)']",
	"leads: ['Read X (reported 2026-11-19)', Call Y]",
	"leads: ['Read X (reported 2026-11-20)', Call Y]",
	"broken: [a",
	"  - odd",
};
static const char *const bodies[] = {
	"Words.",
	"Other words.",
	"",
	"",
	"## Follow-ups",
	"## Notes",
	"- [ ] one",
	"- [x] one",
	"* [ ] one",
	"- [-] one",
	"- [ ] two (due 2026-12-01)",
	"- [ ] two due:2026-12-01",
	"- [x] two 2026-12-01 @waiting",
	"  - [ ] below",
	"  goes on",
	"<<<<<<< ours",
	"=======",
	">>>>>>> theirs",
	"```",
	"\377 no text",
};

struct lines {
	const char *items[64];
	size_t count;
};

static void insert(struct lines *lines, size_t at, const char *line)
{
	if (lines->count >= 60)
		return;
	memmove(&lines->items[at + 1], &lines->items[at],
		(lines->count - at) * sizeof(*lines->items));
	lines->items[at] = line;
	lines->count++;
}

static void drop(struct lines *lines, size_t at)
{
	lines->count--;
	memmove(&lines->items[at], &lines->items[at + 1],
		(lines->count - at) * sizeof(*lines->items));
}

static struct lines make_note(void)
{
	struct lines lines = {.count = 0};
	unsigned fields = below(6), texts = below(8);

	insert(&lines, lines.count, "---");
	insert(&lines, lines.count, PICK(types));
	while (fields--)
		insert(&lines, lines.count, PICK(heads));
	insert(&lines, lines.count, "---");
	while (texts--)
		insert(&lines, lines.count, PICK(bodies));
	return lines;
}

static size_t end_of_header(const struct lines *lines)
{
	size_t at = 1;

	while (at < lines->count && strcmp(lines->items[at], "---") != 0)
		at++;
	return at;
}

static void edit(struct lines *lines)
{
	size_t end = end_of_header(lines), at = below((unsigned)lines->count);

	switch (below(6)) {
	case 0: insert(lines, 1 + below((unsigned)end), PICK(heads)); break;
	case 1:
		if (end < lines->count)
			insert(lines, end + 1 + below((unsigned)(lines->count - end)),
			       PICK(bodies));
		break;
	case 2:
		if (at && at != end)
			drop(lines, at);
		break;
	case 3:
		if (at && at < end)
			lines->items[at] = PICK(heads);
		else if (at > end)
			lines->items[at] = PICK(bodies);
		break;
	case 4:
		if (at > 1 && at != end && at - 1 != end) {
			const char *other = lines->items[at - 1];
			lines->items[at - 1] = lines->items[at];
			lines->items[at] = other;
		}
		break;
	case 5: break; /* as it is, but for its line ends */
	}
}

static char *text_of(const struct lines *lines)
{
	const char *end = below(4) ? "\n" : "\r\n";
	struct iv_buf out = IV_BUF_INIT;

	for (size_t i = 0; i < lines->count; i++)
		iv_buf_printf(&out, "%s%s", lines->items[i], end);
	return iv_buf_detach(&out);
}

/* ---- what a note says, written down ---- */

struct said {
	char *items[400];
	size_t count;
};

static void say(struct said *said, const char *format, ...) IV_PRINTF(2, 3);

static void say(struct said *said, const char *format, ...)
{
	char text[600];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	assert_true(said->count < sizeof(said->items) / sizeof(*said->items));
	said->items[said->count++] = iv_strdup(text);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Sorted lines, then those whose order counts. */
static char *joined(struct said *set, struct said *list)
{
	struct iv_buf out = IV_BUF_INIT;

	qsort(set->items, set->count, sizeof(*set->items), by_text);
	for (size_t i = 0; i < set->count; i++)
		iv_buf_printf(&out, "%s\n", set->items[i]);
	for (size_t i = 0; i < list->count; i++)
		iv_buf_printf(&out, "%s\n", list->items[i]);
	for (size_t i = 0; i < set->count; i++)
		free(set->items[i]);
	for (size_t i = 0; i < list->count; i++)
		free(list->items[i]);
	return iv_buf_detach(&out);
}

static void put_value(struct iv_buf *out, const struct iv_value *value, bool outermost)
{
	bool list = value->kind == IV_VALUE_LIST;

	if (value->kind == IV_VALUE_SCALAR) {
		iv_buf_str(out, iv_str_trim(value->text));
		return;
	}
	if (list && !value->count)
		iv_buf_puts(out, outermost ? "none" : "[]");
	iv_buf_puts(out, list ? "" : "{");
	for (size_t i = 0; i < value->count; i++) {
		if (list && outermost && iv_value_is_blank(&value->items[i]))
			continue;
		iv_buf_printf(out, "<%.*s:", IV_STR_ARG(iv_str_trim(value->items[i].key)));
		put_value(out, &value->items[i], false);
		iv_buf_puts(out, ">");
	}
	iv_buf_puts(out, list ? "" : "}");
}

/* One value serves as a list. */
static void say_field(struct said *said, const struct iv_field *field)
{
	struct iv_buf value = IV_BUF_INIT;

	if (field->value.kind == IV_VALUE_LIST && field->value.count == 1)
		put_value(&value, &field->value.items[0], true);
	else
		put_value(&value, &field->value, true);
	say(said, "field %.*s %s", IV_STR_ARG(field->name), value.ptr ? value.ptr : "");
	iv_buf_release(&value);
}

static bool holds_records(const struct iv_note *note, const struct iv_field *field)
{
	const struct iv_field_def *def =
		field->known ? iv_field_find(note->type, field->name) : NULL;

	return def && def->kind == IV_FIELD_RECORDS && note->type != IV_TYPE_NONE;
}

/* What no day can be read in stands for itself, and so does `none`. */
static void say_records(struct said *said, const struct iv_note *note, const struct iv_field *field)
{
	const struct iv_value *item;
	size_t at = 0;

	if (field->value.kind == IV_VALUE_LIST && !field->value.count)
		say(said, "record %s none", field->known);
	for (size_t i = 0; (item = iv_value_item(&field->value, i)); i++) {
		const struct iv_record *record = NULL;
		struct iv_buf raw = IV_BUF_INIT;

		if (iv_value_is_blank(item))
			continue;
		while (at < note->record_count && strcmp(note->records[at].field, field->known))
			at++;
		if (!iv_value_is_none(item) && item->kind != IV_VALUE_LIST &&
		    at < note->record_count)
			record = &note->records[at++];
		put_value(&raw, item, false);
		if (record && (record->skipped || record->day != IV_NO_DAY))
			say(said, "record %s %d %d %d %d %d %d %d %.*s", field->known, record->day,
			    record->skipped, record->channel, record->minutes, record->outcome,
			    record->outcome_day, record->later_day, IV_STR_ARG(record->text));
		else
			say(said, "record %s %s", field->known, raw.ptr ? raw.ptr : "");
		iv_buf_release(&raw);
	}
}

static void say_leads(struct said *said, const struct iv_note *note)
{
	struct iv_buf leads = IV_BUF_INIT;

	for (size_t i = 0; i < note->lead_count; i++)
		iv_buf_printf(&leads, "<%.*s %d>", IV_STR_ARG(note->leads[i].text),
			      note->leads[i].reported);
	say(said, "leads %s", leads.ptr);
	iv_buf_release(&leads);
}

static void say_tasks(struct said *said, const struct iv_note *note)
{
	for (size_t i = 0; i < note->task_count; i++) {
		const struct iv_task *task = &note->tasks[i];

		say(said, "task %.*s %d %d %d %s", IV_STR_ARG(task->text), task->state, task->due,
		    task->waiting, task->section ? task->section : "");
	}
}

/* Lines, one empty one for any number of them between two; of a task what stands before its box. */
static void say_body(struct said *said, const struct iv_note *note)
{
	struct iv_str line, rest = note->body;
	uint32_t number = note->body_line;
	bool apart = false, begun = false;

	for (; iv_str_line(&line, &rest); number++) {
		struct iv_str task = {NULL, 0};

		for (size_t i = 0; i < note->task_count; i++) {
			if (note->tasks[i].pos.line != number)
				continue;
			line = iv_str_slice(line, 0, note->tasks[i].pos.column - 1);
			task = note->tasks[i].text;
		}
		if (!task.ptr && !iv_str_trim(line).len) {
			apart = true;
			continue;
		}
		say(said, "%sline %.*s|%.*s", apart && begun ? "apart " : "", IV_STR_ARG(line),
		    IV_STR_ARG(task));
		apart = false;
		begun = true;
	}
}

static void say_problems(struct said *said, const struct iv_note *note)
{
	static const char *const rules[] = {"unreadable", "encoding", "front-matter",
					    "conflict-marker"};

	for (size_t i = 0; i < note->problem_count; i++)
		for (size_t j = 0; j < 4; j++)
			if (!strcmp(note->problems[i].rule, rules[j])) {
				say(said, "problem %s %.*s", rules[j],
				    IV_STR_ARG(note->problems[i].message));
				return;
			}
}

static char *written_down(const struct iv_note *note)
{
	struct said set = {.count = 0}, list = {.count = 0};

	for (size_t i = 0; i < note->field_count; i++) {
		const struct iv_field *field = &note->fields[i];

		if (iv_value_is_blank(&field->value))
			continue;
		if (holds_records(note, field))
			say_records(&set, note, field);
		else if (note->lead_count && field->known && !strcmp(field->known, "leads"))
			say_leads(&set, note);
		else
			say_field(&set, field);
	}
	say(&set, "type %d", note->type);
	say_tasks(&set, note);
	say_problems(&set, note);
	say_body(&list, note);
	return joined(&set, &list);
}

/* ---- both ---- */

static void check(const char *before, const char *after)
{
	struct iv_note *old = parse(before), *new = parse(after);
	char *was = written_down(old), *is = written_down(new);
	struct iv_acts acts;
	bool same = !strcmp(was, is);

	iv_acts_find(&acts, old, new, NULL);
	if (same != !acts.count)
		fail_msg("%zu acts (%s)\nbefore:\n%s\nafter:\n%s\nwas:\n%s\nis:\n%s", acts.count,
			 acts.count ? iv_verb_word(acts.items[0].verb) : "", before, after, was,
			 is);
	for (size_t i = 0; i < acts.count; i++) {
		char *text = iv_act_text(&acts.items[i], IV_NO_DAY, true);
		assert_null(strchr(text, '\n'));
		assert_true(*text);
		free(text);
	}
	iv_acts_release(&acts);
	free(was);
	free(is);
	iv_note_free(old);
	iv_note_free(new);
}

static void acts_are_what_differs(void **state)
{
	(void)state;
	for (int i = 0; i < NOTES; i++) {
		struct lines lines = make_note();
		char *before = text_of(&lines);

		check(before, before);
		for (int j = 0; j < EDITS; j++) {
			char *after;

			edit(&lines);
			after = text_of(&lines);
			check(before, after);
			free(before);
			before = after;
		}
		free(before);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(acts_are_what_differs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
