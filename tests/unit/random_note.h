/* Random notes as people and programs write them, the same in every run. */
#ifndef RANDOM_NOTE_H
#define RANDOM_NOTE_H

#include <stdint.h>

#include "base/str.h"

/* ---- chance, the same in every run ---- */

static uint64_t chance = 11;

static inline unsigned below(unsigned n)
{
	chance = chance * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)((chance >> 33) % n);
}

#define PICK(array) (array)[below((unsigned)(sizeof(array) / sizeof(*(array))))]

/* ---- notes ---- */

static const char *const scalars[] = {
	"Jane Green",
	"'Jane Green'",
	"\"Jane \\\"G\\\" Green\"",
	"caf\xc3\xa9 \xe2\x98\x95",
	"",
	"  x",
	"[[acme|Acme]]",
	"\"[[acme]]\"",
	"a, b",
	"\n  two\n  lines",
	"|\n  block\n  # text",
	">-\n  folded",
	"http://a.b/#c",
	"12",
	"2026-10-05",
	"'it''s'",
};
static const char *const flows[] = {
	"[]",  "[a]", "[a, b]", "[ a,b , c ]", "['a', \"b\"]", "[\n  a,\n  b\n]", "[\"[[a]]\", b]",
	"none"};
static const char *const items[] = {"a",
				    "'b'",
				    "\"[[c]]\"",
				    "2026-10-05 email",
				    "2026-10-06 phone no: away",
				    "{date: 2026-10-05, via: card}",
				    "date: 2026-10-07\n    via: email",
				    "",
				    "[[d]]",
				    "x   # remark",
				    "|\n    block"};
static const char *const remarks[] = {"", "", "", "  # remark", " # [x]: {y}", "\t# tab"};
static const char *const between[] = {"",     "", "", "# comment: x\n", "\n", "  # indented\n",
				      "#\n\n"};
static const char *const keys[] = {"name",    "organization",   "Company",  "role",
				   "email",   "tags",           "aliases",  "outreach",
				   "touches", "referrals",      "formerly", "Referred By",
				   "my_key",  "\"quoted key\"", "created",  "cssclasses",
				   "draft",   "layout",         "connected"};
static const char *const bodies[] = {"",
				     "\nText.\n",
				     "\n## Notes\n\nx\n\n- [ ] a\n",
				     "# J\n\n- [ ] a (due 2026-12-01)\n- [x] b",
				     "\n## Follow-ups\n\n* [ ] a\n\n\n## Log\nx\n",
				     "## Questions\n\n1. Why?\n\n```\n## Notes\n```\n",
				     "\n> [[jane]]\n\n<!-- x -->\n\nNotes\n-----\n\ny\n"};

static inline void add_list(struct iv_buf *out)
{
	static const char *const indents[] = {"", "  ", "    "};
	const char *indent = PICK(indents);
	unsigned count = 1 + below(4);

	while (count--)
		iv_buf_printf(out, "\n%s- %s%s", indent, PICK(items),
			      below(4) ? "" : "\n  # in between");
}

static inline void add_key(struct iv_buf *out, const char *key)
{
	iv_buf_puts(out, PICK(between));
	iv_buf_printf(out, "%s:", key);
	switch (below(3)) {
	case 0: iv_buf_printf(out, " %s", PICK(scalars)); break;
	case 1: iv_buf_printf(out, " %s%s", PICK(flows), PICK(remarks)); break;
	default: iv_buf_puts(out, PICK(remarks)); add_list(out);
	}
	iv_buf_puts(out, "\n");
}

static inline void with_line_ends(struct iv_buf *text)
{
	struct iv_buf out = IV_BUF_INIT;

	for (size_t i = 0; i < text->len; i++) {
		if (text->ptr[i] == '\n')
			iv_buf_putc(&out, '\r');
		iv_buf_putc(&out, text->ptr[i]);
	}
	iv_buf_release(text);
	*text = out;
}

static inline void make_note(struct iv_buf *out)
{
	static const char *const types[] = {"contact", "contact", "meeting", "organization",
					    "recipe"};
	bool used[sizeof(keys) / sizeof(*keys)] = {false};
	unsigned count = below(7);

	iv_buf_printf(out, "%s---\n", below(8) ? "" : "\xef\xbb\xbf");
	if (below(8))
		iv_buf_printf(out, "type: %s\n", PICK(types));
	while (count--) {
		unsigned key = below(sizeof(keys) / sizeof(*keys));

		if (!used[key])
			add_key(out, keys[key]);
		used[key] = true;
	}
	iv_buf_printf(out, "%s%s\n%s", PICK(between), below(8) ? "---" : "...", PICK(bodies));
	if (!below(4))
		with_line_ends(out);
}

#endif
