/* Edits of headers: the bytes of the change and no others. */
#include "edit_test.h"

#include <stdio.h>

#include "base/date.h"

#define HEAD(lines) "---\ntype: contact\n" lines "---\n\nText.\n"

/* ---- one value ---- */

static void a_value_is_replaced_in_its_quotes(void **state)
{
	static const struct edit_case cases[] = {
		{{"set", "name", 0, "Ann"}, HEAD("name: Jane\n"), HEAD("name: Ann\n")},
		{{"set", "name", 0, "Ann"}, HEAD("name: 'Jane'\n"), HEAD("name: 'Ann'\n")},
		{{"set", "name", 0, "Ann"}, HEAD("name: \"Jane\"\n"), HEAD("name: \"Ann\"\n")},
		{{"set", "name", 0, "O'Neil"}, HEAD("name: 'J'\n"), HEAD("name: 'O''Neil'\n")},
		{{"set", "name", 0, "a \"b\" \\"},
		 HEAD("name: \"J\"\n"),
		 HEAD("name: \"a \\\"b\\\" \\\\\"\n")},
		{{"set", "name", 0, "Ann"},
		 HEAD("name:   Jane   # her\n"),
		 HEAD("name:   Ann   # her\n")},
		{{"set", "name", 0, "Ann"},
		 HEAD("name: Jane  \nrole: x\n"),
		 HEAD("name: Ann  \nrole: x\n")},
		{{"set", "name", 0, "Ann"}, HEAD("\"name\" : Jane\n"), HEAD("\"name\" : Ann\n")},
		{{"set", "name", 0, "Ann"},
		 HEAD("name:\n  Jane\n  Green\n"),
		 HEAD("name:\n  Ann\n")},
		{{"set", "name", 0, "Ann"},
		 HEAD("name: |\n  Jane\n  Green\n\nrole: x\n"),
		 HEAD("name: Ann\n\nrole: x\n")},
		{{"set", "address", 0, "a\nb"},
		 HEAD("address: |-\n    c\n    d\n    e\n\nrole: x\n"),
		 HEAD("address: |-\n    a\n    b\n\nrole: x\n")},
		{{"set", "address", 0, "a\n\nb"},
		 HEAD("address: |-\n  c\n"),
		 HEAD("address: \"a\\n\\nb\"\n")},
		{{"set", "name", 0, "a\nb"}, HEAD("name: J\n"), HEAD("name: \"a\\nb\"\n")},
		{{"set", "organization", 0, "acme"},
		 HEAD("organization: [[cedar]]\n"),
		 HEAD("organization: acme\n")},
		{{"set", "organization", 0, "acme"},
		 HEAD("organization: [cedar] # c\n"),
		 HEAD("organization: [acme] # c\n")},
	};

	(void)state;
	CHECK_CASES(cases);
}

static void the_same_value_changes_nothing(void **state)
{
	static const struct edit_case cases[] = {
		{{"set", "name", 0, "Jane"}, HEAD("name: 'Jane'\n"), HEAD("name: 'Jane'\n")},
		{{"set", "role", 0, ""}, HEAD(""), HEAD("")},
		{{"list", "tags", 0, "a b"}, HEAD("tags: [ a,b ]\n"), HEAD("tags: [ a,b ]\n")},
		{{"list", "referrals", 0, ""},
		 HEAD("referrals: none\n"),
		 HEAD("referrals: none\n")},
		{{"replace", "tags", 1, "b"}, HEAD("tags: [a, 'b']\n"), HEAD("tags: [a, 'b']\n")},
	};

	(void)state;
	CHECK_CASES(cases);
}

static void a_blank_value_is_filled_in_place(void **state)
{
	static const struct edit_case cases[] = {
		{{"set", "email", 0, "x@y"}, HEAD("email:\n"), HEAD("email: x@y\n")},
		{{"set", "email", 0, "x@y"}, HEAD("email: \n"), HEAD("email: x@y\n")},
		{{"set", "email", 0, "x@y"},
		 HEAD("email:  # home\n"),
		 HEAD("email: x@y  # home\n")},
		{{"set", "email", 0, "x@y"}, HEAD("email: \"\"\n"), HEAD("email: \"x@y\"\n")},
		{{"set", "email", 0, ""}, HEAD("email: x@y # home\n"), HEAD("email: # home\n")},
		{{"set", "email", 0, ""}, HEAD("email: x@y\n"), HEAD("email:\n")},
		{{"set", "organization", 0, "acme"},
		 HEAD("organization:\ncompany: b\n"),
		 HEAD("organization:\ncompany: acme\n")},
	};

	(void)state;
	CHECK_CASES(cases);
}

