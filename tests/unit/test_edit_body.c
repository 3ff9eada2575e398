/* Edits of bodies: boxes, tasks, sections; and references, wherever they stand. */
#include "edit_test.h"

#define CONTACT "---\ntype: contact\n---\n"

/* ---- tasks ---- */

static void a_box_is_ticked(void **state)
{
	static const struct edit_case cases[] = {
		{{"tick", NULL, 5, NULL},
		 CONTACT "- [ ] a\n- [ ] b\n",
		 CONTACT "- [ ] a\n- [x] b\n"},
		{{"tick", NULL, 4, NULL}, CONTACT "1. [-] a", CONTACT "1. [x] a"},
		{{"tick", NULL, 4, NULL}, CONTACT "- [X] a\n", CONTACT "- [X] a\n"},
		{{"tick", NULL, 5, NULL},
		 CONTACT "> - x\n>   * [ ] b (due 2026-12-01)\n",
		 CONTACT "> - x\n>   * [x] b (due 2026-12-01)\n"},
		{{"tick", NULL, 4, NULL},
		 "---\r\ntype: contact\r\n---\r\n- [ ] a\r\n  b\r\n",
		 "---\r\ntype: contact\r\n---\r\n- [x] a\r\n  b\r\n"},
		{{"tick", NULL, 4, NULL},
		 "\xef\xbb\xbf" CONTACT "-\t[ ] \xc3\xa9",
		 "\xef\xbb\xbf" CONTACT "-\t[x] \xc3\xa9"},
		{{"tick", NULL, 5, NULL},
		 "---\ntype: contact\nrole: a: b\n---\n- [ ] a\n",
		 "---\ntype: contact\nrole: a: b\n---\n- [x] a\n"},
	};
	struct iv_edit *edit = iv_edit_new(IV_LIT("a.md"), IV_LIT(CONTACT "- [ ] a\n"), NULL);

	(void)state;
	CHECK_CASES(cases);
	assert_int_equal(iv_edit_tick(edit, 3, IV_TASK_DONE, NULL), IV_ENOTFOUND);
	assert_int_equal(iv_edit_tick(edit, 4, IV_TASK_CANCELLED, NULL), 0);
	check_bytes(iv_edit_bytes(edit), IV_LIT(CONTACT "- [-] a\n"), "");
	assert_int_equal(iv_edit_tick(edit, 4, IV_TASK_OPEN, NULL), 0);
	check_bytes(iv_edit_bytes(edit), IV_LIT(CONTACT "- [ ] a\n"), "");
	iv_edit_free(edit);
}

static void a_task_joins_the_last_list(void **state)
{
	static const struct edit_case cases[] = {
		{{"task", NULL, 0, "b"},
		 CONTACT "## Follow-ups\n\n- [ ] a\n",
		 CONTACT "## Follow-ups\n\n- [ ] a\n- [ ] b\n"},
		{{"task", NULL, 0, "b"},
		 CONTACT "## Follow-ups\n\n- [ ] a",
		 CONTACT "## Follow-ups\n\n- [ ] a\n- [ ] b"},
		{{"task", NULL, 0, "b"},
		 CONTACT "## Follow-ups\n* [ ] a\n  more\n\n\n## Log\n\nx\n",
		 CONTACT "## Follow-ups\n* [ ] a\n  more\n* [ ] b\n\n\n## Log\n\nx\n"},
		{{"task", NULL, 0, "b"},
		 CONTACT "## Follow-ups\n\n1. [ ] a\n2. [ ] a\n\nText.\n",
		 CONTACT "## Follow-ups\n\n1. [ ] a\n2. [ ] a\n3. [ ] b\n\nText.\n"},
		{{"task", NULL, 0, "b"},
		 CONTACT "## Follow-ups\n\n- [ ] a\n\n- [ ] a\n",
		 CONTACT "## Follow-ups\n\n- [ ] a\n\n- [ ] a\n\n- [ ] b\n"},
		{{"task", NULL, 0, "b"},
		 CONTACT "## Follow-ups\n\n- [ ] a\n<!-- x -->\n",
		 CONTACT "## Follow-ups\n\n- [ ] a\n- [ ] b\n<!-- x -->\n"},
		{{"task", NULL, 0, "b (due 2026-12-01)"},
		 CONTACT "## Follow-ups\n\n- [ ]\n",
		 CONTACT "## Follow-ups\n\n- [ ] b (due 2026-12-01)\n"},
		{{"task", NULL, 0, "b"},
		 CONTACT "## Follow-ups\n\n- [ ] \n\n## Log\n",
		 CONTACT "## Follow-ups\n\n- [ ] b\n\n## Log\n"},
		{{"task", NULL, 0, "b"},
		 CONTACT "# Jane\n## Follow-ups\n### Now\n- [ ] a\n### Then\n## Log\n",
		 CONTACT "# Jane\n## Follow-ups\n### Now\n- [ ] a\n- [ ] b\n### Then\n## Log\n"},
		{{"task", NULL, 0, "b"},
		 "---\r\ntype: contact\r\n---\r\n## Follow-ups\r\n- [ ] a\r\n",
		 "---\r\ntype: contact\r\n---\r\n## Follow-ups\r\n- [ ] a\r\n- [ ] b\r\n"},
	};

	(void)state;
	CHECK_CASES(cases);
}

