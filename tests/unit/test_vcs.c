/* Revisions as sources of notes; dates and names of commits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <ivnotes/vcs.h>

#include "base/mem.h"
#include "base/str.h"
#include "vcs/person.h"

static char folder[] = "vcs-XXXXXX";
static char *home;
static struct iv_vault *vault;
static struct iv_repo *repo;

static void shell(const char *command)
{
	assert_int_equal(system(command), 0);
}

static void open_at(const char *path)
{
	struct iv_error error = IV_ERROR_INIT;

	assert_int_equal(iv_vault_open(&vault, path, true, NULL), 0);
	if (iv_repo_open(&repo, vault, &error))
		fail_msg("%s", error.message);
}

static int enter(void **state)
{
	(void)state;
	memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
	home = realpath(".", NULL);
	vault = NULL;
	repo = NULL;
	return !mkdtemp(folder) || chdir(folder) || system("git init -q -b main .");
}

static int leave(void **state)
{
	char command[60];

	(void)state;
	iv_repo_close(repo);
	iv_vault_close(vault);
	if (chdir(home))
		return 1;
	free(home);
	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	return system(command);
}

/* "path=bytes path=bytes" of all notes of a revision, in order; the caller frees. */
static char *notes_of(const char *revision)
{
	struct iv_buf out = IV_BUF_INIT;
	struct iv_source *source;
	struct iv_listing listing;

	assert_int_equal(iv_repo_source(&source, repo, revision, iv_vault_config(vault), NULL), 0);
	assert_true(source->immutable);
	assert_int_equal(source->list(source, &listing, NULL), 0);
	for (size_t i = 0; i < listing.count; i++) {
		const struct iv_entry *entry = &listing.entries[i];
		char *bytes;
		size_t len;

		assert_int_equal(strlen(entry->object), 40);
		assert_int_equal(source->read(source, entry, &bytes, &len, NULL), 0);
		iv_buf_printf(&out, "%s%s=%.*s", i ? " " : "", entry->path, (int)len, bytes);
		free(bytes);
	}
	iv_listing_release(&listing);
	source->close(source);
	return iv_buf_detach(&out);
}

static void assert_notes(const char *revision, const char *expected)
{
	char *notes = notes_of(revision);

	assert_string_equal(notes, expected);
	free(notes);
}

static void a_revision_holds_what_it_held(void **state)
{
	(void)state;
	shell("mkdir a .x node_modules && printf 1 >a/b.md && printf 2 >c.md && printf 3 >d.txt && "
	      "printf 4 >.x/e.md && printf 5 >node_modules/f.md && ln -s c.md g.md && "
	      "git add -A && git commit -qm one && "
	      "printf 9 >c.md && git rm -q a/b.md && git commit -qam two");
	open_at(".");
	assert_string_equal(iv_repo_prefix(repo), "");
	assert_notes("HEAD~1", "a/b.md=1 c.md=2");
	assert_notes("main", "c.md=9");
	assert_notes("HEAD^{tree}", "c.md=9");
}

static void a_vault_below_the_repository(void **state)
{
	(void)state;
	shell("printf 0 >top.md && git add -A && git commit -qm zero && "
	      "mkdir -p my/notes/a && printf 1 >my/notes/a/b.md && git add -A && git commit -qm "
	      "one");
	open_at("my/notes");
	assert_string_equal(iv_repo_prefix(repo), "my/notes/");
	assert_string_equal(iv_repo_folder(repo) + strlen(iv_repo_folder(repo)) - strlen(folder),
			    folder);
	assert_notes("HEAD", "a/b.md=1");
	assert_notes("HEAD~1", ""); /* not there yet */
}

static void what_is_no_revision(void **state)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_source *source = NULL;

	(void)state;
	shell("printf 1 >a.md && git add -A && git commit -qm one");
	open_at(".");
	assert_int_equal(iv_repo_source(&source, repo, "gone", iv_vault_config(vault), &error),
			 IV_ENOTFOUND);
	assert_string_equal(error.message, "no revision 'gone'");
	assert_int_equal(iv_repo_source(&source, repo, "HEAD~5", iv_vault_config(vault), NULL),
			 IV_ENOTFOUND);
	assert_int_equal(iv_repo_source(&source, repo, "", iv_vault_config(vault), NULL),
			 IV_ENOTFOUND);
	assert_int_equal(iv_repo_source(&source, repo, "HEAD:a.md", iv_vault_config(vault), &error),
			 IV_EINPUT);
	assert_null(source);
	iv_error_release(&error);
}

