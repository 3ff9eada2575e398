/* Bytes -> note: front matter, types, fields, what is wrong with them. */
#include "note_test.h"

#include <string.h>

/* ---- front matter ---- */

static void test_header_forms(void **state)
{
	static const char *const forms[] = {
		"---\ntype: contact\nname: Ann\n---\nbody\n",
		"\xef\xbb\xbf---\ntype: contact\nname: Ann\n---\nbody\n",
		"---\r\ntype: contact\r\nname: Ann\r\n---\r\nbody\r\n",
		"---  \ntype: contact\nname: Ann\n---\t\nbody",
		"---\ntype: contact\nname: Ann\n...\nbody",
		"---\ntype: contact\nname: Ann\n---",
		"---\rtype: contact\rname: Ann\r---\rbody",
		"---\n# a comment\n\nTYPE: Person\nName: \"Ann\"\n---\n",
		"---\n{type: contact, name: Ann}\n---\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		struct iv_note *note = parse(forms[i]);

		assert_int_equal(note->type, IV_TYPE_CONTACT);
		assert_text(note->name, "Ann");
		assert_problems(note, "");
		iv_note_free(note);
	}
}

/* What is no front matter is Markdown, and silent. */
static void test_no_header(void **state)
{
	static const char *const forms[] = {
		"",
		"\n",
		"text\n---\ntype: contact\n---\n",
		"---\n",
		"---",
		"---\n\nProse: with a colon, and: one more\n\n---\nmore\n",
		"---\nHello, prose here: it goes on: and on\n---\n",
		"---\n- a\n- b\n---\n",
		"---\n---\n",
		"---\n\n# Heading\n\ntext\n",
		"----\ntype: contact\n----\n",
		" ---\ntype: contact\n---\n",
		"---\ntitle: x\nno closing line\n",
		"---\ntitle: x\ntype: recipe\ndate: whenever\nemail: [\"a\"]\n---\n[[nowhere]]\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		struct iv_note *note = parse(forms[i]);

		assert_int_equal(note->type, IV_TYPE_NONE);
		assert_problems(note, "");
		assert_text(note->name, "jane-green");
		iv_note_free(note);
	}
}

