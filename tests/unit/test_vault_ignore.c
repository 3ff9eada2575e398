/* Globs of `ignore:`. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "vault/ignore.h"

static bool matches(const char *pattern, const char *path, bool folder)
{
	struct iv_globs *globs = iv_globs_new(&pattern, 1);
	bool yes = iv_globs_match(globs, iv_str_of(path), folder);

	iv_globs_free(globs);
	return yes;
}

static void a_bare_name_matches_anywhere(void **state)
{
	(void)state;
	assert_true(matches("todo.md", "todo.md", false));
	assert_true(matches("todo.md", "a/b/todo.md", false));
	assert_false(matches("todo.md", "a/xtodo.md", false));
	assert_false(matches("todo.md", "todo.md.md", false));
	assert_false(matches("todo", "todo.md", false));
	assert_false(matches("Todo.md", "todo.md", false));
}

static void a_slash_at_the_end_means_folders(void **state)
{
	(void)state;
	assert_true(matches("node_modules/", "node_modules", true));
	assert_true(matches("node_modules/", "a/node_modules", true));
	assert_false(matches("node_modules/", "node_modules", false));
	assert_false(matches("node_modules/", "my_node_modules", true));
}

static void a_slash_inside_anchors(void **state)
{
	(void)state;
	assert_true(matches("/todo.md", "todo.md", false));
	assert_false(matches("/todo.md", "a/todo.md", false));
	assert_true(matches("a/todo.md", "a/todo.md", false));
	assert_false(matches("a/todo.md", "b/a/todo.md", false));
	assert_true(matches("a/b/", "a/b", true));
	assert_false(matches("a/b/", "a/b/c", true));
}

static void stars_stay_within_a_name(void **state)
{
	(void)state;
	assert_true(matches("*.draft.md", "jane.draft.md", false));
	assert_true(matches("*.draft.md", "a/.draft.md", false));
	assert_false(matches("*.draft.md", "jane.draft.md/x", false));
	assert_true(matches("a/*.md", "a/x.md", false));
	assert_false(matches("a/*.md", "a/b/x.md", false));
	assert_true(matches("a*b*c", "aXbXbXc", false));
	assert_false(matches("a*b*c", "aXbXbX", false));
	assert_true(matches("*", "", false));
}

static void two_stars_cross_folders(void **state)
{
	(void)state;
	assert_true(matches("archive/**", "archive/x.md", false));
	assert_true(matches("archive/**", "archive/a/b/x.md", false));
	assert_false(matches("archive/**", "archive", true));
	assert_false(matches("archive/**", "old/archive/x.md", false));
	assert_true(matches("**/x.md", "x.md", false));
	assert_true(matches("**/x.md", "a/b/x.md", false));
	assert_true(matches("a/**/b/*.md", "a/b/x.md", false));
	assert_true(matches("a/**/b/*.md", "a/b/c/b/x.md", false));
	assert_false(matches("a/**/b/*.md", "a/b/c/x.md", false));
	assert_true(matches("a/**/b/**/c", "a/b/x/b/y/c", false));
	assert_false(matches("a/**/b/**/c", "a/c/x/c", false));
}

static void one_character_is_a_code_point(void **state)
{
	(void)state;
	assert_true(matches("J?rg.md", "Jörg.md", false));
	assert_false(matches("J?rg.md", "Jrg.md", false));
	assert_false(matches("J??rg.md", "Jörg.md", false));
	assert_true(matches("[a-cx]1", "b1", false));
	assert_true(matches("[a-cx]1", "x1", false));
	assert_false(matches("[a-cx]1", "d1", false));
	assert_true(matches("[!a-c]1", "d1", false));
	assert_false(matches("[!a-c]1", "a1", false));
	assert_true(matches("[ä-ü]", "ö", false));
	assert_true(matches("[]]", "]", false));
	assert_true(matches("[a-]", "-", false));
	assert_true(matches("x[1", "x[1", false)); /* never closed: itself */
	assert_true(matches("\\*", "*", false));
	assert_false(matches("\\*", "x", false));
	assert_true(matches("x\\", "x\\", false));
}

static void nothing_matches_nothing(void **state)
{
	(void)state;
	assert_false(matches("", "a", false));
	assert_false(matches("/", "a", true));
	assert_false(matches("  ", "a", false));
}

static void no_pattern_is_slow(void **state)
{
	char path[2001];
	(void)state;
	memset(path, 'a', 2000);
	path[2000] = '\0';
	assert_false(matches("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", path, false));
	for (size_t i = 1; i < 2000; i += 2)
		path[i] = '/';
	assert_false(matches("**/a/**/a/**/a/**/a/**/a/**/a/**/b", path, false));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bare_name_matches_anywhere),
		cmocka_unit_test(a_slash_at_the_end_means_folders),
		cmocka_unit_test(a_slash_inside_anchors),
		cmocka_unit_test(stars_stay_within_a_name),
		cmocka_unit_test(two_stars_cross_folders),
		cmocka_unit_test(one_character_is_a_code_point),
		cmocka_unit_test(nothing_matches_nothing),
		cmocka_unit_test(no_pattern_is_slow),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
