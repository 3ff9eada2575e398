/* The history cache's file: trusted or not, made anew, and written by one at a time. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/embedded.h"
#include "base/error.h"
#include "base/file.h"
#include "base/mem.h"
#include "index/boot.h"
#include "index/past.h"

/* ---- what it was made by ---- */

#define MADE_BY 6
struct made_by {
	const char *key;
	char text[17];
	const char *value; /* `text`, or a longer one */
};

static void describe(struct made_by out[MADE_BY], const struct iv_past *past)
{
	uint64_t schema = iv_hash(iv_str_of(iv_embedded_text("index/past.sql")));
	uint64_t reading = iv_config_reading(iv_vault_config(past->vault));

	out[0] = (struct made_by){.key = "schema"};
	snprintf(out[0].text, sizeof(out[0].text), "%016" PRIx64, schema);
	out[1] = (struct made_by){.key = "reading"};
	snprintf(out[1].text, sizeof(out[1].text), "%016" PRIx64, reading);
	out[0].value = out[0].text;
	out[1].value = out[1].text;
	out[2] = (struct made_by){.key = "program", .value = iv_version()};
	out[3] = (struct made_by){.key = "vault", .value = iv_vault_root(past->vault)};
	out[4] = (struct made_by){.key = "prefix", .value = past->prefix};
	out[5] = (struct made_by){.key = "sources", .value = iv_sources};
}

static int write_meta(struct iv_past *past, struct iv_error *error)
{
	struct made_by made[MADE_BY];
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, past->db, "INSERT INTO meta VALUES (?1, ?2)", error);

	describe(made, past);
	for (size_t i = 0; !rc && i < MADE_BY; i++) {
		iv_stmt_bind_text(stmt, 1, iv_str_of(made[i].key));
		iv_stmt_bind_text(stmt, 2, iv_str_of(made[i].value));
		rc = iv_stmt_run(stmt, error);
	}
	iv_stmt_free(stmt);
	return rc;
}

static bool is_made_so(struct iv_past *past)
{
	struct made_by made[MADE_BY];
	struct iv_stmt *stmt;
	size_t same = 0;

	if (iv_stmt_new(&stmt, past->db, "SELECT key, value FROM meta", NULL))
		return false;
	describe(made, past);
	while (iv_stmt_step(stmt, NULL) == 1)
		for (size_t i = 0; i < MADE_BY; i++)
			same += iv_str_is(iv_stmt_text(stmt, 0), made[i].key) &&
				iv_str_is(iv_stmt_text(stmt, 1), made[i].value);
	iv_stmt_free(stmt);
	return same == MADE_BY;
}

/* ---- the file ---- */

/*
 * Opens the file if it is there and sound. NULL on success; "" when there is none that was made
 * by these settings in this run of the machine; else what is wrong with it.
 */
static const char *try_file(struct iv_past *past)
{
	struct stat st;

	if (lstat(past->keeping.file, &st))
		return "";
	if (!iv_keeping_owns(&st))
		return "was no file of yours";
	if (!st.st_size || !iv_boot_is(past->keeping.boot_file))
		return "";
	if (iv_db_reopen(past->db, past->keeping.file, NULL))
		return iv_db_damaged(past->db) ? "was damaged" : "could not be opened";
	if (is_made_so(past))
		return NULL;
	return iv_db_damaged(past->db) ? "was damaged" : "";
}

/* ---- starting afresh ---- */

static int make_tables(struct iv_past *past, struct iv_error *error)
{
	int rc = iv_db_exec(past->db, "BEGIN IMMEDIATE", error);

	if (!rc)
		rc = iv_db_exec(past->db, iv_embedded_text("index/past.sql"), error);
	if (!rc)
		rc = write_meta(past, error);
	return rc ? rc : iv_db_exec(past->db, "COMMIT", error);
}

static int start_file(struct iv_past *past, struct iv_error *error)
{
	int rc = iv_keeping_replace(&past->keeping, past->db, error);

	if (!rc)
		rc = make_tables(past, error);
	iv_keeping_unlock(&past->keeping);
	return rc;
}

