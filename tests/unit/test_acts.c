/* What a newer version of a note says and the older one does not. */
#include <string.h>

#include "history/finder.h"
#include "note_test.h"

#define CONTACT(rest) "---\ntype: contact\nname: Jane Green\n" rest "---\n"
#define MEETING(rest) "---\ntype: meeting\ncontact: '[[omar-haddad]]'\n" rest "---\n"

/* Knows one person. */
static bool look_up(void *data, struct iv_known *out, struct iv_str key)
{
	(void)data;
	if (!iv_str_is(key, "omar-haddad") && !iv_str_is(key, "omar"))
		return false;
	*out = (struct iv_known){IV_LIT("omar-haddad"), IV_LIT("Omar Haddad")};
	return true;
}

static void find(struct iv_acts *out, const struct iv_note *before, const struct iv_note *after)
{
	struct iv_acts_how how = {IV_NO_DAY, look_up, NULL};

	assert_true(iv_day_parse(&how.today, IV_LIT("2026-11-23")));
	iv_acts_find(out, before, after, &how);
}

/* "text; ~text of what is implied", in order; the caller frees. */
static char *told(const struct iv_acts *acts, bool named)
{
	struct iv_buf out = IV_BUF_INIT;
	iv_day today;

	assert_true(iv_day_parse(&today, IV_LIT("2026-11-23")));
	for (size_t i = 0; i < acts->count; i++) {
		char *text = iv_act_text(&acts->items[i], today, named);

		iv_buf_printf(&out, "%s%s%s", i ? "; " : "", acts->items[i].implied ? "~" : "",
			      text);
		free(text);
	}
	return iv_buf_detach(&out);
}

static void assert_acts(const char *path, const char *before, const char *after,
			const char *expected, bool named)
{
	struct iv_note *old =
		before ? iv_note_parse(iv_str_of(path), iv_str_of(before), NULL) : NULL;
	struct iv_note *new = after ? iv_note_parse(iv_str_of(path), iv_str_of(after), NULL) : NULL;
	struct iv_acts acts;
	char *text;

	find(&acts, old, new);
	/* The acts outlive the notes. */
	iv_note_free(old);
	iv_note_free(new);
	text = told(&acts, named);
	if (strcmp(text, expected) != 0)
		fail_msg("\nbefore:\n%s\nafter:\n%s\ngot      '%s'\nexpected '%s'",
			 before ? before : "(none)\n", after ? after : "(none)\n", text, expected);
	free(text);
	iv_acts_release(&acts);
}

struct change {
	const char *before, *after, *expected;
};

