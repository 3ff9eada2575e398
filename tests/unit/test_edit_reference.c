/* References to a note that moves, written as they were. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/error.h"
#include "edit/reference.h"
#include "edit/target.h"

struct row {
	const char *from, *to;
	const char *here, *here_after; /* NULL: the same */
	const char *written, *expected;
};

static struct iv_step step_of(const struct row *row)
{
	return (struct iv_step){iv_str_of(row->from), iv_str_of(row->to), iv_str_of(row->here),
				iv_str_of(row->here_after ? row->here_after : row->here)};
}

static void assert_is(struct iv_str got, const char *expected)
{
	if (!iv_str_is(got, expected))
		fail_msg("got '%.*s', expected '%s'", IV_STR_ARG(got), expected);
}

static const struct row names[] = {
	{"p/a.md", "p/b.md", "x.md", NULL, "a", "b"},
	{"p/a.md", "p/b.md", "x.md", NULL, "A.md", "b.md"},
	{"p/a.md", "p/b.md", "x.md", NULL, "P/a", "P/b"},
	{"p/a.md", "q/b.md", "x.md", NULL, "a", "b"},
	{"p/a.md", "q/b.md", "x.md", NULL, "p/a.MD", "q/b.MD"},
	{"p/a.md", "b.md", "x.md", NULL, "p/a", "b"},
	{"a.md", "q/b.md", "x.md", NULL, "a", "b"},
	/* As long as it was; all of the path where it was all of it. */
	{"o/p/a.md", "o/q/b.md", "x.md", NULL, "p/a", "q/b"},
	{"p/a.md", "o/q/b.md", "x.md", NULL, "p/a", "o/q/b"},
	{"o/p/a.md", "q/b.md", "x.md", NULL, "o/p/a", "q/b"},
	{"p/a.md", "q/b.md", "x.md", NULL, "/p/a", "/q/b"},
	{"p/a.md", "q/b.md", "p/x.md", NULL, "./a", "../q/b"},
	{"p/a.md", "q/b.md", "q/x.md", NULL, "../p/a", "./b"},
};

static const struct row links[] = {
	{"p/a.md", "p/b.md", "x.md", NULL, "p/a.md", "p/b.md"},
	{"p/a.md", "p/b c.md", "x.md", NULL, "./P/%61.md", "./P/b%20c.md"},
	{"p/a.md", "q/b.md", "x.md", NULL, "./p/a.md", "./q/b.md"},
	{"p/a.md", "q/b.md", "p/x.md", NULL, "a.md", "../q/b.md"},
	{"p/a.md", "q/b.md", "q/x.md", NULL, "../p/a.md", "b.md"},
	{"p/a.md", "q/(b).md", "q/x.md", NULL, "../p/a.md", "%28b%29.md"},
	{"p/a.md", "q/50% #1?.md", "x.md", NULL, "p/a.md", "q/50%25%20%231%3F.md"},
	{"p/a.md", "q/c:d.md", "q/x.md", NULL, "../p/a.md", "c%3Ad.md"},
	{"p/a.md", "q/\u00e9.md", "x.md", NULL, "p/a.md", "q/\u00e9.md"},
	{"p/\u00e9.md", "q/\u00e8.md", "x.md", NULL, "p/%C3%A9.md", "q/%C3%A8.md"},
	/* From the top of the vault, or by the file's name alone. */
	{"p/a.md", "q/b.md", "r/x.md", NULL, "p/a.md", "q/b.md"},
	{"p/a.md", "q/b.md", "r/x.md", NULL, "a.md", "b.md"},
	/* To itself. */
	{"p/a.md", "q/r/a.md", "p/a.md", "q/r/a.md", "a.md", "a.md"},
	{"p/a.md", "q/r/b.md", "p/a.md", "q/r/b.md", "../p/a.md", "b.md"},
};

/* `written` leads to t/y.md, which stays. */
static const struct row ways[] = {
	{"p/a.md", "q/r/a.md", "p/a.md", "q/r/a.md", "../t/y.md", "../../t/y.md"},
	{"p/a.md", "a.md", "p/a.md", "a.md", "../t/y.md", "t/y.md"},
	{"p/a.md", "t/a.md", "p/a.md", "t/a.md", "../t/%79.md", "y.md"},
	{"t/a.md", "p/a.md", "t/a.md", "p/a.md", "./y.md", "../t/y.md"},
	{"p/a.md", "p/b.md", "p/a.md", "p/b.md", "../t/%79.md", "../t/%79.md"},
	/* Found from the top of the vault, wherever the note is. */
	{"p/a.md", "q/r/a.md", "p/a.md", "q/r/a.md", "t/y.md", "t/y.md"},
};