static void test_header_problems(void **state)
{
	static const struct {
		const char *text, *problems;
	} rows[] = {
		{"---\ntype: contact\nname: A: B\n---\n", "3:8 front-matter"},
		{"---\ntitle: A: B\n---\n", "2:9 front-matter"},
		{"---\ntype: contact\nname: Ann\n", "1:1 front-matter"},
		{"---\ntype: contact\nname: Ann\n\nprose\n", "1:1 front-matter"},
		{"---\ntype:contact\nname:Ann\n---\n", "2:1 front-matter"},
		{"---\ntype: contact\nName: a\nname: b\n---\n", "4:1 front-matter"},
		{"---\ntype: contact\nemployer: a\nCompany: b\n---\n", "4:1 front-matter"},
		{"---\nkey: a\nkey: b\n---\n", "3:1 front-matter"},
		{"---\ntype: contact\nmy key: a\nmy_key: b\n---\n", "4:1 front-matter"},
		/* other programs may tell these apart */
		{"---\nmy key: a\nmy_key: b\n---\n", ""},
		{"---\ntype: meeting\ncontact: [[a]], [[b]]\ndate: 2026-10-05\n---\n",
		 "3:15 front-matter"},
		{"---\ntype: contact\n\tname: a\n---\n", "3:1 front-matter"},
		{"---\ntype: contact\nname: \"a\nrole: b\n---\n", "3:7 front-matter"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct iv_note *note = parse(rows[i].text);

		assert_problems(note, rows[i].problems);
		iv_note_free(note);
	}
}

/* What can be read of a broken header still counts. */
static void test_recovery(void **state)
{
	struct iv_note *note = parse("---\n"
				     "type: contact\n"
				     "name: Nurse: Ann\n"
				     "email: a@b.c\n"
				     "referrals: [[bob]], [[carol]]\n"
				     "outreach:\n"
				     "  - 2026-10-05 email\n"
				     "  - \"2026-10-06\" phone: no\n"
				     "purpose: learn\n"
				     "---\n");

	(void)state;
	assert_int_equal(note->type, IV_TYPE_CONTACT);
	assert_text(note->name, "Nurse: Ann");
	assert_text(note->contact->email.text, "a@b.c");
	assert_text(note->contact->purpose.text, "learn");
	assert_int_equal(note->ref_count, 2);
	assert_text(note->refs[1].key, "carol");
	assert_pos(note->refs[1].pos, 5, 21);
	assert_int_equal(note->record_count, 2);
	assert_day(note->records[0].day, "2026-10-05");
	iv_note_free(note);

	note = parse("---\ntype: contact\nname: Ann\n# Heading\n- [ ] task\n");
	assert_text(note->name, "Ann");
	assert_int_equal(note->task_count, 1);
	assert_pos(note->tasks[0].pos, 5, 3);
	iv_note_free(note);
}

static void test_keys(void **state)
{
	static const char *const keys[] = {"referred-by", "Referred By", "referred_by",
					   "REFERRED-BY", "\"referred by\""};
	struct iv_note *note;
	char text[128];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		snprintf(text, sizeof(text), "---\ntype: contact\n%s: Bob\n---\n", keys[i]);
		note = parse(text);
		assert_int_equal(note->ref_count, 1);
		assert_string_equal(note->refs[0].field, "referred-by");
		assert_non_null(iv_note_field(note, "referred-by"));
		iv_note_free(note);
	}
	note = parse("---\ntype: contact\nemployer: Acme\nMein Feld: x\n---\n");
	assert_string_equal(note->fields[1].known, "organization");
	assert_text(note->fields[1].key, "employer");
	assert_null(note->fields[2].known);
	assert_text(note->fields[2].name, "mein-feld");
	iv_note_free(note);
}

static void test_types(void **state)
{
	static const struct {
		const char *word;
		enum iv_type type;
	} rows[] = {
		{"contact", IV_TYPE_CONTACT},
		{"Person", IV_TYPE_CONTACT},
		{"meeting", IV_TYPE_MEETING},
		{"'interview'", IV_TYPE_MEETING},
		{"company", IV_TYPE_ORGANIZATION},
		{"organisation", IV_TYPE_ORGANIZATION},
		{"[organization]", IV_TYPE_ORGANIZATION},
		{"recipe", IV_TYPE_NONE},
		{"Kontakt", IV_TYPE_CONTACT},
		{"", IV_TYPE_MEETING},
	};
	static const char *const words[][2] = {{"Kontakt", "contact"}, {NULL, NULL}};
	static const char *const folders[][2] = {
		{"people/", "meeting"}, {"people/x", "contact"}, {"p", "company"}, {NULL, NULL}};
	const struct iv_syntax syntax = {NULL, NULL, words, folders};
	char text[128];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct iv_note *note;

		snprintf(text, sizeof(text), "---\ntype: %s\n---\n", rows[i].word);
		note = iv_note_parse(IV_LIT("people/jane-green.md"), iv_str_of(text), &syntax);
		assert_int_equal(note->type, rows[i].type);
		iv_note_free(note);
	}
}

static void test_did_you_mean(void **state)
{
	static const struct {
		const char *text, *problems;
	} rows[] = {
		{"---\ntype: contact\nemial: a\n---\n", "3:1 unknown-field"},
		{"---\ntype: contact\noutrech: a\n---\n", "3:1 unknown-field"},
		{"---\ntype: contact\nreferedby: a\n---\n", "3:1 unknown-field"},
		/* the user's own */
		{"---\ntype: contact\nbirthday: a\ncourse: b\nstatus: b\ndate: c\n---\n", ""},
		/* the field that might be meant is there */
		{"---\ntype: contact\nemail: a\nemails: b\n---\n", ""},
		{"---\ntype: contat\noutreach: 2026-10-05\n---\n", "2:7 unknown-type"},
		/* others have contracts */
		{"---\ntype: contract\ntitle: x\n---\n", ""},
		{"---\ntype: recipe\nemial: x\n---\n", ""},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct iv_note *note = parse(rows[i].text);

		assert_problems(note, rows[i].problems);
		iv_note_free(note);
	}
}

