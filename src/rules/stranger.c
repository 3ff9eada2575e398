#include "rules/stranger.h"

#include <string.h>

#include "base/error.h"

/* More than anybody reads; their texts are kept until all are there. */
#define ROWS_MAX 500000
#define TEXT_MAX ((size_t)64 << 20)

/* ---- places ---- */

/* Where white space and comments end that begin at `from`. */
static size_t skip_blank(const char *sql, size_t from)
{
	for (;;) {
		const char *end;

		while (iv_is_space((unsigned char)sql[from]))
			from++;
		if (!strncmp(&sql[from], "--", 2)) {
			from += strcspn(&sql[from], "\n");
		} else if (!strncmp(&sql[from], "/*", 2)) {
			end = strstr(&sql[from + 2], "*/");
			from = end ? (size_t)(end - sql) + 2 : from + strlen(&sql[from]);
		} else {
			return from;
		}
	}
}

void iv_stranger_at(struct iv_error *error, const struct iv_rule *rule, size_t offset)
{
	struct iv_pos pos = {1, 1};
	size_t end = offset == SIZE_MAX ? skip_blank(rule->sql, 0) : offset;

	for (size_t i = 0; i < end && rule->sql[i]; i++) {
		pos.line += rule->sql[i] == '\n';
		pos.column = rule->sql[i] == '\n' ? 1 : pos.column + 1;
	}
	iv_error_at(error, rule->path, pos);
}

/* ---- the query ---- */

static int refuse(struct iv_error *error, const struct iv_rule *rule, size_t offset,
		  const char *message)
{
	iv_error_set(error, IV_EINPUT, "%s", message);
	iv_stranger_at(error, rule, offset);
	return IV_EINPUT;
}

static int check_query(const struct iv_rule *rule, const struct iv_stmt *stmt, size_t end,
		       struct iv_error *error)
{
	size_t rest = skip_blank(rule->sql, end);

	if (!iv_stmt_columns(stmt))
		return refuse(error, rule, SIZE_MAX, "expected a query below the header");
	if (iv_stmt_parameters(stmt))
		return refuse(error, rule, SIZE_MAX, "a rule takes no parameters; use setting()");
	while (rule->sql[rest] == ';')
		rest = skip_blank(rule->sql, rest + 1);
	if (rule->sql[rest])
		return refuse(error, rule, rest, "expected one query, and here begins another");
	return 0;
}

int iv_stranger_query(struct iv_str *out, struct iv_db *db, const struct iv_rule *rule,
		      struct iv_error *error)
{
	struct iv_stmt *stmt;
	size_t end;
	int rc = iv_stmt_first(&stmt, db, rule->sql, &end, error);

	if (rc) {
		iv_stranger_at(error, rule, end);
		return rc;
	}
	rc = check_query(rule, stmt, end, error);
	iv_stmt_free(stmt);
	*out = iv_str_slice(iv_str_of(rule->sql), 0, end);
	if (out->len && out->ptr[out->len - 1] == ';')
		out->len--;
	return rc;
}

/* ---- its rows ---- */

static int check_days(struct iv_stmt *stmt, struct iv_error *error)
{
	for (int i = ROW_SINCE; i <= ROW_UNTIL; i++) {
		struct iv_str text = iv_stmt_text(stmt, i);
		iv_day day;

		if (text.ptr && !iv_day_parse(&day, text))
			return iv_error_set(
				error, IV_EINPUT,
				"'%s' is '%.*s', expected a day like 2026-11-23 or NULL",
				iv_stmt_column_name(stmt, i), text.len < 40 ? (int)text.len : 40,
				text.ptr);
	}
	return 0;
}

static bool is_place(struct iv_stmt *stmt, int column)
{
	return iv_stmt_is_null(stmt, column) ||
	       (iv_stmt_is_int(stmt, column) && iv_stmt_int(stmt, column) >= 0 &&
		iv_stmt_int(stmt, column) <= INT32_MAX);
}

static int check_size(const struct harvest *harvest, struct iv_error *error)
{
	if (harvest->count == ROWS_MAX)
		return iv_error_set(error, IV_ELIMIT, "gives more than %d rows", ROWS_MAX);
	if (harvest->text > TEXT_MAX)
		return iv_error_set(error, IV_ELIMIT, "gives more than 64 MiB of text");
	return 0;
}

int iv_stranger_row(const struct harvest *harvest, struct iv_stmt *stmt, struct iv_error *error)
{
	struct iv_str message = iv_stmt_text(stmt, ROW_MESSAGE), severity = {NULL, 0};
	int rc = check_days(stmt, error);

	if (rc)
		return rc;
	if (iv_stmt_columns(stmt) > ROW_SEVERITY)
		severity = iv_stmt_text(stmt, ROW_SEVERITY);
	if (!iv_stmt_is_int(stmt, ROW_NOTE))
		return iv_error_set(error, IV_EINPUT, "'note' is not the number of a note");
	if (!is_place(stmt, ROW_LINE) || !is_place(stmt, ROW_COL))
		return iv_error_set(error, IV_EINPUT, "'line' and 'col' count from 1, or are NULL");
	if (!message.len)
		return iv_error_set(error, IV_EINPUT, "'message' is empty");
	if (severity.ptr && iv_row_severity(severity) < 0)
		return iv_error_set(error, IV_EINPUT,
				    "'severity' is '%.*s', expected info, warning or error",
				    severity.len < 40 ? (int)severity.len : 40, severity.ptr);
	return check_size(harvest, error);
}

int iv_stranger_notes(const struct harvest *harvest, struct iv_db *db, struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, db, "SELECT 1 FROM note WHERE note = ?1", error);

	for (size_t i = 0; !rc && i < harvest->count; i++) {
		iv_stmt_bind_int(stmt, 1, harvest->rows[i].note);
		rc = iv_stmt_step(stmt, error);
		iv_stmt_reset(stmt);
		if (rc == 0)
			rc = iv_error_set(error, IV_EINPUT, "there is no note %lld",
					  (long long)harvest->rows[i].note);
		else if (rc == 1)
			rc = 0;
	}
	iv_stmt_free(stmt);
	return rc;
}
