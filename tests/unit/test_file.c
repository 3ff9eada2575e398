/* Paths, reading what may be no file, writing that loses nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"

static char folder[] = "/tmp/ivnotes-file-XXXXXX";

static int enter_folder(void **state)
{
	(void)state;
	umask(022);
	return !mkdtemp(folder) || chdir(folder);
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *where)
{
	(void)status;
	(void)type;
	(void)where;
	return remove(path);
}

static int remove_folder(void **state)
{
	(void)state;
	return chdir("/") || nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void put(const char *path, const char *text)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
}

static void assert_content(const char *path, const char *expected)
{
	struct iv_buf buf = IV_BUF_INIT;

	assert_int_equal(iv_file_read(&buf, path, 1 << 20, NULL), 0);
	assert_string_equal(iv_buf_view(&buf).ptr, expected);
	iv_buf_release(&buf);
}

/* A failed or finished write leaves no temporary file behind. */
static void assert_files(const char *path, size_t expected)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	size_t count = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir)))
		count += strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
	closedir(dir);
	assert_int_equal(count, expected);
}

static void assert_join(const char *a, const char *b, const char *expected)
{
	char *path = iv_path_join(a, b);

	assert_string_equal(path, expected);
	free(path);
}

static void assert_relative(const char *from, const char *path, const char *expected)
{
	char *relative = iv_path_relative(from, path);

	assert_string_equal(relative, expected);
	free(relative);
}

static void test_paths(void **state)
{
	(void)state;
	assert_join("a", "b", "a/b");
	assert_join("a/", "b", "a/b");
	assert_join("/", "b", "/b");
	assert_join("", "b", "b");
	assert_join(".", "b", "b");
	assert_join("a", "/b", "/b");
	assert_true(iv_str_is(iv_path_name(IV_LIT("a/b.md")), "b.md"));
	assert_true(iv_str_is(iv_path_name(IV_LIT("b.md")), "b.md"));
	assert_true(iv_str_is(iv_path_name(IV_LIT("a/")), ""));
	assert_true(iv_str_is(iv_path_folder(IV_LIT("a/b/c")), "a/b"));
	assert_true(iv_str_is(iv_path_folder(IV_LIT("c")), ""));
	assert_true(iv_str_is(iv_path_folder(IV_LIT("")), ""));
	assert_relative("/v", "/v/notes/a.md", "notes/a.md");
	assert_relative("/v/notes", "/v/a.md", "../a.md");
	assert_relative("/v/notes", "/v/notesx/a.md", "../notesx/a.md");
	assert_relative("/v/a/b", "/w", "../../../w");
	assert_relative("/", "/v/a", "v/a");
	assert_relative("/v", "/v", ".");
	assert_relative("/v/a", "/v", "..");
}

static void assert_resolve(const char *path, const char *relative, const char *expected)
{
	struct iv_buf buf = IV_BUF_INIT;

	iv_buf_puts(&buf, "x/");
	assert_int_equal(iv_path_resolve(&buf, iv_str_of(path), iv_str_of(relative)), !!expected);
	assert_memory_equal(buf.ptr, "x/", 2);
	assert_string_equal(buf.ptr + 2, expected ? expected : "");
	iv_buf_release(&buf);
}

static void test_resolve(void **state)
{
	(void)state;
	assert_resolve("notes/a.md", "b.md", "notes/b.md");
	assert_resolve("notes/a.md", "../b.md", "b.md");
	assert_resolve("notes/x/a.md", "./../y//b.md", "notes/y/b.md");
	assert_resolve("a.md", "b/../../c.md", NULL);
	assert_resolve("a.md", "../c.md", NULL);
	assert_resolve("notes/a.md", "../../c.md", NULL);
	assert_resolve("notes/a.md", "..", "");
	assert_resolve("notes/a.md", "/b.md", "b.md");
	assert_resolve("notes/a.md", "/../b.md", NULL);
	assert_resolve("notes/a.md", "..b/...", "notes/..b/...");
}