static void a_key_keeps_the_name_that_the_note_has(void **state)
{
	static const struct edit_case cases[] = {
		{{"set", "organization", 0, "b"}, HEAD("company: a\n"), HEAD("company: b\n")},
		{{"set", "employer", 0, "b"}, HEAD("Company: a\n"), HEAD("Company: b\n")},
		{{"set", "referred-by", 0, "b"},
		 HEAD("Referred By: a\n"),
		 HEAD("Referred By: b\n")},
		{{"set", "company", 0, "b"}, HEAD(""), HEAD("company: b\n")},
		{{"set", "Favourite Dish", 0, "b"},
		 HEAD("favourite_dish: a\n"),
		 HEAD("favourite_dish: b\n")},
	};

	(void)state;
	CHECK_CASES(cases);
}

/* ---- quotes ---- */

/* What another reader of YAML would take for something else. */
static void what_would_be_misread_is_quoted(void **state)
{
	static const char *const quoted[] = {
		"yes",  "No",   "on",    "null", "~",     "true",       "12",
		"-1.5", "007",  "1_000", "0x1F", "10:30", "2026-10-05", "2026-10-05 10:30",
		"- x",  "a: b", "a #b",  "#x",   "@x",    "[[x]]",      "{x",
		"!x",   "&x",   "*x",    "%x",   "`x",    "| x",        "> x",
		"? x",  "x:",   " x",    "x ",   ": x",   "---",        "1e9",
	};
	static const char *const plain[] = {
		"Jane",   "a, b",      "x#y", "http://a.b/c", "+1 360 555",
		"1.2.3",  "3d",        "-x",  "a's",          "yes!",
		"nobody", "2026-10",   "a:b", "12 people",    "2026-10-05 email",
		"(x)",    "a\xc3\xa9",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(quoted) / sizeof(*quoted); i++) {
		char after[200];
		struct edit_case c = {{"set", "role", 0, quoted[i]}, HEAD("role: x\n"), after};

		snprintf(after, sizeof(after), HEAD("role: \"%s\"\n"), quoted[i]);
		check_case(&c, NULL);
	}
	for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++) {
		char after[200];
		struct edit_case c = {{"set", "role", 0, plain[i]}, HEAD("role: x\n"), after};

		snprintf(after, sizeof(after), HEAD("role: %s\n"), plain[i]);
		check_case(&c, NULL);
	}
}

static void words_and_days_stay_plain_where_they_are_meant(void **state)
{
	static const struct edit_case cases[] = {
		{{"set", "do-not-contact", 0, "yes"}, HEAD(""), HEAD("do-not-contact: yes\n")},
		{{"set", "keep-in-touch", 0, "off"}, HEAD(""), HEAD("keep-in-touch: off\n")},
		{{"set", "paused", 0, "2026-10-05"}, HEAD(""), HEAD("paused: 2026-10-05\n")},
		{{"set", "connected", 0, "2026-10-05"}, HEAD(""), HEAD("connected: 2026-10-05\n")},
		{{"add", "outreach", 0, "2026-10-05"},
		 HEAD(""),
		 HEAD("outreach:\n  - 2026-10-05\n")},
		{{"set", "vip", 0, "true"}, HEAD(""), HEAD("vip: true\n")},
		{{"set", "vip", 0, "5"}, HEAD(""), HEAD("vip: 5\n")},
		{{"set", "vip", 0, "no"}, HEAD(""), HEAD("vip: \"no\"\n")},
		{{"set", "yes", 0, "1"}, HEAD(""), HEAD("\"yes\": 1\n")},
		{{"set", "a: b", 0, "1"}, HEAD(""), HEAD("\"a: b\": 1\n")},
		{{"set", "role", 0, "a \"b\": c"}, HEAD(""), HEAD("role: 'a \"b\": c'\n")},
	};

	(void)state;
	CHECK_CASES(cases);
}

/* ---- places for new keys ---- */

static void a_new_key_stands_beside_its_neighbours(void **state)
{
	static const struct edit_case cases[] = {
		{{"set", "email", 0, "x@y"},
		 HEAD("name: J\nrole: r\nphone: 1\ntags: [a]\n"),
		 HEAD("name: J\nrole: r\nemail: x@y\nphone: 1\ntags: [a]\n")},
		{{"set", "name", 0, "J"}, HEAD("email: x\n"), HEAD("name: J\nemail: x\n")},
		{{"set", "role", 0, "r"},
		 HEAD("# about her\nname: J\n\n# at work\nemail: x\n"),
		 HEAD("# about her\nname: J\nrole: r\n\n# at work\nemail: x\n")},
		{{"set", "phone", 0, "+1 2"},
		 HEAD("email:\n  - a\n  # b\nmine: c\n"),
		 HEAD("email:\n  - a\n  # b\nphone: +1 2\nmine: c\n")},
		{{"set", "mine", 0, "m"},
		 HEAD("name: J\n# end\n"),
		 HEAD("name: J\nmine: m\n# end\n")},
		{{"set", "type", 0, "contact"},
		 "---\n# mine\nname: J\n---\n",
		 "---\ntype: contact\n# mine\nname: J\n---\n"},
		{{"set", "role", 0, "r"},
		 "---\n  type: contact\n  name: J\n---\n",
		 "---\n  type: contact\n  name: J\n  role: r\n---\n"},
		{{"set", "role", 0, "r"},
		 HEAD("name: &n Jane\naliases: [x, *n]\nphone: *n\n"),
		 HEAD("name: &n Jane\nrole: r\naliases: [x, *n]\nphone: *n\n")},
		{{"add", "referrals", 0, "bob"},
		 "---\ntype: meeting\ncontact: jane\ndate: 2026-10-05\nactual: 20m\n---\n",
		 "---\ntype: meeting\ncontact: jane\ndate: 2026-10-05\nactual: 20m\nreferrals: "
		 "[bob]\n---\n"},
	};

	(void)state;
	CHECK_CASES(cases);
}

