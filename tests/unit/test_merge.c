/* Merges of notes: what each side did, and the bytes that come of it. */
#include "merge_test.h"

#include <stdio.h>

#include <git2.h>

#define NOTE(lines) "---\ntype: contact\n" lines "---\n\nText.\n"
#define MEETING(lines) "---\ntype: meeting\ndate: 2026-10-05\n" lines "---\n"
#define BODY(lines) "---\ntype: contact\n---\n" lines
#define EITHER(a, b) "<<<<<<< ours\n" a "=======\n" b ">>>>>>> theirs\n"

/* What comes out holds markers where `conflicts`. */
struct merge_case {
	const char *base, *ours, *theirs, *expected;
	bool conflicts;
};

static void check_case(const struct merge_case *c)
{
	struct iv_merged merged =
		merged_of(iv_str_of(c->base), iv_str_of(c->ours), iv_str_of(c->theirs));

	if (strcmp(merged.bytes, c->expected) || merged.len != strlen(c->expected) ||
	    merged.conflicts != c->conflicts)
		fail_msg("from\n%s\nand\n%s\ngot (%d)\n%s\nexpected (%d)\n%s", c->ours, c->theirs,
			 merged.conflicts, merged.bytes, c->conflicts, c->expected);
	free(merged.bytes);
}

#define CHECK_CASES(cases)                                                    \
	do {                                                                  \
		for (size_t i = 0; i < sizeof(cases) / sizeof(*(cases)); i++) \
			check_case(&(cases)[i]);                              \
	} while (0)

/* ---- keys ---- */

static void different_keys_merge(void **state)
{
	static const struct merge_case cases[] = {
		{NOTE("name: Jane\nrole: Analyst\n"), NOTE("name: Jane Green\nrole: Analyst\n"),
		 NOTE("name: Jane\nrole: Lead\n"), NOTE("name: Jane Green\nrole: Lead\n"), false},
		/* new ones in one place: ours first */
		{NOTE("name: Jane\n"), NOTE("name: Jane\nemail: j@x.org\n"),
		 NOTE("name: Jane\nphone: 12\n"), NOTE("name: Jane\nemail: j@x.org\nphone: 12\n"),
		 false},
		/* where theirs has it, with the comment above it */
		{NOTE("name: Jane\nrole: Analyst\n"), NOTE("name: Jane\nrole: Lead\n"),
		 NOTE("name: Jane\n# work\nphone: 12\nrole: Analyst\n"),
		 NOTE("name: Jane\n# work\nphone: 12\nrole: Lead\n"), false},
		/* gone on one side, a neighbour changed on the other */
		{NOTE("name: Jane\nrole: Analyst\n"), NOTE("name: Jane G\nrole: Analyst\n"),
		 NOTE("name: Jane\n"), NOTE("name: Jane G\n"), false},
		/* the same key under two of its names */
		{NOTE("name: J\ncompany: acme\n"), NOTE("name: J\norganization: acme\n"),
		 NOTE("name: J\ncompany: cedar\n"), NOTE("name: J\norganization: cedar\n"), false},
	};

	(void)state;
	CHECK_CASES(cases);
}

static void bytes_of_what_did_not_change_stay(void **state)
{
	static const struct merge_case cases[] = {
		{NOTE("name:   'Jane'   # her\n\n# job\nrole: x\n"),
		 NOTE("name:   'Jane'   # her\n\n# job\nrole: y\n"),
		 NOTE("name:   'Ann'   # her\n\n# job\nrole: x\n"),
		 NOTE("name:   'Ann'   # her\n\n# job\nrole: y\n"), false},
		/* a new value, and a new remark behind it */
		{NOTE("role: x\n"), NOTE("role: x  # since May\n"), NOTE("role: y\n"),
		 NOTE("role: y  # since May\n"), false},
		/* other quotes on one side, another value on the other */
		{NOTE("role: x\n"), NOTE("role: 'x'\n"), NOTE("role: y\n"), NOTE("role: y\n"),
		 false},
		{NOTE("role: x\n"), NOTE("role: y\n"), NOTE("role: 'x'\n"), NOTE("role: y\n"),
		 false},
	};

	(void)state;
	CHECK_CASES(cases);
}

