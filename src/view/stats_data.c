/* The figures for programs: JSON and CSV. */
#include <stdlib.h>

#include "view/csv.h"
#include "view/jsontext.h"
#include "view/stats.h"

static const char *const fate_words[IV_FATE_COUNT] = {
	[IV_FATE_YES] = "yes",         [IV_FATE_NO] = "no",         [IV_FATE_LATER] = "later",
	[IV_FATE_WAITING] = "waiting", [IV_FATE_SILENT] = "silent", [IV_FATE_BOUNCED] = "bounced",
};
static const char *const thanks_words[] = {
	[IV_THANKS_NONE] = "not_owed", [IV_THANKS_IN_TIME] = "in_time", [IV_THANKS_LATE] = "late",
	[IV_THANKS_OPEN] = "open",     [IV_THANKS_MISSING] = "missing",
};
#define THANKS_COUNT (sizeof(thanks_words) / sizeof(*thanks_words))

/* ---- JSON ---- */

static json_t *median_json(const struct iv_span_figures *span)
{
	if (span->twice_median % 2)
		return json_real((double)span->twice_median / 2);
	return json_integer(span->twice_median / 2);
}

static json_t *span_json(const struct iv_span_figures *span)
{
	json_t *out;

	if (!span->count)
		return json_null();
	out = json_object();
	json_object_set_new(out, "count", iv_json_count(span->count));
	json_object_set_new(out, "median", median_json(span));
	json_object_set_new(out, "shortest", json_integer(span->shortest));
	json_object_set_new(out, "longest", json_integer(span->longest));
	return out;
}

static json_t *thanks_json(const size_t *thanks)
{
	json_t *out = json_object();

	for (size_t i = 0; i < THANKS_COUNT; i++)
		json_object_set_new(out, thanks_words[i], iv_json_count(thanks[i]));
	return out;
}

static json_t *sum_json(const struct iv_sum *sum)
{
	json_t *out = json_object(), *days = json_object();

	json_object_set_new(out, "asked", iv_json_count(sum->asked));
	for (size_t i = 0; i < IV_FATE_COUNT; i++)
		json_object_set_new(out, fate_words[i], iv_json_count(sum->fates[i]));
	json_object_set_new(out, "people",
			    json_pack("{s:o, s:o, s:o}", "accepted", iv_json_count(sum->accepted),
				      "settled", iv_json_count(sum->settled), "pending",
				      iv_json_count(sum->pending)));
	json_object_set_new(out, "met", iv_json_count(sum->met));
	json_object_set_new(out, "thanks", thanks_json(sum->thanks));
	json_object_set_new(days, "answer", span_json(&sum->answer));
	json_object_set_new(days, "meeting", span_json(&sum->meeting));
	json_object_set_new(days, "thanks", span_json(&sum->thanked));
	json_object_set_new(out, "days", days);
	return out;
}

static json_t *groups_json(const struct iv_stats *stats)
{
	struct iv_groups groups = iv_stats_groups(stats->tally, stats->by);
	json_t *list = json_array();

	for (size_t i = 0; i < groups.count; i++) {
		json_t *group = sum_json(&groups.items[i].sum);
		const char *name = groups.items[i].name;

		json_object_set_new(group, "name", iv_json_text(*name ? name : NULL));
		json_array_append_new(list, group);
	}
	iv_groups_release(&groups);
	return list;
}

static json_t *meetings_json(const struct iv_tally *tally)
{
	struct iv_meetings_sum sum = iv_stats_meetings(tally);
	json_t *out = json_object();

	json_object_set_new(out, "held", iv_json_count(sum.meetings));
	json_object_set_new(out, "people", iv_json_count(sum.people));
	json_object_set_new(out, "names", json_integer(sum.names));
	json_object_set_new(out, "thanks", thanks_json(sum.thanks));
	return out;
}

static json_t *doors_json(const struct iv_graph *graph)
{
	size_t count = 0;
	struct iv_door *doors = iv_stats_doors(&count, graph);
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++) {
		const struct iv_knot *root = &graph->knots[doors[i].root];
		const struct iv_reach *reach = &doors[i].reach;
		json_t *door = json_object();

		json_object_set_new(door, "name", iv_json_text(root->name));
		json_object_set_new(door, "path", iv_json_text(root->path));
		json_object_set_new(door, "people", iv_json_count(reach->people));
		json_object_set_new(door, "asked", iv_json_count(reach->asked));
		json_object_set_new(door, "yes", iv_json_count(reach->accepted));
		json_object_set_new(door, "met", iv_json_count(reach->met));
		json_object_set_new(door, "organizations", iv_json_count(reach->organizations));
		json_object_set_new(door, "job_interviews", json_integer(reach->jobs));
		json_array_append_new(list, door);
	}
	free(doors);
	return list;
}

void iv_stats_json(struct iv_buf *out, const struct iv_stats *stats)
{
	struct iv_groups all = iv_stats_groups(stats->tally, IV_BY_NOTHING);
	json_t *object = iv_json_object(true);

	json_object_set_new(object, "today", iv_json_day(stats->today));
	json_object_set_new(object, "since", iv_json_day(stats->from));
	json_object_set_new(object, "until", iv_json_day(stats->to));
	json_object_set_new(object, "requests", sum_json(&all.items[0].sum));
	if (stats->by != IV_BY_NOTHING) {
		json_object_set_new(object, "by", json_string(iv_stats_by_word(stats->by)));
		json_object_set_new(object, "groups", groups_json(stats));
	}
	json_object_set_new(object, "meetings", meetings_json(stats->tally));
	json_object_set_new(object, "doors", doors_json(stats->graph));
	iv_json_add(out, object);
	iv_buf_putc(out, '\n');
	iv_groups_release(&all);
}

/* ---- CSV ---- */

static void add_median(struct iv_buf *out, const struct iv_span_figures *span)
{
	iv_buf_putc(out, ',');
	if (span->count)
		iv_median_text(out, span);
}

static void add_group(struct iv_buf *out, const struct iv_group *group)
{
	const struct iv_sum *sum = &group->sum;

	iv_csv_cell(out, iv_str_of(group->name));
	iv_buf_printf(out, ",%zu", sum->asked);
	for (size_t i = 0; i < IV_FATE_COUNT; i++)
		iv_buf_printf(out, ",%zu", sum->fates[i]);
	iv_buf_printf(out, ",%zu", sum->met);
	for (size_t i = 0; i < THANKS_COUNT; i++)
		iv_buf_printf(out, ",%zu", sum->thanks[i]);
	add_median(out, &sum->answer);
	add_median(out, &sum->meeting);
	add_median(out, &sum->thanked);
	iv_buf_puts(out, "\r\n");
}

void iv_stats_csv(struct iv_buf *out, const struct iv_stats *stats)
{
	struct iv_groups groups = iv_stats_groups(stats->tally, stats->by);
	const char *by = iv_stats_by_word(stats->by);

	iv_buf_printf(out, "%s,asked", by ? by : "all");
	for (size_t i = 0; i < IV_FATE_COUNT; i++)
		iv_buf_printf(out, ",%s", fate_words[i]);
	iv_buf_puts(out, ",met");
	for (size_t i = 0; i < THANKS_COUNT; i++)
		iv_buf_printf(out, ",thanks_%s", thanks_words[i]);
	iv_buf_puts(out, ",days_to_answer,days_to_meeting,days_to_thanks\r\n");
	for (size_t i = 0; i < groups.count; i++)
		add_group(out, &groups.items[i]);
	iv_groups_release(&groups);
}
