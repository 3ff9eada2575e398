/* Sections, tasks, questions, prose and suppressions of a note's body. */
#include "note_test.h"

#include <string.h>

/* Notes point into it: it holds the text of the latest one. */
static struct iv_buf text;

static struct iv_note *parse_meeting(const char *body)
{
	struct iv_note *note;

	iv_buf_clear(&text);
	iv_buf_printf(&text, "---\ntype: meeting\ncontact: x\ndate: 2026-10-05\n---\n%s", body);
	note = iv_note_parse(IV_LIT("talks/x.md"), iv_buf_view(&text), NULL);
	return note;
}

/* The body's first line in such a note. */
#define LINE 6

static void test_due(void **state)
{
	static const struct {
		const char *body, *text, *due, *problems;
	} rows[] = {
		{"- [ ] call Ann", "call Ann", "", ""},
		{"- [ ] call due:2026-12-01", "call", "2026-12-01", ""},
		{"- [ ] call due: 2026-12-01, then write", "call, then write", "2026-12-01", ""},
		{"- [ ] call (due 2026-12-01)", "call", "2026-12-01", ""},
		{"- [ ] call (due 2026-12-01, by noon)", "call (, by noon)", "2026-12-01", ""},
		{"- [ ] call [due:: 2026-12-01] now", "call now", "2026-12-01", ""},
		{"- [ ] call (Due:: 2026-12-01).", "call.", "2026-12-01", ""},
		{"- [ ] call \xf0\x9f\x93\x85 2026-12-01", "call", "2026-12-01", ""},
		{"- [ ] call \xf0\x9f\x93\x85\xef\xb8\x8f 2026-12-01 \xf0\x9f\x94\xbc",
		 "call \xf0\x9f\x94\xbc", "2026-12-01", ""},
		{"- [ ] due 2026-12-01", "", "2026-12-01", ""},
		{"- [ ] call\n  due:2026-12-01", "call", "2026-12-01", ""},
		{"- [ ] call due:2026-12-01!", "call", "2026-12-01", ""},
		{"- [ ] call `due:2026-12-01`", "call `due:2026-12-01`", "", ""},
		{"- [ ] residue:2026-12-01", "residue:2026-12-01", "", ""},
		{"- [ ] due soon", "due soon", "", ""},
		{"- [ ] pay what is due: the rent", "pay what is due: the rent", "", ""},
		{"- [ ] call (due 2026-02-30)", "call", "", "6:17 bad-value"},
		{"- [ ] call due:tomorrow", "call", "", "6:16 bad-value"},
		{"- [ ] call \xf0\x9f\x93\x85 1.12.2026", "call", "", "6:17 bad-value"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct iv_note *note = parse_meeting(rows[i].body);

		assert_int_equal(note->task_count, 1);
		assert_text(note->tasks[0].text, rows[i].text);
		assert_day(note->tasks[0].due, rows[i].due);
		assert_problems(note, rows[i].problems);
		assert_pos(note->tasks[0].pos, LINE, 3);
		iv_note_free(note);
	}
}

static void test_tasks(void **state)
{
	struct iv_note *note = parse_meeting("- [ ] one @waiting\n"
					     "  1. [x] two\n"
					     "     > * [X] three\n"
					     "+ [-] four a@waiting.org\n"
					     "- [x]five\n"
					     "- [?] six\n"
					     "[ ] seven\n"
					     "\n"
					     "```\n- [ ] eight\n```\n"
					     "<!--\n- [ ] nine\n-->\n"
					     "# Follow-Up:\n"
					     "- [ ]\n"
					     "- [ ] ten `@waiting`\n");
	static const struct {
		const char *text;
		enum iv_task_state state;
		unsigned line, column;
	} rows[] = {
		{"one", IV_TASK_OPEN, 6, 3},    {"two", IV_TASK_DONE, 7, 6},
		{"three", IV_TASK_DONE, 8, 10}, {"four a@waiting.org", IV_TASK_CANCELLED, 9, 3},
		{"", IV_TASK_OPEN, 21, 3},      {"ten `@waiting`", IV_TASK_OPEN, 22, 3},
	};
	size_t i;

	(void)state;
	assert_int_equal(note->task_count, 6);
	for (i = 0; i < 6; i++) {
		assert_text(note->tasks[i].text, rows[i].text);
		assert_int_equal(note->tasks[i].state, rows[i].state);
		assert_pos(note->tasks[i].pos, rows[i].line, rows[i].column);
		assert_int_equal(note->tasks[i].waiting, i == 0);
	}
	assert_null(note->tasks[3].section);
	assert_string_equal(note->tasks[4].section, "follow-ups");
	iv_note_free(note);
	/* Whose notes are no business of ours keep their tasks to themselves. */
	note = parse("- [ ] due:tomorrow\n");
	assert_int_equal(note->task_count, 0);
	assert_problems(note, "");
	iv_note_free(note);
}

static void test_sections(void **state)
{
	static const char *const headings[][2] = {
		{"questions", "Meine Fragen"}, {"notes", "Protokoll"}, {NULL, NULL}};
	const struct iv_syntax syntax = {headings, NULL, NULL, NULL};
	struct iv_note *note = iv_note_parse(IV_LIT("a.md"),
					     IV_LIT("---\ntype: meeting\n---\n"
						    "## Request\n"
						    "Dear *Ann*, <!-- not these words -->\n"
						    "- [ ] one two.\n"
						    "### Details\n"
						    "three -- four\n"
						    "## Other\n"
						    "none of them\n\n"
						    "MEINE  FRAGEN:\n===\n"
						    "five\n"
						    "## **Notes**\n"
						    "six\n"
						    "# Protokoll #\n"
						    "seven\n"
						    "> # Request\n"
						    "> eight\n"),
					     &syntax);

	(void)state;
	assert_int_equal(note->section_count, 3);
	assert_string_equal(note->sections[0].name, "request");
	assert_pos(note->sections[0].pos, 4, 1);
	assert_int_equal(note->sections[0].words, 6);
	assert_text(note->sections[0].text, "Dear *Ann*, <!-- not these words -->\n"
					    "- [ ] one two.\n### Details\nthree -- four");
	assert_string_equal(note->sections[1].name, "questions");
	assert_pos(note->sections[1].pos, 12, 1);
	assert_int_equal(note->sections[1].words, 1);
	assert_null(note->sections[1].text.ptr);
	assert_string_equal(note->sections[2].name, "notes");
	assert_int_equal(note->sections[2].words, 3);
	iv_note_free(note);
	note = parse_meeting("# Opening\n\nHello.\n");
	assert_text(note->sections[0].text, "Hello.");
	iv_note_free(note);
	note = parse_meeting("# Opening");
	assert_text(note->sections[0].text, "");
	iv_note_free(note);
}

static void test_questions(void **state)
{
	struct iv_note *note = parse_meeting("Before? No.\n"
					     "# Questions\n"
					     "1. How did you start? I read about it.\n"
					     "2. [ ] What does Mr. Smith do, e.g. at noon\n"
					     "- **Why?** And how?\n"
					     "- [-] Dropped?\n"
					     "- Money:\n"
					     "  - is it enough\n"
					     "- Who else?\n"
					     "  - she named Bob\n"
					     "\n"
					     "  Her answer. Was it good?\n"
					     "\n"
					     "Prose first. Is this\n"
					     "one? Not this.\n"
					     "`what?` is code\n"
					     "## Deeper\n"
					     "* [x] \xc2\xbfQu\xc3\xa9 tal?\n"
					     "# Notes\n"
					     "And this? Not.\n");
	static const struct {
		const char *text;
		unsigned line, column;
	} rows[] = {
		{"How did you start?", 8, 4},
		{"What does Mr. Smith do, e.g. at noon", 9, 8},
		{"**Why?**", 10, 3},
		{"And how?", 10, 12},
		{"is it enough", 13, 5},
		{"Who else?", 14, 3},
		{"Was it good?", 17, 15},
		{"Is this\none?", 19, 14},
		{"\xc2\xbfQu\xc3\xa9 tal?", 23, 7},
	};
	size_t i, count = sizeof(rows) / sizeof(*rows);

	(void)state;
	for (i = 0; i < note->question_count && i < count; i++) {
		assert_text(note->questions[i].text, rows[i].text);
		assert_pos(note->questions[i].pos, rows[i].line, rows[i].column);
	}
	assert_int_equal(note->question_count, count);
	iv_note_free(note);
}

/* What people write: no marks, no lists, topics, headings, tables, wrapped lines. */
static void test_questions_in_other_forms(void **state)
{
	struct iv_note *note =
		parse_meeting("# Questions\n"
			      "How did you start\n"
			      "What is a day like\n"
			      "where does one go?\n"
			      "\n"
			      "Read their report first. Ask about the merger. Who else.\n"
			      "\n"
			      "1) Career\n"
			      "   - how did you\n"
			      "     get in\n"
			      "   - first job\n"
			      "2) What about the hours. Tell me about them.\n"
			      "   - sixty, she says\n"
			      "\n"
			      "### How big is the team? Who leads it? ###\n"
			      "Nine people. How they hire is another matter.\n"
			      "\n"
			      "Pay scale\n"
			      "---------\n"
			      "\n"
			      "| Question | Answer |\n"
			      "|---|---|\n"
			      "| What is hard? | the close |\n"
			      "\n"
			      "How did you get in, and\n"
			      "what did it take? When I come, I ring.\n"
			      "Do the research. Do you travel\n"
			      "# Notes\n"
			      "How was it\n");
	static const struct {
		const char *text;
		unsigned line, column;
	} rows[] = {
		{"How did you start", 7, 1},
		{"What is a day like\nwhere does one go?", 8, 1},
		{"Ask about the merger.", 11, 26},
		{"Who else.", 11, 48},
		{"how did you\nget in", 14, 6},
		{"first job", 16, 6},
		{"What about the hours.", 17, 4},
		{"Tell me about them.", 17, 26},
		{"How big is the team?", 20, 5},
		{"Who leads it?", 20, 26},
		{"What is hard?", 28, 3},
		{"How did you get in, and\nwhat did it take?", 30, 1},
		{"Do you travel", 32, 18},
	};
	size_t i, count = sizeof(rows) / sizeof(*rows);

	(void)state;
	for (i = 0; i < note->question_count && i < count; i++) {
		assert_text(note->questions[i].text, rows[i].text);
		assert_pos(note->questions[i].pos, rows[i].line, rows[i].column);
	}
	assert_int_equal(note->question_count, count);
	iv_note_free(note);
}

static void test_prose(void **state)
{
	static const struct {
		const char *body;
		bool prose;
	} rows[] = {
		{"", false},
		{"She told me a lot.", true},
		{"# Call with Ann", false},
		{"# Notes\n", false},
		{"# Notes\n\nShe", true},
		{"# Notes\n- a point", true},
		{"# Notes\n- \n-\n", false},
		{"# Notes\n- [x] a task", false},
		{"# Notes\n<!-- write here -->\n", false},
		{"# Notes\nx<!-- write here -->\n", true},
		{"# Notes\n> from the template\n", false},
		{"# Notes\n[[ann]]\n", false},
		{"# Notes\n![[photo.png]] #meeting\n", false},
		{"# Notes\nwith [[ann]]\n", true},
		{"# Notes\n---\n* * *\n", false},
		{"# Notes\n```\ncode\n```\n", false},
		{"# Notes\n\xe5\xa5\xb9\n", true},
		{"# Questions\n- Why?\n# Research\ntext\n# Opening\nHi\n# Request\nDear\n"
		 "# Follow-ups\nlater\n",
		 false},
		{"# Questions\n- Why?\n## Answers\nmuch\n", false},
		{"## Questions\n- Why?\n# Answers\nmuch\n", true},
		{"# Notes\n## Questions\nx\n# Other\n", false},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct iv_note *note = parse_meeting(rows[i].body);

		if (note->meeting->prose != rows[i].prose)
			fail_msg("prose in '%s'", rows[i].body);
		assert_int_equal(note->meeting->evidence, rows[i].prose);
		iv_note_free(note);
	}
}

static void test_evidence(void **state)
{
	static const struct {
		const char *field;
		bool evidence;
	} rows[] = {
		{"state: held", false},
		{"actual: 20m", true},
		{"actual: long", false},
		{"rating: 3", true},
		{"thank-you: 2026-10-06 card", true},
		{"thank-you: skipped", false},
		{"thank-you: none", false},
		{"planned: 20m", false},
	};
	char meeting[160];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct iv_note *note;

		snprintf(meeting, sizeof(meeting),
			 "---\ntype: meeting\ncontact: x\ndate: 2026-10-05\n%s\n---\n",
			 rows[i].field);
		note = parse(meeting);
		if (note->meeting->evidence != rows[i].evidence)
			fail_msg("evidence of '%s'", rows[i].field);
		iv_note_free(note);
	}
}

