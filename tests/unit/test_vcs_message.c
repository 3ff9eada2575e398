/* The words of a commit that nobody worded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "vcs/message.h"

#define FACTS_MAX 300

static struct vcs_fact facts[FACTS_MAX];
static size_t count;

static const struct iv_note *note(const char *path, const char *text)
{
	return text ? iv_note_parse(iv_str_of(path), iv_str_of(text), NULL) : NULL;
}

/* One file; NULL where it is not there. */
static void file(const char *path, const char *before, const char *after)
{
	enum iv_change_kind kind = !before  ? IV_CHANGE_ADDED
				   : !after ? IV_CHANGE_REMOVED
					    : IV_CHANGE_MODIFIED;
	bool is_note = strstr(path, ".md") != NULL;

	facts[count++] = (struct vcs_fact){kind, path, NULL, is_note ? note(path, before) : NULL,
					   is_note ? note(path, after) : NULL};
}

static bool look_up(void *data, struct iv_known *out, struct iv_str key)
{
	(void)data;
	*out = (struct iv_known){IV_LIT("omar-haddad"), IV_LIT("Omar Haddad")};
	return iv_str_is(key, "omar-haddad");
}

/* The message of all files so far; the caller frees. */
static char *message(void)
{
	struct iv_buf out = IV_BUF_INIT;
	struct iv_acts_how how = {IV_NO_DAY, look_up, NULL};

	assert_true(iv_day_parse(&how.today, IV_LIT("2026-11-23")));
	vcs_message(&out, facts, count, &how);
	for (size_t i = 0; i < count; i++) {
		iv_note_free((struct iv_note *)facts[i].before);
		iv_note_free((struct iv_note *)facts[i].after);
	}
	count = 0;
	return iv_buf_detach(&out);
}

static void assert_subject(const char *expected)
{
	char *text = message(), *end = strchr(text, '\n');

	assert_non_null(end);
	*end = '\0';
	assert_string_equal(text, expected);
	free(text);
}

#define CONTACT(name, rest) "---\ntype: contact\nname: " name "\n" rest "---\n"
#define MEETING(contact, day, rest) \
	"---\ntype: meeting\ncontact: " contact "\ndate: " day "\n" rest "---\n"

static void contacts(void **state)
{
	(void)state;
	file("contacts/jane-green.md", NULL, CONTACT("Jane Green", ""));
	assert_subject("Add Jane Green");
	file("contacts/jane-green.md", CONTACT("Jane Green", ""),
	     CONTACT("Jane Green", "role: x\n"));
	assert_subject("Update Jane Green");
	file("contacts/jane-green.md", CONTACT("Jane Green", ""), NULL);
	assert_subject("Remove Jane Green");
	file("contacts/jane-green.md", CONTACT("Jane Green", ""),
	     CONTACT("Jane Green", "outreach:\n- 2026-11-01 email\n"));
	assert_subject("Asked Jane Green");
	file("contacts/jane-green.md", CONTACT("Jane Green", "outreach:\n- 2026-11-01 email\n"),
	     CONTACT("Jane Green", "outreach:\n- 2026-11-01 email yes 2026-11-03\n"));
	assert_subject("Jane Green said yes");
	file("contacts/jane-green.md", CONTACT("Jane Green", "outreach:\n- 2026-11-01 email\n"),
	     CONTACT("Jane Green", "outreach:\n- 2026-11-01 email\n- 2026-11-08 phone no\n"));
	assert_subject("Jane Green said no; asked Jane Green");
	file("contacts/jane-green.md", CONTACT("Jane Green", "touches: 2026-10-01 email\n"),
	     CONTACT("Jane Green", "touches: [2026-10-01 email, 2026-11-01 email]\n"));
	assert_subject("Kept in touch with Jane Green");
}

