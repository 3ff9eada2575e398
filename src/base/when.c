#include "base/when.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/spoken.h"

/* Years that people write behind a month; other four digits there are a time, or a slip. */
#define YEAR_FIRST 1900
#define YEAR_LAST 2199

struct reader {
	struct iv_str text, rest; /* rest: never begins with white space */
	const struct iv_when_from *from;
	struct iv_moment when;
	struct iv_error *error;
};

static struct iv_str after(struct iv_str text, struct iv_str part)
{
	return iv_str_slice(text, part.len, text.len);
}

static bool starts_with(struct iv_str text, char c)
{
	return text.len && text.ptr[0] == c;
}

/* ---- what is wrong ---- */

static int no_day(const struct reader *r)
{
	struct iv_arena *arena = iv_arena_new();
	const char *meant = iv_spoken_similar(arena, r->text);
	iv_error_set(r->error, IV_EINPUT,
		     "expected a day such as 2026-11-23, fri, 'next tue', '18 Nov' or +2w, not "
		     "'%.*s'%s%s",
		     IV_STR_ARG(r->text), meant ? ", " : "", meant ? meant : "");
	iv_arena_free(arena);
	return IV_EINPUT;
}

/* The day of the civil date, which may not exist. */
static int set_civil(struct reader *r, struct iv_civil civil)
{
	r->when.day = iv_day_of(civil);
	if (r->when.day != IV_NO_DAY)
		return 0;
	if (civil.month < 1 || civil.month > 12)
		return iv_error_set(r->error, IV_EINPUT, "'%.*s': a year has no month %d",
				    IV_STR_ARG(r->text), civil.month);
	if (civil.year < 1)
		return iv_error_set(r->error, IV_EINPUT, "'%.*s': years begin with 0001",
				    IV_STR_ARG(r->text));
	return iv_error_set(r->error, IV_EINPUT, "'%.*s': %s %d has the days 1 to %d",
			    IV_STR_ARG(r->text), iv_spoken_name(WORD_MONTH, civil.month),
			    civil.year, iv_days_in_month(civil.year, civil.month));
}

/* ---- times ---- */

/* `am` or `pm` there, whatever white space before it. */
static bool take_half(int *minute, struct iv_str *rest)
{
	struct iv_str text = iv_str_trim(*rest);
	if (!iv_spoken_take(minute, &text, WORD_HALF))
		return false;
	*rest = text;
	return true;
}

/* Digits, and behind a colon or point two more, as `2:30` and `2.30` of `2.30pm`. */
static struct iv_str clock_of(struct iv_str text)
{
	struct iv_str hours = iv_spoken_digits(text), rest = after(text, hours), minutes;
	if (!hours.len || (!starts_with(rest, ':') && !starts_with(rest, '.')))
		return hours;
	minutes = iv_spoken_digits(iv_str_slice(rest, 1, rest.len));
	return minutes.len == 2 ? iv_str_slice(text, 0, hours.len + 3) : hours;
}

static bool is_time(struct iv_str text)
{
	struct iv_str clock = clock_of(text), rest = after(text, clock);
	int number;
	if (iv_spoken_take(&number, &text, WORD_TIME))
		return true;
	return clock.len &&
	       (starts_with(after(text, iv_spoken_digits(text)), ':') || take_half(&number, &rest));
}

/* `2pm`, `2:30 pm`: hours 1 to 12, of which 12 begins the half. */
static bool take_half_time(int *minute, struct iv_str *text)
{
	struct iv_str clock = clock_of(*text), rest = after(*text, clock),
		      hours = iv_spoken_digits(clock);
	int hour, past = 0, half;
	if (!take_half(&half, &rest) || !iv_str_int(&hour, hours) || hour < 1 || hour > 12)
		return false;
	if (clock.len > hours.len &&
	    (!iv_str_int(&past, iv_str_slice(clock, hours.len + 1, clock.len)) || past > 59))
		return false;
	*minute = half + hour % 12 * 60 + past;
	*text = rest;
	return true;
}