static void test_ignores(void **state)
{
	struct iv_note *note = parse("---\nivnotes-ignore: [a, 'b']\n---\n"
				     "<!-- ivnotes-ignore: c, d -->\n"
				     "\n"
				     "- one\n"
				     "- two\n"
				     "\n"
				     "<!--ivnotes-ignore:e-->\n"
				     "<!-- another -->\n"
				     "para\n"
				     "line <!-- ivnotes-ignore: f -->\n"
				     "\n"
				     "- x\n"
				     "\n"
				     "  <!-- ivnotes-ignore: g -->\n"
				     "- y\n"
				     "  z\n"
				     "\n"
				     "`<!-- ivnotes-ignore: no -->`\n"
				     "\n"
				     "<!-- ivnotes-ignore no -->\n"
				     "\n"
				     "<!-- ivnotes-ignore: h -->\n");
	static const struct {
		const char *rule;
		unsigned line, column, first, last;
	} rows[] = {
		{"a", 2, 18, 0, 0},    {"b", 2, 22, 0, 0},    {"c", 4, 22, 6, 7},
		{"d", 4, 25, 6, 7},    {"e", 9, 20, 11, 12},  {"f", 12, 27, 11, 12},
		{"g", 16, 24, 17, 18}, {"h", 24, 22, 24, 24},
	};
	size_t i, count = sizeof(rows) / sizeof(*rows);

	(void)state;
	for (i = 0; i < note->ignore_count && i < count; i++) {
		const struct iv_ignore *ignore = &note->ignores[i];

		assert_text(ignore->rule, rows[i].rule);
		assert_pos(ignore->pos, rows[i].line, rows[i].column);
		assert_int_equal(ignore->first_line, rows[i].first);
		assert_int_equal(ignore->last_line, rows[i].last);
	}
	assert_int_equal(note->ignore_count, count);
	iv_note_free(note);
}

