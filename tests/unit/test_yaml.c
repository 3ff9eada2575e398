/* YAML: texts as typed, places as editors count them, and bounds that hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "yaml/yaml.h"

/* What one parse gave, with the memory it needs. */
struct parsed {
	struct iv_arena *arena;
	const struct iv_yaml_node *root;
	struct iv_error error;
	int rc;
};

/* The bytes start on line 2, as behind a line of `---`. */
static struct parsed parse_bytes(struct iv_str bytes)
{
	struct parsed p = {iv_arena_new(), NULL, IV_ERROR_INIT, 0};

	p.rc = iv_yaml_parse(&p.root, p.arena, bytes, 2, &p.error);
	return p;
}

static struct parsed parse(const char *text)
{
	struct parsed p = parse_bytes(iv_str_of(text));

	if (p.rc)
		fail_msg("%u:%u: %s", p.error.pos.line, p.error.pos.column, p.error.message);
	return p;
}

static void release(struct parsed *p)
{
	iv_error_release(&p->error);
	iv_arena_free(p->arena);
}

/* The value of a key of the root, which must be there once. */
static const struct iv_yaml_node *value(const struct parsed *p, const char *key)
{
	const struct iv_yaml_node *found = NULL;
	size_t i;

	assert_int_equal(p->root->kind, IV_YAML_MAPPING);
	for (i = 0; i < p->root->count; i++) {
		if (!iv_str_is(p->root->pairs[i].key->text, key))
			continue;
		assert_null(found);
		found = p->root->pairs[i].value;
	}
	if (!found)
		fail_msg("no key '%s'", key);
	return found;
}

static void assert_text(const struct iv_yaml_node *node, const char *text)
{
	assert_int_equal(node->kind, IV_YAML_SCALAR);
	if (!iv_str_is(node->text, text))
		fail_msg("got '%.*s', expected '%s'", IV_STR_ARG(node->text), text);
}

static void assert_place(const struct iv_yaml_node *node, unsigned line, unsigned column)
{
	assert_int_equal(node->pos.line, line);
	assert_int_equal(node->pos.column, column);
}

static void assert_source(const struct iv_yaml_node *node, const char *bytes, const char *source)
{
	struct iv_str got = iv_str_slice(iv_str_of(bytes), node->start, node->end);

	if (!iv_str_is(got, source))
		fail_msg("got '%.*s', expected '%s'", IV_STR_ARG(got), source);
}

static void assert_fails(struct iv_str bytes, int code, unsigned line, unsigned column,
			 const char *words)
{
	struct parsed p = parse_bytes(bytes);

	if (p.rc != code || p.error.pos.line != line || p.error.pos.column != column ||
	    !strstr(p.error.message, words))
		fail_msg("'%.*s': got %d %u:%u '%s', expected %u:%u '%s'", (int)(bytes.len % 200),
			 bytes.ptr, p.rc, p.error.pos.line, p.error.pos.column,
			 p.rc ? p.error.message : "", line, column, words);
	assert_null(p.root);
	release(&p);
}

static void test_texts_as_typed(void **state)
{
	struct parsed p = parse("a: no\nb: 007\nc: 10:00\nd: 2026-11-18\ne: ~\nf:\n"
				"g: 'it''s'\nh: \"a\\tb\"\ni: ''\nj: !!int 3 \nk: x # y\n");

	(void)state;
	assert_text(value(&p, "a"), "no");
	assert_text(value(&p, "b"), "007");
	assert_text(value(&p, "c"), "10:00");
	assert_text(value(&p, "d"), "2026-11-18");
	assert_text(value(&p, "e"), "~");
	assert_text(value(&p, "f"), "");
	assert_text(value(&p, "g"), "it's");
	assert_text(value(&p, "h"), "a\tb");
	assert_text(value(&p, "i"), "");
	assert_text(value(&p, "j"), "3");
	assert_text(value(&p, "k"), "x");
	assert_true(value(&p, "a")->plain);
	assert_false(value(&p, "g")->plain);
	assert_false(value(&p, "i")->plain);
	release(&p);
}

