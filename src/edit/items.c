/* Items of a field, one by one: what commands ask for. */
#include <string.h>

#include "base/utf8.h"
#include "edit/list.h"
#include "edit/mapping.h"
#include "note/value.h"

static int check_item(const char *key, struct iv_str value, struct iv_error *error)
{
	int rc = iv_edit_check_text(value, "value", error);

	if (!rc && !iv_str_trim(value).len)
		rc = iv_error_set(error, IV_EINPUT, "expected a value for '%s', found none", key);
	return rc;
}

int iv_edit_add(struct iv_edit *edit, const char *key, struct iv_str value, struct iv_error *error)
{
	const struct iv_value nothing = {.kind = IV_VALUE_LIST}, *list;
	struct iv_change change;
	size_t count = 0;
	int rc;

	rc = iv_change_begin(&change, edit, key, error);
	if (!rc)
		rc = check_item(key, value, error);
	if (!rc)
		rc = iv_list_add(&change, value, error);
	if (!rc) {
		list = iv_change_is_free(&change) ? &nothing : iv_change_value(&change);
		while (iv_value_item(list, count))
			count++;
		/* An empty last item is filled. */
		if (count && list->kind == IV_VALUE_LIST && !change.entry->value->flow &&
		    iv_value_is_blank(&list->items[count - 1]))
			count--;
		rc = iv_change_take(&change, iv_value_with(edit->arena, list, count, value), error);
	}
	return iv_change_end_with(&change, rc, error, value, true);
}

static int no_item(const char *key, size_t index, struct iv_error *error)
{
	return iv_error_set(error, IV_ENOTFOUND, "'%s' has no value number %zu", key, index + 1);
}

/* Begins a change of an item, which must be there. */
static int begin_item(struct iv_change *change, struct iv_edit *edit, const char *key, size_t index,
		      struct iv_error *error)
{
	int rc = iv_change_begin(change, edit, key, error);

	if (!rc && (!change->entry || !iv_value_item(iv_change_value(change), index)))
		rc = no_item(key, index, error);
	return rc;
}

int iv_edit_insert(struct iv_edit *edit, const char *key, size_t index, struct iv_str value,
		   struct iv_error *error)
{
	struct iv_change change;
	int rc;

	rc = begin_item(&change, edit, key, index, error);
	if (!rc && iv_change_is_free(&change))
		rc = no_item(key, index, error);
	if (!rc)
		rc = check_item(key, value, error);
	if (!rc)
		rc = iv_list_insert(&change, index, value, error);
	if (!rc)
		rc = iv_change_take(
			&change,
			iv_value_before(edit->arena, iv_change_value(&change), index, value),
			error);
	return iv_change_end_with(&change, rc, error, value, true);
}

static int replace_item(struct iv_change *change, size_t index, struct iv_str text,
			struct iv_error *error)
{
	const struct iv_value *value = iv_change_value(change), *expected;
	const struct iv_value *item = iv_value_item(value, index);
	struct iv_value scalar = {.kind = IV_VALUE_SCALAR, .text = text};
	int rc;

	if (item->kind == IV_VALUE_SCALAR && iv_str_eq(item->text, text))
		return 0;
	if (item->kind == IV_VALUE_MAP)
		return iv_mapping_replace(change->edit, change->key, index, text, error);
	if (item->kind == IV_VALUE_LIST) {
		iv_error_set(error, IV_EREFUSED, "the value is a list in a list");
		return iv_edit_refused(change->edit, error, change->entry->line);
	}
	rc = iv_list_replace(change, index, text, error);
	if (rc)
		return rc;
	expected = value->kind == IV_VALUE_LIST
			   ? iv_value_with(change->edit->arena, value, index, text)
			   : &scalar;
	return iv_change_take(change, expected, error);
}

int iv_edit_replace_item(struct iv_edit *edit, const char *key, size_t index, struct iv_str value,
			 struct iv_error *error)
{
	struct iv_change change;
	int rc;

	rc = begin_item(&change, edit, key, index, error);
	if (!rc)
		rc = check_item(key, value, error);
	if (!rc)
		rc = replace_item(&change, index, value, error);
	return iv_change_end_with(&change, rc, error, value, true);
}

int iv_edit_remove_item(struct iv_edit *edit, const char *key, size_t index, struct iv_error *error)
{
	struct iv_change change;
	struct iv_str by_hand = {NULL, 0};
	int rc;

	rc = begin_item(&change, edit, key, index, error);
	if (!rc)
		rc = iv_list_remove(&change, index, error);
	if (!rc)
		rc = iv_change_take(&change,
				    iv_value_without(edit->arena, iv_change_value(&change), index),
				    error);
	if (rc == IV_EREFUSED)
		by_hand = iv_arena_printf(edit->arena, "remove it from '%s' by hand", key);
	return iv_change_end(&change, rc, error, by_hand);
}