/* ---- size ---- */

static struct iv_buf repeated(const char *piece, size_t count)
{
	struct iv_buf buf = IV_BUF_INIT;

	while (count--)
		iv_buf_puts(&buf, piece);
	return buf;
}

static void test_huge(void **state)
{
	static const struct {
		const char *piece;
		size_t count;
	} rows[] = {
		{"> ", 10000}, {"- ", 10000},    {"[", 100000},  {"[[", 50000}, {"](", 50000},
		{"`", 100000}, {"<!-- ", 20000}, {"a? ", 30000}, {"?", 100000}, {"due:", 30000},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct iv_buf body = IV_BUF_INIT, part = repeated(rows[i].piece, rows[i].count);
		struct iv_note *note;

		iv_buf_puts(&body, "---\ntype: contact\n---\n# Questions\n- [ ] ");
		iv_buf_str(&body, iv_buf_view(&part));
		iv_buf_puts(&body, "\n\n- [ ] last\n");
		note = iv_note_parse(IV_LIT("a.md"), iv_buf_view(&body), NULL);
		assert_true(note->task_count >= 1);
		assert_text(note->tasks[note->task_count - 1].text, "last");
		iv_note_free(note);
		iv_buf_release(&body);
		iv_buf_release(&part);
	}
}

/* Blank lines in thousands are left out for cmark, and must not shift what follows them. */
static void test_many_blank_lines(void **state)
{
	struct iv_buf body = repeated("- ", 3000), blank = repeated("\n", 30000);
	struct iv_note *note;

	(void)state;
	iv_buf_puts(&body, "x\n");
	iv_buf_str(&body, iv_buf_view(&blank));
	iv_buf_puts(&body, "- [ ] task\n\n```\n");
	iv_buf_str(&body, iv_buf_view(&blank));
	iv_buf_puts(&body, "```\n[[ann]]\n");
	note = parse_meeting(body.ptr);
	assert_int_equal(note->task_count, 1);
	assert_pos(note->tasks[0].pos, LINE + 30001, 3);
	assert_pos(note->refs[note->ref_count - 1].pos, LINE + 60005, 1);
	iv_note_free(note);
	iv_buf_release(&body);
	iv_buf_release(&blank);
}

/* What would take gigabytes is given up, but not the header. */
static void test_too_intricate(void **state)
{
	struct iv_buf body = repeated("[", 6000000);
	struct iv_note *note = parse_meeting(body.ptr);

	(void)state;
	assert_problems(note, "6:1 encoding");
	assert_day(note->meeting->date.day, "2026-10-05");
	iv_note_free(note);
	iv_buf_release(&body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_due),
		cmocka_unit_test(test_tasks),
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_questions),
		cmocka_unit_test(test_questions_in_other_forms),
		cmocka_unit_test(test_prose),
		cmocka_unit_test(test_evidence),
		cmocka_unit_test(test_ignores),
		cmocka_unit_test(test_huge),
		cmocka_unit_test(test_many_blank_lines),
		cmocka_unit_test(test_too_intricate),
	};
	int failures = cmocka_run_group_tests(tests, NULL, NULL);

	iv_buf_release(&text);
	return failures;
}
