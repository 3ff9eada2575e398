/* What a note says in words of one's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "note/said.h"

static void check(const char *body, int demoted, const char *expected)
{
	struct iv_buf bytes = IV_BUF_INIT, said = IV_BUF_INIT;

	iv_buf_printf(&bytes, "---\ntype: meeting\n---\n%s", body);
	struct iv_note *note = iv_note_parse(iv_str_of("m.md"), iv_buf_view(&bytes), NULL);
	iv_note_said(&said, note, iv_buf_view(&bytes), NULL, demoted);
	assert_string_equal(said.len ? said.ptr : "", expected);
	iv_note_free(note);
	iv_buf_release(&said);
	iv_buf_release(&bytes);
}

static void test_sections(void **state)
{
	(void)state;
	check("", 0, "");
	check("words\n", 0, "words\n");
	check("## Research\n\n- [x] it\n\n## Notes\n\nwords\n\n## Follow-ups\n\n- [ ] it\n", 0,
	      "words\n");
	/* A section below another is its own, and one that is none belongs to what is around it. */
	check("# Notes\n\na\n\n## Questions\n\n- q?\n\n## More\n\nb\n\n# Opening\n\n## "
	      "Inside\n\nc\n",
	      0, "a\n\n## More\n\nb\n");
	check("# Questions\n\nq?\n\n# Answers\n\nyes\n", 2, "### Answers\n\nyes\n");
	/* Two of one name are both told. */
	check("# Notes\n\na\n\n# Request\n\nr\n\n# Notes\n\nb\n", 0, "a\n\nb\n");
}

static void test_headings(void **state)
{
	(void)state;
	check("Title\n=====\n\n## Second ##\n\n#### #5 of them\n", 3,
	      "#### Title\n\n##### Second\n\n###### #5 of them\n");
	check("###### Deep\n", 3, "###### Deep\n");
	/* One in a quotation is somebody else's. */
	check("> # Questions\n\nwords\n", 1, "> # Questions\n\nwords\n");
}

static void test_blocks(void **state)
{
	(void)state;
	check("a\n\n\n\n\nb\n", 0, "a\n\nb\n");
	check("a <!-- in it --> b\n<!-- a\nblock -->\n\nc", 0, "a <!-- in it --> b\n\nc\n");
	check("```\n# Questions\n\n\nx\n```\n", 0, "```\n# Questions\n\n\nx\n```\n");
	check("    code\n\n- a\n\n  b\n1. c\n", 0, "    code\n\n- a\n\n  b\n\n1. c\n");
	/* Definitions of links are no blocks, and needed all the same. */
	check("see [it][1]\n\n[1]: it.md\n\nb\n", 0, "see [it][1]\n\n[1]: it.md\n\nb\n");
	check("a\r\nb\r\n\r\n# Questions\r\n\r\nq?\r\n", 0, "a\nb\n");
}

static void test_odd_bytes(void **state)
{
	struct iv_buf said = IV_BUF_INIT;
	static const char utf16[] = "\xff\xfe-\0-\0";
	struct iv_str bytes = {utf16, sizeof(utf16) - 1};
	struct iv_note *note = iv_note_parse(iv_str_of("m.md"), bytes, NULL);

	(void)state;
	iv_note_said(&said, note, bytes, NULL, 0);
	assert_int_equal(said.len, 0);
	iv_note_free(note);
	note = iv_note_parse(iv_str_of("m.md"),
			     iv_str_of("\xef\xbb\xbf"
				       "a\xff"),
			     NULL);
	iv_buf_puts(&said, "before\n");
	iv_note_said(&said, note,
		     iv_str_of("\xef\xbb\xbf"
			       "a\xff"),
		     NULL, 0);
	assert_string_equal(said.ptr, "before\na?\n");
	iv_note_free(note);
	iv_buf_release(&said);
}

/* The config's own words for sections. */
static void test_own_words(void **state)
{
	static const char *const sections[][2] = {{"questions", "Fragen"}, {NULL, NULL}};
	static const struct iv_syntax syntax = {.sections = sections};
	struct iv_str bytes = iv_str_of("---\ntype: meeting\n---\n# Fragen\n\nq?\n\n# Rest\n\nr\n");
	struct iv_note *note = iv_note_parse(iv_str_of("m.md"), bytes, &syntax);
	struct iv_buf said = IV_BUF_INIT;

	(void)state;
	iv_note_said(&said, note, bytes, &syntax, 1);
	assert_string_equal(said.ptr, "## Rest\n\nr\n");
	iv_note_free(note);
	iv_buf_release(&said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sections),  cmocka_unit_test(test_headings),
		cmocka_unit_test(test_blocks),    cmocka_unit_test(test_odd_bytes),
		cmocka_unit_test(test_own_words),
	};
	return cmocka_run_group_tests_name("said", tests, NULL, NULL);
}