/* ---- bytes ---- */

static void test_encoding(void **state)
{
	struct iv_note *note;
	char *big;

	(void)state;
	note = parse("---\ntype: contact\nname: Ren\xe9 Roy\n---\n");
	assert_problems(note, "3:10 encoding");
	assert_text(note->name, "Ren? Roy");
	assert_false(note->unreadable);
	iv_note_free(note);

	note = iv_note_parse(IV_LIT("a.md"), IV_LIT("---\ntype: contact\nname: A\0B\n---\n"), NULL);
	assert_problems(note, "3:8 encoding");
	assert_text(note->name, "A?B");
	iv_note_free(note);

	note = iv_note_parse(IV_LIT("a.md"), IV_LIT("\xff\xfe-\0-\0-\0"), NULL);
	assert_problems(note, "1:1 encoding");
	assert_true(note->unreadable);
	iv_note_free(note);

	big = iv_malloc(IV_NOTE_SIZE_MAX + 1);
	memset(big, 'a', IV_NOTE_SIZE_MAX + 1);
	note = iv_note_parse(IV_LIT("a.md"), (struct iv_str){big, IV_NOTE_SIZE_MAX + 1}, NULL);
	assert_problems(note, "1:1 encoding");
	iv_note_free(note);
	note = iv_note_parse(IV_LIT("a.md"), (struct iv_str){big, IV_NOTE_SIZE_MAX}, NULL);
	assert_problems(note, "");
	iv_note_free(note);
	free(big);

	note = iv_note_unreadable(IV_LIT("x/y.md"), "unreadable", "permission denied");
	assert_text(note->id, "y");
	assert_problems(note, "1:1 unreadable");
	assert_true(note->unreadable);
	iv_note_free(note);
}

static void test_conflicts(void **state)
{
	static const struct {
		const char *text, *problems;
	} rows[] = {
		{"a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n", "2:1 conflict-marker"},
		{"a\n<<<<<<< HEAD\r\nb\n=======\nc\n>>>>>>>\n<<<<<<< a\n>>>>>>> b\n",
		 "2:1 conflict-marker, 7:1 conflict-marker"},
		{"a\n<<<<<<< HEAD\nb\n=======\nc\n", ""},
		{"a\n<<<<<<<HEAD\n>>>>>>> x\n", ""},
		{"a\n <<<<<<< HEAD\n>>>>>>> x\n", ""},
		{"Title\n=======\n\n>>>>>>> deep quote\n", ""},
		{"```\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n```\n", ""},
		{"~~~\nx\n~~~\n<<<<<<< HEAD\n>>>>>>> x\n", "4:1 conflict-marker"},
		/* longer ones, as attributes may ask for; the others are of that conflict's text */
		{"<<<<<<<<< HEAD\nb\n=========\nc\n>>>>>>> x\n>>>>>>>>> x\n",
		 "1:1 conflict-marker"},
		{"<<<<<<<<< HEAD\nb\n=========\nc\n>>>>>>> x\n", ""},
		/* a fence that one side left open */
		{"<<<<<<< HEAD\n```\nb\n=======\nc\n>>>>>>> x\n", "1:1 conflict-marker"},
	};
	struct iv_note *note;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		note = parse(rows[i].text);
		assert_problems(note, rows[i].problems);
		iv_note_free(note);
	}
	/* In the header our side is read, and it is no YAML error. */
	note = parse("---\ntype: contact\n<<<<<<< HEAD\nname: Ann\n||||||| base\nname: An\n"
		     "=======\nname: Anna\n>>>>>>> x\nemail: a@b.c\n---\n- [ ] t\n");
	assert_problems(note, "3:1 conflict-marker");
	assert_text(note->name, "Ann");
	assert_pos(note->name_pos, 4, 7);
	assert_text(note->contact->email.text, "a@b.c");
	assert_pos(note->tasks[0].pos, 12, 3);
	iv_note_free(note);
}

