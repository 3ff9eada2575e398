/* What a week's report asks besides: the funnel, and the people met. */
#include <stdlib.h>

#include "base/mem.h"
#include "index/column.h"
#include "index/update.h"

/*
 * The people whom a request reached up to the day ?1, each with the days of the first and the last
 * one. A yes to a meeting ahead of that day was said on its own day where the notes tell it, and
 * has been said where they do not. A no stands until a meeting that was not called off follows.
 */
static const char funnel_sql[] =
	"WITH asked AS MATERIALIZED ("
	"  SELECT person, min(day) AS first, max(day) AS last FROM request"
	"  WHERE NOT bounced AND day <= ?1 GROUP BY person),"
	"meets AS MATERIALIZED ("
	"  SELECT p.person, p.day, p.state IS NULL OR p.state IN ('scheduled', 'held') AS open"
	"  FROM asked AS a JOIN appointment AS p ON p.person = a.person"
	"  WHERE p.day >= a.first AND (p.day <= ?1 OR NOT EXISTS ("
	"    SELECT 1 FROM answer AS x"
	"    WHERE x.person = p.person AND x.day > ?1 AND x.day <= p.day))),"
	"said AS (SELECT person, first, last,"
	"  EXISTS (SELECT 1 FROM met AS m WHERE m.person = a.person"
	"          AND m.day BETWEEN a.first AND ?1) AS met,"
	"  EXISTS (SELECT 1 FROM answer AS x WHERE x.person = a.person AND x.day <= ?1"
	"          AND x.outcome = 'yes')"
	"  OR EXISTS (SELECT 1 FROM meets AS m WHERE m.person = a.person) AS yes,"
	"  (SELECT x.outcome FROM answer AS x WHERE x.person = a.person AND x.day <= ?1"
	"   ORDER BY x.day DESC, x.seq DESC LIMIT 1) AS outcome,"
	"  (SELECT max(x.day) FROM answer AS x WHERE x.person = a.person AND x.day <= ?1) AS "
	"answered"
	"  FROM asked AS a),"
	"stood AS (SELECT *, outcome IS 'no' AND NOT met AND NOT EXISTS ("
	"    SELECT 1 FROM meets AS m WHERE m.person = said.person AND m.open"
	"    AND m.day >= said.answered) AS declined"
	"  FROM said) "
	"SELECT count(*),"
	" total(NOT declined AND (met OR yes)),"
	" total(declined),"
	" total(NOT declined AND NOT (met OR yes) AND (outcome IS 'later' OR last >= ?2)),"
	" total(NOT declined AND NOT (met OR yes) AND outcome IS NOT 'later' AND last < ?2),"
	" total(met),"
	" total(met AND EXISTS (SELECT 1 FROM met AS m JOIN thanks AS t"
	"   ON t.note = m.note AND t.person = m.person"
	"   WHERE m.person = stood.person AND m.day BETWEEN first AND ?1"
	"   AND t.written AND NOT t.skipped AND t.day BETWEEN m.day AND ?1)),"
	" total(EXISTS (SELECT 1 FROM ref AS r JOIN note AS n ON n.note = r.note"
	"   WHERE r.target = stood.person AND r.field = 'referred-by' AND r.note <> r.target"
	"   AND (n.created IS NULL OR n.created <= ?1))"
	"  OR EXISTS (SELECT 1 FROM ref AS r JOIN note AS n ON n.note = r.note"
	"   WHERE r.note = stood.person AND r.field = 'referrals'"
	"   AND (n.created IS NULL OR n.created <= ?1))"
	"  OR EXISTS (SELECT 1 FROM met AS m JOIN ref AS r ON r.note = m.note"
	"   WHERE m.person = stood.person AND m.day <= ?1 AND r.field = 'referrals')) "
	"FROM stood";

/* People met who had not been asked before, and those who have no note. */
static const char unasked_sql[] =
	"SELECT count(DISTINCT m.who) FROM met AS m WHERE m.day <= ?1 AND NOT EXISTS ("
	" SELECT 1 FROM request AS r JOIN met AS later ON later.person = r.person"
	" WHERE r.person = m.person AND NOT r.bounced AND r.day <= later.day AND later.day <= ?1)";

