/* Opening the index, trusting it or not, and its transactions. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/embedded.h"
#include "base/error.h"
#include "base/file.h"
#include "base/mem.h"
#include "index/boot.h"
#include "index/handle.h"
#include "index/recorded.h"
#include "index/state.h"

/* Set in the database's header once a first build is whole and synced. */
#define READY 1

struct iv_db *iv_index_db(struct iv_index *index)
{
	return index->db;
}

const struct iv_config *iv_index_config(const struct iv_index *index)
{
	return iv_vault_config(index->vault);
}

/* ---- the schema ---- */

/* Changes with every change of a table or a view, as text. */
static void schema_hash(char out[17])
{
	uint64_t hash = iv_hash(iv_str_of(iv_embedded_text("index/schema.sql"))) * 31 +
			iv_hash(iv_str_of(iv_embedded_text("index/words.sql")));
	snprintf(out, 17, "%016" PRIx64, hash);
}

static int make_tables(struct iv_index *index, struct iv_error *error)
{
	char schema[17];
	int rc = iv_db_exec(index->db, iv_embedded_text("index/schema.sql"), error);

	schema_hash(schema);
	if (!rc)
		rc = iv_db_exec(index->db, iv_embedded_text("index/words.sql"), error);
	if (!rc)
		rc = iv_index_set_meta(index, "schema", schema, error);
	if (!rc)
		rc = iv_index_set_meta(index, "program", iv_version(), error);
	if (!rc)
		rc = iv_index_set_meta(index, "vault", iv_vault_root(index->vault), error);
	return rc;
}

/* ---- meta ---- */

char *iv_index_meta(struct iv_index *index, const char *key)
{
	struct iv_stmt *stmt;
	char *value = NULL;

	if (iv_stmt_new(&stmt, index->db, "SELECT value FROM meta WHERE key = ?1", NULL))
		return NULL;
	iv_stmt_bind_text(stmt, 1, iv_str_of(key));
	if (iv_stmt_step(stmt, NULL) == 1) {
		struct iv_str text = iv_stmt_text(stmt, 0);
		value = text.ptr ? iv_strndup(text.ptr, text.len) : NULL;
	}
	iv_stmt_free(stmt);
	return value;
}

int iv_index_set_meta(struct iv_index *index, const char *key, const char *value,
		      struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc =
		iv_stmt_new(&stmt, index->db, "INSERT OR REPLACE INTO meta VALUES (?1, ?2)", error);

	if (rc)
		return rc;
	iv_stmt_bind_text(stmt, 1, iv_str_of(key));
	iv_stmt_bind_text(stmt, 2, iv_str_of(value));
	rc = iv_stmt_run(stmt, error);
	iv_stmt_free(stmt);
	return rc;
}

/* ---- may it be trusted? ---- */

static bool meta_is(struct iv_index *index, const char *key, const char *wanted)
{
	char *value = iv_index_meta(index, key);
	bool same = value && !strcmp(value, wanted);
	free(value);
	return same;
}

static int64_t read_number(struct iv_index *index, const char *sql)
{
	struct iv_stmt *stmt;
	int64_t number = -1;

	if (iv_stmt_new(&stmt, index->db, sql, NULL))
		return -1;
	if (iv_stmt_step(stmt, NULL) == 1)
		number = iv_stmt_int(stmt, 0);
	iv_stmt_free(stmt);
	return number;
}

/* NULL when the database that is open may be used, else why not. */
static const char *distrust(struct iv_index *index)
{
	char schema[17];
	int64_t mark = read_number(index, "PRAGMA user_version");

	schema_hash(schema);
	if (iv_db_damaged(index->db))
		return "was damaged";
	if (mark != READY)
		return "was left unfinished";
	if (!meta_is(index, "vault", iv_vault_root(index->vault)))
		return iv_db_damaged(index->db) ? "was damaged" : "belongs to another vault";
	if (!meta_is(index, "schema", schema) || !meta_is(index, "program", iv_version()))
		return "is of another version of ivnotes";
	return NULL;
}