static void test_long_markers(void **state)
{
	struct iv_note *note = parse("---\ntype: contact\n<<<<<<<<< HEAD\nname: Ann\n========="
				     "\nname: Anna\n>>>>>>>>> x\nemail: a@b.c\n---\n");

	(void)state;
	assert_problems(note, "3:1 conflict-marker");
	assert_text(note->name, "Ann");
	assert_text(note->contact->email.text, "a@b.c");
	iv_note_free(note);
}

static void test_id(void **state)
{
	static const struct {
		const char *path, *id, *key;
	} rows[] = {
		{"people/Jane Green.md", "Jane Green", "jane green"},
		{"JANE.MD", "JANE", "jane"},
		{"a.b.md", "a.b", "a.b"},
		{"x/E\xcc\x81va.md", "E\xcc\x81va", "\xc3\xa9va"},
		{".md", ".md", ".md"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct iv_note *note = iv_note_parse(iv_str_of(rows[i].path), IV_LIT(""), NULL);

		assert_text(note->id, rows[i].id);
		assert_text(note->key, rows[i].key);
		assert_text(note->name, rows[i].id);
		iv_note_free(note);
	}
}

/* ---- values ---- */

static void test_json(void **state)
{
	static const struct {
		const char *header, *json;
	} rows[] = {
		{"a: no\nb: 007\nc: 10:00", "{\"a\":\"no\",\"b\":\"007\",\"c\":\"10:00\"}"},
		{"a:\nb: ''\nc: []\nd: {}", "{\"c\":[],\"d\":{}}"},
		{"a: [[x]]\nb: [[[x]], [[y|z]]]",
		 "{\"a\":\"[[x]]\",\"b\":[\"[[x]]\",\"[[y|z]]\"]}"},
		{"a: [[Green, Jane]]\nb: [[a], [b]]",
		 "{\"a\":\"[[Green, Jane]]\",\"b\":[[\"a\"],[\"b\"]]}"},
		{"a: {b: [1, {c: 2}]}", "{\"a\":{\"b\":[\"1\",{\"c\":\"2\"}]}}"},
		{"a: \"x\\ty\\\"\\\\\"", "{\"a\":\"x\\u0009y\\\"\\\\\"}"},
		{"My Key: |\n  one\n  two\n", "{\"my-key\":\"one\\ntwo\\n\"}"},
		{"a: &x [1]\nb: *x", "{\"a\":[\"1\"],\"b\":[\"1\"]}"},
	};
	char text[256];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct iv_note *note;
		char *json;

		snprintf(text, sizeof(text), "---\n%s\n---\n", rows[i].header);
		note = parse(text);
		json = iv_note_fields_json(note);
		assert_string_equal(json, rows[i].json);
		free(json);
		iv_note_free(note);
	}
}

