/* view/template.h */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/mem.h"
#include "view/template.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The values of every test: Jane sends greetings to two people, and to no company. */
static void fill(struct iv_buf *out, const char *template, struct iv_error *error)
{
	const struct iv_value leads[] = {
		iv_template_text(NULL, IV_LIT("the guild")),
		iv_template_text(NULL, IV_LIT("the evening course")),
	};
	const struct iv_value tom[] = {
		iv_template_text("first", IV_LIT("Tom")),
		iv_template_text("role", IV_LIT("brewer")),
	};
	const struct iv_value ana[] = {
		iv_template_text("first", IV_LIT("Ana")),
		iv_template_text("role", IV_LIT("")),
	};
	const struct iv_value met[] = {
		iv_template_map(NULL, tom, COUNT(tom)),
		iv_template_map(NULL, ana, COUNT(ana)),
	};
	const struct iv_value fields[] = {
		iv_template_text("first", IV_LIT("Jane")),
		iv_template_text("odd", IV_LIT("{{first}} & <b>")),
		iv_template_text("city", IV_LIT("")),
		iv_template_list("leads", leads, COUNT(leads)),
		iv_template_list("met", met, COUNT(met)),
		iv_template_list("companies", tom, 0),
		iv_template_list("employers", met, 0),
		iv_template_map("referrer", ana, COUNT(ana)),
		iv_template_map("nobody", NULL, 0),
	};
	const struct iv_value all = iv_template_map(NULL, fields, COUNT(fields));
	int rc = iv_template_fill(out, iv_str_of(template), &all, error);

	assert_int_equal(rc, error->code);
}

/* What a template gives, or `line:column: message`. */
static void gives(const char *template, const char *expected)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_buf out = IV_BUF_INIT;
	char *result;

	iv_buf_puts(&out, "|");
	fill(&out, template, &error);
	if (error.code) {
		assert_string_equal(out.ptr, "|");
		iv_buf_clear(&out);
		iv_buf_printf(&out, "|%u:%u: %s", (unsigned)error.pos.line,
			      (unsigned)error.pos.column, error.message);
	}
	result = iv_buf_detach(&out);
	assert_string_equal(result + 1, expected);
	free(result);
	iv_error_release(&error);
}

static void texts_stand_as_they_are(void **state)
{
	(void)state;
	gives("", "");
	gives("Dear friend,\n", "Dear friend,\n");
	gives("{ } }} {x} {", "{ } }} {x} {");
	gives("\xef\xbb\xbf"
	      "Hello\r\n",
	      "Hello\r\n");
}

static void fields_are_texts(void **state)
{
	(void)state;
	gives("Dear {{first}},", "Dear Jane,");
	gives("{{ first }}{{first}}", "JaneJane");
	gives("({{city}})", "()");
	gives("{{odd}}", "{{first}} & <b>"); /* neither escaped nor filled again */
}

static void sections_hold_once_or_for_each(void **state)
{
	(void)state;
	gives("{{#first}}yes {{.}}{{/first}}", "yes Jane");
	gives("{{#city}}in {{.}}{{/city}}!", "!");
	gives("{{^city}}nowhere{{/city}}", "nowhere");
	gives("{{^first}}nobody{{/first}}", "");
	gives("{{#leads}}[{{.}}]{{/leads}}", "[the guild][the evening course]");
	gives("{{#met}}{{first}} {{/met}}", "Tom Ana ");
	gives("{{#met}}{{#role}}a {{.}}{{/role}}{{^role}}, no job{{/role}}{{/met}}",
	      "a brewer, no job");
	gives("{{#companies}}x{{/companies}}{{^companies}}none{{/companies}}", "none");
	gives("{{#referrer}}{{first}}{{/referrer}} {{first}}", "Ana Jane");
	gives("{{#nobody}}x{{/nobody}}{{^nobody}}nobody{{/nobody}}", "nobody");
	gives("{{#leads}}{{first}}: {{.}}; {{/leads}}",
	      "Jane: the guild; Jane: the evening course; ");
	gives("{{#leads}}{{#.}}<{{.}}>{{/.}}{{/leads}}", "<the guild><the evening course>");
}