/* ---- whole lists ---- */

static const struct iv_value *value_of(const struct iv_edit *edit, const char *key)
{
	const struct iv_field_def *def;
	struct iv_str name = iv_head_name(&def, edit, iv_str_of(key));
	const struct iv_value *value = NULL;
	size_t i;

	for (i = 0; i < edit->note->field_count; i++)
		if (iv_str_eq(edit->note->fields[i].name, name))
			value = &edit->note->fields[i].value;
	iv_arena_reset(edit->arena);
	return value;
}

static size_t count_of(const struct iv_edit *edit, const char *key)
{
	const struct iv_value *value = value_of(edit, key);
	size_t count = 0;

	if (!value || iv_value_is_blank(value) || iv_value_is_none(value))
		return 0;
	while (iv_value_item(value, count))
		count++;
	return count;
}

/* `[]`, where nothing is. */
static int set_none(struct iv_edit *edit, const char *key, struct iv_error *error)
{
	static const struct iv_value none = {.kind = IV_VALUE_LIST};
	struct iv_change change;
	int rc;

	rc = iv_change_begin(&change, edit, key, error);
	if (!rc) {
		if (!change.entry)
			iv_head_insert(&change.draft, &change.head, key, IV_LIT(" []"));
		else
			iv_scalar_fill(&change, change.entry->colon, IV_LIT("[]"));
		rc = iv_change_take(&change, &none, error);
	}
	return iv_change_end(&change, rc, error,
			     iv_arena_printf(edit->arena, "type by hand: %s: []", key));
}

static int set_items(struct iv_edit *edit, const char *key, const struct iv_str *values,
		     size_t count, struct iv_error *error)
{
	const struct iv_value *value = value_of(edit, key);
	size_t have = count_of(edit, key), i;
	int rc = 0;

	if (!count && value && !have && !iv_value_is_blank(value))
		return 0;
	while (!rc && have > count)
		rc = iv_edit_remove_item(edit, key, --have, error);
	for (i = 0; !rc && i < have; i++)
		rc = iv_edit_replace_item(edit, key, i, values[i], error);
	for (; !rc && i < count; i++)
		rc = iv_edit_add(edit, key, values[i], error);
	return rc || count ? rc : set_none(edit, key, error);
}

int iv_edit_set_list(struct iv_edit *edit, const char *key, const struct iv_str *values,
		     size_t count, struct iv_error *error)
{
	/* Several changes, of which all count or none. */
	struct iv_edit *trial = iv_edit_trial(edit);
	int rc = set_items(trial, key, values, count, error);

	return iv_edit_settle(edit, trial, rc);
}

/* ---- which one ---- */

size_t iv_edit_item_at(const struct iv_edit *edit, const char *key, struct iv_pos pos)
{
	const struct iv_value *value = value_of(edit, key), *item;
	size_t found = SIZE_MAX, i;

	/* A record's place is that of its text, behind the quote. */
	for (i = 0; value && (item = iv_value_item(value, i)); i++)
		if (item->pos.line == pos.line && item->pos.column <= pos.column)
			found = i;
	return found;
}

static bool is_same_target(struct iv_arena *arena, struct iv_str a, struct iv_str b)
{
	return iv_str_eq(iv_fold(arena, iv_link_target(a)), iv_fold(arena, iv_link_target(b)));
}

size_t iv_edit_item_of(const struct iv_edit *edit, const char *key, struct iv_str text)
{
	const struct iv_value *value = value_of(edit, key), *item;
	size_t i;

	for (i = 0; value && (item = iv_value_item(value, i)); i++)
		if (item->kind == IV_VALUE_SCALAR && is_same_target(edit->arena, item->text, text))
			break;
	iv_arena_reset(edit->arena);
	return value && iv_value_item(value, i) ? i : SIZE_MAX;
}

size_t iv_edit_place_of(const struct iv_edit *edit, const char *key, iv_day day)
{
	const struct iv_record *later = NULL;
	iv_day last = IV_NO_DAY;
	size_t i;

	for (i = 0; i < edit->note->record_count; i++) {
		const struct iv_record *record = &edit->note->records[i];

		if (strcmp(record->field, key) || record->day == IV_NO_DAY)
			continue;
		if (last != IV_NO_DAY && record->day < last)
			return SIZE_MAX;
		last = record->day;
		if (!later && record->day > day)
			later = record;
	}
	return later ? iv_edit_item_at(edit, key, later->pos) : SIZE_MAX;
}
