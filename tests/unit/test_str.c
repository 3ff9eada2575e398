/* Slices, the buffer, and errors, which are made of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/str.h"

static void assert_str(struct iv_str got, const char *expected)
{
	if (!iv_str_is(got, expected))
		fail_msg("got '%.*s', expected '%s'", IV_STR_ARG(got), expected);
}

static void test_compare(void **state)
{
	const struct iv_str absent = {NULL, 0};

	(void)state;
	assert_true(iv_str_eq(absent, IV_LIT("")));
	assert_false(iv_str_eq(IV_LIT("ab"), IV_LIT("abc")));
	assert_true(iv_str_is_nocase(IV_LIT("WhO"), "wHo"));
	assert_false(iv_str_is_nocase(IV_LIT("who"), "whom"));
	assert_false(iv_str_is_nocase(IV_LIT("whom"), "who"));
	assert_true(iv_str_cmp(IV_LIT("a"), IV_LIT("ab")) < 0);
	assert_true(iv_str_cmp(IV_LIT("b"), IV_LIT("ab")) > 0);
	assert_true(iv_str_cmp(IV_LIT("\xc3\xa9"), IV_LIT("z")) > 0);
	assert_int_equal(iv_str_cmp(absent, IV_LIT("")), 0);
	assert_true(iv_str_starts(IV_LIT("notes/a"), "notes/"));
	assert_false(iv_str_starts(IV_LIT("no"), "notes"));
	assert_true(iv_str_ends(IV_LIT("a.md"), ".md"));
	assert_false(iv_str_ends(IV_LIT("md"), ".md"));
}

static void test_slice(void **state)
{
	struct iv_str rest, text = IV_LIT("abc");

	(void)state;
	assert_str(iv_str_slice(text, 1, 2), "b");
	assert_str(iv_str_slice(text, 2, SIZE_MAX), "c");
	assert_str(iv_str_slice(text, 5, 9), "");
	assert_str(iv_str_slice(text, 2, 1), "");
	assert_null(iv_str_slice((struct iv_str){NULL, 0}, 1, 2).ptr);
	assert_str(iv_str_trim(IV_LIT(" \t a b\r\n")), "a b");
	assert_str(iv_str_trim(IV_LIT(" \v\f ")), "");
	assert_str(iv_str_word(IV_LIT("one \t two three "), &rest), "one");
	assert_str(rest, "two three ");
	assert_str(iv_str_word(IV_LIT("one"), &rest), "one");
	assert_str(rest, "");
	assert_str(iv_str_word(IV_LIT(" one"), NULL), "");
}

static void test_lines(void **state)
{
	struct iv_str line, rest = IV_LIT("a\r\n\nb\rc\r\r\nlast");
	const char *const expected[] = {"a", "", "b", "c", "", "last"};
	size_t i;

	(void)state;
	for (i = 0; i < 6; i++) {
		assert_true(iv_str_line(&line, &rest));
		assert_str(line, expected[i]);
	}
	assert_false(iv_str_line(&line, &rest));
	rest = IV_LIT("x\n");
	assert_true(iv_str_line(&line, &rest));
	assert_false(iv_str_line(&line, &rest));
}

static void test_find(void **state)
{
	struct iv_str text = IV_LIT("aab aaab");

	(void)state;
	assert_int_equal(iv_str_find(text, IV_LIT("aaab")), 4);
	assert_int_equal(iv_str_find(text, IV_LIT("aab")), 0);
	assert_int_equal(iv_str_find(text, IV_LIT("")), 0);
	assert_true(iv_str_find(text, IV_LIT("aaaab")) == SIZE_MAX);
	assert_true(iv_str_find(IV_LIT("ab"), IV_LIT("abc")) == SIZE_MAX);
	assert_int_equal(iv_str_find(IV_LIT("abc"), IV_LIT("c")), 2);
	assert_true(iv_str_find((struct iv_str){NULL, 0}, IV_LIT("c")) == SIZE_MAX);
	assert_int_equal(iv_str_find_char(text, 'b'), 2);
	assert_true(iv_str_find_char(text, 'x') == SIZE_MAX);
}

static void test_int(void **state)
{
	int value = -1;

	(void)state;
	assert_true(iv_str_int(&value, IV_LIT("2147483647")));
	assert_int_equal(value, INT_MAX);
	assert_true(iv_str_int(&value, IV_LIT("007")));
	assert_int_equal(value, 7);
	assert_false(iv_str_int(&value, IV_LIT("2147483648")));
	assert_false(iv_str_int(&value, IV_LIT("99999999999999999999")));
	assert_false(iv_str_int(&value, IV_LIT("")));
	assert_false(iv_str_int(&value, IV_LIT("-1")));
	assert_false(iv_str_int(&value, IV_LIT("1 ")));
	assert_false(iv_str_int(&value, IV_LIT("1\xff")));
	assert_int_equal(value, 7);
}

static void test_buffer(void **state)
{
	struct iv_buf buf = IV_BUF_INIT;
	char *text;
	int i;

	(void)state;
	assert_str(iv_buf_view(&buf), "");
	text = iv_buf_detach(&buf);
	assert_string_equal(text, "");
	free(text);
	for (i = 0; i < 1000; i++)
		iv_buf_printf(&buf, "%03d", i);
	iv_buf_add(&buf, "\0x", 2);
	iv_buf_str(&buf, (struct iv_str){NULL, 0});
	assert_int_equal(buf.len, 3002);
	assert_memory_equal(buf.ptr + 2994, "998999\0x", 9);
	iv_buf_clear(&buf);
	iv_buf_putc(&buf, 'a');
	iv_buf_puts(&buf, "bc");
	text = iv_buf_detach(&buf);
	assert_string_equal(text, "abc");
	assert_null(buf.ptr);
	free(text);
	iv_buf_release(&buf);
}

/* The values that the authors of FNV publish for FNV-1a. */
static void test_hash(void **state)
{
	(void)state;
	assert_true(iv_hash(IV_LIT("")) == UINT64_C(0xcbf29ce484222325));
	assert_true(iv_hash(IV_LIT("a")) == UINT64_C(0xaf63dc4c8601ec8c));
	assert_true(iv_hash(IV_LIT("foobar")) == UINT64_C(0x85944171f73967e8));
}

