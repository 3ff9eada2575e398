#include "edit/verify.h"

#include <string.h>

#include "note/header.h"

/* ---- equal but for their places ---- */

bool iv_same_value(const struct iv_value *a, const struct iv_value *b)
{
	size_t i;

	if (a->kind != b->kind || a->count != b->count || !iv_str_eq(a->key, b->key) ||
	    (a->kind == IV_VALUE_SCALAR && !iv_str_eq(a->text, b->text)))
		return false;
	for (i = 0; i < a->count; i++)
		if (!iv_same_value(&a->items[i], &b->items[i]))
			return false;
	return true;
}

bool iv_same_task(const struct iv_task *a, const struct iv_task *b)
{
	return a->state == b->state && a->due == b->due && a->waiting == b->waiting &&
	       a->section == b->section && iv_str_eq(a->text, b->text);
}

bool iv_same_record(const struct iv_record *a, const struct iv_record *b)
{
	return a->day == b->day && a->channel == b->channel && a->minutes == b->minutes &&
	       a->outcome == b->outcome && a->outcome_day == b->outcome_day &&
	       a->later_day == b->later_day && a->skipped == b->skipped &&
	       iv_str_eq(a->text, b->text);
}

/* ---- what was said before is there ---- */

/* `before` is a subsequence of `after`. */
#define IS_KEPT(list, count, same)                                                             \
	static bool list##_are_kept(const struct iv_note *before, const struct iv_note *after) \
	{                                                                                      \
		size_t i, at = 0;                                                              \
                                                                                               \
		for (i = 0; i < before->count; i++, at++) {                                    \
			while (at < after->count && !same(&before->list[i], &after->list[at])) \
				at++;                                                          \
			if (at >= after->count)                                                \
				return false;                                                  \
		}                                                                              \
		return true;                                                                   \
	}

static bool same_question(const struct iv_question *a, const struct iv_question *b)
{
	return iv_str_eq(a->text, b->text);
}

static bool same_body_ref(const struct iv_ref *a, const struct iv_ref *b)
{
	return a->form == b->form && !strcmp(a->field, b->field) && iv_str_eq(a->key, b->key);
}

static bool same_ignore(const struct iv_ignore *a, const struct iv_ignore *b)
{
	return iv_str_eq(a->rule, b->rule) && !a->first_line == !b->first_line;
}

IS_KEPT(tasks, task_count, iv_same_task)
IS_KEPT(questions, question_count, same_question)
IS_KEPT(refs, ref_count, same_body_ref)
IS_KEPT(ignores, ignore_count, same_ignore)

/* Sections stand in the order of their first headings. */
static bool sections_are_kept(const struct iv_note *before, const struct iv_note *after)
{
	size_t i, j;

	for (i = 0; i < before->section_count; i++) {
		for (j = 0; j < after->section_count; j++)
			if (before->sections[i].name == after->sections[j].name)
				break;
		if (j == after->section_count ||
		    after->sections[j].words < before->sections[i].words)
			return false;
	}
	return true;
}

bool iv_says_all(const struct iv_note *before, const struct iv_note *after)
{
	return tasks_are_kept(before, after) && questions_are_kept(before, after) &&
	       refs_are_kept(before, after) && ignores_are_kept(before, after) &&
	       sections_are_kept(before, after);
}

/* ---- the net ---- */

static struct iv_reader split(const struct iv_edit *edit, struct iv_str bytes)
{
	struct iv_reader reader = {.note = edit->note, .arena = edit->arena};

	reader.syntax = edit->syntax;
	reader.bytes = iv_str_without_bom(bytes);
	iv_header_find(&reader);
	return reader;
}

static struct iv_str without_line_ends(struct iv_str text)
{
	while (text.len && (text.ptr[0] == '\n' || text.ptr[0] == '\r'))
		text = iv_str_slice(text, 1, text.len);
	return text;
}

/* A header that was made has an empty line behind it. */
static bool same_body(const struct iv_reader *before, const struct iv_reader *after)
{
	if (!before->closed)
		return iv_str_eq(without_line_ends(before->body), without_line_ends(after->body));
	return iv_str_eq(before->body, after->body);
}

static const struct iv_field *next_but(const struct iv_note *note, size_t *at, struct iv_str name)
{
	while (*at < note->field_count && name.ptr && iv_str_eq(note->fields[*at].name, name))
		++*at;
	return *at < note->field_count ? &note->fields[(*at)++] : NULL;
}

static bool same_fields(const struct iv_note *before, const struct iv_note *after,
			struct iv_str but)
{
	/* The change may have given the note its type, and the field its name. */
	const struct iv_field_def *def = but.ptr ? iv_field_find(after->type, but) : NULL;
	struct iv_str but_after = def ? iv_str_of(def->name) : but;
	size_t i = 0, j = 0;
	const struct iv_field *a, *b;

	do {
		a = next_but(before, &i, but);
		b = next_but(after, &j, but_after);
		if (!a != !b ||
		    (a && (!iv_str_eq(a->key, b->key) || !iv_same_value(&a->value, &b->value))))
			return false;
	} while (a);
	return true;
}

static size_t faults(const struct iv_note *note)
{
	size_t i, count = 0;

	for (i = 0; i < note->problem_count; i++)
		count += !strcmp(note->problems[i].rule, "front-matter") ||
			 !strcmp(note->problems[i].rule, "conflict-marker") ||
			 !strcmp(note->problems[i].rule, "encoding");
	return count;
}

/* What a change of this kind never touches; the words are for somebody who met our bug. */
static const char *damage(const struct iv_edit *edit, const struct iv_note *after,
			  struct iv_str bytes, const struct iv_expect *expect)
{
	const struct iv_note *before = edit->note;
	struct iv_reader old = split(edit, iv_edit_bytes(edit)), new = split(edit, bytes);
	bool types = iv_str_is(expect->field, "type") || before->type == IV_TYPE_NONE;

	if (before->type != after->type && !types)
		return "what type of note this is taken for";
	if (after->unreadable || (before->type == after->type && faults(after) > faults(before)))
		return "how the header is read";
	if (!same_fields(before, after, expect->field))
		return "another field";
	if (expect->body ? !iv_str_eq(old.header, new.header) : !same_body(&old, &new))
		return expect->body ? "the header" : "the body";
	return NULL;
}

int iv_verify(const struct iv_edit *edit, const struct iv_note *after, struct iv_str bytes,
	      const struct iv_expect *expect, struct iv_error *error)
{
	const char *what = damage(edit, after, bytes, expect);

	if (what)
		iv_error_set(error, IV_EREFUSED, "no exact edit was found: it would change %s",
			     what);
	else if (!expect->holds(edit, after, bytes, expect->context))
		iv_error_set(error, IV_EREFUSED,
			     "no exact edit was found: the change would be "
			     "read as something else");
	else
		return 0;
	return iv_edit_refused(edit, error, iv_edit_begin(edit));
}
