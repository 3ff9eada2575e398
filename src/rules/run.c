/* The runner: notes that changed -> rules run anew for them -> findings, in one transaction. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/rows.h"
#include "index/update.h"
#include "rules/effect.h"

/* It looks at what the others suppressed. */
#define LAST "unused-ignore"

/*
 * More notes than a few and one in this many: running every rule once over everything is quicker
 * than once for each of them.
 */
#define FEW 8
#define SHARE 32

/*
 * Rules that run over everything come back to the same pages again and again; those that run for
 * a few notes hardly do. In KiB, as SQLite takes it.
 */
#define CACHE_WHOLE "PRAGMA cache_size = -81920"
#define CACHE_USUAL "PRAGMA cache_size = -16384"

/* How often an index that broke under our hands is started afresh before we give up. */
#define HEALS 3

struct run {
	const struct iv_rules *rules;
	struct iv_index *index;
	struct iv_db *db;
	struct effects *effects;
	struct iv_rows *insert;
	struct iv_arena *arena; /* of one rule's rows */
	struct row *rows;
	size_t count, capacity;
	int64_t *notes; /* whose findings are made anew; NULL: everybody's */
	size_t note_count;
};

/* ---- reading a rule's rows ---- */

enum { NOTE, LINE, COL, WHO, SINCE, DUE, UNTIL, MESSAGE, SEVERITY };

static int severity_of(struct iv_str word)
{
	static const char *const words[] = {"info", "warning", "error"};

	for (int i = IV_INFO; i <= IV_ERROR; i++)
		if (iv_str_is(word, words[i]))
			return i;
	return -1;
}

static void add_row(struct run *run, const struct iv_rule *rule, struct iv_stmt *stmt)
{
	struct row row = {
		.rule = rule,
		.note = iv_stmt_int(stmt, NOTE),
		.line = iv_stmt_int(stmt, LINE),
		.col = iv_stmt_int(stmt, COL),
		.since = iv_stmt_day(stmt, SINCE),
		.due = iv_stmt_day(stmt, DUE),
		.until = iv_stmt_day(stmt, UNTIL),
		.message = iv_arena_str(run->arena, iv_stmt_text(stmt, MESSAGE)),
		.severity = -1,
	};

	if (iv_stmt_is_int(stmt, WHO))
		row.who = iv_stmt_int(stmt, WHO);
	else if (!iv_stmt_is_null(stmt, WHO))
		row.who_name = iv_arena_str(run->arena, iv_stmt_text(stmt, WHO));
	if (iv_stmt_columns(stmt) > SEVERITY)
		row.severity = severity_of(iv_stmt_text(stmt, SEVERITY));
	IV_GROW(run->rows, run->count, run->capacity);
	run->rows[run->count++] = row;
}

static int read_rows(struct run *run, const struct iv_rule *rule, struct iv_stmt *stmt,
		     struct iv_error *error)
{
	int rc;

