/* Records, and the references in fields and records. */
#include "note_test.h"

#include <string.h>

/* A record as "DAY CHANNEL MINUTES OUTCOME@DAY>LATER [TEXT]", with '-' for what is absent. */
static void describe(struct iv_buf *out, const struct iv_record *record)
{
	char day[11] = "-", answer[11] = "-", later[11] = "-";

	if (record->day != IV_NO_DAY)
		iv_day_format(day, record->day);
	if (record->outcome_day != IV_NO_DAY)
		iv_day_format(answer, record->outcome_day);
	if (record->later_day != IV_NO_DAY)
		iv_day_format(later, record->later_day);
	iv_buf_printf(out, "%s %s %d %s@%s>%s [%.*s]%s", day,
		      record->channel ? iv_channel_word(record->channel) : "-", record->minutes,
		      record->outcome ? iv_outcome_word(record->outcome) : "-", answer, later,
		      IV_STR_ARG(record->text), record->skipped ? " skipped" : "");
}

/* Notes point into it: it holds the text of the latest one. */
static struct iv_buf text;

/* Reads `field: value` of a contact (thank-you: of a meeting). */
static struct iv_note *parse_field(const char *field, const char *value)
{
	struct iv_note *note;
	bool meeting = !strcmp(field, "thank-you");

	iv_buf_clear(&text);
	iv_buf_printf(&text, "---\ntype: %s\n%s: %s\n---\n",
		      meeting ? "meeting\ncontact: x\ndate: 2026-10-01" : "contact", field, value);
	note = iv_note_parse(IV_LIT("people/x.md"), iv_buf_view(&text), NULL);
	return note;
}

static void assert_record(const char *field, const char *value, const char *expected,
			  const char *rules)
{
	struct iv_note *note = parse_field(field, value);
	struct iv_buf got = IV_BUF_INIT;
	size_t i;

	assert_int_equal(note->record_count, 1);
	describe(&got, &note->records[0]);
	if (!iv_str_is(iv_buf_view(&got), expected))
		fail_msg("%s: got '%s', expected '%s'", value, got.ptr, expected);
	iv_buf_clear(&got);
	for (i = 0; i < note->problem_count; i++)
		iv_buf_printf(&got, "%s%s", i ? " " : "", note->problems[i].rule);
	if (!iv_str_is(iv_buf_view(&got), rules))
		fail_msg("%s: problems '%s', expected '%s'", value, got.ptr ? got.ptr : "", rules);
	iv_buf_release(&got);
	iv_note_free(note);
}

