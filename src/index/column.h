/* Reading the row that a statement stands on: what most of those who ask the index want of it. */
#ifndef IV_INDEX_COLUMN_H
#define IV_INDEX_COLUMN_H

#include "base/mem.h"
#include "index/db.h"

/* A copy in the arena; NULL where the column is NULL or empty. */
const char *iv_column_text(struct iv_arena *arena, struct iv_stmt *stmt, int column);
/* `absent` where the column is NULL. */
int64_t iv_column_number(struct iv_stmt *stmt, int column, int64_t absent);
bool iv_column_flag(struct iv_stmt *stmt, int column);

typedef void (*iv_row_fn)(void *data, struct iv_stmt *stmt);
/*
 * Every row of a query to `take`; the day is bound to parameter `number`, if it has so many.
 * The errors of iv_stmt_new() and iv_stmt_step().
 */
int iv_each_row(struct iv_db *db, const char *sql, int number, iv_day day, iv_row_fn take,
		void *data, struct iv_error *error);

#endif
