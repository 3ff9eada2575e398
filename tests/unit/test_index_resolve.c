/* What references mean: by path, id, alias, name, in that order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include <ivnotes/vault.h>

#include "base/mem.h"
#include "index/resolve.h"

static struct iv_names *names;
static struct iv_resolver resolver;
static struct iv_config *config;
static struct iv_links *links;

static void add(int64_t note, const char *path, enum iv_type type, const char *id,
		const char *alias, const char *name)
{
	struct iv_candidate candidate = {.note = note, .path = path, .type = type};

	candidate.rank = IV_RANK_ID;
	iv_names_add(names, iv_str_of(id), candidate);
	candidate.rank = IV_RANK_ALIAS;
	if (alias)
		iv_names_add(names, iv_str_of(alias), candidate);
	candidate.rank = IV_RANK_NAME;
	if (name)
		iv_names_add(names, iv_str_of(name), candidate);
}

static int set_up(void **state)
{
	const char *symlinks[] = {"docs/Claude.md", "elsewhere"};
	struct iv_listing listing = {.links = symlinks, .link_count = 2};

	(void)state;
	names = iv_names_new(NULL);
	add(1, "people/jane-green.md", IV_TYPE_CONTACT, "jane-green", "jg", "jane green");
	add(2, "people/omar.md", IV_TYPE_CONTACT, "omar", NULL, "omar haddad");
	add(3, "old/omar.md", IV_TYPE_NONE, "omar", NULL, NULL);
	add(4, "Acme.md", IV_TYPE_ORGANIZATION, "acme", NULL, "acme corp");
	add(5, "log/acme.md", IV_TYPE_NONE, "acme", NULL, NULL);
	add(6, "a/readme.md", IV_TYPE_NONE, "readme", NULL, NULL);
	add(7, "b/readme.md", IV_TYPE_NONE, "readme", NULL, NULL);
	add(8, "people/kim.md", IV_TYPE_CONTACT, "kim", NULL, "kim lee");
	add(9, "people/lee.md", IV_TYPE_CONTACT, "lee", "kim", "kim lee");
	add(10, "x/y/deep.md", IV_TYPE_NONE, "deep", NULL, NULL);
	add(11, "people/o'neil.md", IV_TYPE_CONTACT, "o'neil", NULL, "zoë o'neil-smith");
	iv_names_seal(names);
	config = iv_config_parse(IV_LIT("ignore: [private/]\n"));
	links = iv_links_new(&listing);
	resolver = (struct iv_resolver){names, config, iv_arena_new(), links};
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	iv_arena_free(resolver.scratch);
	iv_links_free(links);
	iv_config_free(config);
	iv_names_free(names);
	return 0;
}

static void assert_means(enum iv_ref_form form, const char *field, const char *key,
			 const char *from, int64_t target, int64_t matches)
{
	struct iv_wanted wanted = {form, iv_str_of(field), iv_str_of(key), from};
	struct iv_resolved got = iv_resolve(&resolver, &wanted);

	if (got.target != target || got.matches != matches)
		fail_msg("'%s' of %s in %s: got %d (%d matches), expected %d (%d)", key, field,
			 from, (int)got.target, (int)got.matches, (int)target, (int)matches);
}

static void test_order(void **state)
{
	(void)state;
	assert_means(IV_REF_BARE, "body", "jane-green", "m.md", 1, 1);
	assert_means(IV_REF_WIKI, "body", "jg", "m.md", 1, 1);
	assert_means(IV_REF_BARE, "body", "jane green", "m.md", 1, 1);
	assert_means(IV_REF_BARE, "body", "nobody", "m.md", 0, 0);
	/* The id of one beats the alias of another. */
	assert_means(IV_REF_BARE, "contact", "kim", "m.md", 8, 1);
	/* A name that two share. */
	assert_means(IV_REF_BARE, "contact", "kim lee", "m.md", 0, 2);
}

static void test_several(void **state)
{
	(void)state;
	/* A field that speaks of people means people, one of organizations these. */
	assert_means(IV_REF_WIKI, "contact", "omar", "old/m.md", 2, 1);
	assert_means(IV_REF_BARE, "organization", "acme", "log/m.md", 4, 1);
	/* Elsewhere: the one of the same folder, the one at the very path, the only typed one. */
	assert_means(IV_REF_WIKI, "body", "omar", "old/m.md", 3, 1);
	assert_means(IV_REF_WIKI, "body", "acme", "log/m.md", 5, 1);
	assert_means(IV_REF_WIKI, "body", "acme", "people/m.md", 4, 1);
	assert_means(IV_REF_WIKI, "body", "omar", "people2/m.md", 2, 1);
	assert_means(IV_REF_WIKI, "body", "readme", "m.md", 0, 2);
	assert_means(IV_REF_WIKI, "body", "readme", "b/m.md", 7, 1);
}

