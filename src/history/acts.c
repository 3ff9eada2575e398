/* What a note says and its older version does not: all parts of the comparison, in order. */
#include <stdlib.h>
#include <string.h>

#include "history/finder.h"

static const struct iv_acts_how no_how = {IV_NO_DAY, NULL, NULL};

const struct iv_note *iv_finder_note(const struct iv_finder *finder)
{
	return finder->after ? finder->after : finder->before;
}

/* ---- acts ---- */

struct iv_act iv_act_of(const struct iv_finder *finder, enum iv_verb verb)
{
	const struct iv_note *note = iv_finder_note(finder);
	struct iv_act act = {
		.verb = verb,
		.implied = finder->implied,
		.note = note->key,
		.name = note->name,
		.day = IV_NO_DAY,
		.minute = -1,
		.later = IV_NO_DAY,
	};

	if (note->type == IV_TYPE_CONTACT)
		act.who = note->key;
	return act;
}

static struct iv_str keep(struct iv_finder *finder, struct iv_str text)
{
	return text.ptr ? iv_arena_str(finder->arena, text) : text;
}

void iv_act_add(struct iv_finder *finder, struct iv_act act)
{
	act.note = keep(finder, act.note);
	act.who = keep(finder, act.who);
	act.name = keep(finder, act.name);
	act.other = keep(finder, act.other);
	act.text = keep(finder, act.text);
	act.was = keep(finder, act.was);
	act.now = keep(finder, act.now);
	if (act.field)
		act.field = keep(finder, iv_str_of(act.field)).ptr;
	IV_GROW(finder->items, finder->count, finder->capacity);
	finder->items[finder->count++] = act;
}

/* ---- the note as a whole ---- */

static void compare_names(struct iv_finder *finder)
{
	struct iv_act act = iv_act_of(finder, IV_ACT_RENAMED);

	if (!finder->before || !finder->after ||
	    iv_str_eq(finder->before->path, finder->after->path))
		return;
	act.was = finder->before->path;
	act.now = finder->after->path;
	iv_act_add(finder, act);
}

static void compare_presence(struct iv_finder *finder)
{
	struct iv_act act = iv_act_of(finder, finder->after ? IV_ACT_ADDED : IV_ACT_REMOVED);
	const char *type = iv_type_word(iv_finder_note(finder)->type);

	if (finder->before && finder->after)
		return;
	if (finder->after)
		act.now = iv_str_of(*type ? type : "note");
	iv_act_add(finder, act);
}

/* A problem after which parts of a note are not what they say. */
static const struct iv_problem *break_of(const struct iv_note *note)
{
	static const char *const rules[] = {"unreadable", "encoding", "front-matter",
					    "conflict-marker"};

	for (size_t i = 0; note && i < note->problem_count; i++)
		for (size_t j = 0; j < sizeof(rules) / sizeof(*rules); j++)
			if (!strcmp(note->problems[i].rule, rules[j]))
				return &note->problems[i];
	return NULL;
}

static bool same_problem(const struct iv_problem *a, const struct iv_problem *b)
{
	return a && b && !strcmp(a->rule, b->rule) && iv_str_eq(a->message, b->message);
}

static void compare_breaks(struct iv_finder *finder)
{
	const struct iv_problem *was = break_of(finder->before), *is = break_of(finder->after);
	const struct iv_problem *told = is ? is : was;
	struct iv_act act = iv_act_of(finder, is ? IV_ACT_BROKEN : IV_ACT_MENDED);

	if (!finder->after || same_problem(was, is) || !told)
		return;
	act.line = told->pos.line;
	if (was)
		act.was = was->message;
	if (is)
		act.now = is->message;
	iv_act_add(finder, act);
}

/* ---- all of it ---- */

static void compare_parts(struct iv_finder *finder)
{
	finder->implied |= !finder->after;
	iv_compare_meetings(finder);
	iv_compare_records(finder);
	iv_compare_given(finder);
	finder->implied |= !finder->before;
	iv_compare_tasks(finder);
	iv_compare_fields(finder);
	iv_compare_bodies(finder);
}

/* Of a note that cannot be read nothing is known; what it said is gone or new as a whole. */
static void leave_out_unreadable(struct iv_finder *finder)
{
	if (finder->before && finder->before->unreadable && finder->after) {
		finder->implied = true;
		finder->before = NULL;
	} else if (finder->after && finder->after->unreadable && finder->before) {
		finder->implied = true;
	}
}

/* Where one leads to the other on the same day; what comes of a meeting follows as verbs do. */
static int course_of(enum iv_verb verb)
{
	static const enum iv_verb course[] = {IV_ACT_ASKED,      IV_ACT_ANSWERED, IV_ACT_ARRANGED,
					      IV_ACT_CALLED_OFF, IV_ACT_MOVED,    IV_ACT_NO_SHOW,
					      IV_ACT_MISSED,     IV_ACT_MET,      IV_ACT_REFERRED};
	int count = sizeof(course) / sizeof(*course);

	for (int i = 0; i < count; i++)
		if (course[i] == verb)
			return i;
	return count + (int)verb;
}

/* Person's acts as they came, then the rest by verb; those alike in the order of the note. */
static int by_course(const void *a, const void *b)
{
	const struct iv_act *x = *(const struct iv_act *const *)a;
	const struct iv_act *y = *(const struct iv_act *const *)b;
	bool deeds = x->verb < IV_ACT_ADDED && y->verb < IV_ACT_ADDED;
	int order = course_of(x->verb) - course_of(y->verb);

	if (deeds && x->day != y->day)
		order = x->day == IV_NO_DAY || (y->day != IV_NO_DAY && x->day > y->day) ? 1 : -1;
	return order ? order : (x > y) - (x < y);
}

static struct iv_act *sorted(const struct iv_finder *finder)
{
	size_t count = finder->count;
	struct iv_act *out = iv_arena_alloc(finder->arena, (count + 1) * sizeof(*out));
	const struct iv_act **order = iv_calloc(count + 1, sizeof(*order));

	for (size_t i = 0; i < count; i++)
		order[i] = &finder->items[i];
	qsort(order, count, sizeof(*order), by_course);
	for (size_t i = 0; i < count; i++)
		out[i] = *order[i];
	free(order);
	return out;
}

void iv_acts_find(struct iv_acts *out, const struct iv_note *before, const struct iv_note *after,
		  const struct iv_acts_how *how)
{
	struct iv_finder finder = {.arena = iv_arena_new(),
				   .before = before,
				   .after = after,
				   .how = how ? how : &no_how};

	if (before || after) {
		compare_names(&finder);
		compare_presence(&finder);
		compare_breaks(&finder);
		leave_out_unreadable(&finder);
		compare_parts(&finder);
	}
	*out = (struct iv_acts){sorted(&finder), finder.count, finder.arena};
	free(finder.items);
}

void iv_acts_release(struct iv_acts *acts)
{
	if (acts->memory)
		iv_arena_free(acts->memory);
	*acts = (struct iv_acts){NULL, 0, NULL};
}
