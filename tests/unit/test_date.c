/* Civil days, ISO weeks, front-matter dates, spans, business days, durations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/str.h"

static iv_day day(const char *text)
{
	iv_day out;

	if (!iv_day_parse(&out, iv_str_of(text)))
		fail_msg("'%s' is no day", text);
	return out;
}

static void assert_day(iv_day got, const char *expected)
{
	char text[11] = "none";

	if (got != IV_NO_DAY)
		iv_day_format(text, got);
	assert_string_equal(text, expected);
}

static void test_day_numbers(void **state)
{
	(void)state;
	assert_int_equal(day("1970-01-01"), 0);
	assert_int_equal(day("1969-12-31"), -1);
	assert_int_equal(day("2000-03-01"), 11017);
	assert_int_equal(day("2026-11-23"), 20780);
	assert_int_equal(day("0001-01-01"), -719162);
	assert_int_equal(day("9999-12-31"), 2932896);
}

/* Every day of the calendar follows the one before it, in number, date and weekday. */
static void test_whole_calendar(void **state)
{
	struct iv_civil civil = {1, 1, 1}, back;
	iv_day number = day("0001-01-01");
	int weekday = 1;

	(void)state;
	while (civil.year <= 9999) {
		assert_int_equal(iv_day_of(civil), number);
		back = iv_civil_of(number);
		assert_true(back.year == civil.year && back.month == civil.month &&
			    back.day == civil.day);
		assert_int_equal(iv_weekday(number), weekday);
		number++;
		weekday = weekday % 7 + 1;
		civil.day++;
		if (iv_civil_exists(civil))
			continue;
		civil.day = 1;
		if (++civil.month > 12) {
			civil.month = 1;
			civil.year++;
		}
	}
	assert_int_equal(number, day("9999-12-31") + 1);
}

static void test_day_refused(void **state)
{
	static const char *const wrong[] = {
		"",
		"2026-02-29",
		"2026-02-30",
		"1900-02-29",
		"2026-04-31",
		"2026-13-01",
		"2026-00-10",
		"2026-01-00",
		"0000-01-01",
		"2026-1-01",
		"2026-01-1",
		"26-01-01",
		"2026/01/01",
		"20260101",
		" 2026-01-01",
		"2026-01-01 ",
		"2026-01-0x",
		"-026-01-01",
		"2026-+1-01",
		"2026-01-32",
		"12026-01-01",
	};
	size_t i;
	iv_day out;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		out = 0;
		if (iv_day_parse(&out, iv_str_of(wrong[i])))
			fail_msg("'%s' was read", wrong[i]);
		assert_int_equal(out, IV_NO_DAY);
	}
	assert_day(day("2024-02-29"), "2024-02-29");
	assert_day(day("2000-02-29"), "2000-02-29");
	assert_int_equal(iv_day_of((struct iv_civil){2026, 2, 29}), IV_NO_DAY);
	assert_int_equal(iv_civil_of(IV_NO_DAY).year, 0);
}

static void test_weeks(void **state)
{
	static const char *const pairs[][2] = {
		{"2026-11-15", "2026-W46"}, {"2026-11-16", "2026-W47"}, {"2026-11-22", "2026-W47"},
		{"2026-11-23", "2026-W48"}, {"2020-12-31", "2020-W53"}, {"2021-01-03", "2020-W53"},
		{"2021-01-04", "2021-W01"}, {"2024-12-29", "2024-W52"}, {"2024-12-30", "2025-W01"},
		{"2016-01-01", "2015-W53"}, {"2022-01-01", "2021-W52"}, {"2023-01-01", "2022-W52"},
		{"2027-01-03", "2026-W53"}, {"2027-01-04", "2027-W01"}, {"2025-12-29", "2026-W01"},
		{"0001-01-01", "0001-W01"}, {"9999-12-31", "9999-W52"},
	};
	char text[9];
	iv_day monday, that;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		that = day(pairs[i][0]);
		iv_week_format(text, that);
		assert_string_equal(text, pairs[i][1]);
		assert_true(iv_week_parse(&monday, iv_str_of(text)));
		assert_int_equal(monday, that - iv_weekday(that) + 1);
	}
}

static void test_weeks_refused(void **state)
{
	static const char *const wrong[] = {"2025-W53", "2026-W00", "2026-W54", "2026-47",
					    "2026W47",  "2026-W7",  "0000-W01", "2026-W4x",
					    "",         "2026-W047"};
	size_t i;
	iv_day monday;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		if (iv_week_parse(&monday, iv_str_of(wrong[i])))
			fail_msg("'%s' was read", wrong[i]);
		assert_int_equal(monday, IV_NO_DAY);
	}
}