static void test_read(void **state)
{
	struct iv_buf buf = IV_BUF_INIT;

	(void)state;
	put("read", "12345");
	iv_buf_puts(&buf, "before ");
	assert_int_equal(iv_file_read(&buf, "read", 5, NULL), 0);
	assert_string_equal(buf.ptr, "before 12345");
	assert_int_equal(iv_file_read(&buf, "read", 4, NULL), IV_ELIMIT);
	assert_string_equal(buf.ptr, "before 12345");
	put("read", "");
	assert_int_equal(iv_file_read(&buf, "read", 0, NULL), 0);
	assert_int_equal(buf.len, 12);
	/* Its size says 0, and there is more. */
	assert_int_equal(iv_file_read(&buf, "/proc/self/maps", 1 << 20, NULL), 0);
	assert_true(buf.len > 100);
	assert_int_equal(iv_file_read(&buf, "/proc/self/maps", 10, NULL), IV_ELIMIT);
	iv_buf_release(&buf);
}

static void assert_refused(const char *path, int code)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_buf buf = IV_BUF_INIT;

	assert_int_equal(iv_file_read(&buf, path, 100, &error), code);
	assert_int_equal(error.code, code);
	assert_non_null(strstr(error.message, path));
	assert_int_equal(buf.len, 0);
	iv_buf_release(&buf);
	iv_error_release(&error);
}

static void test_read_no_file(void **state)
{
	(void)state;
	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_int_equal(mkdir("folder.md", 0700), 0);
	assert_int_equal(symlink("loop", "loop"), 0);
	put("plain", "x");
	alarm(60); /* a FIFO must not block */
	assert_refused("fifo", IV_EREFUSED);
	alarm(0);
	assert_refused("folder.md", IV_EREFUSED);
	assert_refused("/dev/zero", IV_EREFUSED);
	assert_refused("missing", IV_ENOTFOUND);
	assert_refused("plain/below", IV_ENOTFOUND);
	assert_refused("loop", IV_EIO);
}

static void test_write_new_and_old(void **state)
{
	struct stat status;

	(void)state;
	assert_int_equal(mkdir("w", 0700), 0);
	assert_int_equal(iv_file_write("w/a", IV_LIT("one"), NULL, NULL), 0);
	assert_content("w/a", "one");
	assert_int_equal(stat("w/a", &status), 0);
	assert_int_equal(status.st_mode & 07777, 0644);
	assert_int_equal(chmod("w/a", 0640), 0);
	assert_int_equal(iv_file_write("w/a", IV_LIT("two"), NULL, NULL), 0);
	assert_content("w/a", "two");
	assert_int_equal(stat("w/a", &status), 0);
	assert_int_equal(status.st_mode & 07777, 0640);
	assert_int_equal(iv_file_write("w/a", (struct iv_str){NULL, 0}, NULL, NULL), 0);
	assert_content("w/a", "");
	assert_files("w", 1);
}

static void test_write_expected(void **state)
{
	const struct iv_str one = IV_LIT("one"), empty = IV_LIT(""), absent = {NULL, 0};

	(void)state;
	assert_int_equal(mkdir("e", 0700), 0);
	assert_int_equal(iv_file_write("e/a", IV_LIT("x"), &one, NULL), IV_ECHANGED);
	assert_int_equal(iv_file_write("e/a", IV_LIT("x"), &empty, NULL), IV_ECHANGED);
	assert_files("e", 0);
	assert_int_equal(iv_file_write("e/a", one, &absent, NULL), 0);
	assert_int_equal(iv_file_write("e/a", IV_LIT("x"), &absent, NULL), IV_ECHANGED);
	assert_content("e/a", "one");
	assert_int_equal(iv_file_write("e/a", IV_LIT("two"), &one, NULL), 0);
	assert_int_equal(iv_file_write("e/a", IV_LIT("x"), &one, NULL), IV_ECHANGED);
	put("e/a", "one and more");
	assert_int_equal(iv_file_write("e/a", IV_LIT("x"), &one, NULL), IV_ECHANGED);
	assert_content("e/a", "one and more");
	put("e/a", "");
	assert_int_equal(iv_file_write("e/a", IV_LIT("x"), &absent, NULL), IV_ECHANGED);
	assert_int_equal(iv_file_write("e/a", IV_LIT("x"), &empty, NULL), 0);
	assert_content("e/a", "x");
	assert_files("e", 1);
}

