/* The rule book: headers, settings, severities, and what is wrong with a config. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/patterns.h"
#include "rules/rule.h"

#define GOOD_HEADER                                   \
	"-- id: late\n"                               \
	"-- kind: owed\n"                             \
	"-- to: person\n"                             \
	"-- severity: info\n"                         \
	"-- scope: note\n"                            \
	"-- summary: half a sentence: with a colon\n" \
	"-- why: a long line that\n"                  \
	"--      goes on\n"                           \
	"-- source: own\n"                            \
	"-- remedy: mend it\n"

struct book {
	struct iv_config *config;
	struct iv_rules *rules;
};

static struct book open_book(const char *config)
{
	struct book book = {iv_config_parse(iv_str_of(config)), NULL};
	struct iv_error error = IV_ERROR_INIT;

	if (iv_rules_new(&book.rules, book.config, NULL, &error))
		fail_msg("%s: %s", error.path, error.message);
	return book;
}

static void close_book(struct book *book)
{
	iv_rules_free(book->rules);
	iv_config_free(book->config);
}

/* ---- headers ---- */

static int read_header(struct iv_rule *out, struct book *book, const char *text,
		       struct iv_error *error)
{
	return iv_rule_read(out, book->rules, "rules/late.sql", text, error);
}

static void test_header(void **state)
{
	struct book book = open_book("");
	struct iv_error error = IV_ERROR_INIT;
	struct iv_rule rule;

	(void)state;
	assert_int_equal(read_header(&rule, &book,
				     GOOD_HEADER "-- setting: late.after span 3d   how late\n"
						 "-- lapse: never\n-- ends: search\n"
						 "-- show: agenda\nSELECT 1\n",
				     &error),
			 0);
	assert_string_equal(rule.id, "late");
	assert_string_equal(rule.summary, "half a sentence: with a colon");
	assert_string_equal(rule.why, "a long line that goes on");
	assert_int_equal(rule.kind, IV_RULE_OWED);
	assert_int_equal(rule.severity, IV_INFO);
	assert_true(rule.to_person);
	assert_true(rule.per_note);
	assert_false(rule.lapses);
	assert_true(rule.search_only);
	assert_true(rule.agenda_only);
	assert_int_equal(rule.setting_count, 1);
	assert_string_equal(iv_rules_value(book.rules, "late.after")->plain, "3d");
	close_book(&book);
}

static void test_lapse_by_kind(void **state)
{
	static const struct {
		const char *kind, *more;
		bool lapses;
	} cases[] = {{"owed", "", true},
		     {"owed", "-- lapse: never\n", false},
		     {"unwise", "", false},
		     {"unwise", "-- lapse: yes\n", true},
		     {"broken", "", false}};
	struct book book = open_book("");

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct iv_buf text = IV_BUF_INIT;
		struct iv_rule rule;
		iv_buf_printf(&text,
			      "-- id: late\n-- kind: %s\n%s-- severity: info\n-- scope: note\n"
			      "-- summary: s\n-- why: w\n-- source: own\n-- remedy: r\nSELECT 1\n",
			      cases[i].kind, cases[i].more);
		assert_int_equal(read_header(&rule, &book, text.ptr, NULL), 0);
		assert_int_equal(rule.lapses, cases[i].lapses);
		iv_buf_release(&text);
	}
	close_book(&book);
}

static void expect_fault(const char *text, const char *message, uint32_t line)
{
	struct book book = open_book("");
	struct iv_error error = IV_ERROR_INIT;
	struct iv_rule rule;

	assert_int_equal(read_header(&rule, &book, text, &error), IV_EINPUT);
	assert_string_equal(error.message, message);
	assert_string_equal(error.path, "rules/late.sql");
	assert_int_equal(error.pos.line, line);
	iv_error_release(&error);
	close_book(&book);
}