static void a_note_without_header_gets_one(void **state)
{
	static const struct edit_case cases[] = {
		{{"set", "type", 0, "contact"}, "", "---\ntype: contact\n---\n"},
		{{"set", "type", 0, "contact"}, "Text.\n", "---\ntype: contact\n---\n\nText.\n"},
		{{"set", "type", 0, "contact"}, "\nText.", "---\ntype: contact\n---\n\nText."},
		{{"set", "type", 0, "contact"},
		 "\xef\xbb\xbfText\r\n",
		 "\xef\xbb\xbf---\r\ntype: contact\r\n---\r\n\r\nText\r\n"},
		{{"set", "type", 0, "contact"},
		 "---\n---\nText\n",
		 "---\ntype: contact\n---\nText\n"},
		{{"set", "type", 0, "contact"},
		 "---\n# mine\n---",
		 "---\n# mine\ntype: contact\n---"},
		{{"add", "tags", 0, "a"}, "", "---\ntags: [a]\n---\n"},
		{{"add", "outreach", 0, "2026-10-05"}, "", "---\noutreach:\n  - 2026-10-05\n---\n"},
	};

	(void)state;
	CHECK_CASES(cases);
}

static void what_stands_around_stays(void **state)
{
	static const struct edit_case cases[] = {
		{{"set", "role", 0, "r"},
		 "---\r\ntype: contact\r\nname: J\r\n---\r\n\r\nx",
		 "---\r\ntype: contact\r\nname: J\r\nrole: r\r\n---\r\n\r\nx"},
		{{"add", "tags", 0, "b"},
		 "---\r\ntype: contact\r\ntags:\r\n- a\r\n---",
		 "---\r\ntype: contact\r\ntags:\r\n- a\r\n- b\r\n---"},
		{{"set", "role", 0, "r"},
		 "\xef\xbb\xbf---  \ntype: contact \nName :  J\t\n...\nx\n",
		 "\xef\xbb\xbf---  \ntype: contact \nName :  J\t\nrole: r\n...\nx\n"},
		{{"set", "name", 0, "r"},
		 "---\rtype: contact\rname: J\r---\rx",
		 "---\rtype: contact\rname: r\r---\rx"},
		{{"set", "name", 0, "Zo\xc3\xab"},
		 HEAD("x: \xf0\x9f\x98\x80\nname: J\xc3\xa9 # \xc3\xa9\n"),
		 HEAD("x: \xf0\x9f\x98\x80\nname: Zo\xc3\xab # \xc3\xa9\n")},
	};

	(void)state;
	CHECK_CASES(cases);
}

/* ---- lists ---- */