static void assert_changes(const struct change *changes, size_t count, bool named)
{
	for (size_t i = 0; i < count; i++)
		assert_acts("people/jane-green.md", changes[i].before, changes[i].after,
			    changes[i].expected, named);
}

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void records(void **state)
{
	static const struct change changes[] = {
		{CONTACT(""), CONTACT("outreach: 2026-11-01 email\n"),
		 "asked by email (2026-11-01)"},
		{CONTACT("outreach: 2026-11-01 email\n"),
		 CONTACT("outreach:\n- 2026-11-01 email yes 2026-11-03\n"),
		 "reply yes (2026-11-03)"},
		{CONTACT("outreach: 2026-11-01 email\n"),
		 CONTACT("outreach: 2026-11-01 email later 2027-01-10\n"),
		 "reply later, from 2027-01-10 on (2026-11-01)"},
		{CONTACT("outreach: 2026-11-01 email\n"), CONTACT("outreach: 2026-11-01, email\n"),
		 ""},
		{CONTACT("outreach: 2026-11-01 email yes 2026-11-03\n"),
		 CONTACT("outreach: 2026-11-01 email no 2026-11-04\n"),
		 "reply no (2026-11-04) (was yes)"},
		/* Without a date of its own the answer has the record's. */
		{CONTACT(""), CONTACT("outreach: 2026-11-01 phone no\n"),
		 "asked by phone (2026-11-01); reply no (2026-11-01)"},
		{CONTACT("outreach: 2026-11-01 email yes 2026-11-03\n"),
		 CONTACT("outreach: 2026-11-01 email\n"),
		 "outreach: 2026-11-01 email (was 2026-11-01 email yes 2026-11-03)"},
		{CONTACT("outreach: 2026-11-01 email, long\n"),
		 CONTACT("outreach: 2026-11-01 email yes 2026-11-03, short\n"),
		 "reply yes (2026-11-03); outreach: 2026-11-01 email yes 2026-11-03, short (was "
		 "2026-11-01 email, long)"},
		{CONTACT("outreach: 2026-11-01 email\n"), CONTACT("outreach: 2026-11-01 phone\n"),
		 "outreach: 2026-11-01 phone (was 2026-11-01 email)"},
		{CONTACT("outreach: 2026-11-01 email\n"), CONTACT("outreach: 2026-11-02 email\n"),
		 "asked by email (2026-11-02); outreach removed: 2026-11-01 email"},
		{CONTACT("outreach: [2026-11-01 email, 2026-11-01 email]\n"),
		 CONTACT("outreach: [2026-11-01 email, 2026-11-01 email yes]\n"),
		 "reply yes (2026-11-01)"},
		{CONTACT(""), CONTACT("outreach: 2026-11-01 email bounced\n"),
		 "asked by email (2026-11-01); request bounced (2026-11-01)"},
		/* As they came, and what has no day last; fields after all of them. */
		{CONTACT(""),
		 CONTACT("role: x\nreferrals: omar\ntouches: 2026-11-25 card\noutreach:\n"
			 "- 2026-11-09 phone yes 2026-11-10\n- 2026-10-05 email later "
			 "2026-11-09\n"),
		 "asked by email (2026-10-05); reply later, from 2026-11-09 on (2026-10-05); "
		 "asked by phone (2026-11-09); reply yes (2026-11-10); "
		 "kept in touch by card (2026-11-25); referral to Omar Haddad; role: x"},
		/* Bounced is no touch. */
		{CONTACT(""), CONTACT("touches: 2026-11-01 email bounced\n"),
		 "touches: 2026-11-01 email bounced"},
		{CONTACT(""), CONTACT("touches: 2026-11-01 linkedin congratulated\n"),
		 "kept in touch on LinkedIn (2026-11-01)"},
		{CONTACT(""), CONTACT("feeler: 2026-11-01 letter\n"),
		 "sent a feeler by letter (2026-11-01)"},
		{CONTACT(""), CONTACT("reported: 2026-11-01 email about [[omar]]\n"),
		 "reported by email (2026-11-01): about [[omar]]"},
		{CONTACT(""), CONTACT("follow-up: 2026-12-01 call\n"),
		 "follow-up: 2026-12-01 call"},
		/* What cannot be read as a record is told as it stands. */
		{CONTACT("outreach: 2026-13-01 email\n"), CONTACT("outreach: 2026-13-02 email\n"),
		 "outreach: 2026-13-02 email; outreach removed: 2026-13-01 email"},
	};

	(void)state;
	assert_changes(changes, COUNT(changes), false);
}