static void one_value_to_two_is_a_conflict(void **state)
{
	static const struct merge_case cases[] = {
		{NOTE("name: J\nrole: x\nurl: u\n"), NOTE("name: J\nrole: y\nurl: u\n"),
		 NOTE("name: J\nrole: z\nurl: v\n"),
		 NOTE("name: J\n" EITHER("role: y\n", "role: z\n") "url: v\n"), true},
		/* the comment above it is no part of it */
		{NOTE("# job\nrole: x\n"), NOTE("# job\nrole: y\n"), NOTE("# the job\nrole: z\n"),
		 NOTE("# the job\n" EITHER("role: y\n", "role: z\n")), true},
		/* unless both changed it */
		{NOTE("# job\nrole: x\n"), NOTE("# her job\nrole: x\n"),
		 NOTE("# the job\nrole: x\n"),
		 NOTE(EITHER("# her job\nrole: x\n", "# the job\nrole: x\n")), true},
		/* gone and changed */
		{NOTE("name: J\nrole: x\n"), NOTE("name: J\n"), NOTE("name: J\nrole: y\n"),
		 NOTE("name: J\n" EITHER("", "role: y\n")), true},
		{NOTE("name: J\nrole: x\n"), NOTE("name: J\nrole: y\n"), NOTE("name: J\n"),
		 NOTE("name: J\n" EITHER("role: y\n", "")), true},
		/* both added it */
		{NOTE(""), NOTE("role: y\n"), NOTE("role: z\n"),
		 NOTE(EITHER("role: y\n", "role: z\n")), true},
		{NOTE(""), NOTE("company: y\n"), NOTE("organization: z\n"),
		 NOTE(EITHER("company: y\n", "organization: z\n")), true},
		/* over several lines */
		{NOTE("purpose: |\n  a\n  b\nrole: x\n"), NOTE("purpose: |\n  a\n  c\nrole: x\n"),
		 NOTE("purpose: |\n  d\n  b\nrole: z\n"),
		 NOTE(EITHER("purpose: |\n  a\n  c\n", "purpose: |\n  d\n  b\n") "role: z\n"),
		 true},
	};

	(void)state;
	CHECK_CASES(cases);
}

static void what_both_did_is_done_once(void **state)
{
	static const struct merge_case cases[] = {
		{NOTE("name: J\nrole: x\n"), NOTE("name: K\nrole: y\n"), NOTE("name: J\nrole: y\n"),
		 NOTE("name: K\nrole: y\n"), false},
		{NOTE("name: J\nrole: x\n"), NOTE("name: K\nrole: 'y'\n"),
		 NOTE("name: J\nrole: y\nurl: u\n"), NOTE("name: K\nrole: 'y'\nurl: u\n"), false},
		{NOTE("name: J\nrole: x\n"), NOTE("name: K\n"), NOTE("name: J\n"),
		 NOTE("name: K\n"), false},
		{NOTE("name: J\nrole: x\n"), NOTE("name: K\nrole:\n"), NOTE("name: J\n"),
		 NOTE("name: K\n"), false},
		{NOTE("name: J\n"), NOTE("name: K\nrole: x\n"), NOTE("role: x\nname: J\n"),
		 NOTE("name: K\nrole: x\n"), false},
	};

	(void)state;
	CHECK_CASES(cases);
}

/* ---- lists ---- */

