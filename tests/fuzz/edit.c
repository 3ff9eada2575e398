/*
 * Any bytes under any change: what cannot be done leaves them as they are, with a reason; what is
 * done is read back, and the other fields and the body say what they said. The first bytes pick the
 * change, its key and its value.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <ivnotes/edit.h>

#include "base/error.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "edit/reference.h"
#include "edit/verify.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const keys[] = {"name",     "organization", "email",     "tags",
				   "outreach", "type",         "referrals", "mine",
				   "contact",  "date",         "thank-you", "created"};
static const char *const values[] = {
	"x",    "yes", "a: b",  "[[x]]",    "- x", "2026-10-05 email yes",
	"a\nb", "",    "'\"\\", "\xc3\xa9", " x ", "2026-10-05"};
static const char *const sections[] = {"request",   "research", "opening",
				       "questions", "notes",    "follow-ups"};

static const char *const headings[][2] = {{"questions", "Fragen"}, {NULL, NULL}};
static const struct iv_syntax syntax = {headings, NULL, NULL, NULL};

#define OF(array, byte) (array)[(byte) % (sizeof(array) / sizeof(*(array)))]

/* Of each twelve changes ten are edits; the others are moves, of another note and of this one. */
enum { MOVES = 9, INSERT = 11, CHANGES = 12 };

static void insist(bool holds)
{
	if (!holds)
		abort();
}

static int change(struct iv_edit *edit, const uint8_t *by, struct iv_error *error)
{
	const char *key = OF(keys, by[1]);
	struct iv_str value = iv_str_of(OF(values, by[2]));
	struct iv_str list[] = {value, iv_str_of(OF(values, by[3]))};

	switch (by[0] % CHANGES) {
	case 0: return iv_edit_set(edit, key, value, error);
	case 1: return iv_edit_add(edit, key, value, error);
	case 2: return iv_edit_set_list(edit, key, list, by[3] % 3, error);
	case 3: return iv_edit_replace_item(edit, key, by[3] % 4, value, error);
	case 4: return iv_edit_remove_item(edit, key, by[3] % 4, error);
	case 5: return iv_edit_remove(edit, key, error);
	case 6: return iv_edit_tick(edit, by[3], (enum iv_task_state)(by[2] % 3), error);
	case 7: return iv_edit_add_task(edit, value, error);
	case INSERT: return iv_edit_insert(edit, key, by[3] % 4, value, error);
	default:
		return iv_edit_put_section(edit, OF(sections, by[1]), value,
					   (enum iv_edit_put)(by[3] % 2), error);
	}
}

static bool is_header_change(uint8_t by)
{
	return by % CHANGES < 6 || by % CHANGES == INSERT;
}

static void check_fields(const struct iv_note *before, const struct iv_note *after, const char *but)
{
	size_t i, j = 0;

	for (i = 0; i < before->field_count; i++) {
		if (but && iv_str_is(before->fields[i].name, but))
			continue;
		while (j < after->field_count &&
		       !iv_str_eq(before->fields[i].key, after->fields[j].key))
			j++;
		insist(j < after->field_count);
		insist(iv_same_value(&before->fields[i].value, &after->fields[j].value));
	}
}

static void check_body(const struct iv_note *before, const struct iv_note *after)
{
	size_t i;

	if (before->type != after->type)
		return;
	insist(before->task_count == after->task_count);
	for (i = 0; i < before->task_count; i++)
		insist(iv_same_task(&before->tasks[i], &after->tasks[i]));
	insist(before->section_count == after->section_count);
	insist(before->question_count == after->question_count);
}

/* The edit's view of its bytes is what anybody reads in them. */
static void check_view(const struct iv_edit *edit, struct iv_str path)
{
	struct iv_note *note = iv_note_parse(path, iv_edit_bytes(edit), &syntax);

	insist(note->type == iv_edit_note(edit)->type);
	check_fields(note, iv_edit_note(edit), NULL);
	iv_note_free(note);
}

/* ---- a change of one note ---- */

