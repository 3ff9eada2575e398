#include "note/task.h"

#include <string.h>

#include "note/bytes.h"
#include "note/convert.h"

#define CALENDAR "\xf0\x9f\x93\x85" /* U+1F4C5 */
#define VARIATION "\xef\xb8\x8f"    /* U+FE0F, as emoji keyboards add it */

/* A marker in a task's text, and what it says. */
struct marker {
	size_t from, to;
	struct iv_str date; /* what stands where the date should */
};

size_t iv_task_box(enum iv_task_state *state, struct iv_str text)
{
	if (text.len < 3 || text.ptr[0] != '[' || text.ptr[2] != ']' ||
	    (text.len > 3 && !iv_byte_is_space(text.ptr[3])))
		return 0;
	switch (text.ptr[1]) {
	case ' ': *state = IV_TASK_OPEN; return 3;
	case 'x':
	case 'X': *state = IV_TASK_DONE; return 3;
	case '-': *state = IV_TASK_CANCELLED; return 3;
	}
	return 0;
}

static size_t skip_space(struct iv_str text, size_t at)
{
	while (at < text.len && iv_byte_is_space(text.ptr[at]))
		at++;
	return at;
}

/* Up to white space, a closing bracket or a comma. */
static size_t value_end(struct iv_str text, size_t at)
{
	while (at < text.len && !iv_byte_is_space(text.ptr[at]) && !strchr(")],;", text.ptr[at]))
		at++;
	return at;
}

/* Behind `due` and its colons; *strong: a colon says that a date must follow at once. */
static size_t after_due(struct iv_str text, size_t at, bool *strong)
{
	size_t end = at + 3;

	if (text.len < end || !iv_str_is_nocase(iv_str_slice(text, at, end), "due") ||
	    (at && (iv_is_alpha(text.ptr[at - 1]) || iv_is_digit(text.ptr[at - 1]) ||
		    strchr("-_/", text.ptr[at - 1]))))
		return 0;
	while (end < text.len && end < at + 5 && text.ptr[end] == ':')
		end++;
	*strong = end > at + 3 && end < text.len && !iv_byte_is_space(text.ptr[end]);
	if (end == at + 3 && (end >= text.len || !iv_byte_is_space(text.ptr[end])))
		return 0;
	return skip_space(text, end);
}

static size_t after_calendar(struct iv_str text, size_t at, bool *strong)
{
	size_t end = at + sizeof(CALENDAR) - 1;

	if (!iv_str_starts(iv_str_slice(text, at, text.len), CALENDAR))
		return 0;
	*strong = false;
	while (iv_str_starts(iv_str_slice(text, end, text.len), VARIATION))
		end += sizeof(VARIATION) - 1;
	return skip_space(text, end);
}

/* The brackets around a marker belong to it. */
static void widen(struct marker *marker, struct iv_str text)
{
	size_t from = marker->from, to = marker->to;
	char open;

	while (from && text.ptr[from - 1] == ' ')
		from--;
	open = from ? text.ptr[from - 1] : ' ';
	to = skip_space(text, to);
	if (to < text.len &&
	    ((open == '(' && text.ptr[to] == ')') || (open == '[' && text.ptr[to] == ']'))) {
		marker->from = from - 1;
		marker->to = to + 1;
	}
}

static bool find_due(struct marker *marker, const struct iv_passage *passage, size_t from)
{
	struct iv_str text = passage->text;
	size_t at, date;
	bool strong;

	for (at = from; at < text.len; at++) {
		char c = text.ptr[at];

		if (c != 'd' && c != 'D' && c != CALENDAR[0])
			continue;
		date = c == CALENDAR[0] ? after_calendar(text, at, &strong)
					: after_due(text, at, &strong);
		if (!date || iv_is_literal(passage, at))
			continue;
		marker->date = iv_str_slice(text, date, value_end(text, date));
		if (!iv_is_datelike(marker->date) && !(strong && marker->date.len))
			continue;
		marker->from = at;
		marker->to = date + marker->date.len;
		widen(marker, text);
		return true;
	}
	return false;
}

static bool find_waiting(struct marker *marker, const struct iv_passage *passage, size_t from)
{
	static const char word[] = "@waiting";
	struct iv_str text = passage->text;
	size_t at, end;

	for (at = from; at < text.len; at++) {
		end = at + sizeof(word) - 1;
		if (text.ptr[at] != '@' || end > text.len ||
		    !iv_str_is_nocase(iv_str_slice(text, at, end), word) ||
		    !iv_word_ends(iv_str_slice(text, end, text.len)) ||
		    (at && iv_is_alpha(text.ptr[at - 1])) || iv_is_literal(passage, at))
			continue;
		marker->from = at;
		marker->to = end;
		return true;
	}
	return false;
}

/* The date without what belongs to the sentence: `2026-12-01.`, `2026-12-01!` */
static struct iv_str bare_date(struct iv_str date)
{
	while (date.len && strchr(".!?:", date.ptr[date.len - 1]))
		date.len--;
	return date;
}

static void read_due(struct iv_task *task, struct iv_reader *reader,
		     const struct iv_passage *passage, struct iv_str date)
{
	size_t at = (size_t)(date.ptr - passage->text.ptr);

	/* What follows ten characters of a date directly (`2026-12-01🔺`) is no part of it. */
	if (iv_leading_day(&task->due, date))
		return;
	iv_read_day(&task->due, reader, bare_date(date), iv_passage_pos(passage, at));
}

/* Two pieces of text around something that is taken out. */
static struct iv_str without(struct iv_arena *arena, struct iv_str text, size_t from, size_t to)
{
	struct iv_str head = iv_str_trim(iv_str_slice(text, 0, from));
	struct iv_str tail = iv_str_trim(iv_str_slice(text, to, text.len));
	bool joined = tail.len && strchr(".,;:!?)", tail.ptr[0]);

	if (!tail.len || !head.len)
		return head.len ? head : tail;
	return iv_arena_printf(arena, "%.*s%s%.*s", IV_STR_ARG(head), joined ? "" : " ",
			       IV_STR_ARG(tail));
}

static struct iv_str bare_text(struct iv_arena *arena, struct iv_str text, size_t box,
			       struct marker *due, struct marker *waiting)
{
	struct marker *first = due, *second = waiting;

	if (waiting->to && (!due->to || waiting->from < due->from)) {
		first = waiting;
		second = due;
	}
	if (second->to)
		text = without(arena, text, second->from, second->to);
	if (first->to)
		text = without(arena, text, first->from, first->to);
	return iv_str_trim(iv_str_slice(text, box, text.len));
}

void iv_task_read(struct iv_reader *reader, const struct iv_passage *passage, size_t box,
		  enum iv_task_state state, const char *section)
{
	struct marker due = {0, 0, {NULL, 0}}, waiting = {0, 0, {NULL, 0}};
	struct iv_task task = {
		.state = state,
		.pos = iv_passage_pos(passage, 0),
		.due = IV_NO_DAY,
		.section = section,
	};

	if (find_due(&due, passage, box))
		read_due(&task, reader, passage, due.date);
	task.waiting = find_waiting(&waiting, passage, box);
	task.text = bare_text(reader->arena, passage->text, box, &due, &waiting);
	IV_PUSH(reader->tasks, task);
}