	while ((rc = iv_stmt_step(stmt, error)) == 1)
		add_row(run, rule, stmt);
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

/* All of the rule's rows, or those of the notes that changed. */
static int query(struct run *run, const struct iv_rule *rule, struct iv_error *error)
{
	bool by_note = run->notes && rule->per_note;
	struct iv_buf sql = IV_BUF_INIT;
	struct iv_stmt *stmt;
	int rc;

	iv_buf_printf(&sql, "SELECT * FROM (\n%s\n)%s", rule->sql,
		      by_note ? " WHERE note = ?1" : "");
	rc = iv_stmt_new(&stmt, run->db, sql.ptr, error);
	iv_buf_release(&sql);
	if (rc)
		return rc;
	rc = check_columns(rule, stmt, error);
	if (!rc && !by_note)
		rc = read_rows(run, rule, stmt, error);
	for (size_t i = 0; !rc && by_note && i < run->note_count; i++) {
		iv_stmt_bind_int(stmt, 1, run->notes[i]);
		rc = read_rows(run, rule, stmt, error);
		iv_stmt_reset(stmt);
	}
	iv_stmt_free(stmt);
	return rc;
}

/* ---- keeping them ---- */

static void put(struct iv_rows *rows, const struct row *row)
{
	static const char *const words[] = {"info", "warning", "error"};

	iv_rows_text(rows, iv_str_of(row->rule->id));
	iv_rows_int(rows, row->note);
	iv_rows_int(rows, row->line);
	iv_rows_int(rows, row->col);
	if (row->who)
		iv_rows_int(rows, row->who);
	else
		iv_rows_text(rows, row->who_name);
	iv_rows_day(rows, row->since);
	iv_rows_day(rows, row->due);
	iv_rows_day(rows, row->until);
	iv_rows_text(rows, iv_str_of(words[row->severity]));
	iv_rows_text(rows, row->message);
	iv_rows_int(rows, row->suppressed);
}

/* Those that never end first, as table finding's index has them. */
static int by_until(const void *a, const void *b)
{
	const struct row *left = a, *right = b;

	if (left->until == right->until)
		return (left->note > right->note) - (left->note < right->note);
	return left->until > right->until ? 1 : -1;
}

static int keep_rows(struct run *run, struct iv_error *error)
{
	size_t kept = 0;
	int rc = 0;

	for (size_t i = 0; rc >= 0 && i < run->count; i++) {
		rc = iv_effects_apply(run->effects, &run->rows[i], error);
		if (rc == 1)
			run->rows[kept++] = run->rows[i];
	}
	if (rc < 0)
		return rc;
	/* What still holds is a small part of all; let it stand together, on few pages. */
	if (!run->notes && kept > 1)
		qsort(run->rows, kept, sizeof(*run->rows), by_until);
	rc = 0;
	for (size_t i = 0; !rc && i < kept; i++) {
		put(run->insert, &run->rows[i]);
		rc = iv_rows_full(run->insert) ? iv_rows_write(run->insert, error) : 0;
	}
	return rc ? rc : iv_rows_write(run->insert, error);
}

static int run_rule(struct run *run, const struct iv_rule *rule, struct iv_error *error)
{
	int rc;

	run->count = 0;
	iv_arena_reset(run->arena);
	iv_db_guard(run->db, true);
	rc = query(run, rule, error);
	iv_db_guard(run->db, false);
	return rc ? iv_error_context(error, "rules/%s.sql", rule->id) : keep_rows(run, error);
}

/* ---- what is to be made anew ---- */

static int64_t count_notes(struct run *run)
{
	struct iv_stmt *stmt;
	int64_t count = 0;

	if (iv_stmt_new(&stmt, run->db, "SELECT count(*) FROM note", NULL))
		return 0;
	if (iv_stmt_step(stmt, NULL) == 1)
		count = iv_stmt_int(stmt, 0);
	iv_stmt_free(stmt);
	return count;
}

static int read_affected(struct run *run, struct iv_error *error)
{
	struct iv_stmt *stmt;
	size_t capacity = 0;
	int rc = iv_stmt_new(&stmt, run->db, "SELECT note FROM affected ORDER BY note", error);

	if (rc)
		return rc;
	run->notes = iv_calloc(1, sizeof(*run->notes));
	while ((rc = iv_stmt_step(stmt, error)) == 1) {
		IV_GROW(run->notes, run->note_count, capacity);
		run->notes[run->note_count++] = iv_stmt_int(stmt, 0);
	}
	iv_stmt_free(stmt);
	if (!rc && (int64_t)run->note_count > FEW + count_notes(run) / SHARE) {
		free(run->notes);
		run->notes = NULL;
	}
	return rc;
}

/* Removes the findings that are about to be made anew. */
static int forget(struct run *run, struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc;

	if (!run->notes)
		return iv_db_exec(run->db, "DELETE FROM finding", error);
	rc = iv_db_exec(run->db, "DELETE FROM finding WHERE note IN (SELECT note FROM affected)",
			error);
	for (size_t i = 0; !rc && i < run->rules->count; i++) {
		const struct iv_rule *rule = &run->rules->rules[i];
		if (rule->per_note)
			continue;
		rc = iv_stmt_new(&stmt, run->db, "DELETE FROM finding WHERE rule = ?1", error);
		if (rc)
			break;
		iv_stmt_bind_text(stmt, 1, iv_str_of(rule->id));
		rc = iv_stmt_run(stmt, error);
		iv_stmt_free(stmt);
	}
	return rc;
}

static int run_all(struct run *run, struct iv_error *error)
{
	const struct iv_rule *last = iv_rules_find(run->rules, LAST);
	int rc = 0;

	for (size_t i = 0; !rc && i < run->rules->count; i++) {
		const struct iv_rule *rule = &run->rules->rules[i];
		if (!rule->off && rule != last)
			rc = run_rule(run, rule, error);
	}
	if (!rc && last && !last->off)
		rc = run_rule(run, last, error);
	return rc;
}

static int make_findings(struct iv_index *index, const struct iv_rules *rules, bool all,
			 struct iv_error *error)
{
	struct run run = {.rules = rules, .index = index, .db = iv_index_db(index)};
	int rc = all ? 0 : read_affected(&run, error);

