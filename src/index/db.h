/*
 * The one door to SQLite: a handle, prepared statements, the functions that rules may call, and
 * the guard under which rules run. Everything else in the program speaks SQL through this header.
 */
#ifndef IV_INDEX_DB_H
#define IV_INDEX_DB_H

#include "base/str.h"

struct iv_db;
struct iv_stmt;

/* path NULL: in memory. IV_EIO; IV_EINPUT when the file is no sound database. */
int iv_db_open(struct iv_db **out, const char *path, struct iv_error *error);
void iv_db_close(struct iv_db *db);
/*
 * Turns the handle to another database; the functions stay. All statements must have been freed.
 * On failure the handle is in memory and empty.
 */
int iv_db_reopen(struct iv_db *db, const char *path, struct iv_error *error);

/* Since it was opened: did SQLite find damage? Did the disk refuse (full, read-only, broken)? */
bool iv_db_damaged(const struct iv_db *db);
bool iv_db_failed(const struct iv_db *db);
/* Is a transaction open? SQLite ends one by itself where memory fails a statement. */
bool iv_db_in_transaction(const struct iv_db *db);

/* One or more statements without results. */
int iv_db_exec(struct iv_db *db, const char *sql, struct iv_error *error);

/*
 * IV_EINPUT with SQLite's words for bad SQL. Statements must be freed before the database is
 * closed. A prepared statement may be used again after iv_stmt_reset().
 */
int iv_stmt_new(struct iv_stmt **out, struct iv_db *db, const char *sql, struct iv_error *error);
/*
 * The first statement of a text of several. *end is where it ends; on failure where SQLite met
 * the error, SIZE_MAX when it does not say.
 */
int iv_stmt_first(struct iv_stmt **out, struct iv_db *db, const char *sql, size_t *end,
		  struct iv_error *error);
void iv_stmt_free(struct iv_stmt *stmt);
void iv_stmt_reset(struct iv_stmt *stmt); /* bindings are cleared too */

/* Parameters count from 1. Bound texts must live until the statement is stepped and reset. */
void iv_stmt_bind_int(struct iv_stmt *stmt, int index, int64_t value);
void iv_stmt_bind_text(struct iv_stmt *stmt, int index, struct iv_str text); /* absent: NULL */
void iv_stmt_bind_blob(struct iv_stmt *stmt, int index, struct iv_str bytes);
void iv_stmt_bind_day(struct iv_stmt *stmt, int index, iv_day day); /* ISO text; IV_NO_DAY: NULL */

/*
 * 1 a row, 0 done, negative: IV_EIO (disk, memory), IV_EINPUT (damage: the index must be
 * rebuilt, see iv_db_damaged(); or an error in the SQL), IV_ELIMIT (the guard stopped it),
 * IV_EBUSY.
 */
int iv_stmt_step(struct iv_stmt *stmt, struct iv_error *error);
/* Steps once and resets: for statements that give no row. */
int iv_stmt_run(struct iv_stmt *stmt, struct iv_error *error);

int iv_stmt_parameters(const struct iv_stmt *stmt);

/* Columns count from 0. Texts live until the next step or reset. */
int iv_stmt_columns(const struct iv_stmt *stmt);
const char *iv_stmt_column_name(const struct iv_stmt *stmt, int column);
bool iv_stmt_is_null(struct iv_stmt *stmt, int column);
bool iv_stmt_is_int(struct iv_stmt *stmt, int column);
int64_t iv_stmt_int(struct iv_stmt *stmt, int column);
struct iv_str iv_stmt_text(struct iv_stmt *stmt, int column); /* absent for NULL */
struct iv_str iv_stmt_blob(struct iv_stmt *stmt, int column); /* absent for NULL */
iv_day iv_stmt_day(struct iv_stmt *stmt, int column);         /* IV_NO_DAY for NULL */

int64_t iv_db_changes(struct iv_db *db); /* rows that the last statement wrote */

/*
 * The functions of rules: `x REGEXP pattern` (PCRE2, case ignored; a malformed pattern is an error
 * with its offset), plus(date, span) and setting(key). `lookup` gives a setting's text or NULL and
 * must outlive the database; plus() takes holidays from setting('holidays') as a comma-separated
 * list, and gives NULL for what is no day or no span: one odd value must not stop a rule. Besides,
 * fold(text) is the form in which names are compared, printf() takes numbers and texts in widths
 * that end, and no_rule(id) is NULL where there is a rule of that id, else what `hint` appends.
 *
 * matches(text, key [, except]): does the text hold one of the patterns that the setting `key` has,
 * a line each? The text is read aloud first (note/plain.h). What the patterns of `except` find is
 * taken out of it. NULL where a pattern took too many steps to tell.
 */
typedef const char *(*iv_setting_fn)(void *data, const char *key);
typedef bool (*iv_hint_fn)(void *data, struct iv_str id, struct iv_buf *out); /* false: NULL */
void iv_db_functions(struct iv_db *db, iv_setting_fn lookup, iv_hint_fn hint, void *data);

/*
 * Set for rules: only SELECT over the index's own tables and views, without date('now'), random()
 * and their like, is accepted and run, within limits on steps, memory and value length. For rules
 * that others wrote these are closer, all that is run until the guard changes is counted together,
 * less is left for those that come after many steps of earlier ones, the time that this thread
 * works is limited too, and tables that say more than the notes cannot be read. Statements made
 * before keep their rights, so a guarded SELECT can feed an earlier INSERT.
 */
enum iv_guard { IV_GUARD_OFF, IV_GUARD_OURS, IV_GUARD_OTHERS };
void iv_db_guard(struct iv_db *db, enum iv_guard guard);

#endif
