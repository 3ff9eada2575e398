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
};

#define EDGES (sizeof(edges) / sizeof(*edges))
#define LINKS 4 /* of them are references */

struct iv_affected {
	struct iv_db *db;
	int64_t limit, count; /* of notes; above it nobody is interested in which */
	struct iv_stmt *change, *near[EDGES];
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

int iv_affected_new(struct iv_affected **out, struct iv_db *db, int64_t limit,
		    struct iv_error *error)
{
	struct iv_affected *affected = iv_calloc(1, sizeof(*affected));
	int rc = iv_db_exec(db,
			    "CREATE TEMP TABLE IF NOT EXISTS changed (note INTEGER PRIMARY KEY);"
			    "CREATE TEMP TABLE IF NOT EXISTS near (note INTEGER PRIMARY KEY);"
			    "CREATE TEMP TABLE IF NOT EXISTS affected (note INTEGER PRIMARY KEY);"
			    "DELETE FROM changed; DELETE FROM near; DELETE FROM affected",
			    error);

	affected->db = db;
	affected->limit = limit;
	if (!rc)
		rc = iv_stmt_new(&affected->change, db, "INSERT OR IGNORE INTO changed VALUES (?1)",
				 error);
	for (size_t i = 0; !rc && i < EDGES; i++)
		rc = prepare_edge(&affected->near[i], db, "near", edges[i], "(SELECT ?1 AS note)",
				  error);
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
	return rc;
}

/* Follows the first `count` edges from the notes of one table into another. */
static int spread(struct iv_affected *affected, const char *into, const char *from, size_t count,
		  struct iv_error *error)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < count; i++) {
		struct iv_stmt *stmt;
		rc = prepare_edge(&stmt, affected->db, into, edges[i], from, error);
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
	rc = spread(affected, "near", "changed", EDGES, error);
	*all = !rc && count_rows(affected, "SELECT count(*) FROM near") > affected->limit;
	if (rc || *all)
		return rc;
	rc = spread(affected, "affected", "near", LINKS, error);
	if (!rc)
		rc = iv_db_exec(affected->db,
				"INSERT OR IGNORE INTO affected SELECT note FROM near;"
				"INSERT OR IGNORE INTO affected SELECT note FROM changed",
				error);
	*all = !rc && count_rows(affected, "SELECT count(*) FROM affected") > affected->limit;
	return rc;
}
