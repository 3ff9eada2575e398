/* Markdown read aloud. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "note/plain.h"

static void expect(const char *markdown, const char *words)
{
	struct iv_buf buf = IV_BUF_INIT;

	iv_buf_puts(&buf, "");
	iv_plain_text(&buf, iv_str_of(markdown));
	assert_string_equal(buf.ptr, words);
	iv_buf_release(&buf);
}

static void test_white_space(void **state)
{
	(void)state;
	expect("", "");
	expect(" \n ", "");
	expect("  are you\n\thiring ?  ", "are you hiring ?");
	expect("are\xc2\xa0you\xe2\x80\xaf hiring", "are you hiring");
	expect("Dear Jane,\n\nI am\r\na clerk.\n\n\nYours", "Dear Jane,\nI am a clerk.\nYours");
}

static void test_marks_of_lines(void **state)
{
	(void)state;
	expect("- one\n- two\n  goes on\n3. three\n4) four\n* [ ] five\n+ [x] six",
	       "one\ntwo goes on\nthree\nfour\nfive\nsix");
	expect("> Dear Jane,\n> I am\n> a clerk", "Dear Jane, I am a clerk");
	expect("## Letter\nI am", "Letter I am");
	expect("it takes\n15 minutes", "it takes 15 minutes");
	expect("-5 degrees\n#tag", "-5 degrees #tag");
}

static void test_marks_of_words(void **state)
{
	(void)state;
	expect("Are you *hiring* or **not** or __never__ or ~~now~~?",
	       "Are you hiring or not or never or now?");
	expect("snake_case_word and `code`", "snake_case_word and code");
	expect("4 \\* 5 \\", "4 * 5 \\");
	expect("I\xe2\x80\x99m \xe2\x80\x9cnew\xe2\x80\x9d \xe2\x80\x93 well\xe2\x80\xa6",
	       "I'm \"new\" - well...");
	expect("r\xc3\xa9sum\xc3\xa9s and hyphen\xc2\xad\x61tion",
	       "r\xc3\xa9sum\xc3\xa9s and hyphenation");
}

static void test_links_tags_comments(void **state)
{
	(void)state;
	expect("[[bob-wilson|Bob Wilson]] and [[Jane Green]] said",
	       "Bob Wilson and Jane Green said");
	expect("[[open", "open");
	expect("see [my page](https://example.org/a) and <https://example.org>", "see my page and");
	expect("[my page](open", "my page");
	expect("a<br>b <b>c</b> 1 < 2 <3", "a b c 1 < 2 <3");
	expect("before <!-- I am\n\nnobody --> after <!-- open", "before after");
}

/* It ends between two characters. */
static void test_length(void **state)
{
	struct iv_buf text = IV_BUF_INIT, out = IV_BUF_INIT;

	(void)state;
	iv_buf_putc(&text, 'a');
	while (text.len < IV_PLAIN_MAX * 2)
		iv_buf_puts(&text, "\xc3\xa9");
	iv_plain_text(&out, iv_buf_view(&text));
	assert_int_equal(out.len, IV_PLAIN_MAX - 1);
	iv_buf_release(&text);
	iv_buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_white_space),    cmocka_unit_test(test_marks_of_lines),
		cmocka_unit_test(test_marks_of_words), cmocka_unit_test(test_links_tags_comments),
		cmocka_unit_test(test_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