static void lines_of_tags_alone_vanish(void **state)
{
	(void)state;
	gives("a\n{{#first}}\nb\n{{/first}}\nc\n", "a\nb\nc\n");
	gives("a\n  {{^city}} \t\nb\n\t{{/city}}\nc", "a\nb\nc");
	gives("a\r\n{{#first}}\r\nb\r\n{{/first}}\r\n", "a\r\nb\r\n");
	gives("{{#leads}}\n- {{.}}\n{{/leads}}\n", "- the guild\n- the evening course\n");
	gives("a\n{{! nobody sees this }}\nb", "a\nb");
	gives("a\n  {{! of two\nlines }}  \nb", "a\nb");
	gives("a {{! not alone }} b\n", "a  b\n");
	gives("{{#first}} {{/first}}\n", " \n"); /* two on a line */
	gives("  {{first}}\n", "  Jane\n");      /* a field is never gone */
	gives("{{#first}}\n{{/first}}", "");
	gives("{{! first }}", "");
}

static void what_is_wrong_has_a_place(void **state)
{
	(void)state;
	gives("Dear {{first", "1:6: '{{' is not closed, expected '}}' after it");
	gives("a\nb {{frist}}", "2:3: unknown field 'frist', did you mean 'first'?");
	gives("{{#met}}{{rol}}{{/met}}", "1:9: unknown field 'rol', did you mean 'role'?");
	gives("{{zebra}}", "1:1: unknown field 'zebra', expected one of those in "
			   "ivnotes-templates(7)");
	gives("{{#first}}\nx", "1:1: '{{#first}}' is not closed, expected '{{/first}}'");
	gives("{{^first}}", "1:1: '{{^first}}' is not closed, expected '{{/first}}'");
	gives("x {{/first}}", "1:3: '{{/first}}' ends no section, expected '{{#first}}' before it");
	gives("{{#first}}\n{{#met}}\n  {{/first}}{{/met}}",
	      "3:3: '{{/first}}' does not end the section of line 2, expected '{{/met}}'");
	gives("{{}}", "1:1: '' is no name of a field, expected letters, digits and '-'");
	gives("{{a b}}", "1:1: 'a b' is no name of a field, expected letters, digits and '-'");
	gives("{{#}}x{{/}}", "1:1: '' is no name of a field, expected letters, digits and '-'");
	gives("{{{first}}}", "1:1: '{{{' is no tag here, expected {{field}}, {{#field}}, "
			     "{{^field}}, {{/field}} or {{! comment }}");
	gives("{{> part}}", "1:1: '{{>' is no tag here, expected {{field}}, {{#field}}, "
			    "{{^field}}, {{/field}} or {{! comment }}");
	gives("{{leads}}", "1:1: 'leads' is a list, expected a section: {{#leads}}...{{/leads}}");
	gives("{{referrer}}", "1:1: 'referrer' is no text, it has fields of its own, expected a "
			      "section: {{#referrer}}...{{/referrer}}");
	gives("{{.}}", "1:1: '{{.}}' has no text here, expected it in the section of a text or "
		       "of a list of texts");
	gives("a\n\xff", "2:1: the template is no text, expected UTF-8 without NUL");
}

/* Whatever the notes say: a slip shows before the day on which it would matter. */
static void parts_that_are_not_filled_are_checked(void **state)
{
	(void)state;
	gives("{{#city}}{{frist}}{{/city}}", "1:10: unknown field 'frist', did you mean 'first'?");
	gives("{{^first}}{{frist}}{{/first}}",
	      "1:11: unknown field 'frist', did you mean 'first'?");
	gives("{{#employers}}{{rolle}}{{/employers}}",
	      "1:15: unknown field 'rolle', did you mean 'role'?");
	gives("{{#employers}}{{role}}{{/employers}}", "");
}

