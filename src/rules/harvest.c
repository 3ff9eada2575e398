#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "rules/harvest.h"

void iv_harvest_init(struct harvest *harvest)
{
	*harvest = (struct harvest){.arena = iv_arena_new()};
}

void iv_harvest_reset(struct harvest *harvest)
{
	iv_arena_reset(harvest->arena);
	harvest->count = 0;
	harvest->done = false;
}

void iv_harvest_release(struct harvest *harvest)
{
	iv_arena_free(harvest->arena);
	free(harvest->rows);
}

/* ---- one rule ---- */

enum { NOTE, LINE, COL, WHO, SINCE, DUE, UNTIL, MESSAGE, SEVERITY };

static int severity_of(struct iv_str word)
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
		.note = iv_stmt_int(stmt, NOTE),
		.line = iv_stmt_int(stmt, LINE),
		.col = iv_stmt_int(stmt, COL),
		.since = iv_stmt_day(stmt, SINCE),
		.due = iv_stmt_day(stmt, DUE),
		.until = iv_stmt_day(stmt, UNTIL),
		.message = iv_arena_str(out->arena, iv_stmt_text(stmt, MESSAGE)),
		.severity = -1,
	};

	if (iv_stmt_is_int(stmt, WHO))
		row.who = iv_stmt_int(stmt, WHO);
	else if (!iv_stmt_is_null(stmt, WHO))
		row.who_name = iv_arena_str(out->arena, iv_stmt_text(stmt, WHO));
	if (iv_stmt_columns(stmt) > SEVERITY)
		row.severity = severity_of(iv_stmt_text(stmt, SEVERITY));
	IV_GROW(out->rows, out->count, out->capacity);
	out->rows[out->count++] = row;
}

static int read_rows(struct harvest *out, const struct iv_rule *rule, struct iv_stmt *stmt,
		     struct iv_error *error)
{
	int rc;

	while ((rc = iv_stmt_step(stmt, error)) == 1)
		add_row(out, rule, stmt);
	return rc;
}

static int check_columns(const struct iv_rule *rule, struct iv_stmt *stmt, struct iv_error *error)
{
	static const char *const names[] = {"note", "line",  "col",     "who",     "since",
					    "due",  "until", "message", "severity"};
	int count = iv_stmt_columns(stmt);

	for (int i = 0; i < count && i <= SEVERITY; i++)
		if (strcmp(iv_stmt_column_name(stmt, i), names[i]))
			return iv_error_set(error, IV_EINPUT,
					    "column %d of rule '%s' is '%s', expected '%s'", i + 1,
					    rule->id, iv_stmt_column_name(stmt, i), names[i]);
	if (count < SEVERITY || count > SEVERITY + 1)
		return iv_error_set(error, IV_EINPUT, "rule '%s' gives %d columns, expected 8 or 9",
				    rule->id, count);
	return 0;
}

static int query(struct harvest *out, struct iv_db *db, const struct iv_rule *rule,
		 const int64_t *notes, size_t note_count, struct iv_error *error)
{
	bool by_note = notes && rule->per_note;
	struct iv_buf sql = IV_BUF_INIT;
	struct iv_stmt *stmt;
	int rc;

	iv_buf_printf(&sql, "SELECT * FROM (\n%s\n)%s", rule->sql,
		      by_note ? " WHERE note = ?1" : "");
	rc = iv_stmt_new(&stmt, db, sql.ptr, error);
	iv_buf_release(&sql);
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
	return rc;
}

int iv_harvest(struct harvest *out, struct iv_db *db, const struct iv_rule *rule,
	       const int64_t *notes, size_t note_count, struct iv_error *error)
{
	int rc;

	iv_db_guard(db, true);
	rc = query(out, db, rule, notes, note_count, error);
	iv_db_guard(db, false);
	out->done = !rc;
	return rc ? iv_error_context(error, "rules/%s.sql", rule->id) : 0;
}

/* ---- all rules ---- */

struct field {
	struct harvest *out;
	const struct iv_rule *rules;
	size_t count;
	atomic_size_t next; /* rule that nobody has begun */
};

struct hand {
	struct field *field;
	struct iv_db *db;
};

static void *bring_in(void *data)
{
	struct hand *hand = data;
	struct field *field = hand->field;
	size_t i;

	while ((i = atomic_fetch_add(&field->next, 1)) < field->count) {
		struct iv_error error = IV_ERROR_INIT;
		if (!field->rules[i].off)
			iv_harvest(&field->out[i], hand->db, &field->rules[i], NULL, 0, &error);
		iv_error_release(&error);
	}
	return NULL;
}

void iv_harvest_all(struct harvest *out, const struct iv_rule *rules, size_t count,
		    struct iv_db *one, struct iv_db *other)
{
	struct field field = {.out = out, .rules = rules, .count = count};
	struct hand mine = {&field, one}, yours = {&field, other};
	pthread_t thread;
	bool threaded = !pthread_create(&thread, NULL, bring_in, &yours);

	bring_in(&mine);
	if (threaded)
		pthread_join(thread, NULL);
}