static void words_merge_as_sets(void **state)
{
	static const struct merge_case cases[] = {
		{NOTE("tags: [a, b]\n"), NOTE("tags: [a, b, c]\n"), NOTE("tags: [b, d]\n"),
		 NOTE("tags: [b, c, d]\n"), false},
		{NOTE("tags: [a, b]\n"), NOTE("tags: [a, b, d]\n"), NOTE("tags: [a, b, c]\n"),
		 NOTE("tags: [a, b, c, d]\n"), false},
		{NOTE("tags: [a]\n"), NOTE("tags: [a, c]\n"), NOTE("tags: [a, c]\nname: J\n"),
		 NOTE("tags: [a, c]\nname: J\n"), false},
		{NOTE("aliases:\n  - A\n"), NOTE("aliases:\n  - A\n  - B\n"),
		 NOTE("aliases:\n- A\n# short\n- C   # x\n"),
		 NOTE("aliases:\n  - A\n  - B\n  # short\n  - C   # x\n"), false},
		/* one value serves as a list */
		{NOTE("tags: a\n"), NOTE("tags: [a, b]\n"), NOTE("tags: c\n"),
		 NOTE("tags: [c, b]\n"), false},
		{NOTE("referrals: none\n"), NOTE("referrals: [bob]\n"), NOTE("referrals: [ann]\n"),
		 NOTE("referrals: [ann, bob]\n"), false},
		/* a list of one's own */
		{NOTE("mine: [x]\n"), NOTE("mine: [x, y]\n"), NOTE("mine: [z, x]\n"),
		 NOTE("mine: [z, x, y]\n"), false},
		/* the whole key gone, an item added */
		{NOTE("tags: [a]\n"), NOTE(""), NOTE("tags: [a, b]\n"),
		 NOTE(EITHER("", "tags: [a, b]\n")), true},
		/* nobody said none */
		{NOTE("tags: [a, b]\n"), NOTE("tags: [a]\n"), NOTE("tags: [b]\n"),
		 NOTE(EITHER("tags: [a]\n", "tags: [b]\n")), true},
	};

	(void)state;
	CHECK_CASES(cases);
}

static void references_are_known_by_whom_they_mean(void **state)
{
	static const struct merge_case cases[] = {
		{NOTE("referred-by:\n- \"[[jane]]\"\n- \"[[bob]]\"\n"),
		 NOTE("referred-by:\n- \"[[jane|Jane]]\"\n- \"[[bob]]\"\n"),
		 NOTE("referred-by:\n- \"[[jane]]\"\n- \"[[bob]]\"\n- \"[[eve]]\"\n"),
		 NOTE("referred-by:\n- \"[[jane|Jane]]\"\n- \"[[bob]]\"\n- \"[[eve]]\"\n"), false},
		/* changed, and gone */
		{NOTE("referred-by:\n- \"[[jane]]\"\n- \"[[bob]]\"\n"),
		 NOTE("referred-by:\n- \"[[jane|Jane]]\"\n- \"[[bob]]\"\n"),
		 NOTE("referred-by:\n- \"[[bob]]\"\n- \"[[eve]]\"\n"),
		 NOTE("referred-by:\n" EITHER("- \"[[jane|Jane]]\"\n", "") "- \"[[bob]]\"\n"
									   "- \"[[eve]]\"\n"),
		 true},
		{MEETING("contact: jane\n"), MEETING("contact: [jane, bob]\n"),
		 MEETING("contact: [eve, jane]\n"), MEETING("contact: [eve, jane, bob]\n"), false},
	};

	(void)state;
	CHECK_CASES(cases);
}

#define FIRST "- 2026-10-01 email no, away\n"
#define SECOND "- 2026-10-05 email\n"
#define ANSWERED "- 2026-10-05 email yes 2026-10-06\n"
#define DECLINED "- 2026-10-05 email no 2026-10-07\n"
#define THIRD "- 2026-10-12 phone\n"
#define FOURTH "- 2026-10-14 letter\n"

