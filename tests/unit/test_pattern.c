/* Patterns: what they find, and that hostile ones end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/error.h"
#include "base/pattern.h"

static int find(const char *pattern, bool ignore_case, struct iv_str text, size_t from,
		size_t *start, size_t *end)
{
	struct iv_pattern *compiled;
	struct iv_match *match;
	int rc;

	assert_int_equal(iv_pattern_new(&compiled, iv_str_of(pattern), ignore_case, NULL), 0);
	match = iv_match_new(compiled);
	rc = iv_pattern_find(compiled, match, text, from, false, start, end);
	iv_match_free(match);
	iv_pattern_free(compiled);
	return rc;
}

static void assert_found(const char *pattern, bool ignore_case, const char *text, size_t from,
			 size_t start, size_t end)
{
	size_t got_start = SIZE_MAX, got_end = SIZE_MAX;

	assert_int_equal(find(pattern, ignore_case, iv_str_of(text), from, &got_start, &got_end),
			 1);
	assert_int_equal(got_start, start);
	assert_int_equal(got_end, end);
}

static void assert_not_found(const char *pattern, bool ignore_case, const char *text, size_t from)
{
	size_t start, end;

	assert_int_equal(find(pattern, ignore_case, iv_str_of(text), from, &start, &end), 0);
}

static void test_find(void **state)
{
	(void)state;
	assert_found("b+", false, "abbb abb", 0, 1, 4);
	assert_found("b+", false, "abbb abb", 4, 6, 8);
	assert_not_found("b", false, "aB", 0);
	assert_found("b", true, "aB", 0, 1, 2);
	assert_found("", false, "", 0, 0, 0);
	assert_found("$", false, "ab", 2, 2, 2);
	assert_not_found("a", false, "a", 2);
	assert_found("(?m)end$", false, "the end\r\nmore", 0, 4, 7);
	/* A \K that moves the start behind the end. */
	assert_found("(?(DEFINE)(abb\\K))(?=(?1))a?", false, "xabb", 0, 2, 2);
}

/* Offsets are bytes, words are Unicode's, and case folds beyond ASCII. */
static void test_unicode(void **state)
{
	(void)state;
	assert_found("m.ller", false, "Herr m\xc3\xbcller", 0, 5, 12);
	assert_found("\xc3\x9c", true, "m\xc3\xbcller", 0, 1, 3);
	assert_not_found("\\bller", false, "m\xc3\xbcller", 0);
	assert_found("\\w+", false, "\xc3\x84rger", 0, 0, 6);
}

/* In a text of ASCII alone both forms of a pattern find the same, or there is only the one. */
static void test_ascii(void **state)
{
	static const char *const patterns[] = {"\\bjob\\b",      "\\w+ing\\b", "[^a-z ]", "\\d+",
					       "k(?-i:J)\\p{L}", "^q|.$",      "\\s\\S"};
	const char *text = "Asking for a JOB in kJob 12\r\nor two";
	struct iv_pattern *any, *ascii;

	(void)state;
	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
		struct iv_str pattern = iv_str_of(patterns[i]);
		struct iv_match *matches[2];
		size_t start[2] = {0}, end[2] = {0};
		assert_int_equal(iv_pattern_new(&any, pattern, true, NULL), 0);
		assert_int_equal(iv_pattern_new_ascii(&ascii, pattern, true, NULL), 0);
		matches[0] = iv_match_new(any);
		matches[1] = iv_match_new(ascii);
		assert_int_equal(iv_pattern_find(any, matches[0], iv_str_of(text), 0, true,
						 &start[0], &end[0]),
				 1);
		assert_int_equal(iv_pattern_find(ascii, matches[1], iv_str_of(text), 0, true,
						 &start[1], &end[1]),
				 1);
		assert_int_equal(start[0], start[1]);
		assert_int_equal(end[0], end[1]);
		iv_match_free(matches[0]);
		iv_match_free(matches[1]);
		iv_pattern_free(any);
		iv_pattern_free(ascii);
	}
	assert_int_equal(iv_pattern_new_ascii(&ascii, IV_LIT("caf\xc3\xa9?"), true, NULL),
			 IV_EINPUT);
	assert_null(ascii);
	assert_int_equal(iv_pattern_new_ascii(&ascii, IV_LIT("\\x{2019}"), true, NULL), IV_EINPUT);
	assert_null(ascii);
}

static void test_malformed(void **state)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_pattern *pattern;

	(void)state;
	assert_int_equal(iv_pattern_new(&pattern, IV_LIT("(ab"), false, &error), IV_EINPUT);
	assert_null(pattern);
	assert_string_equal(error.message,
			    "pattern '(ab': missing closing parenthesis at offset 3");
	assert_int_equal(iv_pattern_new(&pattern, IV_LIT("a\\Cb"), false, &error), IV_EINPUT);
	assert_int_equal(iv_pattern_new(&pattern, IV_LIT("a\xff"), false, &error), IV_EINPUT);
	iv_error_release(&error);
}

static void test_text_that_is_no_utf8(void **state)
{
	size_t start, end;

	(void)state;
	assert_int_equal(find("b", false,
			      IV_LIT("a\xff"
				     "b"),
			      0, &start, &end),
			 IV_EINPUT);
	assert_int_equal(find("b", false,
			      IV_LIT("\xc3\xa9"
				     "b"),
			      1, &start, &end),
			 IV_EINPUT);
}

static void test_hostile(void **state)
{
	static const char *const patterns[] = {
		"(a+)+$",      "(a|aa)+$",           "(?:(?:a*)*)*b",
		"(a(?1)?a)+$", "(?:(a)|b)*\\1{20}c", "(*NO_JIT)(a+)+$"};
	static char text[5001]; /* what follows is initialised, too: JIT code reads on */
	size_t start, end, i;

	(void)state;
	memset(text, 'a', sizeof(text));
	text[sizeof(text) - 1] = '!';
	for (i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
		int rc = find(patterns[i], false, (struct iv_str){text, sizeof(text)}, 0, &start,
			      &end);

		if (rc != IV_ELIMIT && rc != 0)
			fail_msg("'%s' gave %d", patterns[i], rc);
	}
	assert_int_equal(
		find("(a+)+$", false, (struct iv_str){text, sizeof(text)}, 0, &start, &end),
		IV_ELIMIT);
	assert_int_equal(find("(*NO_JIT)(*LIMIT_MATCH=4000000000)(a+)+$", false,
			      (struct iv_str){text, sizeof(text)}, 0, &start, &end),
			 IV_ELIMIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_unicode),
		cmocka_unit_test(test_ascii),
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_text_that_is_no_utf8),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
