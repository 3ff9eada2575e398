/* Whatever happens to the index's files, the answer stays right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#include <ivnotes/rules.h>

#include "dump.h"
#include "scratch.h"

#define NOTES 400

static struct scratch scratch;
static int warnings;
static char last_warning[512];

static void hear(void *data, const char *message)
{
	(void)data;
	warnings++;
	snprintf(last_warning, sizeof(last_warning), "%s", message);
}

/* Opens, refreshes and dumps; in between, `meddle` may do something to the files. */
static char *answer(const char *folder, bool rebuild, void (*meddle)(void))
{
	struct iv_index_talk talk = {NULL, hear, NULL};
	struct iv_error error = IV_ERROR_INIT;
	struct iv_vault *vault;
	struct iv_source *source;
	struct iv_rules *rules;
	struct iv_index *index;
	char *dump;

	assert_int_equal(iv_vault_open(&vault, scratch.vault, true, &error), 0);
	assert_int_equal(iv_vault_source(&source, vault, &error), 0);
	assert_int_equal(iv_rules_new(&rules, iv_vault_config(vault), NULL, &error), 0);
	assert_int_equal(iv_index_open(&index, vault, folder, rebuild, &talk, &error), 0);
	if (meddle)
		meddle();
	if (iv_refresh(index, rules, source, IV_NO_DAY, NULL, &error))
		fail_msg("%s", error.message);
	dump = dump_index(index);
	iv_index_close(index);
	iv_rules_free(rules);
	source->close(source);
	iv_vault_close(vault);
	return dump;
}

/* What an index in memory says of the notes; until they change, once. */
static char *truth;

static void forget_truth(void)
{
	free(truth);
	truth = NULL;
}

static void assert_right(void (*meddle)(void))
{
	char *got = answer(scratch.index, false, meddle);

	if (!truth)
		truth = answer(NULL, false, NULL);
	assert_same_dump(got, truth);
	free(got);
}

/* The answer is right, and again from what was left behind, without a further word. */
static void assert_healed(void)
{
	int before;

	assert_right(NULL);
	before = warnings;
	assert_right(NULL);
	assert_int_equal(warnings, before);
}

static char *database(void)
{
	return scratch_path(scratch.index, "index.db");
}

static off_t database_size(void)
{
	char *path = database();
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	free(path);
	return st.st_size;
}

static void overwrite(off_t at, const void *bytes, size_t len)
{
	char *path = database();
	int fd = open(path, O_WRONLY);

	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, bytes, len, at), (ssize_t)len);
	close(fd);
	free(path);
}

static void write_notes(void)
{
	char path[32], text[512];

	forget_truth();
	for (int i = 0; i < NOTES; i++) {
		snprintf(path, sizeof(path), "n%03d.md", i);
		snprintf(text, sizeof(text),
			 i % 2 ? "---\ntype: contact\nname: Person %d\noutreach: 2026-01-05 email "
				 "20m, said Person %d\n---\n\nsome words [[n%03d]]\n"
			       : "---\ntype: meeting\ncontact: n%03d\ndate: 2026-01-%02d\n---\n"
				 "- [ ] write\n",
			 i % 2 ? i : i + 1, i % 2 ? i - 1 : 10 + i % 20, i - 1);
		scratch_write(&scratch, path, text);
	}
}

static int set_up_all(void **state)
{
	struct timespec pause = {0, 60000000};

	(void)state;
	scratch = scratch_make();
	write_notes();
	nanosleep(&pause, NULL);
	return 0;
}

static int tear_down_all(void **state)
{
	(void)state;
	forget_truth();
	scratch_release(&scratch);
	return 0;
}

/* A sound index, and nothing said. */
static int set_up(void **state)
{
	(void)state;
	chmod(scratch.index, 0700);
	scratch_remove(scratch.index);
	warnings = 0;
	assert_healed();
	assert_int_equal(warnings, 0);
	return 0;
}

static void test_truncated(void **state)
{
	static const int eighths[] = {0, 1, 3, 5, 7};

	(void)state;
	for (size_t i = 0; i < sizeof(eighths) / sizeof(*eighths); i++) {
		char *path = database();
		warnings = 0;
		assert_int_equal(truncate(path, database_size() * eighths[i] / 8), 0);
		assert_healed();
		assert_int_equal(warnings, eighths[i] != 0);
		free(path);
	}
}

static void test_cut_within_a_page(void **state)
{
	char *path = database();

	(void)state;
	/* The last page may be one that no question needs: then nothing is said, and nothing wrong. */
	assert_int_equal(truncate(path, database_size() - 100), 0);
	assert_healed();
	warnings = 0;
	assert_int_equal(truncate(path, database_size() - 8192 - 100), 0);
	assert_healed();
	assert_int_equal(warnings, 1);
	assert_int_equal(truncate(path, 50), 0);
	assert_healed();
	assert_int_equal(warnings, 2);
	free(path);
}

