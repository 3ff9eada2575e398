/* Many rows go into a table sooner without its indexes, which are then sorted at once. */
#ifndef IV_INDEX_INDEXES_H
#define IV_INDEX_INDEXES_H

#include "index/db.h"

/* Statements that make indexes again, the caller's to run. */
struct iv_indexes {
	char *names; /* of table name */
	char *refs;  /* of references and mentions, which are settled last */
	char *others;
};

/* Drops the indexes of all tables but finding. */
int iv_indexes_drop(struct iv_indexes *out, struct iv_db *db, struct iv_error *error);
void iv_indexes_release(struct iv_indexes *indexes);

#endif