/* Where is_time() said yes. */
static int read_time(struct reader *r)
{
	int *minute = &r->when.minute;
	struct iv_str start = r->rest;
	if (iv_spoken_take(minute, &r->rest, WORD_TIME)) {
		if (*minute >= 0)
			return 0;
		return iv_error_set(r->error, IV_EINPUT,
				    "midnight both begins and ends a day; write 00:00 with the "
				    "day that it begins");
	}
	if (take_half_time(minute, &r->rest))
		return 0;
	if (!iv_time_take(minute, &r->rest) || take_half(minute, &r->rest))
		return iv_error_set(r->error, IV_EINPUT,
				    "expected a time such as 14:00, 9:30 or 2pm, not '%.*s'",
				    IV_STR_ARG(start));
	r->rest = iv_str_trim(r->rest);
	return 0;
}

/* ---- dates ---- */

/* Numbers with one of `-/.` between them, as they stand. */
struct parts {
	struct iv_str text;
	int count, numbers[3];
	size_t digits[3];
	char between;
};

static bool joins(struct iv_str rest, char between)
{
	return starts_with(rest, between) &&
	       iv_spoken_digits(iv_str_slice(rest, 1, rest.len)).len > 0;
}

static bool find_parts(struct parts *out, struct iv_str text)
{
	struct iv_str rest = text;
	*out = (struct parts){.text = text};
	for (;;) {
		struct iv_str digits = iv_spoken_digits(rest);
		if (!iv_str_int(&out->numbers[out->count], digits))
			return false;
		out->digits[out->count++] = digits.len;
		rest = after(rest, digits);
		if (out->count == 1 && rest.len)
			out->between = rest.ptr[0];
		if (out->count == 3 || !strchr("-/.", out->between) || !joins(rest, out->between))
			break;
		rest = iv_str_slice(rest, 1, rest.len);
	}
	out->text = iv_str_slice(text, 0, text.len - rest.len);
	return out->count > 1;
}

static bool is_iso(const struct parts *parts)
{
	return parts->count == 3 && parts->between == '-' && parts->digits[0] == 4 &&
	       parts->digits[1] == 2 && parts->digits[2] == 2;
}

/* How to write the day, if there is one; "2026-04-03", without a year "3 Apr". */
static bool add_reading(struct iv_buf *out, const struct parts *parts, int year, int month, int day)
{
	struct iv_civil civil = {parts->count == 3 ? year : 2024, month, day};
	char text[11];
	if (!iv_civil_exists(civil))
		return false;
	iv_buf_puts(out, out->len ? " or " : "write ");
	if (parts->count == 3) {
		iv_day_format(text, iv_day_of(civil));
		iv_buf_puts(out, text);
	} else {
		iv_buf_printf(out, "'%d %s'", day, iv_spoken_name(WORD_MONTH, month));
	}
	return true;
}

/* `3/4/2026`, `18.11.`: what it could mean, in the way to say it. */
static int refuse_parts(const struct reader *r, const struct parts *parts)
{
	const int *n = parts->numbers;
	struct iv_buf readings = IV_BUF_INIT;
	int count = 0;
	if (parts->count == 3 && parts->digits[0] == 4) {
		count += add_reading(&readings, parts, n[0], n[1], n[2]);
	} else if (parts->count == 2 || parts->digits[2] == 4) {
		count += add_reading(&readings, parts, n[2], n[1], n[0]);
		if (n[0] != n[1])
			count += add_reading(&readings, parts, n[2], n[0], n[1]);
	} else {
		iv_buf_puts(&readings,
			    "write the year first and with four digits, then month and day");
		count = 1;
	}
	if (count)
		iv_error_set(r->error, IV_EINPUT, "%s'%.*s'%s; %s",
			     count > 1 ? "" : "expected a day such as 2026-11-23, not ",
			     IV_STR_ARG(parts->text), count > 1 ? " can be two days" : "",
			     readings.ptr);
	else
		no_day(r);
	iv_buf_release(&readings);
	return IV_EINPUT;
}

