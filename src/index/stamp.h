/* Table stamp: what the file system said of notes, in a form that is read in a moment. */
#ifndef IV_INDEX_STAMP_H
#define IV_INDEX_STAMP_H

#include "index/db.h"

#define IV_STAMPS_A_CHUNK 256 /* at most: chunk = note / 256 */

/* A note's entry in a chunk: this, its path, a NUL and NULs up to a multiple of 8 bytes. */
struct iv_stamp {
	int64_t note, mtime, ctime, hash;
	uint64_t size, inode;
	uint16_t racy, seen; /* `seen` is 0 on disk, the reader's to use */
	uint32_t path_len;
};

static inline const char *iv_stamp_path(const struct iv_stamp *stamp)
{
	return (const char *)(stamp + 1);
}

/*
 * The entry at `*at` of `data`, which is aligned as malloc's memory is; `*at` moves behind it. NULL
 * at `end`, and where no whole entry stands.
 */
struct iv_stamp *iv_stamp_next(char *data, size_t *at, size_t end);

/* The chunks whose rows of table note have changed. */
struct iv_stamps {
	struct iv_db *db;
	int64_t *chunks;
	size_t count, capacity;
	struct iv_buf data; /* of a first index: the chunk that is being filled */
	int64_t chunk;
	struct iv_stmt *insert;
};
void iv_stamps_touch(struct iv_stamps *stamps, int64_t note);
/*
 * The stamp of a note's row in an index that had none, in the order of their numbers: nothing is read
 * back from the table. Either this or iv_stamps_touch() for all.
 */
int iv_stamps_put(struct iv_stamps *stamps, struct iv_stamp stamp, const char *path,
		  struct iv_error *error);
/* Writes what was touched anew, and what was put and is not written yet. */
int iv_stamps_write(struct iv_stamps *stamps, struct iv_error *error);
void iv_stamps_release(struct iv_stamps *stamps);

#endif