static const struct {
	const char *value, *expected, *rules;
} line_rows[] = {
	{"2026-10-05", "2026-10-05 - -1 -@->- []", ""},
	{"2026-10-05 email", "2026-10-05 email -1 -@->- []", ""},
	{"2026-10-05 email 20m yes 2026-10-06", "2026-10-05 email 20 yes@2026-10-06>- []", ""},
	{"2026-10-05 email 20 min yes", "2026-10-05 email 20 yes@->- []", ""},
	{"2026-10-05 20m email yes", "2026-10-05 email 20 yes@->- []", ""},
	{"2026-10-05 1h15m", "2026-10-05 - 75 -@->- []", ""},
	{"2026-10-05 1 h 15 min in person", "2026-10-05 in-person 75 -@->- []", ""},
	{"2026-10-05 20 people came", "2026-10-05 - -1 -@->- [20 people came]", ""},
	{"2026-10-05 In Person", "2026-10-05 in-person -1 -@->- []", ""},
	{"2026-10-05 in_person", "2026-10-05 in-person -1 -@->- []", ""},
	{"2026-10-05 E-Mail, sent it", "2026-10-05 email -1 -@->- [sent it]", ""},
	{"2026-10-05 LinkedIn later 2026-11-01", "2026-10-05 linkedin -1 later@->2026-11-01 []",
	 ""},
	{"2026-10-05 later, after the fair", "2026-10-05 - -1 later@->- [after the fair]", ""},
	{"2026-10-05 14:30 phone no", "2026-10-05 phone -1 no@->- []", ""},
	{"2026-10-05T14:30 phone no", "2026-10-05 phone -1 no@->- []", ""},
	{"2026-10-05, email, yes, on the phone", "2026-10-05 email -1 yes@->- [on the phone]", ""},
	{"2026-10-05 bounced", "2026-10-05 - -1 bounced@->- []", ""},
	{"\"2026-10-05 email no: too busy\"", "2026-10-05 email -1 no@->- [too busy]", ""},
	{"\n  - 2026-10-05 email no: too busy", "2026-10-05 email -1 no@->- [too busy]", ""},
	{"2026-10-05 no.", "2026-10-05 - -1 no@->- [.]", ""},
	{"2026-10-05 no, thanks", "2026-10-05 - -1 no@->- [thanks]", ""},
	{"2026-10-05 no; thanks", "2026-10-05 - -1 no@->- [thanks]", ""},
	{"2026-10-05 yes! great", "2026-10-05 - -1 yes@->- [! great]", ""},
	{"2026-10-05 no (busy)", "2026-10-05 - -1 no@->- [(busy)]", ""},
	{"2026-10-05 no - busy", "2026-10-05 - -1 no@->- [busy]", ""},
	{"2026-10-05 no \xe2\x80\x93 busy", "2026-10-05 - -1 no@->- [busy]", ""},
	{"2026-10-05 no\xe2\x80\x94"
	 "busy",
	 "2026-10-05 - -1 no@->- [busy]", ""},
	{"2026-10-05 no reply", "2026-10-05 - -1 -@->- [no reply]", ""},
	{"2026-10-05 email No answer yet", "2026-10-05 email -1 -@->- [No answer yet]", ""},
	{"2026-10-05 no response", "2026-10-05 - -1 -@->- [no response]", ""},
	{"2026-10-05 no word", "2026-10-05 - -1 -@->- [no word]", ""},
	{"2026-10-05 no news, so far", "2026-10-05 - -1 -@->- [no news, so far]", ""},
	{"2026-10-05 no-answer", "2026-10-05 - -1 -@->- [no-answer]", ""},
	{"2026-10-05 no problem at all", "2026-10-05 - -1 -@->- [no problem at all]", "bad-value"},
	{"2026-10-05 no-one answered", "2026-10-05 - -1 -@->- [no-one answered]", "bad-value"},
	{"2026-10-05 yes please", "2026-10-05 - -1 -@->- [yes please]", "bad-value"},
	{"2026-10-05 nobody there", "2026-10-05 - -1 -@->- [nobody there]", ""},
	{"2026-10-05 yesterday's mail", "2026-10-05 - -1 -@->- [yesterday's mail]", ""},
	{"2026-10-05 yes 2026-02-30", "2026-10-05 - -1 yes@->- []", "bad-value"},
	{"2026-10-05 yes 2026-10-04", "2026-10-05 - -1 yes@2026-10-04>- []", "time-travel"},
	{"2026-10-05 yes 2026-10-05", "2026-10-05 - -1 yes@2026-10-05>- []", ""},
	{"2026-02-30 email yes", "- email -1 yes@->- []", "bad-value"},
	{"5.10.2026 email", "- email -1 -@->- []", "bad-value"},
	{"email 2026-10-05", "- email -1 -@->- [2026-10-05]", "bad-value"},
	{"2026-10-05 emial", "2026-10-05 - -1 -@->- []", "bad-value"},
	{"2026-10-05 emial 20m yes", "2026-10-05 - 20 yes@->- []", "bad-value"},
	{"2026-10-05 mail merge test", "2026-10-05 - -1 -@->- [mail merge test]", ""},
	{"skipped", "- - -1 -@->- [] skipped", ""},
	{"'Skipped: he moved away'", "- - -1 -@->- [he moved away] skipped", ""},
	{"2026-10-05 skipped", "- - -1 -@->- [] skipped", ""},
	{"'[[2026-10-05]] card'", "2026-10-05 card -1 -@->- []", ""},
};

static void test_lines(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(line_rows) / sizeof(*line_rows); i++)
		assert_record("outreach", line_rows[i].value, line_rows[i].expected,
			      line_rows[i].rules);
}

/* Elsewhere an outcome's word may begin a sentence. */
static void test_other_fields(void **state)
{
	(void)state;
	assert_record("touches", "2026-10-05 no problem at all",
		      "2026-10-05 - -1 -@->- [no problem at all]", "");
	assert_record("thank-you", "2026-10-05 card yes she liked it",
		      "2026-10-05 card -1 -@->- [yes she liked it]", "");
	assert_record("follow-up", "2026-12-01 send the article",
		      "2026-12-01 - -1 -@->- [send the article]", "");
	assert_record("follow-up", "send the article", "- - -1 -@->- [send the article]",
		      "bad-value");
}