static void records_merge_by_their_days(void **state)
{
	static const struct merge_case cases[] = {
		{NOTE("outreach:\n" FIRST), NOTE("outreach:\n" FIRST FOURTH),
		 NOTE("outreach:\n" FIRST SECOND THIRD),
		 NOTE("outreach:\n" FIRST SECOND THIRD FOURTH), false},
		/* an answer here, a new request there */
		{NOTE("outreach:\n" FIRST SECOND), NOTE("outreach:\n" FIRST ANSWERED),
		 NOTE("outreach:\n" FIRST SECOND THIRD), NOTE("outreach:\n" FIRST ANSWERED THIRD),
		 false},
		/* the latest first, if that is how they stand */
		{NOTE("outreach:\n" SECOND FIRST), NOTE("outreach:\n" THIRD SECOND FIRST),
		 NOTE("outreach:\n" FOURTH SECOND FIRST),
		 NOTE("outreach:\n" FOURTH THIRD SECOND FIRST), false},
		/* a day that was mended */
		{NOTE("outreach:\n" FIRST SECOND THIRD),
		 NOTE("outreach:\n" FIRST "- 2026-10-13 email\n" THIRD),
		 NOTE("outreach:\n" FIRST SECOND THIRD FOURTH),
		 NOTE("outreach:\n" FIRST "- 2026-10-13 email\n" THIRD FOURTH), false},
		/* two on one day */
		{NOTE("touches:\n" FIRST), NOTE("touches:\n" FIRST "- 2026-10-09 card\n"),
		 NOTE("touches:\n" FIRST "- 2026-10-09 text\n"),
		 NOTE("touches:\n" FIRST "- 2026-10-09 card\n- 2026-10-09 text\n"), false},
		/* one list in brackets, the other a single value */
		{NOTE("outreach: 2026-10-01 email\n"),
		 NOTE("outreach: [2026-10-01 email, 2026-10-05 card]\n"),
		 NOTE("outreach:\n- 2026-10-01 email\n- 2026-10-03 text\n"),
		 NOTE("outreach: [2026-10-01 email, 2026-10-03 text, 2026-10-05 card]\n"), false},
		/* both made the same one of two: it is one, but for who wrote it twice */
		{NOTE("outreach:\n" FIRST SECOND), NOTE("outreach:\n" THIRD SECOND),
		 NOTE("outreach:\n" FIRST THIRD), NOTE("outreach:\n" THIRD), false},
		{NOTE("outreach:\n" FIRST SECOND), NOTE("outreach:\n" THIRD THIRD),
		 NOTE("outreach:\n" THIRD SECOND), NOTE("outreach:\n" THIRD THIRD), false},
		/* mappings */
		{NOTE("outreach:\n- {date: 2026-10-01, via: email}\n"),
		 NOTE("outreach:\n- {date: 2026-10-01, via: email, outcome: yes}\n"),
		 NOTE("outreach:\n- {date: 2026-10-01, via: email}\n- date: 2026-10-05\n  via: "
		      "card\n"),
		 NOTE("outreach:\n- {date: 2026-10-01, via: email, outcome: yes}\n"
		      "- date: 2026-10-05\n  via: card\n"),
		 false},
	};

	(void)state;
	CHECK_CASES(cases);
}

static void one_record_changed_twice_is_a_conflict(void **state)
{
	static const struct merge_case cases[] = {
		{NOTE("outreach:\n" FIRST SECOND), NOTE("outreach:\n" FIRST ANSWERED),
		 NOTE("outreach:\n" FIRST DECLINED THIRD),
		 NOTE("outreach:\n" FIRST EITHER(ANSWERED, DECLINED) THIRD), true},
		{NOTE("outreach:\n" FIRST SECOND), NOTE("outreach:\n" FIRST),
		 NOTE("outreach:\n" FIRST ANSWERED), NOTE("outreach:\n" FIRST EITHER("", ANSWERED)),
		 true},
		{NOTE("outreach: 2026-10-05 email\n"), NOTE("outreach: 2026-10-05 email yes\n"),
		 NOTE("outreach: 2026-10-05 email no\n"),
		 NOTE(EITHER("outreach: 2026-10-05 email yes\n",
			     "outreach: 2026-10-05 email no\n")),
		 true},
		{MEETING("leads:\n- Try Dun\n- Ask Bo\n"),
		 MEETING("leads:\n- Try Dun (reported 2026-11-01)\n- Ask Bo\n"),
		 MEETING("leads:\n- Try Dun (reported 2026-11-02)\n- Ask Bo\n"),
		 MEETING("leads:\n" EITHER("- Try Dun (reported 2026-11-01)\n",
					   "- Try Dun (reported 2026-11-02)\n") "- Ask Bo\n"),
		 true},
	};

	(void)state;
	CHECK_CASES(cases);
}

