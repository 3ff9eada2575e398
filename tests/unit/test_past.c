/* The history cache is trusted only where it was made by this program, in this vault, with these settings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ivnotes/index.h>

#include "base/embedded.h"
#include "index/db.h"
#include "scratch.h"

static const char id[] = "0123456789012345678901234567890123456789";
static struct scratch scratch;

/* Opens the cache, puts the commit into it if it is not known, and says whether it was. */
static bool was_known(const char *prefix)
{
	const struct iv_past_place place = {.folder = scratch.index, .prefix = prefix};
	const struct iv_past_commit commit = {
		.id = id, .author = "Robin", .email = "robin@example.org", .subject = "One"};
	struct iv_past_commit found;
	struct iv_vault *vault;
	struct iv_past *past;
	bool known;

	assert_int_equal(iv_vault_open(&vault, scratch.vault, true, NULL), 0);
	assert_int_equal(iv_past_open(&past, vault, &place, NULL, NULL), 0);
	known = iv_past_known(past, id, &found);
	if (!known)
		assert_int_equal(iv_past_put(past, &commit, NULL), 0);
	assert_int_equal(iv_past_keep(past, NULL), 0);
	iv_past_close(past);
	iv_vault_close(vault);
	return known;
}

static void change_meta(const char *sql)
{
	char *path = scratch_path(scratch.index, IV_PAST_FILE);
	struct iv_db *db;

	assert_int_equal(iv_db_open(&db, path, NULL), 0);
	assert_int_equal(iv_db_exec(db, sql, NULL), 0);
	iv_db_close(db);
	free(path);
}

static void test_kept(void **state)
{
	(void)state;
	assert_false(was_known(""));
	assert_true(was_known(""));
	change_meta("UPDATE meta SET value = value");
	assert_true(was_known(""));
}

static void test_of_another_kind(void **state)
{
	static const char *const changes[] = {
		"UPDATE meta SET value = '0.0.0' WHERE key = 'program'",
		"UPDATE meta SET value = 'x' WHERE key = 'sources'",
		"UPDATE meta SET value = 'x' WHERE key = 'schema'",
		"UPDATE meta SET value = 'x' WHERE key = 'reading'",
		"UPDATE meta SET value = '/elsewhere' WHERE key = 'vault'",
		"DELETE FROM meta WHERE key = 'sources'",
		"DELETE FROM meta",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
		was_known("");
		change_meta(changes[i]);
		assert_false(was_known(""));
		assert_true(was_known(""));
	}
	assert_false(was_known("notes/"));
	assert_true(was_known("notes/"));
}

static void test_sources(void **state)
{
	(void)state;
	assert_in_range(strlen(iv_sources), 1, 10);
	assert_int_equal(strspn(iv_sources, "0123456789"), strlen(iv_sources));
}

static int set_up(void **state)
{
	(void)state;
	scratch = scratch_make();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	scratch_release(&scratch);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_of_another_kind, set_up, tear_down),
		cmocka_unit_test(test_sources),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