static void test_mapping(void **state)
{
	static const struct {
		const char *value, *expected, *rules;
	} rows[] = {
		{"{date: 2026-10-05, via: e-mail, minutes: 20, outcome: yes, answered: 2026-10-06, "
		 "text: hello}",
		 "2026-10-05 email 20 yes@2026-10-06>- [hello]", ""},
		{"\n  - date: 2026-10-05\n    Channel: card", "2026-10-05 card -1 -@->- []", ""},
		{"{date: 2026-10-05, outcome: later 2026-11-01}",
		 "2026-10-05 - -1 later@->2026-11-01 []", ""},
		{"{date: 2026-10-05, outcome: none}", "2026-10-05 - -1 -@->- []", ""},
		{"{date: 2026-10-05, outcome: maybe}", "2026-10-05 - -1 -@->- []", "bad-value"},
		{"{date: 2026-10-05, via: pigeon}", "2026-10-05 - -1 -@->- []", "bad-value"},
		{"{date: 2026-10-05, minutes: some}", "2026-10-05 - -1 -@->- []", "bad-value"},
		{"{via: email}", "- email -1 -@->- []", "bad-value"},
		{"{date: 2026-10-05, outcome: no, answered: 2026-10-04}",
		 "2026-10-05 - -1 no@2026-10-04>- []", "time-travel"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_record("outreach", rows[i].value, rows[i].expected, rows[i].rules);
}

static void test_lists(void **state)
{
	struct iv_note *note = parse_field("outreach", "\n"
						       "  - 2026-10-05 email\n"
						       "  -\n"
						       "  - \"2026-10-09 phone\"\n"
						       "  - [2026-10-10]\n");

	(void)state;
	assert_int_equal(note->record_count, 2);
	assert_pos(note->records[0].pos, 4, 5);
	assert_pos(note->records[1].pos, 6, 6);
	assert_problems(note, "7:5 bad-value");
	iv_note_free(note);
	note = parse_field("outreach", "none");
	assert_int_equal(note->record_count, 0);
	assert_problems(note, "");
	iv_note_free(note);
}

static void test_record_places(void **state)
{
	struct iv_note *note = parse_field("outreach", "2026-10-05 email no way, 2026-02-30");

	(void)state;
	assert_problems(note, "3:28 bad-value");
	iv_note_free(note);
	note = parse_field("outreach", "\"2026-10-05 r\xc3\xa9 no way\"");
	assert_problems(note, "");
	iv_note_free(note);
	note = parse_field("outreach", "'2026-13-05 email'");
	assert_problems(note, "3:12 bad-value");
	iv_note_free(note);
}

/* ---- references ---- */

/* The references as "form key", separated by commas. */
static void assert_refs(const struct iv_note *note, const char *expected)
{
	static const char *const forms[] = {"bare", "wiki", "link", "words"};
	struct iv_buf got = IV_BUF_INIT;
	size_t i;

	for (i = 0; i < note->ref_count; i++)
		if (note->type != IV_TYPE_MEETING || strcmp(note->refs[i].field, "contact"))
			iv_buf_printf(&got, "%s%s %.*s", got.len ? ", " : "",
				      forms[note->refs[i].form], IV_STR_ARG(note->refs[i].key));
	if (!iv_str_is(iv_buf_view(&got), expected))
		fail_msg("got '%s', expected '%s'", got.ptr ? got.ptr : "", expected);
	iv_buf_release(&got);
}

static void test_field_references(void **state)
{
	static const struct {
		const char *field, *value, *refs;
	} rows[] = {
		{"organization", "Acme, Inc.", "bare acme, inc."},
		{"organization", "\"[[Acme|the firm]]\"", "wiki acme"},
		{"organization", "[[Acme]]", "wiki acme"},
		{"organization", "none", ""},
		{"organization", "C# Guild", "bare c# guild"},
		{"referred-by", "[Ann, \"[[b]]\", '[C](../x/c%20d.md#top)']",
		 "bare ann, wiki b, link x/c d"},
		{"referrals", "[[[a]], [[b|x]]]", "wiki a, wiki b"},
		{"referrals", "\"[[a]], [[b]]\"", "wiki a, wiki b"},
		{"referrals", "[[people/Jane Green#Notes|J]]", "wiki people/jane green"},
		{"formerly", "\n- '[[A\\|a]]'\n- B.md", "wiki a, bare b"},
		{"thank-you", "2026-10-05 card [[a]] and [b](b.md)", "wiki a, link people/b"},
		{"thank-you", "2026-10-05 card Bob  Hill.", "words bob hill"},
		{"thank-you", "2026-10-05 card", ""},
		{"thank-you", "skipped [[a]]", "wiki a"},
		{"reported", "2026-10-05 email: Bob", "words bob"},
		{"outreach", "2026-10-05 email: Bob", ""},
		{"outreach", "2026-10-05 email: [[bob]]", "wiki bob"},
		{"follow-up", "2026-10-05 ask Bob", ""},
		{"touches", "{date: 2026-10-05, text: \"saw [[bob]]\"}", "wiki bob"},
		{"my-own", "{a: ['[[x]]', y]}", "wiki x"},
		{"purpose", "\"[[x]] and https://a.b\"", "wiki x"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct iv_note *note = parse_field(rows[i].field, rows[i].value);

		assert_refs(note, rows[i].refs);
		iv_note_free(note);
	}
}

static void test_reference_places(void **state)
{
	struct iv_note *note = parse_field("touches", "\"2026-10-05 card: [[Ann|A]], [[b]]\"");

	(void)state;
	assert_int_equal(note->ref_count, 2);
	assert_pos(note->refs[0].pos, 3, 28);
	assert_text(note->refs[0].text, "A");
	assert_int_equal(note->refs[0].record, 0);
	assert_pos(note->refs[1].pos, 3, 39);
	iv_note_free(note);
	/* A folded text has one place only: its beginning. */
	note = parse_field("touches", "2026-10-05 card\n  to [[ann]]");
	assert_int_equal(note->ref_count, 1);
	assert_pos(note->refs[0].pos, 3, 10);
	iv_note_free(note);
}

static void test_body_references(void **state)
{
	static const struct {
		const char *body, *refs;
	} rows[] = {
		{"[[a]] ![[b.png]] [[c|d]] [[#own]] [[]] [[e#f]] [[x.md]]",
		 "wiki a, wiki b.png, wiki c, wiki e, wiki x"},
		{"[a](b.md) [a](<b c.md>) [a](b.md \"t\") [a](b.md#h 't') [a]( b.md )",
		 "link people/b, link people/b c, link people/b, link people/b, link people/b"},
		{"[a](b%20c.MD) [a](../d/e.md) [a](./f.md) [a](../../out.md)",
		 "link people/b c, link d/e, link people/f, link "},
		{"[a](https://x.y/z.md) [a](mailto:a@b.md) [a](#x.md) [a](/abs.md) [a](x.pdf)", ""},
		{"![a](b.md) [![i](i.png)](b.md)", "link people/b"},
		{"`[[a]]` ``[[b]] ` [[c]]`` [[d]]", "wiki d"},
		{"a ` [[b]]", "wiki b"},
		{"`x\n[[a]]` [[b]]", "wiki b"},
		{"<!-- [[a]] --> [[b]]", ""},
		{"x <!-- [[a]] --> [[b]]", "wiki b"},
		{"x <!-- [[a]]\n[[c]] --> [[b]]", "wiki b"},
		{"\\[[a]] [\\[a]] \\`[[b]]\\`", "wiki b"},
		{"    [[a]]\n\n```\n[[b]]\n```\n[[c]]", "wiki c"},
		{"<div>\n[[a]]\n</div>\n\n[[b]]", "wiki b"},
		{"[a][x] and [b]\n\n[x]: y.md\n[b]: <z w.md> 't'\n[c]: https://a.b/c.md\n[^1]: "
		 "n.md",
		 "link people/y, link people/z w"},
		{"> [[a]]\n> - [[b]]\n>   [[c]]\n\n| [[d\\|e]] |\n|--|\n",
		 "wiki a, wiki b, wiki c, wiki d"},
		{"[[a\nb]] [[c[d]] [a](b.md [[e]]", "wiki e"},
		{"[a](b\\(1\\).md) [a](b(1).md) [a](b).md)", "link people/b(1), link people/b(1)"},
		{"# [[h]]\n\n[[s]]\n===\n", "wiki h, wiki s"},
		{"[[../orgs/x]] [[/top]] [[./y]]", "wiki orgs/x, wiki top, wiki people/y"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct iv_note *note = parse(rows[i].body);

		assert_refs(note, rows[i].refs);
		iv_note_free(note);
	}
}

static void test_body_reference_places(void **state)
{
	struct iv_note *note = parse("\xc3\xa9 [[a]]\r\n"
				     "\t> `x\n"
				     "> y` [[b]]\n"
				     "[[c]]\n"
				     "\n"
				     "- 1. [d](d.md)\n"
				     "\n"
				     "\t[[e]]\n");

	(void)state;
	assert_int_equal(note->ref_count, 5);
	assert_pos(note->refs[0].pos, 1, 4);
	assert_pos(note->refs[1].pos, 3, 6);
	assert_pos(note->refs[2].pos, 4, 1);
	assert_pos(note->refs[3].pos, 6, 6);
	assert_pos(note->refs[4].pos, 8, 2);
	iv_note_free(note);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_other_fields),
		cmocka_unit_test(test_mapping),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_record_places),
		cmocka_unit_test(test_field_references),
		cmocka_unit_test(test_reference_places),
		cmocka_unit_test(test_body_references),
		cmocka_unit_test(test_body_reference_places),
	};
	int failures = cmocka_run_group_tests(tests, NULL, NULL);

	iv_buf_release(&text);
	return failures;
}
