/* What the tests of edits share: one change by a word, and what became of the bytes. */
#ifndef EDIT_TEST_H
#define EDIT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include <ivnotes/edit.h>

#include "base/error.h"
#include "base/str.h"

/* set, list, add, insert, replace, remove, remove-item, tick, task, fill, append */
struct change {
	const char *what, *key;
	size_t index; /* of an item, or the line of a task */
	const char *value;
};

/* `after` NULL: refused. */
struct edit_case {
	struct change change;
	const char *before, *after;
};

static inline int change_list(struct iv_edit *edit, const char *key, const char *words,
			      struct iv_error *error)
{
	struct iv_str values[16], rest = iv_str_of(words), word;
	size_t count = 0;

	while ((word = iv_str_word(rest, &rest)).len)
		values[count++] = word;
	return iv_edit_set_list(edit, key, values, count, error);
}

static inline int apply(struct iv_edit *edit, const struct change *change, struct iv_error *error)
{
	struct iv_str value = iv_str_of(change->value ? change->value : "");
	const char *what = change->what;

	if (!strcmp(what, "set"))
		return iv_edit_set(edit, change->key, value, error);
	if (!strcmp(what, "list"))
		return change_list(edit, change->key, change->value, error);
	if (!strcmp(what, "add"))
		return iv_edit_add(edit, change->key, value, error);
	if (!strcmp(what, "insert"))
		return iv_edit_insert(edit, change->key, change->index, value, error);
	if (!strcmp(what, "replace"))
		return iv_edit_replace_item(edit, change->key, change->index, value, error);
	if (!strcmp(what, "remove"))
		return iv_edit_remove(edit, change->key, error);
	if (!strcmp(what, "remove-item"))
		return iv_edit_remove_item(edit, change->key, change->index, error);
	if (!strcmp(what, "tick"))
		return iv_edit_tick(edit, (uint32_t)change->index, IV_TASK_DONE, error);
	if (!strcmp(what, "task"))
		return iv_edit_add_task(edit, value, error);
	if (!strcmp(what, "fill"))
		return iv_edit_put_section(edit, change->key, value, IV_EDIT_FILL, error);
	assert_string_equal(what, "append");
	return iv_edit_put_section(edit, change->key, value, IV_EDIT_APPEND, error);
}

static inline void check_bytes(struct iv_str got, struct iv_str expected, const char *before)
{
	if (!iv_str_eq(got, expected))
		fail_msg("from\n%s\ngot\n%.*s\nexpected\n%.*s", before, IV_STR_ARG(got),
			 IV_STR_ARG(expected));
}

static inline void check_refusal(const struct iv_error *error, int rc, const char *before)
{
	if (rc != IV_EREFUSED || !error->message || !error->path || !error->pos.line)
		fail_msg("from\n%s\ngot %d '%s', expected a refusal with its place", before, rc,
			 error->message ? error->message : "");
}

static inline void check_case(const struct edit_case *c, const struct iv_syntax *syntax)
{
	struct iv_edit *edit =
		iv_edit_new(IV_LIT("people/jane-green.md"), iv_str_of(c->before), syntax);
	struct iv_error error = IV_ERROR_INIT;
	int rc = apply(edit, &c->change, &error);

	if (!c->after)
		check_refusal(&error, rc, c->before);
	else if (rc)
		fail_msg("%s %s: %s\nfrom\n%s", c->change.what, c->change.key ? c->change.key : "",
			 error.message, c->before);
	check_bytes(iv_edit_bytes(edit), iv_str_of(c->after ? c->after : c->before), c->before);
	iv_error_release(&error);
	iv_edit_free(edit);
}

#define CHECK_CASES(cases)                                                    \
	do {                                                                  \
		for (size_t i = 0; i < sizeof(cases) / sizeof(*(cases)); i++) \
			check_case(&(cases)[i], NULL);                        \
	} while (0)

#endif