static void test_bad_headers(void **state)
{
	(void)state;
	expect_fault("SELECT 1\n", "the header lacks 'id'", 1);
	expect_fault("", "the header lacks 'id'", 1);
	expect_fault("-- id: late\nSELECT 1\n", "the header lacks 'kind'", 1);
	expect_fault(GOOD_HEADER "-- colour: red\n", "unknown key 'colour'", 11);
	expect_fault(GOOD_HEADER "-- no key here\n", "expected 'key: text', not 'no key here'", 11);
	expect_fault(GOOD_HEADER "-- kind: sad\n",
		     "'kind' is 'sad', expected owed, unwise or broken", 11);
	expect_fault(GOOD_HEADER "-- lapse: maybe\n", "'lapse' is 'maybe', expected never or yes",
		     11);
	expect_fault(GOOD_HEADER "-- setting: late.after span soon   how late\n",
		     "no default of this kind: 'soon'", 11);
	expect_fault(GOOD_HEADER "-- setting: late.after days 3 how late\n",
		     "expected 'setting: KEY text|span|minutes|count|words DEFAULT SUMMARY', not "
		     "'late.after days 3 how late'",
		     11);
	expect_fault(GOOD_HEADER "-- pattern: late.also  what is late\n",
		     "expected 'pattern: KEY SUMMARY' and lines with patterns, not "
		     "'late.also  what is late'",
		     11);
	expect_fault("-- id: other\n-- kind: broken\n-- severity: info\n-- scope: note\n"
		     "-- summary: s\n-- why: w\n-- source: own\n-- remedy: r\n",
		     "the file is named otherwise than its id 'other'", 1);
}

/* The lines of a pattern stay lines, and the file's lines can be counted from the first of them. */
static void test_patterns_of_a_header(void **state)
{
	struct book book = open_book("");
	const struct value *value;
	struct iv_rule rule;

	(void)state;
	assert_int_equal(read_header(&rule, &book,
				     GOOD_HEADER "-- pattern: late.also  what is late\n"
						 "--      # the words: a comment\n"
						 "--      \\bso? late\n"
						 "--         |very late\n"
						 "--        |soon\n"
						 "--      too: late\n"
						 "-- setting: late.after span 3d   how late\n"
						 "SELECT 1\n",
				     NULL),
			 0);
	assert_int_equal(rule.setting_count, 2);
	value = iv_rules_value(book.rules, "late.also");
	assert_non_null(value);
	assert_string_equal(value->plain,
			    "# the words: a comment\n\\bso? late|very late|soon\n\n\ntoo: late");
	assert_int_equal(value->line, 12);
	assert_string_equal(value->setting.value, "[]");
	assert_string_equal(value->setting.summary, "what is late");
	close_book(&book);
}

/* ---- the embedded rules ---- */

static bool is_sentence_of_ours(const char *text)
{
	size_t len = strlen(text);
	return len > 3 && text[len - 1] != ' ' && !strstr(text, "  ");
}

static void test_every_rule_is_whole(void **state)
{
	struct book book = open_book("");
	const struct iv_rule *rules;
	size_t count = iv_rules_all(book.rules, &rules);

	(void)state;
	assert_true(count >= 30);
	for (size_t i = 0; i < count; i++) {
		const struct iv_rule *rule = &rules[i];
		assert_ptr_equal(iv_rules_find(book.rules, rule->id), rule);
		assert_true(i == 0 || strcmp(rules[i - 1].id, rule->id) < 0);
		assert_true(is_sentence_of_ours(rule->summary));
		assert_true(is_sentence_of_ours(rule->why));
		assert_true(is_sentence_of_ours(rule->remedy));
		assert_int_equal(rule->off, rule->optional);
		for (size_t k = 0; k < rule->setting_count; k++) {
			const struct iv_rule_setting *setting = &rule->settings[k];
			/* A setting begins with the id of the rule that declares it. */
			assert_memory_equal(setting->key, rule->id, strlen(rule->id));
			assert_int_equal(setting->key[strlen(rule->id)], '.');
			assert_string_equal(iv_rules_setting(book.rules, setting->key),
					    setting->value);
			assert_true(is_sentence_of_ours(setting->summary));
		}
	}
	assert_null(iv_rules_find(book.rules, "nugde"));
	close_book(&book);
}

