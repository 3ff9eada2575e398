/* References to a note that moves, written as they were. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/error.h"
#include "base/file.h"
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

static int move(struct iv_buf *out, const struct iv_note *note, const char *bytes, const char *to,
		struct iv_error *error)
{
	const char *targets[16] = {NULL};
	bool records[16];
	struct iv_move how = {IV_LIT("p/a.md"), iv_str_of(to), false, targets,
			      records,          no_file,       NULL,  NULL};
	size_t count;

	assert_in_range(note->ref_count, 1, 16);
	assert_in_range(note->record_count, 0, 16);
	for (size_t i = 0; i < note->ref_count; i++)
		if (iv_str_is(iv_path_name(note->refs[i].key), "a"))
			targets[i] = "p/a.md";
	for (size_t i = 0; i < note->record_count; i++)
		records[i] = true;
	return iv_move_refs(out, &count, note, iv_str_of(bytes), &how, error);
}

/*
 * The note at `here`, in which every reference to an `a` means p/a.md, which becomes `to`: its
 * bytes, or the refusal.
 */
static void assert_moved_in(const char *here, const char *bytes, const char *to,
			    const char *expected)
{
	struct iv_note *note = iv_note_parse(iv_str_of(here), iv_str_of(bytes), NULL);
	struct iv_error error = IV_ERROR_INIT;
	struct iv_buf out = IV_BUF_INIT;

	if (move(&out, note, bytes, to, &error)) {
		assert_int_equal(error.code, IV_EREFUSED);
		assert_non_null(error.path);
		assert_int_equal(out.len, 0);
		iv_buf_puts(&out, "refused");
	}
	assert_string_equal(out.ptr, expected);
	iv_error_release(&error);
	iv_buf_release(&out);
	iv_note_free(note);
}

