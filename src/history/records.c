/* Records that were added, answered, changed and removed. */
#include <string.h>

#include "history/finder.h"
#include "note/value.h"

/* One item of a field that holds records, with what the parser read in it. */
struct item {
	const char *field;
	struct iv_str written;
	const struct iv_record *record; /* NULL where there is none to be read */
	int index;                      /* of the record in the note */
	uint32_t line;
};

struct items {
	struct item *items;
	size_t count;
};

struct side {
	struct iv_finder *finder;
	const struct iv_note *note;
	struct items list;
	struct iv_str *keys;
};

/* ---- the items of a note ---- */

static bool is_read(const struct iv_value *value)
{
	return value->kind != IV_VALUE_LIST && !iv_value_is_none(value);
}

/* The next record of the field from *at on. */
static const struct iv_record *next_record(const struct iv_note *note, const char *field,
					   size_t *at)
{
	while (*at < note->record_count && strcmp(note->records[*at].field, field) != 0)
		(*at)++;
	return *at < note->record_count ? &note->records[(*at)++] : NULL;
}

static void take_field(struct side *side, const struct iv_field *field)
{
	const struct iv_value *value;
	size_t at = 0;

	for (size_t i = 0; (value = iv_value_item(&field->value, i)); i++) {
		struct item item = {field->known, iv_value_line(side->finder, value), NULL, -1,
				    value->pos.line};

		if (iv_value_is_blank(value))
			continue;
		if (is_read(value))
			item.record = next_record(side->note, field->known, &at);
		if (item.record)
			item.index = (int)(item.record - side->note->records);
		side->list.items[side->list.count++] = item;
	}
	if (field->value.kind == IV_VALUE_LIST && !field->value.count)
		side->list.items[side->list.count++] =
			(struct item){field->known, IV_LIT("none"), NULL, -1, field->pos.line};
}

static struct side side_of(struct iv_finder *finder, const struct iv_note *note)
{
	struct side side = {.finder = finder, .note = note};
	size_t room = 1;

	for (size_t i = 0; note && i < note->field_count; i++)
		room += note->fields[i].value.count + 1;
	side.list.items = iv_arena_calloc(finder->arena, room, sizeof(*side.list.items));
	side.keys = iv_arena_calloc(finder->arena, room, sizeof(*side.keys));
	for (size_t i = 0; note && i < note->field_count; i++)
		if (iv_holds_records(note, &note->fields[i]))
			take_field(&side, &note->fields[i]);
	return side;
}

/* ---- which is which ---- */

enum likeness { AS_WRITTEN, AS_READ, SAME_CHANNEL, SAME_DAY, LIKENESSES };

static struct iv_str key_of(const struct side *side, const struct item *item,
			    enum likeness likeness)
{
	struct iv_arena *arena = side->finder->arena;
	const struct iv_record *record = item->record;

	if (likeness == AS_WRITTEN)
		return iv_arena_printf(arena, "%s %.*s", item->field, IV_STR_ARG(item->written));
	if (!record || (record->day == IV_NO_DAY && !record->skipped))
		return (struct iv_str){NULL, 0};
	if (likeness == SAME_DAY)
		return iv_arena_printf(arena, "%s %d %d", item->field, record->day,
				       record->skipped);
	if (likeness == SAME_CHANNEL)
		return iv_arena_printf(arena, "%s %d %d %d", item->field, record->day,
				       record->skipped, record->channel);
	return iv_arena_printf(arena, "%s %d %d %d %d %d %d %d %.*s", item->field, record->day,
			       record->skipped, record->channel, record->minutes, record->outcome,
			       record->outcome_day, record->later_day, IV_STR_ARG(record->text));
}

/* Pairs what is alike; *same is set for items of `after` that say what they said. */
static struct iv_match match_items(struct side *before, struct side *after, bool *same)
{
	struct iv_match match;

	iv_match_init(&match, before->finder, before->list.count, after->list.count);
	for (int likeness = AS_WRITTEN; likeness < LIKENESSES; likeness++) {
		for (size_t i = 0; i < before->list.count; i++)
			before->keys[i] = match.of_before[i] != SIZE_MAX
						  ? before->keys[i]
						  : key_of(before, &before->list.items[i],
							   (enum likeness)likeness);
		for (size_t i = 0; i < after->list.count; i++)
			after->keys[i] = match.of_after[i] != SIZE_MAX
						 ? after->keys[i]
						 : key_of(after, &after->list.items[i],
							  (enum likeness)likeness);
		iv_match_keys(&match, before->keys, after->keys);
		for (size_t i = 0; likeness <= AS_READ && i < after->list.count; i++)
			same[i] = match.of_after[i] != SIZE_MAX;
	}
	return match;
}

