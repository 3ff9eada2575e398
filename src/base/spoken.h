/* The words of which people make days and times, whatever they write as capitals. */
#ifndef IV_BASE_SPOKEN_H
#define IV_BASE_SPOKEN_H

#include "base/mem.h"
#include "base/str.h"
#include "base/date.h"

enum iv_spoken {
	WORD_DAY,      /* so many days from today */
	WORD_WEEK,     /* so many weeks from this one */
	WORD_WEEKDAY,  /* 1 Monday to 7 Sunday */
	WORD_MONTH,    /* 1 to 12 */
	WORD_UNIT,     /* an iv_unit */
	WORD_BUSINESS, /* before 'days' */
	WORD_ONE,
	WORD_IN,
	WORD_AGO,
	WORD_AT,
	WORD_OF,
	WORD_ORDINAL,
	WORD_HALF, /* the minute with which that half of the day begins */
	WORD_TIME, /* a minute of the day; -1: of two days */
};

/* The full name of a weekday or month: the longest word for it. */
const char *iv_spoken_name(enum iv_spoken kind, int number);
/* "did you mean 'Fri'?" for the first word of the text that is none of these, or NULL. */
const char *iv_spoken_similar(struct iv_arena *arena, struct iv_str text);

/* The digits that the text begins with. */
struct iv_str iv_spoken_digits(struct iv_str text);

/* Is the next word any of them, or one of that kind? */
bool iv_spoken_known(struct iv_str rest);
bool iv_spoken_at(struct iv_str rest, enum iv_spoken kind);
/* Each takes what it names, and white space behind it, off the start; false where it is not there. */
bool iv_spoken_take(int *number, struct iv_str *rest, enum iv_spoken kind);
bool iv_spoken_skip(struct iv_str *rest, enum iv_spoken kind);
bool iv_spoken_skip_char(struct iv_str *rest, char c);
bool iv_spoken_number(int *number, struct iv_str *rest);

#endif