static void a_list_grows_in_its_own_style(void **state)
{
	static const struct edit_case cases[] = {
		{{"add", "tags", 0, "c"}, HEAD("tags: [a, b]\n"), HEAD("tags: [a, b, c]\n")},
		{{"add", "tags", 0, "c"},
		 HEAD("tags: [ a,b ] # x\n"),
		 HEAD("tags: [ a,b,c ] # x\n")},
		{{"add", "tags", 0, "c"},
		 HEAD("tags: ['a', 'b',]\n"),
		 HEAD("tags: ['a', 'b', 'c',]\n")},
		{{"add", "tags", 0, "c"}, HEAD("tags: ['a', b]\n"), HEAD("tags: ['a', b, c]\n")},
		{{"add", "tags", 0, "c, d"}, HEAD("tags: [a]\n"), HEAD("tags: [a, \"c, d\"]\n")},
		{{"add", "tags", 0, "c"}, HEAD("tags: []\n"), HEAD("tags: [c]\n")},
		{{"add", "tags", 0, "c"},
		 HEAD("tags: [\n  a, # x\n  b # y\n]\n"),
		 HEAD("tags: [\n  a, # x\n  b, c # y\n]\n")},
		{{"add", "tags", 0, "c"},
		 HEAD("tags: [\n  a,\n  b\n]\n"),
		 HEAD("tags: [\n  a,\n  b,\n  c\n]\n")},
		{{"add", "tags", 0, "c"},
		 HEAD("tags:\n- a\n- b\n"),
		 HEAD("tags:\n- a\n- b\n- c\n")},
		{{"add", "tags", 0, "c"},
		 HEAD("tags:   # x\n    -   a # y\n    # z\n"),
		 HEAD("tags:   # x\n    -   a # y\n    -   c\n    # z\n")},
		{{"add", "tags", 0, "c"},
		 HEAD("tags:\n  - a\n  -\n"),
		 HEAD("tags:\n  - a\n  - c\n")},
		{{"add", "tags", 0, "c"}, HEAD("tags:\n  - \n"), HEAD("tags:\n  - c\n")},
		{{"add", "outreach", 0, "2026-10-07 phone"},
		 HEAD("outreach:\n  - date: 2026-10-05\n    via: email\n"),
		 HEAD("outreach:\n  - date: 2026-10-05\n    via: email\n  - 2026-10-07 phone\n")},
		{{"add", "outreach", 0, "2026-10-07 no: busy"},
		 HEAD("outreach:\n  - 2026-10-05 email no: away\n"),
		 HEAD("outreach:\n  - 2026-10-05 email no: away\n  - \"2026-10-07 no: busy\"\n")},
	};

	(void)state;
	CHECK_CASES(cases);
}

static void one_value_becomes_a_list(void **state)
{
	static const struct edit_case cases[] = {
		{{"add", "tags", 0, "b"}, HEAD("tags: a # x\n"), HEAD("tags: [a, b] # x\n")},
		{{"add", "tags", 0, "b"}, HEAD("tags: 'a'\n"), HEAD("tags: ['a', 'b']\n")},
		{{"add", "tags", 0, "b"}, HEAD("tags: a, x\n"), HEAD("tags:\n  - a, x\n  - b\n")},
		{{"add", "tags", 0, "b"},
		 HEAD("tags: a\nformerly:\n- x\n"),
		 HEAD("tags:\n- a\n- b\nformerly:\n- x\n")},
		{{"add", "outreach", 0, "2026-10-07 phone"},
		 HEAD("outreach: 2026-10-05 email # x\n"),
		 HEAD("outreach:\n  - 2026-10-05 email # x\n  - 2026-10-07 phone\n")},
		{{"add", "outreach", 0, "2026-10-07 phone"},
		 HEAD("outreach:\n    2026-10-05 email\n"),
		 HEAD("outreach:\n    - 2026-10-05 email\n    - 2026-10-07 phone\n")},
		{{"add", "outreach", 0, "2026-10-07 phone"},
		 HEAD("outreach: {date: 2026-10-05}\n"),
		 HEAD("outreach:\n  - {date: 2026-10-05}\n  - 2026-10-07 phone\n")},
		{{"add", "referrals", 0, "[[b]]"},
		 HEAD("referrals: [[a]]\n"),
		 HEAD("referrals:\n  - [[a]]\n  - \"[[b]]\"\n")},
		{{"add", "referrals", 0, "b"},
		 HEAD("referrals: none # x\n"),
		 HEAD("referrals: [b] # x\n")},
		{{"add", "outreach", 0, "2026-10-07"},
		 HEAD("outreach: # requests\n"),
		 HEAD("outreach: # requests\n  - 2026-10-07\n")},
		{{"add", "tags", 0, "b"}, HEAD("tags:\n"), HEAD("tags: [b]\n")},
		{{"add", "formerly", 0, "b"},
		 HEAD("tags:\n    - a\n"),
		 HEAD("formerly:\n    - b\ntags:\n    - a\n")},
	};

	(void)state;
	CHECK_CASES(cases);
}

