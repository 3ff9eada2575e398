/* Who led to whom: the people, and the referrals between them. */
#include <stdlib.h>

#include "base/mem.h"
#include "index/column.h"
#include "index/standing.h"
#include "index/tally.h"
#include "index/update.h"

/*
 * Who spoke of whom, NULL for a name without a note. Names that nobody has a note of yet come from
 * their own fields, since the view `referral` knows notes alone.
 */
#define EDGES                                                                                    \
	"WITH edge AS MATERIALIZED ("                                                            \
	"  SELECT person AS a, who AS a_name, referred AS b, NULL AS b_name, named AS day"       \
	"  FROM referral"                                                                        \
	"  UNION ALL SELECT r.note, NULL, NULL, r.text, coalesce(n.created, '')"                 \
	"  FROM contact AS c JOIN ref AS r ON r.note = c.note JOIN note AS n ON n.note = r.note" \
	"  WHERE r.field = 'referrals' AND r.target IS NULL"                                     \
	"  UNION ALL SELECT a.person, a.who, NULL, r.text, t.day"                                \
	"  FROM took_place AS t JOIN ref AS r ON r.note = t.note"                                \
	"  JOIN attendance AS a ON a.note = t.note"                                              \
	"  WHERE t.known AND NOT a.again AND r.field = 'referrals' AND r.target IS NULL),"       \
	" stranger AS MATERIALIZED ("                                                            \
	"  SELECT fold(name) AS key, min(name) AS name, -row_number() OVER () AS id"             \
	"  FROM (SELECT a_name AS name FROM edge WHERE a IS NULL"                                \
	"        UNION ALL SELECT b_name FROM edge WHERE b IS NULL) GROUP BY fold(name)) "

static const char knots_sql[] = EDGES
	"SELECT n.note, n.name, n.path,"
	" (SELECT coalesce(o.name, r.text) FROM ref AS r LEFT JOIN note AS o ON o.note = r.target"
	"  WHERE r.note = n.note AND r.field = 'organization' ORDER BY r.seq LIMIT 1),"
	" coalesce(c.relation, c.source),"
	" NOT EXISTS (SELECT 1 FROM unthanked AS u"
	"  WHERE u.person = n.note AND u.day <= ?2 AND (u.known OR u.day < ?2)),"
	" (SELECT count(*) FROM met AS m WHERE m.person = n.note AND m.kind = 'job'"
	"  AND (m.known OR m.day < ?2)), " IV_HAD_COLUMNS ", fold(n.name) AS sorting"
	" FROM contact AS c JOIN note AS n ON n.note = c.note"
	" LEFT JOIN last_answer AS a ON a.person = n.note"
	" UNION ALL SELECT id, name, NULL, NULL, NULL, 1, 0, NULL, NULL, NULL, NULL, NULL, NULL,"
	" NULL, key FROM stranger ORDER BY sorting, 3";

static const char edges_sql[] =
	EDGES "SELECT coalesce(e.a, x.id) AS a, coalesce(e.b, y.id) AS b, min(e.day) FROM edge AS e"
	      " LEFT JOIN stranger AS x ON e.a IS NULL AND x.key = fold(e.a_name)"
	      " LEFT JOIN stranger AS y ON e.b IS NULL AND y.key = fold(e.b_name)"
	      " GROUP BY 1, 2";

struct node {
	int64_t id; /* of the note, or below zero */
	size_t at;  /* in the order of names */
	bool tied;
	struct iv_knot knot;
};

struct edge {
	int64_t from, to;
	struct iv_str day;
	size_t to_at;
};

struct reader {
	struct iv_arena *arena;
	iv_day today;
	struct node *nodes;
	size_t node_count, node_room;
	struct edge *edges;
	size_t edge_count, edge_room;
};

static void take_node(void *data, struct iv_stmt *stmt)
{
	struct reader *reader = data;
	struct iv_had had = iv_had_read(stmt, 7);
	struct node node = {.id = iv_stmt_int(stmt, 0), .at = reader->node_count};

	node.knot = (struct iv_knot){
		.name = iv_column_text(reader->arena, stmt, 1),
		.path = iv_column_text(reader->arena, stmt, 2),
		.organization = iv_column_text(reader->arena, stmt, 3),
		.origin = iv_column_text(reader->arena, stmt, 4),
		.thanked = iv_column_flag(stmt, 5),
		.jobs = iv_stmt_int(stmt, 6),
		.closed = had.closed,
	};
	node.knot.standing = iv_standing_of(&node.knot.day, &had, reader->today);
	node.tied = node.knot.standing != IV_STANDING_UNASKED;
	IV_GROW(reader->nodes, reader->node_count, reader->node_room);
	reader->nodes[reader->node_count++] = node;
}

