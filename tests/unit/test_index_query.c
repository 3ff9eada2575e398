/* Questions to the index: the query language, references typed by a person, events. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ivnotes/rules.h>

#include "base/mem.h"
#include "base/str.h"
#include "scratch.h"

static struct scratch scratch;
static struct iv_vault *vault;
static struct iv_source *source;
static struct iv_rules *rules;
static struct iv_index *index_;

static const char *const notes[][2] = {
	{"people/jane-green.md",
	 "---\ntype: contact\nname: Jane Green\naliases: [jg]\norganization: \"[[acme|Acme "
	 "Corp.]]\"\n"
	 "tags: [finance, field/health]\ncreated: 2026-09-01\nMy_Own Key: Blue, very\n"
	 "outreach: 2026-10-05 email 20m yes 2026-10-06\ntouches: 2026-12-01 card\n---\n"},
	{"people/omar.md",
	 "---\ntype: person\nname: Omar Haddad\ncompany: ACME\ntags: finances\nscore: 9\n"
	 "outreach:\n  - 2026-09-30 phone\n  - 2026-10-07 email bounced\nreferrals: [jg, Ann "
	 "Other]\n"
	 "created: 2026-09-30\n---\n"},
	{"people/zoe.md", "---\ntype: contact\nname: Zoë Stone\nemployer: Globex\nscore: 10\n"
			  "do-not-contact: yes\n---\n"},
	{"acme.md", "---\ntype: organization\nname: Acme\n---\n"},
	{"log/2026-10-20.md",
	 "---\ntype: meeting\ncontact: [jane-green, Walk-in Will]\ndate: 2026-10-20 10:00\n"
	 "planned: 45m invited\nvia: video\nstate: held\nthank-you: 2026-10-21 card to Jane Green\n"
	 "---\n"},
	{"log/plain.md", "# 10:00 nothing\n"},
	{"other.md", "---\ntype: Recipe\nservings: 4\n---\n"},
};

static int set_up(void **state)
{
	(void)state;
	scratch = scratch_make();
	scratch_folder(scratch.vault, "people");
	scratch_folder(scratch.vault, "log");
	for (size_t i = 0; i < sizeof(notes) / sizeof(*notes); i++)
		scratch_write(&scratch, notes[i][0], notes[i][1]);
	assert_int_equal(iv_vault_open(&vault, scratch.vault, true, NULL), 0);
	assert_int_equal(iv_vault_source(&source, vault, NULL), 0);
	assert_int_equal(iv_rules_new(&rules, iv_vault_config(vault), NULL, NULL), 0);
	assert_int_equal(iv_index_open(&index_, vault, NULL, false, NULL, NULL), 0);
	return iv_refresh(index_, rules, source, IV_NO_DAY, NULL, NULL);
}

static int tear_down(void **state)
{
	(void)state;
	iv_index_close(index_);
	iv_rules_free(rules);
	source->close(source);
	iv_vault_close(vault);
	scratch_release(&scratch);
	return 0;
}

/* The ids that a query chooses, in the order of their paths. */
static void assert_finds(const char *query, const char *expected)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_buf got = IV_BUF_INIT;
	struct iv_rows rows;

	if (iv_index_query(&rows, index_, query, &error))
		fail_msg("%s: %s", query, error.message);
	iv_buf_puts(&got, "");
	for (size_t i = 0; i < rows.count; i++)
		iv_buf_printf(&got, "%s%s", i ? " " : "", rows.rows[i].id);
	if (!iv_str_is(iv_buf_view(&got), expected))
		fail_msg("%s\n  found '%.*s', expected '%s'", query, (int)got.len, got.ptr,
			 expected);
	iv_rows_release(&rows);
	iv_buf_release(&got);
}

static void assert_refused(const char *query, const char *message)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_rows rows;

	assert_int_equal(iv_index_query(&rows, index_, query, &error), IV_EINPUT);
	assert_string_equal(error.message, message);
	iv_error_release(&error);
}

static void test_words(void **state)
{
	(void)state;
	assert_finds("", "acme 2026-10-20 plain other jane-green omar zoe");
	assert_finds("  ", "acme 2026-10-20 plain other jane-green omar zoe");
	assert_finds(NULL, "acme 2026-10-20 plain other jane-green omar zoe");
	assert_finds("GREEN", "jane-green");
	assert_finds("jg", "jane-green");
	assert_finds("zo\xc3\x8b", "zoe");
	assert_finds("\"e g\"", "jane-green");
	assert_finds("an green", "jane-green");
	assert_finds("-e", "2026-10-20 plain omar");
	assert_finds("10:00", "");
	assert_finds("100%", "");
}