static void test_bad_values(void **state)
{
	static const struct {
		const char *field, *problems;
	} meeting[] = {
		{"planned: 20m", ""},
		{"planned: 20 min", ""},
		{"planned: 45m, invited", ""},
		{"planned: 1h meal", ""},
		{"planned: a while", "5:10 bad-value"},
		{"planned: 20m maybe", "5:10 bad-value"},
		{"actual: 25", ""},
		{"actual: long", "5:9 bad-value"},
		{"extended: yes", ""},
		{"extended: 10m", ""},
		{"extended: them 10m", ""},
		{"extended: maybe", "5:11 bad-value"},
		{"spoke: 45%", ""},
		{"spoke: 45", ""},
		{"spoke: 101", "5:8 bad-value"},
		{"spoke: half", "5:8 bad-value"},
		{"rating: 5", ""},
		{"rating: 4/5", ""},
		{"rating: 0", "5:9 bad-value"},
		{"rating: 6", "5:9 bad-value"},
		{"state: held", ""},
		{"state: No Show", ""},
		{"state: done", "5:8 bad-value"},
		{"via: In_Person", ""},
		{"via: e-mail", ""},
		{"via: zoom", "5:6 bad-value"},
		{"kind: catch up", ""},
		{"kind: coffee", "5:7 bad-value"},
		{"paid: their company", ""},
		{"paid: \"nobdy\"", "5:8 bad-value"},
		{"resume: later", "5:9 bad-value"},
		{"created: 2026-02-29", "5:10 bad-value"},
		{"created: 2024-02-29", ""},
		{"created: 5.10.2026", "5:10 bad-value"},
		{"created: \"[[2026-10-01]]\"", ""},
		{"place: {a: b}", "5:8 bad-value"},
	};
	char text[256];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(meeting) / sizeof(*meeting); i++) {
		struct iv_note *note;

		snprintf(text, sizeof(text),
			 "---\ntype: meeting\ncontact: Ann\ndate: 2026-10-05\n%s\n---\n",
			 meeting[i].field);
		note = parse(text);
		assert_problems(note, meeting[i].problems);
		iv_note_free(note);
	}
}

static void test_messages(void **state)
{
	static const struct {
		const char *field, *message;
	} rows[] = {
		{"created: 2026-02-30", "there is no day '2026-02-30'"},
		{"created: 2026-2-3", "'2026-2-3' is no date; write it as '2026-02-03'"},
		{"created: soon", "'soon' is no date; expected YYYY-MM-DD"},
		{"state: cancled", "'cancled' is no state; did you mean 'cancelled'?"},
		{"kind: x", "'x' is no kind; expected informational, catch-up or job"},
		{"date: 2026-10-05 25:00",
		 "'25:00' is no time of day; expected HH:MM after the date"},
		{"planed: 20m", "'planed' is no field of a meeting; did you mean 'planned'?"},
	};
	char text[256];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct iv_note *note;

		snprintf(text, sizeof(text), "---\ntype: meeting\ncontact: Ann\n%s\n%s\n---\n",
			 rows[i].field, strstr(rows[i].field, "date:") ? "" : "date: 2026-10-05");
		note = parse(text);
		assert_int_equal(note->problem_count, 1);
		assert_text(note->problems[0].message, rows[i].message);
		iv_note_free(note);
	}
}

static void test_meeting(void **state)
{
	struct iv_note *note = parse("---\n"
				     "type: meeting\n"
				     "with: [[[ann]], Bob Hill]\n"
				     "date: 2026-11-18T09:05 Europe/Berlin\n"
				     "kind: Catch-Up\nvia: linked-in\nplace: Cafe\n"
				     "planned: 45 min (invited)\nactual: 1h5m\nextended: yes\n"
				     "spoke: 40 %\nrating: 4\nstate: canceled\n"
				     "referrals: none\n"
				     "leads:\n"
				     "  - read the report: it helps (reported 2026-11-30), twice\n"
				     "  - write to [[Carol]]\n"
				     "---\n");
	const struct iv_meeting *meeting = note->meeting;

	(void)state;
	assert_problems(note, "");
	assert_day(meeting->date.day, "2026-11-18");
	assert_pos(meeting->date.pos, 4, 7);
	assert_int_equal(meeting->minute, 545);
	assert_int_equal(meeting->kind, IV_KIND_CATCH_UP);
	assert_int_equal(meeting->via, IV_CHANNEL_LINKEDIN);
	assert_text(meeting->place.text, "Cafe");
	assert_int_equal(meeting->planned, 45);
	assert_int_equal(meeting->planned_by, IV_PLANNED_BY_THEM);
	assert_int_equal(meeting->actual, 65);
	assert_int_equal(meeting->extended, -2);
	assert_int_equal(meeting->spoke, 40);
	assert_int_equal(meeting->rating, 4);
	assert_int_equal(meeting->state, IV_STATE_CANCELLED);
	assert_true(meeting->referrals_given);
	assert_true(meeting->evidence);
	assert_false(meeting->prose);
	assert_int_equal(note->ref_count, 3);
	assert_int_equal(note->refs[0].form, IV_REF_WIKI);
	assert_int_equal(note->refs[1].form, IV_REF_BARE);
	assert_text(note->refs[1].key, "bob hill");
	assert_string_equal(note->refs[2].field, "leads");
	assert_int_equal(note->lead_count, 2);
	assert_text(note->leads[0].text, "read the report: it helps , twice");
	assert_day(note->leads[0].reported, "2026-11-30");
	assert_int_equal(note->leads[1].reported, IV_NO_DAY);
	iv_note_free(note);
}

