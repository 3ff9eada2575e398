/*
 * Many random changes of random notes on two sides: whatever one of them added or changed is in what
 * comes out, or inside a conflict; who is called ours makes no difference to what it says.
 */
#include "merge_test.h"

#include <stdio.h>

#include <git2.h>

#include <ivnotes/edit.h>

#include "edit/verify.h"
#include "note/value.h"
#include "random_note.h"

#define NOTES 4000

/* ---- changes ---- */

static const char *const fields[] = {"name", "organization", "role",  "email",  "purpose",
				     "mine", "my-key",       "phone", "created"};
static const char *const lists[] = {"tags",      "aliases",  "outreach",    "touches",
				    "referrals", "formerly", "referred-by", "mine"};
static const char *const texts[] = {"Ann",  "yes",
				    "a: b", "# x",
				    "'q'",  "- x",
				    "b",    "[[x]]",
				    "c",    "2026-10-05 email yes",
				    "12",   "2026-10-05",
				    "a",    "2026-10-06 email 20m, fine",
				    "d",    "2026-10-07 phone no 2026-10-09"};
static const char *const sections[] = {"request",   "research", "opening",
				       "questions", "notes",    "follow-ups"};
static const char *const written[] = {"Text.", "- a\n- b", "> quoted", "- [ ] task [[bob]]",
				      "Why? And how?"};

static void edit_once(struct iv_edit *edit)
{
	struct iv_str text = iv_str_of(PICK(texts));
	const struct iv_note *note = iv_edit_note(edit);
	const char *list = PICK(lists);

	switch (below(9)) {
	case 0: (void)iv_edit_set(edit, PICK(fields), text, NULL); break;
	case 1:
	case 2: (void)iv_edit_add(edit, list, text, NULL); break;
	case 3: (void)iv_edit_replace_item(edit, list, below(3), text, NULL); break;
	case 4: (void)iv_edit_remove_item(edit, list, below(3), NULL); break;
	case 5: (void)iv_edit_remove(edit, PICK(fields), NULL); break;
	case 6:
		if (note->task_count)
			(void)iv_edit_tick(edit,
					   note->tasks[below((unsigned)note->task_count)].pos.line,
					   below(4) ? IV_TASK_DONE : IV_TASK_CANCELLED, NULL);
		break;
	case 7: (void)iv_edit_add_task(edit, text, NULL); break;
	default:
		(void)iv_edit_put_section(edit, PICK(sections), iv_str_of(PICK(written)),
					  IV_EDIT_APPEND, NULL);
	}
}

/* What an editor does that knows nothing of notes. */
static void scribble(struct iv_buf *out, struct iv_str bytes)
{
	static const char *const lines[] = {"# a remark\n", "\n",        "  - a\n", "name: [\n",
					    "mine: z\n",    "- [ ] b\n", "---\n",   "```\n"};
	size_t at = bytes.len ? below((unsigned)bytes.len) : 0, end;

	while (at && bytes.ptr[at - 1] != '\n')
		at--;
	iv_buf_str(out, iv_str_slice(bytes, 0, at));
	end = iv_str_find_char(iv_str_slice(bytes, at, bytes.len), '\n');
	end = end == SIZE_MAX ? bytes.len : at + end + 1;
	if (below(2))
		iv_buf_puts(out, PICK(lines));
	else
		at = end;
	iv_buf_str(out, iv_str_slice(bytes, at, bytes.len));
}

static void change(struct iv_buf *out, struct iv_str base, bool wild)
{
	struct iv_edit *edit = iv_edit_new(NOTE_PATH, base, NULL);
	unsigned count = below(4);

	for (unsigned i = 0; i < count; i++)
		edit_once(edit);
	iv_buf_puts(out, "");
	if (wild && below(2))
		scribble(out, iv_edit_bytes(edit));
	else
		iv_buf_str(out, iv_edit_bytes(edit));
	iv_edit_free(edit);
}

/* ---- a merge, both ways ---- */

enum { BASE, OURS, THEIRS, TEXTS };

struct trial {
	struct iv_buf texts[TEXTS];
	struct iv_note *notes[TEXTS];
	struct iv_merged merged, mirrored;
	struct iv_buf views[TEXTS], mirrors[TEXTS]; /* none at BASE */
	struct iv_note *view_notes[TEXTS], *mirror_notes[TEXTS];
};

static struct iv_str text_of(const struct trial *t, int which)
{
	return iv_buf_view(&t->texts[which]);
}

static struct iv_note *parse(const struct iv_buf *bytes)
{
	return iv_note_parse(NOTE_PATH, iv_buf_view(bytes), NULL);
}

