/* Ids of names, letter by letter, and ids as people wish them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/id.h"
#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static struct iv_arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = iv_arena_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	iv_arena_free(arena);
	return 0;
}

static void assert_id(const char *name, const char *expected)
{
	struct iv_str id = iv_id_make(arena, iv_str_of(name));
	if (!iv_str_is(id, expected))
		fail_msg("'%s': got '%.*s', expected '%s'", name, IV_STR_ARG(id), expected);
}

static const char *const names[][2] = {
	{"Jane Green", "jane-green"},
	{"  Jane\tGreen\n", "jane-green"},
	{"Anna-Lena O'Brien, Ph.D.", "anna-lena-o-brien-ph-d"},
	{"J. R. R. Tolkien", "j-r-r-tolkien"},
	{"3M", "3m"},
	{"AT&T", "at-t"},
	{"jane_green", "jane-green"},
	{"-- Jane -- Green --", "jane-green"},
	/* marks, composed and not */
	{"José Müller", "jose-muller"},
	{"Jose\xcc\x81 Mu\xcc\x88ller", "jose-muller"},
	{"Ångström Čapek Škoda Żak", "angstrom-capek-skoda-zak"},
	{"Nguyễn Thị Hương", "nguyen-thi-huong"},
	{"İbrahim Işık", "ibrahim-isik"},
	/* letters of their own */
	{"Weiß STRAẞE", "weiss-strasse"},
	{"Æsa Œuvre", "aesa-oeuvre"},
	{"Bjørn Łukasz Đorđe", "bjorn-lukasz-dorde"},
	{"Þór Guðmundsson", "thor-gudmundsson"},
	{"Ħal Ŋ Ŧ ĸ", "hal-n-t-q"},
	{"Ɓala Ɗan", "bala-dan"},
	{"ŋ̈", "n"},
	/* compatible forms */
	{"ﬁnn", "finn"},
	{"Ｊａｎｅ", "jane"},
	{"Area ⅠⅤ ²", "area-iv-2"},
	{"½", "1-2"},
	/* other scripts, composed, with their marks */
	{"Анна Йовчева", "анна-йовчева"},
	{"Αντώνης", "αντώνης"},
	{"山田 太郎", "山田-太郎"},
	{"佐々木", "佐々木"},
	{"コーヒー", "コーヒー"},
	{"がぎぐ", "がぎぐ"},
	{"\xe1\x84\x80\xe1\x85\xb5\xe1\x86\xb7", "김"},
	{"דוד", "דוד"},
	{"שָׁלוֹם", "שָׁלוֹם"},
	{"محمد علي", "محمد-علي"},
	{"मीरा नायर", "मीरा-नायर"},
	{"สมชาย ใจดี", "สมชาย-ใจดี"},
	{"٣ شركاء", "٣-شركاء"},
	/* what nobody sees, and what would turn the line around */
	{"\xe2\x80\xaeJane\xe2\x80\xac Green", "jane-green"},
	{"Ja\xc2\xadne", "jane"},
	{"Jane\xe2\x80\x8bGreen", "janegreen"},
	{"\xef\xbb\xbfJane", "jane"},
	{"Jane \xf0\x9f\x98\x80 Green", "jane-green"},
	{"1\xef\xb8\x8f\xe2\x83\xa3", "1"},
	{"Kaʻahumanu", "ka-ahumanu"},
	{"D’Angelo", "d-angelo"},
	/* nothing that a path could be made of */
	{"../../etc/passwd", "etc-passwd"},
	{"/", NULL},
	{"..", NULL},
	{".hidden", "hidden"},
	{"a/b", "a-b"},
	{"C:\\x", "c-x"},
	{"x.md", "x-md"},
	{"[[jane|x]]#y", "jane-x-y"},
	{"a\x1b[31mb", "a-31mb"},
	{"a\x01"
	 "b",
	 "a-b"},
	/* no id */
	{"", NULL},
	{"   ", NULL},
	{"-", NULL},
	{"\xf0\x9f\x98\x80", NULL},
	{"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb", NULL},
	{"!?…", NULL},
	{"\xcc\x81", NULL},
	{"\xff\xfe", NULL},
};

static void test_make(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct iv_str id = iv_id_make(arena, iv_str_of(names[i][0]));
		if (names[i][1])
			assert_id(names[i][0], names[i][1]);
		else if (id.ptr)
			fail_msg("'%s' has the id '%.*s'", names[i][0], IV_STR_ARG(id));
	}
	assert_null(iv_id_make(arena, (struct iv_str){NULL, 0}).ptr);
	assert_true(iv_str_is(iv_id_make(arena, (struct iv_str){"a\0b", 3}), "a-b"));
}

