#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "index/query.h"
#include "index/state.h"
#include "vault/days.h"

/* ---- reading ---- */

struct terms {
	struct iv_term *items;
	size_t count, capacity;
};

struct scan {
	struct iv_str text;
	size_t at;
	struct iv_arena *arena;
	struct iv_error *error;
};

static int expected(struct scan *scan, const char *what)
{
	iv_error_set(scan->error, IV_EINPUT, "query, character %zu: expected %s",
		     iv_utf8_count(scan->text, scan->at) + 1, what);
	return iv_error_at(scan->error, NULL, (struct iv_pos){1, (uint32_t)scan->at + 1});
}

static char peek(const struct scan *scan)
{
	return scan->at < scan->text.len ? scan->text.ptr[scan->at] : '\0';
}

static bool ends_key(char c)
{
	return c == '\0' || iv_is_space(c) || strchr("\":=~<>", c) != NULL;
}

/* The operator at the scan, and past it. */
static bool read_op(struct scan *scan, enum iv_op *op)
{
	char c = peek(scan);

	switch (c) {
	case ':': *op = IV_OP_IS; break;
	case '=': *op = IV_OP_EXACT; break;
	case '~': *op = IV_OP_CONTAINS; break;
	case '<': *op = IV_OP_LESS; break;
	case '>': *op = IV_OP_MORE; break;
	default: return false;
	}
	scan->at++;
	if ((c == '<' || c == '>') && peek(scan) == '=') {
		*op = c == '<' ? IV_OP_LESS_EQUAL : IV_OP_MORE_EQUAL;
		scan->at++;
	}
	return true;
}

/* "KEY OP" at the scan; it stays where it is when there is none. */
static bool read_key(struct scan *scan, struct iv_term *term)
{
	size_t start = scan->at;
	unsigned char first = (unsigned char)peek(scan);

	while (!ends_key(peek(scan)))
		scan->at++;
	if ((iv_is_alpha(first) || first >= 0x80)) {
		struct iv_str key = iv_str_slice(scan->text, start, scan->at);
		if (read_op(scan, &term->op)) {
			term->key = iv_fold_key(scan->arena, key);
			return true;
		}
	}
	scan->at = start;
	return false;
}

static int read_quoted(struct scan *scan, struct iv_str *out)
{
	size_t start = ++scan->at;

	while (scan->at < scan->text.len && peek(scan) != '"')
		scan->at++;
	if (scan->at == scan->text.len)
		return expected(scan, "a closing '\"'");
	*out = iv_str_slice(scan->text, start, scan->at++);
	return 0;
}

static int read_value(struct scan *scan, struct iv_str *out, bool comma_ends)
{
	size_t start = scan->at;

	if (peek(scan) == '"')
		return read_quoted(scan, out);
	while (scan->at < scan->text.len && !iv_is_space(peek(scan)) &&
	       !(comma_ends && peek(scan) == ','))
		scan->at++;
	*out = iv_str_slice(scan->text, start, scan->at);
	return out->len ? 0 : expected(scan, "a value (KEY:* finds notes that have the key)");
}

static int read_values(struct scan *scan, struct iv_term *term)
{
	struct iv_str *values = NULL;
	size_t capacity = 0;
	bool list = term->op == IV_OP_IS;
	int rc;

	do {
		IV_GROW(values, term->value_count, capacity);
		rc = read_value(scan, &values[term->value_count], list);
		term->value_count += !rc;
	} while (!rc && list && peek(scan) == ',' && ++scan->at);
	if (!rc && scan->at < scan->text.len && !iv_is_space(peek(scan)))
		rc = expected(scan, "a space after the closing '\"'");
	term->values = iv_arena_copy(scan->arena, values, term->value_count, sizeof(*values));
	free(values);
	return rc;
}

static int read_term(struct scan *scan, struct iv_term *out)
{
	struct iv_term term = {.at = scan->at, .op = IV_OP_WORD};
	size_t start;
	int rc;

	if (peek(scan) == '-') {
		term.negated = true;
		scan->at++;
	}
	if (peek(scan) != '"')
		read_key(scan, &term);
	start = scan->at;
	rc = read_values(scan, &term);
	if (!rc && term.op == IV_OP_IS && term.value_count == 1 &&
	    iv_str_is(iv_str_slice(scan->text, start, scan->at), "*"))
		term.op = IV_OP_PRESENT;
	*out = term;
	return rc;
}

/* Terms and their texts live in the arena and in `query`, `items` is the caller's to free. */
static int parse(struct terms *out, struct iv_arena *arena, struct iv_str query,
		 struct iv_error *error)
{
	struct scan scan = {query, 0, arena, error};
	int rc = 0;

