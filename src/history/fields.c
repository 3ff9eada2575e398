/* Fields of the front matter, one by one; lists value by value. */
#include <string.h>

#include "history/finder.h"
#include "note/fields.h"
#include "note/value.h"

/* The values of a field as texts; one value serves as a list. */
struct texts {
	struct iv_str *items;
	size_t count;
};

/* One field in both versions; NULL where it is not, or blank. */
struct pair {
	const struct iv_field *before, *after;
	const char *name;
};

/* ---- reading ---- */

static const struct iv_field *field_of(const struct iv_note *note, struct iv_str name)
{
	for (size_t i = 0; note && i < note->field_count; i++) {
		const struct iv_field *field = &note->fields[i];

		if (iv_str_eq(field->name, name))
			return iv_value_is_blank(&field->value) || iv_holds_records(note, field)
				       ? NULL
				       : field;
	}
	return NULL;
}

static bool is_list_kind(enum iv_field_kind kind)
{
	return kind == IV_FIELD_TEXTS || kind == IV_FIELD_REFS || kind == IV_FIELD_RULES ||
	       kind == IV_FIELD_LEADS || kind == IV_FIELD_RECORDS;
}

static bool is_list(const struct iv_note *note, const struct iv_field *field)
{
	const struct iv_field_def *def =
		field && field->known ? iv_field_find(note->type, field->name) : NULL;

	return field && ((def && is_list_kind(def->kind)) || field->value.kind == IV_VALUE_LIST);
}

static struct iv_str lead_line(struct iv_finder *finder, const struct iv_lead *lead, bool said)
{
	char day[11];

	if (lead->reported == IV_NO_DAY || said)
		return lead->text;
	iv_day_format(day, lead->reported);
	return iv_arena_printf(finder->arena, "%.*s (reported %s)", IV_STR_ARG(lead->text), day);
}

/* Leads without the day that an act speaks of, or whose like has none in the other version. */
static struct texts leads_of(struct iv_finder *finder, const struct iv_note *note)
{
	struct texts out = {
		iv_arena_calloc(finder->arena, note->lead_count + 1, sizeof(*out.items)),
		note->lead_count};
	bool *said = note == finder->after ? finder->said_leads : NULL;

	for (size_t i = 0; i < note->lead_count; i++)
		out.items[i] = lead_line(finder, &note->leads[i], said && said[i]);
	return out;
}

static struct texts texts_of(struct iv_finder *finder, const struct iv_note *note,
			     const struct iv_field *field)
{
	struct texts out = {NULL, 0};
	const struct iv_value *value;

	if (!field)
		return out;
	if (note->lead_count && field->known && !strcmp(field->known, "leads"))
		return leads_of(finder, note);
	out.items = iv_arena_calloc(finder->arena, field->value.count + 2, sizeof(*out.items));
	for (size_t i = 0; (value = iv_value_item(&field->value, i)); i++)
		if (!iv_value_is_blank(value))
			out.items[out.count++] = iv_value_line(finder, value);
	if (!out.count)
		out.items[out.count++] = IV_LIT("none");
	return out;
}

/* ---- acts ---- */

static struct iv_act act_of(const struct iv_finder *finder, enum iv_verb verb,
			    const struct pair *pair)
{
	struct iv_act act = iv_act_of(finder, verb);

	act.field = pair->name;
	act.line = pair->after ? pair->after->pos.line : pair->before->pos.line;
	return act;
}

static struct iv_str joined(struct iv_finder *finder, struct texts texts)
{
	struct iv_buf buf = IV_BUF_INIT;
	struct iv_str out;

	for (size_t i = 0; i < texts.count; i++) {
		iv_buf_puts(&buf, i ? ", " : "");
		iv_buf_str(&buf, texts.items[i]);
	}
	out = iv_arena_str(finder->arena, iv_buf_view(&buf));
	iv_buf_release(&buf);
	return out;
}

static void say_change(struct iv_finder *finder, const struct pair *pair, struct iv_str was,
		       struct iv_str now)
{
	enum iv_verb verb = !pair->before  ? IV_ACT_FIELD_SET
			    : !pair->after ? IV_ACT_FIELD_GONE
					   : IV_ACT_FIELD_CHANGED;
	struct iv_act act = act_of(finder, verb, pair);

	if (pair->before)
		act.was = was;
	if (pair->after)
		act.now = now;
	iv_act_add(finder, act);
}

/* Does an act speak of somebody whom this value names? */
static bool is_said(const struct iv_finder *finder, const struct pair *pair, struct iv_str text)
{
	if (!finder->said_refs || strcmp(pair->name, "referrals") != 0)
		return false;
	for (size_t i = 0; i < finder->after->ref_count; i++)
		if (finder->said_refs[i] &&
		    iv_str_find(text, finder->after->refs[i].written) != SIZE_MAX)
			return true;
	return false;
}

