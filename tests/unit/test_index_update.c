/* Refreshing: after any edits the index says what one made afresh would say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <time.h>

#include <ivnotes/rules.h>

#include "dump.h"
#include "scratch.h"

struct vault {
	struct scratch scratch;
	struct iv_vault *vault;
	struct iv_source *source;
	struct iv_rules *rules;
	struct iv_index *index;
	int warnings;
};

static void count_warning(void *data, const char *message)
{
	struct vault *vault = data;

	(void)message;
	vault->warnings++;
}

static void open_vault(struct vault *vault)
{
	assert_int_equal(iv_vault_open(&vault->vault, vault->scratch.vault, true, NULL), 0);
	assert_int_equal(iv_vault_source(&vault->source, vault->vault, NULL), 0);
	assert_int_equal(iv_rules_new(&vault->rules, iv_vault_config(vault->vault), NULL, NULL), 0);
}

static void close_vault(struct vault *vault)
{
	vault->source->close(vault->source);
	iv_rules_free(vault->rules);
	iv_vault_close(vault->vault);
}

static struct iv_index *open_index(struct vault *vault, const char *folder)
{
	struct iv_index_talk talk = {NULL, count_warning, vault};
	struct iv_index *index;

	assert_int_equal(iv_index_open(&index, vault->vault, folder, false, &talk, NULL), 0);
	return index;
}

static size_t refresh(struct vault *vault, struct iv_index *index)
{
	struct iv_error error = IV_ERROR_INIT;
	size_t read = 0;

	if (iv_refresh(index, vault->rules, vault->source, IV_NO_DAY, &read, &error))
		fail_msg("%s", error.message);
	return read;
}

static char *fresh_dump(struct vault *vault)
{
	struct iv_index *index = open_index(vault, NULL);
	char *dump;

	refresh(vault, index);
	dump = dump_index(index);
	iv_index_close(index);
	return dump;
}

/* Refreshes the index and holds it against one made afresh. */
static size_t check(struct vault *vault)
{
	size_t read = refresh(vault, vault->index);
	char *got = dump_index(vault->index), *expected = fresh_dump(vault);

	assert_same_dump(got, expected);
	free(got);
	free(expected);
	return read;
}

static int set_up(void **state)
{
	struct vault *vault = calloc(1, sizeof(*vault));

	vault->scratch = scratch_make();
	open_vault(vault);
	vault->index = open_index(vault, vault->scratch.index);
	*state = vault;
	return 0;
}

static int tear_down(void **state)
{
	struct vault *vault = *state;

	iv_index_close(vault->index);
	close_vault(vault);
	scratch_release(&vault->scratch);
	free(vault);
	return 0;
}

static void reopen(struct vault *vault)
{
	iv_index_close(vault->index);
	vault->index = open_index(vault, vault->scratch.index);
}

static void write_note(struct vault *vault, const char *path, const char *text)
{
	scratch_write(&vault->scratch, path, text);
}

static void remove_note(struct vault *vault, const char *path)
{
	char *whole = scratch_path(vault->scratch.vault, path);

	scratch_remove(whole);
	free(whole);
}

/* What a query of one text gives; "-" for NULL, "" for no row. The caller frees. */
static char *ask(struct vault *vault, const char *sql)
{
	struct iv_stmt *stmt;
	char *out = strdup("");

	assert_int_equal(iv_stmt_new(&stmt, iv_index_db(vault->index), sql, NULL), 0);
	if (iv_stmt_step(stmt, NULL) == 1) {
		struct iv_str text = iv_stmt_text(stmt, 0);
		free(out);
		out = strndup(text.ptr ? text.ptr : "-", text.ptr ? text.len : 1);
	}
	iv_stmt_free(stmt);
	return out;
}

static void assert_ask(struct vault *vault, const char *sql, const char *expected)
{
	char *got = ask(vault, sql);

	assert_string_equal(got, expected);
	free(got);
}

