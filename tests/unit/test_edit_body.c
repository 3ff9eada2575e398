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
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