	*out = (struct terms){0};
	while (!rc) {
		while (iv_is_space(peek(&scan)))
			scan.at++;
		if (scan.at >= query.len)
			break;
		IV_GROW(out->items, out->count, out->capacity);
		rc = read_term(&scan, &out->items[out->count]);
		out->count += !rc;
	}
	return rc;
}

/* ---- asking ---- */

static int build(struct iv_buf *sql, struct iv_binds *binds, struct iv_arena *arena,
		 const struct iv_index *index, const char *query, struct iv_error *error)
{
	const struct iv_syntax *syntax = iv_config_syntax(iv_vault_config(index->vault));
	struct iv_holidays holidays;
	const struct iv_when_from from = {index->day, IV_LEAN_NONE, &holidays};
	struct terms terms;
	int rc = parse(&terms, arena, iv_str_of(query ? query : ""), error);

	iv_holidays_read(&holidays, arena, iv_vault_config(index->vault));
	/* A folder that cannot be read has a row, but is no note. */
	iv_buf_puts(sql, "SELECT n.path, n.id, n.type, n.name, f.json FROM note AS n"
			 " JOIN fields AS f ON f.note = n.note WHERE substr(n.path, -1) <> '/'");
	for (size_t i = 0; !rc && i < terms.count; i++) {
		iv_buf_puts(sql, terms.items[i].negated ? " AND (" : " AND ");
		rc = iv_query_condition(sql, binds, arena, syntax, &terms.items[i], &from, error);
		iv_buf_puts(sql, terms.items[i].negated ? ") IS NOT TRUE" : "");
	}
	iv_buf_puts(sql, " ORDER BY n.path");
	free(terms.items);
	return rc;
}

static const char *column(struct iv_arena *arena, struct iv_stmt *stmt, int index)
{
	struct iv_str text = iv_stmt_text(stmt, index);
	return text.ptr ? iv_arena_str(arena, text).ptr : NULL;
}

static int collect(struct iv_rows *out, struct iv_stmt *stmt, struct iv_error *error)
{
	struct iv_arena *arena = out->memory;
	size_t capacity = 0;
	int rc;

	while ((rc = iv_stmt_step(stmt, error)) == 1) {
		IV_GROW(out->rows, out->count, capacity);
		out->rows[out->count++] =
			(struct iv_row){column(arena, stmt, 0), column(arena, stmt, 1),
					column(arena, stmt, 2), column(arena, stmt, 3),
					iv_stmt_columns(stmt) > 4 ? column(arena, stmt, 4) : NULL};
	}
	return rc;
}

static int ask(struct iv_rows *out, struct iv_index *index, const char *query,
	       struct iv_error *error)
{
	struct iv_buf sql = IV_BUF_INIT;
	struct iv_binds binds = {0};
	struct iv_stmt *stmt = NULL;
	struct iv_arena *arena = iv_arena_new();
	int rc;

	*out = (struct iv_rows){.memory = iv_arena_new()};
	rc = build(&sql, &binds, arena, index, query, error);
	if (!rc)
		rc = iv_stmt_new(&stmt, index->db, sql.ptr, error);
	for (size_t i = 0; !rc && i < binds.count; i++)
		iv_stmt_bind_text(stmt, (int)i + 1, binds.items[i]);
	if (!rc)
		rc = collect(out, stmt, error);
	iv_stmt_free(stmt);
	iv_buf_release(&sql);
	free(binds.items);
	iv_arena_free(arena);
	if (rc)
		iv_rows_release(out);
	return rc;
}

int iv_index_query(struct iv_rows *out, struct iv_index *index, const char *query,
		   struct iv_error *error)
{
	int rc;

	while ((rc = ask(out, index, query, error)) && iv_index_retry(index, error))
		;
	return rc;
}

int iv_index_notes(struct iv_rows *out, struct iv_index *index, struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, index->db,
			     "SELECT path, id, type, name FROM note"
			     " WHERE substr(path, -1) <> '/' ORDER BY path",
			     error);

	*out = (struct iv_rows){.memory = iv_arena_new()};
	if (!rc)
		rc = collect(out, stmt, error);
	iv_stmt_free(stmt);
	if (rc)
		iv_rows_release(out);
	return rc;
}

void iv_rows_release(struct iv_rows *rows)
{
	free(rows->rows);
	if (rows->memory)
		iv_arena_free(rows->memory);
	*rows = (struct iv_rows){0};
}