static void assert_moved(const char *bytes, const char *to, const char *expected)
{
	assert_moved_in("x.md", bytes, to, expected);
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

/* Only what says which note: display text, headings, titles and line ends stay. */
static void test_body(void **state)
{
	(void)state;
	assert_moved("[[a]] [[A|B]] [[p/a#h|t]] ![[a.md]] [[ a ]] [[aa]]\n", "p/b.md",
		     "[[b]] [[b|B]] [[p/b#h|t]] ![[b.md]] [[ b ]] [[aa]]\n");
	assert_moved("`[[a]]` <!-- [[a]] --> [[a]]\n\n    [[a]]\n", "p/b.md",
		     "`[[a]]` <!-- [[a]] --> [[b]]\n\n    [[a]]\n");
	assert_moved_in("t/x.md",
			"[v [w] x](../p/a.md#h \"t\") [x](<../p/a.md>) [y](../p/c.md) "
			"[z](../p/%61.md?q)\n",
			"q/b c(1).md",
			"[v [w] x](../q/b%20c%281%29.md#h \"t\") [x](<../q/b c%281%29.md>) "
			"[y](../p/c.md) [z](../q/b%20c%281%29.md?q)\n");
	assert_moved("[v][w]\n\n[w]: p/a.md 'x'\n", "p/b.md", "[v][w]\n\n[w]: p/b.md 'x'\n");
	assert_moved("> see [the\n> man](p/a.md), and\n> [[a]]\r\n", "p/b.md",
		     "> see [the\n> man](p/b.md), and\n> [[b]]\r\n");
	assert_moved("| [[a\\|B]] | [[a]] |\n|-|-|\n", "p/b.md", "| [[b\\|B]] | [[b]] |\n|-|-|\n");
	assert_moved(HEAD "---\n- [ ] call [[a]] (due 2026-12-01)\n", "p/b.md",
		     HEAD "---\n- [ ] call [[b]] (due 2026-12-01)\n");
}

static void test_fields(void **state)
{
	(void)state;
	assert_moved(HEAD "referrals: [a, c, 'p/a']\n---\n", "p/yes.md",
		     HEAD "referrals: ['yes', c, 'p/yes']\n---\n");
	assert_moved(HEAD "touches:\n  - {date: 2026-10-05, text: 'to [[a]]'}\n---\n", "p/b.md",
		     HEAD "touches:\n  - {date: 2026-10-05, text: 'to [[b]]'}\n---\n");
	/* YAML gives up a bare [[…]] that begins with @; escapes and blocks are not for us. */
	assert_moved(HEAD "referred-by: [[a]] # x\n---\n", "p/@b.md", "refused");
	assert_moved("---\nmine: \"caf\\xe9 [[a]]\"\n---\n", "p/b.md", "refused");
	assert_moved("---\nmine: |\n  [[a]]\n  [[c]]\n---\n", "p/b.md", "refused");
	/* Where the header is broken, quotes are letters. */
	assert_moved(HEAD "touches:\n  - 2026-10-05 x\n  [[c]]: y\n  - {text: 'to [[a]]'}\n---\n",
		     "p/o'b.md", "refused");
	/* What is no reference stays. */
	assert_moved("---\naliases: [a]\nmine: a\n---\na [[c]]\n", "p/b.md",
		     "---\naliases: [a]\nmine: a\n---\na [[c]]\n");
}

/* The note that moves takes its links along. */
static void test_itself(void **state)
{
	(void)state;
	assert_moved_in("p/a.md",
			"---\nx: '[b](../People/b.md)'\n---\n[[b]] [b](../People/%62.md#h) "
			"[c](<two x.md>) [[./two]] [[../c|t]] [o](../../out.md) "
			"[w](https://a.b/c.md) `[b](two.md)` [[#h]] [[a#h]] [b](a.md)\n",
			"q/r/b.md",
			"---\nx: '[b](../../People/b.md)'\n---\n[[b]] [b](../../People/b.md#h) "
			"[c](<../../p/two x.md>) [[../../p/two]] [[../../c|t]] [o](../../out.md) "
			"[w](https://a.b/c.md) `[b](two.md)` [[#h]] [[b#h]] [b](b.md)\n");
	assert_moved_in("p/a.md", "[b](../People/b.md) [c](./two.md) [[../c]]\n", "a.md",
			"[b](People/b.md) [c](./p/two.md) [[./c]]\n");
	assert_moved_in("p/a.md", "[c](two.md) [[./two]]\n", "p/b.md", "[c](two.md) [[./two]]\n");
}

/* An id of which the parser would make something else. */
static void test_names_that_do_harm(void **state)
{
	(void)state;
	assert_moved(HEAD "---\n- [ ] call [[a]]\n", "p/b (due 2025-12-01).md", "refused");
	assert_moved(HEAD "---\n[[a]] x -->\n\n- [ ] task\n", "p/b<!--.md",
		     HEAD "---\n[[b<!--]] x -->\n\n- [ ] task\n");
}

static void test_records(void **state)
{
	(void)state;
	assert_moved(HEAD "touches:\n  - 2026-01-02 email told a, and [[a]]: a-b, aa, A.\n---\n",
		     "p/b.md",
		     HEAD "touches:\n  - 2026-01-02 email told b, and [[b]]: a-b, aa, b.\n---\n");
	/* The word is in references to other notes, too. */
	assert_moved(HEAD "touches:\n  - 2026-01-02 a: [[a c]], [x](a/c.md), [[c|a]].\n---\n",
		     "p/b.md",
		     HEAD "touches:\n  - 2026-01-02 b: [[a c]], [x](a/c.md), [[c|b]].\n---\n");
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
		cmocka_unit_test(test_targets),
		cmocka_unit_test(test_body),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_itself),
		cmocka_unit_test(test_names_that_do_harm),
		cmocka_unit_test(test_yaml),
		cmocka_unit_test(test_records),
		cmocka_unit_test(test_unfit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
