/* .ivnotes/config.yaml */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <ivnotes/vault.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "vault/settings.h"

static struct iv_config *parse(const char *text)
{
	return iv_config_parse(iv_str_of(text));
}

/* One problem at this place with these words. */
static void assert_problem(const char *text, unsigned line, unsigned column, const char *words)
{
	struct iv_config *config = parse(text);
	const struct iv_config_problem *problems;

	assert_int_equal(iv_config_problems(config, &problems), 1);
	assert_string_equal(problems[0].message, words);
	assert_int_equal(problems[0].pos.line, line);
	assert_int_equal(problems[0].pos.column, column);
	iv_config_free(config);
}

static void assert_sound(const char *text)
{
	struct iv_config *config = parse(text);
	const struct iv_config_problem *problems;

	if (iv_config_problems(config, &problems))
		fail_msg("%s: %s", text, problems[0].message);
	iv_config_free(config);
}

static void nested_keys_read_as_dotted(void **state)
{
	struct iv_config *config = parse("nudge:\n  after: 5bd\nNudge.Messages: 3\n"
					 "keep_in_touch: {Cadence: no}\n");
	const char *const *keys;

	(void)state;
	assert_string_equal(iv_config_get(config, "nudge.after"), "5bd");
	assert_string_equal(iv_config_get(config, "nudge.messages"), "3");
	assert_string_equal(iv_config_get(config, "keep-in-touch.cadence"), "no");
	assert_null(iv_config_get(config, "nudge"));
	assert_int_equal(iv_config_pos(config, "nudge.after").line, 2);
	assert_int_equal(iv_config_pos(config, "nudge.after").column, 3);
	assert_int_equal(iv_config_pos(config, "nudge.gone").line, 0);
	assert_int_equal(iv_config_keys(config, &keys), 3);
	assert_string_equal(keys[1], "nudge.messages");
	iv_config_free(config);
}

static void lists_and_single_values(void **state)
{
	struct iv_config *config = parse("holidays:\n- 2026-12-25\n- 2027-01-01\nignore: a/\n"
					 "opening:\nfields: []\n");
	const char *const *texts;

	(void)state;
	assert_int_equal(iv_config_list(config, "holidays", &texts), 2);
	assert_string_equal(texts[1], "2027-01-01");
	assert_string_equal(iv_config_get(config, "holidays"), "2026-12-25,2027-01-01");
	assert_int_equal(iv_config_list(config, "ignore", &texts), 1);
	assert_string_equal(texts[0], "a/");
	assert_null(iv_config_get(config, "opening")); /* blank is absent */
	assert_int_equal(iv_config_list(config, "stance", &texts), 0);
	assert_null(texts);
	iv_config_free(config);
}

static void syntax_is_pairs(void **state)
{
	struct iv_config *config = parse("sections:\n  follow-ups: [Next steps, To do]\n"
					 "fields: {Firma: company}\n"
					 "types: {lead: Contact}\n"
					 "folders: {People/2026/: contact}\n");
	const struct iv_syntax *syntax = iv_config_syntax(config);

	(void)state;
	assert_string_equal(syntax->sections[0][0], "follow-ups");
	assert_string_equal(syntax->sections[0][1], "Next steps");
	assert_string_equal(syntax->sections[1][0], "follow-ups");
	assert_string_equal(syntax->sections[1][1], "To do");
	assert_null(syntax->sections[2][0]);
	assert_string_equal(syntax->field_aliases[0][0], "firma");
	assert_string_equal(syntax->field_aliases[0][1], "organization"); /* its canonical name */
	assert_string_equal(syntax->type_aliases[0][0], "lead");
	assert_string_equal(syntax->type_aliases[0][1], "contact");
	assert_string_equal(syntax->folder_types[0][0], "People/2026"); /* as written */
	assert_string_equal(syntax->folder_types[0][1], "contact");
	assert_null(syntax->folder_types[1][0]);
	iv_config_free(config);
}

static void nothing_set_is_nothing_wrong(void **state)
{
	struct iv_config *config = parse("# only words\n");
	const struct iv_syntax *syntax = iv_config_syntax(config);

	(void)state;
	assert_null(syntax->sections);
	assert_null(syntax->field_aliases);
	assert_null(syntax->type_aliases);
	assert_null(syntax->folder_types);
	assert_false(iv_vault_holds(config, IV_LIT("node_modules/a.md")));
	iv_config_free(config);
	assert_sound("");
	assert_sound("thank-you:\n  after: 2d\nseverity: {nudge: OFF}\nlapse: off\n");
}