static void an_item_goes_before_another(void **state)
{
	static const struct edit_case cases[] = {
		{{"insert", "tags", 0, "x"}, HEAD("tags: [a, b]\n"), HEAD("tags: [x, a, b]\n")},
		{{"insert", "tags", 1, "x"}, HEAD("tags: [a,b ]\n"), HEAD("tags: [a,x,b ]\n")},
		{{"insert", "tags", 1, "x"},
		 HEAD("tags: ['a', \"b\"]\n"),
		 HEAD("tags: ['a', \"x\", \"b\"]\n")},
		{{"insert", "tags", 1, "x"},
		 HEAD("tags: [\n  a, # one\n  b\n]\n"),
		 HEAD("tags: [\n  a, # one\n  x, b\n]\n")},
		{{"insert", "tags", 1, "x"},
		 HEAD("tags: [\n  a,\n  b\n]\n"),
		 HEAD("tags: [\n  a,\n  x,\n  b\n]\n")},
		{{"insert", "tags", 0, "x"},
		 HEAD("tags: # mine\n  # all\n  -  a\n  - b\n"),
		 HEAD("tags: # mine\n  -  x\n  # all\n  -  a\n  - b\n")},
		{{"insert", "tags", 1, "x"},
		 HEAD("tags:\n- a # one\n\n# two\n- b\n"),
		 HEAD("tags:\n- a # one\n- x\n\n# two\n- b\n")},
		{{"insert", "tags", 1, "x"},
		 "---\r\ntags:\r\n  - a\r\n  - b\r\n---\r\n",
		 "---\r\ntags:\r\n  - a\r\n  - x\r\n  - b\r\n---\r\n"},
		{{"insert", "tags", 2, "x"},
		 HEAD("tags:\n  - |\n    a\n  -\n  - b\n"),
		 HEAD("tags:\n  - |\n    a\n  -\n  - x\n  - b\n")},
		{{"insert", "outreach", 1, "2026-10-06"},
		 HEAD("outreach:\n  - date: 2026-10-05\n    via: card\n  - date: 2026-10-07\n"),
		 HEAD("outreach:\n  - date: 2026-10-05\n    via: card\n  - 2026-10-06\n"
		      "  - date: 2026-10-07\n")},
		{{"insert", "tags", 0, "x"}, HEAD("tags: a # one\n"), HEAD("tags: [x, a] # one\n")},
		{{"insert", "outreach", 0, "2026-10-04"},
		 HEAD("outreach: 2026-10-05 no, busy # one\n"),
		 HEAD("outreach:\n  - 2026-10-04\n  - 2026-10-05 no, busy # one\n")},
		{{"insert", "outreach", 0, "2026-10-04 card"},
		 HEAD("outreach:\n    2026-10-05 no, busy\n"),
		 HEAD("outreach:\n    - 2026-10-04 card\n    - 2026-10-05 no, busy\n")},
		{{"insert", "tags", 0, "x"}, HEAD("name: &a b\ntags: [*a, c]\n"), NULL},
		{{"insert", "tags", 1, "x"},
		 HEAD("tags: [a, &b b]\n"),
		 HEAD("tags: [a, x, &b b]\n")},
		{{"insert", "outreach", 0, "2026-10-04"},
		 HEAD("outreach:\n  date: 2026-10-05\n"),
		 NULL},
	};

	(void)state;
	CHECK_CASES(cases);
}

static void a_record_belongs_before_later_ones(void **state)
{
	static const struct {
		const char *outreach;
		const char *day;
		size_t place;
	} cases[] = {
		{"[2026-10-05, 2026-10-07]", "2026-10-04", 0},
		{"[2026-10-05, 2026-10-07]", "2026-10-05", 1},
		{"[2026-10-05, 2026-10-07]", "2026-10-06", 1},
		{"[2026-10-05, 2026-10-07]", "2026-10-07", SIZE_MAX},
		{"[2026-10-07, 2026-10-05]", "2026-10-04", SIZE_MAX},
		{"[2026-10-05, '', soon, 2026-10-07]", "2026-10-06", 3},
		{"[skipped, {date: 2026-10-07, via: card}]", "2026-10-06", 1},
		{"2026-10-07 card", "2026-10-06", 0},
		{"", "2026-10-06", SIZE_MAX},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char bytes[200];
		iv_day day;

		assert_true(iv_day_parse(&day, iv_str_of(cases[i].day)));
		snprintf(bytes, sizeof(bytes), HEAD("outreach: %s\ntouches: [2026-11-01]\n"),
			 cases[i].outreach);
		struct iv_edit *edit = iv_edit_new(IV_LIT("a.md"), iv_str_of(bytes), NULL);

		assert_int_equal(iv_edit_place_of(edit, "outreach", day), cases[i].place);
		iv_edit_free(edit);
	}
}

static void an_item_is_replaced(void **state)
{
	static const struct edit_case cases[] = {
		{{"replace", "outreach", 0, "2026-10-05 email yes 2026-10-07"},
		 HEAD("outreach:\n  - 2026-10-05 email # x\n  - 2026-10-06\n"),
		 HEAD("outreach:\n  - 2026-10-05 email yes 2026-10-07 # x\n  - 2026-10-06\n")},
		{{"replace", "outreach", 0, "2026-10-05 email no, busy"},
		 HEAD("outreach: 2026-10-05 email\n"),
		 HEAD("outreach: 2026-10-05 email no, busy\n")},
		{{"replace", "outreach", 0, "2026-10-05 no, busy"},
		 HEAD("outreach: [2026-10-05]\n"),
		 HEAD("outreach: [\"2026-10-05 no, busy\"]\n")},
		{{"replace", "outreach", 0, "2026-10-05 no"},
		 HEAD("outreach:\n  - 2026-10-05 email no: away\n"),
		 HEAD("outreach:\n  - 2026-10-05 no\n")},
		{{"replace", "tags", 1, "x"},
		 HEAD("tags: [a, \"b\", c]\n"),
		 HEAD("tags: [a, \"x\", c]\n")},
		{{"replace", "tags", 0, "x"},
		 HEAD("tags:\n  -\n  - b\n"),
		 HEAD("tags:\n  - x\n  - b\n")},
	};

	(void)state;
	CHECK_CASES(cases);
}

