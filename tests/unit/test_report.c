/* People's texts in Markdown, days in words, and the part of a file that a report takes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/error.h"
#include "base/str.h"
#include "view/markdown.h"
#include "view/marks.h"
#include "view/words.h"

/*
 * CommonMark's own rule (6.1): a backslash before ASCII punctuation stands for the character. What
 * is left without one must open nothing.
 */
static void check_markdown(const char *text, const char *wanted)
{
	struct iv_buf out = IV_BUF_INIT;
	iv_markdown_text(&out, iv_str_of(text));
	assert_string_equal(out.ptr ? out.ptr : "", wanted);
	iv_buf_release(&out);
}

static void test_markdown(void **state)
{
	(void)state;
	check_markdown("", "");
	check_markdown("Green & Tolley, 20 % (AT&T)", "Green & Tolley, 20 % (AT\\&T)");
	check_markdown("&#35; &amp; &", "\\&#35; \\&amp; &");
	check_markdown("*a* _b_ `c` ~~d~~ \\", "\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~ \\\\");
	check_markdown("![x](y) <i>[[z]]", "!\\[x\\](y) \\<i>\\[\\[z\\]\\]");
	check_markdown("# heading #tag C#", "\\# heading \\#tag C#");
	check_markdown("> quote > 1", "\\> quote > 1");
	check_markdown("- item - 1", "\\- item - 1");
	check_markdown("+ item", "\\+ item");
	check_markdown("===", "\\===");
	check_markdown("12) item 3) x", "12\\) item 3) x");
	check_markdown("1.5 hours", "1\\.5 hours");
	check_markdown("2026", "2026");
}

static void test_one_line(void **state)
{
	(void)state;
	check_markdown(" a\tb\r\n\n  c ", "a b c");
	check_markdown("a\033[1mb", "a\\\\x1b\\[1mb");
	check_markdown("caf\xe9", "caf\\\\xe9");
	check_markdown("\xe2\x80\xae", "\\\\u202e");
}

static void test_words(void **state)
{
	struct iv_buf out = IV_BUF_INIT;
	iv_day day = iv_day_of((struct iv_civil){2026, 11, 18});
	(void)state;
	assert_string_equal(iv_weekday_word(day), "Wednesday");
	iv_view_day(&out, day);
	assert_string_equal(out.ptr, "Wed 18 Nov");
	iv_buf_clear(&out);
	iv_view_late(&out, day, day);
	assert_int_equal(out.len, 0);
	iv_view_late(&out, day, day - 1);
	assert_string_equal(out.ptr, "1 day late");
	iv_buf_clear(&out);
	iv_view_late(&out, day, day - 60);
	assert_string_equal(out.ptr, "60 days late");
	iv_buf_release(&out);
}

static void test_links(void **state)
{
	(void)state;
	assert_true(iv_str_is(iv_view_link(IV_LIT("[[a|An A]]")), "An A"));
	assert_true(iv_str_is(iv_view_link(IV_LIT("[[a]]")), "a"));
	assert_true(iv_str_is(iv_view_link(IV_LIT("[[]]")), "[[]]"));
	assert_true(iv_str_is(iv_view_link(IV_LIT("[[a]] and b")), "[[a]] and b"));
	assert_true(iv_str_is(iv_view_link(IV_LIT("[a]")), "[a]"));
}

/* ---- marks ---- */

#define BEGIN "<!-- ivnotes:begin -->"
#define END "<!-- ivnotes:end -->"

static void check_place(const char *old, const char *wanted)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_buf out = IV_BUF_INIT;
	assert_int_equal(iv_marks_place(&out, iv_str_of(old), IV_LIT("x\n\ny\n"), &error), 0);
	assert_string_equal(out.ptr, wanted);
	iv_buf_release(&out);
}

static void test_place(void **state)
{
	(void)state;
	check_place("", BEGIN "\nx\n\ny\n" END "\n");
	check_place("a\n" BEGIN "\nold\n" END "\nb", "a\n" BEGIN "\nx\n\ny\n" END "\nb");
	check_place(BEGIN "\n" END, BEGIN "\nx\n\ny\n" END);
	check_place("\n  " BEGIN " \n\n\n\t" END "\n\n", "\n  " BEGIN " \nx\n\ny\n\t" END "\n\n");
	check_place("a\r\n" BEGIN "\r\n" END "\r\nb\r",
		    "a\r\n" BEGIN "\r\nx\r\n\r\ny\r\n" END "\r\nb\r");
	check_place(BEGIN "\r" END "\rb", BEGIN "\rx\r\ry\r" END "\rb");
	check_place("\xef\xbb\xbf" BEGIN "\n" END "\n", "\xef\xbb\xbf" BEGIN "\nx\n\ny\n" END "\n");
	/* A mark within a line is text. */
	check_place("`" BEGIN "`\n" BEGIN "\n" END "\n",
		    "`" BEGIN "`\n" BEGIN "\nx\n\ny\n" END "\n");
}

static void check_refused(const char *old, uint32_t line)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_buf out = IV_BUF_INIT;
	assert_int_equal(iv_marks_place(&out, iv_str_of(old), IV_LIT("x\n"), &error), IV_EINPUT);
	assert_int_equal(error.pos.line, line);
	assert_int_equal(out.len, 0);
	iv_error_release(&error);
}

static void test_refused(void **state)
{
	(void)state;
	check_refused("\n", 0);
	check_refused("a " BEGIN "\n" END " b\n", 0);
	check_refused("a\n" BEGIN "\n", 2);
	check_refused("a\n\n" END "\n", 3);
	check_refused(END "\n" BEGIN "\n", 2);
	check_refused(BEGIN "\n" END "\n" END "\n", 3);
	check_refused(BEGIN "\n" BEGIN "\n" END "\n", 2);
}

/* A second report is put where the first was, and nothing around it ever changes. */
static void test_again(void **state)
{
	const char *const old = "\xff\r\n" BEGIN "\r\n" END "\nend";
	struct iv_buf once = IV_BUF_INIT, twice = IV_BUF_INIT, back = IV_BUF_INIT;
	(void)state;
	assert_int_equal(iv_marks_place(&once, iv_str_of(old), IV_LIT("one\n"), NULL), 0);
	assert_int_equal(iv_marks_place(&twice, iv_buf_view(&once), IV_LIT("two\nlines\n"), NULL),
			 0);
	assert_int_equal(iv_marks_place(&back, iv_buf_view(&twice), (struct iv_str){"", 0}, NULL),
			 0);
	assert_string_equal(back.ptr, old);
	iv_buf_release(&once);
	iv_buf_release(&twice);
	iv_buf_release(&back);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_markdown), cmocka_unit_test(test_one_line),
		cmocka_unit_test(test_words),    cmocka_unit_test(test_links),
		cmocka_unit_test(test_place),    cmocka_unit_test(test_refused),
		cmocka_unit_test(test_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