static void meetings(void **state)
{
	static const struct change changes[] = {
		{NULL, MEETING("date: 2026-11-30 14:00\n"),
		 "meeting with Omar Haddad set for 30 Nov 14:00; new meeting; ~type: meeting; "
		 "~contact: [[omar-haddad]]; ~date: 2026-11-30 14:00"},
		{NULL, MEETING("date: 2027-01-10\nstate: scheduled\n"),
		 "meeting with Omar Haddad set for 10 Jan 2027; new meeting; ~type: meeting; "
		 "~contact: [[omar-haddad]]; ~date: 2027-01-10; ~state: scheduled"},
		{MEETING(""), MEETING("date: 2026-11-30\n"),
		 "meeting with Omar Haddad set for 30 Nov"},
		{MEETING("date: 2026-11-18 14:00\n"), MEETING("date: 2026-11-20 10:00\n"),
		 "meeting with Omar Haddad moved to 20 Nov 10:00 (was 2026-11-18 14:00)"},
		{MEETING("date: 2026-11-18\nvia: video\n"),
		 MEETING("date: 2026-11-18\nvia: video\nstate: held\n"),
		 "met Omar Haddad by video (2026-11-18)"},
		{MEETING("date: 2026-11-18\n"), MEETING("date: 2026-11-18\nactual: 25m\n"),
		 "met Omar Haddad (2026-11-18); actual: 25m"},
		/* Notes before the day are no meeting; that it was held is said in so many words. */
		{MEETING("date: 2026-11-30\n"), MEETING("date: 2026-11-30\n") "She knows Bob.\n",
		 "text changed"},
		{MEETING("date: 2026-11-18\n") "She knows Bob.\n",
		 MEETING("date: 2026-11-18\nstate: held\n") "She knows Bob.\n",
		 "met Omar Haddad (2026-11-18)"},
		{MEETING("date: 2026-11-18\n") "She knows Bob.\n",
		 MEETING("date: 2026-11-18\nrating: 4\n") "She knows Bob.\n", "rating: 4"},
		{MEETING("date: 2026-11-18\nactual: 25m\n"),
		 MEETING("date: 2026-11-19\nactual: 25m\n"), "date: 2026-11-19 (was 2026-11-18)"},
		{MEETING("date: 2026-11-18\n"), MEETING("date: 2026-11-18\nstate: cancelled\n"),
		 "meeting with Omar Haddad of 18 Nov cancelled"},
		{MEETING("date: 2026-11-18\nstate: cancelled\n"),
		 MEETING("date: 2026-11-25\nstate: scheduled\n"),
		 "meeting with Omar Haddad set for 25 Nov"},
		{MEETING("date: 2026-11-18\n"), MEETING("date: 2026-11-18\nstate: no-show\n"),
		 "Omar Haddad did not come (2026-11-18)"},
		{MEETING("date: 2026-11-18\n"), MEETING("date: 2026-11-18\nstate: missed\n"),
		 "missed Omar Haddad (2026-11-18)"},
		{MEETING("date: 2026-11-18\nstate: held\n"),
		 MEETING("date: 2026-11-18\nstate: held\nthank-you: 2026-11-19 card\n"),
		 "thanked Omar Haddad by card (2026-11-19)"},
		{MEETING("date: 2026-11-18\nstate: held\n"),
		 MEETING("date: 2026-11-18\nstate: held\nthank-you: skipped\n"),
		 "thank-you: skipped"},
		{MEETING("date: 2026-11-18\nstate: held\n"),
		 MEETING("date: 2026-11-18\nstate: held\nreferrals: '[[bob]]'\n"),
		 "referral from Omar Haddad to bob"},
		{MEETING("date: 2026-11-18\nstate: held\nleads: [Read X]\n"),
		 MEETING("date: 2026-11-18\nstate: held\nleads: ['Read X (reported "
			 "2026-11-21)']\n"),
		 "reported to Omar Haddad (2026-11-21): Read X"},
	};

	(void)state;
	assert_changes(changes, COUNT(changes), true);
}

#define TWO(rest)                                                                                  \
	"---\ntype: meeting\ncontact: [Ann Lee, '[[omar]]']\ndate: 2026-11-18\nstate: held\n" rest \
	"---\n"

static void several_people(void **state)
{
	static const struct change changes[] = {
		{TWO(""), TWO("thank-you: 2026-11-19 email\n"),
		 "thanked Ann Lee by email (2026-11-19); thanked Omar Haddad by email "
		 "(2026-11-19)"},
		{TWO(""), TWO("thank-you: 2026-11-19 email [[omar]]\n"),
		 "thanked Omar Haddad by email (2026-11-19)"},
		{TWO(""), TWO("thank-you: 2026-11-19 email to Ann Lee, at last\n"),
		 "thanked Ann Lee by email (2026-11-19)"},
		{TWO(""), TWO("thank-you: 2026-11-19 email to Joann Leeds\n"),
		 "thanked Ann Lee by email (2026-11-19); thanked Omar Haddad by email "
		 "(2026-11-19)"},
		/* Nobody of the two can be said to have named Bob. */
		{TWO(""), TWO("referrals: Bob\n"), "referral from jane-green to Bob"},
		{MEETING("date: 2026-11-18\nstate: held\n"),
		 "---\ntype: meeting\ncontact: ['[[omar-haddad]]', Ann Lee]\ndate: 2026-11-18\n"
		 "state: held\n---\n",
		 "met Ann Lee (2026-11-18); contact: Ann Lee added"},
		/* The same person, linked. */
		{"---\ntype: meeting\ncontact: Omar\ndate: 2026-11-18\nstate: held\n---\n",
		 MEETING("date: 2026-11-18\nstate: held\n"),
		 "contact: [[omar-haddad]] added; contact: Omar removed"},
	};

	(void)state;
	assert_changes(changes, COUNT(changes), true);
}

