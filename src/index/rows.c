/*
 * SQLite reads the rows from a virtual table, `incoming`, which is whatever is being written: one
 * statement then keeps its cursors, and its place at the end of the table, from row to row.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "index/handle.h"
#include "index/rows.h"

#define CELLS_ENOUGH 8192

struct cell {
	enum { ABSENT, NUMBER, DAY, TEXT } kind;
	uint32_t len; /* of the text */
	union {
		int64_t number; /* or day */
		const char *text;
	} is;
};

struct iv_rows {
	struct iv_db *db;
	struct iv_stmt *insert;
	size_t columns;
	struct cell *cells;
	size_t count, capacity;
};

/* ---- collecting ---- */

static struct cell *add_cell(struct iv_rows *rows)
{
	if (rows->count == rows->capacity)
		IV_GROW(rows->cells, rows->count, rows->capacity);
	return &rows->cells[rows->count++];
}

void iv_rows_int(struct iv_rows *rows, int64_t value)
{
	*add_cell(rows) = (struct cell){.kind = NUMBER, .is.number = value};
}

void iv_rows_text(struct iv_rows *rows, struct iv_str text)
{
	*add_cell(rows) = (struct cell){
		.kind = text.ptr ? TEXT : ABSENT, .len = (uint32_t)text.len, .is.text = text.ptr};
}

void iv_rows_day(struct iv_rows *rows, iv_day day)
{
	*add_cell(rows) = (struct cell){.kind = day == IV_NO_DAY ? ABSENT : DAY, .is.number = day};
}

/* ---- the virtual table ---- */

struct table {
	sqlite3_vtab base;
	const struct iv_db *db;
};

struct cursor {
	sqlite3_vtab_cursor base;
	const struct iv_rows *rows; /* NULL: nothing is being written */
	size_t at;                  /* first cell of the row */
};

static int table_connect(sqlite3 *handle, void *db, int count, const char *const *args,
			 sqlite3_vtab **out, char **message)
{
	struct table *table = sqlite3_malloc(sizeof(*table));

	(void)count, (void)args, (void)message;
	if (!table)
		return SQLITE_NOMEM;
	*table = (struct table){.db = db};
	*out = &table->base;
	return sqlite3_declare_vtab(handle, "CREATE TABLE incoming (c1, c2, c3, c4, c5, c6, c7, c8,"
					    " c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19,"
					    " c20, c21, c22, c23, c24, c25, c26, c27)");
}

static int table_disconnect(sqlite3_vtab *table)
{
	sqlite3_free(table);
	return SQLITE_OK;
}

static int table_plan(sqlite3_vtab *table, sqlite3_index_info *info)
{
	(void)table, (void)info;
	return SQLITE_OK;
}

static int cursor_open(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
	struct cursor *cursor = sqlite3_malloc(sizeof(*cursor));

	(void)table;
	if (!cursor)
		return SQLITE_NOMEM;
	*cursor = (struct cursor){.rows = NULL};
	*out = &cursor->base;
	return SQLITE_OK;
}

static int cursor_close(sqlite3_vtab_cursor *cursor)
{
	sqlite3_free(cursor);
	return SQLITE_OK;
}

static int cursor_start(sqlite3_vtab_cursor *base, int plan, const char *text, int count,
			sqlite3_value **args)
{
	struct cursor *cursor = (struct cursor *)base;

	(void)plan, (void)text, (void)count, (void)args;
	cursor->rows = ((struct table *)base->pVtab)->db->incoming;
	cursor->at = 0;
	return SQLITE_OK;
}

static int cursor_next(sqlite3_vtab_cursor *base)
{
	struct cursor *cursor = (struct cursor *)base;
	cursor->at += cursor->rows->columns;
	return SQLITE_OK;
}

static int cursor_ended(sqlite3_vtab_cursor *base)
{
	const struct cursor *cursor = (const struct cursor *)base;
	return !cursor->rows || cursor->at >= cursor->rows->count;
}

static int cursor_column(sqlite3_vtab_cursor *base, sqlite3_context *out, int column)
{
	const struct cursor *cursor = (const struct cursor *)base;
	const struct cell *cell = &cursor->rows->cells[cursor->at + (size_t)column];
	char day[11];

	switch (cell->kind) {
	case ABSENT: break;
	case NUMBER: sqlite3_result_int64(out, cell->is.number); break;
	case DAY:
		iv_day_format(day, (iv_day)cell->is.number);
		sqlite3_result_text(out, day, 10, SQLITE_TRANSIENT);
		break;
	case TEXT:
		sqlite3_result_text64(out, cell->is.text, cell->len, SQLITE_STATIC, SQLITE_UTF8);
		break;
	}
	return SQLITE_OK;
}

static int cursor_row(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
	*out = (sqlite3_int64)((const struct cursor *)base)->at;
	return SQLITE_OK;
}

/* Without a way to create it, it is there in every statement and in no schema. */
static const sqlite3_module module = {
	.xConnect = table_connect,
	.xBestIndex = table_plan,
	.xDisconnect = table_disconnect,
	.xOpen = cursor_open,
	.xClose = cursor_close,
	.xFilter = cursor_start,
	.xNext = cursor_next,
	.xEof = cursor_ended,
	.xColumn = cursor_column,
	.xRowid = cursor_row,
};

int iv_rows_install(struct iv_db *db)
{
	return sqlite3_create_module(db->handle, "incoming", &module, db);
}

/* ---- writing ---- */

bool iv_rows_full(const struct iv_rows *rows)
{
	return rows->count >= CELLS_ENOUGH;
}

int iv_rows_write(struct iv_rows *rows, struct iv_error *error)
{
	int rc = 0;

	if (rows->count) {
		rows->db->incoming = rows;
		rc = iv_stmt_run(rows->insert, error);
		rows->db->incoming = NULL;
	}
	rows->count = 0;
	return rc;
}

int iv_rows_new(struct iv_rows **out, struct iv_db *db, const char *insert, int columns,
		struct iv_error *error)
{
	struct iv_rows *rows = iv_calloc(1, sizeof(*rows));
	struct iv_buf sql = IV_BUF_INIT;
	int rc;

	rows->db = db;
	rows->columns = (size_t)columns;
	iv_buf_printf(&sql, "%s SELECT c1", insert);
	for (int i = 2; i <= columns; i++)
		iv_buf_printf(&sql, ", c%d", i);
	iv_buf_puts(&sql, " FROM incoming");
	rc = iv_stmt_new(&rows->insert, db, sql.ptr, error);
	iv_buf_release(&sql);
	if (rc) {
		iv_rows_free(rows);
		rows = NULL;
	}
	*out = rows;
	return rc;
}

void iv_rows_free(struct iv_rows *rows)
{
	if (!rows)
		return;
	iv_stmt_free(rows->insert);
	free(rows->cells);
	free(rows);
}
