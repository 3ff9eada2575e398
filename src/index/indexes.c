#include "index/indexes.h"

#include <stdlib.h>

#include "base/error.h"

/* What a query answers, one statement a row. */
static char *statements(struct iv_db *db, const char *sql, struct iv_error *error)
{
	struct iv_buf out = IV_BUF_INIT;
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, db, sql, error);

	while (!rc && (rc = iv_stmt_step(stmt, error)) == 1) {
		iv_buf_str(&out, iv_stmt_text(stmt, 0));
		iv_buf_puts(&out, ";\n");
		rc = 0;
	}
	iv_stmt_free(stmt);
	if (!rc)
		return iv_buf_detach(&out);
	iv_buf_release(&out);
	return NULL;
}

#define INDEXES                                                        \
	" FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL" \
	" AND tbl_name <> 'finding'"
#define NAMES "tbl_name = 'name'"
#define REFS "tbl_name IN ('ref', 'mention')"

int iv_indexes_drop(struct iv_indexes *out, struct iv_db *db, struct iv_error *error)
{
	char *drop = NULL;
	int rc;

	out->names = statements(db, "SELECT sql" INDEXES " AND " NAMES, error);
	if (out->names)
		out->refs = statements(db, "SELECT sql" INDEXES " AND " REFS, error);
	if (out->refs)
		out->others = statements(
			db, "SELECT sql" INDEXES " AND NOT " NAMES " AND NOT " REFS, error);
	if (out->others)
		drop = statements(db, "SELECT 'DROP INDEX ' || name" INDEXES, error);
	rc = drop ? iv_db_exec(db, drop, error) : IV_EIO;
	free(drop);
	return rc;
}

void iv_indexes_release(struct iv_indexes *indexes)
{
	free(indexes->names);
	free(indexes->refs);
	free(indexes->others);
}
