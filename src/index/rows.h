/*
 * Rows on their way into one table: collected, then written by a single statement, which takes a
 * third of the time that a statement for each of them would.
 */
#ifndef IV_INDEX_ROWS_H
#define IV_INDEX_ROWS_H

#include "index/db.h"

#define IV_ROWS_COLUMNS_MAX 27

struct iv_rows;

/* `insert` is what stands before the rows, such as "INSERT INTO note". IV_EINPUT for bad SQL. */
int iv_rows_new(struct iv_rows **out, struct iv_db *db, const char *insert, int columns,
		struct iv_error *error);
void iv_rows_free(struct iv_rows *rows);

/*
 * The next column, from left to right and row after row; every row must be given all its columns.
 * Texts must live until they are written.
 */
void iv_rows_int(struct iv_rows *rows, int64_t value);
void iv_rows_text(struct iv_rows *rows, struct iv_str text); /* absent: NULL */
void iv_rows_day(struct iv_rows *rows, iv_day day);          /* ISO text; IV_NO_DAY: NULL */

/* So many wait that writing them is as good as waiting for more. */
bool iv_rows_full(const struct iv_rows *rows);
/* Writes what was collected, in its order, and forgets it. As iv_stmt_run(). */
int iv_rows_write(struct iv_rows *rows, struct iv_error *error);

#endif