/* `2026-11-18`, perhaps with a time behind a T. */
static int read_parts(struct reader *r, const struct parts *parts)
{
	const int *n = parts->numbers;
	if (!is_iso(parts))
		return refuse_parts(r, parts);
	r->rest = after(r->rest, parts->text);
	if ((starts_with(r->rest, 'T') || starts_with(r->rest, 't')) &&
	    is_time(iv_str_slice(r->rest, 1, r->rest.len)))
		r->rest = iv_str_slice(r->rest, 1, r->rest.len);
	r->rest = iv_str_trim(r->rest);
	return set_civil(r, (struct iv_civil){n[0], n[1], n[2]});
}

static bool is_nearer(iv_day day, iv_day than, const struct iv_when_from *from)
{
	int64_t ahead = (int64_t)day - from->today, other = (int64_t)than - from->today;
	if (day == IV_NO_DAY)
		return false;
	if (from->lean == IV_LEAN_BACK && ahead > 0)
		return false;
	if (from->lean == IV_LEAN_AHEAD && ahead < 0)
		return false;
	return than == IV_NO_DAY || llabs(ahead) <= llabs(other);
}

/* A day of the year, of the year that the caller leans to. */
static int set_without_year(struct reader *r, int month, int day)
{
	int year = iv_civil_of(r->from->today).year;
	if (day < 1 || day > iv_days_in_month(2024, month))
		return iv_error_set(r->error, IV_EINPUT, "'%.*s': %s has the days 1 to %d",
				    IV_STR_ARG(r->text), iv_spoken_name(WORD_MONTH, month),
				    iv_days_in_month(2024, month));
	for (int y = year - 1; y <= year + 1; y++) {
		iv_day that = iv_day_of((struct iv_civil){y, month, day});
		if (is_nearer(that, r->when.day, r->from))
			r->when.day = that;
	}
	if (r->when.day != IV_NO_DAY)
		return 0;
	return iv_error_set(r->error, IV_EINPUT,
			    "'%.*s': no year near has that day; write the year",
			    IV_STR_ARG(r->text));
}

/* The year behind day and month, if one is there. */
static int read_year(struct reader *r, int month, int day)
{
	struct iv_str digits;
	int year;
	iv_spoken_skip_char(&r->rest, ',');
	digits = iv_spoken_digits(r->rest);
	if (!digits.len || is_time(r->rest))
		return set_without_year(r, month, day);
	if (digits.len != 4)
		return iv_error_set(r->error, IV_EINPUT,
				    "'%.*s': expected a year of four digits, not '%.*s'",
				    IV_STR_ARG(r->text), IV_STR_ARG(digits));
	if (!iv_spoken_number(&year, &r->rest) || year < YEAR_FIRST || year > YEAR_LAST)
		return iv_error_set(r->error, IV_EINPUT,
				    "'%.*s': '%.*s' is no year to be expected; a time is written "
				    "14:00",
				    IV_STR_ARG(r->text), IV_STR_ARG(digits));
	return set_civil(r, (struct iv_civil){year, month, day});
}

static int add_span(struct reader *r, int number, enum iv_unit unit)
{
	struct iv_span span = {false, number, unit};
	r->when.day = iv_day_plus(r->from->today, span, r->from->holidays);
	if (r->when.day != IV_NO_DAY)
		return 0;
	return iv_error_set(r->error, IV_EINPUT, "'%.*s' lies outside the years 1 to 9999",
			    IV_STR_ARG(r->text));
}

static bool take_unit(enum iv_unit *unit, struct iv_str *rest)
{
	bool business = iv_spoken_skip(rest, WORD_BUSINESS);
	int number;
	if (!iv_spoken_take(&number, rest, WORD_UNIT))
		return false;
	*unit = business ? IV_UNIT_BUSINESS_DAY : (enum iv_unit)number;
	return !business || number == IV_UNIT_DAY;
}

