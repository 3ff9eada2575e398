/* Counting what the tally holds. */
#include "view/stats.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "view/words.h"

const char *iv_stats_by_word(enum iv_stats_by by)
{
	switch (by) {
	case IV_BY_NOTHING: return NULL;
	case IV_BY_SOURCE: return "source";
	case IV_BY_ORGANIZATION: return "organization";
	case IV_BY_VIA: return "via";
	case IV_BY_WEEK: return "week";
	}
	return NULL;
}

/* ---- spans ---- */

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static struct iv_span_figures span_of(int64_t *days, size_t count)
{
	if (!count)
		return (struct iv_span_figures){0};
	qsort(days, count, sizeof(*days), by_number);
	return (struct iv_span_figures){
		.count = count,
		.shortest = days[0],
		.longest = days[count - 1],
		.twice_median = days[(count - 1) / 2] + days[count / 2],
	};
}

void iv_median_text(struct iv_buf *out, const struct iv_span_figures *span)
{
	iv_buf_printf(out, "%lld%s", (long long)(span->twice_median / 2),
		      span->twice_median % 2 ? ".5" : "");
}

/* ---- groups ---- */

/* An asking with the name of its group. */
struct member {
	const char *name;
	const struct iv_asking *asking;
};

static const char *name_of(struct iv_arena *arena, const struct iv_asking *asking,
			   enum iv_stats_by by)
{
	char week[9];
	const char *name = NULL;

	switch (by) {
	case IV_BY_NOTHING: break;
	case IV_BY_SOURCE: name = asking->source; break;
	case IV_BY_ORGANIZATION: name = asking->organization; break;
	case IV_BY_VIA: name = asking->via; break;
	case IV_BY_WEEK:
		iv_week_format(week, asking->first);
		name = week;
		break;
	}
	return name ? iv_arena_str(arena, iv_view_link(iv_str_of(name))).ptr : "";
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct member *)a)->name, ((const struct member *)b)->name);
}

/* A person's rounds stand together, in order. */
static int by_person(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	int order = by_name(a, b);

	if (!order)
		order = strcmp(x->asking->path, y->asking->path);
	return order ? order : (x->asking > y->asking) - (x->asking < y->asking);
}

/* What the last round that reached them came to. */
static void count_person(struct iv_sum *sum, const struct member *members, size_t count)
{
	while (count && members[count - 1].asking->fate == IV_FATE_BOUNCED)
		count--;
	if (!count)
		return;
	switch (members[count - 1].asking->fate) {
	case IV_FATE_YES:
		sum->accepted++;
		sum->settled++;
		break;
	case IV_FATE_NO:
	case IV_FATE_SILENT: sum->settled++; break;
	case IV_FATE_LATER:
	case IV_FATE_WAITING: sum->pending++; break;
	case IV_FATE_BOUNCED:
	case IV_FATE_COUNT: break;
	}
}

static void count_people_asked(struct iv_sum *sum, const struct member *members, size_t count)
{
	size_t end;

	for (size_t i = 0; i < count; i = end) {
		for (end = i + 1;
		     end < count && !strcmp(members[i].asking->path, members[end].asking->path);)
			end++;
		count_person(sum, members + i, end - i);
	}
}

static struct iv_sum sum_of(const struct member *members, size_t count)
{
	int64_t *days = iv_calloc(3 * (count + 1), sizeof(*days));
	int64_t *answers = days, *meetings = days + count + 1, *thanks = meetings + count + 1;
	size_t answer_count = 0, thanks_count = 0;
	struct iv_sum sum = {0};

	for (size_t i = 0; i < count; i++) {
		const struct iv_asking *asking = members[i].asking;

		sum.fates[asking->fate]++;
		sum.asked += asking->fate != IV_FATE_BOUNCED;
		if (asking->answered != IV_NO_DAY)
			answers[answer_count++] = asking->answered - asking->first;
		if (asking->met == IV_NO_DAY)
			continue;
		meetings[sum.met++] = asking->met - asking->first;
		sum.thanks[asking->thanks]++;
		if (asking->thanked != IV_NO_DAY)
			thanks[thanks_count++] = asking->thanked - asking->met;
	}
	count_people_asked(&sum, members, count);
	sum.answer = span_of(answers, answer_count);
	sum.meeting = span_of(meetings, sum.met);
	sum.thanked = span_of(thanks, thanks_count);
	free(days);
	return sum;
}