static void the_section_of_tasks_is_made(void **state)
{
	static const struct edit_case cases[] = {
		{{"task", NULL, 0, "b"}, CONTACT, CONTACT "\n## Follow-ups\n\n- [ ] b\n"},
		{{"task", NULL, 0, "b"},
		 "---\ntype: contact\n---",
		 "---\ntype: contact\n---\n\n## Follow-ups\n\n- [ ] b"},
		{{"task", NULL, 0, "b"},
		 CONTACT "\nText.\n",
		 CONTACT "\nText.\n\n## Follow-ups\n\n- [ ] b\n"},
		{{"task", NULL, 0, "b"},
		 CONTACT "\nText.",
		 CONTACT "\nText.\n\n## Follow-ups\n\n- [ ] b"},
		{{"task", NULL, 0, "b"},
		 CONTACT "Text.\n\n\n",
		 CONTACT "Text.\n\n## Follow-ups\n\n- [ ] b\n\n"},
		{{"task", NULL, 0, "b"},
		 CONTACT "## Follow-ups\n",
		 CONTACT "## Follow-ups\n\n- [ ] b\n"},
		{{"task", NULL, 0, "b"},
		 CONTACT "## Follow-ups\n\n## Log\n\nx\n",
		 CONTACT "## Follow-ups\n\n- [ ] b\n\n## Log\n\nx\n"},
		{{"task", NULL, 0, "b"},
		 CONTACT "## Follow-ups\n## Log\nx\n",
		 CONTACT "## Follow-ups\n- [ ] b\n## Log\nx\n"},
		{{"task", NULL, 0, "b"},
		 CONTACT "## Follow-ups\n\nSoon:\n\n## Log\n\nx\n",
		 CONTACT "## Follow-ups\n\nSoon:\n\n- [ ] b\n\n## Log\n\nx\n"},
		{{"task", NULL, 0, "b"}, CONTACT "- [ ] a\n\n```\ncode\n", NULL},
		{{"task", NULL, 0, "b"}, "# No type\n", NULL},
	};

	(void)state;
	CHECK_CASES(cases);
}

/* ---- sections ---- */

static void sections_stand_in_their_order(void **state)
{
	static const struct edit_case cases[] = {
		{{"fill", "questions", 0, "- Why?\n\n"},
		 CONTACT "\n## Notes\n\nx\n",
		 CONTACT "\n## Questions\n\n- Why?\n\n## Notes\n\nx\n"},
		{{"fill", "questions", 0, "- Why?"},
		 CONTACT "Hi.\n\n### Opening\n\nx\n#### y\n\n### Log\n",
		 CONTACT "Hi.\n\n### Opening\n\nx\n#### y\n\n### Questions\n\n- Why?\n\n### Log\n"},
		{{"fill", "notes", 0, "x"},
		 CONTACT "Request\n---\nDear.\n\nLog\n---\nz\n",
		 CONTACT "Request\n---\nDear.\n\nNotes\n-----\nx\n\nLog\n---\nz\n"},
		{{"fill", "notes", 0, "x"},
		 CONTACT "# Jane\n\nHi.\n",
		 CONTACT "# Jane\n\nHi.\n\n## Notes\n\nx\n"},
		{{"fill", "notes", 0, "x"},
		 CONTACT "# Log\n\nHi.\n\n# More\n",
		 CONTACT "# Log\n\nHi.\n\n# More\n\n# Notes\n\nx\n"},
		{{"fill", "Follow-Up", 0, "x"}, CONTACT, NULL},
	};

	(void)state;
	for (size_t i = 0; i + 1 < sizeof(cases) / sizeof(*cases); i++)
		check_case(&cases[i], NULL);
}

