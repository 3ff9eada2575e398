#include "base/date.h"

#include <string.h>

#include "base/str.h"

#define YEAR_MIN 1
#define YEAR_MAX 9999
#define NUMBER_MAX 9999
/* Days from 0001-01-01, a Monday, to 1970-01-01. */
#define EPOCH 719162
#define DAYS_PER_400_YEARS 146097

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int iv_days_in_month(int year, int month)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return lengths[month - 1] + (month == 2 && is_leap(year));
}

/* Days of the year before the first of the month. */
static int days_before_month(int year, int month)
{
	static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

	return before[month - 1] + (month > 2 && is_leap(year));
}

/* Days from 0001-01-01 to the first of January of the year. */
static int days_before_year(int year)
{
	int past = year - 1;

	return past * 365 + past / 4 - past / 100 + past / 400;
}

/* IV_NO_DAY outside the years 1 to 9999. */
static iv_day in_range(int64_t day)
{
	return day < -EPOCH || day >= days_before_year(YEAR_MAX + 1) - EPOCH ? IV_NO_DAY
									     : (iv_day)day;
}

bool iv_civil_exists(struct iv_civil civil)
{
	return civil.year >= YEAR_MIN && civil.year <= YEAR_MAX && civil.month >= 1 &&
	       civil.month <= 12 && civil.day >= 1 &&
	       civil.day <= iv_days_in_month(civil.year, civil.month);
}

iv_day iv_day_of(struct iv_civil civil)
{
	if (!iv_civil_exists(civil))
		return IV_NO_DAY;
	return days_before_year(civil.year) + days_before_month(civil.year, civil.month) +
	       civil.day - 1 - EPOCH;
}

struct iv_civil iv_civil_of(iv_day day)
{
	int64_t days = (int64_t)day + EPOCH;
	struct iv_civil civil;
	int of_year;

	if (in_range(day) == IV_NO_DAY)
		return (struct iv_civil){0, 0, 0};
	/* An estimate that is right or one too large, as no year has more than 366 days. */
	civil.year = (int)(days * 400 / DAYS_PER_400_YEARS) + 1;
	if (days_before_year(civil.year) > days)
		civil.year--;
	else if (days_before_year(civil.year + 1) <= days)
		civil.year++;
	of_year = (int)(days - days_before_year(civil.year));
	civil.month = of_year / 31 + 1;
	if (civil.month < 12 && days_before_month(civil.year, civil.month + 1) <= of_year)
		civil.month++;
	civil.day = of_year - days_before_month(civil.year, civil.month) + 1;
	return civil;
}

int iv_weekday(iv_day day)
{
	int weekday = (int)(((int64_t)day + EPOCH) % 7);

	return (weekday < 0 ? weekday + 7 : weekday) + 1;
}

/* All digits of the slice as a number. */
static bool read_digits(int *out, struct iv_str text, size_t from, size_t to)
{
	return to <= text.len && iv_str_int(out, iv_str_slice(text, from, to));
}

bool iv_day_parse(iv_day *out, struct iv_str text)
{
	struct iv_civil civil;

	*out = IV_NO_DAY;
	if (text.len != 10 || text.ptr[4] != '-' || text.ptr[7] != '-' ||
	    !read_digits(&civil.year, text, 0, 4) || !read_digits(&civil.month, text, 5, 7) ||
	    !read_digits(&civil.day, text, 8, 10))
		return false;
	*out = iv_day_of(civil);
	return *out != IV_NO_DAY;
}

static void put_digits(char *out, int value, int width)
{
	while (width--) {
		out[width] = (char)('0' + value % 10);
		value /= 10;
	}
}

void iv_day_format(char out[11], iv_day day)
{
	struct iv_civil civil = iv_civil_of(day);

	memcpy(out, "0000-00-00", 11);
	put_digits(out, civil.year, 4);
	put_digits(out + 5, civil.month, 2);
	put_digits(out + 8, civil.day, 2);
}

/* The Monday of the week that holds 4 January, which is ISO's first week. */
static iv_day first_monday(int year)
{
	iv_day fourth = days_before_year(year) + 3 - EPOCH;

	return fourth - (iv_weekday(fourth) - 1);
}

bool iv_week_parse(iv_day *monday, struct iv_str text)
{
	int year, week;
	iv_day day;

	*monday = IV_NO_DAY;
	if (text.len != 8 || text.ptr[4] != '-' || text.ptr[5] != 'W' ||
	    !read_digits(&year, text, 0, 4) || !read_digits(&week, text, 6, 8))
		return false;
	if (year < YEAR_MIN || year > YEAR_MAX || week < 1)
		return false;
	day = first_monday(year) + (week - 1) * 7;
	if (day >= first_monday(year + 1))
		return false;
	*monday = day;
	return true;
}