static void test_datetime(void **state)
{
	static const struct {
		const char *text;
		int minute;
	} right[] = {
		{"2026-11-18", -1},
		{"2026-11-18 00:00", 0},
		{"2026-11-18 10:00", 600},
		{"2026-11-18T23:59", 1439},
		{"2026-11-18 9:05", 545},
		{"2026-11-18  10:00", 600},
		{"2026-11-18 10:00:30", 600},
		{"2026-11-18T10:00:30.250Z", 600},
		{"2026-11-18T10:00Z", 600},
		{"2026-11-18T10:00+01:00", 600},
		{"2026-11-18T10:00-0530", 600},
		{"2026-11-18 10:00 +01", 600},
		{"2026-11-18 10:00 Europe/Berlin", 600},
		{"2026-11-18 10:00 America/Argentina/Buenos_Aires", 600},
		{"2026-11-18 10:00 Etc/GMT+5", 600},
		{"2026-11-18 10:00 CEST", 600},
	};
	size_t i;
	iv_day out;
	int minute;

	(void)state;
	for (i = 0; i < sizeof(right) / sizeof(*right); i++) {
		if (!iv_datetime_parse(&out, &minute, iv_str_of(right[i].text)))
			fail_msg("'%s' was not read", right[i].text);
		assert_day(out, "2026-11-18");
		assert_int_equal(minute, right[i].minute);
	}
}

/* `2:30 PM` read as half past two in the night would be worse than not read. */
static void test_datetime_refused(void **state)
{
	static const char *const wrong[] = {
		"",
		"2026-11-31",
		"2026-02-29 10:00",
		"2026-11-18 24:00",
		"2026-11-18 10:60",
		"2026-11-18 10",
		"2026-11-18 10:0",
		"2026-11-18 10:00:",
		"2026-11-18 10:00:61",
		"2026-11-18x10:00",
		"2026-11-1810:00",
		"2026-11-18 ",
		"2026-11-18T",
		"2026-11-18 2:30 PM",
		"2026-11-18 2:30pm",
		"2026-11-18 10:00 or so",
		"2026-11-18 10:00 +25:00",
		"2026-11-18 10:00 +1:00",
		"2026-11-18 10:00 /",
		"2026-11-18 100:00",
		"18.11.2026",
		"tomorrow",
	};
	static const char nul[] = "2026-11-18 10:00 Europe/\0";
	size_t i;
	iv_day out;
	int minute;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		if (iv_datetime_parse(&out, &minute, iv_str_of(wrong[i])))
			fail_msg("'%s' was read", wrong[i]);
		assert_int_equal(out, IV_NO_DAY);
		assert_int_equal(minute, -1);
	}
	assert_false(iv_datetime_parse(&out, &minute, (struct iv_str){nul, sizeof(nul) - 1}));
}

