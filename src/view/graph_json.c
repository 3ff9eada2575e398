/* The graph for programs. */
#include <stdlib.h>

#include "view/graph.h"
#include "view/jsontext.h"

static json_t *knot_json(const struct iv_knot *knot, size_t at)
{
	json_t *out = json_object();

	json_object_set_new(out, "id", iv_json_count(at));
	json_object_set_new(out, "name", iv_json_text(knot->name));
	json_object_set_new(out, "path", iv_json_text(knot->path));
	json_object_set_new(out, "organization", iv_json_text(knot->organization));
	json_object_set_new(out, "origin", iv_json_text(knot->origin));
	json_object_set_new(out, "state", json_string(iv_knot_word(knot)));
	json_object_set_new(out, "day", iv_json_day(knot->path ? knot->day : IV_NO_DAY));
	json_object_set_new(out, "job_interviews", json_integer(knot->jobs));
	return out;
}

static void add_edges(json_t *edges, const struct iv_graph_part *part, const bool *held, size_t at)
{
	const struct iv_knot *knot = &part->graph->knots[at];

	for (size_t i = 0; i < knot->led_count; i++)
		if (held[knot->led[i]])
			json_array_append_new(edges, json_pack("{s:I, s:I}", "from", (json_int_t)at,
							       "to", (json_int_t)knot->led[i]));
}

void iv_graph_json(struct iv_buf *out, const struct iv_graph_part *part)
{
	json_t *object = iv_json_object(true), *people = json_array(), *edges = json_array();
	bool *held = iv_graph_held(part);

	for (size_t i = 0; i < part->graph->count; i++) {
		if (!held[i])
			continue;
		json_array_append_new(people, knot_json(&part->graph->knots[i], i));
		add_edges(edges, part, held, i);
	}
	json_object_set_new(object, "today", iv_json_day(part->today));
	json_object_set_new(object, "people", people);
	json_object_set_new(object, "edges", edges);
	iv_json_add(out, object);
	iv_buf_putc(out, '\n');
	free(held);
}