static void test_equality(void **state)
{
	(void)state;
	assert_finds("type:contact", "jane-green omar zoe");
	assert_finds("type:company", "acme");
	assert_finds("type:recipe", "other");
	assert_finds("-type:contact,organization", "2026-10-20 plain other");
	assert_finds("score:9,10", "omar zoe");
	assert_finds("id:OMAR", "omar");
	assert_finds("name:\"zo\xc3\xab stone\"", "zoe");
	assert_finds("path:acme", "acme");
	assert_finds("path:log/", "2026-10-20 plain");
	assert_finds("path~og/p", "plain");
	assert_finds("tag:finance", "jane-green");
	assert_finds("tag:#field", "jane-green");
	assert_finds("tags:field/health,finances", "jane-green omar");
	assert_finds("via:video", "2026-10-20");
}

static void test_references(void **state)
{
	(void)state;
	/* The note, the link's text, the bare name; by any of the key's names. */
	assert_finds("organization:acme", "jane-green omar");
	assert_finds("company:\"acme corp.\"", "jane-green");
	assert_finds("Employer:Globex", "zoe");
	assert_finds("contact:jg", "2026-10-20");
	assert_finds("contact:\"Jane Green\"", "2026-10-20");
	assert_finds("with:\"walk-in will\"", "2026-10-20");
	assert_finds("referrals:jane-green", "omar");
}

static void test_own_keys(void **state)
{
	(void)state;
	assert_finds("my-own-key:\"blue, very\"", "jane-green");
	assert_finds("MY_OWN-KEY~VERY", "jane-green");
	assert_finds("my-own-key=\"Blue, very\"", "jane-green");
	assert_finds("my-own-key=\"blue, very\"", "");
	assert_finds("servings:*", "other");
	assert_finds("no-such:*", "");
	assert_finds("-organization:* type:contact", "");
	assert_finds("a.b:c", "");
	assert_finds("a'b):c", "");
	assert_finds("$\\:x", "");
	assert_finds("x:'); DROP TABLE note; --", "");
	assert_finds("type:*", "acme 2026-10-20 other jane-green omar zoe");
}

static void test_order(void **state)
{
	(void)state;
	/* As numbers: 10 is more than 9. */
	assert_finds("score>9", "zoe");
	assert_finds("score>=9 score<10", "omar");
	assert_finds("planned>40", "2026-10-20");
	assert_finds("planned<=45m", "2026-10-20");
	assert_finds("planned>1h", "");
	assert_finds("created<2026-09-30", "jane-green");
	assert_finds("created<=2026-09-30", "jane-green omar");
	assert_finds("created>=2026", "jane-green omar");
	assert_finds("date>2026-10", "");
	assert_finds("date>=2026-10", "2026-10-20");
	assert_finds("date:2026-10-20", "2026-10-20");
	assert_finds("date:2026-10", "2026-10-20");
	assert_finds("date:2026-10-2", "");
	assert_finds("date=2026-10-20", "");
	assert_finds("created:2026-09-01,2026-10", "jane-green");
	assert_finds("outreach:2026-10", "jane-green omar");
	assert_finds("id:2026-10", "");
	assert_finds("outreach>2026-10-05", "omar");
	assert_finds("name<k", "acme 2026-10-20 jane-green");
}

static void test_what_happened(void **state)
{
	(void)state;
	assert_finds("asked:*", "jane-green omar");
	/* What bounced asked nobody. */
	assert_finds("asked<2026-10-01", "omar");
	assert_finds("answered:2026-10-06", "jane-green");
	assert_finds("met:*", "2026-10-20 jane-green");
	assert_finds("met>2026-10-20", "");
	assert_finds("thanked:2026-10-21 type:contact", "jane-green");
	assert_finds("touched>=2026-12", "jane-green");
	assert_finds("asked:2026-09", "omar");
	assert_finds("asked:2026", "jane-green omar");
	assert_finds("-asked:* type:contact", "zoe");
}

static void test_refused(void **state)
{
	(void)state;
	assert_refused("type:contact name:",
		       "query, character 19: expected a value (KEY:* finds notes that have the "
		       "key)");
	assert_refused("zo\xc3\xab \"green", "query, character 11: expected a closing '\"'");
	assert_refused("name:\"a\"b",
		       "query, character 9: expected a space after the closing '\"'");
	assert_refused("score:1,,2", "query, character 9: expected a value (KEY:* finds notes that "
				     "have the key)");
	assert_refused("asked<soon",
		       "query, 'asked': expected a day such as 2026-10-05, not 'soon'");
}

/* ---- references ---- */

static void assert_resolves(const char *typed, const char *expected)
{
	struct iv_error error = IV_ERROR_INIT;
	char *path = NULL;

	if (iv_index_resolve(&path, index_, typed, &error))
		fail_msg("%s: %s", typed, error.message);
	assert_string_equal(path, expected);
	free(path);
}

static void test_resolve(void **state)
{
	(void)state;
	assert_resolves("people/omar.md", "people/omar.md");
	assert_resolves("people/omar", "people/omar.md");
	assert_resolves("omar", "people/omar.md");
	assert_resolves("Omar.md", "people/omar.md");
	assert_resolves("[[jane-green|Jane]]", "people/jane-green.md");
	assert_resolves("[[people/jane-green#top]]", "people/jane-green.md");
	assert_resolves("JG", "people/jane-green.md");
	assert_resolves(" zo\xc3\x8b  stone ", "people/zoe.md");
	assert_resolves("haddad", "people/omar.md");
}