static void test_symlinks(void **state)
{
	(void)state;
	assert_means(IV_REF_LINK, "body", "docs/claude", "m.md", 0, -1);
	assert_means(IV_REF_LINK, "body", "claude", "m.md", 0, 0);
	assert_means(IV_REF_LINK, "body", "elsewhere/a/b", "m.md", 0, -1);
	assert_means(IV_REF_LINK, "body", "elsewhere", "m.md", 0, 0);
	assert_means(IV_REF_LINK, "body", "elsewhere2/a", "m.md", 0, 0);
	/* From the root, as Obsidian may write it. */
	assert_means(IV_REF_LINK, "body", "a/docs/claude", "a/m.md", 0, -1);
	assert_means(IV_REF_WIKI, "body", "claude", "m.md", 0, -1);
	assert_means(IV_REF_WIKI, "body", "docs/claude", "m.md", 0, -1);
	assert_means(IV_REF_WIKI, "body", "elsewhere/a", "m.md", 0, -1);
	assert_means(IV_REF_WIKI, "body", "elsewhere", "m.md", 0, 0);
	/* Nothing is read of it: it is nobody whom a meeting could name. */
	assert_means(IV_REF_BARE, "contact", "claude", "m.md", 0, 0);
}

static void test_paths(void **state)
{
	(void)state;
	assert_means(IV_REF_WIKI, "body", "people/jane-green", "m.md", 1, 1);
	assert_means(IV_REF_WIKI, "body", "y/deep", "m.md", 10, 1);
	assert_means(IV_REF_WIKI, "body", "z/deep", "m.md", 0, 0);
	assert_means(IV_REF_WIKI, "body", "ople/jane-green", "m.md", 0, 0);
	assert_means(IV_REF_LINK, "body", "people/jane-green", "m.md", 1, 1);
	assert_means(IV_REF_LINK, "body", "acme", "m.md", 4, 1);
	assert_means(IV_REF_LINK, "body", "x/deep", "m.md", 0, 0);
	/* A link is a path, never a name. */
	assert_means(IV_REF_LINK, "body", "jane green", "m.md", 0, 0);
}

static void test_no_notes_business(void **state)
{
	(void)state;
	assert_means(IV_REF_WIKI, "body", "cv.pdf", "m.md", 0, IV_NOT_A_NOTE);
	assert_means(IV_REF_WIKI, "body", "files/photo.jpeg", "m.md", 0, IV_NOT_A_NOTE);
	assert_means(IV_REF_BARE, "organization", "acme inc.", "m.md", 0, 0);
	assert_means(IV_REF_WIKI, "body", "version 1.2", "m.md", 0, 0);
	/* Outside the vault, in a dot-folder, left out by the config. */
	assert_means(IV_REF_LINK, "body", "", "m.md", 0, IV_NOT_A_NOTE);
	assert_means(IV_REF_LINK, "body", ".trash/x", "m.md", 0, IV_NOT_A_NOTE);
	assert_means(IV_REF_LINK, "body", "private/x", "m.md", 0, IV_NOT_A_NOTE);
}

/* ---- people in free text ---- */

static void note_down(void *data, int64_t note)
{
	iv_buf_printf(data, "%d ", (int)note);
}

static void assert_people(const char *text, const char *expected)
{
	struct iv_buf got = IV_BUF_INIT;

	iv_buf_puts(&got, "");
	iv_find_people(&resolver, iv_str_of(text), note_down, &got);
	assert_string_equal(got.ptr ? got.ptr : "", expected);
	iv_buf_release(&got);
}

static void test_people(void **state)
{
	(void)state;
	assert_people("told Jane Green, and Omar Haddad.", "1 2 ");
	assert_people("to jane-green (by phone)", "1 ");
	assert_people("[[jane-green|Jane]]: sent", "1 ");
	assert_people("ZOË O'Neil-Smith wrote", "11 ");
	assert_people("Jane Greenfield, Bjane Green", "");
	/* Organizations and notes without a type are no people, and two of a name are nobody. */
	assert_people("acme readme kim lee", "");
	assert_people("kim, then lee", "8 9 ");
	assert_people("", "");
	assert_people("... !!", "");
	assert_people("one two three four five six seven jane green", "1 ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_several, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_symlinks, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_paths, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_no_notes_business, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_people, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
