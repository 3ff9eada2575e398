/* A file of days: one a line, with its name behind it if you like; '#' begins a comment. */
#ifndef IV_VAULT_DAYS_H
#define IV_VAULT_DAYS_H

#include "base/str.h"

/* A line that says something. */
struct iv_day_line {
	struct iv_str text; /* of the day; where it is none, all that stands there */
	bool is_day;
	struct iv_pos pos;
};

/* Reads on to the next such line; `out` starts all zero. False at the end. */
bool iv_day_line_next(struct iv_day_line *out, struct iv_str *rest);

/* Is the text of a setting the name of such a file, and not a day that somebody mistyped? */
bool iv_days_is_name(struct iv_str text);

#endif
