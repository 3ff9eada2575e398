/*
 * How a cache is kept: its database in a folder, beside it a lock and the run of the machine that it
 * was made in. Writers hold the lock, so that a database is replaced only while nobody writes the
 * old one and no journal of it is about. Readers need SQLite's own locks only.
 */
#ifndef IV_INDEX_KEEPING_H
#define IV_INDEX_KEEPING_H

#include <sys/stat.h>

#include <ivnotes/index.h>

#include "index/db.h"

struct iv_keeping {
	const char *what; /* "the index": for messages */
	struct iv_index_talk talk;
	char *file, *lock_file, *boot_file; /* NULL: in memory */
	int lock;                           /* -1: not held */
};

/* In memory; `talk` may be NULL. */
void iv_keeping_init(struct iv_keeping *out, const char *what, const struct iv_index_talk *talk);
/* From now on in these files of the folder. */
void iv_keeping_name(struct iv_keeping *keeping, const char *folder, const char *file,
		     const char *lock, const char *boot);
/* In memory from now on; lets go of the lock. */
void iv_keeping_leave(struct iv_keeping *keeping);
void iv_keeping_warn(const struct iv_keeping *keeping, const char *format, ...) IV_PRINTF(2, 3);

/* Whether it is a regular file of our own. */
bool iv_keeping_owns(const struct stat *st);

/*
 * Nothing is to be done where it is held already, or in memory. IV_EBUSY when another process had
 * it for half a minute; IV_EIO when the lock's file cannot be opened.
 */
int iv_keeping_lock(struct iv_keeping *keeping, struct iv_error *error);
void iv_keeping_unlock(struct iv_keeping *keeping);

/* Removes the database and its journal. IV_EIO. */
int iv_keeping_remove(const struct iv_keeping *keeping, struct iv_error *error);
/* Takes the lock and turns the handle from the old file to an empty one of this run. */
int iv_keeping_replace(struct iv_keeping *keeping, struct iv_db *db, struct iv_error *error);

#endif