static void test_every_pattern_compiles(void **state)
{
	struct book book = open_book("");
	struct iv_error error = IV_ERROR_INIT;
	size_t count = 0;

	(void)state;
	for (size_t i = 0; i < book.rules->value_count; i++) {
		const struct value *value = &book.rules->values[i];
		if (value->kind == VALUE_PATTERNS &&
		    iv_patterns_check(iv_str_of(value->plain), &error))
			fail_msg("%s, line %u: %s", value->setting.key,
				 (unsigned)(value->line + error.pos.line - 1), error.message);
		count += value->kind == VALUE_PATTERNS;
	}
	assert_true(count >= 20);
	close_book(&book);
}

/* The practice: the tables' columns. */
static const struct {
	const char *id;
	enum iv_rule_kind kind;
	enum iv_severity severity;
	bool to_person, lapses, search_only;
} practice[] = {
	{"thank-you", IV_RULE_OWED, IV_WARNING, true, true, false},
	{"follow-up", IV_RULE_OWED, IV_WARNING, false, false, false},
	{"nudge", IV_RULE_OWED, IV_WARNING, true, true, true},
	{"schedule", IV_RULE_OWED, IV_WARNING, true, true, true},
	{"prepare", IV_RULE_OWED, IV_WARNING, false, true, false},
	{"meeting", IV_RULE_OWED, IV_INFO, false, true, false},
	{"record-outcome", IV_RULE_OWED, IV_WARNING, false, true, false},
	{"write-notes", IV_RULE_OWED, IV_WARNING, false, true, false},
	{"connect", IV_RULE_OWED, IV_INFO, true, true, false},
	{"keep-in-touch", IV_RULE_OWED, IV_INFO, true, true, false},
	{"waiting", IV_RULE_OWED, IV_INFO, true, true, false},
	{"come-back", IV_RULE_OWED, IV_WARNING, true, true, true},
	{"thank-decline", IV_RULE_OWED, IV_WARNING, true, true, false},
	{"rebook", IV_RULE_OWED, IV_WARNING, true, true, true},
	{"apologize", IV_RULE_OWED, IV_WARNING, true, true, false},
	{"send-resume", IV_RULE_OWED, IV_WARNING, true, true, false},
	{"act-on-referral", IV_RULE_OWED, IV_WARNING, true, true, true},
	{"report-back", IV_RULE_OWED, IV_WARNING, true, true, false},
	{"share-result", IV_RULE_OWED, IV_INFO, true, true, false},
	{"ask-first", IV_RULE_OWED, IV_INFO, true, true, true},
	{"feeler", IV_RULE_OWED, IV_INFO, true, true, true},
	{"tell-outcome", IV_RULE_OWED, IV_INFO, true, true, false},
	{"asks-for-job", IV_RULE_UNWISE, IV_WARNING, false, false, false},
	{"asks-pay", IV_RULE_UNWISE, IV_WARNING, false, false, false},
	{"overrun", IV_RULE_UNWISE, IV_INFO, false, false, false},
	{"no-address", IV_RULE_UNWISE, IV_INFO, true, true, false},
	{"too-long", IV_RULE_UNWISE, IV_INFO, false, false, false},
	{"no-time-limit", IV_RULE_UNWISE, IV_INFO, false, false, false},
	{"longer-than-asked", IV_RULE_UNWISE, IV_INFO, false, false, false},
	{"request-too-long", IV_RULE_UNWISE, IV_INFO, false, false, false},
	{"talk-balance", IV_RULE_UNWISE, IV_INFO, false, false, false},
	{"no-referral-asked", IV_RULE_UNWISE, IV_INFO, false, false, false},
	{"resume-first", IV_RULE_UNWISE, IV_INFO, false, false, false},
	{"guest-paid", IV_RULE_UNWISE, IV_INFO, false, false, false},
	{"no-purpose", IV_RULE_UNWISE, IV_INFO, false, false, false},
	{"no-source", IV_RULE_UNWISE, IV_INFO, false, false, false},
	{"single-voice", IV_RULE_UNWISE, IV_INFO, false, false, false},
	{"second-opinion", IV_RULE_UNWISE, IV_INFO, false, false, false},
	{"hasty-decision", IV_RULE_UNWISE, IV_INFO, false, false, false},
	{"back-filled", IV_RULE_UNWISE, IV_INFO, false, false, false},
	{"thin-questions", IV_RULE_UNWISE, IV_INFO, false, false, false},
	{"one-sided", IV_RULE_UNWISE, IV_INFO, false, false, false},
	{"request-incomplete", IV_RULE_UNWISE, IV_INFO, false, false, false},
	{"unreadable", IV_RULE_BROKEN, IV_ERROR, false, false, false},
	{"front-matter", IV_RULE_BROKEN, IV_ERROR, false, false, false},
	{"encoding", IV_RULE_BROKEN, IV_ERROR, false, false, false},
	{"conflict-marker", IV_RULE_BROKEN, IV_ERROR, false, false, false},
	{"missing-field", IV_RULE_BROKEN, IV_ERROR, false, false, false},
	{"bad-value", IV_RULE_BROKEN, IV_ERROR, false, false, false},
	{"time-travel", IV_RULE_BROKEN, IV_ERROR, false, false, false},
	{"duplicate-id", IV_RULE_BROKEN, IV_ERROR, false, false, false},
	{"broken-link", IV_RULE_BROKEN, IV_ERROR, false, false, false},
	{"unknown-type", IV_RULE_BROKEN, IV_WARNING, false, false, false},
	{"unknown-field", IV_RULE_BROKEN, IV_WARNING, false, false, false},
	{"double-booked", IV_RULE_BROKEN, IV_WARNING, false, false, false},
	{"duplicate-contact", IV_RULE_BROKEN, IV_WARNING, false, false, false},
	{"referral-loop", IV_RULE_BROKEN, IV_WARNING, false, false, false},
	{"unwanted-contact", IV_RULE_BROKEN, IV_WARNING, false, false, false},
	{"unused-ignore", IV_RULE_BROKEN, IV_INFO, false, false, false},
};

