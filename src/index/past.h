/*
 * The history cache: what commits changed, kept by their ids, in a file beside the index. As with
 * the index, deleting it or filling it with noise changes no answer.
 */
#ifndef IV_INDEX_PAST_H
#define IV_INDEX_PAST_H

#include <ivnotes/history.h>
#include <ivnotes/index.h>

#include "base/map.h"
#include "index/keeping.h"

/* What is in memory of every commit kept: enough to find one's way among them. */
struct past_revision {
	int64_t number; /* its row */
	const char *id; /* texts of `memory` */
	const char *const *parents;
	size_t parent_count;
	int64_t time;
	iv_day day;
	const char *state; /* NULL: whole; else what is to be read anew each time */
};

struct iv_past {
	const struct iv_vault *vault;
	struct iv_keeping keeping;
	const char *prefix; /* of the vault in the repository */
	struct iv_db *db;
	struct iv_arena *memory;
	struct past_revision *revisions; /* in the order of their rows; not those being written */
	size_t count, capacity;
	struct iv_map ids; /* from ids to `revisions` */
	struct past_writer *writer;
};

/* Takes the lock and begins a transaction. IV_EIO, IV_EBUSY. */
int iv_past_begin(struct iv_past *past, struct iv_error *error);

/* Adds to `revisions` and `ids` what was written since they were read. */
int iv_past_settle(struct iv_past *past, struct iv_error *error);
void iv_past_forget(struct iv_past *past); /* empties them */
void iv_past_writer_free(struct iv_past *past);

#endif
