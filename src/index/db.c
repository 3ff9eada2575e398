/* The SQLite handle and its statements. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "index/boot.h"
#include "index/handle.h"

/* Long enough for another process's first index of a large vault. */
#define BUSY_MILLISECONDS 30000

struct iv_stmt {
	struct iv_db *db;
	sqlite3_stmt *handle;
	bool guarded; /* made under the guard */
};

static bool is_damage(int code)
{
	return (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB ||
	       (code & 0xff) == SQLITE_FORMAT || code == SQLITE_IOERR_DATA ||
	       code == SQLITE_IOERR_SHORT_READ;
}

static int code_of(struct iv_db *db, int code)
{
	if (is_damage(code)) {
		db->damaged = true;
		return IV_EINPUT;
	}
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED: return IV_EBUSY;
	case SQLITE_INTERRUPT: return IV_ELIMIT;
	case SQLITE_TOOBIG: return IV_ELIMIT;
	case SQLITE_NOMEM: return db->guarded ? IV_ELIMIT : IV_EIO;
	case SQLITE_FULL:
	case SQLITE_IOERR:
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
	case SQLITE_PERM: db->failed = true; return IV_EIO;
	default: return IV_EINPUT;
	}
}

/* Turns SQLite's code into ours, with its words, and notes damage and failure. */
static int fail(struct iv_db *db, int code, struct iv_error *error)
{
	int rc = code_of(db, code);
	if (rc == IV_ELIMIT && ((code & 0xff) == SQLITE_NOMEM || db->sated))
		return iv_error_set(error, rc, "took too much memory");
	if (rc == IV_ELIMIT && (code & 0xff) == SQLITE_INTERRUPT)
		return iv_error_set(error, rc,
				    db->guarded == IV_GUARD_OTHERS ? "took too long"
								   : "took too many steps");
	return iv_error_set(error, rc, "%s",
			    db->handle ? sqlite3_errmsg(db->handle) : sqlite3_errstr(code));
}

static const char setup[] = "PRAGMA page_size = 8192;"
			    "PRAGMA temp_store = MEMORY;"
			    "PRAGMA cell_size_check = ON;"
			    /* Under the guard these could no longer be set up. */
			    "SELECT 1 FROM json_each('[]'), json_tree('[]');";

/*
 * A rollback journal and not WAL: the index is one file at rest, opening it costs nothing but the
 * file, and a write is rare and short. Where a run of the machine is not known, NORMAL syncs order
 * journal before pages, so that a power cut leaves the old state or the new one: see boot.h.
 */
int iv_db_journal(struct iv_db *db, struct iv_error *error)
{
	return iv_db_exec(db,
			  iv_boot_known()
				  ? "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = OFF"
				  : "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = NORMAL",
			  error);
}

static int open_handle(struct iv_db *db, const char *path, struct iv_error *error)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
		    SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE;
	int code = sqlite3_open_v2(path ? path : ":memory:", &db->handle, flags, iv_vfs_name());
	if (code)
		return fail(db, code, error);
	sqlite3_busy_timeout(db->handle, BUSY_MILLISECONDS);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	iv_guard_install(db);
	code = iv_functions_install(db);
	if (!code)
		code = iv_rows_install(db);
	if (code)
		return fail(db, code, error);
	code = iv_db_exec(db, setup, error);
	if (!code)
		code = iv_db_journal(db, error);
	iv_db_cache(db, IV_CACHE_USUAL);
	return code ? code : iv_vfs_reserve(db->handle);
}

static void close_handle(struct iv_db *db)
{
	sqlite3_close(db->handle);
	db->handle = NULL;
	db->damaged = db->failed = false;
	db->guarded = IV_GUARD_OFF;
}

int iv_db_open(struct iv_db **out, const char *path, struct iv_error *error)
{
	struct iv_db *db = iv_calloc(1, sizeof(*db));
	int rc = open_handle(db, path, error);
	if (rc) {
		iv_db_close(db);
		db = NULL;
	}
	*out = db;
	return rc;
}

int iv_db_reopen(struct iv_db *db, const char *path, struct iv_error *error)
{
	bool damaged, failed;
	int rc;

	close_handle(db);
	rc = open_handle(db, path, error);
	if (!rc)
		return 0;
	damaged = db->damaged;
	failed = db->failed;
	close_handle(db);
	open_handle(db, NULL, NULL);
	db->damaged = damaged;
	db->failed = failed;
	return rc;
}

void iv_db_close(struct iv_db *db)
{
	if (!db)
		return;
	close_handle(db);
	free(db->holidays);
	iv_matches_forget(db);
	free(db);
}

bool iv_db_damaged(const struct iv_db *db)
{
	return db->damaged;
}

bool iv_db_failed(const struct iv_db *db)
{
	return db->failed;
}

bool iv_db_in_transaction(const struct iv_db *db)
{
	return !sqlite3_get_autocommit(db->handle);
}

int iv_db_exec(struct iv_db *db, const char *sql, struct iv_error *error)
{
	int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
	return code ? fail(db, code, error) : 0;
}

void iv_db_cache(struct iv_db *db, int kibibytes)
{
	char sql[64];

	snprintf(sql, sizeof(sql), "PRAGMA cache_size = -%d", kibibytes);
	iv_db_exec(db, sql, NULL);
}

