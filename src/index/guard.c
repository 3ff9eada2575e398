/* The guard under which rules run: reading only, no clock, no chance, no endless work. */
#include <limits.h>
#include <time.h>

#include "index/handle.h"

/*
 * What a guarded statement may take. Of rules that somebody else wrote all is counted together,
 * from iv_db_guard() on, and looked at often: a single instruction that calls a function may take
 * a thousand times as long as another, but not longer than its values are.
 *
 * Counts decide wherever they can, so that a rule is judged alike on every machine, idle or busy.
 */
static const struct limits {
	int steps_a_call; /* instructions between two calls of the counter */
	uint64_t steps;   /* instructions, and what functions add; 100 million are over a second */
	int length;       /* bytes of one value */
	int like;         /* bytes of a pattern of LIKE and GLOB */
	int instructions; /* of a whole statement; what is in a row is not looked at between */
	int64_t memory;   /* bytes, where SQLite is refused more */
	int64_t enough;   /* bytes, where a statement is stopped */
} all_limits[] = {
	[IV_GUARD_OFF] = {10000, UINT64_MAX, INT_MAX, 50000, INT_MAX, 0, INT64_MAX},
	[IV_GUARD_OURS] = {10000, 200000000, 32 << 20, 50000, INT_MAX, INT64_C(1) << 30, INT64_MAX},
	[IV_GUARD_OTHERS] = {20, 100000000, 64 << 10, 200, 25000, INT64_C(256) << 20,
			     INT64_C(128) << 20},
};

/*
 * After so many steps of all rules of others each gets less: many hostile ones must not take many
 * times as long as one.
 */
#define STEPS_OF_ALL UINT64_C(200000000)
#define STEPS_WHEN_LATE UINT64_C(5000000)

/*
 * For what takes long in few steps: the time that this thread works, in nanoseconds. Several times
 * what the steps take, since a busy machine is slower at the same work.
 */
#define TIME_OF_ONE INT64_C(4000000000)
#define TIME_WHEN_LATE INT64_C(200000000)

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

static bool is_among(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (!sqlite3_stricmp(word, *words))
			return true;
	return false;
}

static bool forbidden(const char *function)
{
	static const char *const names[] = {"random",
					    "randomblob",
					    "current_date",
					    "current_time",
					    "current_timestamp",
					    "load_extension",
					    "changes",
					    "total_changes",
					    "last_insert_rowid",
					    "fts3_tokenizer",
					    NULL};

	return is_among(function, names);
}

/* One call may take long, and says nothing of notes that others do not. */
static bool is_slow(const struct iv_db *db, const char *function)
{
	static const char *const names[] = {"strftime", "json_patch", NULL};

	return db->guarded == IV_GUARD_OTHERS && is_among(function, names);
}

/*
 * What says more than the notes do. Rules of one's own must be as timeless as ours, and none may
 * depend on what others found.
 */
static bool is_hidden(const struct iv_db *db, const char *table)
{
	static const char *const names[] = {"finding",  "failure",  "meta",     "stamp",
					    "affected", "incoming", "recorded", NULL};

	return db->guarded == IV_GUARD_OTHERS && table && is_among(table, names);
}

static int authorize(void *data, int action, const char *a, const char *b, const char *c,
		     const char *d)
{
	const struct iv_db *db = data;

	(void)c, (void)d;
	if (!db->guarded || action == SQLITE_SELECT || action == SQLITE_RECURSIVE)
		return SQLITE_OK;
	if (action == SQLITE_READ && !is_hidden(db, a))
		return SQLITE_OK;
	if (action == SQLITE_FUNCTION && !forbidden(b) && !is_slow(db, b))
		return SQLITE_OK;
	return SQLITE_DENY;
}

static int64_t nanoseconds(clockid_t clock)
{
	struct timespec now = {0, 0};

	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* A look at the wall clock is cheap, and no thread works longer than that says. */
static bool is_late(const struct iv_db *db)
{
	return db->guarded == IV_GUARD_OTHERS &&
	       nanoseconds(CLOCK_MONOTONIC) - db->began > db->allowed &&
	       nanoseconds(CLOCK_THREAD_CPUTIME_ID) - db->began_work > db->allowed;
}

static int count_steps(void *data)
{
	struct iv_db *db = data;
	const struct limits *limits = &all_limits[db->guarded];

	if (!db->guarded)
		return 0;
	db->sated = iv_memory_used() > limits->enough;
	db->steps += (uint64_t)limits->steps_a_call;
	return db->sated || db->steps > db->most || is_late(db);
}

bool iv_guard_stops(sqlite3_context *context, uint64_t steps)
{
	struct iv_db *db = sqlite3_user_data(context);
	bool stops;

	if (db->guarded != IV_GUARD_OTHERS)
		return false;
	db->steps += steps;
	stops = db->steps > db->most || is_late(db);
	if (stops)
		sqlite3_result_error_code(context, SQLITE_INTERRUPT);
	return stops;
}

static void set_limits(struct iv_db *db)
{
	const struct limits *limits = &all_limits[db->guarded];

	sqlite3_progress_handler(db->handle, limits->steps_a_call, count_steps, db);
	sqlite3_limit(db->handle, SQLITE_LIMIT_LENGTH, limits->length);
	sqlite3_limit(db->handle, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, limits->like);
	sqlite3_limit(db->handle, SQLITE_LIMIT_VDBE_OP, limits->instructions);
	iv_memory_limit(limits->memory);
}

void iv_guard_install(struct iv_db *db)
{
	/* Once and for all: changing the authorizer would re-prepare every statement. */
	sqlite3_set_authorizer(db->handle, authorize, db);
	sqlite3_progress_handler(db->handle, all_limits[0].steps_a_call, count_steps, db);
	sqlite3_limit(db->handle, SQLITE_LIMIT_ATTACHED, 0);
}

void iv_guard_start(struct iv_db *db)
{
	if (db->guarded != IV_GUARD_OTHERS)
		db->steps = 0;
}

static void begin_others(struct iv_db *db)
{
	bool late = db->spent >= STEPS_OF_ALL;

	db->began = nanoseconds(CLOCK_MONOTONIC);
	db->began_work = nanoseconds(CLOCK_THREAD_CPUTIME_ID);
	db->allowed = late ? TIME_WHEN_LATE : TIME_OF_ONE;
	if (late)
		db->most = STEPS_WHEN_LATE;
}

/* What was stopped for another reason counts as if it had taken all its steps. */
static void end_others(struct iv_db *db)
{
	bool stopped = db->sated || is_late(db);

	db->spent += stopped && db->steps < db->most ? db->most : db->steps;
}

void iv_db_guard(struct iv_db *db, enum iv_guard guard)
{
	if (db->guarded == guard)
		return;
	if (db->guarded == IV_GUARD_OTHERS)
		end_others(db);
	db->guarded = guard;
	watching = guard != IV_GUARD_OFF;
	asked = db->sated = false;
	db->steps = 0;
	db->most = all_limits[guard].steps;
	if (guard == IV_GUARD_OTHERS)
		begin_others(db);
	set_limits(db);
}
