/* The runner: notes that changed -> rules run anew for them -> findings, in one transaction. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/affected.h"
#include "index/recorded.h"
#include "index/rows.h"
#include "index/update.h"
#include "rules/effect.h"
#include "rules/failure.h"
#include "rules/field.h"

/* It looks at what the others suppressed. */
#define LAST "unused-ignore"

/*
 * More notes than a few and one in this many: running every rule once over everything is quicker
 * than once for each of them.
 */
#define FEW 8
#define SHARE 32

/* Fewer notes than this need neither a second thread nor indexes made at the end. */
#define LARGE 4000

/*
 * Rules that run over everything come back to the same pages again and again; those that run for
 * a few notes hardly do. In KiB, as SQLite takes it.
 */
#define CACHE_WHOLE "PRAGMA cache_size = -40960"
#define CACHE_USUAL "PRAGMA cache_size = -16384; PRAGMA cache_spill = ON"
/* Pages that were changed stay in memory, so that the file is as another handle reads it. */
#define SPILL_NOT "PRAGMA cache_spill = OFF"

/* How often an index that broke under our hands is started afresh before we give up. */
#define HEALS 3

struct run {
	const struct iv_rules *rules;
	struct iv_db *db;
	struct effects *effects;
	struct iv_rows *insert;
	struct iv_db *other; /* reads what db holds, for a second thread; or NULL */
	int64_t *notes;      /* whose findings are made anew; NULL: everybody's */
	size_t note_count;
	struct failures *failures; /* of the run before */
	bool large;                /* everybody's, of a vault of many notes */
	iv_day horizon;            /* rows that ended before it are not kept */
};

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

/* What was suppressed stays, however long ago: unused-ignore asks about any day. */
static bool is_kept(const struct run *run, const struct row *row)
{
	return row->suppressed || row->until == IV_NO_DAY || row->until >= run->horizon;
}

static int keep_rows(struct run *run, const struct harvest *harvest, struct iv_error *error)
{
	struct row *rows = harvest->rows;
	size_t kept = 0;
	int rc = 0;

	for (size_t i = 0; rc >= 0 && i < harvest->count; i++) {
		rc = iv_effects_apply(run->effects, &rows[i], error);
		if (rc == 1 && is_kept(run, &rows[i]))
			rows[kept++] = rows[i];
	}
	if (rc < 0)
		return rc;
	/* What still holds is a small part of all; let it stand together, on few pages. */
	if (!run->notes && kept > 1)
		qsort(rows, kept, sizeof(*rows), by_until);
	rc = 0;
	for (size_t i = 0; !rc && i < kept; i++) {
		put(run->insert, &rows[i]);
		rc = iv_rows_full(run->insert) ? iv_rows_write(run->insert, error) : 0;
	}
	return rc ? rc : iv_rows_write(run->insert, error);
}

/* ---- what is to be made anew ---- */

/* How many notes there were at most since the index was begun: counting takes a look at each. */
static int64_t count_notes(struct run *run)
{
	struct iv_stmt *stmt;
	int64_t count = 0;

	if (iv_stmt_new(&stmt, run->db, "SELECT max(note) FROM note", NULL))
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

static int forget_rule(struct run *run, const struct iv_rule *rule, struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, run->db, "DELETE FROM finding WHERE rule = ?1", error);

	if (rc)
		return rc;
	iv_stmt_bind_text(stmt, 1, iv_str_of(rule->id));
	rc = iv_stmt_run(stmt, error);
	iv_stmt_free(stmt);
	return rc;
}

/* Of the rules that are asked of everything: in one go, since it means looking at all there is. */
static int forget_whole(struct run *run, struct iv_error *error)
{
	struct iv_buf sql = IV_BUF_INIT;
	int rc;

	iv_buf_puts(&sql, "DELETE FROM finding WHERE rule IN (''");
	for (size_t i = 0; i < run->rules->count; i++)
		if (!run->rules->rules[i].per_note)
			iv_buf_printf(&sql, ", '%s'", run->rules->rules[i].id);
	iv_buf_putc(&sql, ')');
	rc = iv_db_exec(run->db, sql.ptr, error);
	iv_buf_release(&sql);
	return rc;
}

