/* What the index knows of the files, against what is there. */
#ifndef IV_INDEX_STOCK_H
#define IV_INDEX_STOCK_H

#include "index/stamp.h"
#include "index/state.h"

/* What the index has: the entries of all chunks of table stamp. */
struct iv_stock {
	char *data;
	size_t len, count; /* bytes, entries */
	uint32_t *slots;   /* hash table of an entry's place in `data` / 8 + 1, by path */
	size_t slot_count;
	int64_t version; /* of the database that was read */
};

/* A file to be read: new, or not surely the same. */
struct iv_suspect {
	const struct iv_entry *entry;
	struct iv_stamp *old; /* NULL: new */
	bool racy;            /* to be stored: changed in the tick it is read in */
};

struct iv_suspects {
	struct iv_suspect *items; /* sorted by path */
	size_t count, capacity;
	size_t removed; /* stocked notes that no entry was found for: `seen` is false */
};

/* Into an empty one. */
int iv_stock_read(struct iv_stock *stock, struct iv_index *index, struct iv_error *error);
void iv_stock_release(struct iv_stock *stock);
/* A number that changes when another process has written or replaced the database. */
int64_t iv_stock_version(struct iv_index *index);

/*
 * Compares. `started` is when the walk began, in nanoseconds since 1970: a file whose times are
 * as late may change again without their changing.
 */
void iv_stock_compare(struct iv_suspects *out, struct iv_stock *stock,
		      const struct iv_listing *listing, int64_t started);
void iv_suspects_release(struct iv_suspects *suspects);

#endif