static void an_empty_ignore_ignores_nothing(void **state)
{
	struct iv_config *config = parse("ignore: []\n");

	(void)state;
	assert_true(iv_vault_holds(config, IV_LIT("node_modules/a.md")));
	iv_config_free(config);
}

static void problems_are_told_where_they_are(void **state)
{
	(void)state;
	assert_problem("stance: bold\n", 1, 9, "'stance' is 'bold', expected learn or candid");
	assert_problem("severity:\n  nudge: loud\n", 2, 10,
		       "'severity.nudge' is 'loud', expected info, warning, error or off");
	assert_problem("lapse: soon\n", 1, 8,
		       "'lapse' is 'soon', expected a span like 60d, 8w or 3m, or off");
	assert_problem("holidays: [2026-02-30]\n", 1, 12,
		       "'holidays' is '2026-02-30', expected a day like 2026-12-25, or a file of "
		       "days like holidays.txt");
	assert_problem("lapse: -3d\n", 1, 8,
		       "'lapse' is '-3d', expected a span like 60d, 8w or 3m, or off");
	assert_problem("stance: [learn]\n", 1, 9, "'stance' takes one value, not a list");
	assert_problem("stance: {learn: yes}\n", 1, 10, "'stance' has no settings below it");
	assert_problem("ignore: [a, {b: c}]\n", 1, 13, "'ignore' takes a list of texts");
	assert_problem("folders: {people: {type: contact}}\n", 1, 19,
		       "'folders.people' takes one value, not a mapping");
	assert_problem("severity: off\n", 1, 1,
		       "'severity' takes keys of its own, as in 'severity: {connect: off}'");
	assert_problem("lapse: 1d\nlapse: 2d\n", 2, 1, "'lapse' is set twice, first in line 1");
	assert_problem("- a\n", 1, 1, "expected settings as 'key: value'");
	assert_problem("folders: contact\n", 1, 1,
		       "'folders' takes keys of its own, as in 'folders: {people: contact}'");
	assert_problem("folders: {'': contact}\n", 1, 11,
		       "'folders' takes keys of its own, as in 'folders: {people: contact}'");
	assert_problem("sections: {foo: Bar}\n", 1, 12,
		       "unknown section 'foo', expected request, research, opening, questions, "
		       "notes or follow-ups");
	assert_problem("fields: {firma: orgnization}\n", 1, 17,
		       "'fields.firma' is 'orgnization', expected a field, did you mean "
		       "'organization'?");
	assert_problem("fields: {organization: Firma}\n", 1, 24,
		       "'fields.organization' is 'Firma', expected a field, as in 'fields: {firma: "
		       "organization}'");
}

static void what_is_unusable_leaves_the_default(void **state)
{
	struct iv_config *config = parse("stance: bold\nlapse: 2d\nlapse: 3d\n");

	(void)state;
	assert_null(iv_config_get(config, "stance"));
	assert_string_equal(iv_config_get(config, "lapse"), "2d");
	iv_config_free(config);
}

static void a_severity_has_three_spellings(void **state)
{
	struct iv_config *config = parse("nudge: OFF\nconnect: {after: 3d, severity: info}\n"
					 "severity: {schedule: error}\n"
					 "feeler.severity: warning\nopening: off\nnudge2: 3d\n");
	const char *const *keys;

	(void)state;
	assert_string_equal(iv_config_get(config, "severity.nudge"), "off");
	assert_string_equal(iv_config_spelling(config, "severity.nudge"), "nudge");
	assert_string_equal(iv_config_get(config, "severity.connect"), "info");
	assert_string_equal(iv_config_spelling(config, "severity.connect"), "connect.severity");
	assert_string_equal(iv_config_get(config, "severity.schedule"), "error");
	assert_string_equal(iv_config_get(config, "severity.feeler"), "warning");
	assert_string_equal(iv_config_get(config, "opening"), "off"); /* a text as any other */
	assert_string_equal(iv_config_get(config, "nudge2"), "3d");
	assert_int_equal(iv_config_keys(config, &keys), 7);
	assert_null(iv_config_spelling(config, "nudge"));
	assert_int_equal(iv_config_item_pos(config, "severity.connect", 0).column, 32);
	iv_config_free(config);
	assert_problem("severity: {nudge: off}\nnudge: info\n", 2, 1,
		       "'nudge' is set twice, first in line 1");
}