static void a_record_in_mapping_form_gets_its_keys(void **state)
{
	static const struct edit_case cases[] = {
		{{"replace", "outreach", 0, "2026-10-05 email yes 2026-10-07"},
		 HEAD("outreach:\n  - {date: 2026-10-05, via: email} # x\n"),
		 HEAD("outreach:\n  - {date: 2026-10-05, via: email, outcome: yes, "
		      "answered: 2026-10-07} # x\n")},
		{{"replace", "outreach", 0, "2026-10-05 email later 2026-11-01"},
		 HEAD("outreach:\n  - date: 2026-10-05 # x\n    channel: 'email'\n    mine: y\n"),
		 HEAD("outreach:\n  - date: 2026-10-05 # x\n    channel: 'email'\n    outcome: "
		      "later "
		      "2026-11-01\n    mine: y\n")},
		{{"replace", "outreach", 0, "2026-10-05 phone 20m no, full: really"},
		 HEAD("outreach: {date: 2026-10-05, via: email, text: x}\n"),
		 HEAD("outreach: {date: 2026-10-05, via: phone, minutes: 20, outcome: no, text: "
		      "\"full: really\"}\n")},
		{{"replace", "outreach", 0, "2026-10-05 email yes"},
		 HEAD("outreach:\n  - {date: 2026-10-05, via: email, outcome: }\n"),
		 HEAD("outreach:\n  - {date: 2026-10-05, via: email, outcome: yes}\n")},
		{{"replace", "outreach", 0, "2026-10-05"},
		 HEAD("outreach:\n  - {date: 2026-10-05, via: email}\n"),
		 NULL},
		{{"replace", "outreach", 0, "2026-10-05 email yes"},
		 HEAD("outreach:\n  - {date: 2026-10-05,\n     via: email}\n"),
		 NULL},
		{{"replace", "outreach", 0, "2026-10-05 email yes"},
		 HEAD("outreach: [{}]\n"),
		 NULL},
		{{"replace", "outreach", 0, "whenever"},
		 HEAD("outreach:\n  - {date: 2026-10-05}\n"),
		 NULL},
	};

	(void)state;
	CHECK_CASES(cases);
}

static void items_are_removed(void **state)
{
	static const struct edit_case cases[] = {
		{{"remove-item", "tags", 0, NULL},
		 HEAD("tags: [a, b, c]\n"),
		 HEAD("tags: [b, c]\n")},
		{{"remove-item", "tags", 1, NULL},
		 HEAD("tags: [a, b, c]\n"),
		 HEAD("tags: [a, c]\n")},
		{{"remove-item", "tags", 2, NULL},
		 HEAD("tags: [a, b, c]\n"),
		 HEAD("tags: [a, b]\n")},
		{{"remove-item", "tags", 0, NULL}, HEAD("tags: [a] # x\n"), HEAD("tags: # x\n")},
		{{"remove-item", "tags", 0, NULL}, HEAD("tags: a\n"), HEAD("tags:\n")},
		{{"remove-item", "tags", 1, NULL},
		 HEAD("tags:\n  # x\n  - a\n  # y\n  - b\n  # z\n"),
		 HEAD("tags:\n  # x\n  - a\n  # y\n  # z\n")},
		{{"remove-item", "tags", 0, NULL},
		 HEAD("tags:\n  - a\nrole: r\n"),
		 HEAD("tags:\nrole: r\n")},
		{{"remove-item", "tags", 0, NULL}, HEAD("tags: [a, # x\n  b]\n"), NULL},
		{{"remove-item", "outreach", 0, NULL},
		 HEAD("outreach:\n  - date: 2026-10-05\n    via: email\n  - 2026-10-06\n"),
		 HEAD("outreach:\n  - 2026-10-06\n")},
		{{"remove", "tags", 0, NULL},
		 HEAD("# x\ntags:\n  - a\n  # y\n# z\nrole: r\n"),
		 HEAD("# x\n# z\nrole: r\n")},
		{{"remove", "company", 0, NULL}, HEAD("employer: a\n"), HEAD("")},
	};

	(void)state;
	CHECK_CASES(cases);
}