static void test_the_practice_s_table(void **state)
{
	struct book book = open_book("");
	const struct iv_rule *all;

	(void)state;
	assert_int_equal(iv_rules_all(book.rules, &all), sizeof(practice) / sizeof(practice[0]));
	for (size_t i = 0; i < sizeof(practice) / sizeof(practice[0]); i++) {
		const struct iv_rule *rule = iv_rules_find(book.rules, practice[i].id);
		assert_non_null(rule);
		assert_int_equal(rule->kind, practice[i].kind);
		assert_int_equal(rule->severity, practice[i].severity);
		assert_int_equal(rule->to_person, practice[i].to_person);
		assert_int_equal(rule->lapses, practice[i].lapses);
		assert_int_equal(rule->search_only, practice[i].search_only);
		assert_int_equal(rule->agenda_only, !strcmp(practice[i].id, "meeting"));
		assert_int_equal(rule->optional, !strcmp(practice[i].id, "back-filled"));
		assert_int_equal(rule->off, rule->optional);
	}
	close_book(&book);
}

/* ---- the config ---- */

static void test_settings(void **state)
{
	struct book book = open_book("nudge: {after: 3d}\noverrun.tolerance: 1h5m\nlapse: 30d\n"
				     "holidays: [2026-12-25, 2026-11-11]\n");
	const struct iv_config_problem *problems;

	(void)state;
	assert_string_equal(iv_rules_setting(book.rules, "nudge.after"), "3d");
	assert_string_equal(iv_rules_setting(book.rules, "overrun.tolerance"), "1h5m");
	assert_string_equal(iv_rules_lookup(book.rules, "overrun.tolerance"), "65");
	assert_string_equal(iv_rules_setting(book.rules, "nudge.messages"), "2");
	assert_string_equal(iv_rules_setting(book.rules, "lapse"), "30d");
	assert_string_equal(iv_rules_setting(book.rules, "stance"), "learn");
	assert_null(iv_rules_setting(book.rules, "search-ended"));
	assert_null(iv_rules_setting(book.rules, "no-such-thing"));
	assert_string_equal(iv_rules_lookup(book.rules, "holidays"), "2026-12-25,2026-11-11");
	assert_int_equal(iv_rules_problems(book.rules, &problems), 0);
	close_book(&book);
}

