/* The grammar of ivnotes-dates(7), form by form, and what it refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/str.h"
#include "base/when.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define NONE IV_LEAN_NONE
#define BACK IV_LEAN_BACK
#define AHEAD IV_LEAN_AHEAD

static iv_day day(const char *text)
{
	iv_day out;
	if (!iv_day_parse(&out, iv_str_of(text)))
		fail_msg("'%s' is no day", text);
	return out;
}

/* "2026-11-24 14:00 Z", or the error's message. */
static const char *read_from(char out[256], const char *text, const char *today, enum iv_lean lean)
{
	const iv_day free_days[] = {day("2026-11-26"), day("2026-12-25")};
	const struct iv_holidays holidays = {free_days, COUNT(free_days)};
	const struct iv_when_from from = {day(today), lean, &holidays};
	struct iv_error error = IV_ERROR_INIT;
	struct iv_moment when;
	char that[11];
	if (iv_when_parse(&when, iv_str_of(text), &from, &error)) {
		assert_int_equal(error.code, IV_EINPUT);
		assert_int_equal(when.day, IV_NO_DAY);
		assert_int_equal(when.minute, -1);
		snprintf(out, 256, "%s", error.message);
		iv_error_release(&error);
		return out;
	}
	iv_day_format(that, when.day);
	if (when.minute < 0)
		snprintf(out, 256, "%s", that);
	else
		snprintf(out, 256, "%s %02d:%02d%s%.*s", that, when.minute / 60, when.minute % 60,
			 when.zone.len ? " " : "", IV_STR_ARG(when.zone));
	return out;
}

static void assert_reads(const char *text, const char *today, enum iv_lean lean,
			 const char *expected)
{
	char got[256];
	if (strcmp(read_from(got, text, today, lean), expected) != 0)
		fail_msg("'%s' from %s: got \"%s\", expected \"%s\"", text, today, got, expected);
}