static void fields(void **state)
{
	static const struct change changes[] = {
		{CONTACT(""), CONTACT("role: analyst\n"), "role: analyst"},
		{CONTACT("role: analyst\n"), CONTACT("role: lead\n"), "role: lead (was analyst)"},
		{CONTACT("role: analyst\n"), CONTACT(""), "role removed (was analyst)"},
		{CONTACT("role: analyst\n"), CONTACT("role:\n"), "role removed (was analyst)"},
		{CONTACT("role: analyst\n"), CONTACT("job-title: 'analyst' # she says\n"), ""},
		{CONTACT("org: Acme\n"), CONTACT("company: Bolt\n"),
		 "organization: Bolt (was Acme)"},
		{CONTACT("tags: [a, b]\n"), CONTACT("tags: [b, c]\n"),
		 "tags: c added; tags: a removed"},
		{CONTACT("tags: a\n"), CONTACT("tags: [a]\n"), ""},
		{CONTACT(""), CONTACT("tags: [a, b]\n"), "tags: a, b"},
		{CONTACT("tags: [a, b]\n"), CONTACT("tags: [b, a]\n"), "tags: b, a (was a, b)"},
		{CONTACT(""), CONTACT("referrals: none\n"), "referrals: none"},
		{CONTACT("referrals: none\n"), CONTACT("referrals: []\n"), ""},
		{CONTACT("referrals: none\n"), CONTACT("referrals: Bob\n"), "referral to Bob"},
		{CONTACT("referrals: [Bob, Eve]\n"), CONTACT("referrals: Bob\n"),
		 "referrals: Eve removed"},
		{CONTACT("Own Key: 1\n"), CONTACT("own_key: 2\n"), "own-key: 2 (was 1)"},
		{CONTACT("map: {a: 1, b: [x, y]}\n"), CONTACT("map: {a: 1, b: [x, z]}\n"),
		 "map: {a: 1, b: [x, z]} (was {a: 1, b: [x, y]})"},
		{CONTACT(""), CONTACT("role: |\n  one\n  two\n"), "role: one two"},
	};

	(void)state;
	assert_changes(changes, COUNT(changes), false);
}

static void tasks(void **state)
{
	static const struct change changes[] = {
		{CONTACT("") "- [ ] Send it\n", CONTACT("") "- [x] Send it\n",
		 "follow-up done: Send it"},
		{CONTACT("") "- [ ] Send it\n", CONTACT("") "- [-] Send it\n",
		 "follow-up cancelled: Send it"},
		{CONTACT("") "- [x] Send it\n", CONTACT("") "- [ ] Send it\n",
		 "follow-up open again: Send it"},
		{CONTACT("") "Words.\n", CONTACT("") "Words.\n\n- [ ] Send it due:2026-12-01\n",
		 "follow-up added: Send it (due 2026-12-01)"},
		{CONTACT("") "- [ ] Send it\n- [ ] Call\n", CONTACT("") "- [ ] Call\n",
		 "follow-up removed: Send it"},
		{CONTACT("") "- [ ] Send it due:2026-12-01\n",
		 CONTACT("") "- [ ] Send it (due 2026-12-01)\n", ""},
		{CONTACT("") "- [ ] Send it due:2026-12-01\n",
		 CONTACT("") "- [ ] Send it due:2026-12-02\n",
		 "follow-up changed: Send it (due 2026-12-02) (was Send it (due 2026-12-01))"},
		{CONTACT("") "- [ ] Send it\n", CONTACT("") "- [x] Send it to her\n",
		 "follow-up done: Send it to her; follow-up changed: Send it to her (was Send it)"},
		{CONTACT("") "- [ ] a\n- [ ] b\n", CONTACT("") "- [ ] b\n- [ ] a\n",
		 "text changed"},
		{CONTACT("") "- [ ] a\n\n## Follow-ups\n", CONTACT("") "## Follow-ups\n\n- [ ] a\n",
		 "follow-up changed: a [follow-ups] (was a [no section]); text changed"},
	};

	(void)state;
	assert_changes(changes, COUNT(changes), false);
}

static void texts(void **state)
{
	static const struct change changes[] = {
		{CONTACT("") "Words.\n", CONTACT("") "Other words.\n", "text changed"},
		{CONTACT("") "Words.\n", CONTACT("") "Words.\n\nMore.\n", "text changed"},
		{CONTACT("") "Words.\nMore.\n", CONTACT("") "Words.\n\nMore.\n", "text changed"},
		{CONTACT("") "Words.\n\nMore.\n", CONTACT("") "\nWords.\n\n\nMore.\n\n", ""},
		{CONTACT("") "Words.\n",
		 "---\r\ntype: contact\r\nname: Jane Green\r\n---\r\nWords.\r\n", ""},
		{CONTACT("") "Words.\n", CONTACT("") "Words.", ""},
		{"Words.\n", "Words.\n", ""},
		{"- [ ] of no type\n", "- [x] of no type\n", "text changed"},
	};

	(void)state;
	assert_changes(changes, COUNT(changes), false);
}