static void test_noise_everywhere(void **state)
{
	off_t size = database_size();
	unsigned char noise[4096];

	(void)state;
	for (size_t i = 0; i < sizeof(noise); i++)
		noise[i] = (unsigned char)(i * 2654435761u >> 7);
	for (off_t at = 0; at < size; at += (off_t)sizeof(noise))
		overwrite(at, noise, sizeof(noise));
	assert_healed();
	assert_int_equal(warnings, 1);
}

/* One changed byte, anywhere: never a wrong answer. SQLite alone would not see most of these. */
static void test_single_bytes(void **state)
{
	off_t size = database_size();

	(void)state;
	for (off_t at = 0; at < size; at += size / 61 + 1) {
		overwrite(at, "\xa5", 1);
		assert_right(NULL);
	}
}

/* A whole and sound page, but of another place. */
static void test_pages_swapped(void **state)
{
	unsigned char page[8192];
	off_t pages = database_size() / (off_t)sizeof(page);

	(void)state;
	for (off_t i = 2; i < pages; i++) {
		char *path = database();
		int fd = open(path, O_RDONLY);
		assert_int_equal(pread(fd, page, sizeof(page), (i - 1) * (off_t)sizeof(page)),
				 sizeof(page));
		close(fd);
		overwrite(i * (off_t)sizeof(page), page, sizeof(page));
		assert_healed();
		free(path);
	}
	assert_true(warnings > pages / 2);
}

static void delete_folder(void)
{
	scratch_remove(scratch.index);
}

static void delete_database(void)
{
	char *path = database();
	unlink(path);
	free(path);
}

static void change_a_note(void)
{
	forget_truth();
	scratch_write(&scratch, "n000.md", "# Other\n");
}

static void make_noise(void)
{
	for (off_t at = 0, size = database_size(); at + 512 < size; at += 512)
		overwrite(at, "noise noise noise", 17);
}

static void make_noise_and_change(void)
{
	make_noise();
	change_a_note();
}

static void delete_and_change(void)
{
	delete_database();
	change_a_note();
}

static void delete_folder_and_change(void)
{
	delete_folder();
	change_a_note();
}

/* While the index is open. A changed note makes the refresh write. */
static void test_meddled_while_open(void **state)
{
	static void (*const meddlers[])(void) = {delete_folder, delete_database, make_noise};
	static void (*const changers[])(void) = {delete_folder_and_change, delete_and_change,
						 make_noise_and_change};

	(void)state;
	for (size_t i = 0; i < 3; i++)
		assert_right(meddlers[i]);
	for (size_t i = 0; i < 3; i++) {
		write_notes();
		free(answer(scratch.index, false, NULL));
		assert_right(changers[i]);
		assert_right(NULL);
	}
	write_notes();
}

static void change_meta(const char *sql)
{
	char *path = database();
	struct iv_db *db;

	assert_int_equal(iv_db_open(&db, path, NULL), 0);
	assert_int_equal(iv_db_exec(db, sql, NULL), 0);
	iv_db_close(db);
	free(path);
}

static void test_of_another_kind(void **state)
{
	static const char *const changes[] = {
		"UPDATE meta SET value = '0.0.0' WHERE key = 'program'",
		"UPDATE meta SET value = 'x' WHERE key = 'schema'",
		"UPDATE meta SET value = '/elsewhere' WHERE key = 'vault'",
		"DELETE FROM meta",
		"DROP TABLE meta",
		"PRAGMA user_version = 0",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
		change_meta(changes[i]);
		warnings = 0;
		assert_healed();
		assert_int_equal(warnings, 1);
	}
}

/* Asked to: without a word. */
static void test_rebuild(void **state)
{
	char *got;

	(void)state;
	change_meta("DELETE FROM fields");
	got = answer(scratch.index, true, NULL);
	free(got);
	assert_healed();
	assert_int_equal(warnings, 0);
}

/* Somebody else's file, and a symlink, in the index's place. */
static void test_symlink_in_place(void **state)
{
	char *path = database(), *victim = scratch_path(scratch.root, "victim");
	FILE *file = fopen(victim, "w");
	struct stat st;

	(void)state;
	fputs("precious", file);
	fclose(file);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink(victim, path), 0);
	assert_healed();
	assert_int_equal(warnings, 1);
	assert_int_equal(stat(victim, &st), 0);
	assert_int_equal(st.st_size, 8);
	assert_int_equal(lstat(path, &st), 0);
	assert_true(S_ISREG(st.st_mode));
	free(path);
	free(victim);
}