static void begin(struct trial *t, bool wild)
{
	*t = (struct trial){0};
	make_note(&t->texts[BASE]);
	change(&t->texts[OURS], text_of(t, BASE), wild);
	change(&t->texts[THEIRS], text_of(t, BASE), wild);
	t->merged = merged_of(text_of(t, BASE), text_of(t, OURS), text_of(t, THEIRS));
	t->mirrored = merged_of(text_of(t, BASE), text_of(t, THEIRS), text_of(t, OURS));
	for (int i = 0; i < TEXTS; i++)
		t->notes[i] = parse(&t->texts[i]);
	for (int i = OURS; i < TEXTS; i++) {
		take_side(&t->views[i], bytes_of(&t->merged), i == OURS);
		take_side(&t->mirrors[i], bytes_of(&t->mirrored), i == THEIRS);
		t->view_notes[i] = parse(&t->views[i]);
		t->mirror_notes[i] = parse(&t->mirrors[i]);
	}
}

static void end(struct trial *t)
{
	for (int i = 0; i < TEXTS; i++) {
		iv_note_free(t->notes[i]);
		iv_note_free(t->view_notes[i]);
		iv_note_free(t->mirror_notes[i]);
		iv_buf_release(&t->texts[i]);
		iv_buf_release(&t->views[i]);
		iv_buf_release(&t->mirrors[i]);
	}
	free(t->merged.bytes);
	free(t->mirrored.bytes);
}

static void complain(const struct trial *t, const char *what, struct iv_str detail)
{
	printf("== base\n%s\n== ours\n%s\n== theirs\n%s\n", t->texts[BASE].ptr, t->texts[OURS].ptr,
	       t->texts[THEIRS].ptr);
	printf("== merged\n%s\n== mirrored\n%s\n", t->merged.bytes, t->mirrored.bytes);
	fail_msg("%s: %.*s", what, IV_STR_ARG(detail));
}

/* ---- what must hold ---- */

/* A note that has lost its type calls a field by its key. */
static bool is_same_field(const struct iv_field *a, const struct iv_field *b)
{
	return iv_str_eq(a->name, b->name) || iv_str_eq(a->key, b->key);
}

static size_t count_item(const struct iv_note *note, const struct iv_field *field,
			 const struct iv_value *value)
{
	const struct iv_value *item;
	size_t count = 0;

	for (size_t i = 0; i < note->field_count; i++)
		for (size_t j = 0; is_same_field(&note->fields[i], field) &&
				   (item = iv_value_item(&note->fields[i].value, j));
		     j++)
			count += iv_same_value(item, value);
	return count;
}

static size_t most(const struct trial *t, const struct iv_field *field,
		   const struct iv_value *value)
{
	size_t ours = count_item(t->view_notes[OURS], field, value);
	size_t theirs = count_item(t->view_notes[THEIRS], field, value);

	return ours > theirs ? ours : theirs;
}

/* What the side has and the base has not, or not as often. */
static void check_values(const struct trial *t, int side)
{
	const struct iv_note *note = t->notes[side],
			     *other = t->notes[side == OURS ? THEIRS : OURS];
	const struct iv_value *item;

	for (size_t i = 0; i < note->field_count; i++) {
		const struct iv_field *field = &note->fields[i];

		for (size_t j = 0; (item = iv_value_item(&field->value, j)); j++) {
			size_t before = count_item(t->notes[BASE], field, item);
			size_t count = count_item(note, field, item);
			size_t others = count_item(other, field, item);

			if (iv_value_is_blank(item) || iv_value_is_none(item) || count <= before)
				continue;
			if (most(t, field, item) + before <
			    count + (others < before ? others : before))
				complain(t, "a value is lost", field->key);
		}
	}
}

static bool has_task(const struct iv_note *note, const struct iv_task *task)
{
	for (size_t i = 0; i < note->task_count; i++)
		if (iv_str_eq(note->tasks[i].text, task->text) &&
		    note->tasks[i].state == task->state)
			return true;
	return false;
}

/* The other side may have said more about what was ticked, and ticked what had more said of it. */
static bool has_more(const struct iv_note *note, const struct iv_task *task, bool any_state)
{
	for (size_t i = 0; i < note->task_count; i++) {
		struct iv_str text = iv_str_slice(note->tasks[i].text, 0, task->text.len);

		if (iv_str_eq(text, task->text) &&
		    (any_state || note->tasks[i].state == task->state))
			return true;
	}
	return false;
}

static void check_tasks(const struct trial *t, int side)
{
	const struct iv_note *note = t->notes[side];

	for (size_t i = 0; i < note->task_count; i++) {
		const struct iv_task *task = &note->tasks[i];
		bool reworded = !has_more(t->notes[BASE], task, true);

		if (!has_task(t->notes[BASE], task) &&
		    !has_more(t->view_notes[OURS], task, reworded) &&
		    !has_more(t->view_notes[THEIRS], task, reworded))
			complain(t, "a task is lost", task->text);
	}
}

