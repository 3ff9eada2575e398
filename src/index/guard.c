/* The guard under which rules run: reading only, no clock, no chance, no endless work. */
#include <limits.h>

#include "index/handle.h"

#define STEPS_A_CALL 10000        /* instructions between two calls of the counter */
#define STEPS_MAX UINT64_C(20000) /* calls: 200 million instructions, some two seconds */
#define LENGTH_MAX (32 << 20)     /* bytes of one value */

static _Thread_local bool watching, asked;

bool iv_guard_clock_asked(void)
{
	asked = watching;
	return asked;
}

bool iv_guard_asked_clock(void)
{
	bool was = asked;
	asked = false;
	return was;
}

static bool forbidden(const char *function)
{
	static const char *const names[] = {
		"random",        "randomblob",        "current_date",
		"current_time",  "current_timestamp", "load_extension",
		"changes",       "total_changes",     "last_insert_rowid",
		"fts3_tokenizer"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!sqlite3_stricmp(function, names[i]))
			return true;
	return false;
}

static int authorize(void *data, int action, const char *a, const char *b, const char *c,
		     const char *d)
{
	const struct iv_db *db = data;

	(void)a, (void)c, (void)d;
	if (!db->guarded || action == SQLITE_SELECT || action == SQLITE_READ ||
	    action == SQLITE_RECURSIVE)
		return SQLITE_OK;
	if (action == SQLITE_FUNCTION && !forbidden(b))
		return SQLITE_OK;
	return SQLITE_DENY;
}

static int count_steps(void *data)
{
	struct iv_db *db = data;
	return db->guarded && ++db->steps > STEPS_MAX;
}

void iv_guard_install(struct iv_db *db)
{
	/* Once and for all: changing the authorizer would re-prepare every statement. */
	sqlite3_set_authorizer(db->handle, authorize, db);
	sqlite3_progress_handler(db->handle, STEPS_A_CALL, count_steps, db);
	sqlite3_limit(db->handle, SQLITE_LIMIT_ATTACHED, 0);
}

void iv_guard_start(struct iv_db *db)
{
	db->steps = 0;
}

void iv_db_guard(struct iv_db *db, bool on)
{
	if (db->guarded == on)
		return;
	db->guarded = watching = on;
	asked = false;
	sqlite3_limit(db->handle, SQLITE_LIMIT_LENGTH, on ? LENGTH_MAX : INT_MAX);
	iv_memory_limit(on);
}