/*
 * Opens the file if it is there and sound. NULL on success; "" when there is none yet in this run
 * of the machine; else what is wrong with it.
 */
static const char *try_file(struct iv_index *index)
{
	struct stat st;
	const char *reason;
	int rc;

	if (lstat(index->keeping.file, &st) || (iv_keeping_owns(&st) && st.st_size == 0))
		return "";
	if (!iv_keeping_owns(&st))
		return "was no file of yours";
	if (!iv_boot_is(index->keeping.boot_file))
		return "";
	index->opened++;
	rc = iv_db_reopen(index->db, index->keeping.file, NULL);
	if (rc)
		return rc == IV_EINPUT ? "was damaged" : "could not be opened";
	reason = distrust(index);
	index->device = st.st_dev;
	index->inode = st.st_ino;
	return reason;
}

/* The folder, ours alone. NULL, or what is wrong with it. */
static const char *check_folder(struct iv_index *index, struct iv_error *error)
{
	struct stat st;

	if (iv_folder_make(index->folder, 0700, error))
		return error->message;
	if (lstat(index->folder, &st))
		return strerror(errno);
	if (!S_ISDIR(st.st_mode) || st.st_uid != geteuid())
		return "it is no folder of yours";
	if ((st.st_mode & 077) && chmod(index->folder, 0700))
		return strerror(errno);
	if (access(index->folder, W_OK | X_OK))
		return strerror(errno);
	return NULL;
}

/* ---- the writers' lock ---- */

static void unlock(struct iv_index *index)
{
	iv_keeping_unlock(&index->keeping);
	index->day = IV_NO_DAY;
}

static int take_lock(struct iv_index *index, struct iv_error *error)
{
	int rc = iv_keeping_lock(&index->keeping, error);

	index->locked_out = index->locked_out || rc == IV_EIO;
	return rc;
}

/* ---- starting afresh ---- */

static void leave_file(struct iv_index *index)
{
	unlock(index);
	iv_keeping_leave(&index->keeping);
	free(index->folder);
	index->folder = NULL;
}

/*
 * A first build needs neither syncs nor a journal on disk: until the mark is set nobody believes
 * the file. The cache is larger while it lasts.
 */
static int begin_fresh(struct iv_index *index, struct iv_error *error)
{
	int rc = iv_db_exec(index->db,
			    "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;"
			    "BEGIN EXCLUSIVE",
			    error);

	iv_db_cache(index->db, 3 * IV_CACHE_USUAL);
	if (!rc)
		rc = make_tables(index, error);
	index->fresh = index->writing = !rc;
	return rc;
}

static int start_file(struct iv_index *index, struct iv_error *error)
{
	struct stat st;
	int rc = iv_keeping_replace(&index->keeping, index->db, error);

	if (!rc)
		rc = begin_fresh(index, error);
	if (!rc && stat(index->keeping.file, &st))
		rc = iv_error_errno(error, errno, "cannot look at '%s'", index->keeping.file);
	if (!rc) {
		index->device = st.st_dev;
		index->inode = st.st_ino;
	}
	return rc;
}

int iv_index_start(struct iv_index *index, bool in_memory, struct iv_error *error)
{
	struct iv_error reason = IV_ERROR_INIT;
	int rc;

	index->fresh = index->writing = false;
	if (index->keeping.file && !in_memory) {
		if (!start_file(index, &reason))
			return 0;
		iv_keeping_warn(&index->keeping, "%s; the index is made in memory", reason.message);
		iv_error_release(&reason);
	}
	leave_file(index);
	rc = iv_db_reopen(index->db, NULL, error);
	return rc ? rc : begin_fresh(index, error);
}

/*
 * Opens the file, or starts it afresh: under the lock, since another process may have done so
 * while we waited for it.
 */
