/* Ways through the graph. Chains may be as long as the vault is large: nothing here calls itself. */
#include "view/graph.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "view/dossier.h"

/* Marks each knot with the number of the last walk that came by. */
struct walker {
	const struct iv_graph *graph;
	size_t *marks, mark;
	size_t *stack; /* of a walk; afterwards all whom it marked, the start first */
	size_t count;
};

static struct walker walker_new(const struct iv_graph *graph)
{
	return (struct walker){graph, iv_calloc(graph->count + 1, sizeof(size_t)), 0,
			       iv_calloc(graph->count + 1, sizeof(size_t)), 0};
}

static void walker_release(struct walker *walker)
{
	free(walker->marks);
	free(walker->stack);
}

/* Marks everybody whom `from` led to, however far, but for those who bear this mark already. */
static void walk(struct walker *walker, size_t from)
{
	walker->count = 0;
	walker->marks[from] = walker->mark;
	walker->stack[walker->count++] = from;
	for (size_t at = 0; at < walker->count; at++) {
		const struct iv_knot *knot = &walker->graph->knots[walker->stack[at]];

		for (size_t i = 0; i < knot->led_count; i++) {
			if (walker->marks[knot->led[i]] == walker->mark)
				continue;
			walker->marks[knot->led[i]] = walker->mark;
			walker->stack[walker->count++] = knot->led[i];
		}
	}
}

size_t *iv_graph_roots(size_t *count, const struct iv_graph *graph)
{
	size_t *roots = iv_calloc(graph->count + 1, sizeof(*roots));
	struct walker walker = walker_new(graph);

	*count = 0;
	walker.mark = 1;
	for (size_t i = 0; i < graph->count; i++) {
		if (graph->knots[i].by_count)
			continue;
		roots[(*count)++] = i;
		walk(&walker, i);
	}
	for (size_t i = 0; i < graph->count; i++) {
		if (walker.marks[i])
			continue;
		roots[(*count)++] = i;
		walk(&walker, i);
	}
	walker_release(&walker);
	return roots;
}

/* ---- what came of somebody ---- */

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

size_t iv_count_different(const char **texts, size_t count)
{
	size_t different = 0;

	if (count > 1)
		qsort(texts, count, sizeof(*texts), by_text);
	for (size_t i = 0; i < count; i++)
		different += i == 0 || strcmp(texts[i], texts[i - 1]) != 0;
	return different;
}

static bool was_asked(const struct iv_knot *knot)
{
	return knot->standing != IV_STANDING_UNASKED &&
	       !(knot->standing == IV_STANDING_CLOSED && knot->day == IV_NO_DAY);
}

static void add_knot(struct iv_reach *out, const struct iv_knot *knot)
{
	bool met = knot->standing == IV_STANDING_MET;

	out->people++;
	out->asked += was_asked(knot);
	out->met += met;
	out->accepted +=
		met || knot->standing == IV_STANDING_AHEAD || knot->standing == IV_STANDING_YES;
	out->jobs += knot->jobs;
}

/* The start of the walk does not count. */
static struct iv_reach reach_of(const struct walker *walker, const char **places)
{
	struct iv_reach reach = {0};
	size_t count = 0;

	for (size_t i = 1; i < walker->count; i++) {
		const struct iv_knot *knot = &walker->graph->knots[walker->stack[i]];

		add_knot(&reach, knot);
		if (knot->standing == IV_STANDING_MET && knot->organization)
			places[count++] = knot->organization;
	}
	reach.organizations = iv_count_different(places, count);
	return reach;
}

void iv_graph_reach(struct iv_reach *out, const struct iv_graph *graph, const size_t *roots,
		    size_t count)
{
	struct walker walker = walker_new(graph);
	const char **places = iv_calloc(graph->count + 1, sizeof(*places));

	for (size_t i = 0; i < count; i++) {
		walker.mark = i + 1;
		walk(&walker, roots[i]);
		out[i] = reach_of(&walker, places);
	}
	free(places);
	walker_release(&walker);
}

/* ---- parts ---- */

/* Everybody with who led to them, next to each other. */
struct back {
	size_t *first; /* per knot, and one more */
	size_t *by;
};

static struct back turn_round(const struct iv_graph *graph)
{
	struct back back = {iv_calloc(graph->count + 2, sizeof(*back.first)), NULL};
	size_t *next;

	for (size_t i = 0; i < graph->count; i++)
		back.first[i + 1] = back.first[i] + graph->knots[i].by_count;
	back.by = iv_calloc(back.first[graph->count] + 1, sizeof(*back.by));
	next = iv_malloc((graph->count + 1) * sizeof(*next));
	memcpy(next, back.first, (graph->count + 1) * sizeof(*next));
	for (size_t i = 0; i < graph->count; i++)
		for (size_t k = 0; k < graph->knots[i].led_count; k++)
			back.by[next[graph->knots[i].led[k]]++] = i;
	free(next);
	return back;
}

static void hold_upwards(bool *held, const struct iv_graph_part *part)
{
	struct back back = turn_round(part->graph);
	size_t *stack = iv_calloc(part->graph->count + 1, sizeof(*stack)), depth = 0;

	for (size_t i = 0; i < part->count; i++) {
		if (!held[part->knots[i]])
			stack[depth++] = part->knots[i];
		held[part->knots[i]] = true;
	}
	while (depth) {
		size_t knot = stack[--depth];

		for (size_t i = back.first[knot]; i < back.first[knot + 1]; i++) {
			if (held[back.by[i]])
				continue;
			held[back.by[i]] = true;
			stack[depth++] = back.by[i];
		}
	}
	free(stack);
	free(back.first);
	free(back.by);
}

static void hold_downwards(bool *held, const struct iv_graph_part *part)
{
	struct walker walker = walker_new(part->graph);

	walker.mark = 1;
	for (size_t i = 0; i < part->count; i++)
		if (!walker.marks[part->knots[i]])
			walk(&walker, part->knots[i]);
	for (size_t i = 0; i < part->graph->count; i++)
		held[i] = walker.marks[i] != 0;
	walker_release(&walker);
}

bool *iv_graph_held(const struct iv_graph_part *part)
{
	bool *held = iv_calloc(part->graph->count + 1, sizeof(*held));

	if (part->up)
		hold_upwards(held, part);
	else
		hold_downwards(held, part);
	return held;
}

const char *iv_knot_word(const struct iv_knot *knot)
{
	if (!knot->path)
		return "named";
	if (knot->closed)
		return iv_standing_word(IV_STANDING_CLOSED);
	if (knot->standing == IV_STANDING_MET && knot->thanked)
		return "thanked";
	return iv_standing_word(knot->standing);
}
