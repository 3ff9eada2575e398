/* The notes whose findings may differ after a change: see update.h. */
#ifndef IV_INDEX_AFFECTED_H
#define IV_INDEX_AFFECTED_H

#include "index/db.h"

struct iv_affected;

/* Makes the temporary tables, empty. Above `limit` notes it stops counting them one by one. */
int iv_affected_new(struct iv_affected **out, struct iv_db *db, int64_t limit,
		    struct iv_error *error);
void iv_affected_free(struct iv_affected *affected);

/* This note is about to change (or has just been made): it, and whom it touches as things are. */
int iv_affected_add(struct iv_affected *affected, int64_t note, struct iv_error *error);
/* After all changes: fills the table, or says in *all that they are above the limit. */
int iv_affected_finish(bool *all, struct iv_affected *affected, struct iv_error *error);
/* Makes the table, empty: nothing changed that findings of single notes look at. */
int iv_affected_none(struct iv_db *db, struct iv_error *error);

#endif