static int open_file(struct iv_index *index, bool rebuild, struct iv_error *error)
{
	struct iv_error busy = IV_ERROR_INIT;
	const char *reason = rebuild ? "" : try_file(index);

	if (!reason)
		return 0;
	if (take_lock(index, &busy)) {
		iv_keeping_warn(&index->keeping, "%s; it is made in memory", busy.message);
		iv_error_release(&busy);
		return iv_index_start(index, true, error);
	}
	reason = rebuild ? "" : try_file(index);
	if (!reason) {
		unlock(index);
		return 0;
	}
	if (*reason)
		iv_keeping_warn(&index->keeping, "the index %s and is made anew", reason);
	return iv_index_start(index, false, error);
}

static void name_in(struct iv_index *index, const char *folder)
{
	iv_keeping_name(&index->keeping, folder, IV_INDEX_FILE, "lock", "boot");
}

static void name_files(struct iv_index *index, const char *folder)
{
	struct iv_error error = IV_ERROR_INIT;
	const char *reason;
	char *real;

	index->folder = iv_strdup(folder);
	reason = check_folder(index, &error);
	/* SQLite is told to follow no symlink at all; those above our folder are the user's own. */
	real = reason ? NULL : realpath(folder, NULL);
	if (real) {
		name_in(index, real);
	} else {
		iv_keeping_warn(&index->keeping,
				"the index folder '%s' cannot be used: %s; the index is made "
				"in memory",
				folder, reason ? reason : strerror(errno));
		leave_file(index);
	}
	free(real);
	iv_error_release(&error);
}

int iv_index_open(struct iv_index **out, const struct iv_vault *vault, const char *folder,
		  bool rebuild, const struct iv_index_talk *talk, struct iv_error *error)
{
	struct iv_index *index = iv_calloc(1, sizeof(*index));
	int rc;

	index->vault = vault;
	iv_keeping_init(&index->keeping, "the index", talk);
	if (folder)
		name_files(index, folder);
	rc = iv_db_open(&index->db, NULL, error);
	if (!rc)
		rc = index->keeping.file ? open_file(index, rebuild, error)
					 : iv_index_start(index, true, error);
	if (rc) {
		iv_index_close(index);
		index = NULL;
	}
	*out = index;
	return rc;
}