static void a_whole_list_changes_where_it_differs(void **state)
{
	static const struct edit_case cases[] = {
		{{"list", "tags", 0, "a x"},
		 HEAD("tags:\n  - a # 1\n  - b # 2\n  - c\n"),
		 HEAD("tags:\n  - a # 1\n  - x # 2\n")},
		{{"list", "tags", 0, "a b c"}, HEAD("tags: [a]\n"), HEAD("tags: [a, b, c]\n")},
		{{"list", "tags", 0, "a b"}, HEAD(""), HEAD("tags: [a, b]\n")},
		{{"list", "tags", 0, ""},
		 HEAD("tags:\n  - a\n  - b\nrole: r\n"),
		 HEAD("tags: []\nrole: r\n")},
		{{"list", "referrals", 0, ""}, HEAD(""), HEAD("referrals: []\n")},
		{{"list", "tags", 0, "x z"}, HEAD("tags: none\n"), HEAD("tags: [x, z]\n")},
	};

	(void)state;
	CHECK_CASES(cases);
}

/* ---- refusals ---- */

static void what_is_not_safe_is_refused(void **state)
{
	static const struct edit_case cases[] = {
		{{"set", "name", 0, "x"}, HEAD("name: &a Jane\nrole: *a\n"), NULL},
		{{"set", "role", 0, "x"}, HEAD("name: &a Jane\nrole: *a\n"), NULL},
		{{"set", "name", 0, "x"}, HEAD("name: !!str Jane\n"), NULL},
		{{"add", "tags", 0, "x"}, HEAD("tags: &a [b]\n"), NULL},
		{{"add", "tags", 0, "x"}, HEAD("name: &a b\ntags: [c, *a]\n"), NULL},
		{{"set", "name", 0, "x"}, HEAD("? name\n: Jane\n"), NULL},
		{{"set", "name", 0, "x"}, HEAD("name: a\nname: b\n"), NULL},
		{{"set", "company", 0, "x"}, HEAD("organization: a\nemployer: b\n"), NULL},
		{{"set", "name", 0, "x"}, HEAD("role: a: b\n"), NULL},
		{{"set", "name", 0, "x"}, "---\ntype: contact\nname: J\n\nText\n", NULL},
		{{"set", "name", 0, "x"}, "---\n", NULL},
		{{"set", "name", 0, "x"}, "---\n{type: contact, name: J}\n---\n", NULL},
		{{"set", "name", 0, "x"}, "---\nJust words\n---\n", NULL},
		{{"set", "name", 0, "x"}, "---\ntype: contact\nname: \xff\n---\n", NULL},
		{{"set", "tags", 0, "x"}, HEAD("tags: [a, b]\n"), NULL},
		{{"set", "outreach", 0, "x"}, HEAD("outreach: {date: 2026-10-05}\n"), NULL},
		{{"set", "name", 0, "x"}, HEAD("name: | # x\n  J\n"), NULL},
		{{"replace", "tags", 0, "x"}, HEAD("tags: [[a, b], c]\n"), NULL},
		{{"set", "name", 0, "x"},
		 "---\ntype: contact\n<<<<<<< a\nname: J\n=======\nname: K\n>>>>>>> b\n---\n",
		 NULL},
	};

	(void)state;
	CHECK_CASES(cases);
}

static void a_refusal_says_where_why_and_what_to_type(void **state)
{
	struct iv_edit *edit = iv_edit_new(IV_LIT("people/jane.md"),
					   IV_LIT(HEAD("name: &a Jane\noutreach: &b [x]\n")), NULL);
	struct iv_error error = IV_ERROR_INIT;

	(void)state;
	assert_int_equal(iv_edit_set(edit, "name", IV_LIT("yes"), &error), IV_EREFUSED);
	assert_string_equal(error.path, "people/jane.md");
	assert_int_equal(error.pos.line, 3);
	assert_non_null(strstr(error.message, "'name' has an anchor"));
	assert_non_null(strstr(error.message, "; type by hand: name: \"yes\""));
	iv_error_release(&error);
	assert_int_equal(iv_edit_add(edit, "outreach", IV_LIT("2026-10-05 a: b"), &error),
			 IV_EREFUSED);
	assert_non_null(strstr(error.message, "below 'outreach:': - \"2026-10-05 a: b\""));
	iv_error_release(&error);
	iv_edit_free(edit);
}

static void what_no_note_can_hold_is_an_error(void **state)
{
	struct iv_edit *edit = iv_edit_new(IV_LIT("a.md"), IV_LIT(HEAD("tags: [a]\n")), NULL);
	char *large = calloc(1, IV_NOTE_SIZE_MAX + 1);

	(void)state;
	assert_non_null(large);
	memset(large, 'x', IV_NOTE_SIZE_MAX);
	assert_int_equal(iv_edit_set(edit, "", IV_LIT("x"), NULL), IV_EINPUT);
	assert_int_equal(iv_edit_set(edit, "a\nb", IV_LIT("x"), NULL), IV_EINPUT);
	assert_int_equal(iv_edit_set(edit, "name", IV_LIT("\xff"), NULL), IV_EINPUT);
	assert_int_equal(iv_edit_set(edit, "\xff", IV_LIT("x"), NULL), IV_EINPUT);
	assert_int_equal(iv_edit_set(edit, "name", (struct iv_str){"a\0b", 3}, NULL), IV_EINPUT);
	assert_int_equal(iv_edit_add(edit, "tags", IV_LIT(" "), NULL), IV_EINPUT);
	assert_int_equal(iv_edit_set(edit, "name", iv_str_of(large), NULL), IV_ELIMIT);
	assert_int_equal(iv_edit_remove(edit, "name", NULL), IV_ENOTFOUND);
	assert_int_equal(iv_edit_remove_item(edit, "tags", 1, NULL), IV_ENOTFOUND);
	assert_int_equal(iv_edit_replace_item(edit, "name", 0, IV_LIT("x"), NULL), IV_ENOTFOUND);
	check_bytes(iv_edit_bytes(edit), IV_LIT(HEAD("tags: [a]\n")), "");
	free(large);
	iv_edit_free(edit);
	iv_edit_free(NULL);
}