/* Removes the findings that are about to be made anew. */
static int forget(struct run *run, struct iv_error *error)
{
	int rc;

	if (!run->notes)
		return iv_db_exec(run->db, "DELETE FROM finding; DELETE FROM failure", error);
	rc = iv_db_exec(run->db, "DELETE FROM finding WHERE note IN (SELECT note FROM affected)",
			error);
	return rc ? rc : forget_whole(run, error);
}

/*
 * A rule of one's own that fails has no findings at all, and is asked of everything as long as it
 * does: what changes note by note is always what a whole run would give.
 */
static int run_own(struct run *run, struct harvest *harvest, const struct iv_rule *rule,
		   struct iv_error *error)
{
	bool failed_before = iv_failures_have(run->failures, rule);
	bool some = run->notes && rule->per_note && !failed_before;
	int rc = 0;

	if (!harvest->done)
		rc = iv_harvest(harvest, run->db, rule, some ? run->notes : NULL, run->note_count,
				error);
	if (!rc && harvest->failed && some) {
		iv_harvest_reset(harvest);
		rc = forget_rule(run, rule, error);
		if (!rc)
			rc = iv_harvest(harvest, run->db, rule, NULL, 0, error);
	}
	if (!rc && (harvest->failed || failed_before))
		rc = iv_failure_keep(run->db, rule, harvest->failed ? &harvest->error : NULL,
				     error);
	return rc ? rc : keep_rows(run, harvest, error);
}

static int run_rule(struct run *run, struct harvest *harvest, const struct iv_rule *rule,
		    struct iv_error *error)
{
	int rc = 0;

	if (rule->path)
		return run_own(run, harvest, rule, error);
	if (!harvest->done)
		rc = iv_harvest(harvest, run->db, rule, run->notes, run->note_count, error);
	return rc ? rc : keep_rows(run, harvest, error);
}

/*
 * Each rule's rows are kept as soon as they are there, while a second thread brings in others'. It
 * sees the index as it was before, so nothing that is written may reach the file until it ends.
 */
static int run_most(struct run *run, struct harvest *harvests, const struct iv_rule *last,
		    struct iv_error *error)
{
	struct field *field = iv_field_begin(harvests, run->rules, last, run->other);
	size_t i;
	int rc = forget(run, error);

	while (!rc && (i = iv_field_next(field)) != SIZE_MAX) {
		rc = run_rule(run, &harvests[i], &run->rules->rules[i], error);
		iv_harvest_reset(&harvests[i]);
	}
	iv_field_end(field);
	return rc;
}

static int run_all(struct run *run, struct harvest *harvests, struct iv_error *error)
{
	const struct iv_rule *last = iv_rules_find(run->rules, LAST);
	int rc = run_most(run, harvests, last, error);

	if (!rc && last && !last->off)
		rc = run_rule(run, &harvests[last - run->rules->rules], last, error);
	return rc;
}

static int make_rows(struct run *run, struct iv_error *error)
{
	size_t count = run->rules->count;
	struct harvest *harvests = iv_calloc(count, sizeof(*harvests));
	struct iv_buf *only = iv_calloc(count, sizeof(*only));
	int rc;

	for (size_t i = 0; i < count; i++) {
		iv_harvest_init(&harvests[i]);
		iv_effects_reach(&only[i], run->effects, &run->rules->rules[i], run->horizon);
		harvests[i].only = only[i].len ? only[i].ptr : NULL;
	}
	rc = run_all(run, harvests, error);
	for (size_t i = 0; i < count; i++) {
		iv_harvest_release(&harvests[i]);
		iv_buf_release(&only[i]);
	}
	free(only);
	free(harvests);
	return rc;
}

/* A handle for the second thread. Without one this thread does it all. */
static int share(struct run *run, struct iv_index *index, bool written, struct iv_error *error)
{
	int rc = iv_index_share(&run->other, index, written, error);

	if (rc || !run->other)
		return rc;
	iv_db_functions(run->other, iv_rules_lookup, iv_rules_hint, (void *)run->rules);
	if (iv_db_exec(run->other, CACHE_WHOLE, NULL)) {
		iv_db_close(run->other);
		run->other = NULL;
		return 0;
	}
	return iv_db_exec(run->db, SPILL_NOT, error);
}

