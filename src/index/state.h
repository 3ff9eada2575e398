/* What the files of this folder know of an open index. Nobody else includes it. */
#ifndef IV_INDEX_STATE_H
#define IV_INDEX_STATE_H

#include <sys/types.h>

#include "index/keeping.h"
#include "index/update.h"

struct iv_index {
	const struct iv_vault *vault;
	struct iv_keeping keeping;
	char *folder; /* NULL: in memory */
	dev_t device; /* of the open database, to see when it was replaced */
	ino_t inode;
	int opened; /* how often a file was */
	struct iv_db *db;
	bool locked_out; /* the lock file cannot be opened */
	bool fresh;      /* empty so far, made within one transaction that is open */
	bool writing;
	struct recorded *recorded; /* what it was given, see recorded.h; or NULL */
	iv_refill_fn refill;       /* see iv_index_remember() */
	const void *rules;
	struct iv_source *source;
	iv_day day; /* questions are about this one; IV_NO_DAY: about any */
};

/* Begins a database that is empty but for its tables: in its file, or in memory. */
int iv_index_start(struct iv_index *index, bool in_memory, struct iv_error *error);

#endif