/* ---- tasks ---- */

static void ticks_merge(void **state)
{
	static const struct merge_case cases[] = {
		{BODY("- [ ] a\n- [ ] b\n- [ ] c\n"), BODY("- [x] a\n- [ ] b\n- [ ] c\n"),
		 BODY("- [ ] a\n- [x] b\n- [-] c\n"), BODY("- [x] a\n- [x] b\n- [-] c\n"), false},
		{BODY("- [ ] call Bo\n"), BODY("- [x] call Bo\n"),
		 BODY("- [ ] call Bo (due 2026-12-01)\n- [ ] b\n"),
		 BODY("- [x] call Bo (due 2026-12-01)\n- [ ] b\n"), false},
		{BODY("- [ ] call Bo due:2026-12-01\n"), BODY("- [ ] call Bo\n"),
		 BODY("- [x] call Bo due:2026-12-01\n"), BODY("- [x] call Bo\n"), false},
		/* more to do than was done, or another's to do: is it done? */
		{BODY("- [ ] send resume\n- [ ] b\n"),
		 BODY("- [ ] send resume and letter\n- [ ] b\n"),
		 BODY("- [x] send resume\n- [x] b\n"),
		 BODY(EITHER("- [ ] send resume and letter\n", "- [x] send resume\n") "- [x] b\n"),
		 true},
		{BODY("- [ ] call Bo\n"), BODY("- [x] call Bo\n"), BODY("- [ ] call Bo @waiting\n"),
		 BODY(EITHER("- [x] call Bo\n", "- [ ] call Bo @waiting\n")), true},
		/* not the same task: nobody did it */
		{BODY("- [ ] call Bo\n"), BODY("- [x] call Bo\n"), BODY("- [ ] call Eve\n"),
		 BODY(EITHER("- [x] call Bo\n", "- [ ] call Eve\n")), true},
		{BODY("- [ ] call Bo\n"), BODY("- [x] call Bo\n"), BODY("- [-] call Bo\n"),
		 BODY(EITHER("- [x] call Bo\n", "- [-] call Bo\n")), true},
		/* of two that say the same one is gone, and one is done: which? */
		{BODY("- [ ] a\n- [ ] a\n"), BODY("- [x] a\n- [ ] a\n"), BODY("- [ ] a\n"),
		 BODY(EITHER("- [x] a\n", "") "- [ ] a\n"), true},
		/* in a code block it is text */
		{BODY("```\n- [ ] a\n- [ ] b\n```\n"), BODY("```\n- [x] a\n- [ ] b\n```\n"),
		 BODY("```\n- [ ] a\n- [x] b\n```\n"),
		 BODY("```\n" EITHER("- [x] a\n- [ ] b\n", "- [ ] a\n- [x] b\n") "```\n"), true},
	};

	(void)state;
	CHECK_CASES(cases);
}

/* A fence that one side opens swallows what the other wrote below. */
static void nothing_goes_silently(void **state)
{
	static const struct merge_case cases[] = {
		{BODY("a\n\nb\n\nc\n\nd\n"), BODY("a\n\n```\nb\n\nc\n\nd\n"),
		 BODY("a\n\nb\n\nc\n\nd\n\n- [ ] e\n"),
		 BODY(EITHER("a\n\n```\nb\n\nc\n\nd\n", "a\n\nb\n\nc\n\nd\n\n- [ ] e\n")), true},
	};

	(void)state;
	CHECK_CASES(cases);
}

/* ---- odd notes ---- */