/* Waits until files are no longer of the tick that they would be read in. */
static void let_settle(void)
{
	struct timespec pause = {0, 60000000};
	nanosleep(&pause, NULL);
}

/* ---- what is read when ---- */

static void test_reads_what_changed(void **state)
{
	struct vault *vault = *state;

	write_note(vault, "a.md", "---\ntype: contact\nname: Ann\n---\n");
	write_note(vault, "b.md", "---\ntype: contact\nname: Bob\n---\n");
	let_settle();
	assert_int_equal(check(vault), 2);
	reopen(vault);
	assert_int_equal(check(vault), 0);
	write_note(vault, "b.md", "---\ntype: contact\nname: Ben\n---\n");
	assert_int_equal(check(vault), 1);
	assert_ask(vault, "SELECT name FROM note WHERE path = 'b.md'", "Ben");
	assert_int_equal(vault->warnings, 0);
}

/* The same size, and times set back to what they were: git's racy case, and `touch -r`. */
static void test_same_tick(void **state)
{
	struct vault *vault = *state;
	char *path = scratch_path(vault->scratch.vault, "a.md");
	struct stat st;
	struct timespec times[2];

	write_note(vault, "a.md", "---\ntype: contact\nname: Ann\n---\n");
	assert_int_equal(stat(path, &st), 0);
	check(vault);
	write_note(vault, "a.md", "---\ntype: contact\nname: Amy\n---\n");
	times[0] = st.st_atim;
	times[1] = st.st_mtim;
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	check(vault);
	assert_ask(vault, "SELECT name FROM note", "Amy");
	free(path);
}

/* Touched but not changed: nothing is parsed, and no finding made anew. */
static void test_touched(void **state)
{
	struct vault *vault = *state;
	char *path = scratch_path(vault->scratch.vault, "a.md");

	write_note(vault, "a.md", "# A\n");
	check(vault);
	let_settle();
	assert_int_equal(utimensat(AT_FDCWD, path, NULL, 0), 0);
	assert_int_equal(check(vault), 0);
	let_settle();
	assert_int_equal(check(vault), 0);
	assert_ask(vault, "SELECT racy FROM note", "0");
	free(path);
}

static void test_removed_and_renamed(void **state)
{
	struct vault *vault = *state;
	char *old = scratch_path(vault->scratch.vault, "ann.md");
	char *new = scratch_path(vault->scratch.vault, "anna.md");

	write_note(vault, "ann.md", "---\ntype: contact\n---\n");
	write_note(vault, "m.md", "---\ntype: meeting\ncontact: ann\ndate: 2026-01-05\n---\n");
	check(vault);
	assert_ask(vault, "SELECT n.path FROM ref JOIN note n ON n.note = target", "ann.md");
	assert_int_equal(rename(old, new), 0);
	check(vault);
	assert_ask(vault, "SELECT matches FROM ref", "0");
	assert_int_equal(rename(new, old), 0);
	check(vault);
	assert_ask(vault, "SELECT n.path FROM ref JOIN note n ON n.note = target", "ann.md");
	remove_note(vault, "m.md");
	check(vault);
	assert_ask(vault, "SELECT count(*) FROM ref", "0");
	free(old);
	free(new);
}

static void test_odd_files(void **state)
{
	struct vault *vault = *state;
	char *fifo = scratch_path(vault->scratch.vault, "pipe.md");

	assert_int_equal(mkfifo(fifo, 0600), 0);
	scratch_folder(vault->scratch.vault, "folder.md");
	write_note(vault, "nul.md", "---\ntype: contact\n---\n\xff\xfe\n");
	check(vault);
	assert_ask(vault,
		   "SELECT message FROM problem JOIN note USING (note) WHERE path = 'pipe.md'",
		   "is a named pipe, expected a file");
	/* Tried again each time, but that alone is no change. */
	reopen(vault);
	assert_int_equal(check(vault), 0);
	assert_int_equal(unlink(fifo), 0);
	write_note(vault, "pipe.md", "# Not a pipe\n");
	assert_int_equal(check(vault), 1);
	assert_ask(vault,
		   "SELECT count(*) FROM problem JOIN note USING (note) WHERE path = 'pipe.md'",
		   "0");
	free(fifo);
}

