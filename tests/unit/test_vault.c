/* Finding the vault, walking it, reading its files. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <ivnotes/vault.h>

#include "base/mem.h"
#include "base/str.h"

static char folder[] = "vault test \303\244-XXXXXX"; /* a space and no ASCII */
static char *home;

static void put(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static int enter(void **state)
{
	(void)state;
	memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
	home = realpath(".", NULL);
	return !mkdtemp(folder) || chdir(folder);
}

static int leave(void **state)
{
	char command[200];

	(void)state;
	if (chdir(home))
		return 1;
	free(home);
	snprintf(command, sizeof(command), "chmod -R u+rwx '%s'; rm -rf '%s'", folder, folder);
	return system(command);
}

static struct iv_vault *open_here(void)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_vault *vault = NULL;

	if (iv_vault_open(&vault, ".", true, &error))
		fail_msg("%s", error.message);
	return vault;
}

/* What a walk found, with what reading needs. */
struct walked {
	struct iv_vault *vault;
	struct iv_source *source;
	struct iv_listing listing;
};

static struct walked walk(void)
{
	struct walked w;

	memset(&w, 0, sizeof(w));
	w.vault = open_here();
	assert_int_equal(iv_vault_source(&w.source, w.vault, NULL), 0);
	assert_int_equal(w.source->list(w.source, &w.listing, NULL), 0);
	return w;
}

static void walk_end(struct walked *w)
{
	iv_listing_release(&w->listing);
	w->source->close(w->source);
	iv_vault_close(w->vault);
}

static const struct iv_entry *entry(const struct walked *w, const char *path)
{
	for (size_t i = 0; i < w->listing.count; i++)
		if (!strcmp(w->listing.entries[i].path, path))
			return &w->listing.entries[i];
	return NULL;
}

/* ---- finding ---- */

static void finds_the_nearest_parent_with_settings(void **state)
{
	struct iv_vault *vault;
	char *here = realpath(".", NULL);

	(void)state;
	mkdir("v", 0700);
	mkdir("v/.ivnotes", 0700);
	mkdir("v/a", 0700);
	mkdir("v/a/b", 0700);
	assert_int_equal(iv_vault_open(&vault, "v/a/b", false, NULL), 0);
	assert_string_equal(iv_vault_root(vault) + strlen(here), "/v");
	iv_vault_close(vault);
	assert_int_equal(iv_vault_open(&vault, "v/a/b", true, NULL), 0);
	assert_string_equal(iv_vault_root(vault) + strlen(here), "/v/a/b");
	iv_vault_close(vault);
	free(here);
}

static void says_what_is_no_folder(void **state)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_vault *vault = NULL;

	(void)state;
	put("file", "");
	assert_int_equal(iv_vault_open(&vault, "gone", false, &error), IV_ENOTFOUND);
	assert_string_equal(error.message, "no folder 'gone'");
	assert_int_equal(iv_vault_open(&vault, "file", false, &error), IV_EIO);
	assert_string_equal(error.message, "'file' is no folder");
	assert_null(vault);
	iv_error_release(&error);
}

static void index_folders_differ(void **state)
{
	struct iv_vault *a, *b;
	char *one, *two;

	(void)state;
	mkdir("a", 0700);
	mkdir("b", 0700);
	assert_int_equal(iv_vault_open(&a, "a", true, NULL), 0);
	assert_int_equal(iv_vault_open(&b, "b", true, NULL), 0);
	one = iv_vault_index_folder(a, "/cache");
	two = iv_vault_index_folder(b, "/cache");
	assert_int_equal(strlen(one), strlen("/cache/ivnotes/") + 16);
	assert_string_not_equal(one, two);
	free(one);
	free(two);
	iv_vault_close(a);
	iv_vault_close(b);
}

/* ---- walking ---- */

