/* view/letter_words.h, view/mail.h: how letters put it, and where they may go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "view/letter.h"
#include "view/letter_words.h"
#include "view/mail.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct text_case {
	const char *text, *expected;
};

static void assert_texts(struct iv_str (*change)(struct iv_arena *, struct iv_str),
			 const struct text_case *cases, size_t count)
{
	struct iv_arena *arena = iv_arena_new();

	for (size_t i = 0; i < count; i++) {
		struct iv_str out = change(arena, iv_str_of(cases[i].text));
		char *text = iv_strndup(out.ptr ? out.ptr : "", out.len);

		assert_string_equal(text, cases[i].expected);
		free(text);
	}
	iv_arena_free(arena);
}

static void texts_become_parts_of_sentences(void **state)
{
	static const struct text_case cases[] = {
		{"", ""},
		{"the guild", "the guild"},
		{"  the\n guild\r\n. ", "the guild"},
		{"Acme Inc.", "Acme Inc"},
		{"really?", "really?"},
		{"...", ""},
		{"ask [[tom-tolley]]", "ask Tom Tolley"},
		{"ask [[people/tom-tolley#Notes|old Tom]], soon", "ask old Tom, soon"},
		{"ask [[people/Tom Tolley#Notes]]", "ask Tom Tolley"},
		{"see [the guild](https://guild.example)", "see the guild"},
		{"see [the guild](https://guild.example", "see the guild"},
		{"a [1] b", "a (1) b"},
		{"[[", "(("},
		{"[[a]", "((a)"},
		{"]]", "))"},
		{"a\x1b[31mb\x7f", "a (31mb"},
		{"a\xc2\x85"
		 "b\xe2\x80\xae"
		 "c\xe2\x81\xa7"
		 "d",
		 "a b c d"},
		{"caf\xc3\xa9", "caf\xc3\xa9"},
	};

	(void)state;
	assert_texts(iv_words_clean, cases, COUNT(cases));
}

static void sentences_end(void **state)
{
	static const struct text_case cases[] = {
		{"", ""},
		{"I keep books", "I keep books."},
		{"I keep books.", "I keep books."},
		{"I keep books!\n", "I keep books!"},
	};

	(void)state;
	assert_texts(iv_words_sentence, cases, COUNT(cases));
}

static void ids_become_names(void **state)
{
	static const struct text_case cases[] = {
		{"Jane Green", "Jane Green"},       {"jane-green", "Jane Green"},
		{"jane_b-green2", "Jane B Green2"}, {"bell hooks", "bell hooks"},
		{"2026-11-18", "2026-11-18"},       {"e.e.cummings", "e.e.cummings"},
		{"Acme Inc.", "Acme Inc."},         {"[[jane-green]]", "Jane Green"},
	};

	(void)state;
	assert_texts(iv_words_name, cases, COUNT(cases));
}

static iv_day day(const char *text)
{
	iv_day out;

	assert_true(iv_day_parse(&out, iv_str_of(text)));
	return out;
}

static void days_are_said_as_people_say_them(void **state)
{
	static const struct text_case cases[] = {
		{"2026-11-23", "today"},
		{"2026-11-22", "yesterday"},
		{"2026-11-24", "tomorrow"},
		{"2026-11-17", "on Tuesday"},
		{"2026-11-16", "on November 16"},
		{"2026-11-29", "on Sunday"},
		{"2026-11-30", "on November 30"},
		{"2026-01-01", "on January 1"},
		{"2025-12-31", "on December 31, 2025"},
		{"2027-01-11", "on January 11"},
		{"2027-06-01", "on June 1, 2027"},
	};
	struct iv_arena *arena = iv_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(iv_words_day(arena, day(cases[i].text), day("2026-11-23")).ptr,
				    cases[i].expected);
	assert_int_equal(iv_words_day(arena, IV_NO_DAY, day("2026-11-23")).len, 0);
	iv_arena_free(arena);
}

static void lengths_and_lists_are_words(void **state)
{
	const struct iv_str items[] = {IV_LIT("a"), IV_LIT("b"), IV_LIT("c")};
	struct iv_arena *arena = iv_arena_new();

	(void)state;
	assert_string_equal(iv_words_minutes(arena, 20).ptr, "twenty minutes");
	assert_string_equal(iv_words_minutes(arena, 30).ptr, "half an hour");
	assert_string_equal(iv_words_minutes(arena, 17).ptr, "17 minutes");
	assert_int_equal(iv_words_list(arena, items, 0, ", ", " and ").len, 0);
	assert_string_equal(iv_words_list(arena, items, 1, ", ", " and ").ptr, "a");
	assert_string_equal(iv_words_list(arena, items, 2, ", ", " and ").ptr, "a and b");
	assert_string_equal(iv_words_list(arena, items, 3, "; ", "; and ").ptr, "a; b; and c");
	iv_arena_free(arena);
}

static void addresses_are_those_that_mail_goes_to(void **state)
{
	static const char *const good[] = {"jane@example.org", "o'b+x/y=z@ex-ample.org", "a.b@c",
					   "JANE@EXAMPLE.ORG"};
	static const char *const bad[] = {"",
					  "jane",
					  "@example.org",
					  "jane@",
					  "jane@@example.org",
					  "j ane@example.org",
					  "jane@example.org,b@c.org",
					  "Jane <jane@example.org>",
					  "jane@example..org",
					  ".jane@example.org",
					  "jane.@example.org",
					  "jane@example.org\r\nBcc: x@y.z",
					  "\"jane\"@example.org",
					  "jane@[127.0.0.1]",
					  "jos\xc3\xa9@example.org",
					  "jane@ex_ample.org",
					  "jane@example.org?subject=x"};
	struct iv_buf longest = IV_BUF_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++)
		assert_true(iv_mail_address(iv_str_of(good[i])));
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(iv_mail_address(iv_str_of(bad[i])));
	for (int i = 0; i < 64; i++)
		iv_buf_putc(&longest, 'x');
	iv_buf_puts(&longest, "@example.org");
	assert_true(iv_mail_address(iv_buf_view(&longest)));
	assert_false(iv_mail_address(iv_str_of("x")));
	iv_buf_clear(&longest);
	for (int i = 0; i < 65; i++)
		iv_buf_putc(&longest, 'x');
	iv_buf_puts(&longest, "@example.org");
	assert_false(iv_mail_address(iv_buf_view(&longest)));
	iv_buf_release(&longest);
}

static void lines_are_wrapped_where_words_allow_it(void **state)
{
	struct iv_buf out = IV_BUF_INIT;

	(void)state;
	iv_letter_wrap(&out, IV_LIT("one two three\n\n- four five six\nseven-eight-nine\n"), 9);
	assert_string_equal(out.ptr, "one two\nthree\n\n- four\n  five\n  six\n"
				     "seven-eight-nine\n");
	iv_buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_become_parts_of_sentences),
		cmocka_unit_test(sentences_end),
		cmocka_unit_test(ids_become_names),
		cmocka_unit_test(days_are_said_as_people_say_them),
		cmocka_unit_test(lengths_and_lists_are_words),
		cmocka_unit_test(addresses_are_those_that_mail_goes_to),
		cmocka_unit_test(lines_are_wrapped_where_words_allow_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
