/* Days in settings: lists, and files with one a line, its name behind it, '#' begins a comment. */
#ifndef IV_VAULT_DAYS_H
#define IV_VAULT_DAYS_H

#include <ivnotes/vault.h>

#include "base/date.h"
#include "base/mem.h"

/* A line that says something. */
struct iv_day_line {
	struct iv_str text; /* of the day; where it is none, all that stands there */
	bool is_day;
	struct iv_pos pos;
};

/* Reads on to the next such line; `out` starts all zero. False at the end. */
bool iv_day_line_next(struct iv_day_line *out, struct iv_str *rest);

/* The days of the setting `holidays`, as business days are counted by them; they live in the arena. */
void iv_holidays_read(struct iv_holidays *out, struct iv_arena *arena,
		      const struct iv_config *config);

/* Is the text of a setting the name of such a file, and not a day that somebody mistyped? */
bool iv_days_is_name(struct iv_str text);

#endif