/* `3 weeks`, `a week`, `2w` */
static bool take_span(int *number, enum iv_unit *unit, struct iv_str *rest)
{
	*number = 1;
	return (iv_spoken_number(number, rest) || iv_spoken_skip(rest, WORD_ONE)) &&
	       take_unit(unit, rest);
}

/* `2 days ago`. Without a word on the direction it could be either. */
static int read_ago(struct reader *r)
{
	struct iv_str start = r->rest;
	enum iv_unit unit;
	int number;
	if (!take_span(&number, &unit, &r->rest))
		return no_day(r);
	if (iv_spoken_skip(&r->rest, WORD_AGO))
		return add_span(r, -number, unit);
	start = iv_str_trim(iv_str_slice(start, 0, start.len - r->rest.len));
	return iv_error_set(r->error, IV_EINPUT,
			    "'%.*s' can be two days; write 'in %.*s' or '%.*s ago'",
			    IV_STR_ARG(r->text), IV_STR_ARG(start), IV_STR_ARG(start));
}

/* `18 Nov`, `18th of November 2026`, an ISO date, or so many days ago. */
static int read_number(struct reader *r)
{
	struct iv_str rest = r->rest;
	struct parts parts;
	int day, month;
	if (find_parts(&parts, r->rest))
		return read_parts(r, &parts);
	if (!iv_spoken_number(&day, &rest))
		return no_day(r);
	if (!iv_spoken_skip(&rest, WORD_ORDINAL))
		iv_spoken_skip_char(&rest, '.');
	iv_spoken_skip(&rest, WORD_OF);
	if (!iv_spoken_take(&month, &rest, WORD_MONTH))
		return read_ago(r);
	r->rest = rest;
	return read_year(r, month, day);
}

/* A date by its numbers or names; `Nov 18, 2026` too. */
static int read_date(struct reader *r)
{
	int month, day;
	if (!iv_spoken_take(&month, &r->rest, WORD_MONTH))
		return read_number(r);
	if (!iv_spoken_number(&day, &r->rest))
		return no_day(r);
	iv_spoken_skip(&r->rest, WORD_ORDINAL);
	return read_year(r, month, day);
}

/* ---- days by their relation to today ---- */

/* `tue` alone, or `Tue 24 Nov`, where the date decides and the name has to agree. */
static int read_weekday(struct reader *r, int weekday)
{
	iv_day today = r->from->today;
	int back = (iv_weekday(today) - weekday + 7) % 7, rc;
	char day[11];
	iv_spoken_skip_char(&r->rest, ',');
	if (!r->rest.len || is_time(r->rest) || iv_spoken_at(r->rest, WORD_AT))
		return add_span(r, r->from->lean == IV_LEAN_BACK ? -back : (7 - back) % 7,
				IV_UNIT_DAY);
	rc = read_date(r);
	if (rc || iv_weekday(r->when.day) == weekday)
		return rc;
	iv_day_format(day, r->when.day);
	return iv_error_set(r->error, IV_EINPUT, "'%.*s': %s is a %s, not a %s",
			    IV_STR_ARG(r->text), day,
			    iv_spoken_name(WORD_WEEKDAY, iv_weekday(r->when.day)),
			    iv_spoken_name(WORD_WEEKDAY, weekday));
}

/* `next tue`: of the week after this one, which begin on Mondays. */
static int read_of_week(struct reader *r, int weeks)
{
	int weekday;
	if (!iv_spoken_take(&weekday, &r->rest, WORD_WEEKDAY))
		return iv_error_set(r->error, IV_EINPUT,
				    "'%.*s': expected a day of the week after this, next or last, "
				    "as in 'next tue'",
				    IV_STR_ARG(r->text));
	return add_span(r, weeks * 7 + weekday - iv_weekday(r->from->today), IV_UNIT_DAY);
}

/* `+2w`, and `in 2 weeks`, where the sign is taken. */
static int read_offset(struct reader *r, int sign)
{
	enum iv_unit unit;
	int number;
	if (!take_span(&number, &unit, &r->rest))
		return no_day(r);
	return add_span(r, sign * number, unit);
}