static void take_edge(void *data, struct iv_stmt *stmt)
{
	struct reader *reader = data;
	struct iv_str day = iv_stmt_text(stmt, 2);

	IV_GROW(reader->edges, reader->edge_count, reader->edge_room);
	reader->edges[reader->edge_count++] =
		(struct edge){iv_stmt_int(stmt, 0), iv_stmt_int(stmt, 1),
			      iv_arena_str(reader->arena, day.ptr ? day : IV_LIT("")), 0};
}

/* ---- tying them together ---- */

static int by_id(const void *a, const void *b)
{
	const struct node *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

static int by_at(const void *a, const void *b)
{
	const struct node *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

static int by_way(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;
	int order = (x->from > y->from) - (x->from < y->from);

	if (!order)
		order = iv_str_cmp(x->day, y->day);
	return order ? order : (x->to_at > y->to_at) - (x->to_at < y->to_at);
}

static struct node *node_of(const struct reader *reader, int64_t id)
{
	struct node wanted = {.id = id};

	return bsearch(&wanted, reader->nodes, reader->node_count, sizeof(wanted), by_id);
}

/* Marks who is tied to somebody, and drops ways that lead to notes which are no contacts. */
static void tie(struct reader *reader)
{
	size_t kept = 0;

	for (size_t i = 0; i < reader->edge_count; i++) {
		struct edge edge = reader->edges[i];
		struct node *from = node_of(reader, edge.from), *to = node_of(reader, edge.to);

		if (!from || !to || from == to)
			continue;
		from->tied = to->tied = true;
		edge.to_at = to->at;
		reader->edges[kept++] = edge;
	}
	reader->edge_count = kept;
}

/* Of those by name that are tied, their numbers in the graph; nodes stay sorted by id. */
static size_t number(struct reader *reader)
{
	size_t count = 0;

	qsort(reader->nodes, reader->node_count, sizeof(*reader->nodes), by_at);
	for (size_t i = 0; i < reader->node_count; i++)
		if (reader->nodes[i].tied)
			reader->nodes[i].at = count++;
	qsort(reader->nodes, reader->node_count, sizeof(*reader->nodes), by_id);
	return count;
}

static void lead(struct iv_graph *out, struct reader *reader)
{
	size_t *led = iv_arena_calloc(reader->arena, reader->edge_count + 1, sizeof(*led));

	for (size_t i = 0; i < reader->edge_count; i++)
		reader->edges[i].to_at = node_of(reader, reader->edges[i].to)->at;
	if (reader->edge_count > 1)
		qsort(reader->edges, reader->edge_count, sizeof(*reader->edges), by_way);
	for (size_t i = 0; i < reader->edge_count; i++) {
		struct iv_knot *from = &out->knots[node_of(reader, reader->edges[i].from)->at];

		led[i] = reader->edges[i].to_at;
		if (!from->led)
			from->led = &led[i];
		from->led_count++;
		out->knots[led[i]].by_count++;
	}
}

static void give(struct iv_graph *out, struct reader *reader)
{
	if (reader->node_count)
		qsort(reader->nodes, reader->node_count, sizeof(*reader->nodes), by_id);
	tie(reader);
	out->count = reader->node_count ? number(reader) : 0;
	out->knots = iv_arena_calloc(reader->arena, out->count + 1, sizeof(*out->knots));
	for (size_t i = 0; i < reader->node_count; i++)
		if (reader->nodes[i].tied)
			out->knots[reader->nodes[i].at] = reader->nodes[i].knot;
	lead(out, reader);
}

static int read_graph(struct iv_graph *out, struct iv_index *index, iv_day today,
		      struct iv_error *error)
{
	struct reader reader = {.arena = iv_arena_new(), .today = today};
	struct iv_db *db = iv_index_db(index);
	int rc = iv_each_row(db, knots_sql, 2, today, take_node, &reader, error);

	*out = (struct iv_graph){.memory = reader.arena};
	if (!rc)
		rc = iv_each_row(db, edges_sql, 2, today, take_edge, &reader, error);
	if (!rc)
		give(out, &reader);
	free(reader.nodes);
	free(reader.edges);
	if (rc)
		iv_graph_release(out);
	return rc;
}

int iv_index_graph(struct iv_graph *out, struct iv_index *index, iv_day today,
		   struct iv_error *error)
{
	int rc;

	while ((rc = read_graph(out, index, today, error)) && iv_index_retry(index, error))
		;
	return rc;
}

void iv_graph_release(struct iv_graph *graph)
{
	iv_arena_free(graph->memory);
	*graph = (struct iv_graph){0};
}