static void test_missing(void **state)
{
	static const struct {
		const char *fields, *problems;
	} rows[] = {
		{"", "2:1 missing-field, 2:1 missing-field"},
		{"contact: none\ndate:", "2:1 missing-field, 2:1 missing-field"},
		{"contact: Ann", "2:1 missing-field"},
		{"contact: Ann\ndate: soon", "4:7 bad-value"},
		{"contact: Ann\ndate: 2026-10-05\nthank-you: 2026-10-04 email", "5:12 time-travel"},
		{"contact: Ann\ndate: 2026-10-05\nthank-you: 2026-10-05 email", ""},
	};
	char text[256];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct iv_note *note;

		snprintf(text, sizeof(text), "---\ntype: meeting\n%s\n---\n", rows[i].fields);
		note = parse(text);
		assert_problems(note, rows[i].problems);
		iv_note_free(note);
	}
}

static void test_contact(void **state)
{
	struct iv_note *note =
		parse("---\n"
		      "type: contact\nname: Jane\naliases: [J, '[[JG]]', none]\n"
		      "company: Acme, Inc.\nposition: nurse\nrelation: Family (sister)\n"
		      "referrals: []\nkeep-in-touch: 8w\npaused: 2026-12-01\n"
		      "do-not-contact: asked on 2026-11-02 to stop\n"
		      "connected: 2026-10-07\ncreated: 2026-09-01\n"
		      "---\n");
	const struct iv_contact *contact = note->contact;

	(void)state;
	assert_problems(note, "");
	assert_pos(note->name_pos, 3, 7);
	assert_int_equal(note->alias_count, 2);
	assert_pos(note->aliases[1].pos, 4, 15);
	assert_text(contact->role.text, "nurse");
	assert_int_equal(contact->relation_kind, IV_RELATION_FAMILY);
	assert_true(contact->referrals_given);
	assert_text(contact->keep_in_touch.text, "8w");
	assert_day(contact->paused.day, "2026-12-01");
	assert_day(contact->do_not_contact_day, "2026-11-02");
	assert_day(note->created.day, "2026-09-01");
	assert_int_equal(note->ref_count, 1);
	assert_text(note->refs[0].key, "acme, inc.");
	iv_note_free(note);

	note = parse("---\ntype: contact\ndo-not-contact: no\nreferrals:\nrelation: colleague\n"
		     "keep-in-touch: monthly\n---\n");
	assert_null(note->contact->do_not_contact.text.ptr);
	assert_false(note->contact->referrals_given);
	assert_int_equal(note->contact->relation_kind, IV_RELATION_OTHER);
	assert_problems(note, "6:16 bad-value");
	iv_note_free(note);

	note = parse(
		"---\ntype: company\ntarget: yes\npursuing: 2026-11-02\nstance: Candid\n---\n");
	assert_true(note->organization->target);
	assert_day(note->organization->pursuing.day, "2026-11-02");
	assert_text(note->organization->stance.text, "candid");
	iv_note_free(note);
}