static void test_span_parse(void **state)
{
	static const char *const wrong[] = {"",     "d",   "5",           "5x",  "10000d",
					    "5 d",  "-",   "--5d",        "+5d", "Off",
					    "5bdx", "b5d", "99999999999d"};
	struct iv_span span;
	size_t i;

	(void)state;
	assert_true(iv_span_parse(&span, IV_LIT("5bd")));
	assert_true(!span.off && span.number == 5 && span.unit == IV_UNIT_BUSINESS_DAY);
	assert_true(iv_span_parse(&span, IV_LIT("9999d")));
	assert_true(span.number == 9999 && span.unit == IV_UNIT_DAY);
	assert_true(iv_span_parse(&span, IV_LIT("8w")));
	assert_true(span.number == 8 && span.unit == IV_UNIT_WEEK);
	assert_true(iv_span_parse(&span, IV_LIT("-3m")));
	assert_true(span.number == -3 && span.unit == IV_UNIT_MONTH);
	assert_true(iv_span_parse(&span, IV_LIT("0y")));
	assert_true(span.number == 0 && span.unit == IV_UNIT_YEAR);
	assert_true(iv_span_parse(&span, IV_LIT("off")));
	assert_true(span.off);
	for (i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		if (iv_span_parse(&span, iv_str_of(wrong[i])))
			fail_msg("'%s' was read", wrong[i]);
}

static void assert_plus(const char *from, const char *text, const struct iv_holidays *holidays,
			const char *expected)
{
	struct iv_span span;

	assert_true(iv_span_parse(&span, iv_str_of(text)));
	assert_day(iv_day_plus(day(from), span, holidays), expected);
}

static void test_plus(void **state)
{
	(void)state;
	assert_plus("2026-02-28", "1d", NULL, "2026-03-01");
	assert_plus("2024-02-28", "1d", NULL, "2024-02-29");
	assert_plus("2026-01-01", "-1d", NULL, "2025-12-31");
	assert_plus("2026-12-28", "1w", NULL, "2027-01-04");
	assert_plus("2026-01-31", "1m", NULL, "2026-02-28");
	assert_plus("2024-01-31", "1m", NULL, "2024-02-29");
	assert_plus("2026-03-31", "-1m", NULL, "2026-02-28");
	assert_plus("2026-12-31", "2m", NULL, "2027-02-28");
	assert_plus("2026-01-15", "-13m", NULL, "2024-12-15");
	assert_plus("2026-01-15", "12m", NULL, "2027-01-15");
	assert_plus("2024-02-29", "1y", NULL, "2025-02-28");
	assert_plus("2024-02-29", "4y", NULL, "2028-02-29");
	assert_plus("2026-11-23", "off", NULL, "none");
}

static void test_plus_leaves_calendar(void **state)
{
	const struct iv_span huge = {false, INT32_MAX, IV_UNIT_YEAR};

	(void)state;
	assert_plus("9999-12-31", "0d", NULL, "9999-12-31");
	assert_plus("9999-12-31", "1d", NULL, "none");
	assert_plus("9999-12-31", "1bd", NULL, "none");
	assert_plus("9999-12-01", "1m", NULL, "none");
	assert_plus("0001-01-01", "-1d", NULL, "none");
	assert_plus("0001-01-01", "-1bd", NULL, "none");
	assert_plus("0001-01-31", "-1m", NULL, "none");
	assert_plus("2026-01-01", "9999w", NULL, "2217-08-21");
	assert_plus("2026-01-01", "9999y", NULL, "none");
	assert_day(iv_day_plus(day("2026-01-01"), huge, NULL), "none");
	assert_day(iv_day_plus(IV_NO_DAY, (struct iv_span){false, 1, IV_UNIT_DAY}, NULL), "none");
}

/* 2026-11-23 is a Monday. */
static void test_business_days(void **state)
{
	(void)state;
	assert_plus("2026-11-20", "1bd", NULL, "2026-11-23");
	assert_plus("2026-11-23", "5bd", NULL, "2026-11-30");
	assert_plus("2026-11-25", "3bd", NULL, "2026-11-30");
	assert_plus("2026-11-23", "0bd", NULL, "2026-11-23");
	assert_plus("2026-11-21", "0bd", NULL, "2026-11-23");
	assert_plus("2026-11-21", "1bd", NULL, "2026-11-23");
	assert_plus("2026-11-22", "1bd", NULL, "2026-11-23");
	assert_plus("2026-11-21", "5bd", NULL, "2026-11-27");
	assert_plus("2026-11-23", "-1bd", NULL, "2026-11-20");
	assert_plus("2026-11-21", "-1bd", NULL, "2026-11-20");
	assert_plus("2026-11-22", "-2bd", NULL, "2026-11-19");
	assert_plus("2026-11-23", "-5bd", NULL, "2026-11-16");
}

static void test_holidays(void **state)
{
	const iv_day days[] = {day("2026-11-21"), day("2026-11-26"), day("2026-12-25"),
			       day("2027-01-01")};
	const struct iv_holidays holidays = {days, 4};

	(void)state;
	assert_plus("2026-11-25", "1bd", &holidays, "2026-11-27");
	assert_plus("2026-11-26", "0bd", &holidays, "2026-11-27");
	assert_plus("2026-11-27", "-1bd", &holidays, "2026-11-25");
	assert_plus("2026-11-20", "1bd", &holidays, "2026-11-23");
	assert_plus("2026-12-24", "1bd", &holidays, "2026-12-28");
	assert_plus("2026-12-25", "0bd", &holidays, "2026-12-28");
	assert_plus("2026-12-30", "2bd", &holidays, "2027-01-04");
	assert_plus("2027-01-04", "-1bd", &holidays, "2026-12-31");
}

static void test_minutes(void **state)
{
	static const struct {
		const char *text;
		int minutes;
	} right[] = {
		{"20m", 20},      {"20 min", 20}, {"20 minutes", 20},    {"1 minute", 1},
		{"1h", 60},       {"1h15m", 75},  {"1h15", 75},          {"1 h 15 min", 75},
		{"2 hours", 120}, {"1:15", 75},   {"0:45", 45},          {"20", 20},
		{"0", 0},         {"90M", 90},    {"1 hour 5 mins", 65},
	};
	static const char *const wrong[] = {"",      "m",    "-5",    "1h75m", "1:60",
					    "1:",    "1.5h", "20x",   "1m5h",  "10000",
					    "1:15m", "h",    "20m 5", "1h 5x", "20 30"};
	size_t i;
	int minutes;

	(void)state;
	for (i = 0; i < sizeof(right) / sizeof(*right); i++) {
		if (!iv_minutes_parse(&minutes, iv_str_of(right[i].text)))
			fail_msg("'%s' was not read", right[i].text);
		assert_int_equal(minutes, right[i].minutes);
	}
	for (i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		if (iv_minutes_parse(&minutes, iv_str_of(wrong[i])))
			fail_msg("'%s' was read", wrong[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_day_numbers),
		cmocka_unit_test(test_whole_calendar),
		cmocka_unit_test(test_day_refused),
		cmocka_unit_test(test_weeks),
		cmocka_unit_test(test_weeks_refused),
		cmocka_unit_test(test_datetime),
		cmocka_unit_test(test_datetime_refused),
		cmocka_unit_test(test_span_parse),
		cmocka_unit_test(test_plus),
		cmocka_unit_test(test_plus_leaves_calendar),
		cmocka_unit_test(test_business_days),
		cmocka_unit_test(test_holidays),
		cmocka_unit_test(test_minutes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
