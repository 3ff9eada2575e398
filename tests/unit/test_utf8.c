/* Validation, folding, what a terminal may see. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

static void test_invalid(void **state)
{
	static const struct {
		const char *text;
		size_t at;
	} rows[] = {
		{"", SIZE_MAX},
		{"plain ascii text, longer than eight", SIZE_MAX},
		{"\xc3\xa9\xe2\x82\xac\xf0\x9f\x93\x85", SIZE_MAX},
		{"\xf4\x8f\xbf\xbf\xef\xbf\xbf\xed\x9f\xbf", SIZE_MAX},
		{"0123456789\xff", 10},
		{"a\x80", 1},
		{"ab\xc3", 2},
		{"ab\xc3z", 2},
		{"\xe2\x82", 0},
		{"\xc3\xa9\xe2\x82z", 2},
		{"\xc0\xaf", 0},
		{"\xc1\xbf", 0},
		{"\xe0\x9f\xbf", 0},
		{"\xed\xa0\x80", 0},
		{"\xf0\x8f\xbf\xbf", 0},
		{"\xf4\x90\x80\x80", 0},
		{"\xf5\x80\x80\x80", 0},
		{"12345678\xe2\x82\xac"
		 "12345678\xe2\x28\xa1",
		 19},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (iv_utf8_invalid(iv_str_of(rows[i].text)) != rows[i].at)
			fail_msg("row %zu", i);
}

static void test_next_and_count(void **state)
{
	struct iv_str text = IV_LIT("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x93\x85\xff"
				    "b");

	(void)state;
	assert_int_equal(iv_utf8_next(text), 1);
	assert_int_equal(iv_utf8_next(iv_str_slice(text, 1, SIZE_MAX)), 2);
	assert_int_equal(iv_utf8_next(iv_str_slice(text, 3, SIZE_MAX)), 3);
	assert_int_equal(iv_utf8_next(iv_str_slice(text, 6, SIZE_MAX)), 4);
	assert_int_equal(iv_utf8_next(iv_str_slice(text, 6, 8)), 1);
	assert_int_equal(iv_utf8_next(iv_str_slice(text, 10, SIZE_MAX)), 1);
	assert_int_equal(iv_utf8_next((struct iv_str){NULL, 0}), 0);
	assert_int_equal(iv_utf8_count(text, 0), 0);
	assert_int_equal(iv_utf8_count(text, 3), 2);
	assert_int_equal(iv_utf8_count(text, 10), 4);
	assert_int_equal(iv_utf8_count(text, SIZE_MAX), 6);
}

static void assert_fold(const char *text, const char *expected)
{
	struct iv_arena *arena = iv_arena_new();
	struct iv_str got = iv_fold(arena, iv_str_of(text));

	if (!iv_str_is(got, expected))
		fail_msg("'%s' gave '%.*s'", text, IV_STR_ARG(got));
	iv_arena_free(arena);
}

static void test_fold(void **state)
{
	(void)state;
	assert_fold("Jane  \t Green", "jane green");
	assert_fold("", "");
	assert_fold("Jos\xc3\x89", "jos\xc3\xa9");
	assert_fold("Jose\xcc\x81", "jos\xc3\xa9"); /* e + combining acute */
	assert_fold("JOSE\xcc\x81", "jos\xc3\xa9");
	assert_fold("Stra\xc3\x9f"
		    "e",
		    "strasse");
	assert_fold("\xce\xa3\xcf\x82", "\xcf\x83\xcf\x83"); /* both sigmas */
	assert_fold("a\xc2\xa0 \xe3\x80\x80"
		    "b",
		    "a b"); /* no-break, ideographic space */
	assert_fold("q\xcc\xa3\xcc\x87", "q\xcc\xa3\xcc\x87");
	assert_fold("q\xcc\x87\xcc\xa3", "q\xcc\xa3\xcc\x87"); /* marks in canonical order */
	assert_fold("Caf\xc3", "Caf\xc3");
	assert_fold("\xf0\x9f\x93\x85 X", "\xf0\x9f\x93\x85 x");
}

/* One character that becomes three, often enough to outgrow any buffer on the stack. */
static void test_fold_long(void **state)
{
	struct iv_arena *arena = iv_arena_new();
	struct iv_buf text = IV_BUF_INIT, expected = IV_BUF_INIT;
	int i;

	(void)state;
	for (i = 0; i < 5000; i++) {
		iv_buf_puts(&text, "\xef\xac\x83"); /* ffi */
		iv_buf_puts(&expected, "ffi");
	}
	assert_true(iv_str_eq(iv_fold(arena, iv_buf_view(&text)), iv_buf_view(&expected)));
	iv_buf_release(&text);
	iv_buf_release(&expected);
	iv_arena_free(arena);
}

static void test_fold_key(void **state)
{
	struct iv_arena *arena = iv_arena_new();

	(void)state;
	assert_true(iv_str_is(iv_fold_key(arena, IV_LIT("Referred_By")), "referred-by"));
	assert_true(iv_str_is(iv_fold_key(arena, IV_LIT("Thank  You")), "thank-you"));
	assert_true(iv_str_is(iv_fold_key(arena, IV_LIT("\xc3\x84_b")), "\xc3\xa4-b"));
	iv_arena_free(arena);
}

static void assert_visible(struct iv_str text, bool newlines, const char *expected)
{
	struct iv_buf buf = IV_BUF_INIT;

	iv_buf_visible(&buf, text, newlines);
	assert_string_equal(iv_buf_view(&buf).ptr, expected);
	iv_buf_release(&buf);
}

static void test_visible(void **state)
{
	(void)state;
	assert_visible(IV_LIT("Zo\xc3\xab\ttab\n"), false, "Zo\xc3\xab\ttab\n");
	assert_visible(IV_LIT("a\nb\r\nc\rd"), true, "a\\nb\\r\\nc\\rd");
	assert_visible(IV_LIT("a\r\nc\rd"), false, "a\r\nc\\rd");
	assert_visible(IV_LIT("\x1b[31mred\x07"), false, "\\x1b[31mred\\x07");
	assert_visible(IV_LIT("a\0b\x7f"), false, "a\\x00b\\x7f");
	assert_visible(IV_LIT("\xc2\x9b"
			      "31m"),
		       false, "\\u009b31m");
	assert_visible(IV_LIT("a\xe2\x80\xae"
			      "b\xe2\x81\xa9"),
		       false, "a\\u202eb\\u2069");
	assert_visible(IV_LIT("a\xff\xc3"), false, "a\\xff\\xc3");
	assert_visible(IV_LIT("\x9b"
			      "31m"),
		       false, "\\x9b31m");
	assert_visible((struct iv_str){NULL, 0}, false, "");
}

static void test_width(void **state)
{
	(void)state;
	assert_int_equal(iv_utf8_width(IV_LIT("plain")), 5);
	assert_int_equal(iv_utf8_width(IV_LIT("\xc3\xa9"
					      "e\xcc\x81")),
			 2);
	assert_int_equal(iv_utf8_width(IV_LIT("\xe6\x97\xa5\xe6\x9c\xac")), 4);
	assert_int_equal(iv_utf8_width(IV_LIT("")), 0);
	assert_int_equal(iv_utf8_width(IV_LIT("\xff")), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_invalid),  cmocka_unit_test(test_next_and_count),
		cmocka_unit_test(test_fold),     cmocka_unit_test(test_fold_long),
		cmocka_unit_test(test_fold_key), cmocka_unit_test(test_visible),
		cmocka_unit_test(test_width),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