static void meetings(void **state)
{
	(void)state;
	file("m.md", NULL, MEETING("'[[omar-haddad]]'", "2026-11-30", ""));
	assert_subject("Arranged to meet Omar Haddad");
	file("m.md", NULL, MEETING("'[[omar-haddad]]'", "2026-11-20", ""));
	assert_subject("Met Omar Haddad");
	file("m.md", MEETING("Ann Lee", "2026-11-20", ""),
	     MEETING("Ann Lee", "2026-11-20", "state: held\n"));
	assert_subject("Met Ann Lee");
	file("m.md", MEETING("Ann Lee", "2026-11-20", ""),
	     MEETING("Ann Lee", "2026-11-20", "state: no-show\n"));
	assert_subject("Ann Lee did not come");
	file("m.md", MEETING("[Ann Lee, '[[omar-haddad]]']", "2026-11-20", "actual: 30m\n"),
	     MEETING("[Ann Lee, '[[omar-haddad]]']", "2026-11-20",
		     "actual: 30m\nthank-you: 2026-11-21 email\n"));
	assert_subject("Thanked Ann Lee, Omar Haddad");
	file("m.md", MEETING("[Ann Lee, '[[omar-haddad]]']", "2026-11-20", "actual: 30m\n"),
	     MEETING("[Ann Lee, '[[omar-haddad]]']", "2026-11-20",
		     "actual: 30m\nthank-you: '2026-11-21 card [[omar-haddad]]'\n"));
	assert_subject("Thanked Omar Haddad");
}

static void tasks_are_counted_together(void **state)
{
	(void)state;
	file("a.md", CONTACT("A", "") "- [ ] one\n- [ ] two\n",
	     CONTACT("A", "") "- [x] one\n- [x] two\n");
	file("b.md", CONTACT("B", "") "- [ ] one\n", CONTACT("B", "") "- [x] one\n");
	assert_subject("3 follow-ups done");
	file("b.md", CONTACT("B", "") "- [ ] one\n", CONTACT("B", "") "- [x] one\n");
	assert_subject("1 follow-up done");
}

static void the_most_telling_comes_first(void **state)
{
	(void)state;
	file(".ivnotes/config.yaml", "", "lapse: 3d\n");
	file("contacts/omar-haddad.md", CONTACT("Omar Haddad", "") "- [ ] x\n- [ ] y\n",
	     CONTACT("Omar Haddad", "") "- [x] x\n- [x] y\n");
	file("m/a.md", NULL, MEETING("Jane Green", "2026-11-20", ""));
	file("m/b.md", MEETING("'[[omar-haddad]]'", "2026-11-10", "actual: 20m\n"),
	     MEETING("'[[omar-haddad]]'", "2026-11-10",
		     "actual: 20m\nthank-you: 2026-11-11 card\n"));
	assert_subject("Met Jane Green; thanked Omar Haddad; 2 follow-ups done; and 1 more");
}

static void assert_message(const char *expected)
{
	char *text = message();

	assert_string_equal(text, expected);
	free(text);
}

static void a_body_has_a_line_per_note(void **state)
{
	(void)state;
	file(".ivnotes/config.yaml", "", "lapse: 3d\n");
	file("contacts/jane-green.md", CONTACT("Jane Green", "role: analyst\n"),
	     CONTACT("Jane Green", "role: lead\noutreach: 2026-11-01 email\n"));
	file("contacts/omar-haddad.md", CONTACT("Omar Haddad", "") "- [ ] Send it\n",
	     CONTACT("Omar Haddad", "") "- [x] Send it\n");
	file("plain.md", "Words.\n", "Other words.\n");
	assert_message("Asked Jane Green; 1 follow-up done; and 2 more\n"
		       "\n"
		       ".ivnotes/config.yaml: changed\n"
		       "jane-green: asked by email (2026-11-01), role: lead (was analyst)\n"
		       "omar-haddad: follow-up done: Send it\n"
		       "plain: text changed\n"
		       "\n"
		       "Ivnotes-Asked: jane-green\n"
		       "Ivnotes-Done: omar-haddad\n"
		       "Ivnotes-Changed: plain\n");
}