/* ---- acts ---- */

static struct iv_act act_of(const struct side *side, enum iv_verb verb, const struct item *item)
{
	struct iv_act act = iv_act_of(side->finder, verb);

	act.field = item->field;
	act.line = item->line;
	if (!item->record)
		return act;
	act.line = item->record->pos.line;
	act.day = item->record->day;
	act.channel = item->record->channel;
	act.text = item->record->text;
	return act;
}

static enum iv_verb verb_of(const struct item *item)
{
	static const struct {
		const char *field;
		enum iv_verb verb;
	} verbs[] = {{"outreach", IV_ACT_ASKED},
		     {"thank-you", IV_ACT_THANKED},
		     {"reported", IV_ACT_REPORTED},
		     {"touches", IV_ACT_TOUCHED},
		     {"feeler", IV_ACT_FEELER}};
	const struct iv_record *record = item->record;

	if (!record || record->skipped || record->day == IV_NO_DAY)
		return IV_ACT_RECORD_ADDED;
	if (record->outcome == IV_OUTCOME_BOUNCED && strcmp(item->field, "outreach") != 0)
		return IV_ACT_RECORD_ADDED;
	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
		if (!strcmp(verbs[i].field, item->field))
			return verbs[i].verb;
	return IV_ACT_RECORD_ADDED;
}

static void say_answer(const struct side *side, const struct item *item, enum iv_outcome before)
{
	struct iv_act act = act_of(side, IV_ACT_ANSWERED, item);
	const struct iv_record *record = item->record;

	if (strcmp(item->field, "outreach") != 0 || record->outcome == IV_OUTCOME_NONE ||
	    record->outcome == before)
		return;
	if (record->outcome_day != IV_NO_DAY)
		act.day = record->outcome_day;
	act.outcome = record->outcome;
	act.later = record->later_day;
	act.now = iv_str_of(iv_outcome_word(record->outcome));
	if (before != IV_OUTCOME_NONE)
		act.was = iv_str_of(iv_outcome_word(before));
	iv_act_add(side->finder, act);
}

static void say_new(const struct side *side, const struct item *item)
{
	struct iv_act act = act_of(side, verb_of(item), item);
	struct iv_people people = iv_people_of(side->finder, side->note);

	act.now = item->written;
	if (act.verb == IV_ACT_RECORD_ADDED)
		iv_act_add(side->finder, act);
	else
		iv_act_add_people(side->finder, act,
				  iv_people_named(side->finder, side->note, item->index, people));
	if (act.verb != IV_ACT_RECORD_ADDED)
		say_answer(side, item, IV_OUTCOME_NONE);
}

static void say_gone(const struct side *side, const struct item *item)
{
	struct iv_act act = act_of(side, IV_ACT_RECORD_GONE, item);

	act.was = item->written;
	iv_act_add(side->finder, act);
}

/* Does the answer say all that the record says otherwise? */
static bool only_answered(const struct iv_record *was, const struct iv_record *is)
{
	return is->outcome != was->outcome && is->outcome != IV_OUTCOME_NONE &&
	       !strcmp(is->field, "outreach") && was->channel == is->channel &&
	       was->minutes == is->minutes && (!was->text.len || iv_str_eq(was->text, is->text));
}

static void say_changed(const struct side *side, const struct item *was, const struct item *is)
{
	struct iv_act act = act_of(side, IV_ACT_RECORD_CHANGED, is);

	say_answer(side, is, was->record->outcome);
	act.was = was->written;
	act.now = is->written;
	if (!only_answered(was->record, is->record))
		iv_act_add(side->finder, act);
}

void iv_compare_records(struct iv_finder *finder)
{
	struct side before = side_of(finder, finder->before);
	struct side after = side_of(finder, finder->after);
	bool *same = iv_arena_calloc(finder->arena, after.list.count + 1, sizeof(*same));
	struct iv_match match = match_items(&before, &after, same);

	for (size_t i = 0; i < after.list.count; i++) {
		if (match.of_after[i] == SIZE_MAX)
			say_new(&after, &after.list.items[i]);
		else if (!same[i])
			say_changed(&after, &before.list.items[match.of_after[i]],
				    &after.list.items[i]);
	}
	for (size_t i = 0; i < before.list.count; i++)
		if (match.of_before[i] == SIZE_MAX)
			say_gone(&before, &before.list.items[i]);
}