static void test_folder_is_symlink(void **state)
{
	char *elsewhere = scratch_path(scratch.root, "elsewhere");
	char *path = scratch_path(elsewhere, "index.db");

	(void)state;
	scratch_remove(scratch.index);
	assert_int_equal(mkdir(elsewhere, 0700), 0);
	assert_int_equal(symlink(elsewhere, scratch.index), 0);
	assert_right(NULL);
	assert_int_equal(warnings, 1);
	assert_int_equal(access(path, F_OK), -1);
	assert_int_equal(unlink(scratch.index), 0);
	free(elsewhere);
	free(path);
}

static void test_folder_is_file(void **state)
{
	FILE *file;

	(void)state;
	scratch_remove(scratch.index);
	file = fopen(scratch.index, "w");
	assert_non_null(file);
	fclose(file);
	assert_right(NULL);
	assert_int_equal(warnings, 1);
	assert_int_equal(unlink(scratch.index), 0);
}

static void test_folder_is_private(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(stat(scratch.index, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(chmod(scratch.index, 0755), 0);
	assert_right(NULL);
	assert_int_equal(stat(scratch.index, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
}

/* A file system that is full: no file may grow beyond a size. In a process of its own. */
static void test_full_disk(void **state)
{
	(void)state;
	for (rlim_t size = 0; size <= 160 << 10; size += 20 << 10) {
		int status;
		pid_t child = fork();
		assert_true(child >= 0);
		if (!child) {
			struct rlimit limit = {size, size};
			signal(SIGXFSZ, SIG_IGN);
			scratch_remove(scratch.index);
			warnings = 0;
			setrlimit(RLIMIT_FSIZE, &limit);
			char *got = answer(scratch.index, false, NULL);
			char *expected = answer(NULL, false, NULL);
			_exit(strcmp(got, expected) ? 1 : warnings == 0 ? 2 : 0);
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_int_equal(status, 0);
		assert_right(NULL);
	}
}

/* ---- others at the same time ---- */

static void run_child(int round)
{
	char path[32], *got;

	for (int i = 0; i < 6; i++) {
		snprintf(path, sizeof(path), "own%d.md", round);
		scratch_write(&scratch, path, i % 2 ? "# Odd\n" : "# Even\n");
		if (i == 3 && round == 0)
			delete_database();
		got = answer(scratch.index, false, NULL);
		if (!strstr(got, path))
			_exit(1);
		free(got);
	}
	_exit(0);
}

static void test_several_at_once(void **state)
{
	pid_t children[4];
	char path[32], *name;

	(void)state;
	scratch_remove(scratch.index);
	for (int i = 0; i < 4; i++) {
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (!children[i])
			run_child(i);
	}
	for (int i = 0; i < 4; i++) {
		int status;
		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_int_equal(status, 0);
	}
	for (int i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "own%d.md", i);
		name = scratch_path(scratch.vault, path);
		unlink(name);
		free(name);
	}
	assert_healed();
}

/* Killed at any moment of a first build, and of a refresh that writes. */
static void kill_after(long nanoseconds, bool first)
{
	struct timespec pause = {0, nanoseconds};
	int status;
	pid_t child;

	if (first)
		scratch_remove(scratch.index);
	else
		change_a_note();
	child = fork();
	assert_true(child >= 0);
	if (!child) {
		free(answer(scratch.index, false, NULL));
		_exit(0);
	}
	nanosleep(&pause, NULL);
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
	if (!first)
		write_notes();
}

static void test_killed(void **state)
{
	(void)state;
	for (int i = 0; i < 24; i++) {
		kill_after((i + 1) * 2000000L, i % 2 == 0);
		assert_right(NULL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_truncated, set_up),
		cmocka_unit_test_setup(test_cut_within_a_page, set_up),
		cmocka_unit_test_setup(test_noise_everywhere, set_up),
		cmocka_unit_test_setup(test_single_bytes, set_up),
		cmocka_unit_test_setup(test_pages_swapped, set_up),
		cmocka_unit_test_setup(test_of_another_kind, set_up),
		cmocka_unit_test_setup(test_rebuild, set_up),
		cmocka_unit_test_setup(test_symlink_in_place, set_up),
		cmocka_unit_test_setup(test_folder_is_symlink, set_up),
		cmocka_unit_test_setup(test_folder_is_file, set_up),
		cmocka_unit_test_setup(test_folder_is_private, set_up),
		cmocka_unit_test_setup(test_full_disk, set_up),
		cmocka_unit_test_setup(test_meddled_while_open, set_up),
		cmocka_unit_test_setup(test_several_at_once, set_up),
		cmocka_unit_test_setup(test_killed, set_up),
	};
	return cmocka_run_group_tests(tests, set_up_all, tear_down_all);
}