static void only_an_empty_section_is_filled(void **state)
{
	static const struct edit_case cases[] = {
		{{"fill", "notes", 0, "y"}, CONTACT "## Notes\n\nx\n", CONTACT "## Notes\n\nx\n"},
		{{"fill", "notes", 0, "y\n\nz"},
		 CONTACT "## Notes\n\n<!-- what they said -->\n\n\n## Log\n",
		 CONTACT "## Notes\n\n<!-- what they said -->\n\ny\n\nz\n\n## Log\n"},
		{{"fill", "notes", 0, "y"},
		 CONTACT "## Notes\n\n### Mine\n\nx\n",
		 CONTACT "## Notes\n\n### Mine\n\nx\n"},
		{{"fill", "notes", 0, "a\nb"},
		 "---\r\ntype: contact\r\n---\r\n## Notes\r\n",
		 "---\r\ntype: contact\r\n---\r\n## Notes\r\n\r\na\r\nb\r\n"},
	};

	(void)state;
	CHECK_CASES(cases);
}

static void more_goes_behind_what_is_there(void **state)
{
	static const struct edit_case cases[] = {
		{{"append", "notes", 0, "y"},
		 CONTACT "## Notes\n\nx\n",
		 CONTACT "## Notes\n\nx\n\ny\n"},
		{{"append", "notes", 0, "y"},
		 CONTACT "## Notes\n\nx\n\n\n\n## Log\n",
		 CONTACT "## Notes\n\nx\n\ny\n\n\n## Log\n"},
		{{"append", "notes", 0, "y"},
		 CONTACT "## Notes\nx\n## Log\nz\n",
		 CONTACT "## Notes\nx\n\ny\n\n## Log\nz\n"},
		{{"append", "questions", 0, "- b\n  c\n- d"},
		 CONTACT "## Questions\n\n  * a\n",
		 CONTACT "## Questions\n\n  * a\n  * b\n    c\n  * d\n"},
		{{"append", "questions", 0, "- c\n- d"},
		 CONTACT "## Questions\n\n1. a\n2. b\n",
		 CONTACT "## Questions\n\n1. a\n2. b\n3. c\n4. d\n"},
		{{"append", "questions", 0, "text"},
		 CONTACT "## Questions\n\n- a\n",
		 CONTACT "## Questions\n\n- a\n\ntext\n"},
		{{"append", "notes", 0, "y"},
		 CONTACT "## Notes\n\nx\n### Mine\n\nz\n",
		 CONTACT "## Notes\n\nx\n\ny\n\n### Mine\n\nz\n"},
		{{"append", "notes", 0, "y"}, CONTACT "## Notes\n\n```\nx\n", NULL},
		{{"append", "notes", 0, "y"}, CONTACT "## Notes\n\n<!-- x\n", NULL},
	};
	struct iv_edit *edit = iv_edit_new(IV_LIT("a.md"), IV_LIT(CONTACT), NULL);

	(void)state;
	CHECK_CASES(cases);
	assert_int_equal(iv_edit_put_section(edit, "notes", IV_LIT(" \n"), IV_EDIT_FILL, NULL),
			 IV_EINPUT);
	assert_int_equal(iv_edit_put_section(edit, "diary", IV_LIT("x"), IV_EDIT_FILL, NULL),
			 IV_ENOTFOUND);
	assert_int_equal(iv_edit_add_task(edit, IV_LIT("a\nb"), NULL), IV_EINPUT);
	iv_edit_free(edit);
}

