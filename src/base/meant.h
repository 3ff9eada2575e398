/* 'Did you mean': the words nearest to one that was mistyped. */
#ifndef IV_BASE_MEANT_H
#define IV_BASE_MEANT_H

#include "base/mem.h"
#include "base/str.h"

/*
 * Slips between two words: characters put in, left out or replaced, and neighbours swapped, one
 * each. ASCII case does not count. UINT_MAX where a word has over 64 characters.
 */
unsigned iv_edit_distance(struct iv_str a, struct iv_str b);

#define IV_MEANT_MAX 5

/*
 * Set `word` and offer every word that would have been right. Within one slip, or two for words of
 * six characters or more, the nearest are found; all of them, where several are equally near.
 *
 *	struct iv_meant meant = {.word = typed};
 *	for (…)
 *		iv_meant_offer(&meant, iv_str_of(names[i]));
 */
struct iv_meant {
	struct iv_str word;
	unsigned distance; /* of what was found */
	size_t count;
	struct iv_str found[IV_MEANT_MAX]; /* as offered first */
};

/* The words offered are kept as they are, not copied; one offered twice counts once. */
void iv_meant_offer(struct iv_meant *meant, struct iv_str word);
/* The same for a word that stands for another, as a name for an id: `shown` is what is found. */
void iv_meant_offer_as(struct iv_meant *meant, struct iv_str word, struct iv_str shown);
void iv_meant_offer_all(struct iv_meant *meant, const char *const *words); /* NULL-ended */

/* "did you mean 'a', 'b' or 'c'?", or NULL when nothing was found. */
const char *iv_meant_text(struct iv_arena *arena, const struct iv_meant *meant);

#endif