static const char met_sql[] =
	"SELECT m.day, m.name, p.path, f.json ->> '$.role', f.json ->> '$.role[0]',"
	" (SELECT coalesce(o.name, r.text) FROM ref AS r LEFT JOIN note AS o ON o.note = r.target"
	"  WHERE r.note = m.person AND r.field = 'organization' ORDER BY r.seq LIMIT 1),"
	" n.path, t.kind, t.via, t.planned, t.actual, t.rating,"
	" (SELECT group_concat(name, ', ') FROM ("
	"   SELECT coalesce(x.name, r.text) AS name"
	"   FROM ref AS r LEFT JOIN note AS x ON x.note = r.target"
	"   WHERE r.note = m.note AND r.field = 'referrals' ORDER BY r.seq)),"
	" t.known "
	"FROM met AS m JOIN took_place AS t ON t.note = m.note JOIN note AS n ON n.note = m.note "
	"LEFT JOIN note AS p ON p.note = m.person LEFT JOIN fields AS f ON f.note = m.person "
	"WHERE m.day BETWEEN ?1 AND ?2 ORDER BY m.day, m.name, n.path, m.seq";

/* ---- one row ---- */

/* Asks a statement of one row; its numbers go where `numbers` point. */
static int ask(struct iv_db *db, const char *sql, iv_day day, int64_t *const *numbers, size_t count,
	       struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, db, sql, error);
	if (rc)
		return rc;
	iv_stmt_bind_day(stmt, 1, day);
	if (count > 1)
		iv_stmt_bind_day(stmt, 2, day - IV_PATIENCE);
	rc = iv_stmt_step(stmt, error);
	for (size_t i = 0; rc == 1 && i < count; i++)
		*numbers[i] = iv_stmt_int(stmt, (int)i);
	iv_stmt_free(stmt);
	return rc < 0 ? rc : 0;
}

static int funnel(struct iv_funnel *out, struct iv_index *index, iv_day day, struct iv_error *error)
{
	struct iv_db *db = iv_index_db(index);
	int64_t *const steps[] = {&out->asked,  &out->accepted, &out->declined, &out->pending,
				  &out->silent, &out->met,      &out->thanked,  &out->referred};
	int64_t *const unasked[] = {&out->unasked};
	*out = (struct iv_funnel){0};
	int rc = ask(db, funnel_sql, day, steps, sizeof(steps) / sizeof(steps[0]), error);
	return rc ? rc : ask(db, unasked_sql, day, unasked, 1, error);
}

int iv_index_funnel(struct iv_funnel *out, struct iv_index *index, iv_day day,
		    struct iv_error *error)
{
	int rc;

	while ((rc = funnel(out, index, day, error)) && iv_index_retry(index, error))
		;
	return rc;
}

/* ---- the people met ---- */

static struct iv_met read_met(struct iv_arena *arena, struct iv_stmt *stmt)
{
	const char *first_role = iv_column_text(arena, stmt, 4);
	return (struct iv_met){
		.day = iv_stmt_day(stmt, 0),
		.name = iv_arena_str(arena, iv_stmt_text(stmt, 1)).ptr,
		.path = iv_column_text(arena, stmt, 2),
		.role = first_role ? first_role : iv_column_text(arena, stmt, 3),
		.organization = iv_column_text(arena, stmt, 5),
		.meeting = iv_column_text(arena, stmt, 6),
		.kind = iv_column_text(arena, stmt, 7),
		.via = iv_column_text(arena, stmt, 8),
		.planned = iv_column_number(stmt, 9, -1),
		.actual = iv_column_number(stmt, 10, -1),
		.rating = iv_column_number(stmt, 11, 0),
		.referrals = iv_column_text(arena, stmt, 12),
		.known = iv_column_flag(stmt, 13),
	};
}

static int met(struct iv_met_list *out, struct iv_index *index, iv_day from, iv_day to,
	       struct iv_error *error)
{
	struct iv_arena *arena = iv_arena_new();
	struct iv_met *items = NULL;
	struct iv_stmt *stmt;
	size_t count = 0, capacity = 0;
	int rc = iv_stmt_new(&stmt, iv_index_db(index), met_sql, error);
	if (!rc) {
		iv_stmt_bind_day(stmt, 1, from);
		iv_stmt_bind_day(stmt, 2, to);
		while ((rc = iv_stmt_step(stmt, error)) == 1) {
			IV_GROW(items, count, capacity);
			items[count++] = read_met(arena, stmt);
		}
		iv_stmt_free(stmt);
	}
	*out = (struct iv_met_list){
		.items = iv_arena_copy(arena, items, count, sizeof(*items)),
		.count = count,
		.memory = arena,
	};
	free(items);
	if (rc)
		iv_met_list_release(out);
	return rc;
}

int iv_index_met(struct iv_met_list *out, struct iv_index *index, iv_day from, iv_day to,
		 struct iv_error *error)
{
	int rc;

	while ((rc = met(out, index, from, to, error)) && iv_index_retry(index, error))
		;
	return rc;
}

void iv_met_list_release(struct iv_met_list *list)
{
	iv_arena_free(list->memory);
	*list = (struct iv_met_list){0};
}
