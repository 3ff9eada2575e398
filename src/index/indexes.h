/*
 * Many rows go into a table sooner without its indexes, which are then sorted at once: 125,000
 * findings in 0.34 s instead of 0.40 s.
 */
#ifndef IV_INDEX_INDEXES_H
#define IV_INDEX_INDEXES_H

#include "index/db.h"

/*
 * Drops the indexes of table finding, or those of all other tables. `*create` is what makes them
 * again, the caller's to run and to free; NULL after an error.
 */
int iv_indexes_drop(char **create, struct iv_db *db, bool of_findings, struct iv_error *error);

#endif