/* `depth` sections in each other around `inside`. */
static char *nested(const char *name, int depth, const char *inside)
{
	struct iv_buf buf = IV_BUF_INIT;

	for (int i = 0; i < depth; i++)
		iv_buf_printf(&buf, "{{#%s}}", name);
	iv_buf_puts(&buf, inside);
	for (int i = 0; i < depth; i++)
		iv_buf_printf(&buf, "{{/%s}}", name);
	return iv_buf_detach(&buf);
}

static void limits_hold(void **state)
{
	char *deep = nested("first", IV_TEMPLATE_DEPTH_MAX, "x");
	char *deeper = nested("first", IV_TEMPLATE_DEPTH_MAX + 1, "x");
	char *text = nested("met", 12,
			    "0123456789012345678901234567890123456789012345678901234567"
			    "890123456789012345678901234567890123456789012345678901234567"
			    "890123456789012345678901234567890123456789012345678901234567"
			    "890123456789012345678901234567890123456789012345678901234567"
			    "8901234567890123456789012345678901234567890123456789");
	char *large = iv_calloc(IV_TEMPLATE_SIZE_MAX + 2, 1);

	(void)state;
	memset(large, 'x', IV_TEMPLATE_SIZE_MAX + 1);
	gives(deep, "x");
	gives(deeper, "1:161: '{{#first}}' lies in 16 other sections, expected fewer");
	gives(large, "0:0: the template is too large, expected at most 65536 bytes");
	gives(text, "1:97: the text grows too long here, expected at most 1048576 bytes");
	free(large);
	free(text);
	free(deeper);
	free(deep);
}

/* Long lists in each other that give nothing at all. */
static void what_never_ends_is_stopped(void **state)
{
	struct iv_value items[200] = {{0}};
	struct iv_value list = iv_template_list("list", items, COUNT(items));
	struct iv_value all = iv_template_map(NULL, &list, 1);
	struct iv_error error = IV_ERROR_INIT;
	struct iv_buf out = IV_BUF_INIT;
	char *empty = nested("list", 6, "");

	(void)state;
	assert_int_equal(iv_template_fill(&out, iv_str_of(empty), &all, &error), IV_ELIMIT);
	assert_int_equal(error.pos.line, 1);
	assert_int_equal(out.len, 0);
	assert_int_equal(iv_template_fill(&out, iv_str_of(empty), &all, NULL), IV_ELIMIT);
	free(empty);
	iv_buf_release(&out);
	iv_error_release(&error);
}

/* Lists of the caller's that are not alike: nothing is filled in, nothing breaks. */
static void an_item_unlike_the_first_is_empty(void **state)
{
	const struct iv_value first[] = {iv_template_text("name", IV_LIT("Tom"))};
	const struct iv_value items[] = {iv_template_map(NULL, first, 1),
					 iv_template_text(NULL, IV_LIT("Ana"))};
	const struct iv_value list = iv_template_list("met", items, COUNT(items));
	const struct iv_value all = iv_template_map(NULL, &list, 1);
	struct iv_buf out = IV_BUF_INIT;

	(void)state;
	assert_int_equal(iv_template_fill(&out, IV_LIT("{{#met}}<{{name}}>{{/met}}"), &all, NULL),
			 0);
	assert_string_equal(out.ptr, "<Tom><>");
	iv_buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_stand_as_they_are),
		cmocka_unit_test(fields_are_texts),
		cmocka_unit_test(sections_hold_once_or_for_each),
		cmocka_unit_test(lines_of_tags_alone_vanish),
		cmocka_unit_test(what_is_wrong_has_a_place),
		cmocka_unit_test(parts_that_are_not_filled_are_checked),
		cmocka_unit_test(limits_hold),
		cmocka_unit_test(what_never_ends_is_stopped),
		cmocka_unit_test(an_item_unlike_the_first_is_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