static void single_files(void **state)
{
	char *bytes;
	size_t len;

	(void)state;
	shell("mkdir .ivnotes && printf 'lapse: 3d' >.ivnotes/config.yaml && git add -A && "
	      "git commit -qm one");
	open_at(".");
	assert_int_equal(iv_repo_read(&bytes, &len, repo, "HEAD", ".ivnotes/config.yaml", NULL), 0);
	assert_int_equal(len, 9);
	assert_string_equal(bytes, "lapse: 3d");
	free(bytes);
	assert_int_equal(iv_repo_read(&bytes, &len, repo, "HEAD", "gone.md", NULL), IV_ENOTFOUND);
	assert_int_equal(iv_repo_read(&bytes, &len, repo, "HEAD", ".ivnotes", NULL), IV_ENOTFOUND);
	assert_int_equal(iv_repo_read(&bytes, &len, repo, "gone", "a.md", NULL), IV_ENOTFOUND);
}

static void too_large_a_blob(void **state)
{
	struct iv_source *source;
	struct iv_listing listing;
	char *bytes = NULL;
	size_t len;

	(void)state;
	shell("dd if=/dev/zero of=a.md bs=1M count=17 2>/dev/null && git add -A && "
	      "git commit -qm one");
	open_at(".");
	assert_int_equal(iv_repo_source(&source, repo, "HEAD", iv_vault_config(vault), NULL), 0);
	assert_int_equal(source->list(source, &listing, NULL), 0);
	assert_int_equal(listing.count, 1);
	assert_int_equal(source->read(source, listing.entries, &bytes, &len, NULL), IV_ELIMIT);
	assert_null(bytes);
	iv_listing_release(&listing);
	source->close(source);
}

static void dates_of_commits(void **state)
{
	int64_t seconds;
	int offset;

	(void)state;
	assert_true(vcs_date_parse(&seconds, &offset, "1795424400 +0130"));
	assert_int_equal(seconds, 1795424400);
	assert_int_equal(offset, 90);
	assert_true(vcs_date_parse(&seconds, &offset, "@86400"));
	assert_int_equal(seconds, 86400);
	assert_int_equal(offset, 0);
	assert_true(vcs_date_parse(&seconds, &offset, "1970-01-02T01:00:00+01:00"));
	assert_int_equal(seconds, 86400);
	assert_int_equal(offset, 60);
	assert_true(vcs_date_parse(&seconds, &offset, "1970-01-01 19:00:00 -0500"));
	assert_int_equal(seconds, 86400);
	assert_int_equal(offset, -300);
	assert_true(vcs_date_parse(&seconds, &offset, "1970-01-02T00:00:00Z"));
	assert_int_equal(seconds, 86400);
	assert_false(vcs_date_parse(&seconds, &offset, ""));
	assert_false(vcs_date_parse(&seconds, &offset, "yesterday"));
	assert_false(vcs_date_parse(&seconds, &offset, "1970-01-02"));
	assert_false(vcs_date_parse(&seconds, &offset, "1970-01-02T25:00:00Z"));
	assert_false(vcs_date_parse(&seconds, &offset, "1795424400 +01"));
	assert_false(vcs_date_parse(&seconds, &offset, "1795424400 +0199"));
	assert_false(vcs_date_parse(&seconds, &offset, "1795424400x"));
}

static void put_file(const char *path, struct iv_str bytes)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
	assert_int_equal(fclose(file), 0);
}

/* git applies the patch to the one text, and has the other then. */
static void assert_applies(const char *path, struct iv_str before, struct iv_str after)
{
	char *patch = NULL;

	assert_int_equal(iv_patch(&patch, path, before, after, NULL), 0);
	put_file("expected", after);
	put_file("patch", iv_str_of(patch));
	remove("a note.md");
	if (before.ptr)
		put_file("a note.md", before);
	shell("git apply --whitespace=nowarn patch && cmp 'a note.md' expected");
	free(patch);
}

static void a_patch_applies(void **state)
{
	char *patch = NULL;

	(void)state;
	assert_applies("a note.md", IV_LIT("one\ntwo\nthree\n"), IV_LIT("one\n2\nthree\n"));
	assert_applies("a note.md", IV_LIT("one\r\ntwo\r\n"), IV_LIT("one\r\n2\r\n"));
	assert_applies("a note.md", IV_LIT("no end"), IV_LIT("no end\n"));
	assert_applies("a note.md", IV_LIT("\xef\xbb\xbfx\x01\xff\n"), IV_LIT("y\x01\n"));
	assert_applies("a note.md", (struct iv_str){NULL, 0}, IV_LIT("new\n"));
	assert_int_equal(iv_patch(&patch, "x.md", IV_LIT("same\n"), IV_LIT("same\n"), NULL), 0);
	assert_string_equal(patch, "");
	free(patch);
}

#define HERE(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
	const struct CMUnitTest tests[] = {
		HERE(a_revision_holds_what_it_held),
		HERE(a_vault_below_the_repository),
		HERE(what_is_no_revision),
		HERE(single_files),
		HERE(too_large_a_blob),
		HERE(a_patch_applies),
		cmocka_unit_test(dates_of_commits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
