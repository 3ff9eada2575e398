/* Several files at once: all or none, whatever fails, and each whole when the power goes. */
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
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"

/* ---- every step can be the last, or fail ---- */

static int kill_at, rename_fails_at, link_fails, slow, steps, renames;
static const char *unlink_fails; /* how the path ends */

static void step(void)
{
	if (kill_at && ++steps == kill_at)
		raise(SIGKILL);
}

/* These take the place of the C library's own for all that is linked here. */
int rename(const char *old, const char *new)
{
	const struct timespec moment = {0, 2000000};

	step();
	if (slow)
		nanosleep(&moment, NULL);
	if (rename_fails_at && ++renames == rename_fails_at) {
		errno = ENOSPC;
		return -1;
	}
	return renameat(AT_FDCWD, old, AT_FDCWD, new);
}

int link(const char *old, const char *new)
{
	step();
	if (link_fails) {
		errno = EPERM;
		return -1;
	}
	return linkat(AT_FDCWD, old, AT_FDCWD, new, 0);
}

int unlink(const char *path)
{
	size_t len = unlink_fails ? strlen(unlink_fails) : 0;

	step();
	if (len && strlen(path) > len && !strcmp(path + strlen(path) - len, unlink_fails)) {
		errno = EIO;
		return -1;
	}
	return unlinkat(AT_FDCWD, path, 0);
}

ssize_t write(int fd, const void *bytes, size_t len)
{
	struct iovec piece = {(void *)(uintptr_t)bytes, len};

	step();
	return writev(fd, &piece, 1);
}

/* Seconds that have passed since. */
static int later;

time_t time(time_t *out)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	now.tv_sec += later;
	if (out)
		*out = now.tv_sec;
	return now.tv_sec;
}

int fsync(int fd)
{
	step();
	return fdatasync(fd);
}

/* ---- the folder ---- */

static char folder[] = "/tmp/ivnotes-files-XXXXXX";
static char *root;

static int enter_folder(void **state)
{
	(void)state;
	umask(022);
	if (!mkdtemp(folder) || chdir(folder))
		return 1;
	root = realpath(".", NULL);
	return root == NULL;
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
	free(root);
	return chdir("/") || nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void put(const char *path, const char *text)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
}

static bool holds(const char *path, const char *text)
{
	struct iv_buf buf = IV_BUF_INIT;
	bool same;

	if (iv_file_read(&buf, path, 1 << 20, NULL))
		return text == NULL;
	same = text && !strcmp(iv_buf_view(&buf).ptr ? buf.ptr : "", text);
	iv_buf_release(&buf);
	return same;
}

/* Files in the folder that a walk would see; with `all` those that begin with a dot too. */
static int count_files(const char *path, bool all)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	int count = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir)))
		count += entry->d_name[0] != '.' ||
			 (all && strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."));
	closedir(dir);
	return count;
}

/* Two that are there, in two folders, and one that is new. */
static const struct iv_file_change changes[] = {
	{"b/one.md", {"new one", 7}, {"old one", 7}, false, NULL},
	{"a/two.md", {"new two", 7}, {"old two", 7}, false, NULL},
	{"b/three.md", {"new three", 9}, {NULL, 0}, false, NULL},
};
#define CHANGES (sizeof(changes) / sizeof(*changes))

static void prepare(void)
{
	nftw("a", remove_one, 8, FTW_DEPTH | FTW_PHYS);
	nftw("b", remove_one, 8, FTW_DEPTH | FTW_PHYS);
	assert_int_equal(mkdir("a", 0755), 0);
	assert_int_equal(mkdir("b", 0755), 0);
	put("b/one.md", "old one");
	put("a/two.md", "old two");
}

static void assert_old(void)
{
	assert_true(holds("b/one.md", "old one"));
	assert_true(holds("a/two.md", "old two"));
	assert_true(holds("b/three.md", NULL));
	assert_int_equal(count_files("a", true), 1);
	assert_int_equal(count_files("b", true), 1);
}

static void assert_new(void)
{
	assert_true(holds("b/one.md", "new one"));
	assert_true(holds("a/two.md", "new two"));
	assert_true(holds("b/three.md", "new three"));
	assert_int_equal(count_files("a", true), 1);
	assert_int_equal(count_files("b", true), 2);
}