static void test_write_through_link(void **state)
{
	struct stat status;

	(void)state;
	assert_int_equal(mkdir("l", 0700), 0);
	assert_int_equal(mkdir("l/target", 0700), 0);
	put("l/target/a", "old");
	assert_int_equal(symlink("target/a", "l/link"), 0);
	assert_int_equal(symlink("nowhere", "l/dangling"), 0);
	assert_int_equal(iv_file_write("l/link", IV_LIT("new"), NULL, NULL), 0);
	assert_content("l/target/a", "new");
	assert_int_equal(lstat("l/link", &status), 0);
	assert_true(S_ISLNK(status.st_mode));
	assert_int_equal(iv_file_write("l/dangling", IV_LIT("x"), NULL, NULL), IV_EREFUSED);
	assert_int_equal(iv_file_write("l/target", IV_LIT("x"), NULL, NULL), IV_EREFUSED);
	assert_int_equal(iv_file_write("l/none/a", IV_LIT("x"), NULL, NULL), IV_EIO);
	assert_files("l", 3);
	assert_files("l/target", 1);
}

/* A limit on the size of files stands for a disk that is full half way. */
static void test_write_disk_full(void **state)
{
	struct rlimit old, low;
	struct iv_error error = IV_ERROR_INIT;
	struct iv_buf large = IV_BUF_INIT;
	int rc;

	(void)state;
	assert_int_equal(mkdir("f", 0700), 0);
	put("f/a", "old");
	iv_buf_reserve(&large, 100000);
	memset(large.ptr, 'x', 100000);
	large.len = 100000;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	low = old;
	low.rlim_cur = 50000;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &low), 0);
	rc = iv_file_write("f/a", iv_buf_view(&large), NULL, &error);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(rc, IV_EIO);
	assert_string_equal(error.message, "cannot write 'f/a': File too large");
	assert_content("f/a", "old");
	assert_files("f", 1);
	iv_error_release(&error);
	iv_buf_release(&large);
}

static void test_folder_make(void **state)
{
	struct iv_error error = IV_ERROR_INIT;
	struct stat status;

	(void)state;
	assert_int_equal(iv_folder_make("m/a/b", 0700, NULL), 0);
	assert_int_equal(stat("m/a/b", &status), 0);
	assert_int_equal(status.st_mode & 07777, 0700);
	assert_int_equal(iv_folder_make("m/a/b/", 0700, NULL), 0);
	assert_int_equal(iv_folder_make("m/a/./c//d", 0755, NULL), 0);
	assert_int_equal(stat("m/a/c/d", &status), 0);
	put("m/file", "");
	assert_int_equal(iv_folder_make("m/file/x", 0700, &error), IV_EIO);
	assert_string_equal(error.message, "cannot make folder 'm/file': Not a directory");
	assert_int_equal(iv_folder_make("", 0700, &error), IV_EIO);
	iv_error_release(&error);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_resolve),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_read_no_file),
		cmocka_unit_test(test_write_new_and_old),
		cmocka_unit_test(test_write_expected),
		cmocka_unit_test(test_write_through_link),
		cmocka_unit_test(test_write_disk_full),
		cmocka_unit_test(test_folder_make),
	};

	return cmocka_run_group_tests(tests, enter_folder, remove_folder);
}