static void line_ends_and_marks_of_order_merge(void **state)
{
	static const struct merge_case cases[] = {
		/* one side changed all line ends */
		{"---\nrole: x\nurl: u\n---\na\n", "---\r\nrole: x\r\nurl: v\r\n---\r\na\r\n",
		 "---\nrole: y\nurl: u\n---\na\n", "---\r\nrole: y\r\nurl: v\r\n---\r\na\r\n",
		 false},
		{"---\r\nrole: x\r\n---\r\n", "---\r\nrole: y\r\n---\r\n",
		 "---\r\nrole: z\r\n---\r\n",
		 "---\r\n<<<<<<< ours\r\nrole: y\r\n=======\r\nrole: z\r\n>>>>>>> "
		 "theirs\r\n---\r\n",
		 true},
		/* line ends of old Macs are none of git's: markers stand on lines of theirs */
		{"---\nrole: x\n---\na\n", "---\rrole: y\r---\ra\r", "---\nrole: z\n---\na\n",
		 EITHER("---\rrole: y\r---\ra\r\n", "---\nrole: z\n---\na\n"), true},
		{"---\nrole: x\n---\na\nb\nc\n", "---\nrole: x\n---\na\nb\nC\rc\n",
		 "---\nrole: z\n---\na\nb\nc\n", "---\nrole: z\n---\na\nb\nC\rc\n", false},
		/* a byte order mark comes and goes */
		{"---\nrole: x\nurl: u\n---\n", "\xef\xbb\xbf---\nrole: y\nurl: u\n---\n",
		 "---\nrole: x\nurl: v\n---\n", "\xef\xbb\xbf---\nrole: y\nurl: v\n---\n", false},
		{"\xef\xbb\xbf---\nrole: x\nurl: u\n---\n",
		 "\xef\xbb\xbf---\nrole: y\nurl: u\n---\n", "---\nrole: x\nurl: v\n---\n",
		 "---\nrole: y\nurl: v\n---\n", false},
		/* no line end at the end */
		{"---\nrole: x\n---\na\nb", "---\nrole: y\n---\na\nb", "---\nrole: x\n---\nA\nb",
		 "---\nrole: y\n---\nA\nb", false},
		{"---\nrole: x\n---", "---\nrole: y\n---", "---\nrole: x\n---\na\n",
		 "---\nrole: y\n---\na\n", false},
		{"a\n\nb", "a\n\nc", "a\n\nd", "a\n\n" EITHER("c\n", "d\n"), true},
	};

	(void)state;
	CHECK_CASES(cases);
}

static void headers_come_and_go(void **state)
{
	static const struct merge_case cases[] = {
		/* one side gave it one */
		{"a\n", "---\nrole: x\n---\na\n", "b\n", "---\nrole: x\n---\nb\n", false},
		/* both did */
		{"a\n", "---\ntype: contact\nrole: x\n---\na\n",
		 "---\ntype: contact\nname: J\n---\na\n\nb\n",
		 "---\ntype: contact\nrole: x\nname: J\n---\na\n\nb\n", false},
		/* both added the note */
		{"", "---\ntype: contact\ntags: [a]\n---\nx\n",
		 "---\ntype: contact\ntags: [b]\n---\nx\n",
		 "---\ntype: contact\ntags: [a, b]\n---\nx\n", false},
		{"", "---\ntype: contact\n---\nx\n", "---\ntype: contact\n---\ny\n",
		 "---\ntype: contact\n---\n" EITHER("x\n", "y\n"), true},
		/* gone on one side, changed on the other */
		{"---\nrole: x\n---\na\n", "a\n", "---\nrole: y\n---\na\n",
		 EITHER("", "---\nrole: y\n---\n") "a\n", true},
		{"", "a\n", "b\n", EITHER("a\n", "b\n"), true},
		/* all of it emptied */
		{"---\nrole: x\n---\na\n", "", "---\nrole: y\n---\na\n",
		 EITHER("", "---\nrole: y\n---\na\n"), true},
	};

	(void)state;
	CHECK_CASES(cases);
}