/* Without a conflict, what one side took away and the other left alone is gone. */
static void check_removals(const struct trial *t, int side)
{
	const struct iv_note *base = t->notes[BASE];
	const struct iv_value *item;
	int other = side == OURS ? THEIRS : OURS;

	for (size_t i = 0; !t->merged.conflicts && i < base->field_count; i++) {
		const struct iv_field *field = &base->fields[i];

		for (size_t j = 0; (item = iv_value_item(&field->value, j)); j++)
			if (!iv_value_is_blank(item) && !iv_value_is_none(item) &&
			    count_item(base, field, item) == 1 &&
			    count_item(t->notes[side], field, item) == 0 &&
			    count_item(t->notes[other], field, item) == 1 && most(t, field, item))
				complain(t, "a value came back", field->key);
	}
}

/* One value serves as a list. */
static bool has_same_items(const struct iv_value *a, const struct iv_value *b)
{
	const struct iv_value *one, *two;
	size_t i = 0;

	do {
		one = iv_value_item(a, i);
		two = iv_value_item(b, i++);
		if (!one != !two || (one && !iv_same_value(one, two)))
			return false;
	} while (one);
	return true;
}

static void check_fields(const struct trial *t, const struct iv_note *a, const struct iv_note *b)
{
	for (size_t i = 0; i < a->field_count; i++) {
		const struct iv_field *field = NULL;

		for (size_t j = 0; !field && j < b->field_count; j++)
			if (is_same_field(&b->fields[j], &a->fields[i]))
				field = &b->fields[j];
		if (!iv_value_is_blank(&a->fields[i].value) &&
		    (!field || !has_same_items(&field->value, &a->fields[i].value)))
			complain(t, "the sides differ", a->fields[i].key);
	}
}

static void check_same(const struct trial *t, const struct iv_note *a, const struct iv_note *b)
{
	check_fields(t, a, b);
	check_fields(t, b, a);
	if (a->task_count != b->task_count || a->ref_count != b->ref_count ||
	    a->record_count != b->record_count)
		complain(t, "the sides differ", IV_LIT("in number"));
	for (size_t i = 0; i < a->task_count; i++)
		if (!has_task(b, &a->tasks[i]))
			complain(t, "the sides differ", a->tasks[i].text);
}

/* Of two that nobody can read as notes one may be a conflict, whatever the other is. */
static void check(const struct trial *t, bool wild)
{
	for (int side = OURS; side < TEXTS; side++) {
		check_values(t, side);
		check_tasks(t, side);
		check_removals(t, side);
	}
	if (wild && (t->merged.conflicts || t->mirrored.conflicts))
		return;
	if (t->merged.conflicts != t->mirrored.conflicts)
		complain(t, "the sides differ", IV_LIT("in conflicts"));
	for (int side = OURS; side < TEXTS; side++)
		check_same(t, t->view_notes[side], t->mirror_notes[side]);
}

static void nothing_is_lost_and_no_side_is_first(void **state)
{
	unsigned clean = 0;

	(void)state;
	for (unsigned n = 0; n < NOTES; n++) {
		struct trial t;

		begin(&t, false);
		check(&t, false);
		clean += !t.merged.conflicts;
		end(&t);
	}
	/* A merge that always finds a conflict loses nothing, and is none. */
	if (clean < NOTES * 6 / 10)
		fail_msg("%u of %d were merged without conflicts", clean, NOTES);
}

static void nothing_is_lost_of_what_is_no_note_any_more(void **state)
{
	(void)state;
	for (unsigned n = 0; n < NOTES; n++) {
		struct trial t;

		begin(&t, true);
		check(&t, true);
		end(&t);
	}
}

static void check_bytes(const struct trial *t, int base, int ours, int theirs, int expected)
{
	struct iv_merged merged = merged_of(text_of(t, base), text_of(t, ours), text_of(t, theirs));

	if (merged.conflicts || !iv_str_eq(bytes_of(&merged), text_of(t, expected)))
		complain(t, "not as it was", bytes_of(&merged));
	free(merged.bytes);
}

static void one_side_alone_is_taken_byte_for_byte(void **state)
{
	(void)state;
	for (unsigned n = 0; n < NOTES / 4; n++) {
		struct trial t;

		begin(&t, true);
		check_bytes(&t, BASE, BASE, BASE, BASE);
		check_bytes(&t, OURS, OURS, OURS, OURS);
		check_bytes(&t, BASE, OURS, BASE, OURS);
		check_bytes(&t, BASE, BASE, THEIRS, THEIRS);
		check_bytes(&t, BASE, OURS, OURS, OURS);
		end(&t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_lost_and_no_side_is_first),
		cmocka_unit_test(nothing_is_lost_of_what_is_no_note_any_more),
		cmocka_unit_test(one_side_alone_is_taken_byte_for_byte),
	};

	/* It is slow to start, and each merge would start it. */
	git_libgit2_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
