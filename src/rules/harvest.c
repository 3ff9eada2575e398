#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "rules/harvest.h"
#include "rules/stranger.h"

void iv_harvest_init(struct harvest *harvest)
{
	*harvest = (struct harvest){.arena = iv_arena_new()};
}

void iv_harvest_reset(struct harvest *harvest)
{
	iv_arena_reset(harvest->arena);
	iv_error_release(&harvest->error);
	harvest->count = harvest->text = 0;
	harvest->done = harvest->failed = false;
}

void iv_harvest_release(struct harvest *harvest)
{
	iv_arena_free(harvest->arena);
	iv_error_release(&harvest->error);
	free(harvest->rows);
}

int iv_row_severity(struct iv_str word)
{
	static const char *const words[] = {"info", "warning", "error"};

	for (int i = IV_INFO; i <= IV_ERROR; i++)
		if (iv_str_is(word, words[i]))
			return i;
	return -1;
}

static void add_row(struct harvest *out, const struct iv_rule *rule, struct iv_stmt *stmt)
{
	struct row row = {
		.rule = rule,
		.note = iv_stmt_int(stmt, ROW_NOTE),
		.line = iv_stmt_int(stmt, ROW_LINE),
		.col = iv_stmt_int(stmt, ROW_COL),
		.since = iv_stmt_day(stmt, ROW_SINCE),
		.due = iv_stmt_day(stmt, ROW_DUE),
		.until = iv_stmt_day(stmt, ROW_UNTIL),
		.message = iv_arena_str(out->arena, iv_stmt_text(stmt, ROW_MESSAGE)),
		.severity = -1,
	};

	if (iv_stmt_is_int(stmt, ROW_WHO))
		row.who = iv_stmt_int(stmt, ROW_WHO);
	else if (!iv_stmt_is_null(stmt, ROW_WHO))
		row.who_name = iv_arena_str(out->arena, iv_stmt_text(stmt, ROW_WHO));
	if (iv_stmt_columns(stmt) > ROW_SEVERITY)
		row.severity = iv_row_severity(iv_stmt_text(stmt, ROW_SEVERITY));
	out->text += row.message.len + row.who_name.len;
	IV_GROW(out->rows, out->count, out->capacity);
	out->rows[out->count++] = row;
}

static int read_rows(struct harvest *out, const struct iv_rule *rule, struct iv_stmt *stmt,
		     struct iv_error *error)
{
	int rc;

	while ((rc = iv_stmt_step(stmt, error)) == 1) {
		if (rule->path && (rc = iv_stranger_row(out, stmt, error)))
			return rc;
		add_row(out, rule, stmt);
	}
	return rc;
}

static int check_columns(const struct iv_rule *rule, struct iv_stmt *stmt, struct iv_error *error)
{
	static const char *const names[] = {"note", "line",  "col",     "who",     "since",
					    "due",  "until", "message", "severity"};
	int count = iv_stmt_columns(stmt);

	for (int i = 0; i < count && i <= ROW_SEVERITY; i++)
		if (strcmp(iv_stmt_column_name(stmt, i), names[i]))
			return iv_error_set(error, IV_EINPUT,
					    "column %d of rule '%s' is '%s', expected '%s'", i + 1,
					    rule->id, iv_stmt_column_name(stmt, i), names[i]);
	if (count < ROW_SEVERITY || count > ROW_SEVERITY + 1)
		return iv_error_set(error, IV_EINPUT, "rule '%s' gives %d columns, expected 8 or 9",
				    rule->id, count);
	return 0;
}

static int prepare(struct iv_stmt **out, struct iv_db *db, const struct iv_rule *rule,
		   const char *only, struct iv_error *error)
{
	struct iv_buf sql = IV_BUF_INIT;
	struct iv_str text = iv_str_of(rule->sql);
	int rc = rule->path ? iv_stranger_query(&text, db, rule, error) : 0;

	*out = NULL;
	if (rc)
		return rc;
	iv_buf_printf(&sql, "SELECT * FROM (\n%.*s\n) WHERE %s", IV_STR_ARG(text),
		      only ? only : "true");
	rc = iv_stmt_new(out, db, sql.ptr, error);
	iv_buf_release(&sql);
	return rc;
}

static int query(struct harvest *out, struct iv_db *db, const struct iv_rule *rule,
		 const int64_t *notes, size_t note_count, struct iv_error *error)
{
	bool by_note = notes && rule->per_note;
	struct iv_stmt *stmt;
	int rc = prepare(&stmt, db, rule, by_note ? "note = ?1" : out->only, error);

	if (rc)
		return rc;
	rc = check_columns(rule, stmt, error);
	if (!rc && !by_note)
		rc = read_rows(out, rule, stmt, error);
	for (size_t i = 0; !rc && by_note && i < note_count; i++) {
		iv_stmt_bind_int(stmt, 1, notes[i]);
		rc = read_rows(out, rule, stmt, error);
		iv_stmt_reset(stmt);
	}
	iv_stmt_free(stmt);
	if (!rc && rule->path)
		rc = iv_stranger_notes(out, db, error);
	return rc;
}

/*
 * Not the disk's fault, nor the index's. Where SQLite ended a transaction that was open, too much
 * is lost to go on.
 */
static bool is_its_own_fault(const struct iv_db *db, bool open, int rc)
{
	return (rc == IV_EINPUT || rc == IV_ELIMIT) && !iv_db_damaged(db) && !iv_db_failed(db) &&
	       open == iv_db_in_transaction(db);
}

int iv_harvest(struct harvest *out, struct iv_db *db, const struct iv_rule *rule,
	       const int64_t *notes, size_t note_count, struct iv_error *error)
{
	bool open = iv_db_in_transaction(db);
	int rc;

	iv_db_guard(db, rule->path ? IV_GUARD_OTHERS : IV_GUARD_OURS);
	rc = query(out, db, rule, notes, note_count, rule->path ? &out->error : error);
	iv_db_guard(db, IV_GUARD_OFF);
	out->done = true;
	if (!rc)
		return 0;
	out->count = 0;
	out->failed = rule->path && is_its_own_fault(db, open, rc);
	out->done = out->failed;
	if (out->failed && !out->error.path)
		iv_stranger_at(&out->error, rule, SIZE_MAX);
	if (out->failed)
		return 0;
	return rule->path ? iv_error_set(error, rc, "%s: %s", rule->path, out->error.message)
			  : iv_error_context(error, "rules/%s.sql", rule->id);
}
