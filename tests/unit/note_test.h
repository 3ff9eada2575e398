/* What the tests of notes share. */
#ifndef NOTE_TEST_H
#define NOTE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "note/fields.h"

static inline struct iv_note *parse(const char *text)
{
	return iv_note_parse(IV_LIT("people/jane-green.md"), iv_str_of(text), NULL);
}

static inline void assert_text(struct iv_str got, const char *expected)
{
	if (!iv_str_is(got, expected))
		fail_msg("got '%.*s', expected '%s'", IV_STR_ARG(got), expected);
}

static inline void assert_pos(struct iv_pos got, unsigned line, unsigned column)
{
	if (got.line != line || got.column != column)
		fail_msg("got %u:%u, expected %u:%u", got.line, got.column, line, column);
}

/* "" for no day. */
static inline void assert_day(iv_day got, const char *expected)
{
	char text[11] = "";

	if (got != IV_NO_DAY)
		iv_day_format(text, got);
	assert_string_equal(text, expected);
}

/* The problems as "line:column rule", separated by commas, in the order they were found. */
static inline void assert_problems(const struct iv_note *note, const char *expected)
{
	struct iv_buf got = IV_BUF_INIT;
	bool same;
	size_t i;

	for (i = 0; i < note->problem_count; i++)
		iv_buf_printf(&got, "%s%u:%u %s", i ? ", " : "", note->problems[i].pos.line,
			      note->problems[i].pos.column, note->problems[i].rule);
	same = iv_str_is(iv_buf_view(&got), expected);
	if (!same) {
		print_error("got '%s', expected '%s'\n", got.ptr ? got.ptr : "", expected);
		for (i = 0; i < note->problem_count; i++)
			print_error("  %.*s\n", IV_STR_ARG(note->problems[i].message));
		for (i = 0; i < note->field_count; i++)
			print_error("  field %.*s\n", IV_STR_ARG(note->fields[i].key));
	}
	iv_buf_release(&got);
	assert_true(same);
}

#endif