void iv_week_format(char out[9], iv_day day)
{
	iv_day thursday;
	int year;

	memcpy(out, "0000-W00", 9);
	if (in_range(day) == IV_NO_DAY)
		return;
	thursday = day - iv_weekday(day) + 4;
	year = iv_civil_of(thursday).year;
	put_digits(out, year, 4);
	put_digits(out + 6, (thursday - first_monday(year)) / 7 + 1, 2);
}

/* Reads one or two digits (exactly two unless `loose`) below `limit`; advances *text. */
static bool take_number(int *out, struct iv_str *text, bool loose, int limit)
{
	size_t len = 0;

	while (len < 2 && len < text->len && iv_is_digit(text->ptr[len]))
		len++;
	if (len < (loose ? 1u : 2u) || !read_digits(out, *text, 0, len) || *out >= limit)
		return false;
	*text = iv_str_slice(*text, len, text->len);
	return true;
}

static bool take_char(struct iv_str *text, char c)
{
	if (!text->len || text->ptr[0] != c)
		return false;
	*text = iv_str_slice(*text, 1, text->len);
	return true;
}

/* `+01:00`, `+0100` or `+01`. */
static bool is_offset(struct iv_str text)
{
	int hours, minutes;

	if (!take_char(&text, '+') && !take_char(&text, '-'))
		return false;
	if (!take_number(&hours, &text, false, 24))
		return false;
	if (!text.len)
		return true;
	take_char(&text, ':');
	return take_number(&minutes, &text, false, 60) && !text.len;
}

/* `Europe/Berlin`, `Etc/GMT+1`, or capitals as in `UTC` and `CEST`; never AM or PM. */
static bool is_zone_name(struct iv_str text)
{
	bool slash = iv_str_find_char(text, '/') != SIZE_MAX;
	size_t i;

	if (slash ? !iv_is_alpha(text.ptr[0]) : text.len < 3 || text.len > 5)
		return false;
	for (i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (slash ? !iv_is_alpha(c) && !iv_is_digit(c) && !(c && strchr("/_+-", c))
			  : c < 'A' || c > 'Z')
			return false;
	}
	return true;
}

bool iv_is_zone(struct iv_str text)
{
	return !text.len || iv_str_is(text, "Z") || is_offset(text) || is_zone_name(text);
}

static bool skip_seconds(struct iv_str *text)
{
	int seconds;

	if (!take_char(text, ':'))
		return true;
	if (!take_number(&seconds, text, false, 60))
		return false;
	if (take_char(text, '.'))
		while (text->len && iv_is_digit(text->ptr[0]))
			*text = iv_str_slice(*text, 1, text->len);
	return true;
}

bool iv_time_take(int *minute, struct iv_str *text)
{
	struct iv_str rest = *text;
	int hours, minutes;

	if (!take_number(&hours, &rest, true, 24) || !take_char(&rest, ':') ||
	    !take_number(&minutes, &rest, false, 60) || !skip_seconds(&rest))
		return false;
	*minute = hours * 60 + minutes;
	*text = rest;
	return true;
}

bool iv_datetime_parse(iv_day *day, int *minute, struct iv_str text)
{
	struct iv_str rest = iv_str_slice(text, 10, text.len);
	int time = -1;

	*minute = -1;
	if (!iv_day_parse(day, iv_str_slice(text, 0, 10)))
		return false;
	if (!rest.len)
		return true;
	if ((take_char(&rest, 'T') || iv_is_space(rest.ptr[0])) && (rest = iv_str_trim(rest)).len &&
	    iv_time_take(&time, &rest) && iv_is_zone(iv_str_trim(rest))) {
		*minute = time;
		return true;
	}
	*day = IV_NO_DAY;
	return false;
}

static const struct unit_word {
	const char *word;
	enum iv_unit unit;
} unit_words[] = {
	{"d", IV_UNIT_DAY},   {"bd", IV_UNIT_BUSINESS_DAY}, {"w", IV_UNIT_WEEK},
	{"m", IV_UNIT_MONTH}, {"y", IV_UNIT_YEAR},
};

static size_t count_digits(struct iv_str text)
{
	size_t count = 0;

	while (count < text.len && iv_is_digit(text.ptr[count]))
		count++;
	return count;
}

