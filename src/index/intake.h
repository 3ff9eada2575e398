/*
 * Reads and parses notes on all cores, in order, with a bounded number of them in memory: the
 * writer of the index takes them one by one.
 */
#ifndef IV_INDEX_INTAKE_H
#define IV_INDEX_INTAKE_H

#include "index/stock.h"

struct iv_read {
	const struct iv_suspect *suspect;
	bool gone;            /* vanished since the walk */
	bool same;            /* the same content as the index has; `note` is NULL */
	bool retry;           /* could not be read: to be tried again next time */
	int64_t hash;         /* of the content, or of why it could not be read */
	struct iv_note *note; /* NULL when gone or same */
	char *json;           /* its fields */
	char *bytes;
};

struct iv_intake;

struct iv_intake *iv_intake_new(struct iv_source *source, const struct iv_syntax *syntax,
				const struct iv_suspects *suspects);
/* The next one, NULL after the last. It belongs to the intake and lives until the next call. */
struct iv_read *iv_intake_next(struct iv_intake *intake);
void iv_intake_free(struct iv_intake *intake);

/* One alone, on this thread; the caller releases it. */
void iv_read_one(struct iv_read *out, struct iv_source *source, const struct iv_syntax *syntax,
		 const struct iv_suspect *suspect);
void iv_read_release(struct iv_read *read);

#endif