	run.arena = iv_arena_new();
	if (!rc)
		rc = forget(&run, error);
	if (!rc)
		rc = iv_effects_new(&run.effects, run.db, rules, error);
	if (!rc)
		rc = iv_rows_new(&run.insert, run.db, "INSERT INTO finding", 11, error);
	if (!rc && !run.notes)
		rc = iv_db_exec(run.db, CACHE_WHOLE, error);
	if (!rc)
		rc = run_all(&run, error);
	if (!rc && !run.notes)
		rc = iv_db_exec(run.db, CACHE_USUAL, error);
	iv_rows_free(run.insert);
	iv_effects_free(run.effects);
	iv_arena_free(run.arena);
	free(run.rows);
	free(run.notes);
	return rc;
}

/* ---- the one call of the commands ---- */

static void hash_text(char out[17], const struct iv_rules *rules)
{
	snprintf(out, 17, "%016" PRIx64, rules->hash);
}

static bool same_rules(struct iv_index *index, const char *hash)
{
	char *kept = iv_index_meta(index, "rules");
	bool same = kept && !strcmp(kept, hash);

	free(kept);
	return same;
}

static int refresh(struct iv_index *index, const struct iv_rules *rules, struct iv_source *source,
		   size_t *read, struct iv_error *error)
{
	struct iv_changes changes = {0};
	char hash[17];
	bool same;
	int rc = iv_index_update(&changes, index, source, error);

	if (rc)
		return rc;
	if (read)
		*read = changes.read;
	hash_text(hash, rules);
	same = same_rules(index, hash);
	if (same && !changes.any)
		return 0;
	if (!changes.any)
		rc = iv_index_begin(index, error);
	if (!rc)
		rc = make_findings(index, rules, changes.all || !same, error);
	if (!rc && !same)
		rc = iv_index_set_meta(index, "rules", hash, error);
	return rc ? rc : iv_index_commit(index, error);
}

/* Damage that a later question finds. */
static int refill(struct iv_index *index, const void *rules, struct iv_source *source,
		  struct iv_error *error)
{
	return iv_refresh(index, rules, source, NULL, error);
}

int iv_refresh(struct iv_index *index, const struct iv_rules *rules, struct iv_source *source,
	       size_t *read, struct iv_error *error)
{
	int tries = 0;
	/* The index only asks, whatever the pointer says. */
	int rc = iv_db_functions(iv_index_db(index), iv_rules_lookup, (void *)rules, error);

	if (!rc)
		rc = refresh(index, rules, source, read, error);
	while (rc && ++tries < HEALS && iv_index_heal(index, error))
		rc = refresh(index, rules, source, read, error);
	if (rc)
		iv_index_rollback(index);
	else
		iv_index_remember(index, refill, rules, source);
	/* The rules may go before the index does. */
	iv_db_functions(iv_index_db(index), NULL, NULL, NULL);
	return rc;
}
