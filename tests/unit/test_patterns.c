/* Sets of patterns: the summary of a text never keeps one from being found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/error.h"
#include "base/patterns.h"

static int find(const char *lines, const char *text, size_t *start, size_t *end,
		struct iv_error *error)
{
	struct iv_patterns *patterns = iv_patterns_new(iv_str_of(lines));
	struct iv_gist gist;
	int rc;

	iv_gist_read(&gist, iv_str_of(text));
	rc = iv_patterns_find(patterns, &gist, iv_str_of(text), 0, start, end, error);
	iv_patterns_free(patterns);
	return rc;
}

static void test_lines(void **state)
{
	size_t start = 0, end = 0;

	(void)state;
	assert_int_equal(
		find("# pay\n\npay(s|ing)?\nhir(e|ing)\n", "who is HIRING?", &start, &end, NULL),
		1);
	assert_int_equal(start, 7);
	assert_int_equal(end, 13);
	assert_int_equal(find("# hiring\n", "who is hiring?", &start, &end, NULL), 0);
	assert_int_equal(find("", "who is hiring?", &start, &end, NULL), 0);
	assert_int_equal(find("\\#hiring", "#hiring", &start, &end, NULL), 1);
}

/* Every construct that stands between letters, with a text that has it and one that has not. */
static void test_what_patterns_cannot_do_without(void **state)
{
	static const struct {
		const char *pattern, *with, *without;
	} cases[] = {
		{"abcd", "xABCDx", "abd"},
		{"abcd?ef", "abcef", "abef"},
		{"abcd*ef", "abcddef", "abcxef"},
		{"abcd+ef", "abcddddef", "abcef"},
		{"abcd{2}ef", "abcddef", "abcdef"},
		{"abcd{0,2}ef", "abcef", "abcdddef"},
		{"abcd??ef", "abcef", "abddef"},
		{"abc|xyz", "wxyz", "abxy"},
		{"(abc|xyz)def", "xyzdef", "abcdeg"},
		{"(abc)?def", "def", "abc"},
		{"(?:abc(?=d))def", "abcdef", "abdef"},
		{"(?!abc)...def", "xbcdef", "abcdef"},
		{"(?<=abc)def", "abcdef", "defabc"},
		{"(?i)abcdef", "ABCDEF", "abcdeg"},
		{"(?x) abc def", "abcdef", "abc def"},
		{"(?-i:Abc)def", "AbcDEF", "abcdef"},
		{"(?#abc)def", "def", "de"},
		{"(?<name>abc)\\k<name>def", "abcabcdef", "abcdef"},
		{"(ab(?:c(?:d)))ef", "abcdef", "abcf"},
		{"[a(]bcdef", "(bcdef", "bcdef"},
		{"[]abc]def", "]def", "xdef"},
		{"[^]abc]def", "xdef", "adef"},
		{"[[:alpha:]]bcdef", "abcdef", "1bcdef"},
		{"\\babcdef\\b", "abcdef", "abcdefg"},
		{"abc\\.def", "abc.def", "abcxdef"},
		{"abc\\(def", "abc(def", "abcdef"},
		{"\\Qabc|def\\E", "abc|def", "abc"},
		{"\\x61bcdef", "abcdef", "bcdef"},
		{"a\\bc", "zzz", "zzz"},
		{"abc.def", "abc-def", "abcdef"},
		{"^abcdef$", "abcdef", "abcdefg"},
		{"abc\\sdef", "abc def", "abcdef"},
		{"caf\xc3\xa9?teria", "cafteria", "cateria"},
		{"(?|(abc)|(xyz))def", "xyzdef", "def"},
		{"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
		 "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
		 "abcdefghijklmnopqrstuvwxyz"},
	};
	size_t start, end;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bool never = !strcmp(cases[i].with, cases[i].without);
		if (find(cases[i].pattern, cases[i].with, &start, &end, NULL) != !never)
			fail_msg("'%s' in '%s'", cases[i].pattern, cases[i].with);
		if (find(cases[i].pattern, cases[i].without, &start, &end, NULL))
			fail_msg("'%s' in '%s'", cases[i].pattern, cases[i].without);
	}
}

static void test_malformed(void **state)
{
	struct iv_error error = IV_ERROR_INIT;
	size_t start, end;

	(void)state;
	assert_int_equal(find("# one\nabc\nabc(\nabd", "abc( abd", &start, &end, NULL), 1);
	assert_int_equal(find("# one\nabx\nabc(\nabd", "abc( abd", &start, &end, &error),
			 IV_EINPUT);
	assert_int_equal(error.pos.line, 3);
	assert_string_equal(error.message,
			    "pattern 'abc(': missing closing parenthesis at offset 4");
	iv_error_release(&error);
	assert_int_equal(iv_patterns_check(iv_str_of("abc\n\n# x(\n[a-z]+"), NULL), 0);
	assert_int_equal(iv_patterns_check(iv_str_of("abc\n# x(\n*"), &error), IV_EINPUT);
	assert_int_equal(error.pos.line, 3);
	iv_error_release(&error);
}

/* What a text of ASCII alone can hold of a pattern that is not. */
static void test_beyond_ascii(void **state)
{
	size_t start, end;

	(void)state;
	assert_int_equal(find("caf\xc3\xa9?\\b", "a caf", &start, &end, NULL), 1);
	assert_int_equal(find("r[e\xc3\xa9]sum[e\xc3\xa9]", "my Resume", &start, &end, NULL), 1);
	assert_int_equal(
		find("r[e\xc3\xa9]sum[e\xc3\xa9]", "my r\xc3\xa9sum\xc3\xa9", &start, &end, NULL),
		1);
	assert_int_equal(find("\\x{2019}|x", "text", &start, &end, NULL), 1);
}

/* It ends, the others are still tried, and after a while it is not tried again. */
static void test_endless(void **state)
{
	struct iv_patterns *patterns =
		iv_patterns_new(IV_LIT("(a|a|a)*[0-9]\n(b|b|b)*[0-9]\nhiring"));
	const char *text = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
	size_t start, end;
	struct iv_gist gist;

	(void)state;
	iv_gist_read(&gist, iv_str_of(text));
	for (int i = 0; i < 1000; i++)
		assert_int_equal(
			iv_patterns_find(patterns, &gist, iv_str_of(text), 0, &start, &end, NULL),
			IV_ELIMIT);
	iv_gist_read(&gist, IV_LIT("aaaa hiring"));
	assert_int_equal(
		iv_patterns_find(patterns, &gist, IV_LIT("aaaa hiring"), 0, &start, &end, NULL), 1);
	iv_patterns_free(patterns);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_what_patterns_cannot_do_without),
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_beyond_ascii),
		cmocka_unit_test(test_endless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
