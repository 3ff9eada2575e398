#include "merge/ticks.h"

#include <stdlib.h>
#include <string.h>

#include "note/task.h"

/* Of larger ones the lines alone decide. */
#define TASKS_MAX 1000
#define NOWHERE SIZE_MAX

/* How far a text was read; its tasks stand in order. */
struct walk {
	size_t at;
	uint32_t line;
};

/* The tasks of the three texts. */
struct ticks {
	struct iv_str texts[IV_VERSIONS];
	struct iv_note *notes[IV_VERSIONS];
	struct walk walks[IV_VERSIONS];
	size_t *pairs[IV_VERSIONS]; /* for each task of the base the one of that text, or NOWHERE */
};

/* ---- which is which ---- */

static bool says_same(const struct iv_task *a, const struct iv_task *b)
{
	return a->due == b->due && a->waiting == b->waiting && iv_str_eq(a->text, b->text);
}

/* With another day, or none, it is still the same thing to do; in other words it may be another. */
static bool was_put_off(const struct iv_task *old, const struct iv_task *new)
{
	return old->text.len && old->waiting == new->waiting &&iv_str_eq(old->text, new->text);
}

static size_t count_of(const struct iv_note *note, const struct iv_task *task)
{
	size_t count = 0;

	for (size_t i = 0; i < note->task_count; i++)
		count += says_same(&note->tasks[i], task);
	return count;
}

/* Of several that say the same one may be gone, and nobody knows which. */
static bool is_doubtful(const struct ticks *ticks, const struct iv_task *task)
{
	size_t base = count_of(ticks->notes[IV_BASE], task);
	size_t ours = count_of(ticks->notes[IV_OURS], task);
	size_t theirs = count_of(ticks->notes[IV_THEIRS], task);

	return (base > 1 || ours > 1 || theirs > 1) && (base != ours || base != theirs);
}

/* The longest sequence of tasks that say the same in both: lengths for all ends of the two. */
static unsigned *common_lengths(const struct iv_note *base, const struct iv_note *side)
{
	size_t width = side->task_count + 1, i, j;
	unsigned *lengths = iv_calloc((base->task_count + 1) * width, sizeof(*lengths));

	for (i = base->task_count; i-- > 0;)
		for (j = side->task_count; j-- > 0;) {
			unsigned down = lengths[(i + 1) * width + j];
			unsigned right = lengths[i * width + j + 1];

			lengths[i * width + j] = down > right ? down : right;
			if (says_same(&base->tasks[i], &side->tasks[j]))
				lengths[i * width + j] = lengths[(i + 1) * width + j + 1] + 1;
		}
	return lengths;
}

static void pair_same(size_t *pairs, const struct iv_note *base, const struct iv_note *side)
{
	size_t width = side->task_count + 1, i = 0, j = 0;
	unsigned *lengths = common_lengths(base, side);

	while (i < base->task_count && j < side->task_count) {
		if (says_same(&base->tasks[i], &side->tasks[j]))
			pairs[i++] = j++;
		else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1])
			i++;
		else
			j++;
	}
	free(lengths);
}

/* Among those between two that are the same: the first in the same words, each for one. */
static void pair_put_off(size_t *pairs, const struct iv_note *base, const struct iv_note *side)
{
	size_t from = 0, at = 0, i, j, k;

	for (i = 0; i <= base->task_count; i++) {
		size_t to = i < base->task_count ? pairs[i] : side->task_count;

		if (to == NOWHERE)
			continue;
		for (j = from; j < i; j++) {
			for (k = at; k < to && !was_put_off(&base->tasks[j], &side->tasks[k]); k++)
				;
			if (k == to)
				continue;
			pairs[j] = k;
			at = k + 1;
		}
		from = i + 1;
		at = to + 1;
	}
}

static size_t *pairs_of(const struct iv_note *base, const struct iv_note *side)
{
	size_t *pairs = iv_calloc(base->task_count + 1, sizeof(*pairs)), i;

	for (i = 0; i < base->task_count; i++)
		pairs[i] = NOWHERE;
	pair_same(pairs, base, side);
	pair_put_off(pairs, base, side);
	return pairs;
}

/* ---- boxes ---- */

/* Goes on to the line of a task, and gives the place of the byte inside its box; NOWHERE. */
static size_t find_box(struct walk *walk, struct iv_str text, const struct iv_task *task)
{
	enum iv_task_state state;
	size_t at;

	for (; walk->line < task->pos.line && walk->at < text.len; walk->line++)
		walk->at = iv_line_after(text, walk->at);
	at = walk->at + task->pos.column - 1;
	if (at + 2 >= text.len || iv_task_box(&state, iv_str_slice(text, at, text.len)) != 3)
		return NOWHERE;
	return at + 1;
}

static void share(struct ticks *ticks, struct iv_buf texts[IV_VERSIONS], size_t task)
{
	struct iv_str marks[IV_VERSIONS];
	size_t at[IV_VERSIONS];
	int i, choice;

	for (i = 0; i < IV_VERSIONS; i++)
		if (ticks->pairs[i][task] == NOWHERE)
			return;
	for (i = 0; i < IV_VERSIONS; i++) {
		at[i] = find_box(&ticks->walks[i], ticks->texts[i],
				 &ticks->notes[i]->tasks[ticks->pairs[i][task]]);
		if (at[i] == NOWHERE)
			return;
		marks[i] = iv_str_slice(ticks->texts[i], at[i], at[i] + 1);
	}
	choice = iv_winner(marks);
	for (i = 0; choice >= 0 && i < IV_VERSIONS; i++)
		texts[i].ptr[at[i]] = marks[choice].ptr[0];
}

static void share_all(struct ticks *ticks, struct iv_buf texts[IV_VERSIONS])
{
	const struct iv_note *base = ticks->notes[IV_BASE];

	for (int i = 0; i < IV_VERSIONS; i++)
		ticks->pairs[i] = pairs_of(base, ticks->notes[i]);
	for (size_t task = 0; task < base->task_count; task++)
		if (!is_doubtful(ticks, &base->tasks[task]))
			share(ticks, texts, task);
}

void iv_ticks_share(struct iv_buf texts[IV_VERSIONS], struct iv_str path,
		    const struct iv_syntax *syntax)
{
	struct ticks ticks = {0};
	bool few = true;
	int i;

	for (i = 0; i < IV_VERSIONS; i++) {
		ticks.texts[i] = iv_buf_view(&texts[i]);
		ticks.walks[i].line = 1;
		ticks.notes[i] = iv_note_parse(path, ticks.texts[i], syntax);
		few &= ticks.notes[i]->task_count <= TASKS_MAX;
	}
	if (few)
		share_all(&ticks, texts);
	for (i = 0; i < IV_VERSIONS; i++) {
		iv_note_free(ticks.notes[i]);
		free(ticks.pairs[i]);
	}
}
