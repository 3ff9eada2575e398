/*
 * Many random edits of notes as people and programs write them: the change is there and nothing
 * else, undoing it gives the note back, and every line that the change is not about is the same.
 */
#include "edit_test.h"

#include <stdio.h>

#include "base/mem.h"
#include "edit/verify.h"
#include "random_note.h"

#define NOTES 4000

/* ---- what must hold ---- */

static const struct iv_value *value_of(const struct iv_note *note, const char *key)
{
	const struct iv_field *field = iv_note_field(note, key);

	return field ? &field->value : NULL;
}

static bool is_blank(const struct iv_value *value)
{
	return !value || (value->kind == IV_VALUE_SCALAR && !iv_str_trim(value->text).len);
}

/* Of the lines of `few` no more than `but`, one after the other, are not those of `many`. */
static void check_lines(struct iv_str few, struct iv_str many, size_t but)
{
	struct iv_str line, rest;
	size_t from = 0, to = few.len, lost = 0;

	while (from < few.len && from < many.len && few.ptr[from] == many.ptr[from])
		from++;
	while (to > from && many.len + to > few.len + from &&
	       few.ptr[to - 1] == many.ptr[many.len + to - few.len - 1])
		to--;
	rest = iv_str_slice(few, from, to);
	while (iv_str_line(&line, &rest))
		lost++;
	if (lost > but)
		fail_msg("%zu lines changed, expected %zu\n%.*s\n----\n%.*s", lost, but,
			 IV_STR_ARG(few), IV_STR_ARG(many));
}

/* All fields but one, in their order. */
static void check_others(const struct iv_note *a, const struct iv_note *b, const char *but)
{
	size_t i = 0, j = 0;

	for (;; i++, j++) {
		while (i < a->field_count && iv_str_is(a->fields[i].name, but))
			i++;
		while (j < b->field_count && iv_str_is(b->fields[j].name, but))
			j++;
		if (i >= a->field_count || j >= b->field_count)
			break;
		assert_true(iv_str_eq(a->fields[i].key, b->fields[j].key));
		assert_true(iv_same_value(&a->fields[i].value, &b->fields[j].value));
	}
	assert_true(i >= a->field_count && j >= b->field_count);
	/* A key less, or more, may make a meeting of ours out of one of somebody else's. */
	if (*but && a->type == b->type)
		assert_int_equal(a->task_count, b->task_count);
}

struct trial {
	struct iv_buf before;
	struct iv_edit *edit;
	struct iv_note *old; /* of `before` */
};

static struct trial begin(void)
{
	struct trial trial = {.before = IV_BUF_INIT};

	make_note(&trial.before);
	trial.edit = iv_edit_new(IV_LIT("notes/jane.md"), iv_buf_view(&trial.before), NULL);
	trial.old = iv_note_parse(IV_LIT("notes/jane.md"), iv_buf_view(&trial.before), NULL);
	return trial;
}

static void end(struct trial *trial)
{
	iv_edit_free(trial->edit);
	iv_note_free(trial->old);
	iv_buf_release(&trial->before);
}

static void check_undone(const struct trial *trial)
{
	check_bytes(iv_edit_bytes(trial->edit), iv_buf_view(&trial->before), trial->before.ptr);
}

/* What undoes a change that was made must not fail. */
static void insist(const struct trial *trial, int rc, const struct iv_error *error)
{
	if (rc)
		fail_msg("%s\nfrom\n%s\nnow\n%.*s", error->message, trial->before.ptr,
			 IV_STR_ARG(iv_edit_bytes(trial->edit)));
}

/* ---- the properties ---- */

static const char *const fields[] = {"name", "organization", "role",  "email",  "purpose",
				     "mine", "my-key",       "phone", "created"};
static const char *const lists[] = {"tags",      "aliases",  "outreach",    "touches",
				    "referrals", "formerly", "referred-by", "mine"};
static const char *const texts[] = {"Ann",
				    "yes",
				    "a: b",
				    "# x",
				    "'q'",
				    "a \"b\" c",
				    "- x",
				    "@x",
				    "[[x]]",
				    "a, b",
				    "caf\xc3\xa9",
				    "line\nbreak",
				    "\xe2\x80\xae x",
				    "12",
				    " x ",
				    "2026-10-05",
				    "2026-10-06 email 20m, fine"};

/* How often each was done rather than refused: a test that refuses everything proves nothing. */
static void check_share(const char *what, unsigned done)
{
	if (done < NOTES * 7 / 10)
		fail_msg("%s: %u of %d were done", what, done, NOTES);
}