static void test_severities(void **state)
{
	struct book book = open_book("severity: {nudge: off, thank-you: error}\n");

	(void)state;
	assert_true(iv_rules_find(book.rules, "nudge")->off);
	assert_false(iv_rules_find(book.rules, "thank-you")->off);
	assert_int_equal(iv_rules_find(book.rules, "thank-you")->severity, IV_ERROR);
	assert_int_equal(iv_rules_find(book.rules, "schedule")->severity, IV_WARNING);
	close_book(&book);
}

static void expect_problem(const char *config, const char *message, uint32_t line)
{
	struct book book = open_book(config);
	const struct iv_config_problem *problems;

	assert_int_equal(iv_rules_problems(book.rules, &problems), 1);
	assert_string_equal(problems[0].message, message);
	assert_int_equal(problems[0].pos.line, line);
	close_book(&book);
}

static void test_problems(void **state)
{
	(void)state;
	expect_problem("severity:\n  nugde: off\n", "unknown rule 'nugde', did you mean 'nudge'?",
		       2);
	expect_problem("severity.weather: off\n", "unknown rule 'weather'", 1);
	expect_problem("nudge.aftr: 3d\n",
		       "unknown setting 'nudge.aftr', did you mean 'nudge.after'?", 1);
	expect_problem("\nnudge.colour: red\n", "unknown setting 'nudge.colour'", 2);
	expect_problem("\nstanse: learn\n", "unknown setting 'stanse', did you mean 'stance'?", 2);
	expect_problem("lapze: off\n", "unknown setting 'lapze', did you mean 'lapse'?", 1);
	expect_problem("weather: 3d\n", "unknown setting 'weather'", 1);
	expect_problem("nudgee: off\n", "unknown setting 'nudgee', did you mean 'nudge'?", 1);
	expect_problem("nugde.severity: off\n", "unknown rule 'nugde', did you mean 'nudge'?", 1);
	expect_problem("nudge: 5bd\n", "'nudge' is '5bd', expected info, warning, error or off", 1);
	expect_problem("nudge: [off]\n", "'nudge' takes one value, not a list", 1);
	expect_problem("nudge.messages: [2, 3]\n", "'nudge.messages' takes one value, not a list",
		       1);
	expect_problem("nudge.after: -5bd\n",
		       "'nudge.after' is '-5bd', expected a span like 5bd, 3d, 8w or 6m, or off",
		       1);
	expect_problem("prepare.before: 2bd\n",
		       "'prepare.before' is '2bd', expected a span that counts backwards, like "
		       "-1bd, -3d or -1w, or off",
		       1);
	expect_problem("nudge.after: soon\n",
		       "'nudge.after' is 'soon', expected a span like 5bd, 3d, 8w or 6m, or off",
		       1);
	expect_problem("nudge.messages: two\n", "'nudge.messages' is 'two', expected a number", 1);
	expect_problem("overrun.tolerance: -5m\n",
		       "'overrun.tolerance' is '-5m', expected minutes like 5m, or 0", 1);
}

/* What cannot be read leaves the default in force. */
static void test_bad_value_keeps_default(void **state)
{
	struct book book = open_book("nudge.after: soon\n");

	(void)state;
	assert_string_equal(iv_rules_setting(book.rules, "nudge.after"), "5bd");
	close_book(&book);
}

static void test_hash_follows_settings(void **state)
{
	struct book plain = open_book(""), same = open_book(""),
		    other = open_book("nudge.after: 3d\n");

	(void)state;
	assert_true(plain.rules->hash == same.rules->hash);
	assert_true(plain.rules->hash != other.rules->hash);
	close_book(&plain);
	close_book(&same);
	close_book(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_lapse_by_kind),
		cmocka_unit_test(test_bad_headers),
		cmocka_unit_test(test_patterns_of_a_header),
		cmocka_unit_test(test_every_rule_is_whole),
		cmocka_unit_test(test_every_pattern_compiles),
		cmocka_unit_test(test_the_practice_s_table),
		cmocka_unit_test(test_settings),
		cmocka_unit_test(test_severities),
		cmocka_unit_test(test_problems),
		cmocka_unit_test(test_bad_value_keeps_default),
		cmocka_unit_test(test_hash_follows_settings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