/* The id of an id is the same; and where a person may wish it, they may have it. */
static void test_stable(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		if (!names[i][1])
			continue;
		assert_id(names[i][1], names[i][1]);
		assert_int_equal(iv_id_check(iv_str_of(names[i][1]), NULL), 0);
	}
}

static struct iv_str repeat(const char *text, size_t count)
{
	struct iv_buf buf = IV_BUF_INIT;
	while (count--)
		iv_buf_puts(&buf, text);
	struct iv_str out = iv_arena_str(arena, iv_buf_view(&buf));
	iv_buf_release(&buf);
	return out;
}

static void test_length(void **state)
{
	static const char *const sixty =
		"aaaaaaaaa-bbbbbbbbb-ccccccccc-ddddddddd-eeeeeeeee-ffffffffff";
	(void)state;
	assert_int_equal(strlen(sixty), 60);
	assert_id(sixty, sixty);
	/* Whole words, where they fill half of it. */
	assert_id("aaaaaaaaa-bbbbbbbbb-ccccccccc-ddddddddd-eeeeeeeee-fffffffffff",
		  "aaaaaaaaa-bbbbbbbbb-ccccccccc-ddddddddd-eeeeeeeee");
	assert_id("aaaaaaaaa-bbbbbbbbb-ccccccccc-ddddddddd-eeeeeeeee-ffffffffff-g", sixty);
	assert_int_equal(iv_id_make(arena, repeat("x", 300)).len, 60);
	assert_int_equal(iv_id_make(arena, repeat("Dr x", 300)).len, 58);
	/* Three bytes a letter; letter and mark six, and not parted. */
	assert_int_equal(iv_id_make(arena, repeat("山", 300)).len, 60);
	assert_int_equal(iv_id_make(arena, repeat("я", 300)).len, 60);
	struct iv_str id = iv_id_make(arena, repeat("xमी", 300));
	assert_int_equal(id.len, 57);
	assert_int_equal(iv_utf8_invalid(id), SIZE_MAX);
	assert_true(iv_str_ends(id, "मीx"));
	assert_int_equal(iv_id_make(arena, repeat("é ß-", 100000)).len, 59);
	/* A letter with more marks than fit is none. */
	assert_null(
		iv_id_make(arena, iv_arena_printf(arena, "山%s", repeat("\xcc\x81", 100).ptr)).ptr);
}

static void test_number(void **state)
{
	struct iv_str id = iv_id_number(arena, IV_LIT("jane-green"), 2);
	(void)state;
	assert_true(iv_str_is(id, "jane-green-2"));
	id = iv_id_number(arena, iv_id_make(arena, repeat("x", 300)), 10);
	assert_int_equal(id.len, 60);
	assert_true(iv_str_ends(id, "x-10"));
	id = iv_id_number(arena,
			  IV_LIT("aaaaaaaaa-bbbbbbbbb-ccccccccc-ddddddddd-eeeeeeeee-fffffffff"), 3);
	assert_true(iv_str_is(id, "aaaaaaaaa-bbbbbbbbb-ccccccccc-ddddddddd-eeeeeeeee-3"));
}

static void test_wishes(void **state)
{
	static const char *const right[] = {"jane-green", "Jane Green", "J.R.",
					    "山田",       "a",          "con2"};
	static const char *const wrong[][2] = {
		{"", "an id is empty, expected one such as 'jane-green'"},
		{".x", "the id '.x' begins with a dot, which hides a file; expected one such as "
		       "'jane-green'"},
		{"..", NULL},
		{"a/b", "the id 'a/b' has a character that file names or links cannot hold; "
			"expected one such as 'jane-green'"},
		{"/", NULL},
		{"a\\b", NULL},
		{"a\nb", NULL},
		{"a\x7f", NULL},
		{"a\xe2\x80\xae", NULL},
		{"a|b", NULL},
		{"a#b", NULL},
		{"a]]", NULL},
		{" a", NULL},
		{"a ", NULL},
		{"a.md", NULL},
		{"none", NULL},
		{"CON", NULL},
		{"\xff", NULL},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(right); i++)
		assert_int_equal(iv_id_check(iv_str_of(right[i]), NULL), 0);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct iv_error error = IV_ERROR_INIT;
		if (iv_id_check(iv_str_of(wrong[i][0]), &error) != IV_EINPUT)
			fail_msg("'%s' was taken", wrong[i][0]);
		if (wrong[i][1])
			assert_string_equal(error.message, wrong[i][1]);
		iv_error_release(&error);
	}
	assert_int_equal(iv_id_check(repeat("x", IV_ID_LIMIT), NULL), 0);
	assert_int_equal(iv_id_check(repeat("x", IV_ID_LIMIT + 1), NULL), IV_EINPUT);
	assert_true(iv_id_is_reserved(IV_LIT("lpt9")));
	assert_false(iv_id_is_reserved(IV_LIT("lpt")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_make, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_stable, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_length, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_number, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_wishes, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