static void setting_changes_one_value_and_back(void **state)
{
	unsigned done = 0;

	(void)state;
	for (unsigned n = 0; n < NOTES; n++) {
		struct trial t = begin();
		struct iv_error error = IV_ERROR_INIT;
		const char *key = PICK(fields), *text = PICK(texts);
		const struct iv_value *old = value_of(t.old, key), *new;
		bool exists = old && old->kind == IV_VALUE_SCALAR && old->text.len;

		if (!iv_edit_set(t.edit, key, iv_str_of(text), NULL)) {
			done++;
			new = value_of(iv_edit_note(t.edit), key);
			if (new->kind == IV_VALUE_LIST)
				new = new->items;
			assert_true(iv_str_is(new->text, text));
			check_others(t.old, iv_edit_note(t.edit), key);
			check_lines(iv_buf_view(&t.before), iv_edit_bytes(t.edit), 4);
			exists = exists || (!old && iv_edit_note(t.edit)->type == t.old->type);
			if (!old && exists)
				insist(&t, iv_edit_remove(t.edit, key, &error), &error);
			else if (exists)
				insist(&t, iv_edit_set(t.edit, key, old->text, &error), &error);
			if (!old && exists)
				check_undone(&t);
			else if (exists)
				assert_true(
					iv_same_value(value_of(iv_edit_note(t.edit), key), old));
		} else {
			check_undone(&t);
		}
		iv_error_release(&error);
		end(&t);
	}
	check_share("set", done);
}

static void adding_an_item_is_undone_by_removing_it(void **state)
{
	unsigned done = 0;

	(void)state;
	for (unsigned n = 0; n < NOTES; n++) {
		struct trial t = begin();
		struct iv_error error = IV_ERROR_INIT;
		const char *key = PICK(lists), *text = PICK(texts);
		const struct iv_value *old = value_of(t.old, key), *new;
		bool list = old && old->kind == IV_VALUE_LIST && old->count;
		bool open = list && is_blank(&old->items[old->count - 1]);

		if (!iv_edit_add(t.edit, key, iv_str_of(text), NULL)) {
			done++;
			new = value_of(iv_edit_note(t.edit), key);
			assert_int_equal(new->kind, IV_VALUE_LIST);
			assert_true(iv_str_is(new->items[new->count - 1].text, text));
			check_others(t.old, iv_edit_note(t.edit), key);
			check_lines(iv_buf_view(&t.before), iv_edit_bytes(t.edit), 1);
			if (list && !open) {
				assert_int_equal(new->count, old->count + 1);
				insist(&t, iv_edit_remove_item(t.edit, key, old->count, &error),
				       &error);
				check_undone(&t);
			} else if (!old && iv_edit_note(t.edit)->type == t.old->type) {
				insist(&t, iv_edit_remove(t.edit, key, &error), &error);
				check_undone(&t);
			}
		} else {
			check_undone(&t);
		}
		iv_error_release(&error);
		end(&t);
	}
	check_share("add", done);
}

static void inserting_an_item_is_undone_by_removing_it(void **state)
{
	unsigned done = 0, tried = 0;

	(void)state;
	for (unsigned n = 0; n < NOTES * 4; n++) {
		struct trial t = begin();
		struct iv_error error = IV_ERROR_INIT;
		const char *key = PICK(lists), *text = PICK(texts);
		const struct iv_value *old = value_of(t.old, key), *new;
		bool list = old && old->kind == IV_VALUE_LIST;
		bool blank = !list && (is_blank(old) || iv_str_is(old->text, "none"));
		size_t count = blank ? 0 : list ? old->count : 1;
		size_t index = count ? below((unsigned)count) : 0;
		int rc = iv_edit_insert(t.edit, key, index, iv_str_of(text), NULL);

		tried += count != 0;
		if (!rc) {
			done++;
			new = value_of(iv_edit_note(t.edit), key);
			assert_int_equal(new->kind, IV_VALUE_LIST);
			assert_int_equal(new->count, count + 1);
			assert_true(iv_str_is(new->items[index].text, text));
			check_others(t.old, iv_edit_note(t.edit), key);
			check_lines(iv_buf_view(&t.before), iv_edit_bytes(t.edit), 1);
			if (list) {
				insist(&t, iv_edit_remove_item(t.edit, key, index, &error), &error);
				check_undone(&t);
			}
		} else {
			assert_true(rc == IV_EREFUSED || (!count && rc == IV_ENOTFOUND));
			check_undone(&t);
		}
		iv_error_release(&error);
		end(&t);
	}
	if (tried < NOTES / 4 || done < tried * 7 / 10)
		fail_msg("insert: %u of %u were done", done, tried);
}