bool iv_span_parse(struct iv_span *out, struct iv_str text)
{
	struct iv_span span = {false, 0, IV_UNIT_DAY};
	bool negative;
	size_t digits, i;

	if (iv_str_is(text, "off")) {
		*out = (struct iv_span){true, 0, IV_UNIT_DAY};
		return true;
	}
	negative = take_char(&text, '-');
	digits = count_digits(text);
	if (!read_digits(&span.number, text, 0, digits) || span.number > NUMBER_MAX)
		return false;
	if (negative)
		span.number = -span.number;
	text = iv_str_slice(text, digits, text.len);
	for (i = 0; i < sizeof(unit_words) / sizeof(*unit_words); i++) {
		if (!iv_str_is(text, unit_words[i].word))
			continue;
		span.unit = unit_words[i].unit;
		*out = span;
		return true;
	}
	return false;
}

static bool is_holiday(iv_day day, const struct iv_holidays *holidays)
{
	size_t low = 0, high = holidays ? holidays->count : 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (holidays->days[middle] < day)
			low = middle + 1;
		else
			high = middle;
	}
	return holidays && low < holidays->count && holidays->days[low] == day;
}

static bool is_business_day(iv_day day, const struct iv_holidays *holidays)
{
	return iv_weekday(day) <= 5 && !is_holiday(day, holidays);
}

static iv_day plus_business_days(iv_day day, int number, const struct iv_holidays *holidays)
{
	int step = number < 0 ? -1 : 1;
	int64_t left = number < 0 ? -(int64_t)number : number;

	if (!left)
		while (day != IV_NO_DAY && !is_business_day(day, holidays))
			day = in_range((int64_t)day + 1);
	while (left && (day = in_range((int64_t)day + step)) != IV_NO_DAY)
		left -= is_business_day(day, holidays);
	return day;
}

static iv_day plus_months(iv_day day, int64_t number)
{
	struct iv_civil civil = iv_civil_of(day);
	int64_t months = (int64_t)civil.year * 12 + civil.month - 1 + number;
	int length;

	if (months < YEAR_MIN * 12 || months >= (YEAR_MAX + 1) * 12)
		return IV_NO_DAY;
	civil.year = (int)(months / 12);
	civil.month = (int)(months % 12) + 1;
	length = iv_days_in_month(civil.year, civil.month);
	if (civil.day > length)
		civil.day = length;
	return iv_day_of(civil);
}

iv_day iv_day_plus(iv_day day, struct iv_span span, const struct iv_holidays *holidays)
{
	if (span.off || in_range(day) == IV_NO_DAY)
		return IV_NO_DAY;
	switch (span.unit) {
	case IV_UNIT_DAY: return in_range((int64_t)day + span.number);
	case IV_UNIT_BUSINESS_DAY: return plus_business_days(day, span.number, holidays);
	case IV_UNIT_WEEK: return in_range((int64_t)day + (int64_t)span.number * 7);
	case IV_UNIT_MONTH: return plus_months(day, span.number);
	case IV_UNIT_YEAR: return plus_months(day, (int64_t)span.number * 12);
	}
	return IV_NO_DAY;
}

static bool is_one_of(struct iv_str word, const char *const *words)
{
	for (; *words; words++)
		if (iv_str_is_nocase(word, *words))
			return true;
	return false;
}

/* Takes a number and the word after it; white space around either is skipped. */
static bool take_amount(int *number, struct iv_str *unit, struct iv_str *text)
{
	size_t digits, letters;

	digits = count_digits(*text);
	if (!read_digits(number, *text, 0, digits) || *number > NUMBER_MAX)
		return false;
	*text = iv_str_trim(iv_str_slice(*text, digits, text->len));
	for (letters = 0; letters < text->len && iv_is_alpha(text->ptr[letters]);)
		letters++;
	*unit = iv_str_slice(*text, 0, letters);
	*text = iv_str_trim(iv_str_slice(*text, letters, text->len));
	return true;
}

bool iv_minutes_parse(int *out, struct iv_str text)
{
	static const char *const hour_words[] = {"h", "hr", "hrs", "hour", "hours", NULL};
	static const char *const minute_words[] = {"m", "min", "mins", "minute", "minutes", NULL};
	struct iv_str unit;
	int hours, minutes;
	bool colon;

	if (!take_amount(&hours, &unit, &text))
		return false;
	if (!text.len && (!unit.len || is_one_of(unit, minute_words))) {
		*out = hours;
		return true;
	}
	colon = !unit.len && take_char(&text, ':');
	if (!colon && !is_one_of(unit, hour_words))
		return false;
	minutes = 0;
	unit = (struct iv_str){NULL, 0};
	if ((colon || text.len) &&
	    (!take_amount(&minutes, &unit, &text) || text.len || minutes >= 60))
		return false;
	if (unit.len && (colon || !is_one_of(unit, minute_words)))
		return false;
	*out = hours * 60 + minutes;
	return true;
}