/* Settings that decide how notes are read: all are read anew. */
static void test_reading_changed(void **state)
{
	struct vault *vault = *state;

	write_note(vault, "a.md", "---\ntype: kontakt\nname: Ann\n---\n");
	check(vault);
	assert_ask(vault, "SELECT type FROM note", "-");
	iv_index_close(vault->index);
	close_vault(vault);
	write_note(vault, ".ivnotes/config.yaml",
		   "ignore: [drafts/]\ntypes:\n  kontakt: contact\n");
	open_vault(vault);
	scratch_folder(vault->scratch.vault, "drafts");
	write_note(vault, "drafts/c.md", "# C\n");
	vault->index = open_index(vault, vault->scratch.index);
	check(vault);
	assert_ask(vault, "SELECT count(*) FROM note", "1");
	assert_ask(vault, "SELECT type FROM note", "contact");
}

/* ---- random edits ---- */

static uint64_t state_of_chance = 1;

static unsigned below(unsigned n)
{
	state_of_chance = state_of_chance * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)((state_of_chance >> 33) % n);
}

#define PICK(array) (array)[below((unsigned)(sizeof(array) / sizeof(*(array))))]

static const char *const folders[] = {"", "people/", "work/", "work/deep/"};
static const char *const ids[] = {"ann", "bob", "ann-lee", "acme", "globex",
				  "m1",  "m2",  "m3",      "Zoë",  "index"};
static const char *const names[] = {"Ann Lee", "Bob Stone", "Acme", "ann", "Zoe", "Bob"};
static const char *const refs[] = {
	"ann",           "\"[[bob]]\"",   "Ann Lee",   "\"[[people/ann|Ann]]\"", "acme",
	"\"[[acme]]\"",  "[[globex]]",    "Bob Stone", "\"[[work/deep/bob]]\"",  "nobody",
	"\"[[index]]\"", "\"[[cv.pdf]]\""};
static const char *const texts[] = {"told Ann Lee about it", "asked for Bob", "with [[ann]]",
				    "coffee, Bob Stone, and zoe", "nothing"};
static const char *const bodies[] = {
	"see [[ann]] and [a](../people/bob.md)",     "[x](bob.md) [y](work/acme.md)",
	"- [ ] write to [[Ann Lee]] due:2026-02-01", "## Questions\n\n- Who else?\n",
	"<!-- ivnotes-ignore: thank-you -->\nhello", "<<<<<<< ours\n=======\n>>>>>>> theirs\n"};

/* One note in three has an id that others may have or mean, the rest keep to themselves. */
static void random_path(struct iv_buf *out)
{
	iv_buf_clear(out);
	if (below(3))
		iv_buf_printf(out, "%sp%u.md", PICK(folders), below(60));
	else
		iv_buf_printf(out, "%s%s.md", PICK(folders), PICK(ids));
}

static void random_ref(struct iv_buf *out)
{
	if (below(3))
		iv_buf_printf(out, "p%u", below(60));
	else
		iv_buf_puts(out, PICK(refs));
}

static unsigned random_day(void)
{
	return 10 + below(8);
}

static void random_contact(struct iv_buf *out)
{
	iv_buf_puts(out, "---\ntype: contact\n");
	if (!below(4))
		iv_buf_printf(out, "name: %s\n", PICK(names));
	if (!below(8))
		iv_buf_printf(out, "aliases: [%s, %s]\n", PICK(names), PICK(names));
	if (!below(3)) {
		iv_buf_puts(out, "referred-by: ");
		random_ref(out);
		iv_buf_putc(out, '\n');
	}
	if (!below(2))
		iv_buf_printf(out, "email: %s%u@example.org\n", below(2) ? "A" : "a", below(9));
	if (below(2))
		iv_buf_printf(out, "outreach:\n  - 2026-01-%u email 20m yes. %s\n", random_day(),
			      PICK(texts));
	if (!below(3))
		iv_buf_printf(out, "reported: 2026-01-%u %s\n", random_day(), PICK(texts));
	if (!below(6))
		iv_buf_puts(out, "do-not-contact: yes\n");
	iv_buf_printf(out, "---\n%s\n", PICK(bodies));
}