static void test_hostile_yaml(void **state)
{
	struct iv_buf text = IV_BUF_INIT;
	struct iv_note *note;
	int i;

	(void)state;
	iv_buf_puts(&text, "---\ntype: contact\nname: Ann\nx: ");
	for (i = 0; i < 10000; i++)
		iv_buf_putc(&text, '[');
	iv_buf_puts(&text, "\nemail: a@b.c\n---\n");
	note = iv_note_parse(IV_LIT("a.md"), iv_buf_view(&text), NULL);
	assert_text(note->name, "Ann");
	assert_text(note->contact->email.text, "a@b.c");
	assert_int_equal(note->problem_count, 1);
	assert_string_equal(note->problems[0].rule, "front-matter");
	assert_int_equal(note->problems[0].pos.line, 4);
	iv_note_free(note);
	iv_buf_clear(&text);
	iv_buf_puts(&text, "---\ntype: contact\nname: Ann\na: &a [1,1,1,1,1,1,1,1,1,1]\n");
	for (i = 'b'; i < 'k'; i++)
		iv_buf_printf(&text, "%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n", i, i, i - 1,
			      i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
	iv_buf_puts(&text, "---\n");
	note = iv_note_parse(IV_LIT("a.md"), iv_buf_view(&text), NULL);
	assert_text(note->name, "Ann");
	assert_true(note->problem_count > 0);
	iv_note_free(note);
	iv_buf_release(&text);
}

static void test_words(void **state)
{
	(void)state;
	assert_string_equal(iv_type_word(IV_TYPE_NONE), "");
	assert_string_equal(iv_type_word(IV_TYPE_ORGANIZATION), "organization");
	assert_string_equal(iv_channel_word(IV_CHANNEL_NONE), "");
	assert_string_equal(iv_channel_word(IV_CHANNEL_EMAIL), "email");
	assert_string_equal(iv_channel_word(IV_CHANNEL_IN_PERSON), "in-person");
	assert_string_equal(iv_outcome_word(IV_OUTCOME_BOUNCED), "bounced");
	assert_string_equal(iv_kind_word(IV_KIND_INFORMATIONAL), "informational");
	assert_string_equal(iv_kind_word(IV_KIND_JOB), "job");
	assert_string_equal(iv_state_word(IV_STATE_NONE), "");
	assert_string_equal(iv_state_word(IV_STATE_MISSED), "missed");
}

/* Every choice of the table has its enum, and no word means two fields of one type. */
static void test_field_table(void **state)
{
	enum iv_type types[] = {IV_TYPE_CONTACT, IV_TYPE_MEETING, IV_TYPE_ORGANIZATION};
	size_t i, t;

	(void)state;
	for (t = 0; t < 3; t++)
		for (i = 0; i < iv_field_count; i++) {
			const struct iv_field_def *def = &iv_fields[i];
			const char *const *alias = def->aliases;

			if (!(def->types & (1u << types[t])))
				continue;
			assert_ptr_equal(iv_field_find(types[t], iv_str_of(def->name)), def);
			for (; alias && *alias; alias++)
				assert_ptr_equal(iv_field_find(types[t], iv_str_of(*alias)), def);
			assert_true((def->kind == IV_FIELD_CHOICE) <= (def->choices != NULL));
		}
	assert_null(iv_field_find(IV_TYPE_CONTACT, IV_LIT("rating")));
	assert_non_null(iv_field_find(IV_TYPE_NONE, IV_LIT("aliases")));
	assert_null(iv_field_find(IV_TYPE_NONE, IV_LIT("name")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_header_forms),
		cmocka_unit_test(test_no_header),
		cmocka_unit_test(test_header_problems),
		cmocka_unit_test(test_recovery),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_did_you_mean),
		cmocka_unit_test(test_encoding),
		cmocka_unit_test(test_conflicts),
		cmocka_unit_test(test_long_markers),
		cmocka_unit_test(test_id),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_bad_values),
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_meeting),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_contact),
		cmocka_unit_test(test_hostile_yaml),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_field_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
