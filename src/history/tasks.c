/* Tasks that were added, ticked, reworded and removed. */
#include <string.h>

#include "history/finder.h"

/* More than there are canonical names of sections, and none. */
#define SECTIONS_MAX 16

struct tasks {
	const struct iv_task *items;
	size_t count;
};

static struct tasks tasks_of(const struct iv_note *note)
{
	return note ? (struct tasks){note->tasks, note->task_count} : (struct tasks){NULL, 0};
}

/* By the text alone, or with all else that the task says, so that what is as it was comes first. */
static struct iv_str *keys_of(struct iv_finder *finder, struct tasks tasks, bool whole)
{
	struct iv_str *keys = iv_arena_calloc(finder->arena, tasks.count + 1, sizeof(*keys));

	for (size_t i = 0; i < tasks.count; i++) {
		const struct iv_task *task = &tasks.items[i];

		if (whole)
			keys[i] = iv_arena_printf(finder->arena, "%d %d %d %s %.*s", task->state,
						  task->due, task->waiting,
						  task->section ? task->section : "",
						  IV_STR_ARG(task->text));
		else
			keys[i] = task->text.ptr ? task->text : IV_LIT("");
	}
	return keys;
}

struct iv_match iv_match_tasks(struct iv_finder *finder)
{
	struct tasks before = tasks_of(finder->before), after = tasks_of(finder->after);
	struct iv_match match;

	iv_match_init(&match, finder, before.count, after.count);
	for (int whole = 1; whole >= 0; whole--)
		iv_match_keys(&match, keys_of(finder, before, whole),
			      keys_of(finder, after, whole));
	return match;
}

/* The indexes of those without a like in one section; the arena's. */
static size_t *alone_in(size_t *count, struct iv_finder *finder, struct tasks tasks,
			const size_t *likes, const char *section)
{
	size_t *out = iv_arena_alloc(finder->arena, (tasks.count + 1) * sizeof(*out));

	*count = 0;
	for (size_t i = 0; i < tasks.count; i++)
		if (likes[i] == SIZE_MAX && tasks.items[i].section == section)
			out[(*count)++] = i;
	return out;
}

/* As many came as went in a section: they were reworded, one by one. */
static void match_reworded(struct iv_match *match, struct iv_finder *finder, const char *section)
{
	size_t old_count, new_count;
	size_t *old =
		alone_in(&old_count, finder, tasks_of(finder->before), match->of_before, section);
	size_t *new =
		alone_in(&new_count, finder, tasks_of(finder->after), match->of_after, section);

	for (size_t i = 0; old_count == new_count && i < old_count; i++) {
		match->of_before[old[i]] = new[i];
		match->of_after[new[i]] = old[i];
	}
}

static void match_all_reworded(struct iv_match *match, struct iv_finder *finder)
{
	struct tasks after = tasks_of(finder->after);
	const char *done[SECTIONS_MAX];
	size_t count = 0;

	for (size_t i = 0; i < after.count; i++) {
		const char *section = after.items[i].section;
		size_t at = 0;

		while (at < count && done[at] != section)
			at++;
		if (match->of_after[i] != SIZE_MAX || at < count || count == SECTIONS_MAX)
			continue;
		done[count++] = section;
		match_reworded(match, finder, section);
	}
}

/* All that a task says but its state. */
static struct iv_str words_of(struct iv_finder *finder, const struct iv_task *task, bool section)
{
	struct iv_buf buf = IV_BUF_INIT;
	struct iv_str out;
	char day[11];

	iv_buf_str(&buf, task->text);
	if (task->waiting)
		iv_buf_puts(&buf, " @waiting");
	if (task->due != IV_NO_DAY) {
		iv_day_format(day, task->due);
		iv_buf_printf(&buf, " (due %s)", day);
	}
	if (section)
		iv_buf_printf(&buf, " [%s]", task->section ? task->section : "no section");
	out = iv_arena_str(finder->arena, iv_buf_view(&buf));
	iv_buf_release(&buf);
	return out;
}

static struct iv_act act_of(const struct iv_finder *finder, enum iv_verb verb,
			    const struct iv_task *task)
{
	struct iv_act act = iv_act_of(finder, verb);

	act.day = task->due;
	act.line = task->pos.line;
	return act;
}

static void say_state(struct iv_finder *finder, const struct iv_task *task)
{
	static const enum iv_verb verbs[] = {[IV_TASK_OPEN] = IV_ACT_TASK_REOPENED,
					     [IV_TASK_DONE] = IV_ACT_TASK_DONE,
					     [IV_TASK_CANCELLED] = IV_ACT_TASK_CANCELLED};
	struct iv_act act = act_of(finder, verbs[task->state], task);

	act.now = task->text;
	iv_act_add(finder, act);
}

static void say_new(struct iv_finder *finder, const struct iv_task *task)
{
	struct iv_act act = act_of(finder, IV_ACT_TASK_ADDED, task);

	act.now = words_of(finder, task, false);
	if (task->state == IV_TASK_OPEN)
		iv_act_add(finder, act);
	else
		say_state(finder, task);
}

static void say_gone(struct iv_finder *finder, const struct iv_task *task)
{
	struct iv_act act = act_of(finder, IV_ACT_TASK_GONE, task);

	act.was = words_of(finder, task, false);
	iv_act_add(finder, act);
}

static void compare(struct iv_finder *finder, const struct iv_task *was, const struct iv_task *is)
{
	bool moved = was->section != is->section;
	struct iv_act act = act_of(finder, IV_ACT_TASK_CHANGED, is);

	if (was->state != is->state)
		say_state(finder, is);
	act.was = words_of(finder, was, moved);
	act.now = words_of(finder, is, moved);
	if (!iv_str_eq(act.was, act.now))
		iv_act_add(finder, act);
}

void iv_compare_tasks(struct iv_finder *finder)
{
	struct tasks before = tasks_of(finder->before), after = tasks_of(finder->after);
	struct iv_match match = iv_match_tasks(finder);

	match_all_reworded(&match, finder);
	for (size_t i = 0; i < after.count; i++) {
		size_t like = match.of_after[i];

		if (before.items && like < before.count)
			compare(finder, &before.items[like], &after.items[i]);
		else
			say_new(finder, &after.items[i]);
	}
	for (size_t i = 0; i < before.count; i++)
		if (match.of_before[i] == SIZE_MAX)
			say_gone(finder, &before.items[i]);
}