/* Read on 2026-11-23, a Monday. */
static const char *const from_monday[][2] = {
	{"2026-11-18", "2026-11-18"},
	{"0001-01-01", "0001-01-01"},
	{"9999-12-31", "9999-12-31"},
	{"2024-02-29", "2024-02-29"},
	{" 2026-11-18 ", "2026-11-18"},
	{"today", "2026-11-23"},
	{"Today", "2026-11-23"},
	{"TOMORROW", "2026-11-24"},
	{"yesterday", "2026-11-22"},
	{"+0d", "2026-11-23"},
	{"+2w", "2026-12-07"},
	{"+ 2 w", "2026-12-07"},
	{"+2 weeks", "2026-12-07"},
	{"-3d", "2026-11-20"},
	{"-1m", "2026-10-23"},
	{"+1y", "2027-11-23"},
	{"+2bd", "2026-11-25"},
	{"+3bd", "2026-11-27"},
	{"+5bd", "2026-12-01"},
	{"-1bd", "2026-11-20"},
	{"in 3 weeks", "2026-12-14"},
	{"in 3w", "2026-12-14"},
	{"in a week", "2026-11-30"},
	{"in 1 day", "2026-11-24"},
	{"in 3 business days", "2026-11-27"},
	{"in a month", "2026-12-23"},
	{"in 2 years", "2028-11-23"},
	{"2 days ago", "2026-11-21"},
	{"2d ago", "2026-11-21"},
	{"a week ago", "2026-11-16"},
	{"an month ago", "2026-10-23"},
	{"1 business day ago", "2026-11-20"},
	{"18 Nov", "2026-11-18"},
	{"18 nov", "2026-11-18"},
	{"18nov", "2026-11-18"},
	{"18. Nov", "2026-11-18"},
	{"18th Nov", "2026-11-18"},
	{"18th of November", "2026-11-18"},
	{"Nov 18", "2026-11-18"},
	{"November 18th", "2026-11-18"},
	{"1st Dec", "2026-12-01"},
	{"2nd dec", "2026-12-02"},
	{"3rd dec", "2026-12-03"},
	{"18 Nov 2025", "2025-11-18"},
	{"18 November, 2025", "2025-11-18"},
	{"Nov 18, 2025", "2025-11-18"},
	{"18 Nov 1900", "1900-11-18"},
	{"29 Feb 2028", "2028-02-29"},
	{"Wed 18 Nov", "2026-11-18"},
	{"Wed, 18 Nov 2026", "2026-11-18"},
	{"wednesday 2026-11-18", "2026-11-18"},
	{"Wed Nov 18 14:00", "2026-11-18 14:00"},
	{"14:00", "2026-11-23 14:00"},
	{"9:30", "2026-11-23 09:30"},
	{"00:00", "2026-11-23 00:00"},
	{"23:59", "2026-11-23 23:59"},
	{"2pm", "2026-11-23 14:00"},
	{"2 PM", "2026-11-23 14:00"},
	{"2:30pm", "2026-11-23 14:30"},
	{"2.30 pm", "2026-11-23 14:30"},
	{"9am", "2026-11-23 09:00"},
	{"12am", "2026-11-23 00:00"},
	{"12:01am", "2026-11-23 00:01"},
	{"12pm", "2026-11-23 12:00"},
	{"12:59 pm", "2026-11-23 12:59"},
	{"noon", "2026-11-23 12:00"},
	{"2026-11-18 14:00", "2026-11-18 14:00"},
	{"2026-11-18T14:00", "2026-11-18 14:00"},
	{"2026-11-18t2pm", "2026-11-18 14:00"},
	{"2026-11-18 14:00:30", "2026-11-18 14:00"},
	{"2026-11-18T14:00Z", "2026-11-18 14:00 Z"},
	{"2026-11-18T14:00+01:00", "2026-11-18 14:00 +01:00"},
	{"next tue 14:00 Europe/Berlin", "2026-12-01 14:00 Europe/Berlin"},
	{"tomorrow 2pm CET", "2026-11-24 14:00 CET"},
	{"next tue 14:00", "2026-12-01 14:00"},
	{"tomorrow 2pm", "2026-11-24 14:00"},
	{"tomorrow, 2pm", "2026-11-24 14:00"},
	{"tomorrow at 2 pm", "2026-11-24 14:00"},
	{"2pm tomorrow", "2026-11-24 14:00"},
	{"14:00 fri", "2026-11-27 14:00"},
	{"14:00 FRI", "2026-11-27 14:00"},
	{"18 Nov 14:00", "2026-11-18 14:00"},
	{"18 Nov at 2pm", "2026-11-18 14:00"},
	{"18 Nov 2 pm", "2026-11-18 14:00"},
	{"18 Nov 2026 2pm", "2026-11-18 14:00"},
	{"Nov 18 14:00", "2026-11-18 14:00"},
	{"Nov 18, 2 pm", "2026-11-18 14:00"},
	{"+1w 9:30", "2026-11-30 09:30"},
	{"in 2 days at noon", "2026-11-25 12:00"},
	{"2 days ago 14:00", "2026-11-21 14:00"},
	{"fri at 14:00", "2026-11-27 14:00"},
};

static void test_monday(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(from_monday); i++)
		assert_reads(from_monday[i][0], "2026-11-23", NONE, from_monday[i][1]);
}

/* Every name of a weekday and a month, short and full. */
static void test_names(void **state)
{
	static const char *const weekdays[7][5] = {
		{"mon", "Monday"},    {"tue", "tues", "Tuesday"},
		{"wed", "Wednesday"}, {"thu", "thur", "thurs", "Thursday"},
		{"fri", "Friday"},    {"sat", "Saturday"},
		{"sun", "Sunday"},
	};
	static const char *const months[12][4] = {
		{"jan", "January"}, {"feb", "February"}, {"mar", "March"},
		{"apr", "April"},   {"may", "May"},      {"jun", "June"},
		{"jul", "July"},    {"aug", "August"},   {"sep", "sept", "September"},
		{"oct", "October"}, {"nov", "November"}, {"dec", "December"},
	};
	char text[64], expected[11];
	(void)state;
	for (int w = 0; w < 7; w++)
		for (const char *const *name = weekdays[w]; *name; name++) {
			iv_day_format(expected, day("2026-11-23") + w);
			assert_reads(*name, "2026-11-23", AHEAD, expected);
		}
	for (int m = 0; m < 12; m++)
		for (const char *const *name = months[m]; *name; name++) {
			snprintf(text, sizeof(text), "5 %s 2026", *name);
			iv_day_format(expected, iv_day_of((struct iv_civil){2026, m + 1, 5}));
			assert_reads(text, "2026-11-23", NONE, expected);
		}
}