static void test_collections(void **state)
{
	static const char text[] =
		"list:\n  - one\n  - [two, {three: 3}]\nmap:\n  x: 1\n\nend: [ ]\n";
	struct parsed p = parse(text);
	const struct iv_yaml_node *list = value(&p, "list"), *map = value(&p, "map");

	(void)state;
	assert_int_equal(p.root->count, 3);
	assert_int_equal(list->count, 2);
	assert_false(list->flow);
	assert_source(list, text, "- one\n  - [two, {three: 3}]");
	assert_text(list->items[0], "one");
	assert_true(list->items[1]->flow);
	assert_source(list->items[1], text, "[two, {three: 3}]");
	assert_true(list->items[1]->items[1]->flow);
	assert_text(list->items[1]->items[1]->pairs[0].value, "3");
	assert_place(list->items[1]->items[1]->pairs[0].value, 4, 19);
	assert_false(map->flow);
	assert_source(map, text, "x: 1");
	assert_int_equal(value(&p, "end")->count, 0);
	assert_source(value(&p, "end"), text, "[ ]");
	release(&p);
}

static void test_link(void **state)
{
	static const char text[] = "ref: [[jane|Jane G.]]\nnext: x\n";
	struct parsed p = parse(text);
	const struct iv_yaml_node *ref = value(&p, "ref");

	(void)state;
	assert_true(ref->flow && ref->count == 1);
	assert_true(ref->items[0]->flow && ref->items[0]->count == 1);
	assert_text(ref->items[0]->items[0], "jane|Jane G.");
	assert_source(ref, text, "[[jane|Jane G.]]");
	assert_place(ref, 2, 6);
	release(&p);
}

/* A pair without braces in a list: its end is that of the value. */
static void test_pair_in_list(void **state)
{
	static const char text[] = "x: [a: b  , c: {} ]\n";
	struct parsed p = parse(text);

	(void)state;
	assert_source(value(&p, "x")->items[0], text, "a: b");
	assert_source(value(&p, "x")->items[1], text, "c: {}");
	release(&p);
}

/* Columns are bytes; what libyaml takes for a line end and editors do not is none. */
static void test_places(void **state)
{
	static const char text[] = "name: Jos\xc3\xa9\r\n"
				   "\xc3\xa9t\xc3\xa9: {\xe2\x82\xac: \"\xf0\x9f\x93\x85\", b: c}\r"
				   "odd: \"a\xe2\x80\xa8 b\"\n"
				   "tab:\tx\n"
				   "\r\n"
				   "last: y";
	struct parsed p = parse(text);
	const struct iv_yaml_node *map = value(&p, "\xc3\xa9t\xc3\xa9");

	(void)state;
	assert_place(p.root, 2, 1);
	assert_source(p.root, text, text);
	assert_place(value(&p, "name"), 2, 7);
	assert_source(value(&p, "name"), text, "Jos\xc3\xa9");
	assert_place(map, 3, 8);
	assert_place(map->pairs[0].value, 3, 14);
	assert_source(map->pairs[0].value, text, "\"\xf0\x9f\x93\x85\"");
	assert_place(map->pairs[1].value, 3, 25);
	assert_place(value(&p, "odd"), 4, 6);
	assert_place(value(&p, "tab"), 5, 6);
	assert_place(value(&p, "last"), 7, 7);
	release(&p);
}

static void test_places_ascii(void **state)
{
	struct parsed p = parse("a: b\r\n\r\nc: [d,\r  e]\n# x\nf: g\n");

	(void)state;
	assert_place(value(&p, "a"), 2, 4);
	assert_place(value(&p, "c")->items[0], 4, 5);
	assert_place(value(&p, "c")->items[1], 5, 3);
	assert_place(value(&p, "f"), 7, 4);
	release(&p);
}

static void test_blank_value(void **state)
{
	static const char text[] = "a:   \nb: # nothing\nc:";
	struct parsed p = parse(text);

	(void)state;
	assert_text(value(&p, "a"), "");
	assert_place(value(&p, "a"), 2, 3);
	assert_int_equal(value(&p, "a")->start, value(&p, "a")->end);
	assert_text(value(&p, "b"), "");
	assert_text(value(&p, "c"), "");
	assert_place(value(&p, "c"), 4, 3);
	release(&p);
	p = parse("a: b\n? c"); /* nothing but the end of the text stands for the value */
	assert_place(value(&p, "c"), 3, 4);
	release(&p);
}

static void test_block_scalars(void **state)
{
	static const char text[] =
		"a: |\n  one\n    two\n\nb: >-\n  three\n  four\n\n\n# c\nc: plain\n  goes on\n";
	struct parsed p = parse(text);

	(void)state;
	assert_text(value(&p, "a"), "one\n  two\n");
	assert_source(value(&p, "a"), text, "|\n  one\n    two");
	assert_text(value(&p, "b"), "three four");
	assert_source(value(&p, "b"), text, ">-\n  three\n  four");
	assert_false(value(&p, "b")->plain);
	assert_text(value(&p, "c"), "plain goes on");
	assert_source(value(&p, "c"), text, "plain\n  goes on");
	release(&p);
}

