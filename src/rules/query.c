/* Findings for a view: chosen by days, rules and places, sorted. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "index/update.h"
#include "rules/harvest.h"

struct list {
	struct iv_arena *arena;
	struct iv_finding *items;
	size_t count, capacity;
};

enum {
	RULE,
	SEVERITY,
	NOTE,
	PATH,
	LINE,
	COL,
	NAME,
	WHO,
	WHO_NAME,
	WHO_PATH,
	SINCE,
	DUE,
	UNTIL,
	MESSAGE
};

static const char sql[] =
	"SELECT f.rule, f.severity, f.note, n.path, f.line, f.col, n.name, f.who, w.name, w.path,"
	" f.since, f.due, f.until, f.message "
	"FROM finding AS f JOIN note AS n ON n.note = f.note "
	"LEFT JOIN note AS w ON typeof(f.who) = 'integer' AND w.note = f.who "
	"WHERE (f.until IS NULL OR f.until >= ifnull(?1, '')) AND NOT f.suppressed"
	" AND (f.since IS NULL OR f.since <= ifnull(?2, '9999-12-31'))"
	" AND (f.due IS NULL OR f.due <= ifnull(?3, '9999-12-31'))"
	" AND (?4 = 0 OR f.severity = 'error' OR (?4 = 1 AND f.severity = 'warning')"
	" OR f.due >= ?5) "
	"ORDER BY n.path, f.line, f.col, f.rule, f.message, f.since, f.due";

static bool is_among(const char *const *words, struct iv_str text)
{
	for (size_t i = 0; words && words[i]; i++)
		if (iv_str_is(text, words[i]))
			return true;
	return !words;
}

/* A folder ends in '/' and means everything below it. */
static bool lies_in(const char *const *paths, struct iv_str path)
{
	for (size_t i = 0; paths && paths[i]; i++) {
		size_t len = strlen(paths[i]);
		bool folder = len && paths[i][len - 1] == '/';
		if (folder ? iv_str_starts(path, paths[i]) : iv_str_is(path, paths[i]))
			return true;
	}
	return !paths;
}

static bool concerns(const struct iv_finding_query *query, struct iv_str note, struct iv_str person)
{
	return lies_in(query->paths, note) ||
	       (query->people && person.ptr && is_among(query->paths, person));
}

static enum iv_when when(iv_day due, iv_day until, iv_day today)
{
	if (due == IV_NO_DAY)
		return IV_UNDATED;
	if (due >= today)
		return due > today ? IV_UPCOMING : IV_DUE;
	return until == IV_NO_DAY || until >= today ? IV_OVERDUE : IV_OVER;
}

static const char *text(const struct list *list, struct iv_stmt *stmt, int column)
{
	struct iv_str value = iv_stmt_text(stmt, column);

	return value.ptr ? iv_arena_str(list->arena, value).ptr : NULL;
}

static void add(struct list *list, struct iv_stmt *stmt, const struct iv_rule *rule, iv_day today)
{
	bool has_note = !iv_stmt_is_null(stmt, WHO_PATH);
	struct iv_finding item = {
		.rule = rule,
		.severity = (enum iv_severity)iv_row_severity(iv_stmt_text(stmt, SEVERITY)),
		.note = iv_stmt_int(stmt, NOTE),
		.path = text(list, stmt, PATH),
		.pos = {(uint32_t)iv_stmt_int(stmt, LINE), (uint32_t)iv_stmt_int(stmt, COL)},
		.note_name = text(list, stmt, NAME),
		.who = has_note                    ? text(list, stmt, WHO_NAME)
		       : iv_stmt_is_int(stmt, WHO) ? NULL
						   : text(list, stmt, WHO),
		.who_path = has_note ? text(list, stmt, WHO_PATH) : NULL,
		.since = iv_stmt_day(stmt, SINCE),
		.due = iv_stmt_day(stmt, DUE),
		.until = iv_stmt_day(stmt, UNTIL),
		.message = text(list, stmt, MESSAGE),
	};

	item.when = when(item.due, item.until, today);
	IV_GROW(list->items, list->count, list->capacity);
	list->items[list->count++] = item;
}

static int collect(struct list *list, struct iv_stmt *stmt, const struct iv_rules *rules,
		   const struct iv_finding_query *query, struct iv_error *error)
{
	const struct iv_rule *rule = NULL;
	int rc;

	while ((rc = iv_stmt_step(stmt, error)) == 1) {
		struct iv_str id = iv_stmt_text(stmt, RULE);
		if (!rule || !iv_str_is(id, rule->id))
			rule = iv_rules_find(rules, id.ptr ? id.ptr : "");
		if (rule && !rule->off && is_among(query->rules, id) &&
		    concerns(query, iv_stmt_text(stmt, PATH), iv_stmt_text(stmt, WHO_PATH)))
			add(list, stmt, rule, query->today);
	}
	return rc;
}

static iv_day last_due(const struct iv_finding_query *query)
{
	bool all = !query->due_within || query->to == IV_NO_DAY;

	return all ? IV_NO_DAY : query->to + query->due_within;
}

static int find(struct iv_findings *out, struct iv_index *index, const struct iv_rules *rules,
		const struct iv_finding_query *query, struct iv_error *error)
{
	struct list list = {.arena = iv_arena_new()};
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, iv_index_db(index), sql, error);

	if (!rc) {
		iv_stmt_bind_day(stmt, 1, query->from);
		iv_stmt_bind_day(stmt, 2, query->to);
		iv_stmt_bind_day(stmt, 3, last_due(query));
		iv_stmt_bind_int(stmt, 4, query->least);
		iv_stmt_bind_day(stmt, 5, query->today);
		rc = collect(&list, stmt, rules, query, error);
		iv_stmt_free(stmt);
	}
	*out = (struct iv_findings){0};
	if (!rc) {
		out->items = iv_arena_copy(list.arena, list.items, list.count, sizeof(*list.items));
		out->count = list.count;
		out->memory = list.arena;
	} else {
		iv_arena_free(list.arena);
	}
	free(list.items);
	return rc;
}

int iv_findings(struct iv_findings *out, struct iv_index *index, const struct iv_rules *rules,
		const struct iv_finding_query *query, struct iv_error *error)
{
	int rc = iv_rules_horizon(index) > query->from ? iv_index_refill(index, query->from, error)
						       : 0;

	while (!rc && (rc = find(out, index, rules, query, error)) && iv_index_retry(index, error))
		rc = 0;
	return rc;
}

void iv_findings_release(struct iv_findings *findings)
{
	iv_arena_free(findings->memory);
	*findings = (struct iv_findings){0};
}