static void removing_a_key_takes_its_lines_only(void **state)
{
	unsigned done = 0;

	(void)state;
	for (unsigned n = 0; n < NOTES; n++) {
		struct trial t = begin();
		struct iv_error error = IV_ERROR_INIT;
		size_t count = t.old->field_count;
		const char *key = count ? t.old->fields[below((unsigned)count)].name.ptr : "x";

		if (!iv_edit_remove(t.edit, key, NULL)) {
			done++;
			assert_true(is_blank(value_of(iv_edit_note(t.edit), key)));
			if (strcmp(key, "type"))
				check_others(t.old, iv_edit_note(t.edit), key);
			check_lines(iv_edit_bytes(t.edit), iv_buf_view(&t.before), 0);
		} else {
			check_undone(&t);
		}
		iv_error_release(&error);
		end(&t);
	}
	check_share("remove", done);
}

static void a_task_adds_lines_only(void **state)
{
	unsigned done = 0;

	(void)state;
	for (unsigned n = 0; n < NOTES; n++) {
		struct trial t = begin();
		struct iv_error error = IV_ERROR_INIT;
		bool typed = t.old->type != IV_TYPE_NONE;

		if (!iv_edit_add_task(t.edit, IV_LIT("Write (due 2026-12-01)"), NULL)) {
			assert_int_equal(iv_edit_note(t.edit)->task_count, t.old->task_count + 1);
			assert_true(iv_says_all(t.old, iv_edit_note(t.edit)));
			check_lines(iv_buf_view(&t.before), iv_edit_bytes(t.edit), 0);
			done++;
		} else {
			assert_false(typed);
			check_undone(&t);
			done++;
		}
		iv_error_release(&error);
		end(&t);
	}
	check_share("task", done);
}

static void a_section_adds_lines_only(void **state)
{
	static const char *const sections[] = {"request",   "research", "opening",
					       "questions", "notes",    "follow-ups"};
	static const char *const written[] = {"Text.",    "- a\n- b", "two\n\nthree\n",
					      "> quoted", "\n\n1. x", "- [ ] task [[bob]]"};
	unsigned done = 0;

	(void)state;
	for (unsigned n = 0; n < NOTES; n++) {
		struct trial t = begin();
		const char *section = PICK(sections), *text = PICK(written);
		enum iv_edit_put mode = below(2) ? IV_EDIT_FILL : IV_EDIT_APPEND;
		int rc = iv_edit_put_section(t.edit, section, iv_str_of(text), mode, NULL);

		if (rc) {
			assert_int_equal(rc, IV_EREFUSED);
			check_undone(&t);
		} else {
			assert_true(iv_says_all(t.old, iv_edit_note(t.edit)));
			check_others(t.old, iv_edit_note(t.edit), "");
			check_lines(iv_buf_view(&t.before), iv_edit_bytes(t.edit), 0);
		}
		done += !rc || t.old->type == IV_TYPE_NONE;
		end(&t);
	}
	check_share("put", done);
}

static void changes_follow_each_other(void **state)
{
	(void)state;
	for (unsigned n = 0; n < NOTES / 4; n++) {
		struct trial t = begin();
		const struct iv_value *value;

		for (unsigned k = 0; k < 6; k++) {
			const char *key = PICK(fields), *list = PICK(lists), *text = PICK(texts);

			(void)iv_edit_add(t.edit, list, iv_str_of(PICK(texts)), NULL);
			(void)iv_edit_add_task(t.edit, IV_LIT("Write"), NULL);
			if (iv_edit_set(t.edit, key, iv_str_of(text), NULL))
				continue;
			value = value_of(iv_edit_note(t.edit), key);
			value = value->kind == IV_VALUE_LIST ? value->items : value;
			assert_true(iv_str_is(value->text, text));
		}
		end(&t);
	}
}

static void ticking_changes_one_byte(void **state)
{
	(void)state;
	for (unsigned n = 0; n < NOTES / 4; n++) {
		struct trial t = begin();
		struct iv_error error = IV_ERROR_INIT;

		for (size_t i = 0; i < t.old->task_count; i++) {
			const struct iv_task *task = &t.old->tasks[i];

			assert_int_equal(
				iv_edit_tick(t.edit, task->pos.line, IV_TASK_CANCELLED, NULL), 0);
			assert_int_equal(iv_edit_bytes(t.edit).len, t.before.len);
			assert_int_equal(iv_edit_note(t.edit)->tasks[i].state, IV_TASK_CANCELLED);
			assert_int_equal(iv_edit_tick(t.edit, task->pos.line, task->state, NULL),
					 0);
			check_undone(&t);
		}
		iv_error_release(&error);
		end(&t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(setting_changes_one_value_and_back),
		cmocka_unit_test(adding_an_item_is_undone_by_removing_it),
		cmocka_unit_test(inserting_an_item_is_undone_by_removing_it),
		cmocka_unit_test(removing_a_key_takes_its_lines_only),
		cmocka_unit_test(a_task_adds_lines_only),
		cmocka_unit_test(a_section_adds_lines_only),
		cmocka_unit_test(changes_follow_each_other),
		cmocka_unit_test(ticking_changes_one_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