/* While somebody writes, the answer could take as long as a first build does. */
static int share_lock(struct iv_index *index, struct iv_error *error)
{
	index->keeping.lock = open(index->keeping.lock_file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (index->keeping.lock >= 0 && flock(index->keeping.lock, LOCK_SH | LOCK_NB))
		return iv_error_set(error, IV_EBUSY, "the index is held by another process");
	return 0;
}

int iv_index_glance(struct iv_index **out, const struct iv_vault *vault, const char *folder,
		    struct iv_error *error)
{
	struct iv_index *index = iv_calloc(1, sizeof(*index));
	char *real = realpath(folder, NULL);
	int rc = 0;

	index->vault = vault;
	iv_keeping_init(&index->keeping, "the index", NULL);
	if (real) {
		name_in(index, real);
		rc = share_lock(index, error);
	}
	if (!rc)
		rc = iv_db_open(&index->db, NULL, error);
	if (!rc && (!real || try_file(index)))
		rc = iv_error_set(error, IV_ENOTFOUND, "there is no index in '%s'", folder);
	if (rc) {
		iv_index_close(index);
		index = NULL;
	}
	free(real);
	*out = index;
	return rc;
}

void iv_index_close(struct iv_index *index)
{
	if (!index)
		return;
	iv_db_close(index->db);
	if (index->fresh && index->keeping.file)
		iv_keeping_remove(&index->keeping, NULL); /* half a build is of no use to anybody */
	leave_file(index);
	iv_recorded_release(index);
	free(index);
}

/* ---- transactions ---- */

static bool was_replaced(const struct iv_index *index)
{
	struct stat st;
	return lstat(index->keeping.file, &st) || st.st_dev != index->device ||
	       st.st_ino != index->inode;
}

int iv_index_begin(struct iv_index *index, struct iv_error *error)
{
	const char *reason = NULL;
	int rc;

	if (index->writing)
		return 0;
	rc = take_lock(index, error);
	if (!rc && index->keeping.file && was_replaced(index))
		reason = try_file(index);
	if (reason)
		rc = iv_error_set(error, IV_EBUSY, "the index %s meanwhile", reason);
	if (!rc)
		rc = iv_db_exec(index->db, "BEGIN IMMEDIATE", error);
	if (rc)
		unlock(index);
	index->writing = !rc;
	return rc;
}

/* A first build may be committed at any time: without its mark nobody believes it. */
int iv_index_share(struct iv_db **out, struct iv_index *index, bool written, struct iv_error *error)
{
	int rc = 0;

	*out = NULL;
	if (!index->keeping.file || (written && !index->fresh))
		return 0;
	if (index->fresh)
		rc = iv_db_exec(index->db, "COMMIT; BEGIN IMMEDIATE", error);
	if (!rc && iv_db_open(out, index->keeping.file, NULL))
		*out = NULL;
	return rc;
}

void iv_index_rollback(struct iv_index *index)
{
	if (index->writing && !index->fresh)
		iv_db_exec(index->db, "ROLLBACK", NULL);
	if (!index->fresh) {
		index->writing = false;
		unlock(index);
	}
}

/*
 * The mark is a transaction of its own with journal and, where one is needed, sync: the sync that
 * it waits for brings everything before it to the disk too.
 */
static int mark_ready(struct iv_index *index, struct iv_error *error)
{
	char sql[128];
	int rc = iv_db_journal(index->db, error);

	iv_db_cache(index->db, IV_CACHE_USUAL);
	snprintf(sql, sizeof(sql), "PRAGMA user_version = %d", READY);
	return rc ? rc : iv_db_exec(index->db, sql, error);
}

int iv_index_commit(struct iv_index *index, struct iv_error *error)
{
	int rc;

	if (!index->writing)
		return 0;
	rc = iv_db_exec(index->db, "COMMIT", error);
	if (!rc && index->fresh && index->keeping.file)
		rc = mark_ready(index, error);
	if (rc)
		return rc;
	index->fresh = index->writing = false;
	unlock(index);
	return 0;
}

bool iv_index_heal(struct iv_index *index, struct iv_error *error)
{
	bool in_file = index->keeping.file != NULL, was_fresh = index->fresh;
	int code = error->code;

	if (!iv_db_damaged(index->db) && !iv_db_failed(index->db) && !index->locked_out &&
	    code != IV_EBUSY)
		return false;
	if (!in_file)
		return false;
	index->locked_out = false;
	if (iv_db_damaged(index->db) && !was_fresh)
		iv_keeping_warn(&index->keeping, "the index was damaged and is made anew");
	else
		iv_keeping_warn(&index->keeping,
				"the index cannot be kept in '%s': %s; it is made in memory",
				index->folder, error->message);
	iv_error_release(error);
	return !iv_index_start(index, !iv_db_damaged(index->db) || was_fresh, error);
}

/* ---- questions that meet damage ---- */

void iv_index_remember(struct iv_index *index, iv_refill_fn refill, const void *rules,
		       struct iv_source *source, iv_day day)
{
	index->day = day;
	index->refill = refill;
	index->rules = rules;
	index->source = source;
}

bool iv_index_retry(struct iv_index *index, struct iv_error *error)
{
	if (!iv_db_damaged(index->db) || !index->refill || !iv_index_heal(index, error))
		return false;
	return !iv_index_refill(index, index->day, error);
}

int iv_index_refill(struct iv_index *index, iv_day day, struct iv_error *error)
{
	return index->refill ? index->refill(index, index->rules, index->source, day, error) : 0;
}