static void assert_says(int code, const char *message)
{
	struct iv_error error = IV_ERROR_INIT;

	assert_int_equal(iv_files_write(root, changes, CHANGES, &error), code);
	assert_string_equal(error.message, message);
	iv_error_release(&error);
}

/* ---- the tests ---- */

static void test_all(void **state)
{
	struct stat status;

	(void)state;
	prepare();
	assert_int_equal(chmod("a/two.md", 0640), 0);
	assert_int_equal(iv_files_write(root, changes, CHANGES, NULL), 0);
	assert_new();
	assert_int_equal(stat("a/two.md", &status), 0);
	assert_int_equal(status.st_mode & 07777, 0640);
}

static void test_changed_meanwhile(void **state)
{
	(void)state;
	prepare();
	put("a/two.md", "old two.");
	assert_says(IV_ECHANGED, "'a/two.md' was changed meanwhile, try again");
	put("a/two.md", "old two");
	assert_old();
	put("b/three.md", "there");
	assert_says(IV_ECHANGED, "'b/three.md' exists already");
	assert_true(holds("b/one.md", "old one"));
	assert_int_equal(unlink("b/three.md"), 0);
	assert_int_equal(unlink("b/one.md"), 0);
	assert_says(IV_ECHANGED, "'b/one.md' was changed meanwhile, try again");
	assert_true(holds("a/two.md", "old two"));
}

static void test_rename_fails(void **state)
{
	(void)state;
	for (link_fails = 0; link_fails < 2; link_fails++) {
		/* Without links the new file is renamed into its place, too. */
		for (rename_fails_at = 1; rename_fails_at <= 2 + link_fails; rename_fails_at++) {
			renames = 0;
			prepare();
			assert_int_equal(iv_files_write(root, changes, CHANGES, NULL), IV_EIO);
			assert_old();
		}
		rename_fails_at = 0;
		assert_int_equal(iv_files_write(root, changes, CHANGES, NULL), 0);
		assert_new();
	}
	link_fails = 0;
}