static void a_list_is_changed_whole_or_not_at_all(void **state)
{
	static const char before[] = HEAD("tags: [a, b, # x\n  c]\n");
	struct iv_str values[] = {IV_LIT("z")};
	struct iv_edit *edit = iv_edit_new(IV_LIT("a.md"), IV_LIT(before), NULL);

	(void)state;
	assert_int_equal(iv_edit_set_list(edit, "tags", values, 1, NULL), IV_EREFUSED);
	check_bytes(iv_edit_bytes(edit), IV_LIT(before), "");
	iv_edit_free(edit);
}

/* ---- items ---- */

static void items_are_found_by_place_and_text(void **state)
{
	struct iv_edit *edit =
		iv_edit_new(IV_LIT("a.md"),
			    IV_LIT(HEAD("company: acme\nreferrals: [a, '[[b|Bob]]']\noutreach:\n"
					"  - 2026-10-05 email\n  - {date: 2026-10-06}\n")),
			    NULL);
	const struct iv_note *note = iv_edit_note(edit);

	(void)state;
	assert_int_equal(note->record_count, 2);
	assert_int_equal(iv_edit_item_at(edit, "outreach", note->records[0].pos), 0);
	assert_int_equal(iv_edit_item_at(edit, "outreach", note->records[1].pos), 1);
	assert_true(iv_edit_item_at(edit, "touches", note->records[1].pos) == SIZE_MAX);
	assert_int_equal(iv_edit_item_of(edit, "referrals", IV_LIT("[[B]]")), 1);
	assert_int_equal(iv_edit_item_of(edit, "organization", IV_LIT("acme")), 0);
	assert_true(iv_edit_item_of(edit, "referrals", IV_LIT("c")) == SIZE_MAX);
	iv_edit_free(edit);
}

static void the_vaults_own_keys_are_known(void **state)
{
	static const char *const aliases[][2] = {{"wer", "contact"}, {"art", "type"}, {NULL, NULL}};
	static const struct iv_syntax syntax = {NULL, aliases, NULL, NULL};
	static const struct edit_case cases[] = {
		{{"set", "contact", 0, "b"},
		 "---\nart: meeting\nwer: a\n---\n",
		 "---\nart: meeting\nwer: b\n---\n"},
		{{"add", "wer", 0, "b"},
		 "---\nart: meeting\nwith: a\n---\n",
		 "---\nart: meeting\nwith: [a, b]\n---\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_case(&cases[i], &syntax);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_is_replaced_in_its_quotes),
		cmocka_unit_test(the_same_value_changes_nothing),
		cmocka_unit_test(a_blank_value_is_filled_in_place),
		cmocka_unit_test(a_key_keeps_the_name_that_the_note_has),
		cmocka_unit_test(what_would_be_misread_is_quoted),
		cmocka_unit_test(words_and_days_stay_plain_where_they_are_meant),
		cmocka_unit_test(a_new_key_stands_beside_its_neighbours),
		cmocka_unit_test(a_note_without_header_gets_one),
		cmocka_unit_test(what_stands_around_stays),
		cmocka_unit_test(a_list_grows_in_its_own_style),
		cmocka_unit_test(one_value_becomes_a_list),
		cmocka_unit_test(an_item_goes_before_another),
		cmocka_unit_test(a_record_belongs_before_later_ones),
		cmocka_unit_test(an_item_is_replaced),
		cmocka_unit_test(a_record_in_mapping_form_gets_its_keys),
		cmocka_unit_test(items_are_removed),
		cmocka_unit_test(a_whole_list_changes_where_it_differs),
		cmocka_unit_test(what_is_not_safe_is_refused),
		cmocka_unit_test(a_refusal_says_where_why_and_what_to_type),
		cmocka_unit_test(what_no_note_can_hold_is_an_error),
		cmocka_unit_test(a_list_is_changed_whole_or_not_at_all),
		cmocka_unit_test(items_are_found_by_place_and_text),
		cmocka_unit_test(the_vaults_own_keys_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