int64_t iv_db_changes(struct iv_db *db)
{
	return sqlite3_changes64(db->handle);
}

/* ---- statements ---- */

int iv_stmt_first(struct iv_stmt **out, struct iv_db *db, const char *sql, size_t *end,
		  struct iv_error *error)
{
	struct iv_stmt *stmt = NULL;
	sqlite3_stmt *handle = NULL;
	const char *tail = sql;
	int code =
		sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, &tail);
	int rc = 0;

	if (code) {
		int offset = sqlite3_error_offset(db->handle);
		*end = offset < 0 ? SIZE_MAX : (size_t)offset;
		rc = fail(db, code, error);
	} else {
		*end = (size_t)(tail - sql);
		stmt = iv_malloc(sizeof(*stmt));
		*stmt = (struct iv_stmt){db, handle, db->guarded != IV_GUARD_OFF};
	}
	*out = stmt;
	return rc;
}

int iv_stmt_new(struct iv_stmt **out, struct iv_db *db, const char *sql, struct iv_error *error)
{
	size_t end;

	return iv_stmt_first(out, db, sql, &end, error);
}

void iv_stmt_free(struct iv_stmt *stmt)
{
	if (!stmt)
		return;
	sqlite3_finalize(stmt->handle);
	free(stmt);
}

void iv_stmt_reset(struct iv_stmt *stmt)
{
	sqlite3_reset(stmt->handle);
	sqlite3_clear_bindings(stmt->handle);
}

void iv_stmt_bind_int(struct iv_stmt *stmt, int index, int64_t value)
{
	sqlite3_bind_int64(stmt->handle, index, value);
}

void iv_stmt_bind_text(struct iv_stmt *stmt, int index, struct iv_str text)
{
	if (text.ptr)
		sqlite3_bind_text64(stmt->handle, index, text.ptr, text.len, SQLITE_STATIC,
				    SQLITE_UTF8);
	else
		sqlite3_bind_null(stmt->handle, index);
}

void iv_stmt_bind_blob(struct iv_stmt *stmt, int index, struct iv_str bytes)
{
	sqlite3_bind_blob64(stmt->handle, index, bytes.ptr, bytes.len, SQLITE_STATIC);
}

void iv_stmt_bind_day(struct iv_stmt *stmt, int index, iv_day day)
{
	char text[11];

	if (day == IV_NO_DAY) {
		sqlite3_bind_null(stmt->handle, index);
		return;
	}
	iv_day_format(text, day);
	sqlite3_bind_text(stmt->handle, index, text, 10, SQLITE_TRANSIENT);
}

int iv_stmt_step(struct iv_stmt *stmt, struct iv_error *error)
{
	struct iv_db *db = stmt->db;
	int code;

	if (stmt->guarded && !sqlite3_stmt_busy(stmt->handle))
		iv_guard_start(db);
	code = sqlite3_step(stmt->handle);
	if (iv_guard_asked_clock())
		return iv_error_set(error, IV_EINPUT, "may not ask for the time of day");
	if (code == SQLITE_ROW)
		return 1;
	return code == SQLITE_DONE ? 0 : fail(db, code, error);
}

int iv_stmt_run(struct iv_stmt *stmt, struct iv_error *error)
{
	int rc = iv_stmt_step(stmt, error);
	iv_stmt_reset(stmt);
	return rc < 0 ? rc : 0;
}

int iv_stmt_parameters(const struct iv_stmt *stmt)
{
	return sqlite3_bind_parameter_count(stmt->handle);
}

int iv_stmt_columns(const struct iv_stmt *stmt)
{
	return sqlite3_column_count(stmt->handle);
}

const char *iv_stmt_column_name(const struct iv_stmt *stmt, int column)
{
	return sqlite3_column_name(stmt->handle, column);
}

bool iv_stmt_is_null(struct iv_stmt *stmt, int column)
{
	return sqlite3_column_type(stmt->handle, column) == SQLITE_NULL;
}

bool iv_stmt_is_int(struct iv_stmt *stmt, int column)
{
	return sqlite3_column_type(stmt->handle, column) == SQLITE_INTEGER;
}

int64_t iv_stmt_int(struct iv_stmt *stmt, int column)
{
	return sqlite3_column_int64(stmt->handle, column);
}

struct iv_str iv_stmt_text(struct iv_stmt *stmt, int column)
{
	const char *text = (const char *)sqlite3_column_text(stmt->handle, column);
	struct iv_str out = {text, 0};
	if (text)
		out.len = (size_t)sqlite3_column_bytes(stmt->handle, column);
	return out;
}

struct iv_str iv_stmt_blob(struct iv_stmt *stmt, int column)
{
	const char *bytes = sqlite3_column_blob(stmt->handle, column);
	return (struct iv_str){bytes,
			       bytes ? (size_t)sqlite3_column_bytes(stmt->handle, column) : 0};
}

iv_day iv_stmt_day(struct iv_stmt *stmt, int column)
{
	iv_day day = IV_NO_DAY;
	iv_day_parse(&day, iv_stmt_text(stmt, column));
	return day;
}