static int run_killed(void)
{
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (!child)
		_exit(iv_files_write(root, changes, CHANGES, NULL) != 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void test_killed_at_every_step(void **state)
{
	int status = -1;

	(void)state;
	for (kill_at = 1; status; kill_at++) {
		prepare();
		steps = 0;
		status = run_killed();
		assert_true(!status || (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));
		assert_true(holds("b/one.md", "old one") || holds("b/one.md", "new one"));
		assert_true(holds("a/two.md", "old two") || holds("a/two.md", "new two"));
		assert_true(holds("b/three.md", NULL) || holds("b/three.md", "new three"));
		assert_int_equal(count_files("a", false), 1);
		assert_in_range(count_files("b", false), 1, 2);
		assert_true(kill_at < 100);
	}
	/* Three writes, three syncs, and three files put in their places at least. */
	assert_true(kill_at > 9);
	kill_at = 0;
	assert_new();
}

/* ---- a file that moves, and another that speaks of it ---- */

static const struct iv_file_change moves[] = {
	{"b/one.md", {NULL, 0}, {"old one", 7}, true, NULL},
	{"b/went.md", {"old one", 7}, {NULL, 0}, false, "b/one.md"},
	{"a/two.md", {"new two", 7}, {"old two", 7}, false, NULL},
};

static void assert_moved(void)
{
	assert_true(holds("b/one.md", NULL));
	assert_true(holds("b/went.md", "old one"));
	assert_true(holds("a/two.md", "new two"));
	assert_int_equal(count_files("a", true), 1);
	assert_int_equal(count_files("b", true), 1);
}

static void test_move(void **state)
{
	struct stat status;

	(void)state;
	prepare();
	assert_int_equal(chmod("b/one.md", 0640), 0);
	assert_int_equal(iv_files_write(root, moves, 3, NULL), 0);
	assert_moved();
	assert_int_equal(stat("b/went.md", &status), 0);
	assert_int_equal(status.st_mode & 07777, 0640);
}

static void test_move_refused(void **state)
{
	(void)state;
	prepare();
	put("b/went.md", "there");
	assert_int_equal(iv_files_write(root, moves, 3, NULL), IV_ECHANGED);
	assert_true(holds("b/went.md", "there"));
	assert_int_equal(unlink("b/went.md"), 0);
	assert_old();
	put("b/one.md", "old one.");
	assert_int_equal(iv_files_write(root, moves, 3, NULL), IV_ECHANGED);
	put("b/one.md", "old one");
	assert_old();
	assert_int_equal(unlink("b/one.md"), 0);
	assert_int_equal(iv_files_write(root, moves, 3, NULL), IV_ECHANGED);
	assert_true(holds("b/went.md", NULL));
	assert_true(holds("a/two.md", "old two"));
}

/* The last step is that the old name goes; what was done before it is undone. */
static void test_move_fails(void **state)
{
	(void)state;
	for (link_fails = 0; link_fails < 2; link_fails++) {
		prepare();
		unlink_fails = "b/one.md";
		assert_int_equal(iv_files_write(root, moves, 3, NULL), IV_EIO);
		unlink_fails = NULL;
		assert_old();
	}
	link_fails = 0;
}

static int run_move_killed(void)
{
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (!child)
		_exit(iv_files_write(root, moves, 3, NULL) != 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void test_move_killed_at_every_step(void **state)
{
	int status = -1;

	(void)state;
	for (kill_at = 1; status; kill_at++) {
		prepare();
		steps = 0;
		status = run_move_killed();
		assert_true(holds("b/one.md", "old one") || holds("b/went.md", "old one"));
		assert_true(holds("b/went.md", NULL) || holds("b/went.md", "old one"));
		assert_true(holds("a/two.md", "old two") || holds("a/two.md", "new two"));
		assert_true(kill_at < 100);
	}
	assert_true(kill_at > 9);
	kill_at = 0;
	assert_moved();
}

/* A limit on the size of files stands for a disk that is full half way. */
static void test_disk_full(void **state)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_file_change large[CHANGES];
	struct rlimit old, low;
	char *text = calloc(1, 100000);
	int rc;

	(void)state;
	prepare();
	assert_non_null(text);
	memcpy(large, changes, sizeof(changes));
	large[0].bytes = (struct iv_str){text, 100000};
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	low = old;
	low.rlim_cur = 50000;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &low), 0);
	rc = iv_files_write(root, large, CHANGES, &error);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(rc, IV_EIO);
	assert_string_equal(error.message, "cannot write 'b/one.md': File too large");
	assert_old();
	iv_error_release(&error);
	free(text);
}

static void test_refused(void **state)
{
	struct iv_file_change twice[] = {changes[0], changes[0]};
	struct iv_file_change outside = {"../x.md", IV_LIT("x"), {NULL, 0}, false, NULL};
	struct iv_file_change absolute = {"/tmp/x.md", IV_LIT("x"), {NULL, 0}, false, NULL};

	(void)state;
	prepare();
	assert_int_equal(chmod("a/two.md", 0444), 0);
	assert_says(IV_EREFUSED, "'a/two.md' is read-only; 'chmod u+w' lets it be changed");
	assert_old();
	assert_int_equal(iv_files_write(root, twice, 2, NULL), IV_EREFUSED);
	assert_int_equal(iv_files_write(root, &outside, 1, NULL), IV_EREFUSED);
	assert_int_not_equal(iv_files_write(root, &absolute, 1, NULL), 0);
	assert_old();
	assert_true(holds("../x.md", NULL));
	assert_true(holds("/tmp/x.md", NULL));
}

/* Another program puts a link in the place of the note, or of its folder. */
static void test_links(void **state)
{
	(void)state;
	prepare();
	assert_int_equal(renameat(AT_FDCWD, "a/two.md", AT_FDCWD, "elsewhere.md"), 0);
	assert_int_equal(symlink("../elsewhere.md", "a/two.md"), 0);
	assert_says(IV_EREFUSED, "'a/two.md' leads over a symbolic link, or out of its folder");
	assert_true(holds("elsewhere.md", "old two"));
	prepare();
	assert_int_equal(renameat(AT_FDCWD, "a", AT_FDCWD, "real"), 0);
	assert_int_equal(symlink("real", "a"), 0);
	assert_says(IV_EREFUSED, "'a/two.md' leads over a symbolic link, or out of its folder");
	assert_true(holds("real/two.md", "old two"));
	assert_true(holds("b/one.md", "old one"));
	assert_int_equal(unlink("a"), 0);
}

/*
 * Whoever comes second finds the file changed; nobody's change is lost. Without the new file, which
 * link() would keep for the first, and with time between the look and the rename.
 */
static void test_two_at_once(void **state)
{
	int i, round, won, status;
	pid_t child;

	(void)state;
	slow = 1;
	for (round = 0; round < 10; round++) {
		prepare();
		won = 0;
		for (i = 0; i < 6; i++) {
			child = fork();
			assert_true(child >= 0);
			if (!child)
				_exit(iv_files_write(root, changes, 2, NULL) == IV_ECHANGED);
		}
		while (wait(&status) > 0) {
			assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 2);
			won += !WEXITSTATUS(status);
		}
		assert_int_equal(won, 1);
		assert_true(holds("b/one.md", "new one"));
		assert_true(holds("a/two.md", "new two"));
	}
	slow = 0;
}