static void test_empty(void **state)
{
	static const char *const texts[] = {"", "\n \n", "# only this\n", "---\n",
					    "--- # x\n...\n"};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct parsed p = parse(texts[i]);

		assert_null(p.root);
		release(&p);
	}
}

static void test_documents(void **state)
{
	struct parsed p = parse("---\na: b\n...\n# done\n");

	(void)state;
	assert_text(value(&p, "a"), "b");
	assert_place(value(&p, "a"), 3, 4);
	release(&p);
	assert_fails(IV_LIT("a: b\n---\nc: d\n"), IV_EINPUT, 3, 1, "expected one document");
	assert_fails(IV_LIT("a: b\n...\nc: d\n"), IV_EINPUT, 4, 1, "expected");
}

/* The note stage reports it; here both are there. */
static void test_duplicate_keys(void **state)
{
	struct parsed p = parse("a: 1\nb: 2\na: 3\n");

	(void)state;
	assert_int_equal(p.root->count, 3);
	assert_text(p.root->pairs[0].value, "1");
	assert_text(p.root->pairs[2].value, "3");
	release(&p);
}

static void test_aliases(void **state)
{
	struct parsed p = parse("a: &x [1, 2]\nb: *x\nc: &x text\nd: [*x, *x]\n*x : key\n");

	(void)state;
	assert_ptr_equal(value(&p, "a"), value(&p, "b"));
	assert_text(value(&p, "a")->items[1], "2");
	assert_text(value(&p, "d")->items[0], "text");
	assert_ptr_equal(value(&p, "d")->items[0], value(&p, "d")->items[1]);
	assert_text(value(&p, "text"), "key");
	release(&p);
	assert_fails(IV_LIT("a: b\nc: *x\n"), IV_EINPUT, 3, 4, "expected '&x' above");
	assert_fails(IV_LIT("a: &x [b, *x]\n"), IV_EINPUT, 2, 11, "'*x' outside");
	assert_fails(IV_LIT("a: &x [b]\nc: &x [*x]\n"), IV_EINPUT, 3, 8, "'*x' outside");
	assert_fails(IV_LIT("a: &x [b]\n*x : c\n"), IV_EINPUT, 3, 1, "expected a text as key");
}