static void say_item(struct iv_finder *finder, const struct pair *pair, enum iv_verb verb,
		     struct iv_str text)
{
	struct iv_act act = act_of(finder, verb, pair);

	if (verb == IV_ACT_ITEM_GONE)
		act.was = text;
	else
		act.now = text;
	iv_act_add(finder, act);
}

/* Values that came and went; false when the lists hold the same ones. */
static bool say_items(struct iv_finder *finder, const struct pair *pair, struct texts before,
		      struct texts after)
{
	struct iv_match match;
	bool differ = false;

	iv_match_init(&match, finder, before.count, after.count);
	iv_match_keys(&match, before.items, after.items);
	for (size_t i = 0; i < after.count; i++) {
		if (match.of_after[i] != SIZE_MAX)
			continue;
		differ = true;
		if (!is_said(finder, pair, after.items[i]))
			say_item(finder, pair, IV_ACT_ITEM_ADDED, after.items[i]);
	}
	for (size_t i = 0; i < before.count; i++) {
		if (match.of_before[i] != SIZE_MAX ||
		    (differ && iv_str_is_nocase(before.items[i], "none")))
			continue;
		differ = true;
		say_item(finder, pair, IV_ACT_ITEM_GONE, before.items[i]);
	}
	return differ;
}

static bool any_said(const struct iv_finder *finder, const struct pair *pair, struct texts texts)
{
	for (size_t i = 0; i < texts.count; i++)
		if (is_said(finder, pair, texts.items[i]))
			return true;
	return false;
}

static bool same_order(struct texts before, struct texts after)
{
	if (before.count != after.count)
		return false;
	for (size_t i = 0; i < before.count; i++)
		if (!iv_str_eq(before.items[i], after.items[i]))
			return false;
	return true;
}

static void compare_lists(struct iv_finder *finder, const struct pair *pair)
{
	struct texts before = texts_of(finder, finder->before, pair->before);
	struct texts after = texts_of(finder, finder->after, pair->after);
	bool one_sided = !pair->before || !pair->after;

	if (one_sided && !any_said(finder, pair, after))
		say_change(finder, pair, joined(finder, before), joined(finder, after));
	else if (!same_order(before, after) && !say_items(finder, pair, before, after))
		say_change(finder, pair, joined(finder, before), joined(finder, after));
}

static void compare_field(struct iv_finder *finder, struct iv_str name)
{
	struct pair pair = {field_of(finder->before, name), field_of(finder->after, name), NULL};
	struct iv_str was, now;

	if ((finder->said_state && iv_str_is(name, "state")) ||
	    (finder->said_date && iv_str_is(name, "date")) || (!pair.before && !pair.after))
		return;
	pair.name = iv_arena_str(finder->arena, name).ptr;
	if (is_list(finder->before, pair.before) || is_list(finder->after, pair.after)) {
		compare_lists(finder, &pair);
		return;
	}
	was = pair.before ? iv_value_line(finder, &pair.before->value) : (struct iv_str){NULL, 0};
	now = pair.after ? iv_value_line(finder, &pair.after->value) : (struct iv_str){NULL, 0};
	if (!pair.before || !pair.after || !iv_str_eq(was, now))
		say_change(finder, &pair, was, now);
}

static bool has_name(const struct iv_note *note, struct iv_str name)
{
	for (size_t i = 0; note && i < note->field_count; i++)
		if (iv_str_eq(note->fields[i].name, name))
			return true;
	return false;
}

/* What a note is can change by its folder or its other keys, too. */
static void compare_types(struct iv_finder *finder)
{
	const struct iv_note *before = finder->before, *after = finder->after;
	struct iv_act act = iv_act_of(finder, IV_ACT_FIELD_CHANGED);
	struct iv_str was, now;

	if (!before || !after || before->type == after->type)
		return;
	was = iv_field_line(finder, before, "type");
	now = iv_field_line(finder, after, "type");
	if (!iv_str_eq(was, now))
		return; /* the field says so */
	act.field = "type";
	act.was = iv_str_of(before->type ? iv_type_word(before->type) : "note");
	act.now = iv_str_of(after->type ? iv_type_word(after->type) : "note");
	iv_act_add(finder, act);
}

void iv_compare_fields(struct iv_finder *finder)
{
	const struct iv_note *before = finder->before, *after = finder->after;

	compare_types(finder);
	for (size_t i = 0; after && i < after->field_count; i++)
		compare_field(finder, after->fields[i].name);
	for (size_t i = 0; before && i < before->field_count; i++)
		if (!has_name(after, before->fields[i].name))
			compare_field(finder, before->fields[i].name);
}