#define EACH(row, rows) \
	for (const struct row *row = rows; row < rows + sizeof(rows) / sizeof(*rows); row++)

static void test_targets(void **state)
{
	struct iv_arena *arena = iv_arena_new();

	(void)state;
	EACH(row, names)
	{
		struct iv_step step = step_of(row);
		assert_is(iv_target_name(arena, &step, iv_str_of(row->written)), row->expected);
	}
	EACH(row, links)
	{
		struct iv_step step = step_of(row);
		assert_is(iv_target_link(arena, &step, iv_str_of(row->written), IV_TARGET_LINK),
			  row->expected);
	}
	EACH(row, ways)
	{
		struct iv_step step = step_of(row);
		assert_is(iv_target_from(arena, &step, iv_str_of(row->written), IV_LIT("t/y.md"),
					 IV_TARGET_LINK),
			  row->expected);
	}
	iv_arena_free(arena);
}

static bool no_file(void *data, const char *path)
{
	(void)data;
	(void)path;
	return false;
}

/* A note whose references all mean p/a.md, which becomes `to`: its bytes, or the refusal. */
static void assert_moved(const char *bytes, const char *to, const char *expected)
{
	struct iv_note *note = iv_note_parse(IV_LIT("x.md"), iv_str_of(bytes), NULL);
	const char *targets[8] = {"p/a.md", "p/a.md", "p/a.md", "p/a.md",
				  "p/a.md", "p/a.md", "p/a.md", "p/a.md"};
	const bool records[8] = {true, true, true, true, true, true, true, true};
	struct iv_move move = {IV_LIT("p/a.md"), iv_str_of(to), false, targets,
			       records,          no_file,       NULL,  NULL};
	struct iv_error error = IV_ERROR_INIT;
	struct iv_buf out = IV_BUF_INIT;
	size_t count;

	assert_in_range(note->ref_count, 1, 8);
	if (iv_move_refs(&out, &count, note, iv_str_of(bytes), &move, &error)) {
		assert_int_equal(error.code, IV_EREFUSED);
		assert_non_null(error.path);
		iv_buf_puts(&out, "refused");
	}
	assert_string_equal(out.ptr, expected);
	iv_error_release(&error);
	iv_buf_release(&out);
	iv_note_free(note);
}

#define HEAD "---\ntype: contact\n"

static void test_yaml(void **state)
{
	(void)state;
	assert_moved(HEAD "referred-by: a # b\n---\n", "p/b.md", HEAD "referred-by: b # b\n---\n");
	assert_moved(HEAD "referred-by: a\n---\n", "p/- b: c.md",
		     HEAD "referred-by: '- b: c'\n---\n");
	assert_moved(HEAD "referrals: [a, 'a', \"a\"]\n---\n", "p/o'b, c.md",
		     HEAD "referrals: ['o''b, c', 'o''b, c', \"o'b, c\"]\n---\n");
	assert_moved(HEAD "referrals: [[[a]], '[[a|o''b]]']\n---\n", "p/o'b.md",
		     HEAD "referrals: [[[o'b]], '[[o''b|o''b]]']\n---\n");
	assert_moved(HEAD "referred-by: [[a]]\n---\n", "p/b, c.md",
		     HEAD "referred-by: [[b, c]]\n---\n");
	/* A list in a list cannot hold a brace; escapes and anchors are not for us. */
	assert_moved(HEAD "referred-by: [[a]]\n---\n", "p/b}.md", "refused");
	assert_moved(HEAD "referred-by: \"\\x61\"\n---\n", "p/b.md", "refused");
	assert_moved(HEAD "referred-by: &x a\nreferrals: *x\n---\n", "p/b.md", "refused");
}

static void test_records(void **state)
{
	(void)state;
	assert_moved(HEAD "touches:\n  - 2026-01-02 email told a, and [[a]]: a-b, aa, A.\n---\n",
		     "p/b.md",
		     HEAD "touches:\n  - 2026-01-02 email told b, and [[b]]: a-b, aa, b.\n---\n");
	assert_moved(HEAD "touches: '2026-01-02 told a''s [[a]] of a'\n---\n", "p/b.md", "refused");
}

static void test_unfit(void **state)
{
	static const char *const bad[] = {"",    " a",  "a ",  ".a",   "a|b", "a#b",   "a[b",
					  "a]b", "a^b", "a\\", "a\"b", "a\n", "a\x7f", "\xff"};
	static const char *const good[] = {"a", "a.b", "o'b", "a b", "a: b", "\u00e9", "-", "100%"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_non_null(iv_move_unfit(iv_str_of(bad[i])));
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		assert_null(iv_move_unfit(iv_str_of(good[i])));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_targets), cmocka_unit_test(test_yaml),
		cmocka_unit_test(test_records), cmocka_unit_test(test_unfit)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
