#include "index/column.h"

const char *iv_column_text(struct iv_arena *arena, struct iv_stmt *stmt, int column)
{
	struct iv_str value = iv_stmt_text(stmt, column);

	return value.len ? iv_arena_str(arena, value).ptr : NULL;
}

int64_t iv_column_number(struct iv_stmt *stmt, int column, int64_t absent)
{
	return iv_stmt_is_null(stmt, column) ? absent : iv_stmt_int(stmt, column);
}

bool iv_column_flag(struct iv_stmt *stmt, int column)
{
	return iv_stmt_int(stmt, column) != 0;
}

int iv_each_row(struct iv_db *db, const char *sql, int number, iv_day day, iv_row_fn take,
		void *data, struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, db, sql, error);

	if (rc)
		return rc;
	if (iv_stmt_parameters(stmt) >= number)
		iv_stmt_bind_day(stmt, number, day);
	while ((rc = iv_stmt_step(stmt, error)) == 1)
		take(data, stmt);
	iv_stmt_free(stmt);
	return rc;
}
