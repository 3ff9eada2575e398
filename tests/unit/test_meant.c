/* base/meant.h */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/meant.h"

static unsigned slips(const char *a, const char *b)
{
	return iv_edit_distance(iv_str_of(a), iv_str_of(b));
}

static void test_distance(void **state)
{
	(void)state;
	assert_int_equal(slips("", ""), 0);
	assert_int_equal(slips("", "abc"), 3);
	assert_int_equal(slips("abc", ""), 3);
	assert_int_equal(slips("source", "sources"), 1);
	assert_int_equal(slips("source", "surce"), 1);
	assert_int_equal(slips("source", "sourse"), 1);
	assert_int_equal(slips("source", "soruce"), 1);
	assert_int_equal(slips("kitten", "sitting"), 3);
	assert_int_equal(slips("abcdef", "badcfe"), 3);
	assert_int_equal(slips("Check", "cHECK"), 0);
	/* characters, not bytes */
	assert_int_equal(slips("m\xc3\xbcller", "muller"), 1);
	assert_int_equal(slips("\xc3\xa9\xc3\xbc", "\xc3\xbc\xc3\xa9"), 1);
	assert_int_equal(slips("\xff", "\xfe"), 1);
}

/* "a b" for the words found */
static void assert_meant(const char *word, const char *const *words, const char *expected)
{
	struct iv_meant meant = {.word = iv_str_of(word)};
	char found[200] = "";

	iv_meant_offer_all(&meant, words);
	for (size_t i = 0; i < meant.count; i++)
		snprintf(found + strlen(found), sizeof(found) - strlen(found), "%s%.*s",
			 i ? " " : "", IV_STR_ARG(meant.found[i]));
	assert_string_equal(found, expected);
}

static void test_nearest(void **state)
{
	static const char *const words[] = {"name",  "email", "referrals", "referred-by",
					    "phone", "url",   NULL};
	char longer[200];

	(void)state;
	assert_meant("emial", words, "email");
	assert_meant("Email", words, "email");
	assert_meant("fone", words, "");
	assert_meant("referals", words, "referrals");
	assert_meant("refered-bye", words, "referred-by");
	assert_meant("nam", words, "name");
	assert_meant("nm", words, "");
	assert_meant("earl", words, "");
	assert_meant("", words, "");
	memset(longer, 'n', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	assert_meant(longer, words, "");
}

static void test_ties(void **state)
{
	static const char *const names[] = {"jane-greener", "jane-green", "jane-greene",
					    "jane-green", NULL};
	static const char *const many[] = {"aa1", "aa2", "aa3", "aa4", "aa5", "aa6", NULL};

	(void)state;
	/* an `e` too many, or swapped with the `n`; offered twice is offered once */
	assert_meant("jane-greeen", names, "jane-green jane-greene");
	/* what is nearer sends away what was found before */
	assert_meant("jane-greene", names, "jane-greene");
	assert_meant("aa0", many, "aa1 aa2 aa3 aa4 aa5");
}

static void test_shown(void **state)
{
	struct iv_meant meant = {.word = IV_LIT("jane gren")};

	(void)state;
	iv_meant_offer_as(&meant, IV_LIT("jane green"), IV_LIT("jg"));
	iv_meant_offer_as(&meant, IV_LIT("jane grey"), IV_LIT("grey"));
	iv_meant_offer_as(&meant, IV_LIT("jane grein"), IV_LIT("jg"));
	assert_int_equal(meant.count, 2);
	assert_int_equal(meant.distance, 1);
	assert_true(iv_str_is(meant.found[0], "jg"));
	assert_true(iv_str_is(meant.found[1], "grey"));
}

/* A word of up to seven letters of a few, cases mixed, now and then one beyond ASCII. */
static struct iv_str some_word(struct iv_buf *out, unsigned *seed)
{
	static const char *const pieces[] = {"a", "A", "b", "c", "!", "1", "q", "\xc3\xbc"};

	iv_buf_clear(out);
	for (unsigned left = *seed >> 16 & 7; left; left--) {
		*seed = *seed * 1103515245 + 12345;
		iv_buf_puts(out, pieces[*seed >> 16 & 7]);
	}
	*seed = *seed * 1103515245 + 12345;
	return iv_buf_view(out);
}

/* The quick no says no to nothing that counting the slips would take, and takes nothing more. */
static void test_quick_no(void **state)
{
	unsigned seed = 7, taken = 0;
	struct iv_buf one = IV_BUF_INIT, other = IV_BUF_INIT;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct iv_str a = some_word(&one, &seed), b = some_word(&other, &seed);
		struct iv_meant meant = {.word = a};
		unsigned length = iv_edit_distance(a, IV_LIT("")), apart = iv_edit_distance(a, b);
		bool near = apart <= (length >= 6 ? 2U : 1U) && apart < length;

		iv_meant_offer(&meant, b);
		assert_int_equal(meant.count, near);
		taken += near;
	}
	assert_true(taken > 200);
	iv_buf_release(&one);
	iv_buf_release(&other);
}

static void test_text(void **state)
{
	struct iv_arena *arena = iv_arena_new();
	struct iv_meant meant = {.word = IV_LIT("bat")};

	(void)state;
	assert_null(iv_meant_text(arena, &meant));
	iv_meant_offer(&meant, IV_LIT("cat"));
	assert_string_equal(iv_meant_text(arena, &meant), "did you mean 'cat'?");
	iv_meant_offer(&meant, IV_LIT("hat"));
	assert_string_equal(iv_meant_text(arena, &meant), "did you mean 'cat' or 'hat'?");
	iv_meant_offer(&meant, IV_LIT("rat"));
	assert_string_equal(iv_meant_text(arena, &meant), "did you mean 'cat', 'hat' or 'rat'?");
	iv_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_distance), cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_ties),     cmocka_unit_test(test_shown),
		cmocka_unit_test(test_quick_no), cmocka_unit_test(test_text),
	};

	return cmocka_run_group_tests_name("meant", tests, NULL, NULL);
}
