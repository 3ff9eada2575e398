/* The names of notes that are nearest to words that are none. */
#ifndef IV_INDEX_NEAREST_H
#define IV_INDEX_NEAREST_H

#include "base/meant.h"
#include "index/db.h"

/*
 * Offers every name by which a note can be meant, as keys, to each of the words, in one pass. Of
 * each note only the nearest of id, aliases and name: several of one note are no choice. What is
 * found lives in the arena.
 */
int iv_nearest_names(struct iv_meant *words, size_t count, struct iv_db *db, struct iv_arena *arena,
		     struct iv_error *error);

#endif
