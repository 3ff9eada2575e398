/* .ivnotes/config.yaml */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <ivnotes/vault.h>

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
	assert_problem("\nstanse: learn\n", 2, 1,
		       "unknown setting 'stanse', did you mean 'stance'?");
	assert_problem("stance: bold\n", 1, 9, "'stance' is 'bold', expected learn or candid");
	assert_problem("severity:\n  nudge: loud\n", 2, 10,
		       "'severity.nudge' is 'loud', expected info, warning, error or off");
	assert_problem("lapse: soon\n", 1, 8,
		       "'lapse' is 'soon', expected a span like 60d, 8w or 3m, or off");
	assert_problem("holidays: [2026-02-30]\n", 1, 12,
		       "'holidays' is '2026-02-30', expected a day like 2026-12-25");
	assert_problem("lapse: 1d\nlapse: 2d\n", 2, 1, "'lapse' is set twice, first in line 1");
	assert_problem("- a\n", 1, 1, "expected settings as 'key: value'");
	assert_problem("folders: contact\n", 1, 1,
		       "'folders' takes keys of its own, as in 'folders: {people: contact}'");
	assert_problem("sections: {foo: Bar}\n", 1, 12,
		       "unknown section 'foo', expected request, research, opening, questions, "
		       "notes or follow-ups");
	assert_problem("fields: {firma: orgnization}\n", 1, 17,
		       "'fields.firma' is 'orgnization', expected a field");
}

static void what_is_unusable_leaves_the_default(void **state)
{
	struct iv_config *config = parse("stance: bold\nlapse: 2d\nlapse: 3d\n");

	(void)state;
	assert_null(iv_config_get(config, "stance"));
	assert_string_equal(iv_config_get(config, "lapse"), "2d");
	iv_config_free(config);
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
		cmocka_unit_test(what_is_unusable_leaves_the_default),
		cmocka_unit_test(broken_yaml_is_one_problem),
		cmocka_unit_test(hashes_follow_the_settings),
		cmocka_unit_test(every_default_is_sound),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
