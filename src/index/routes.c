#include "index/routes.h"

#include <stdlib.h>
#include <string.h>

#include "index/column.h"

#define LENGTH_MAX 12
#define ROUTES_MAX 8

/* `person` spoke of `referred`: a row of the view, once for each two of them. */
struct edge {
	int64_t referred, person; /* 0: a name without a note */
	const char *name, *origin;
};

struct finder {
	struct iv_arena *arena;
	struct edge *edges; /* by `referred` */
	size_t count, capacity;
	struct iv_member *member;
	struct iv_route all[ROUTES_MAX], routes[ROUTES_MAX]; /* as found; without detours */
	const struct edge *way[LENGTH_MAX];                  /* back from the member */
};

static const char sql[] =
	"SELECT r.referred, r.person, coalesce(n.name, r.who), coalesce(c.relation, c.source)"
	" FROM referral AS r LEFT JOIN note AS n ON n.note = r.person"
	" LEFT JOIN contact AS c ON c.note = r.person"
	" GROUP BY r.referred, r.who ORDER BY r.referred, fold(coalesce(n.name, r.who))";

static void take_edge(void *data, struct iv_stmt *stmt)
{
	struct finder *finder = data;

	IV_GROW(finder->edges, finder->count, finder->capacity);
	finder->edges[finder->count++] = (struct edge){
		.referred = iv_stmt_int(stmt, 0),
		.person = iv_column_number(stmt, 1, 0),
		.name = iv_column_text(finder->arena, stmt, 2),
		.origin = iv_column_text(finder->arena, stmt, 3),
	};
}

/* The first edge that leads to a note; finder->count when none does. */
static size_t first_to(const struct finder *finder, int64_t note)
{
	size_t low = 0, high = finder->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (finder->edges[middle].referred < note)
			low = middle + 1;
		else
			high = middle;
	}
	return low < finder->count && finder->edges[low].referred == note ? low : finder->count;
}

static bool is_on_way(const struct finder *finder, size_t length, const struct edge *edge)
{
	for (size_t i = 0; i < length; i++)
		if (edge->person && (finder->way[i]->person == edge->person ||
				     finder->way[i]->referred == edge->person))
			return true;
	return edge->person && edge->person == edge->referred;
}

static void keep_way(struct finder *finder, size_t length)
{
	struct iv_route *route = &finder->all[finder->member->route_count];
	const char **names = iv_arena_calloc(finder->arena, length, sizeof(*names));

	if (finder->member->route_count == ROUTES_MAX)
		return;
	for (size_t i = 0; i < length; i++)
		names[i] = finder->way[length - 1 - i]->name;
	*route = (struct iv_route){names, length, finder->way[length - 1]->origin};
	finder->member->route_count++;
}

/* Deeper by one name at a time: at most LENGTH_MAX. */
static void go_back(struct finder *finder, int64_t note, size_t length)
{
	size_t at = length < LENGTH_MAX ? first_to(finder, note) : finder->count;
	bool any = false;

	for (; note && at < finder->count && finder->edges[at].referred == note; at++) {
		const struct edge *edge = &finder->edges[at];

		if (is_on_way(finder, length, edge) || finder->member->route_count == ROUTES_MAX)
			continue;
		any = true;
		finder->way[length] = edge;
		go_back(finder, edge->person, length + 1);
	}
	if (!any && length && finder->member->route_count < ROUTES_MAX)
		keep_way(finder, length);
}

/* Are all names of `part`, in their order, on the route? */
static bool holds(const struct iv_route *route, const struct iv_route *part)
{
	size_t found = 0;

	for (size_t i = 0; i < route->count && found < part->count; i++)
		found += strcmp(route->names[i], part->names[found]) == 0;
	return found == part->count;
}

/* A way round over somebody else who was there is no other way: the short one is enough. */
static void drop_detours(struct finder *finder)
{
	struct iv_route *routes = finder->routes;
	size_t kept = 0;

	for (size_t i = 0; i < finder->member->route_count; i++) {
		bool detour = false;

		for (size_t k = 0; k < finder->member->route_count; k++)
			detour = detour || (finder->all[k].count < finder->all[i].count &&
					    holds(&finder->all[i], &finder->all[k]));
		if (!detour)
			routes[kept++] = finder->all[i];
	}
	finder->member->route_count = kept;
}

int iv_routes_find(struct iv_member *members, const int64_t *notes, size_t count,
		   struct iv_arena *arena, struct iv_db *db, struct iv_error *error)
{
	struct finder finder = {.arena = arena};
	int rc = count ? iv_each_row(db, sql, 1, IV_NO_DAY, take_edge, &finder, error) : 0;

	for (size_t i = 0; !rc && i < count; i++) {
		finder.member = &members[i];
		go_back(&finder, notes[i], 0);
		drop_detours(&finder);
		members[i].routes = iv_arena_copy(arena, finder.routes, members[i].route_count,
						  sizeof(*finder.routes));
	}
	free(finder.edges);
	return rc;
}