static size_t total(const struct iv_sum *sum)
{
	return sum->asked + sum->fates[IV_FATE_BOUNCED];
}

/* The largest first, then by name; what the notes do not tell comes last. */
static int by_size(const void *a, const void *b)
{
	const struct iv_group *x = a, *y = b;
	size_t one = total(&x->sum), other = total(&y->sum);

	if (!*x->name != !*y->name)
		return *x->name ? -1 : 1;
	if (one != other)
		return one > other ? -1 : 1;
	return strcmp(x->name, y->name);
}

struct iv_groups iv_stats_groups(const struct iv_tally *tally, enum iv_stats_by by)
{
	struct iv_groups out = {.memory = iv_arena_new()};
	size_t count = tally->asking_count, end;
	struct member *members = iv_calloc(count + 1, sizeof(*members));

	out.items = iv_arena_calloc(out.memory, count + 1, sizeof(*out.items));
	for (size_t i = 0; i < count; i++)
		members[i] = (struct member){name_of(out.memory, &tally->askings[i], by),
					     &tally->askings[i]};
	if (count > 1)
		qsort(members, count, sizeof(*members), by_person);
	for (size_t i = 0; i < count; i = end) {
		for (end = i + 1; end < count && !by_name(&members[i], &members[end]);)
			end++;
		out.items[out.count++] =
			(struct iv_group){members[i].name, sum_of(members + i, end - i)};
	}
	free(members);
	if (by == IV_BY_NOTHING && !out.count)
		out.items[out.count++] = (struct iv_group){.name = ""};
	if (by != IV_BY_WEEK && out.count > 1)
		qsort(out.items, out.count, sizeof(*out.items), by_size);
	return out;
}

void iv_groups_release(struct iv_groups *groups)
{
	iv_arena_free(groups->memory);
	*groups = (struct iv_groups){0};
}

/* ---- meetings and doors ---- */

/* However often they were met. */
static size_t count_people(const struct iv_tally *tally)
{
	const char **who = iv_calloc(tally->seen_count + 1, sizeof(*who));
	size_t people;

	for (size_t i = 0; i < tally->seen_count; i++)
		who[i] = tally->seen[i].path ? tally->seen[i].path : tally->seen[i].name;
	people = iv_count_different(who, tally->seen_count);
	free(who);
	return people;
}

struct iv_meetings_sum iv_stats_meetings(const struct iv_tally *tally)
{
	struct iv_meetings_sum sum = {.people = count_people(tally)};

	for (size_t i = 0; i < tally->seen_count; i++) {
		sum.meetings += tally->seen[i].first;
		sum.names += tally->seen[i].named;
		sum.thanks[tally->seen[i].thanks]++;
	}
	return sum;
}

static int by_people(const void *a, const void *b)
{
	const struct iv_door *x = a, *y = b;

	if (x->reach.people != y->reach.people)
		return x->reach.people > y->reach.people ? -1 : 1;
	return (x->root > y->root) - (x->root < y->root);
}

struct iv_door *iv_stats_doors(size_t *count, const struct iv_graph *graph)
{
	size_t root_count = 0, *roots = iv_graph_roots(&root_count, graph);
	struct iv_reach *reaches;
	struct iv_door *doors;

	*count = 0;
	for (size_t i = 0; i < root_count; i++)
		if (graph->knots[roots[i]].led_count)
			roots[(*count)++] = roots[i];
	reaches = iv_calloc(*count + 1, sizeof(*reaches));
	doors = iv_calloc(*count + 1, sizeof(*doors));
	iv_graph_reach(reaches, graph, roots, *count);
	for (size_t i = 0; i < *count; i++)
		doors[i] = (struct iv_door){roots[i], reaches[i]};
	if (*count > 1)
		qsort(doors, *count, sizeof(*doors), by_people);
	free(reaches);
	free(roots);
	return doors;
}
