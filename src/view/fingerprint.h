/* Which finding is the same as one of another day. */
#ifndef IV_VIEW_FINGERPRINT_H
#define IV_VIEW_FINGERPRINT_H

#include "base/str.h"

/* The findings that were met so far, by what makes them the same; {0} before the first. */
struct iv_prints {
	uint64_t *prints;
	unsigned *counts;
	size_t size, used; /* open addressing; the size is a power of two */
};

void iv_prints_release(struct iv_prints *met);

/*
 * The fingerprint of a finding: of its rule, the id of its note, its message, and how many with all
 * of these were met before. Lines and folders may change, and bytes that are no UTF-8 are as JSON
 * says them.
 */
uint64_t iv_fingerprint(struct iv_prints *met, const char *rule, const char *path,
			const char *message);

#endif