static char *resolve_as(const char *typed, unsigned types, struct iv_error *error)
{
	char *path = NULL;

	iv_index_resolve_as(&path, index_, typed, types, error);
	return path;
}

/* Where some types are meant, a part of a name is one of theirs, if it can be. */
static void test_resolve_as(void **state)
{
	struct iv_error error = IV_ERROR_INIT;
	char *path;

	(void)state;
	path = resolve_as("e", 1u << IV_TYPE_ORGANIZATION, &error);
	assert_string_equal(path, "acme.md");
	free(path);
	path = resolve_as("cm", 1u << IV_TYPE_CONTACT, &error);
	assert_string_equal(path, "acme.md");
	free(path);
	path = resolve_as("other", 1u << IV_TYPE_CONTACT, &error);
	assert_string_equal(path, "other.md");
	free(path);
	assert_null(resolve_as("a", 1u << IV_TYPE_CONTACT, &error));
	assert_string_equal(error.message,
			    "'a' could be any of 'people/jane-green.md' (Jane Green), "
			    "'people/omar.md' (Omar Haddad)");
	iv_error_release(&error);
}

static void test_does_not_resolve(void **state)
{
	struct iv_error error = IV_ERROR_INIT;
	char *path = NULL;

	(void)state;
	assert_int_equal(iv_index_resolve(&path, index_, "jane-geren", &error), IV_ENOTFOUND);
	assert_string_equal(error.message,
			    "no note is called 'jane-geren'; did you mean 'jane-green'?");
	iv_error_release(&error);
	assert_int_equal(iv_index_resolve(&path, index_, "", &error), IV_ENOTFOUND);
	iv_error_release(&error);
	assert_int_equal(iv_index_resolve(&path, index_, "a", &error), IV_EAMBIGUOUS);
	assert_non_null(strstr(error.message, "'acme.md' (Acme)"));
	iv_error_release(&error);
	assert_null(path);
}

/* ---- events ---- */

static const char *const kinds[] = {
	[IV_EVENT_ASKED] = "asked",       [IV_EVENT_ANSWERED] = "answered",
	[IV_EVENT_MEETING] = "met",       [IV_EVENT_THANKED] = "thanked",
	[IV_EVENT_TOUCHED] = "touched",   [IV_EVENT_REPORTED] = "reported",
	[IV_EVENT_REFERRED] = "referred", [IV_EVENT_CREATED] = "created",
};

static void assert_events(const char *person, const char *from, const char *to,
			  const char *expected)
{
	struct iv_buf got = IV_BUF_INIT;
	struct iv_events events;
	iv_day first = IV_NO_DAY, last = IV_NO_DAY;

	if (from)
		assert_true(iv_day_parse(&first, iv_str_of(from)));
	if (to)
		assert_true(iv_day_parse(&last, iv_str_of(to)));
	assert_int_equal(iv_index_events(&events, index_, person, first, last, NULL), 0);
	iv_buf_puts(&got, "");
	for (size_t i = 0; i < events.count; i++) {
		const struct iv_event *event = &events.events[i];
		char day[11];
		iv_day_format(day, event->day);
		iv_buf_printf(&got, "%s %s %s, ", kinds[event->kind], day + 5, event->person);
	}
	assert_string_equal(got.ptr, expected);
	iv_events_release(&events);
	iv_buf_release(&got);
}

static void test_events(void **state)
{
	(void)state;
	assert_events(
		"people/jane-green.md", NULL, NULL,
		"created 09-01 Jane Green, asked 10-05 Jane Green, answered 10-06 Jane Green, "
		"met 10-20 Jane Green, thanked 10-21 Jane Green, touched 12-01 Jane Green, ");
	assert_events(NULL, "2026-10-07", "2026-10-20",
		      "asked 10-07 Omar Haddad, met 10-20 Jane Green, met 10-20 Walk-in Will, ");
	/* Omar named two people; without an answer of his the day is his note's. */
	assert_events("people/omar.md", NULL, "2026-09-30",
		      "created 09-30 Omar Haddad, asked 09-30 Omar Haddad, "
		      "referred 09-30 Omar Haddad, referred 09-30 Omar Haddad, ");
	assert_events("people/nobody.md", NULL, NULL, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),      cmocka_unit_test(test_equality),
		cmocka_unit_test(test_references), cmocka_unit_test(test_own_keys),
		cmocka_unit_test(test_order),      cmocka_unit_test(test_what_happened),
		cmocka_unit_test(test_refused),    cmocka_unit_test(test_resolve),
		cmocka_unit_test(test_resolve_as), cmocka_unit_test(test_does_not_resolve),
		cmocka_unit_test(test_events),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