static void lists_notes_and_nothing_else(void **state)
{
	struct walked w;

	(void)state;
	mkdir("contacts", 0700);
	mkdir(".git", 0700);
	mkdir("node_modules", 0700);
	put("contacts/jane green.md", "12345");
	put("top.md", "");
	put(".hidden.md", "");
	put(".md", "");
	put("readme.txt", "");
	put("shout.MD", "");
	put(".git/x.md", "");
	put("node_modules/x.md", "");
	w = walk();
	assert_int_equal(w.listing.count, 2);
	assert_non_null(entry(&w, "top.md"));
	assert_int_equal(entry(&w, "contacts/jane green.md")->size, 5);
	assert_int_equal(entry(&w, "contacts/jane green.md")->kind, 'f');
	assert_null(entry(&w, "top.md")->object);
	walk_end(&w);
}

static void times_are_nanoseconds(void **state)
{
	struct timespec times[2] = {{1700000000, 123456789}, {1700000000, 123456789}};
	struct walked w;
	struct stat st;

	(void)state;
	put("a.md", "");
	assert_int_equal(utimensat(AT_FDCWD, "a.md", times, 0), 0);
	assert_int_equal(stat("a.md", &st), 0);
	w = walk();
	assert_int_equal(entry(&w, "a.md")->mtime, 1700000000123456789);
	assert_int_equal(entry(&w, "a.md")->inode, st.st_ino);
	walk_end(&w);
}

static void the_config_leaves_out(void **state)
{
	struct walked w;

	(void)state;
	mkdir(".ivnotes", 0700);
	put(".ivnotes/config.yaml", "ignore: [drafts/, '*.draft.md', archive/**]\n");
	mkdir("drafts", 0700);
	mkdir("archive", 0700);
	mkdir("archive/deep", 0700);
	mkdir("node_modules", 0700);
	put("drafts/a.md", "");
	put("archive/deep/b.md", "");
	put("c.draft.md", "");
	put("node_modules/d.md", "");
	put("e.md", "");
	w = walk();
	assert_non_null(entry(&w, "e.md"));
	assert_non_null(entry(&w, "node_modules/d.md")); /* the default is replaced */
	assert_int_equal(w.listing.count, 2);
	walk_end(&w);
}

static bool has_link(const struct walked *w, const char *path)
{
	for (size_t i = 0; i < w->listing.link_count; i++)
		if (!strcmp(w->listing.links[i], path))
			return true;
	return false;
}

static void symlinks_are_not_followed(void **state)
{
	struct walked w;

	(void)state;
	mkdir("in", 0700);
	put("in/a.md", "");
	assert_int_equal(symlink("in/a.md", "b.md"), 0);
	assert_int_equal(symlink("in", "again"), 0);
	assert_int_equal(symlink("/etc/passwd", "c.md"), 0);
	assert_int_equal(symlink("..", "in/up"), 0);
	assert_int_equal(symlink("nowhere", "d.md"), 0);
	w = walk();
	assert_int_equal(w.listing.count, 1);
	assert_string_equal(w.listing.entries[0].path, "in/a.md");
	assert_int_equal(w.listing.link_count, 5);
	assert_true(has_link(&w, "again") && has_link(&w, "in/up") && has_link(&w, "d.md"));
	walk_end(&w);
}

static void odd_files_are_entries_of_their_kind(void **state)
{
	struct walked w;

	(void)state;
	assert_int_equal(mkfifo("pipe.md", 0600), 0);
	mkdir("folder.md", 0700);
	put("folder.md/inside.md", "");
	w = walk();
	assert_int_equal(w.listing.count, 3);
	assert_int_equal(entry(&w, "pipe.md")->kind, 'p');
	assert_int_equal(entry(&w, "folder.md")->kind, 'd');
	assert_int_equal(entry(&w, "folder.md/inside.md")->kind, 'f');
	walk_end(&w);
}

static void an_unreadable_folder_is_trouble(void **state)
{
	struct walked w;

	(void)state;
	mkdir("shut", 0700);
	put("shut/a.md", "");
	put("open.md", "");
	assert_int_equal(chmod(".", 0755), 0);
	assert_int_equal(chmod("shut", 0), 0);
	if (!geteuid())
		assert_int_equal(seteuid(65534), 0);
	w = walk();
	if (!getuid())
		assert_int_equal(seteuid(0), 0);
	assert_int_equal(w.listing.count, 2);
	assert_int_equal(entry(&w, "shut/")->trouble, EACCES);
	assert_int_equal(entry(&w, "shut/")->kind, 'd');
	assert_int_equal(entry(&w, "open.md")->trouble, 0);
	walk_end(&w);
}

