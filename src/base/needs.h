/*
 * What a pattern cannot do without: letters that stand side by side in whatever it finds. A text
 * without them need not be searched. It is found by reading the pattern, not by trying, and where
 * a construct is not understood nothing is needed.
 */
#ifndef IV_BASE_NEEDS_H
#define IV_BASE_NEEDS_H

#include "base/str.h"

/* Which groups of three bytes a text holds, letters in lower case: a Bloom filter. */
struct iv_gist {
	uint64_t bits[128];
	bool ascii; /* it holds nothing else */
};
void iv_gist_read(struct iv_gist *out, struct iv_str text);

/*
 * Clauses, each of which a text must meet; a clause is a count of words, one of which it must
 * hold; a word is a count of bits of its gist.
 */
struct iv_needs {
	uint16_t *items;
	size_t count;
};
/* Of a pattern that is matched without regard to case. */
void iv_needs_read(struct iv_needs *out, struct iv_str pattern);
void iv_needs_release(struct iv_needs *needs);
/* False only for a text in which the pattern is not. */
bool iv_needs_met(const struct iv_needs *needs, const struct iv_gist *gist);

#endif