/* A weekday alone is today's where the name is today's; the lean says which way else. */
static void test_weekdays(void **state)
{
	static const struct {
		const char *text, *today;
		enum iv_lean lean;
		const char *expected;
	} rows[] = {
		/* 2026-11-27 is a Friday. */
		{"fri", "2026-11-27", NONE, "2026-11-27"},
		{"fri", "2026-11-27", BACK, "2026-11-27"},
		{"fri", "2026-11-27", AHEAD, "2026-11-27"},
		{"fri", "2026-11-28", NONE, "2026-12-04"},
		{"fri", "2026-11-28", AHEAD, "2026-12-04"},
		{"fri", "2026-11-28", BACK, "2026-11-27"},
		{"fri", "2026-11-26", BACK, "2026-11-20"},
		{"fri", "2026-11-26", NONE, "2026-11-27"},
		/* The week, Monday to Sunday, decides; the lean does not. */
		{"next tue", "2026-11-23", NONE, "2026-12-01"},
		{"next tue", "2026-11-24", NONE, "2026-12-01"},
		{"next tue", "2026-11-29", NONE, "2026-12-01"},
		{"next mon", "2026-11-23", AHEAD, "2026-11-30"},
		{"next sun", "2026-11-23", AHEAD, "2026-12-06"},
		{"next tue", "2026-11-23", BACK, "2026-12-01"},
		{"this tue", "2026-11-23", BACK, "2026-11-24"},
		{"this tue", "2026-11-27", AHEAD, "2026-11-24"},
		{"this sun", "2026-11-23", NONE, "2026-11-29"},
		{"last tue", "2026-11-23", NONE, "2026-11-17"},
		{"last tue", "2026-11-29", AHEAD, "2026-11-17"},
		{"last sun", "2026-11-23", NONE, "2026-11-22"},
		/* A date decides before the name, which has to agree. */
		{"fri 20 Nov", "2026-11-23", AHEAD,
		 "'fri 20 Nov': 2027-11-20 is a Saturday, not a Friday"},
		{"fri 20 Nov", "2026-11-23", BACK, "2026-11-20"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_reads(rows[i].text, rows[i].today, rows[i].lean, rows[i].expected);
}

/* A day and month without a year. */
static void test_years(void **state)
{
	static const struct {
		const char *text, *today;
		enum iv_lean lean;
		const char *expected;
	} rows[] = {
		{"23 Nov", "2026-11-23", NONE, "2026-11-23"},
		{"23 Nov", "2026-11-23", BACK, "2026-11-23"},
		{"23 Nov", "2026-11-23", AHEAD, "2026-11-23"},
		{"18 Nov", "2026-11-23", NONE, "2026-11-18"},
		{"18 Nov", "2026-11-23", BACK, "2026-11-18"},
		{"18 Nov", "2026-11-23", AHEAD, "2027-11-18"},
		{"28 Nov", "2026-11-23", BACK, "2025-11-28"},
		{"5 Jan", "2026-11-23", NONE, "2027-01-05"},
		{"5 Jan", "2026-11-23", BACK, "2026-01-05"},
		{"20 Dec", "2027-01-05", NONE, "2026-12-20"},
		{"20 Dec", "2027-01-05", AHEAD, "2027-12-20"},
		/* 182 days back, 183 ahead; in 2028, 183 both ways. */
		{"25 May", "2026-11-23", NONE, "2026-05-25"},
		{"24 May", "2026-11-23", NONE, "2027-05-24"},
		{"31 Aug", "2028-03-01", NONE, "2028-08-31"},
		{"29 Feb", "2027-12-01", NONE, "2028-02-29"},
		{"29 Feb", "2028-02-29", NONE, "2028-02-29"},
		{"29 Feb", "2029-03-01", BACK, "2028-02-29"},
		{"29 Feb", "2029-03-01", AHEAD,
		 "'29 Feb': no year near has that day; write the year"},
		{"29 Feb", "2026-11-23", NONE,
		 "'29 Feb': no year near has that day; write the year"},
		{"5 Jan", "9999-12-31", BACK, "9999-01-05"},
		{"5 Jan", "9999-12-31", AHEAD,
		 "'5 Jan': no year near has that day; write the year"},
		{"31 Jan", "2026-01-31", AHEAD, "2026-01-31"},
		{"+1m", "2026-01-31", NONE, "2026-02-28"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_reads(rows[i].text, rows[i].today, rows[i].lean, rows[i].expected);
}

#define EXPECTED "expected a day such as 2026-11-23, fri, 'next tue', '18 Nov' or +2w, not "
#define EXPECTED_DAY(text) "expected a day such as 2026-11-23, not '" text "'"

static const char *const refused[][2] = {
	/* what can be two days, and how to say it */
	{"3/4/2026", "'3/4/2026' can be two days; write 2026-04-03 or 2026-03-04"},
	{"03.04.2026", "'03.04.2026' can be two days; write 2026-04-03 or 2026-03-04"},
	{"3-4-2026 14:00", "'3-4-2026' can be two days; write 2026-04-03 or 2026-03-04"},
	{"3/4", "'3/4' can be two days; write '3 April' or '4 March'"},
	{"2w", "'2w' can be two days; write 'in 2w' or '2w ago'"},
	{"3 business days",
	 "'3 business days' can be two days; write 'in 3 business days' or '3 business "
	 "days ago'"},
	{"a week", "'a week' can be two days; write 'in a week' or 'a week ago'"},
	{"fri midnight", "midnight both begins and ends a day; write 00:00 with the day "
			 "that it begins"},
	/* what can be one day only, but not in this form */
	{"4/4/2026", EXPECTED_DAY("4/4/2026") "; write 2026-04-04"},
	{"18.11.2026", EXPECTED_DAY("18.11.2026") "; write 2026-11-18"},
	{"11/18/2026", EXPECTED_DAY("11/18/2026") "; write 2026-11-18"},
	{"2026/11/18", EXPECTED_DAY("2026/11/18") "; write 2026-11-18"},
	{"2026-1-5", EXPECTED_DAY("2026-1-5") "; write 2026-01-05"},
	{"18.11.", EXPECTED_DAY("18.11") "; write '18 November'"},
	{"29/2", EXPECTED_DAY("29/2") "; write '29 February'"},
	{"3/4/26", EXPECTED_DAY("3/4/26") "; write the year first and with four digits, "
					  "then month and day"},
	/* days and times that do not exist */
	{"2026-02-30", "'2026-02-30': February 2026 has the days 1 to 28"},
	{"2024-02-30", "'2024-02-30': February 2024 has the days 1 to 29"},
	{"2026-11-00", "'2026-11-00': November 2026 has the days 1 to 30"},
	{"2026-13-01", "'2026-13-01': a year has no month 13"},
	{"2026-00-01", "'2026-00-01': a year has no month 0"},
	{"0000-01-01", "'0000-01-01': years begin with 0001"},
	{"31 Nov", "'31 Nov': November has the days 1 to 30"},
	{"0 Nov", "'0 Nov': November has the days 1 to 30"},
	{"Nov 31 2026", "'Nov 31 2026': November 2026 has the days 1 to 30"},
	{"29 Feb 2026", "'29 Feb 2026': February 2026 has the days 1 to 28"},
	{"Tue 18 Nov 2026", "'Tue 18 Nov 2026': 2026-11-18 is a Wednesday, not a Tuesday"},
	{"18 Nov 26", "'18 Nov 26': expected a year of four digits, not '26'"},
	{"18 Nov 1400", "'18 Nov 1400': '1400' is no year to be expected; a time is "
			"written 14:00"},
	{"+9999y", "'+9999y' lies outside the years 1 to 9999"},
	{"+2147483647bd", "'+2147483647bd' lies outside the years 1 to 9999"},
	{"9999 years ago", "'9999 years ago' lies outside the years 1 to 9999"},
	{"fri 24:00", "expected a time such as 14:00, 9:30 or 2pm, not '24:00'"},
	{"14:60", "expected a time such as 14:00, 9:30 or 2pm, not '14:60'"},
	{"14:0", "expected a time such as 14:00, 9:30 or 2pm, not '14:0'"},
	{"fri 13pm", "expected a time such as 14:00, 9:30 or 2pm, not '13pm'"},
	{"0am", "expected a time such as 14:00, 9:30 or 2pm, not '0am'"},
	{"14:00pm", "expected a time such as 14:00, 9:30 or 2pm, not '14:00pm'"},
	{"2:60pm", "expected a time such as 14:00, 9:30 or 2pm, not '2:60pm'"},
	/* near what is known */
	{"next week", "'next week': expected a day of the week after this, next or last, "
		      "as in 'next tue'"},
	{"tomorow", EXPECTED "'tomorow', did you mean 'tomorrow'?"},
	{"Wendesday 14:00", EXPECTED "'Wendesday 14:00', did you mean 'Wednesday'?"},
	{"18 Novembre", EXPECTED "'18 Novembre', did you mean 'November'?"},
	/* anything else */
	{"", EXPECTED "''"},
	{"  ", EXPECTED "''"},
	{"soon", EXPECTED "'soon'"},
	{"20261118", EXPECTED "'20261118'"},
	{"99999999999", EXPECTED "'99999999999'"},
	{"+99999999999d", EXPECTED "'+99999999999d'"},
	{"Nov 2026", "'Nov 2026': November has the days 1 to 30"},
	{"Nov", EXPECTED "'Nov'"},
	{"18", EXPECTED "'18'"},
	{"+", EXPECTED "'+'"},
	{"+d", EXPECTED "'+d'"},
	{"--3d", EXPECTED "'--3d'"},
	{"+3", EXPECTED "'+3'"},
	{"+3 hours", EXPECTED "'+3 hours'"},
	{"in 20 minutes", EXPECTED "'in 20 minutes'"},
	{"in", EXPECTED "'in'"},
	{"ago", EXPECTED "'ago'"},
	{"in 3 weeks ago", EXPECTED "'in 3 weeks ago'"},
	{"3 business weeks ago", EXPECTED "'3 business weeks ago'"},
	{"today tomorrow", EXPECTED "'today tomorrow'"},
	{"today at", EXPECTED "'today at'"},
	{"fri 14:00 15:00", EXPECTED "'fri 14:00 15:00'"},
	{"fri 14:00 fri", EXPECTED "'fri 14:00 fri'"},
	{"14:00 Europe/Berlin", EXPECTED "'14:00 Europe/Berlin'"},
	{"fri Europe/Berlin", EXPECTED "'fri Europe/Berlin'"},
	{"2026-11-18x", EXPECTED "'2026-11-18x'"},
	{"2026-11-18T", EXPECTED "'2026-11-18T'"},
	{"2026-11-18-01", EXPECTED "'2026-11-18-01'"},
	{"\xc3\xa4", EXPECTED "'\xc3\xa4'"},
	{"\xff", EXPECTED "'\xff'"},
};

static void test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(refused); i++)
		assert_reads(refused[i][0], "2026-11-23", NONE, refused[i][1]);
}

/* A slice ends where it ends, whatever stands behind it. */
static void test_slice(void **state)
{
	const struct iv_when_from from = {day("2026-11-23"), NONE, NULL};
	struct iv_moment when;
	(void)state;
	assert_int_equal(iv_when_parse(&when, iv_str_slice(IV_LIT("today at"), 0, 5), &from, NULL),
			 0);
	assert_int_equal(when.day, from.today);
	assert_int_equal(
		iv_when_parse(&when, iv_str_slice(IV_LIT("18 Nov 2025"), 0, 6), &from, NULL), 0);
	assert_int_equal(when.day, day("2026-11-18"));
	assert_int_equal(iv_when_parse(&when, (struct iv_str){"fri\0", 4}, &from, NULL), IV_EINPUT);
	assert_int_equal(iv_when_parse(&when, (struct iv_str){"3\0", 2}, &from, NULL), IV_EINPUT);
}

static void test_day_alone(void **state)
{
	const struct iv_when_from from = {day("2026-11-23"), NONE, NULL};
	struct iv_error error = IV_ERROR_INIT;
	iv_day out;
	(void)state;
	assert_int_equal(iv_when_parse_day(&out, IV_LIT("next tue"), &from, &error), 0);
	assert_int_equal(out, day("2026-12-01"));
	assert_int_equal(iv_when_parse_day(&out, IV_LIT("tue 2pm "), &from, &error), IV_EINPUT);
	assert_string_equal(error.message, "expected a day without a time, not 'tue 2pm'");
	assert_int_equal(out, IV_NO_DAY);
	iv_error_release(&error);
	/* Without holidays, and without a clock. */
	assert_int_equal(iv_when_parse_day(&out, IV_LIT("+3bd"), &from, NULL), 0);
	assert_int_equal(out, day("2026-11-26"));
	assert_int_equal(iv_when_parse_day(&out, IV_LIT("fri"),
					   &(struct iv_when_from){IV_NO_DAY, NONE, NULL}, NULL),
			 IV_EINPUT);
}

/* Words and marks in any order: a day that can be said again as a date, or a reason why not. */
static void test_any_order(void **state)
{
	static const char *const words[] = {
		"today",    "next",     "last",        "tue",   "Nov",  "18",         "2026",
		"3",        "/",        "-",           ".",     "+",    "w",          "bd",
		"days",     "ago",      "in",          "a",     "at",   "14:00",      "2",
		"pm",       "am",       ":",           "30",    "noon", "T",          "Z",
		"th",       "of",       ",",           "month", "fri",  "2026-11-18", "\xff",
		"midnight", "business", "99999999999",
	};
	const struct iv_when_from from = {day("2026-11-23"), NONE, NULL};
	uint32_t seed = 1;
	(void)state;
	for (int round = 0; round < 100000; round++) {
		struct iv_buf text = IV_BUF_INIT;
		struct iv_error error = IV_ERROR_INIT;
		struct iv_moment when;
		iv_day again;
		char that[11];
		for (seed = seed * 1664525 + 1013904223; text.len < 40 && (seed >> 8) % 5;) {
			seed = seed * 1664525 + 1013904223;
			iv_buf_printf(&text, "%s%s", words[(seed >> 10) % COUNT(words)],
				      (seed >> 24) & 1 ? " " : "");
		}
		if (iv_when_parse(&when, iv_buf_view(&text), &from, &error)) {
			assert_true(strlen(error.message) > 10);
		} else {
			iv_day_format(that, when.day);
			assert_true(iv_day_parse(&again, iv_str_of(that)) && again == when.day);
			assert_true(when.minute >= -1 && when.minute < 24 * 60);
		}
		iv_error_release(&error);
		iv_buf_release(&text);
	}
}

static void test_days_from_both_ends(void **state)
{
	static const struct {
		const char *text, *first, *last;
	} cases[] = {
		{"2026-W47", "2026-11-16", "2026-11-22"},
		{"2026-W01", "2025-12-29", "2026-01-04"},
		{"this week", "2026-11-23", "2026-11-29"},
		{" Next  Week ", "2026-11-30", "2026-12-06"},
		{"last week", "2026-11-16", "2026-11-22"},
		{"next tue", "2026-12-01", "2026-12-01"},
		{"fri", "2026-11-27", "2026-11-27"},
		{"+1w", "2026-12-02", "2026-12-02"},
	};
	static const char *const none[] = {"week",        "next month",     "2026-W54",  "W47",
					   "next week x", "last weeks ago", "fri 14:00", ""};
	const struct iv_when_from from = {day("2026-11-25"), NONE, NULL};
	iv_day first, last;
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(
			iv_when_parse_days(&first, &last, iv_str_of(cases[i].text), &from, NULL),
			0);
		assert_int_equal(first, day(cases[i].first));
		assert_int_equal(last, day(cases[i].last));
	}
	for (size_t i = 0; i < COUNT(none); i++)
		assert_int_equal(iv_when_parse_days(&first, &last, iv_str_of(none[i]), &from, NULL),
				 IV_EINPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_monday),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_weekdays),
		cmocka_unit_test(test_years),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_slice),
		cmocka_unit_test(test_day_alone),
		cmocka_unit_test(test_any_order),
		cmocka_unit_test(test_days_from_both_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
