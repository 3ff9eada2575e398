#include <stdlib.h>

#include "base/mem.h"
#include "index/affected.h"

/* From a note to those whose findings look at it; %s is where the notes come from. */
static const char *const edges[] = {
	"SELECT r.target FROM %s AS s CROSS JOIN ref AS r ON r.note = s.note"
	" WHERE r.target IS NOT NULL",
	"SELECT r.note FROM %s AS s CROSS JOIN ref AS r ON r.target = s.note",
	"SELECT m.target FROM %s AS s CROSS JOIN mention AS m ON m.note = s.note",
	"SELECT m.note FROM %s AS s CROSS JOIN mention AS m ON m.target = s.note",
	/* From here on: those that share something with it. */
	"SELECT b.note FROM %s AS s CROSS JOIN name AS a ON a.note = s.note"
	" CROSS JOIN name AS b ON b.key = a.key",
	"SELECT b.note FROM %s AS s CROSS JOIN contact AS a ON a.note = s.note"
	" CROSS JOIN contact AS b ON b.email = a.email",
	"SELECT b.note FROM %s AS s CROSS JOIN contact AS a ON a.note = s.note"
	" CROSS JOIN contact AS b ON b.phone = a.phone",
	"SELECT b.note FROM %s AS s CROSS JOIN meeting AS a ON a.note = s.note"
	" CROSS JOIN meeting AS b ON b.day = a.day",
	/* Somebody without a note: named in one, met in another. */
	"SELECT b.note FROM %s AS s CROSS JOIN ref AS a ON a.note = s.note"
	" CROSS JOIN ref AS b ON b.key = a.key"
	" WHERE a.target IS NULL AND a.field IN ('contact', 'referrals', 'referred-by')"
	" AND b.target IS NULL AND b.field IN ('contact', 'referrals', 'referred-by')",
};

#define EDGES (sizeof(edges) / sizeof(*edges))
#define LINKS 4 /* of them are references */

/* From a note to the organizations it is about, or to their names where they have no note. */
static const char *const companies[] = {
	"SELECT coalesce(r.target, r.key) FROM %s AS s CROSS JOIN ref AS r ON r.note = s.note"
	" WHERE r.field IN ('organization', 'formerly')",
	"SELECT coalesce(r.target, r.key) FROM %s AS s CROSS JOIN ref AS a ON a.note = s.note"
	" AND a.field = 'contact' CROSS JOIN ref AS r ON r.note = a.target"
	" WHERE r.field IN ('organization', 'formerly')",
};

#define COMPANIES (sizeof(companies) / sizeof(*companies))

/*
 * One meeting makes another one less lonely (lone_meeting), four references away. Of the
 * organizations that the changed notes are about: the meetings that are alone now, and those that
 * were when their findings were made.
 */
#define PEOPLE                                                                          \
	"(SELECT s.id, r.note FROM company AS s CROSS JOIN ref AS r ON r.target = s.id" \
	" WHERE typeof(s.id) = 'integer' AND r.field IN ('organization', 'formerly')"   \
	" UNION ALL"                                                                    \
	" SELECT s.id, r.note FROM company AS s CROSS JOIN ref AS r ON r.key = s.id"    \
	" WHERE typeof(s.id) = 'text' AND r.target IS NULL"                             \
	" AND r.field IN ('organization', 'formerly'))"
static const char lonely[] =
	"INSERT OR IGNORE INTO near SELECT min(m.note) FROM " PEOPLE " AS p"
	" CROSS JOIN met AS m ON m.person = p.note GROUP BY p.id HAVING min(m.note) = max(m.note);"
	"INSERT OR IGNORE INTO near SELECT m.note FROM " PEOPLE " AS p"
	" CROSS JOIN met AS m ON m.person = p.note"
	" CROSS JOIN finding AS f ON f.note = m.note WHERE f.rule = 'second-opinion'";

/* What an organization's note says of its voices depends on how lonely their meetings are. */
static const char *const voices[] = {
	"SELECT r.target FROM %s AS s CROSS JOIN ref AS a ON a.note = s.note"
	" AND a.field = 'contact' CROSS JOIN ref AS r ON r.note = a.target"
	" WHERE r.field IN ('organization', 'formerly') AND r.target IS NOT NULL",
};

struct iv_affected {
	struct iv_db *db;
	int64_t limit, count; /* of notes; above it nobody is interested in which */
	struct iv_stmt *change, *near[EDGES], *company[COMPANIES];
};

static int prepare_edge(struct iv_stmt **out, struct iv_db *db, const char *into, const char *edge,
			const char *from, struct iv_error *error)
{
	struct iv_buf sql = IV_BUF_INIT;
	const char *rest = edge;
	int rc;

	while (rest[0] != '%')
		rest++;
	iv_buf_printf(&sql, "INSERT OR IGNORE INTO %s ", into);
	iv_buf_add(&sql, edge, (size_t)(rest - edge));
	iv_buf_puts(&sql, from);
	iv_buf_puts(&sql, rest + 2);
	rc = iv_stmt_new(out, db, sql.ptr, error);
	iv_buf_release(&sql);
	return rc;
}