static void broken_headers_are_merged_with_care(void **state)
{
	static const struct merge_case cases[] = {
		/* broken on one side, far from what the other changed */
		{NOTE("name: J\nrole: x\nurl: u\n"), NOTE("name: J\nrole: x\nurl: 'u\n"),
		 NOTE("name: K\nrole: x\nurl: u\n"), NOTE("name: K\nrole: x\nurl: 'u\n"), false},
		/* and near */
		{NOTE("name: J\nrole: x\n"), NOTE("name: J\nrole: 'x\n"),
		 NOTE("name: J\nrole: y\n"), NOTE("name: J\n" EITHER("role: 'x\n", "role: y\n")),
		 true},
		/* a key twice */
		{NOTE("name: J\nrole: x\nurl: u\n"), NOTE("name: J\nrole: x\nurl: u\nname: K\n"),
		 NOTE("name: L\nrole: x\nurl: u\n"), NOTE("name: L\nrole: x\nurl: u\nname: K\n"),
		 false},
		/* markers that somebody left: ours are longer */
		{NOTE("name: J\nrole: x\n"), NOTE("name: J\n" EITHER("role: y\n", "role: z\n")),
		 NOTE("name: K\nrole: x\nurl: u\n"),
		 NOTE("<<<<<<<<<<< ours\n"
		      "name: J\n" EITHER("role: y\n", "role: z\n") "===========\n"
								   "name: K\nrole: x\nurl: u\n"
								   ">>>>>>>>>>> theirs\n"),
		 true},
	};

	(void)state;
	CHECK_CASES(cases);
}

/* An anchor here and what repeats it there are one thing. */
static void anchors_stay_whole(void **state)
{
	static const struct merge_case cases[] = {
		{NOTE("name: &n Jane\nrole: x\nmine: *n\n"),
		 NOTE("name: &n Jane\nrole: y\nmine: *n\n"),
		 NOTE("name: &n Ann\nrole: x\nmine: *n\n"),
		 NOTE("name: &n Ann\nrole: y\nmine: *n\n"), false},
	};

	(void)state;
	CHECK_CASES(cases);
}

/* ---- what is no note ---- */

static void check_whole(struct iv_str base, struct iv_str ours, struct iv_str theirs)
{
	struct iv_merged merged = merged_of(base, ours, theirs);

	assert_true(merged.conflicts);
	assert_true(iv_str_starts(bytes_of(&merged), "<<<<<<< ours\n"));
	assert_true(iv_str_ends(bytes_of(&merged), "\n>>>>>>> theirs\n"));
	assert_int_not_equal(iv_str_find(bytes_of(&merged), ours), SIZE_MAX);
	assert_int_not_equal(iv_str_find(bytes_of(&merged), theirs), SIZE_MAX);
	free(merged.bytes);
}

static void what_is_no_text_stands_whole(void **state)
{
	size_t size = IV_NOTE_SIZE_MAX + 1;
	char *large = iv_malloc(size);

	(void)state;
	check_whole(IV_LIT("a\nb\nc\n"), IV_LIT("a\xff\nb\nc\n"), IV_LIT("a\nb\nd\n"));
	check_whole(IV_LIT("a\nb\nc\n"), IV_LIT("a\0\nb\nc\n"), IV_LIT("a\nb\nd\n"));
	memset(large, 'x', size);
	check_whole(IV_LIT("a\n"), (struct iv_str){large, size}, IV_LIT("b\n"));
	check_whole(IV_LIT("a\n"), IV_LIT("b\n"), (struct iv_str){large, size});
	free(large);
}

static int fails(char **out, size_t *len, bool *conflicts, struct iv_str base, struct iv_str ours,
		 struct iv_str theirs, enum iv_merge_favor favor, const struct iv_merge_how *how,
		 struct iv_error *error)
{
	(void)out;
	(void)len;
	(void)conflicts;
	(void)base;
	(void)ours;
	(void)theirs;
	(void)favor;
	(void)how;
	(void)error;
	return IV_EIO;
}

