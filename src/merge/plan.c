#include "merge/plan.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "edit/verify.h"
#include "merge/set.h"
#include "note/value.h"

static bool is_absent(const struct iv_field *field)
{
	return !field || iv_value_is_blank(&field->value);
}

bool iv_says_same(const struct iv_field *a, const struct iv_field *b)
{
	if (is_absent(a) || is_absent(b))
		return is_absent(a) && is_absent(b);
	return iv_same_value(&a->value, &b->value);
}

const struct iv_value *iv_next_item(const struct iv_field *field, size_t *at)
{
	const struct iv_value *item;

	if (!field ||
	    (field->value.kind != IV_VALUE_LIST && (iv_value_is_none(&field->value) || *at)))
		return NULL;
	while ((item = iv_value_item(&field->value, (*at)++)))
		if (!iv_value_is_blank(item))
			return item;
	return NULL;
}

/* ---- lists ---- */

/* Of keys of the user's own, those are lists that are one in some version. */
static bool is_list(const struct iv_plan *plan)
{
	for (int i = 0; i < IV_VERSIONS; i++)
		if (plan->fields[i] && plan->fields[i]->value.kind == IV_VALUE_LIST)
			return true;
	return false;
}

static bool list_kind(enum iv_items *kind, const struct iv_plan *plan, enum iv_type type)
{
	const struct iv_field_def *def = iv_field_find(type, plan->name);

	*kind = IV_ITEMS_TEXTS;
	if (!def)
		return is_list(plan);
	switch (def->kind) {
	case IV_FIELD_RECORDS: *kind = IV_ITEMS_RECORDS; return true;
	case IV_FIELD_LEADS: *kind = IV_ITEMS_LEADS; return true;
	case IV_FIELD_REFS: *kind = IV_ITEMS_REFS; return true;
	case IV_FIELD_TEXTS:
	case IV_FIELD_RULES: return true;
	case IV_FIELD_TEXT:
	case IV_FIELD_REF:
	case IV_FIELD_DATE:
	case IV_FIELD_DATETIME:
	case IV_FIELD_SPAN:
	case IV_FIELD_MINUTES:
	case IV_FIELD_PERCENT:
	case IV_FIELD_RATING:
	case IV_FIELD_CHOICE:
	case IV_FIELD_FLAG: break;
	}
	return false;
}

/* The type by which fields are known: whoever is called ours. */
static enum iv_type type_of(const struct iv_versions *versions)
{
	enum iv_type base = iv_edit_note(versions->of[IV_BASE].edit)->type;
	enum iv_type ours = iv_edit_note(versions->of[IV_OURS].edit)->type;
	enum iv_type theirs = iv_edit_note(versions->of[IV_THEIRS].edit)->type;

	if (base != IV_TYPE_NONE)
		return base;
	return ours > theirs ? ours : theirs;
}

/* ---- one field ---- */

static void decide(struct iv_plan *plan, struct iv_arena *arena, enum iv_type type)
{
	const struct iv_field *base = plan->fields[IV_BASE], *ours = plan->fields[IV_OURS];
	const struct iv_field *theirs = plan->fields[IV_THEIRS];
	enum iv_items kind;

	plan->fate = IV_FATE_CONFLICT;
	if (iv_says_same(ours, theirs) || iv_says_same(theirs, base))
		plan->fate = IV_FATE_OURS;
	else if (iv_says_same(ours, base))
		plan->fate = IV_FATE_THEIRS;
	else if (!is_absent(ours) && !is_absent(theirs) && list_kind(&kind, plan, type) &&
		 iv_set_merge(plan, arena, kind))
		plan->fate = IV_FATE_LIST;
}

/* ---- all of them ---- */

/* Where the versions are of different types, a name that means the same to one is another's own. */
static struct iv_str name_of(const struct iv_plans *plans, const struct iv_versions *versions,
			     const struct iv_field *field)
{
	return versions->same_type ? field->name : iv_fold_key(plans->arena, field->key);
}

static struct iv_plan *plan_named(struct iv_plans *plans, struct iv_str name)
{
	for (size_t i = 0; i < plans->count; i++)
		if (iv_str_eq(plans->items[i].name, name))
			return &plans->items[i];
	IV_GROW(plans->items, plans->count, plans->capacity);
	plans->items[plans->count] = (struct iv_plan){.name = name};
	return &plans->items[plans->count++];
}

void iv_plans_init(struct iv_plans *out, const struct iv_versions *versions)
{
	*out = (struct iv_plans){.arena = iv_arena_new()};
	for (int i = 0; i < IV_VERSIONS; i++) {
		const struct iv_note *note = iv_edit_note(versions->of[i].edit);

		for (size_t j = 0; j < note->field_count; j++) {
			const struct iv_field *field = &note->fields[j];
			struct iv_plan *plan = plan_named(out, name_of(out, versions, field));

			if (!plan->fields[i])
				plan->fields[i] = field;
		}
	}
	for (size_t i = 0; i < out->count; i++)
		decide(&out->items[i], out->arena, type_of(versions));
}

void iv_plans_release(struct iv_plans *plans)
{
	free(plans->items);
	iv_arena_free(plans->arena);
}

struct iv_plan *iv_plan_of(const struct iv_plans *plans, int version, const struct iv_field *field)
{
	for (size_t i = 0; field && i < plans->count; i++)
		if (plans->items[i].fields[version] == field)
			return &plans->items[i];
	return NULL;
}