static void a_section_has_the_vaults_own_heading(void **state)
{
	static const char *const headings[][2] = {{"follow-ups", "Offen"}, {NULL, NULL}};
	static const struct iv_syntax syntax = {headings, NULL, NULL, NULL};
	static const struct edit_case cases[] = {
		{{"task", NULL, 0, "b"}, CONTACT, CONTACT "\n## Offen\n\n- [ ] b\n"},
		{{"task", NULL, 0, "b"},
		 CONTACT "# offen:\n- [ ] a\n",
		 CONTACT "# offen:\n- [ ] a\n- [ ] b\n"},
		{{"task", NULL, 0, "b"},
		 CONTACT "## Follow-ups\n- [ ] a\n",
		 CONTACT "## Follow-ups\n- [ ] a\n- [ ] b\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_case(&cases[i], &syntax);
}

/* ---- references ---- */

struct rename_case {
	const char *to;
	const char *before, *after;
};

/* Every reference of the note, as the command that renames does it. */
static void rename_all(struct iv_edit *edit, const char *to)
{
	struct iv_error error = IV_ERROR_INIT;

	for (size_t i = 0; i < iv_edit_note(edit)->ref_count; i++)
		if (iv_edit_retarget(edit, i, IV_LIT("people/bob.md"), iv_str_of(to), &error))
			fail_msg("%s\n%.*s", error.message, IV_STR_ARG(iv_edit_bytes(edit)));
}

static void check_rename(const struct rename_case *c)
{
	struct iv_edit *edit = iv_edit_new(IV_LIT("talks/one.md"), iv_str_of(c->before), NULL);

	rename_all(edit, c->to);
	check_bytes(iv_edit_bytes(edit), iv_str_of(c->after), c->before);
	iv_edit_free(edit);
}

#define CHECK_RENAMES(cases)                                                  \
	do {                                                                  \
		for (size_t i = 0; i < sizeof(cases) / sizeof(*(cases)); i++) \
			check_rename(&(cases)[i]);                            \
	} while (0)

static void references_in_the_body_are_rewritten(void **state)
{
	static const struct rename_case cases[] = {
		{"people/bob-x.md",
		 "[[bob]] [[Bob|B]] [[people/bob#h|t]] ![[bob.md]] [[ bob ]] [[bobby]]\n",
		 "[[bob-x]] [[bob-x|B]] [[people/bob-x#h|t]] ![[bob-x.md]] [[ bob-x ]] "
		 "[[bobby]]\n"},
		{"people/bob-x.md", "`[[bob]]` <!-- [[bob]] --> [[bob]]\n\n    [[bob]]\n",
		 "`[[bob]]` <!-- [[bob]] --> [[bob-x]]\n\n    [[bob]]\n"},
		{"friends/bob.md",
		 "[[bob]] [[people/bob]] [[../people/bob]] [b](../people/bob.md)\n",
		 "[[bob]] [[friends/bob]] [[../friends/bob]] [b](../friends/bob.md)\n"},
		{"people/bob x(1).md",
		 "[a [b] c](../people/bob.md#h \"t\") [x](<../people/bob.md>) "
		 "[y](../people/ann.md) [z](../people/%62ob.md?q)\n",
		 "[a [b] c](../people/bob%20x%281%29.md#h \"t\") [x](<../people/bob x(1).md>) "
		 "[y](../people/ann.md) [z](../people/bob%20x%281%29.md?q)\n"},
		{"talks/bob.md",
		 "[a](../people/bob.md) [b](./../people/bob.md) [[./../people/bob]]\n",
		 "[a](bob.md) [b](./bob.md) [[./bob]]\n"},
		{"people/bob-x.md", "[a][b]\n\n[b]: ../people/bob.md 'x'\n",
		 "[a][b]\n\n[b]: ../people/bob-x.md 'x'\n"},
		{"people/bob-x.md", "> see [the\n> man](../people/bob.md), and\n> [[bob]]\r\n",
		 "> see [the\n> man](../people/bob-x.md), and\n> [[bob-x]]\r\n"},
		{"people/bob-x.md", "| [[bob\\|B]] | [[bob]] |\n|-|-|\n",
		 "| [[bob-x\\|B]] | [[bob-x]] |\n|-|-|\n"},
		{"people/bob-x.md", CONTACT "- [ ] call [[bob]] (due 2026-12-01)\n",
		 CONTACT "- [ ] call [[bob-x]] (due 2026-12-01)\n"},
	};

	(void)state;
	CHECK_RENAMES(cases);
}

static void references_in_fields_are_rewritten(void **state)
{
	static const struct rename_case cases[] = {
		{"people/bob-x.md", "---\ntype: meeting\ncontact: bob # x\n---\n",
		 "---\ntype: meeting\ncontact: bob-x # x\n---\n"},
		{"people/bob-x.md", "---\ntype: meeting\ncontact: [[bob]]\n---\n",
		 "---\ntype: meeting\ncontact: [[bob-x]]\n---\n"},
		{"people/@bob.md", "---\ntype: meeting\ncontact: [[bob]] # x\n---\n",
		 "---\ntype: meeting\ncontact: \"[[@bob]]\" # x\n---\n"},
		{"people/yes.md", "---\ntype: meeting\ncontact: [bob, ann, 'people/bob']\n---\n",
		 "---\ntype: meeting\ncontact: [\"yes\", ann, 'people/yes']\n---\n"},
		{"people/o'b.md", "---\ntype: meeting\ncontact: ['[[bob|B]]', \"[[bob]]\"]\n---\n",
		 "---\ntype: meeting\ncontact: ['[[o''b|B]]', \"[[o'b]]\"]\n---\n"},
		{"people/bob-x.md",
		 "---\ntype: contact\nreported:\n  - 2026-10-05 email about bob, who\n"
		 "  - 2026-10-05 about [[bob]]: fine\n---\n",
		 "---\ntype: contact\nreported:\n  - 2026-10-05 email about bob-x, who\n"
		 "  - 2026-10-05 about [[bob-x]]: fine\n---\n"},
		{"people/bob-x.md",
		 "---\ntype: contact\nreported:\n  - {date: 2026-10-05, text: 'to [[bob]]'}\n---\n",
		 "---\ntype: contact\nreported:\n  - {date: 2026-10-05, text: 'to "
		 "[[bob-x]]'}\n---\n"},
		{"people/bob-x.md", "---\nmine: |\n  [[bob]]\n  [[ann]]\n---\n",
		 "---\nmine: |\n  [[bob-x]]\n  [[ann]]\n---\n"},
		{"people/bob-x.md", "---\nmine: \"caf\\xe9 [[bob]], [b](../people/bob.md)\"\n---\n",
		 "---\nmine: \"caf\\xe9 [[bob-x]], [b](../people/bob-x.md)\"\n---\n"},
	};

	(void)state;
	CHECK_RENAMES(cases);
}

static void other_references_are_left_alone(void **state)
{
	static const struct rename_case cases[] = {
		{"people/bob-x.md", "---\ntype: meeting\ncontact: Bob Brown\n---\n[[Bob Brown]]\n",
		 "---\ntype: meeting\ncontact: Bob Brown\n---\n[[Bob Brown]]\n"},
		{"people/bob-x.md", "---\naliases: [bob]\nmine: bob\n---\nbob\n",
		 "---\naliases: [bob]\nmine: bob\n---\nbob\n"},
	};
	struct iv_edit *edit = iv_edit_new(IV_LIT("a.md"), IV_LIT("[[x]]\n"), NULL);
	struct iv_edit *odd = iv_edit_new(
		IV_LIT("a.md"), IV_LIT("---\ntype: meeting\ncontact: &a bob\n---\n"), NULL);

	(void)state;
	CHECK_RENAMES(cases);
	assert_int_equal(iv_edit_retarget(edit, 1, IV_LIT("x.md"), IV_LIT("y.md"), NULL),
			 IV_ENOTFOUND);
	assert_int_equal(iv_edit_retarget(odd, 0, IV_LIT("bob.md"), IV_LIT("y.md"), NULL),
			 IV_EREFUSED);
	iv_edit_free(edit);
	iv_edit_free(odd);
}

static void a_note_that_moves_takes_its_links_along(void **state)
{
	static const struct rename_case cases[] = {
		{"old/2026/one.md",
		 "---\nx: '[b](../People/b.md)'\n---\n[[bob]] [b](../People/%62ob.md#h) [c](<two "
		 "x.md>) "
		 "[[./two]] [[../a|t]] [o](../../out.md) [w](https://a.b/c.md) `[b](two.md)`\n",
		 "---\nx: '[b](../../People/b.md)'\n---\n[[bob]] [b](../../People/%62ob.md#h) "
		 "[c](<../../talks/two x.md>) [[../../talks/two]] [[../../a|t]] [o](../../out.md) "
		 "[w](https://a.b/c.md) `[b](two.md)`\n"},
		{"one.md", "[b](../people/b.md) [c](./two.md) [[../a]]\n",
		 "[b](people/b.md) [c](./talks/two.md) [[./a]]\n"},
		{"talks/other.md", "[c](two.md)\n", "[c](two.md)\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct iv_error error = IV_ERROR_INIT;
		struct iv_edit *edit =
			iv_edit_new(IV_LIT("talks/one.md"), iv_str_of(cases[i].before), NULL);

		if (iv_edit_move(edit, iv_str_of(cases[i].to), &error))
			fail_msg("%s", error.message);
		check_bytes(iv_edit_bytes(edit), iv_str_of(cases[i].after), cases[i].before);
		assert_true(iv_str_is(iv_edit_note(edit)->path, cases[i].to));
		iv_edit_free(edit);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_box_is_ticked),
		cmocka_unit_test(a_task_joins_the_last_list),
		cmocka_unit_test(the_section_of_tasks_is_made),
		cmocka_unit_test(sections_stand_in_their_order),
		cmocka_unit_test(only_an_empty_section_is_filled),
		cmocka_unit_test(more_goes_behind_what_is_there),
		cmocka_unit_test(a_section_has_the_vaults_own_heading),
		cmocka_unit_test(references_in_the_body_are_rewritten),
		cmocka_unit_test(references_in_fields_are_rewritten),
		cmocka_unit_test(other_references_are_left_alone),
		cmocka_unit_test(a_note_that_moves_takes_its_links_along),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