int iv_affected_none(struct iv_db *db, struct iv_error *error)
{
	return iv_db_exec(db,
			  "CREATE TEMP TABLE IF NOT EXISTS affected (note INTEGER PRIMARY KEY);"
			  "DELETE FROM affected",
			  error);
}

int iv_affected_new(struct iv_affected **out, struct iv_db *db, int64_t limit,
		    struct iv_error *error)
{
	struct iv_affected *affected = iv_calloc(1, sizeof(*affected));
	int rc = iv_affected_none(db, error);

	if (!rc)
		rc = iv_db_exec(
			db,
			"CREATE TEMP TABLE IF NOT EXISTS changed (note INTEGER PRIMARY KEY);"
			"CREATE TEMP TABLE IF NOT EXISTS near (note INTEGER PRIMARY KEY);"
			"CREATE TEMP TABLE IF NOT EXISTS company (id PRIMARY KEY) WITHOUT ROWID;"
			"DELETE FROM changed; DELETE FROM near; DELETE FROM company",
			error);

	affected->db = db;
	affected->limit = limit;
	if (!rc)
		rc = iv_stmt_new(&affected->change, db, "INSERT OR IGNORE INTO changed VALUES (?1)",
				 error);
	for (size_t i = 0; !rc && i < EDGES; i++)
		rc = prepare_edge(&affected->near[i], db, "near", edges[i], "(SELECT ?1 AS note)",
				  error);
	for (size_t i = 0; !rc && i < COMPANIES; i++)
		rc = prepare_edge(&affected->company[i], db, "company", companies[i],
				  "(SELECT ?1 AS note)", error);
	*out = affected;
	return rc;
}

void iv_affected_free(struct iv_affected *affected)
{
	if (!affected)
		return;
	iv_stmt_free(affected->change);
	for (size_t i = 0; i < EDGES; i++)
		iv_stmt_free(affected->near[i]);
	for (size_t i = 0; i < COMPANIES; i++)
		iv_stmt_free(affected->company[i]);
	free(affected);
}

int iv_affected_add(struct iv_affected *affected, int64_t note, struct iv_error *error)
{
	int rc;

	iv_stmt_bind_int(affected->change, 1, note);
	rc = iv_stmt_run(affected->change, error);
	for (size_t i = 0; !rc && i < EDGES && affected->count <= affected->limit; i++) {
		iv_stmt_bind_int(affected->near[i], 1, note);
		rc = iv_stmt_run(affected->near[i], error);
		affected->count += rc ? 0 : iv_db_changes(affected->db);
	}
	for (size_t i = 0; !rc && i < COMPANIES && affected->count <= affected->limit; i++) {
		iv_stmt_bind_int(affected->company[i], 1, note);
		rc = iv_stmt_run(affected->company[i], error);
	}
	return rc;
}

/* Follows edges from the notes of one table into another. */
static int spread(struct iv_affected *affected, const char *into, const char *from,
		  const char *const *edge, size_t count, struct iv_error *error)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < count; i++) {
		struct iv_stmt *stmt;
		rc = prepare_edge(&stmt, affected->db, into, edge[i], from, error);
		if (!rc)
			rc = iv_stmt_run(stmt, error);
		iv_stmt_free(stmt);
	}
	return rc;
}

static int64_t count_rows(struct iv_affected *affected, const char *sql)
{
	struct iv_stmt *stmt;
	int64_t count = 0;

	if (iv_stmt_new(&stmt, affected->db, sql, NULL))
		return 0;
	if (iv_stmt_step(stmt, NULL) == 1)
		count = iv_stmt_int(stmt, 0);
	iv_stmt_free(stmt);
	return count;
}

int iv_affected_finish(bool *all, struct iv_affected *affected, struct iv_error *error)
{
	int rc = 0;

	*all = affected->count > affected->limit;
	if (*all)
		return 0;
	rc = spread(affected, "near", "changed", edges, EDGES, error);
	if (!rc)
		rc = spread(affected, "company", "changed", companies, COMPANIES, error);
	if (!rc)
		rc = iv_db_exec(affected->db, lonely, error);
	*all = !rc && count_rows(affected, "SELECT count(*) FROM near") > affected->limit;
	if (rc || *all)
		return rc;
	rc = spread(affected, "affected", "near", edges, LINKS, error);
	if (!rc)
		rc = spread(affected, "affected", "near", voices, 1, error);
	if (!rc)
		rc = iv_db_exec(affected->db,
				"INSERT OR IGNORE INTO affected SELECT note FROM near;"
				"INSERT OR IGNORE INTO affected SELECT note FROM changed",
				error);
	*all = !rc && count_rows(affected, "SELECT count(*) FROM affected") > affected->limit;
	return rc;
}