static int read_day(struct reader *r)
{
	int number;
	if (iv_spoken_take(&number, &r->rest, WORD_DAY))
		return add_span(r, number, IV_UNIT_DAY);
	if (iv_spoken_take(&number, &r->rest, WORD_WEEK))
		return read_of_week(r, number);
	if (iv_spoken_take(&number, &r->rest, WORD_WEEKDAY))
		return read_weekday(r, number);
	if (iv_spoken_skip_char(&r->rest, '+') || iv_spoken_skip(&r->rest, WORD_IN))
		return read_offset(r, 1);
	if (iv_spoken_skip_char(&r->rest, '-'))
		return read_offset(r, -1);
	return iv_spoken_at(r->rest, WORD_ONE) ? read_ago(r) : read_date(r);
}

/* ---- the whole ---- */

static int read_zone(struct reader *r)
{
	if (!r->rest.len)
		return 0;
	if (r->when.minute < 0 || iv_spoken_known(r->rest) || !iv_is_zone(r->rest))
		return no_day(r);
	r->when.zone = r->rest;
	return 0;
}

/* `fri 14:00`, `fri at 2pm` */
static int read_day_first(struct reader *r)
{
	int rc = read_day(r);
	bool at = false;
	if (rc)
		return rc;
	if (!iv_spoken_skip_char(&r->rest, ','))
		at = iv_spoken_skip(&r->rest, WORD_AT);
	if (is_time(r->rest))
		rc = read_time(r);
	else if (at)
		rc = no_day(r);
	return rc ? rc : read_zone(r);
}

/* `14:00`, which is today's, or `2pm tomorrow` */
static int read_time_first(struct reader *r)
{
	int rc = read_time(r);
	if (rc)
		return rc;
	rc = r->rest.len ? read_day(r) : add_span(r, 0, IV_UNIT_DAY);
	return rc ? rc : read_zone(r);
}

int iv_when_parse(struct iv_moment *out, struct iv_str text, const struct iv_when_from *from,
		  struct iv_error *error)
{
	struct iv_str trimmed = iv_str_trim(text);
	struct reader r = {trimmed, trimmed, from, {IV_NO_DAY, -1, {NULL, 0}}, error};
	int rc = is_time(r.rest) ? read_time_first(&r) : read_day_first(&r);
	*out = rc ? (struct iv_moment){IV_NO_DAY, -1, {NULL, 0}} : r.when;
	return rc;
}

int iv_when_parse_day(iv_day *out, struct iv_str text, const struct iv_when_from *from,
		      struct iv_error *error)
{
	struct iv_moment when;
	int rc = iv_when_parse(&when, text, from, error);
	*out = when.day;
	if (rc || when.minute < 0)
		return rc;
	*out = IV_NO_DAY;
	return iv_error_set(error, IV_EINPUT, "expected a day without a time, not '%.*s'",
			    IV_STR_ARG(iv_str_trim(text)));
}

/* `2026-W47`, or `last week`, `this week`, `next week`. */
static bool take_week(iv_day *monday, struct iv_str text, const struct iv_when_from *from)
{
	struct iv_span span = {false, 0, IV_UNIT_WEEK};
	struct iv_str rest = text;
	int unit;
	if (iv_week_parse(monday, text))
		return true;
	if (!iv_spoken_take(&span.number, &rest, WORD_WEEK) ||
	    !iv_spoken_take(&unit, &rest, WORD_UNIT) || unit != IV_UNIT_WEEK || rest.len)
		return false;
	*monday = iv_day_plus(from->today - (iv_weekday(from->today) - 1), span, NULL);
	return *monday != IV_NO_DAY;
}

int iv_when_parse_days(iv_day *first, iv_day *last, struct iv_str text,
		       const struct iv_when_from *from, struct iv_error *error)
{
	int rc = 0;
	if (take_week(first, iv_str_trim(text), from)) {
		*last = *first + 6;
		return 0;
	}
	rc = iv_when_parse_day(first, text, from, error);
	*last = *first;
	return rc;
}