/* The only file there is. */
static int read_days(void *data, char **bytes, size_t *len, const char *path,
		     struct iv_error *error)
{
	const char *text = data;

	if (strcmp(path, ".ivnotes/free/days.txt") != 0)
		return iv_error_set(error, IV_ENOTFOUND, "there is no file '%s'", path);
	*len = strlen(text);
	*bytes = iv_strndup(text, *len);
	return 0;
}

static void holidays_may_be_in_a_file(void **state)
{
	char days[] = "\xef\xbb\xbf# ours\r\n2026-12-24\r\n\r\n  2026-12-31 New Year's Eve\r\n"
		      "2027-01-01#x\n31.12.2027\n2027-05-01 2027-05-02";
	struct iv_config *config = iv_config_parse_with(
		iv_str_of("holidays: [2026-12-25, free/days.txt]"), read_days, days);
	const struct iv_config_problem *problems;
	const char *const *source;

	(void)state;
	assert_string_equal(iv_config_get(config, "holidays"),
			    "2026-12-25,2026-12-24,2026-12-31,2027-01-01");
	assert_int_equal(iv_config_source(config, "holidays", &source), 2);
	assert_string_equal(source[0], "2026-12-25");
	assert_string_equal(source[1], "free/days.txt");
	assert_int_equal(iv_config_problems(config, &problems), 2);
	assert_string_equal(problems[0].path, ".ivnotes/free/days.txt");
	assert_int_equal(problems[0].pos.line, 6);
	assert_string_equal(problems[0].message,
			    "'31.12.2027' is no day, expected one a line, like 2026-12-25");
	assert_int_equal(problems[1].pos.line, 7);
	iv_config_free(config);
}

static uint64_t hash_with(const char *days)
{
	struct iv_config *config =
		iv_config_parse_with(iv_str_of("holidays: free/days.txt"), read_days, (void *)days);
	uint64_t whole = iv_config_whole(config);

	iv_config_free(config);
	return whole;
}

static void a_file_of_days_counts_as_a_change(void **state)
{
	(void)state;
	assert_true(hash_with("2026-12-24\n") == hash_with("2026-12-24 # Christmas Eve\n"));
	assert_true(hash_with("2026-12-24\n") != hash_with("2026-12-23\n"));
}

static void files_that_are_no_file_of_days(void **state)
{
	(void)state;
	assert_problem("holidays: gone.txt\n", 1, 11,
		       "there is no file '.ivnotes/gone.txt', expected a file of days");
	assert_problem("holidays: ../../etc/passwd\n", 1, 11,
		       "'../../etc/passwd' lies outside of the vault, expected a file of days");
	assert_problem("holidays: /etc/passwd\n", 1, 11,
		       "there is no file 'etc/passwd', expected a file of days");
	assert_problem("holidays: 25.12.2026\n", 1, 11,
		       "'holidays' is '25.12.2026', expected a day like 2026-12-25, or a file of "
		       "days like holidays.txt");
}

static void words_of_ones_own_stay_as_written(void **state)
{
	struct iv_config *config =
		parse("Types: {Job Contact: contact, \"[[\xc3\x96l]]\": meeting}\n"
		      "folders.My People/: contact\ntypes.Lead_A: contact\n"
		      "fields.Meine Firma: organization\n");
	const struct iv_syntax *syntax = iv_config_syntax(config);

	(void)state;
	assert_string_equal(syntax->type_aliases[0][0], "Job Contact");
	assert_string_equal(syntax->type_aliases[1][0], "[[\xc3\x96l]]");
	assert_string_equal(syntax->type_aliases[2][0], "Lead_A");
	assert_string_equal(syntax->folder_types[0][0], "My People");
	assert_string_equal(syntax->field_aliases[0][0], "meine-firma");
	iv_config_free(config);
}