/* `written`: the transaction that is open holds more than what it found. */
static int make_findings(struct iv_index *index, const struct iv_rules *rules, bool all,
			 bool written, iv_day horizon, struct iv_error *error)
{
	struct run run = {.rules = rules, .db = iv_index_db(index), .horizon = horizon};
	int rc = all ? 0 : read_affected(&run, error);

	if (!rc)
		rc = iv_effects_new(&run.effects, run.db, rules, error);
	if (!rc && !all)
		rc = iv_failures_read(&run.failures, run.db, error);
	if (!rc)
		rc = iv_rows_new(&run.insert, run.db, "INSERT INTO finding", 11, error);
	if (!rc && !run.notes)
		rc = iv_db_exec(run.db, CACHE_WHOLE, error);
	run.large = !rc && !run.notes && count_notes(&run) >= LARGE;
	if (run.large)
		rc = share(&run, index, written, error);
	if (!rc)
		rc = make_rows(&run, error);
	if (!run.notes && iv_db_exec(run.db, CACHE_USUAL, rc ? NULL : error) && !rc)
		rc = IV_EIO;
	iv_db_close(run.other);
	iv_rows_free(run.insert);
	iv_effects_free(run.effects);
	iv_failures_free(run.failures);
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

static iv_day horizon_of(iv_day day)
{
	iv_day first = iv_day_of((struct iv_civil){1, 1, 1});

	return day != IV_NO_DAY && day - IV_KEPT_DAYS >= first ? day - IV_KEPT_DAYS : IV_NO_DAY;
}

static int keep_horizon(struct iv_index *index, iv_day horizon, struct iv_error *error)
{
	char text[11] = "";

	if (horizon != IV_NO_DAY)
		iv_day_format(text, horizon);
	return iv_index_set_meta(index, "horizon", text, error);
}

iv_day iv_rules_horizon(struct iv_index *index)
{
	char *text = iv_index_meta(index, "horizon");
	iv_day day = IV_NO_DAY;

	if (text)
		iv_day_parse(&day, iv_str_of(text));
	free(text);
	return day;
}

/* The rule that reads it is asked of everything; where nothing else changed, no other has to be. */
static int write_recorded(struct iv_index *index, bool changes, struct iv_error *error)
{
	int rc = iv_recorded_write(index, error);

	return rc || changes ? rc : iv_affected_none(iv_index_db(index), error);
}

static int refresh(struct iv_index *index, const struct iv_rules *rules, struct iv_source *source,
		   iv_day day, size_t *read, struct iv_error *error)
{
	struct iv_changes changes = {0};
	char hash[17];
	bool same, all, recorded;
	iv_day horizon;
	int rc = iv_index_update(&changes, index, source, error);

	if (rc)
		return rc;
	if (read)
		*read = changes.read;
	hash_text(hash, rules);
	same = same_rules(index, hash);
	horizon = iv_rules_horizon(index);
	all = changes.all || !same || horizon > day;
	recorded = iv_recorded_differs(index);
	if (!all && !changes.any && !recorded)
		return 0;
	if (all)
		horizon = horizon_of(day);
	if (!changes.any)
		rc = iv_index_begin(index, error);
	if (!rc && recorded)
		rc = write_recorded(index, changes.any, error);
	if (!rc)
		rc = make_findings(index, rules, all, changes.any || recorded, horizon, error);
	if (!rc && all)
		rc = iv_index_set_meta(index, "rules", hash, error);
	if (!rc && all)
		rc = keep_horizon(index, horizon, error);
	return rc ? rc : iv_index_commit(index, error);
}

/* For damage that a later question finds, and for one about an earlier day. */
static int refill(struct iv_index *index, const void *rules, struct iv_source *source, iv_day day,
		  struct iv_error *error)
{
	return iv_refresh(index, rules, source, day, NULL, error);
}

int iv_refresh(struct iv_index *index, const struct iv_rules *rules, struct iv_source *source,
	       iv_day day, size_t *read, struct iv_error *error)
{
	int tries = 0;
	int rc;

	/* The index only asks, whatever the pointer says. */
	iv_db_functions(iv_index_db(index), iv_rules_lookup, iv_rules_hint, (void *)rules);
	rc = refresh(index, rules, source, day, read, error);
	while (rc && ++tries < HEALS && iv_index_heal(index, error))
		rc = refresh(index, rules, source, day, read, error);
	if (rc)
		iv_index_rollback(index);
	else
		iv_index_remember(index, refill, rules, source, day);
	/* The rules may go before the index does. */
	iv_db_functions(iv_index_db(index), NULL, NULL, NULL);
	return rc;
}