static void every_file_of_a_large_folder_is_there_once(void **state)
{
	enum { MANY = 5000 };
	static unsigned char seen[MANY];
	struct walked w;
	char name[40];

	(void)state;
	memset(seen, 0, sizeof(seen));
	mkdir("big", 0700);
	for (int i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "%s/%05d.md", i % 7 ? "big" : ".", i);
		put(name, "x");
	}
	w = walk();
	assert_int_equal(w.listing.count, MANY);
	for (size_t i = 0; i < w.listing.count; i++) {
		const char *path = w.listing.entries[i].path;
		const char *slash = strrchr(path, '/');
		long n = strtol(slash ? slash + 1 : path, NULL, 10);

		assert_int_equal(seen[n]++, 0);
		assert_true(!slash == !(n % 7));
		assert_int_equal(w.listing.entries[i].size, 1);
	}
	walk_end(&w);
}

static void many_small_folders_are_walked(void **state)
{
	struct walked w;
	char name[60];

	(void)state;
	for (int i = 0; i < 600; i++) {
		snprintf(name, sizeof(name), "f%03d", i);
		mkdir(name, 0700);
		snprintf(name, sizeof(name), "f%03d/x.md", i);
		put(name, "");
		snprintf(name, sizeof(name), "f%03d/below", i);
		mkdir(name, 0700);
	}
	w = walk();
	assert_int_equal(w.listing.count, 600);
	walk_end(&w);
}

/* Deeper than a path may be long: what is too deep is trouble, the rest is there. */
static void a_deep_tree_ends_in_trouble(void **state)
{
	char name[101];
	struct walked w;
	size_t troubled = 0;

	(void)state;
	memset(name, 'd', 100);
	name[100] = '\0';
	for (int i = 0; i < 60; i++) {
		put("x.md", "");
		assert_int_equal(mkdir(name, 0700), 0);
		assert_int_equal(chdir(name), 0);
	}
	for (int i = 0; i < 60; i++)
		assert_int_equal(chdir(".."), 0);
	w = walk();
	for (size_t i = 0; i < w.listing.count; i++) {
		const struct iv_entry *e = &w.listing.entries[i];
		char *bytes;
		size_t len;

		if (e->trouble) {
			assert_int_equal(e->trouble, ENAMETOOLONG);
			troubled++;
			continue;
		}
		assert_int_equal(w.source->read(w.source, e, &bytes, &len, NULL), 0);
		free(bytes);
	}
	assert_int_equal(troubled, 1);
	assert_true(w.listing.count > 35);
	walk_end(&w);
}

static volatile bool stop_swapping;

/* Puts a symlink that leads outside in the folder's place, and takes it away again. */
static void *swap(void *data)
{
	(void)data;
	while (!stop_swapping)
		if (rename("v/in", "v/away") || symlink("../secret", "v/in") || unlink("v/in") ||
		    rename("v/away", "v/in"))
			abort();
	return NULL;
}

static void a_folder_swapped_for_a_symlink_leads_nowhere(void **state)
{
	pthread_t thread;
	struct walked w;
	size_t found = 0;

	(void)state;
	mkdir("v", 0700);
	mkdir("v/in", 0700);
	mkdir("secret", 0700);
	put("v/in/a.md", "");
	put("secret/leaked.md", "");
	assert_int_equal(iv_vault_open(&w.vault, "v", true, NULL), 0);
	assert_int_equal(iv_vault_source(&w.source, w.vault, NULL), 0);
	stop_swapping = false;
	assert_int_equal(pthread_create(&thread, NULL, swap, NULL), 0);
	for (int i = 0; i < 2000; i++) {
		assert_int_equal(w.source->list(w.source, &w.listing, NULL), 0);
		for (size_t j = 0; j < w.listing.count; j++) {
			assert_null(strstr(w.listing.entries[j].path, "leaked"));
			assert_int_equal(w.listing.entries[j].trouble, 0);
			found++;
		}
		iv_listing_release(&w.listing);
	}
	stop_swapping = true;
	pthread_join(thread, NULL);
	assert_true(found > 0);
	walk_end(&w);
}

