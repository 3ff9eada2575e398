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

int iv_indexes_drop(char **create, struct iv_db *db, struct iv_error *error)
{
	char *drop = NULL;
	int rc;

	*create = statements(db, "SELECT sql" INDEXES, error);
	if (*create)
		drop = statements(db, "SELECT 'DROP INDEX ' || name" INDEXES, error);
	rc = drop ? iv_db_exec(db, drop, error) : IV_EIO;
	free(drop);
	if (rc) {
		free(*create);
		*create = NULL;
	}
	return rc;
}
