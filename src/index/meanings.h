/* What every reference of every note means, for those who move notes. */
#ifndef IV_INDEX_MEANINGS_H
#define IV_INDEX_MEANINGS_H

#include <ivnotes/index.h>

struct iv_meaning {
	const char *path;   /* of the note that speaks */
	const char *target; /* path of the note that is meant, or NULL */
	int64_t ref;     /* index in its refs; -1: a record names the target, linked or in words */
	int64_t record;  /* then: index in its records; else -1 */
	int64_t matches; /* how many notes it could mean; -1: it means no note */
	struct iv_pos pos; /* of a record: line 0 */
};
struct iv_meanings {
	struct iv_meaning *items;
	size_t count;
	void *memory;
};

/* In no order. */
int iv_index_meanings(struct iv_meanings *out, struct iv_index *index, struct iv_error *error);
void iv_meanings_release(struct iv_meanings *meanings);

#endif