static void without_merging_by_lines_both_stand_there(void **state)
{
	const struct iv_merge_how how = {.lines = fails};
	struct iv_merged merged;

	(void)state;
	iv_merge(&merged, NOTE_PATH, IV_LIT(NOTE("role: x\n")), IV_LIT(NOTE("role: y\n") "a\n"),
		 IV_LIT(NOTE("url: u\n") "b\n"), &how);
	assert_true(merged.conflicts);
	assert_int_not_equal(iv_str_find(bytes_of(&merged), IV_LIT("role: y\n")), SIZE_MAX);
	assert_int_not_equal(iv_str_find(bytes_of(&merged), IV_LIT("url: u\n")), SIZE_MAX);
	assert_int_not_equal(iv_str_find(bytes_of(&merged), IV_LIT("\na\n")), SIZE_MAX);
	assert_int_not_equal(iv_str_find(bytes_of(&merged), IV_LIT("\nb\n")), SIZE_MAX);
	free(merged.bytes);
}

static void labels_and_sizes_are_as_asked(void **state)
{
	static const char expected[] = "---\n<<<<<<<<< us \n||||||||| be fore\nrole: x\n=========\n"
				       "role: z\n>>>>>>>>> theirs\n---\n";
	const struct iv_merge_how how = {.lines = iv_lines_merge,
					 .ours_label = "us\x1b",
					 .base_label = "be\nfore",
					 .theirs_label = " ",
					 .marker_size = 9};
	struct iv_merged merged;

	(void)state;
	iv_merge(&merged, NOTE_PATH, IV_LIT("---\nrole: x\n---\n"), IV_LIT("---\n---\n"),
		 IV_LIT("---\nrole: z\n---\n"), &how);
	assert_string_equal(merged.bytes, expected);
	free(merged.bytes);
}

/* Sizes from 7 on in steps of four; what stands in a line looks like no marker. */
static void markers_are_as_long_as_no_line(void **state)
{
	static const struct {
		const char *line;
		unsigned wanted, size;
	} cases[] = {
		{"=======", 0, 11},    {"=======\r", 0, 11}, {"<<<<<<< a", 0, 11},
		{"||||||| ", 0, 11},   {"========", 0, 7},   {" =======", 0, 7},
		{"=======a", 0, 7},    {"-------", 0, 7},    {">>>>>>>>>>>", 11, 15},
		{"===========", 7, 7}, {"=======", 11, 11},
	};
	struct iv_buf texts[2] = {IV_BUF_INIT, IV_BUF_INIT};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct iv_merge_how how = plain_how;
		struct iv_merged merged;

		how.marker_size = cases[i].wanted;
		for (int side = 0; side < 2; side++) {
			texts[side].len = 0;
			iv_buf_printf(&texts[side], "%c\n%s\n", 'a' + side, cases[i].line);
		}
		iv_merge(&merged, NOTE_PATH, IV_LIT(""), iv_buf_view(&texts[0]),
			 iv_buf_view(&texts[1]), &how);
		assert_true(merged.conflicts);
		assert_int_equal(strspn(merged.bytes, "<"), cases[i].size);
		free(merged.bytes);
	}
	iv_buf_release(&texts[0]);
	iv_buf_release(&texts[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(different_keys_merge),
		cmocka_unit_test(bytes_of_what_did_not_change_stay),
		cmocka_unit_test(one_value_to_two_is_a_conflict),
		cmocka_unit_test(what_both_did_is_done_once),
		cmocka_unit_test(words_merge_as_sets),
		cmocka_unit_test(references_are_known_by_whom_they_mean),
		cmocka_unit_test(records_merge_by_their_days),
		cmocka_unit_test(one_record_changed_twice_is_a_conflict),
		cmocka_unit_test(ticks_merge),
		cmocka_unit_test(nothing_goes_silently),
		cmocka_unit_test(line_ends_and_marks_of_order_merge),
		cmocka_unit_test(headers_come_and_go),
		cmocka_unit_test(broken_headers_are_merged_with_care),
		cmocka_unit_test(anchors_stay_whole),
		cmocka_unit_test(what_is_no_text_stands_whole),
		cmocka_unit_test(without_merging_by_lines_both_stand_there),
		cmocka_unit_test(labels_and_sizes_are_as_asked),
		cmocka_unit_test(markers_are_as_long_as_no_line),
	};

	/* It is slow to start, and each merge would start it. */
	git_libgit2_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
