/* The text of a note, with the tasks in it left to tasks.c. */
#include <stdlib.h>

#include "history/finder.h"

/* A body while its lines are told one after the other. */
struct reading {
	const struct iv_note *note;
	const size_t *likes; /* of its tasks: SIZE_MAX where the other version has no such */
	struct iv_str rest;
	uint32_t number; /* of the next line */
	size_t task;     /* the next one */
	bool started;
};

/* A line as far as it counts. */
struct told {
	struct iv_str text;
	bool task; /* `text` stands before its box, `what` is the task's own */
	struct iv_str what;
	bool apart; /* an empty line stands before it */
};

static struct reading begin(const struct iv_note *note, const size_t *likes)
{
	struct reading reading = {.note = note, .likes = likes};

	if (note) {
		reading.rest = note->body;
		reading.number = note->body_line;
	}
	return reading;
}

/* The task that begins on this line, or NULL. */
static const struct iv_task *task_on(struct reading *reading, uint32_t line, size_t *index)
{
	const struct iv_note *note = reading->note;

	while (reading->task < note->task_count && note->tasks[reading->task].pos.line < line)
		reading->task++;
	if (reading->task >= note->task_count || note->tasks[reading->task].pos.line != line)
		return NULL;
	*index = reading->task;
	return &note->tasks[reading->task];
}

/*
 * The next line that counts: empty ones between two texts do, and a task that the other version
 * has too, by its place and words. False at the end.
 */
static bool next(struct told *told, struct reading *reading)
{
	bool apart = false;
	struct iv_str line;
	size_t index = 0;

	while (iv_str_line(&line, &reading->rest)) {
		const struct iv_task *task = task_on(reading, reading->number, &index);

		reading->number++;
		if (task && reading->likes[index] == SIZE_MAX)
			continue;
		if (!iv_str_trim(line).len) {
			apart = true;
			continue;
		}
		*told = (struct told){line, task != NULL, {NULL, 0}, apart && reading->started};
		if (task) {
			told->text = iv_str_slice(line, 0, task->pos.column - 1);
			told->what = task->text;
		}
		reading->started = true;
		return true;
	}
	return false;
}

static bool same_line(const struct told *a, const struct told *b)
{
	return a->task == b->task && a->apart == b->apart && iv_str_eq(a->text, b->text) &&
	       iv_str_eq(a->what, b->what);
}

static bool same_text(struct reading *before, struct reading *after)
{
	struct told was, is;
	bool more, other;

	do {
		more = next(&was, before);
		other = next(&is, after);
	} while (more && other && same_line(&was, &is));
	return !more && !other;
}

void iv_compare_bodies(struct iv_finder *finder)
{
	struct iv_match match = iv_match_tasks(finder);
	struct reading before = begin(finder->before, match.of_before);
	struct reading after = begin(finder->after, match.of_after);
	struct iv_act act = iv_act_of(finder, IV_ACT_TEXT_CHANGED);

	if (same_text(&before, &after))
		return;
	act.line = iv_finder_note(finder)->body_line;
	iv_act_add(finder, act);
}