/* Ten to the tenth values out of three hundred bytes. */
static void test_alias_bomb(void **state)
{
	struct iv_buf buf = IV_BUF_INIT;
	int level, i;

	(void)state;
	iv_buf_puts(&buf, "a: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
	for (level = 1; level < 10; level++) {
		iv_buf_printf(&buf, "b%d: &a%d [", level, level);
		for (i = 0; i < 10; i++)
			iv_buf_printf(&buf, "*a%d,", level - 1);
		iv_buf_puts(&buf, "]\n");
	}
	/* 12351 up to the bracket of b4, 11111 for each *a3: the eighth is too much. */
	assert_fails(iv_buf_view(&buf), IV_ELIMIT, 6, 38, "at most 100000 values");
	iv_buf_release(&buf);
}

/* Each level is one alias: shallow as text, deep as a tree. */
static void test_alias_depth(void **state)
{
	struct iv_buf buf = IV_BUF_INIT;
	struct parsed p;
	int i;

	(void)state;
	iv_buf_puts(&buf, "a0: &a0 x\n");
	for (i = 1; i < 64; i++)
		iv_buf_printf(&buf, "a%d: &a%d [*a%d]\n", i, i, i - 1);
	p = parse(buf.ptr);
	release(&p);
	iv_buf_puts(&buf, "a64: [*a63]\n");
	assert_fails(iv_buf_view(&buf), IV_ELIMIT, 66, 7, "at most 64 levels");
	iv_buf_release(&buf);
}

static void test_many_anchors(void **state)
{
	struct iv_buf buf = IV_BUF_INIT;
	struct parsed p;
	int i;

	(void)state;
	for (i = 0; i < IV_YAML_ANCHORS_MAX; i++)
		iv_buf_printf(&buf, "- &a%d x\n", i);
	p = parse(buf.ptr);
	assert_int_equal(p.root->count, IV_YAML_ANCHORS_MAX);
	release(&p);
	iv_buf_puts(&buf, "- &last x\n");
	assert_fails(iv_buf_view(&buf), IV_ELIMIT, 1002, 3, "at most 1000 anchors");
	iv_buf_release(&buf);
}

static void test_nodes_limit(void **state)
{
	struct iv_buf buf = IV_BUF_INIT;
	struct parsed p;
	int i;

	(void)state;
	for (i = 0; i < IV_YAML_NODES_MAX - 1; i++)
		iv_buf_puts(&buf, "- x\n");
	p = parse(buf.ptr);
	assert_int_equal(p.root->count, IV_YAML_NODES_MAX - 1);
	release(&p);
	iv_buf_puts(&buf, "- x\n");
	assert_fails(iv_buf_view(&buf), IV_ELIMIT, IV_YAML_NODES_MAX + 1, 3, "at most 100000");
	iv_buf_release(&buf);
}

static struct iv_str repeat(struct iv_buf *buf, const char *text, int times)
{
	iv_buf_clear(buf);
	while (times--)
		iv_buf_puts(buf, text);
	return iv_buf_view(buf);
}

static void test_depth(void **state)
{
	struct iv_buf buf = IV_BUF_INIT;
	struct parsed p;
	int i;

	(void)state;
	assert_fails(repeat(&buf, "[", 10000), IV_ELIMIT, 2, 65, "at most 64 levels");
	assert_fails(repeat(&buf, "{a: ", 10000), IV_ELIMIT, 2, 257, "at most 64 levels");
	assert_fails(repeat(&buf, "- ", 10000), IV_ELIMIT, 2, 129, "at most 64 levels");
	iv_buf_clear(&buf);
	for (i = 0; i < 10000; i++)
		iv_buf_printf(&buf, "%*sa:\n", i, "");
	assert_fails(iv_buf_view(&buf), IV_ELIMIT, 66, 65, "at most 64 levels");
	repeat(&buf, "[", 64);
	for (i = 0; i < 64; i++)
		iv_buf_putc(&buf, ']');
	p = parse(buf.ptr);
	release(&p);
	iv_buf_release(&buf);
}

static void test_huge_scalars(void **state)
{
	const size_t size = (size_t)8 << 20;
	struct iv_buf buf = IV_BUF_INIT;
	struct parsed p;

	(void)state;
	iv_buf_puts(&buf, "a: ");
	iv_buf_reserve(&buf, size + 64);
	memset(buf.ptr + buf.len, 'x', size);
	buf.len += size;
	iv_buf_puts(&buf, "\nb: y\n");
	p = parse_bytes(iv_buf_view(&buf));
	assert_int_equal(p.rc, 0);
	assert_int_equal(value(&p, "a")->text.len, size);
	assert_ptr_equal(value(&p, "a")->text.ptr, buf.ptr + 3);
	assert_place(value(&p, "b"), 3, 4);
	release(&p);
	iv_buf_release(&buf);
}

static void test_errors(void **state)
{
	static const struct {
		const char *text;
		unsigned line, column;
		const char *words;
	} rows[] = {
		{"a:\n\tb: 1\n", 3, 1, "expected spaces, found a tab"},
		{"a:\n  \xc3\xa9: 1\n\tb: 2\n", 4, 1, "expected spaces, found a tab"},
		{"name: Jane: Green\n", 2, 11, "expected no second ': '"},
		{"\xc3\xa9: \xc3\xa9: x\n", 2, 7, "expected no second ': '"},
		{"x: 1\nname Jane\ny: 2\n", 3, 1, "expected ':' after a key"},
		{"a: b\nx: \"abc\ny: 2\n", 3, 4, "expected a closing quote"},
		{"x: 'abc\n---\n", 2, 4, "expected a closing quote"},
		{"x: @abc\n", 2, 4, "begins with '@'"},
		{"x: `abc`\n", 2, 4, "begins with '`'"},
		{"x: %abc\n", 2, 4, "begins with '%'"},
		{"x: [a, b\ny: c\n", 3, 2, "expected ',' or ']' in the list that begins on line 2"},
		{"x: *important* one\n", 2, 4, "begins with '*' or '&'"},
		{"x: - a\n", 2, 4, "expected '- ' on a line of its own"},
		{"x: !a!b c\n", 2, 4, "begins with '!'"},
		{"x: \"a\" b\n", 2, 8, "expected the end of the line"},
		{"x: [[a]], [[b]]\n", 2, 9, "expected the end of the line"},
		{"a:\n  - b\n - c\n", 4, 2, "expected a key, indented as the keys above"},
		{"x: | y\n  z\n", 2, 6, "expected the end of the line after '|'"},
		{"x: \"\\q\"\n", 2, 5, "expected a known escape"},
		{"[a]: b\n", 2, 1, "expected a text as key"},
		{"x: {{title}}\n", 2, 5, "expected a text as key"},
		{"? [a]\n: b\n", 2, 3, "expected a text as key"},
		{"x: \xc3\xa9\a\n", 2, 6, "found the control character U+0007"},
		{"a: b\r\nx: \xc3\xa9\xff\n", 3, 6, "expected UTF-8"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_fails(iv_str_of(rows[i].text), IV_EINPUT, rows[i].line, rows[i].column,
			     rows[i].words);
	assert_fails(IV_LIT("a: b\0c"), IV_EINPUT, 2, 5, "U+0000");
}

/* Every text comes back as it was, as a value, as a key and in a list. */
static void test_written(void **state)
{
	static const struct {
		const char *text, *yaml;
	} rows[] = {
		{"60d", "60d"},
		{"-1bd", "-1bd"},
		{"2026-12-25", "2026-12-25"},
		{"off", "off"},
		{"Next steps", "Next steps"},
		{"a:b #c", "'a:b #c'"},
		{"a#b", "a#b"},
		{"10:00", "10:00"},
		{"a: b", "'a: b'"},
		{"a:", "'a:'"},
		{"", "''"},
		{" a", "' a'"},
		{"-", "'-'"},
		{"- a", "'- a'"},
		{"---", "'---'"},
		{"--x", "'--x'"},
		{"it's", "it's"},
		{"'a'", "'''a'''"},
		{"a, b", "'a, b'"},
		{"[[People]]", "'[[People]]'"},
		{"*.draft.md", "'*.draft.md'"},
		{"archive/**", "archive/**"},
		{"%a", "'%a'"},
		{"@a", "'@a'"},
		{"<<", "'<<'"},
		{"~", "'~'"},
		{"say \"a\"", "say \"a\""},
		{"C:\\x", "C:\\x"},
		{"a\nb\\ \"c\"", "\"a\\nb\\\\ \\\"c\\\"\""},
		{"\x1b[2J", "\"\\x1b[2J\""},
		{"\xc2\x85", "\"\\u0085\""},
		{"\xe2\x80\xae", "\"\\u202e\""},
		{"caf\xc3\xa9 \xf0\x9f\x99\x82", "caf\xc3\xa9 \xf0\x9f\x99\x82"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct iv_buf yaml = IV_BUF_INIT, all = IV_BUF_INIT;
		const char *const list[] = {"x", rows[i].text, "y"};
		struct parsed p;

		iv_yaml_add(&yaml, iv_str_of(rows[i].text));
		assert_string_equal(yaml.ptr, rows[i].yaml);
		iv_buf_printf(&all, "%s: %s  # why\nlist: ", yaml.ptr, yaml.ptr);
		iv_yaml_add_list(&all, list, 3);
		p = parse(all.ptr);
		assert_true(iv_str_is(p.root->pairs[0].key->text, rows[i].text));
		assert_true(iv_str_is(p.root->pairs[0].value->text, rows[i].text));
		assert_int_equal(value(&p, "list")->count, 3);
		assert_true(iv_str_is(value(&p, "list")->items[1]->text, rows[i].text));
		release(&p);
		iv_buf_release(&all);
		iv_buf_release(&yaml);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts_as_typed), cmocka_unit_test(test_collections),
		cmocka_unit_test(test_link),           cmocka_unit_test(test_pair_in_list),
		cmocka_unit_test(test_places),         cmocka_unit_test(test_places_ascii),
		cmocka_unit_test(test_blank_value),    cmocka_unit_test(test_block_scalars),
		cmocka_unit_test(test_empty),          cmocka_unit_test(test_documents),
		cmocka_unit_test(test_duplicate_keys), cmocka_unit_test(test_aliases),
		cmocka_unit_test(test_alias_bomb),     cmocka_unit_test(test_alias_depth),
		cmocka_unit_test(test_many_anchors),   cmocka_unit_test(test_nodes_limit),
		cmocka_unit_test(test_depth),          cmocka_unit_test(test_huge_scalars),
		cmocka_unit_test(test_errors),         cmocka_unit_test(test_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