/* The issue's own line: the meeting that came of a yes is told with it. */
static void a_new_meeting_is_told_with_the_person(void **state)
{
	(void)state;
	file("contacts/jane-green.md", CONTACT("Jane Green", "outreach: 2026-11-01 email\n"),
	     CONTACT("Jane Green", "outreach: 2026-11-01 email yes 2026-11-03\n"));
	file("meetings/2026-12-18-jane-green.md", NULL,
	     MEETING("'[[jane-green]]'", "2026-12-18 14:00", "via: video\n"));
	assert_message("Jane Green said yes; arranged to meet jane-green\n"
		       "\n"
		       "jane-green: reply yes (2026-11-03), meeting set for 18 Dec 14:00\n"
		       "\n"
		       "Ivnotes-Answered: jane-green yes\n"
		       "Ivnotes-Arranged: jane-green\n"
		       "Ivnotes-Added: 2026-12-18-jane-green\n");
	file("meetings/2026-12-18-omar.md", NULL,
	     MEETING("'[[omar-haddad]]'", "2026-12-18 14:00", ""));
	assert_message("Arranged to meet Omar Haddad\n"
		       "\n"
		       "2026-12-18-omar: meeting with Omar Haddad set for 18 Dec 14:00\n"
		       "\n"
		       "Ivnotes-Arranged: omar-haddad\n"
		       "Ivnotes-Added: 2026-12-18-omar\n");
}

static void all_of_a_meeting_are_named(void **state)
{
	(void)state;
	file("m.md", MEETING("[Ann Lee, '[[omar-haddad]]']", "2026-11-20", "state: held\n"),
	     MEETING("[Ann Lee, '[[omar-haddad]]']", "2026-11-20",
		     "state: held\nthank-you: 2026-11-21 card\nreferrals: '[[eve-stone]]'\n"));
	assert_message("Thanked Ann Lee, Omar Haddad\n"
		       "\n"
		       "m: referral to eve-stone, thanked Ann Lee by card (2026-11-21), "
		       "thanked Omar Haddad by card (2026-11-21)\n"
		       "\n"
		       "Ivnotes-Thanked: ann lee\n"
		       "Ivnotes-Thanked: omar-haddad\n"
		       "Ivnotes-Referred: eve-stone\n");
}

static void what_says_the_same_is_told_so(void **state)
{
	(void)state;
	file("a.md", CONTACT("A", "role: x\n"), CONTACT("A", "role: 'x' # hers\n"));
	assert_message("Update A\n\na: written otherwise, says the same\n\n"
		       "Ivnotes-Changed: a\n");
}

static void equal_ids_are_told_by_their_paths(void **state)
{
	(void)state;
	file("a/readme.md", "x\n", "y\n");
	file("b/README.md", "x\n", NULL);
	assert_message("Remove README; update readme\n"
		       "\n"
		       "a/readme.md: text changed\n"
		       "b/README.md: removed\n"
		       "\n"
		       "Ivnotes-Removed: readme\n"
		       "Ivnotes-Changed: readme\n");
}

/* Names that would end the message's own lines, or be no line of it to git. */
static void odd_names_break_no_line(void **state)
{
	char path[300], *text;

	(void)state;
	file("--- a.md", NULL, CONTACT("A", "outreach: 2026-11-01 email\n"));
	file("# b\nIvnotes-Met: eve.md", NULL, CONTACT("B", ""));
	assert_message("Asked A; add B\n"
		       "\n"
		       "./--- a: asked by email (2026-11-01), new contact\n"
		       "./# b\\nIvnotes-Met: eve: new contact\n"
		       "\n"
		       "Ivnotes-Asked: --- a\n"
		       "Ivnotes-Added: # b ivnotes-met: eve\n"
		       "Ivnotes-Added: --- a\n");
	file("m.md", NULL, MEETING("\" \\n \"", "2026-12-18", ""));
	assert_message("Add m\n"
		       "\n"
		       "m: meeting set for 18 Dec\n"
		       "\n"
		       "Ivnotes-Arranged: m\n"
		       "Ivnotes-Added: m\n");
	memset(path, 'x', sizeof(path));
	snprintf(path + sizeof(path) - 4, 4, ".md");
	file(path, NULL, CONTACT("C", ""));
	text = message();
	assert_null(strstr(text, "Ivnotes-"));
	free(text);
}

