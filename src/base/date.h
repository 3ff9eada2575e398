/* Civil days, ISO weeks, spans and durations. No clock, no locale, no zone. */
#ifndef IV_BASE_DATE_H
#define IV_BASE_DATE_H

#include <ivnotes/base.h>

struct iv_civil {
	int year, month, day; /* month and day count from 1 */
};

bool iv_civil_exists(struct iv_civil civil);
iv_day iv_day_of(struct iv_civil civil); /* IV_NO_DAY when it does not exist */
struct iv_civil iv_civil_of(iv_day day);
int iv_days_in_month(int year, int month);
int iv_weekday(iv_day day); /* 1 Monday to 7 Sunday, ISO 8601 */

/* ISO 8601 weeks: `2026-W47`. */
bool iv_week_parse(iv_day *monday, struct iv_str text);
void iv_week_format(char out[9], iv_day day);

/*
 * A front-matter date: `2026-11-18`, or day and time (`2026-11-18 10:00`, `2026-11-18T10:00`,
 * `10:00:30`, a zone suffix `Z`, `+01:00`, `Europe/Berlin` kept as text and otherwise ignored).
 * *minute is -1 without a time. False when it is none of these or does not exist.
 */
bool iv_datetime_parse(iv_day *day, int *minute, struct iv_str text);
/* Takes `10:00`, `9:30` or `10:00:30` off the start; false, and nothing taken, for another text. */
bool iv_time_take(int *minute, struct iv_str *text);
/* A zone suffix, or nothing. */
bool iv_is_zone(struct iv_str text);

/*
 * A span: NUMBER and unit d, bd, w, m, y (`5bd`, `8w`, `3m`), or `off`. Numbers up to 9999.
 */
enum iv_unit { IV_UNIT_DAY, IV_UNIT_BUSINESS_DAY, IV_UNIT_WEEK, IV_UNIT_MONTH, IV_UNIT_YEAR };
struct iv_span {
	bool off;
	int number; /* may be negative when built by code */
	enum iv_unit unit;
};
bool iv_span_parse(struct iv_span *out, struct iv_str text); /* a leading '-' is read too */

/* Days that are no business days besides Saturday and Sunday; sorted. */
struct iv_holidays {
	const iv_day *days;
	size_t count;
};
/*
 * The day plus the span. Months keep the day of the month or fall back to the month's last
 * (31 January + 1m is 28 February). Business days count Monday to Friday minus holidays; +0bd
 * from a Saturday is the next business day, and so is +1bd (and -1bd the Friday). IV_NO_DAY for `off` and outside the years 1 to 9999.
 */
iv_day iv_day_plus(iv_day day, struct iv_span span, const struct iv_holidays *holidays);

/* A duration in minutes: `20m`, `20 min`, `20 minutes`, `1h`, `1h15m`, `1:15`, or bare `20`. */
bool iv_minutes_parse(int *out, struct iv_str text);

#endif
