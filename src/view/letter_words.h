/* How letters put it: names, days, lengths and lists as one writes them to somebody. */
#ifndef IV_VIEW_LETTER_WORDS_H
#define IV_VIEW_LETTER_WORDS_H

#include <ivnotes/base.h>

#include "base/mem.h"
#include "base/str.h"

/*
 * A text of the notes as part of a sentence: on one line, without control characters, links as
 * they are read ([[id|words]] is "words"), square brackets round, and no full stop at its end. So
 * a bracket in a letter is always a place to fill in.
 */
struct iv_str iv_words_clean(struct iv_arena *arena, struct iv_str text);
/* A sentence: the same with a full stop where it ends with no other mark. */
struct iv_str iv_words_sentence(struct iv_arena *arena, struct iv_str text);
/* The name of somebody: the same, and an id as a name ("jane-green" is "Jane Green"). */
struct iv_str iv_words_name(struct iv_arena *arena, struct iv_str name);

/* "today", "yesterday", "tomorrow", "on Wednesday" within a week, "on November 18", with another year "…, 2025". */
struct iv_str iv_words_day(struct iv_arena *arena, iv_day day, iv_day today);
/* "twenty minutes", "half an hour", "50 minutes". */
struct iv_str iv_words_minutes(struct iv_arena *arena, int minutes);
/* "a", "a and b", "a, b and c" with ", " and " and ". */
struct iv_str iv_words_list(struct iv_arena *arena, const struct iv_str *items, size_t count,
			    const char *comma, const char *and);

#endif