static void test_folder_locked(void **state)
{
	int fd;

	(void)state;
	prepare();
	fd = open("a", O_RDONLY | O_DIRECTORY);
	assert_true(fd >= 0);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_says(IV_EBUSY, "cannot write 'a/two.md': another program is writing there; "
			      "try again");
	assert_old();
	close(fd);
	assert_int_equal(iv_files_write(root, changes, CHANGES, NULL), 0);
	assert_new();
}

/* What a crash left is swept away by a later write; what is young, or no such file, stays. */
static void test_left_over(void **state)
{
	static const char *const others[] = {
		"b/.ivnotes-0000001.tmp",   "b/.ivnotes-000000012.tmp", "b/.ivnotes-0000000G.tmp",
		"b/.ivnotes-00000001.tmp~", "b/ivnotes-00000001.tmp",   "b/.ivnotes-00000001.md",
	};
	int count = sizeof(others) / sizeof(*others);

	(void)state;
	prepare();
	for (int i = 0; i < count; i++)
		put(others[i], "mine");
	put("b/.ivnotes-0123abcd.tmp", "half");
	put("c.md", "linked");
	assert_int_equal(link("c.md", "b/.ivnotes-00000002.tmp"), 0);
	assert_int_equal(symlink("../c.md", "b/.ivnotes-00000003.tmp"), 0);
	assert_int_equal(mkdir("b/.ivnotes-00000004.tmp", 0700), 0);
	assert_int_equal(iv_files_write(root, changes, CHANGES, NULL), 0);
	assert_true(holds("b/.ivnotes-0123abcd.tmp", "half"));
	later = 3500;
	assert_int_equal(iv_file_write("b/four.md", IV_LIT("x"), &(struct iv_str){NULL, 0}, NULL),
			 0);
	assert_true(holds("b/.ivnotes-0123abcd.tmp", "half"));
	later = 3700;
	assert_int_equal(iv_file_write("b/five.md", IV_LIT("x"), NULL, NULL), 0);
	assert_true(holds("b/.ivnotes-0123abcd.tmp", "half"));
	assert_int_equal(iv_file_write("b/six.md", IV_LIT("x"), &(struct iv_str){NULL, 0}, NULL),
			 0);
	assert_true(holds("b/.ivnotes-0123abcd.tmp", NULL));
	assert_true(holds("b/.ivnotes-00000002.tmp", NULL));
	assert_true(holds("c.md", "linked"));
	for (int i = 0; i < count; i++) {
		assert_true(holds(others[i], "mine"));
		assert_int_equal(unlink(others[i]), 0);
	}
	assert_int_equal(unlink("b/.ivnotes-00000003.tmp"), 0);
	assert_int_equal(rmdir("b/.ivnotes-00000004.tmp"), 0);
	for (int i = 0; i < 3; i++)
		assert_int_equal(
			unlink((const char *const[]){"b/four.md", "b/five.md", "b/six.md"}[i]), 0);
	assert_int_equal(unlink("c.md"), 0);
	later = 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all),
		cmocka_unit_test(test_changed_meanwhile),
		cmocka_unit_test(test_rename_fails),
		cmocka_unit_test(test_killed_at_every_step),
		cmocka_unit_test(test_disk_full),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_two_at_once),
		cmocka_unit_test(test_folder_locked),
		cmocka_unit_test(test_left_over),
		cmocka_unit_test(test_move),
		cmocka_unit_test(test_move_refused),
		cmocka_unit_test(test_move_fails),
		cmocka_unit_test(test_move_killed_at_every_step),
	};

	return cmocka_run_group_tests(tests, enter_folder, remove_folder);
}
