/* Setting and removing a key. */
#include "edit/list.h"
#include "edit/value.h"
#include "note/value.h"

static int refuse_many(struct iv_change *change, struct iv_error *error)
{
	const struct iv_value *value = iv_change_value(change);

	if (value->kind == IV_VALUE_MAP)
		iv_error_set(error, IV_EREFUSED, "'%.*s' holds a mapping",
			     IV_STR_ARG(change->entry->key));
	else
		iv_error_set(error, IV_EREFUSED, "'%.*s' holds a list of %zu values",
			     IV_STR_ARG(change->entry->key), value->count);
	return iv_edit_refused(change->edit, error, change->entry->line);
}

static void insert(struct iv_change *change, struct iv_str text)
{
	struct iv_arena *arena = change->edit->arena;
	struct iv_str scalar = iv_quoted_as(arena, text, IV_QUOTES_NONE, false, change->def);

	iv_head_insert(&change->draft, &change->head, change->key,
		       iv_arena_printf(arena, " %.*s", IV_STR_ARG(scalar)));
}

/* Puts the text where the one value is, or would be. */
static int set_value(struct iv_change *change, struct iv_str text, struct iv_error *error)
{
	const struct iv_entry *entry = change->entry;
	const struct iv_value *value = iv_change_value(change);
	struct iv_str scalar;

	if (!entry) {
		insert(change, text);
		return 0;
	}
	if (value->kind == IV_VALUE_MAP || value->count > 1)
		return refuse_many(change, error);
	if (!text.len) {
		iv_value_clear(change);
		return 0;
	}
	if (value->kind == IV_VALUE_LIST && value->count == 1)
		return iv_list_replace(change, 0, text, error);
	if (entry->start < entry->end)
		return iv_scalar_replace(change, entry->value, false, text, error);
	scalar = iv_quoted_as(change->edit->arena, text, IV_QUOTES_NONE, false, change->def);
	iv_scalar_fill(change, entry->colon, scalar);
	return 0;
}

/* Is it all that the key says already? */
static bool is_set(const struct iv_change *change, struct iv_str text)
{
	const struct iv_value *value = iv_change_value(change);

	if (!text.len)
		return iv_value_is_blank(value);
	return value->kind == IV_VALUE_SCALAR && iv_str_eq(value->text, text);
}

static const struct iv_value *expected(const struct iv_change *change, struct iv_str text)
{
	struct iv_value value = {.kind = IV_VALUE_SCALAR, .text = text};

	if (!text.len)
		return NULL;
	if (iv_change_value(change)->kind == IV_VALUE_LIST && iv_change_value(change)->count == 1)
		return iv_value_with(change->edit->arena, iv_change_value(change), 0, text);
	return iv_arena_copy(change->edit->arena, &value, 1, sizeof(value));
}

int iv_edit_set(struct iv_edit *edit, const char *key, struct iv_str value, struct iv_error *error)
{
	struct iv_change change;
	int rc;

	rc = iv_change_begin(&change, edit, key, error);
	if (!rc)
		rc = iv_edit_check_text(value, "value", error);
	if (!rc && !is_set(&change, value)) {
		rc = set_value(&change, value, error);
		if (!rc)
			rc = iv_change_take(&change, expected(&change, value), error);
	}
	return iv_change_end_with(&change, rc, error, value, false);
}

int iv_edit_remove(struct iv_edit *edit, const char *key, struct iv_error *error)
{
	struct iv_change change;
	struct iv_str by_hand = {NULL, 0};
	int rc;

	rc = iv_change_begin(&change, edit, key, error);
	if (!rc && !change.entry)
		rc = iv_error_set(error, IV_ENOTFOUND, "there is no '%s' in the note", key);
	if (!rc) {
		iv_draft_put(&change.draft, change.entry->line, change.entry->after, IV_LIT(""));
		rc = iv_change_take(&change, NULL, error);
	}
	if (rc == IV_EREFUSED)
		by_hand = iv_arena_printf(edit->arena, "remove '%s' by hand", key);
	return iv_change_end(&change, rc, error, by_hand);
}
