/* Table stamp: what the file system said of notes, in a form that is read in a moment. */
#ifndef IV_INDEX_STAMP_H
#define IV_INDEX_STAMP_H

#include "index/db.h"

#define IV_STAMPS_A_CHUNK 256 /* at most: chunk = note / 256 */

/* A note's entry in a chunk: this, its path, a NUL and NULs up to a multiple of 8 bytes. */
struct iv_stamp {
	int64_t note, mtime, ctime, hash;
	uint64_t size, inode;
	uint32_t racy, path_len;
};

/* Takes the first entry off a chunk; *path is NUL-terminated. False at the end. */
bool iv_stamp_next(struct iv_stamp *out, const char **path, struct iv_str *chunk);

/* The chunks whose rows of table note have changed. */
struct iv_stamps {
	struct iv_db *db;
	int64_t *chunks;
	size_t count, capacity;
};
void iv_stamps_touch(struct iv_stamps *stamps, int64_t note);
/* Writes these chunks anew. */
int iv_stamps_write(struct iv_stamps *stamps, struct iv_error *error);
void iv_stamps_release(struct iv_stamps *stamps);

#endif