/* A database that is empty but for its tables: in its file, or in memory. */
static int start_anew(struct iv_past *past, bool in_memory, struct iv_error *error)
{
	struct iv_error reason = IV_ERROR_INIT;
	int rc;

	iv_past_writer_free(past);
	iv_past_forget(past);
	if (past->keeping.file && !in_memory) {
		if (!start_file(past, &reason))
			return IV_OK;
		iv_keeping_warn(&past->keeping, "%s; the history cache is made in memory",
				reason.message);
		iv_error_release(&reason);
	}
	iv_keeping_leave(&past->keeping);
	rc = iv_db_reopen(past->db, NULL, error);
	return rc ? rc : make_tables(past, error);
}

/* Under the lock it is looked at again: another process may have made it while we waited. */
static int open_file(struct iv_past *past, const struct iv_past_place *place,
		     struct iv_error *error)
{
	const char *reason = place->rebuild ? "" : try_file(past);

	if (!reason)
		return IV_OK;
	if (place->visit && !*reason)
		return start_anew(past, true, error);
	if (iv_keeping_lock(&past->keeping, NULL))
		return start_anew(past, true, error);
	reason = place->rebuild ? "" : try_file(past);
	if (!reason) {
		iv_keeping_unlock(&past->keeping);
		return IV_OK;
	}
	if (*reason)
		iv_keeping_warn(&past->keeping, "the history cache %s and is made anew", reason);
	return start_anew(past, false, error);
}

static void name_files(struct iv_past *past, const char *folder)
{
	struct iv_error error = IV_ERROR_INIT;
	struct stat st;
	/* SQLite is told to follow no symlink at all; those above our folder are the user's own. */
	char *real = iv_folder_make(folder, 0700, &error) ? NULL : realpath(folder, NULL);

	if (real && !lstat(folder, &st) && S_ISDIR(st.st_mode) && st.st_uid == geteuid() &&
	    !access(real, W_OK | X_OK)) {
		iv_keeping_name(&past->keeping, real, IV_PAST_FILE, "history.lock", "history.boot");
	} else {
		iv_keeping_warn(
			&past->keeping,
			"the folder '%s' cannot be used; the history cache is made in memory",
			folder);
	}
	free(real);
	iv_error_release(&error);
}

int iv_past_open(struct iv_past **out, const struct iv_vault *vault,
		 const struct iv_past_place *place, const struct iv_index_talk *talk,
		 struct iv_error *error)
{
	struct iv_past *past = iv_calloc(1, sizeof(*past));
	int rc;

	past->vault = vault;
	past->prefix = place->prefix;
	iv_keeping_init(&past->keeping, "the history cache", talk);
	past->memory = iv_arena_new();
	if (place->folder)
		name_files(past, place->folder);
	rc = iv_db_open(&past->db, NULL, error);
	if (!rc)
		rc = past->keeping.file ? open_file(past, place, error)
					: start_anew(past, true, error);
	if (!rc && iv_past_settle(past, error) && !iv_past_heal(past, error))
		rc = error ? error->code : IV_EIO;
	if (rc) {
		iv_past_close(past);
		past = NULL;
	}
	*out = past;
	return rc;
}

void iv_past_close(struct iv_past *past)
{
	if (!past)
		return;
	iv_past_writer_free(past);
	iv_past_forget(past);
	iv_db_close(past->db);
	iv_keeping_leave(&past->keeping);
	iv_arena_free(past->memory);
	free(past);
}

/* ---- writing, and what goes wrong ---- */

int iv_past_begin(struct iv_past *past, struct iv_error *error)
{
	int rc = iv_keeping_lock(&past->keeping, error);

	if (!rc)
		rc = iv_db_exec(past->db, "BEGIN IMMEDIATE", error);
	if (rc)
		iv_keeping_unlock(&past->keeping);
	return rc;
}

bool iv_past_heal(struct iv_past *past, struct iv_error *error)
{
	bool damaged = iv_db_damaged(past->db), busy = error && error->code == IV_EBUSY;

	if (!past->keeping.file || (!damaged && !iv_db_failed(past->db) && !busy))
		return false;
	if (damaged)
		iv_keeping_warn(&past->keeping, "the history cache was damaged and is made anew");
	else
		iv_keeping_warn(&past->keeping,
				"the history cache cannot be kept: %s; it is made in memory",
				error && error->message ? error->message : "the disk refused");
	if (error)
		iv_error_release(error);
	return !start_anew(past, !damaged, error);
}
