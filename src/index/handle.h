/* What the files of this folder know of each other's SQLite handle. Nobody else includes it. */
#ifndef IV_INDEX_HANDLE_H
#define IV_INDEX_HANDLE_H

#include <sqlite3.h>

#include "base/date.h"
#include "index/db.h"

struct iv_db {
	sqlite3 *handle;
	bool damaged; /* SQLite met a file that is no sound database */
	bool failed;  /* the disk refused: full, read-only, broken */
	enum iv_guard guarded;
	uint64_t steps;     /* that the guard counted so far */
	uint64_t most;      /* that it allows */
	uint64_t spent;     /* on rules of others, since iv_db_functions() */
	int64_t began;      /* when the guard was set, by the clock */
	int64_t began_work; /* and by what this thread has worked */
	int64_t allowed;    /* of its work, for the rule that runs */
	bool sated;         /* the guard stopped it for its memory */
	iv_setting_fn lookup;
	iv_hint_fn hint;
	void *lookup_data;
	iv_day *holidays;
	size_t holiday_count;
	struct iv_matcher *matcher;     /* of matches(), made when it is first called */
	const struct iv_rows *incoming; /* being written */
};

/* How many KiB of pages are kept in memory. */
#define IV_CACHE_USUAL 16384
void iv_db_cache(struct iv_db *db, int kibibytes);

/* How a transaction reaches the file once it was made: the journal, and what is waited for. */
int iv_db_journal(struct iv_db *db, struct iv_error *error);

/* Installs the authorizer and the step counter; both sleep until iv_db_guard(). */
void iv_guard_install(struct iv_db *db);
/* A statement starts: its steps count from zero. */
void iv_guard_start(struct iv_db *db);
/*
 * For functions whose one call may take long, at its start: what it does is about as much work as
 * so many steps. True, with the statement stopped, where a rule that somebody else wrote has worked
 * for as long as it may. SQLite looks itself only where a statement jumps back. User data is the
 * iv_db.
 */
bool iv_guard_stops(sqlite3_context *context, uint64_t steps);
/* SQLite asks for the time of day: true when a guarded statement runs on this thread. */
bool iv_guard_clock_asked(void);
/* Was it asked since the last call? */
bool iv_guard_asked_clock(void);

/* Makes the functions known to a handle that was just opened. */
int iv_functions_install(struct iv_db *db);
/* The same of instr, replace, trim, LIKE and GLOB. */
int iv_texts_install(struct iv_db *db);
/* The same of matches(). */
int iv_matches_install(struct iv_db *db);
/* Settings may have changed: nothing is kept of their patterns. */
void iv_matches_forget(struct iv_db *db);

/* printf(format, ...), and its other name format(). */
void iv_sql_printf(sqlite3_context *context, int count, sqlite3_value **args);

/* The virtual table that rows.h writes from. */
int iv_rows_install(struct iv_db *db);

/*
 * Before SQLite is initialized: memory is counted by thread. When a program that uses the library
 * was there first, SQLite's own limit, which is all threads', has to do.
 */
void iv_memory_install(void);
/* What this thread takes from here on may not exceed so many bytes; 0: no limit. */
void iv_memory_limit(int64_t bytes);
/* What it took since then, where it is counted. */
int64_t iv_memory_used(void);

/* The name of our VFS, registered on first use: SQLite's own, with page checksums. */
const char *iv_vfs_name(void);
/* Reserves the checksums' room in a database that is still empty. */
int iv_vfs_reserve(sqlite3 *handle);

#endif