static void random_meeting(struct iv_buf *out)
{
	iv_buf_puts(out, "---\ntype: meeting\ncontact: [");
	random_ref(out);
	iv_buf_puts(out, ", ");
	random_ref(out);
	iv_buf_printf(out, "]\ndate: 2026-%02u-%u 10:%02u\n", 1 + below(3), random_day(),
		      below(2) * 15);
	if (below(2))
		iv_buf_printf(out, "thank-you: 2026-01-%u card to %s\n", random_day(), PICK(texts));
	if (!below(3))
		iv_buf_printf(out, "referrals: [%s]\n", PICK(refs));
	if (!below(4))
		iv_buf_puts(out, "state: moved\n");
	iv_buf_printf(out, "---\n%s\n", PICK(bodies));
}

static void random_note(struct iv_buf *out)
{
	iv_buf_clear(out);
	switch (below(8)) {
	case 0:
	case 1:
	case 2: random_contact(out); return;
	case 3:
	case 4: random_meeting(out); return;
	case 5: iv_buf_printf(out, "---\ntype: organization\nname: %s\n---\n", PICK(names)); return;
	case 6: iv_buf_printf(out, "---\nbroken: [\n---\n%s\n", PICK(bodies)); return;
	}
	iv_buf_printf(out, "%s\n", PICK(bodies));
}

static void random_edit(struct vault *vault)
{
	struct iv_buf path = IV_BUF_INIT, text = IV_BUF_INIT;

	random_path(&path);
	random_note(&text);
	switch (below(8)) {
	case 0:
	case 1: remove_note(vault, path.ptr); break;
	case 2: {
		char *from = scratch_path(vault->scratch.vault, path.ptr), *to;
		random_path(&path);
		to = scratch_path(vault->scratch.vault, path.ptr);
		rename(from, to);
		free(from);
		free(to);
		break;
	}
	default: write_note(vault, path.ptr, text.ptr);
	}
	iv_buf_release(&path);
	iv_buf_release(&text);
}

static void write_many(struct vault *vault, bool remove)
{
	struct iv_buf path = IV_BUF_INIT, text = IV_BUF_INIT;

	for (unsigned i = 0; i < 140; i++) {
		iv_buf_clear(&path);
		iv_buf_printf(&path, "work/many-%u.md", i);
		random_note(&text);
		if (remove)
			remove_note(vault, path.ptr);
		else
			write_note(vault, path.ptr, text.ptr);
	}
	iv_buf_release(&path);
	iv_buf_release(&text);
}

/* Notes that nothing is about: without them so few would be few enough to look at all of them. */
static void write_fillers(struct vault *vault)
{
	char path[32];

	scratch_folder(vault->scratch.vault, "filler");
	for (unsigned i = 0; i < 2000; i++) {
		snprintf(path, sizeof(path), "filler/f%u.md", i);
		write_note(vault, path, "# Nothing\n");
	}
}

static void test_random_edits(void **state)
{
	struct vault *vault = *state;

	write_fillers(vault);
	let_settle();

	for (size_t i = 1; i < 4; i++)
		scratch_folder(vault->scratch.vault, folders[i]);
	for (unsigned round = 0; round < 60; round++) {
		state_of_chance = round + 1;
		for (unsigned edits = below(4) + 1; edits > 0; edits--)
			random_edit(vault);
		if (round == 30 || round == 35)
			write_many(vault, round == 35);
		if (below(3) == 0)
			reopen(vault);
		check(vault);
	}
	assert_int_equal(vault->warnings, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_reads_what_changed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_same_tick, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_touched, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_removed_and_renamed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_odd_files, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_reading_changed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_random_edits, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