static size_t lines_of(const char *text)
{
	size_t lines = 0;

	for (; (text = strchr(text, '\n')); text++)
		lines++;
	return lines;
}

static void a_subject_is_short(void **state)
{
	static char paths[FACTS_MAX][40], texts[FACTS_MAX][80];
	char *text, *end, *trailers;

	(void)state;
	for (int i = 0; i < 250; i++) {
		snprintf(paths[i], sizeof(paths[i]), "contacts/%03d.md", i);
		snprintf(texts[i], sizeof(texts[i]), CONTACT("J\303\266rg M\303\274ller %03d", ""),
			 i);
		file(paths[i], NULL, texts[i]);
	}
	text = message();
	end = strchr(text, '\n');
	assert_true(iv_utf8_count(iv_str_of(text), (size_t)(end - text)) < 72);
	*end = '\0';
	assert_string_equal(text,
			    "Add J\303\266rg M\303\274ller 000, J\303\266rg M\303\274ller 001, "
			    "J\303\266rg M\303\274ller 002; and 247 more");
	trailers = strstr(end + 2, "\n\n");
	assert_non_null(trailers);
	*++trailers = '\0';
	assert_int_equal(lines_of(end + 2), 100 + 1);
	assert_string_equal(trailers - strlen("and 150 more\n"), "and 150 more\n");
	assert_int_equal(lines_of(trailers + 1), 100);
	free(text);
}

static void long_names_are_cut(void **state)
{
	char *text, *end;

	(void)state;
	file("a.md", NULL,
	     CONTACT("Wolfeschlegelsteinhausenbergerdorff von und zu Hinterwaldhausen", ""));
	file("b.md", NULL, CONTACT("B", ""));
	text = message();
	end = strchr(text, '\n');
	*end = '\0';
	assert_string_equal(text, "Add Wolfeschlegelsteinhausenbergerdorff…, B");
	free(text);
}

static void names_stay_on_a_line(void **state)
{
	char *text;

	(void)state;
	file("a.md", NULL, CONTACT("\"Jane\\nGreen\\e[31m\"", ""));
	text = message();
	assert_non_null(strstr(text, "Add Jane Green [31m\n\n"));
	assert_null(strchr(text, '\033'));
	free(text);
}

static void renames(void **state)
{
	(void)state;
	file("contacts/jane-brown.md", CONTACT("Jane", ""), CONTACT("Jane", ""));
	facts[0].from = "contacts/jane-green.md";
	assert_subject("Rename jane-green to jane-brown");
	file("people/jane.md", CONTACT("Jane", ""), CONTACT("Jane", ""));
	facts[0].from = "contacts/jane.md";
	assert_subject("Rename contacts/jane.md to people/jane.md");
}

static void nothing_is_no_message(void **state)
{
	char *text = message();

	(void)state;
	assert_string_equal(text, "");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(contacts),
		cmocka_unit_test(meetings),
		cmocka_unit_test(tasks_are_counted_together),
		cmocka_unit_test(the_most_telling_comes_first),
		cmocka_unit_test(a_body_has_a_line_per_note),
		cmocka_unit_test(a_new_meeting_is_told_with_the_person),
		cmocka_unit_test(all_of_a_meeting_are_named),
		cmocka_unit_test(what_says_the_same_is_told_so),
		cmocka_unit_test(equal_ids_are_told_by_their_paths),
		cmocka_unit_test(odd_names_break_no_line),
		cmocka_unit_test(a_subject_is_short),
		cmocka_unit_test(long_names_are_cut),
		cmocka_unit_test(names_stay_on_a_line),
		cmocka_unit_test(renames),
		cmocka_unit_test(nothing_is_no_message),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
