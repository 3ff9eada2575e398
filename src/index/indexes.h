/* Many rows go into a table sooner without its indexes, which are then sorted at once. */
#ifndef IV_INDEX_INDEXES_H
#define IV_INDEX_INDEXES_H

#include "index/db.h"

/*
 * Drops the indexes of all tables but finding. `*create` is what makes them again, the caller's to
 * run and to free; NULL after an error.
 */
int iv_indexes_drop(char **create, struct iv_db *db, struct iv_error *error);

#endif
