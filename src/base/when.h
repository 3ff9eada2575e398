/*
 * Days and times as people type them: `fri`, `next tue 14:00`, `+2w`, `18 Nov`. One grammar, that of
 * ivnotes-dates(7), in English whatever the locale; what could mean two days is refused with the
 * way to say it. Pure: the day asked from is given.
 */
#ifndef IV_BASE_WHEN_H
#define IV_BASE_WHEN_H

#include "base/date.h"

/* Which day is meant where several bear the name; today counts on every side. */
enum iv_lean {
	IV_LEAN_NONE,  /* `fri` is the coming one, `18 Nov` the nearest, of two the later */
	IV_LEAN_BACK,  /* for what was done: the last one */
	IV_LEAN_AHEAD, /* for what is planned: the coming one */
};

struct iv_when_from {
	iv_day today;
	enum iv_lean lean;
	const struct iv_holidays *holidays; /* for `+5bd`; may be NULL */
};

struct iv_moment {
	iv_day day;
	int minute;         /* of the day; -1 without a time */
	struct iv_str zone; /* as written behind the time, in the text; may be absent */
};

/*
 * Reads the whole text, white space around it aside. IV_EINPUT: the message says what was
 * expected, or how to write what may have been meant; it begins in lower case and stands well after
 * "--date: ".
 */
int iv_when_parse(struct iv_moment *out, struct iv_str text, const struct iv_when_from *from,
		  struct iv_error *error);
/* The same where a time would have no sense: IV_EINPUT for one. */
int iv_when_parse_day(iv_day *out, struct iv_str text, const struct iv_when_from *from,
		      struct iv_error *error);

/*
 * The same where days are looked at from both ends: a week (`2026-W47`, `next week`) is its Monday
 * and its Sunday, a day is both.
 */
int iv_when_parse_days(iv_day *first, iv_day *last, struct iv_str text,
		       const struct iv_when_from *from, struct iv_error *error);

#endif