static void whole_notes(void **state)
{
	static const struct change changes[] = {
		{NULL, NULL, ""},
		{NULL, CONTACT("outreach: 2026-11-01 email\nrole: x\n") "- [ ] y\n",
		 "asked by email (2026-11-01); new contact; ~follow-up added: y; ~type: contact; "
		 "~name: Jane Green; ~role: x"},
		{CONTACT("role: x\n") "Words.\n", NULL,
		 "removed; ~type removed (was contact); ~name removed (was Jane Green); ~role "
		 "removed (was x); ~text changed"},
		{NULL, "Words.\n", "new note; ~text changed"},
		{CONTACT("outreach: 2026-11-01 email\n"),
		 "---\ntype: organization\nname: Jane Green\n---\n",
		 "outreach removed: 2026-11-01 email; type: organization (was contact)"},
	};

	(void)state;
	assert_changes(changes, COUNT(changes), false);
}

static void broken_notes(void **state)
{
	static const struct change changes[] = {
		{CONTACT("role: x\n"), "\xff\xfe",
		 "broken: this is UTF-16; expected UTF-8 (save it as such); ~type removed (was "
		 "contact); ~name removed (was Jane Green); ~role removed (was x)"},
		{"\xff\xfe", CONTACT(""),
		 "mended: this is UTF-16; expected UTF-8 (save it as such); ~type: contact; ~name: "
		 "Jane Green"},
		{"\xff\xfe", "\xff\xfe", ""},
		{CONTACT("") "Words.\n",
		 CONTACT("") "<<<<<<< ours\nWords.\n=======\nOther.\n>>>>>>> theirs\n",
		 "broken: unresolved merge up to line 9; keep one side, or both, and remove the "
		 "marker li…; text changed"},
	};

	(void)state;
	assert_changes(changes, COUNT(changes), false);
}

static void renames(void **state)
{
	static const struct {
		const char *from, *to, *expected;
	} moves[] = {
		{"people/jane.md", "people/jane-green.md", "renamed from jane"},
		{"people/jane.md", "old/jane.md", "moved from people/"},
		{"jane.md", "people/jane.md", "moved from the vault's folder"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(moves); i++) {
		struct iv_note *old = iv_note_parse(iv_str_of(moves[i].from), IV_LIT("x\n"), NULL);
		struct iv_note *new = iv_note_parse(iv_str_of(moves[i].to), IV_LIT("x\n"), NULL);
		struct iv_acts acts;
		char *text;

		find(&acts, old, new);
		text = told(&acts, false);
		assert_string_equal(text, moves[i].expected);
		free(text);
		iv_acts_release(&acts);
		iv_note_free(old);
		iv_note_free(new);
	}
}

static void acts_say_whom_and_when(void **state)
{
	struct iv_note *note = parse(TWO("thank-you: 2026-11-19 card [[omar]]\n"));
	struct iv_acts acts;
	const struct iv_act *act;

	(void)state;
	find(&acts, NULL, note);
	iv_note_free(note);
	for (act = acts.items; act->verb != IV_ACT_THANKED; act++)
		;
	assert_text(act->note, "jane-green");
	assert_text(act->who, "omar-haddad");
	assert_text(act->name, "Omar Haddad");
	assert_string_equal(act->field, "thank-you");
	assert_day(act->day, "2026-11-19");
	assert_int_equal(act->channel, IV_CHANNEL_CARD);
	assert_text(act->now, "2026-11-19 card [[omar]]");
	assert_int_equal(act->line, 6);
	assert_text(acts.items[0].who, "ann lee");
	iv_acts_release(&acts);
}

static void long_texts_are_cut(void **state)
{
	struct iv_buf role = IV_BUF_INIT;

	(void)state;
	iv_buf_puts(&role, "---\ntype: contact\nrole: ");
	for (int i = 0; i < 60; i++)
		iv_buf_puts(&role, "äö ");
	iv_buf_puts(&role, "\n---\n");
	assert_acts("a.md", "---\ntype: contact\n---\n", role.ptr,
		    "role: äö äö äö äö äö äö äö äö äö äö äö äö äö äö äö äö äö äö äö äö äö äö äö äö "
		    "äö äö ä…",
		    false);
	iv_buf_release(&role);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records),
		cmocka_unit_test(meetings),
		cmocka_unit_test(several_people),
		cmocka_unit_test(fields),
		cmocka_unit_test(tasks),
		cmocka_unit_test(texts),
		cmocka_unit_test(whole_notes),
		cmocka_unit_test(broken_notes),
		cmocka_unit_test(renames),
		cmocka_unit_test(acts_say_whom_and_when),
		cmocka_unit_test(long_texts_are_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