static void test_error(void **state)
{
	struct iv_error error = IV_ERROR_INIT;

	(void)state;
	assert_int_equal(iv_error_set(&error, IV_EINPUT, "no '%s'", "x"), IV_EINPUT);
	assert_string_equal(error.message, "no 'x'");
	assert_int_equal(iv_error_context(&error, "line %d", 3), IV_EINPUT);
	assert_string_equal(error.message, "line 3: no 'x'");
	assert_int_equal(iv_error_set(&error, IV_EIO, "again: %s", error.message), IV_EIO);
	assert_string_equal(error.message, "again: line 3: no 'x'");
	iv_error_at(&error, "a.md", (struct iv_pos){7, 2});
	iv_error_at(&error, "b.md", (struct iv_pos){9, 9});
	assert_string_equal(error.path, "a.md");
	assert_int_equal(error.pos.line, 7);
	assert_int_equal(error.pos.column, 2);
	assert_int_equal(iv_error_errno(&error, ENOENT, "cannot read"), IV_EIO);
	assert_string_equal(error.message, "cannot read: No such file or directory");
	iv_error_release(&error);
	assert_null(error.message);
	assert_int_equal(error.pos.line, 0);
	assert_int_equal(iv_error_set(NULL, IV_ELIMIT, "x"), IV_ELIMIT);
	assert_int_equal(iv_error_errno(NULL, ENOENT, "x"), IV_EIO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_compare), cmocka_unit_test(test_slice),
		cmocka_unit_test(test_lines),   cmocka_unit_test(test_find),
		cmocka_unit_test(test_int),     cmocka_unit_test(test_buffer),
		cmocka_unit_test(test_hash),    cmocka_unit_test(test_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