static void check_edit(const uint8_t *by, struct iv_str path, struct iv_str bytes)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_edit *edit = iv_edit_new(path, bytes, &syntax);
	struct iv_note *before = iv_note_parse(path, bytes, &syntax);
	int rc = change(edit, by, &error);

	if (rc) {
		insist(error.message && error.code == rc && iv_str_eq(iv_edit_bytes(edit), bytes));
	} else if (is_header_change(by[0])) {
		/* The type says which name a key has. */
		if (before->type == iv_edit_note(edit)->type)
			check_fields(before, iv_edit_note(edit), OF(keys, by[1]));
		check_body(before, iv_edit_note(edit));
	} else {
		check_fields(before, iv_edit_note(edit), NULL);
	}
	check_view(edit, iv_edit_note(edit)->path);
	iv_error_release(&error);
	iv_note_free(before);
	iv_edit_free(edit);
}

/* ---- a note moves ---- */

struct journey {
	const char *from, *to, *id, *id_after;
};

static const struct journey journeys[] = {
	{"people/bob.md", "friends/bob's.md", "bob", "bob's"},
	{"people/ann.md", "old/people/yes.md", "ann", "yes"},
};

static bool is_there(void *data, const char *path)
{
	return (strlen(path) + *(const uint8_t *)data) % 2;
}

static bool names(const struct iv_ref *ref, const char *id)
{
	return ref->form != IV_REF_WORDS && iv_str_is(iv_path_name(ref->key), id);
}

/* What named the note by its id does so again; to what else was said nobody laid a hand. */
static void check_refs(const struct iv_note *before, const struct iv_note *after,
		       const struct journey *journey)
{
	bool moved = iv_str_is(before->path, journey->from);

	insist(before->ref_count == after->ref_count);
	for (size_t i = 0; i < before->ref_count; i++) {
		const struct iv_ref *old = &before->refs[i], *new = &after->refs[i];

		insist(old->form == new->form &&strcmp(old->field, new->field) == 0);
		if (names(old, journey->id))
			insist(names(new, journey->id_after));
		else if (old->form != IV_REF_WORDS && !moved)
			insist(iv_str_eq(old->key, new->key));
	}
}

static void check_move(const uint8_t *by, const struct journey *journey, struct iv_str path,
		       struct iv_str bytes)
{
	bool moved = iv_str_is(path, journey->from);
	struct iv_note *before = iv_note_parse(path, bytes, &syntax), *after;
	const char **targets = iv_calloc(before->ref_count + 1, sizeof(*targets));
	bool *records = iv_calloc(before->record_count + 1, sizeof(*records));
	struct iv_move how = {.from = iv_str_of(journey->from),
			      .to = iv_str_of(journey->to),
			      .targets = targets,
			      .records = records,
			      .is_file = is_there,
			      .data = (void *)(uintptr_t)&by[3],
			      .syntax = &syntax};
	struct iv_error error = IV_ERROR_INIT;
	struct iv_buf out = IV_BUF_INIT;
	size_t count;
	int rc;

	for (size_t i = 0; i < before->ref_count; i++)
		targets[i] = names(&before->refs[i], journey->id) ? journey->from : NULL;
	for (size_t i = 0; i < before->record_count; i++)
		records[i] = (by[2] + i) % 2;
	rc = iv_move_refs(&out, &count, before, bytes, &how, &error);
	if (rc) {
		insist(error.message && error.code == rc && !out.len);
	} else {
		insist(count || iv_str_eq(iv_buf_view(&out), bytes));
		after = iv_note_parse(moved ? how.to : path, iv_buf_view(&out), &syntax);
		check_refs(before, after, journey);
		iv_note_free(after);
	}
	iv_buf_release(&out);
	iv_error_release(&error);
	iv_note_free(before);
	free(targets);
	free(records);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct iv_str bytes = {(const char *)data, size}, path = IV_LIT("people/ann.md");

	if (size < 4)
		return 0;
	bytes = iv_str_slice(bytes, 4, size);
	if (data[0] % CHANGES < MOVES || data[0] % CHANGES == INSERT)
		check_edit(data, path, bytes);
	else
		check_move(data, &journeys[data[0] % CHANGES - MOVES], path, bytes);
	return 0;
}
