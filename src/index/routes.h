/* How one came to people: who sent one on to whom. */
#ifndef IV_INDEX_ROUTES_H
#define IV_INDEX_ROUTES_H

#include <ivnotes/index.h>

#include "base/mem.h"
#include "index/db.h"

/*
 * Sets the routes of members, whose notes are `notes`: every way back to somebody whom nobody
 * named, or to one who is on it already; those that are longer or more than anybody wants to read
 * are cut. Texts are in the arena.
 */
int iv_routes_find(struct iv_member *members, const int64_t *notes, size_t count,
		   struct iv_arena *arena, struct iv_db *db, struct iv_error *error);

#endif