static void what_is_sound_of_broken_yaml_counts(void **state)
{
	struct iv_config *config = parse("stance: candid\nlapse: [1d\nholidays:\n- 2026-12-25\n"
					 "opening: \"a\nsections: {notes: x}\nsearch-ended: "
					 "2027-03-01\n");
	const struct iv_config_problem *problems;

	(void)state;
	assert_string_equal(iv_config_get(config, "stance"), "candid");
	assert_string_equal(iv_config_get(config, "holidays"), "2026-12-25");
	assert_string_equal(iv_config_get(config, "sections.notes"), "x");
	assert_string_equal(iv_config_get(config, "search-ended"), "2027-03-01");
	assert_int_equal(iv_config_pos(config, "search-ended").line, 7);
	assert_null(iv_config_get(config, "lapse"));
	assert_int_equal(iv_config_problems(config, &problems), 2);
	assert_int_equal(problems[0].pos.line, 3);
	assert_int_equal(problems[1].pos.line, 5);
	iv_config_free(config);
}

static void a_huge_config_is_one_problem(void **state)
{
	struct iv_buf text = IV_BUF_INIT;
	struct iv_config *config;
	const struct iv_config_problem *problems;
	const char *const *keys;

	(void)state;
	for (int i = 0; i < 5000; i++)
		iv_buf_printf(&text, "a%d: 1\n", i);
	config = parse(text.ptr);
	assert_int_equal(iv_config_keys(config, &keys), 4096);
	assert_int_equal(iv_config_problems(config, &problems), 1);
	assert_string_equal(problems[0].message, "expected at most 4096 settings");
	assert_int_equal(problems[0].pos.line, 4097);
	iv_config_free(config);
	iv_buf_release(&text);
}

static void broken_yaml_is_one_problem(void **state)
{
	struct iv_config *config = parse("lapse: [1d\n");
	const struct iv_config_problem *problems;

	(void)state;
	assert_int_equal(iv_config_problems(config, &problems), 1);
	assert_true(problems[0].pos.line >= 1);
	iv_config_free(config);
}

static uint64_t hash(const char *text, bool reading)
{
	struct iv_config *config = parse(text);
	uint64_t value = reading ? iv_config_reading(config) : iv_config_whole(config);

	iv_config_free(config);
	return value;
}

static void hashes_follow_the_settings(void **state)
{
	(void)state;
	assert_true(hash("lapse: 1d", false) != hash("lapse: 2d", false));
	assert_true(hash("lapse: 1d", true) == hash("lapse: 2d", true));
	assert_true(hash("ignore: [a]", true) != hash("ignore: [b]", true));
	assert_true(hash("ignore: [a, b]", true) != hash("ignore: ['a,b']", true));
	assert_true(hash("fields: {a: name}", true) != hash("", true));
	assert_true(hash("# x\nlapse: 1d", false) == hash("lapse:   '1d'", false));
}

static void every_default_is_sound(void **state)
{
	char text[400];

	(void)state;
	for (size_t i = 0; i < iv_setting_count; i++) {
		const struct iv_setting_def *def = &iv_settings[i];

		snprintf(text, sizeof(text), "%s: %s\n", def->key,
			 def->example ? def->example : def->value);
		assert_sound(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nested_keys_read_as_dotted),
		cmocka_unit_test(lists_and_single_values),
		cmocka_unit_test(syntax_is_pairs),
		cmocka_unit_test(nothing_set_is_nothing_wrong),
		cmocka_unit_test(an_empty_ignore_ignores_nothing),
		cmocka_unit_test(problems_are_told_where_they_are),
		cmocka_unit_test(a_severity_has_three_spellings),
		cmocka_unit_test(holidays_may_be_in_a_file),
		cmocka_unit_test(a_file_of_days_counts_as_a_change),
		cmocka_unit_test(files_that_are_no_file_of_days),
		cmocka_unit_test(words_of_ones_own_stay_as_written),
		cmocka_unit_test(what_is_sound_of_broken_yaml_counts),
		cmocka_unit_test(a_huge_config_is_one_problem),
		cmocka_unit_test(what_is_unusable_leaves_the_default),
		cmocka_unit_test(broken_yaml_is_one_problem),
		cmocka_unit_test(hashes_follow_the_settings),
		cmocka_unit_test(every_default_is_sound),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