/* ---- reading ---- */

static int read_one(struct walked *w, const char *path, char **bytes, size_t *len)
{
	struct iv_entry one = {.path = path, .kind = 'f'};

	*bytes = NULL;
	return w->source->read(w->source, &one, bytes, len, NULL);
}

static void reads_what_is_there_now(void **state)
{
	struct walked w;
	char *bytes;
	size_t len;

	(void)state;
	put("a.md", "one");
	w = walk();
	put("a.md", "one and more");
	assert_int_equal(read_one(&w, "a.md", &bytes, &len), 0);
	assert_int_equal(len, 12);
	assert_memory_equal(bytes, "one and more", 12);
	free(bytes);
	assert_int_equal(unlink("a.md"), 0);
	assert_int_equal(read_one(&w, "a.md", &bytes, &len), IV_ENOTFOUND);
	assert_null(bytes);
	walk_end(&w);
}

static void refuses_what_is_no_regular_file(void **state)
{
	struct walked w;
	char *bytes;
	size_t len;

	(void)state;
	assert_int_equal(mkfifo("pipe.md", 0600), 0);
	assert_int_equal(symlink("/etc/passwd", "link.md"), 0);
	mkdir("folder.md", 0700);
	w = walk();
	assert_int_equal(read_one(&w, "pipe.md", &bytes, &len), IV_EREFUSED);
	assert_int_equal(read_one(&w, "link.md", &bytes, &len), IV_EREFUSED);
	assert_int_equal(read_one(&w, "folder.md", &bytes, &len), IV_EREFUSED);
	walk_end(&w);
}

static void a_size_cap_holds(void **state)
{
	struct walked w;
	char *bytes;
	size_t len;

	(void)state;
	put("a.md", "");
	put("b.md", "");
	assert_int_equal(truncate("a.md", (off_t)IV_NOTE_SIZE_MAX), 0);
	assert_int_equal(truncate("b.md", (off_t)IV_NOTE_SIZE_MAX + 1), 0);
	w = walk();
	assert_int_equal(read_one(&w, "a.md", &bytes, &len), 0);
	assert_int_equal(len, IV_NOTE_SIZE_MAX);
	free(bytes);
	assert_int_equal(read_one(&w, "b.md", &bytes, &len), IV_ELIMIT);
	walk_end(&w);
}

/* ---- paths ---- */

static void holds_the_same_as_the_walk(void **state)
{
	static const char *const yes[] = {"a.md", "a/b.md", "node_modules.md", "x.md/y.md",
					  "J\303\266rg G.md"};
	static const char *const no[] = {"",
					 ".md",
					 "a.txt",
					 ".a.md",
					 "a/.b.md",
					 ".git/a.md",
					 "a//b.md",
					 "/a.md",
					 "../a.md",
					 "a/../b.md",
					 "a/node_modules/b.md",
					 "a.md/"};
	struct iv_config *config = iv_config_parse((struct iv_str){"", 0});

	(void)state;
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		if (!iv_vault_holds(config, iv_str_of(yes[i])))
			fail_msg("'%s' is not held", yes[i]);
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		if (iv_vault_holds(config, iv_str_of(no[i])))
			fail_msg("'%s' is held", no[i]);
	iv_config_free(config);
}

#define HERE(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
	const struct CMUnitTest tests[] = {
		HERE(finds_the_nearest_parent_with_settings),
		HERE(says_what_is_no_folder),
		HERE(index_folders_differ),
		HERE(lists_notes_and_nothing_else),
		HERE(times_are_nanoseconds),
		HERE(the_config_leaves_out),
		HERE(symlinks_are_not_followed),
		HERE(odd_files_are_entries_of_their_kind),
		HERE(an_unreadable_folder_is_trouble),
		HERE(every_file_of_a_large_folder_is_there_once),
		HERE(many_small_folders_are_walked),
		HERE(a_deep_tree_ends_in_trouble),
		HERE(a_folder_swapped_for_a_symlink_leads_nowhere),
		HERE(reads_what_is_there_now),
		HERE(refuses_what_is_no_regular_file),
		HERE(a_size_cap_holds),
		cmocka_unit_test(holds_the_same_as_the_walk),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
