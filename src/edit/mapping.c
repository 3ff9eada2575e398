#include "edit/mapping.h"

#include <string.h>

#include "edit/value.h"
#include "edit/verify.h"
#include "note/reader.h"
#include "note/value.h"

/* In the order in which they are written. */
enum part { PART_DATE, PART_VIA, PART_MINUTES, PART_OUTCOME, PART_ANSWERED, PART_TEXT, PARTS };

static const char *const part_names[PARTS][2] = {
	{"date", NULL},    {"via", "channel"}, {"minutes", NULL},
	{"outcome", NULL}, {"answered", NULL}, {"text", NULL},
};

/* Where a part is written that may stand nowhere yet. */
struct place {
	const struct iv_yaml_node *node; /* the mapping */
	const struct iv_yaml_pair *pair; /* the part's own, or NULL */
	size_t at;                       /* its index, or that which a new one gets */
};

static bool is_part(struct iv_str key, enum part part)
{
	return iv_spells(iv_str_trim(key), part_names[part][0]) ||
	       (part_names[part][1] && iv_spells(iv_str_trim(key), part_names[part][1]));
}

/* ---- what a record says ---- */

static struct iv_str day_text(struct iv_arena *arena, iv_day day)
{
	char text[11] = "";

	if (day != IV_NO_DAY)
		iv_day_format(text, day);
	return iv_arena_str(arena, iv_str_of(text));
}

/* As the mapping would have it; empty when the record does not say it. */
static struct iv_str part_of(struct iv_arena *arena, const struct iv_record *record, enum part part)
{
	struct iv_str later = day_text(arena, record->later_day);

	switch (part) {
	case PART_DATE: return day_text(arena, record->day);
	case PART_VIA: return iv_str_of(iv_channel_word(record->channel));
	case PART_MINUTES:
		return record->minutes < 0 ? (struct iv_str){"", 0}
					   : iv_arena_printf(arena, "%d", record->minutes);
	case PART_OUTCOME:
		return iv_arena_printf(arena, "%s%s%.*s", iv_outcome_word(record->outcome),
				       later.len ? " " : "", IV_STR_ARG(later));
	case PART_ANSWERED: return day_text(arena, record->outcome_day);
	case PART_TEXT: return iv_str_trim(record->text);
	case PARTS: break;
	}
	return (struct iv_str){"", 0};
}

/* A note that holds the record, to be freed; NULL when the text is none of that field. */
static struct iv_note *note_of(const struct iv_edit *edit, const struct iv_field_def *def,
			       struct iv_str text)
{
	const char *type = def->types & IV_ON_CONTACT ? "contact" : "meeting";
	struct iv_str scalar = iv_quoted_as(edit->arena, text, IV_QUOTES_DOUBLE, false, NULL);
	struct iv_str bytes = iv_arena_printf(edit->arena, "---\ntype: %s\n%s: %.*s\n---\n", type,
					      def->name, IV_STR_ARG(scalar));
	struct iv_note *note = iv_note_parse(IV_LIT("record.md"), bytes, NULL);

	if (note->record_count == 1 && !note->records[0].skipped && !note->problem_count)
		return note;
	iv_note_free(note);
	return NULL;
}

static const struct iv_record *record_at(const struct iv_note *note, struct iv_pos pos)
{
	size_t i;

	for (i = 0; i < note->record_count; i++)
		if (iv_same_place(note->records[i].pos, pos))
			return &note->records[i];
	return NULL;
}

/* ---- writing one part ---- */

static struct place find_place(const struct iv_yaml_node *node, enum part part)
{
	struct place place = {node, NULL, 0};
	size_t i;
	int earlier;

	for (i = 0; i < node->count; i++) {
		if (is_part(node->pairs[i].key->text, part)) {
			place.pair = &node->pairs[i];
			place.at = i;
			return place;
		}
		for (earlier = 0; earlier < (int)part; earlier++)
			if (is_part(node->pairs[i].key->text, (enum part)earlier))
				place.at = i + 1;
	}
	return place;
}

static struct iv_str spaces(struct iv_arena *arena, size_t count)
{
	return iv_arena_printf(arena, "%*s", (int)count, "");
}

/* `, key: value`, or a line of its own. */
static void insert_part(struct iv_change *change, const struct place *place, const char *name,
			struct iv_str scalar)
{
	const struct iv_yaml_node *node = place->node;
	const struct iv_yaml_pair *before = &node->pairs[place->at ? place->at - 1 : 0];
	struct iv_str bytes = iv_edit_bytes(change->edit), indent;
	struct iv_arena *arena = change->edit->arena;
	size_t at = iv_node_end(&change->head, before->value);

	if (node->flow) {
		scalar = iv_arena_printf(arena, ", %s: %.*s", name, IV_STR_ARG(scalar));
	} else {
		indent = spaces(arena, node->pairs[0].key->pos.column - 1);
		scalar = iv_arena_printf(arena, "%s%.*s%s: %.*s", iv_edit_eol(change->edit),
					 IV_STR_ARG(indent), name, IV_STR_ARG(scalar));
		at = iv_line_stop(bytes, at);
	}
	iv_draft_put(&change->draft, at, at, scalar);
}

static int write_part(struct iv_change *change, const struct place *place, enum part part,
		      struct iv_str text, struct iv_error *error)
{
	const struct iv_field_def *field = part == PART_TEXT ? change->def : NULL;
	struct iv_str bytes = iv_edit_bytes(change->edit), scalar;
	size_t at;

	/* The words of records are words to us, and so they are typed. */
	scalar = part == PART_TEXT ? iv_quoted_as(change->edit->arena, text, IV_QUOTES_NONE,
						  place->node->flow, field)
				   : text;
	if (!place->pair) {
		insert_part(change, place, part_names[part][0], scalar);
		return 0;
	}
	at = iv_node_start(&change->head, place->pair->value);
	if (place->pair->value->end > place->pair->value->start)
		return iv_scalar_replace(change, place->pair->value, place->node->flow, text,
					 error);
	iv_draft_put(&change->draft, at, at,
		     iv_arena_printf(change->edit->arena, "%s%.*s",
				     bytes.ptr[at - 1] == ':' ? " " : "", IV_STR_ARG(scalar)));
	return 0;
}

/* The list with the part in its mapping. */
static const struct iv_value *with_part(const struct iv_change *change, size_t index,
					const struct place *place, const char *name,
					struct iv_str text)
{
	struct iv_arena *arena = change->edit->arena;
	const struct iv_value *value = iv_change_value(change);
	struct iv_value *out = iv_arena_copy(arena, value, 1, sizeof(*value)), *map = out, *items;
	size_t from = place->at, to = place->at + (place->pair != NULL);
	struct iv_value part = {.kind = IV_VALUE_SCALAR, .key = iv_str_of(name), .text = text};

	if (value->kind == IV_VALUE_LIST) {
		items = iv_arena_copy(arena, value->items, value->count, sizeof(*items));
		out->items = items;
		map = &items[index];
	}
	if (place->pair)
		part.key = map->items[place->at].key;
	items = iv_arena_calloc(arena, map->count + 1, sizeof(*items));
	memcpy(items, map->items, from * sizeof(*items));
	items[from] = part;
	memcpy(items + from + 1, map->items + to, (map->count - to) * sizeof(*items));
	map->items = items;
	map->count += place->pair == NULL;
	return out;
}

static int check_mapping(struct iv_change *change, const struct iv_yaml_node *node,
			 struct iv_error *error)
{
	struct iv_str raw = iv_node_raw(&change->head, node);
	size_t i, at = node->start;

	for (i = 0; i < node->count && node->pairs[i].value->start >= at &&
		    !iv_node_is_odd(&change->head, node->pairs[i].value);
	     i++)
		at = node->pairs[i].value->end;
	if (node->count && i == node->count && at <= node->end &&
	    !(node->flow && iv_line_stop(raw, 0) < raw.len) && !iv_node_is_odd(&change->head, node))
		return 0;
	iv_error_set(error, IV_EREFUSED,
		     "the record is a mapping that is empty, has an anchor, an alias or a tag, or "
		     "stands in braces over several lines");
	return iv_edit_refused(change->edit, error, change->head.from + node->start);
}

static int set_part(struct iv_edit *edit, const char *key, size_t index, enum part part,
		    struct iv_str text, struct iv_error *error)
{
	const struct iv_yaml_node *node;
	struct iv_change change;
	struct place place;
	int rc;

	rc = iv_change_begin(&change, edit, key, error);
	if (!rc) {
		node = change.entry->value;
		node = node->kind == IV_YAML_SEQUENCE ? node->items[index] : node;
		rc = check_mapping(&change, node, error);
	}
	if (!rc) {
		place = find_place(node, part);
		rc = write_part(&change, &place, part, text, error);
	}
	if (!rc)
		rc = iv_change_take(&change,
				    with_part(&change, index, &place, part_names[part][0], text),
				    error);
	return iv_change_end(&change, rc, error, (struct iv_str){NULL, 0});
}

/* ---- the whole ---- */

static const struct iv_record *current(const struct iv_edit *edit, const char *key, size_t index)
{
	const struct iv_field *field = iv_note_field(edit->note, key);
	const struct iv_value *item = field ? iv_value_item(&field->value, index) : NULL;

	return item ? record_at(edit->note, item->pos) : NULL;
}

/* Sets each part that differs; a part that the record no longer says is not taken out. */
static int set_parts(struct iv_edit *edit, const char *key, size_t index,
		     const struct iv_record *wanted, struct iv_error *error)
{
	struct iv_arena *arena = iv_arena_new();
	const struct iv_record *record;
	int part, rc = 0;

	for (part = 0; !rc && part < PARTS; part++) {
		struct iv_str old = {"", 0}, new = part_of(arena, wanted, (enum part)part);

		record = current(edit, key, index);
		if (record)
			old = part_of(arena, record, (enum part)part);
		if (!iv_str_eq(old, new) && new.len)
			rc = set_part(edit, key, index, (enum part)part, new, error);
	}
	record = current(edit, key, index);
	if (!rc && (!record || !iv_same_record(record, wanted))) {
		iv_error_set(error, IV_EREFUSED,
			     "the record is a mapping, and would have to lose a key");
		rc = iv_edit_refused(edit, error, iv_edit_begin(edit));
	}
	iv_arena_free(arena);
	return rc;
}

int iv_mapping_replace(struct iv_edit *edit, const char *key, size_t index, struct iv_str text,
		       struct iv_error *error)
{
	const struct iv_field_def *def;
	struct iv_edit *trial;
	struct iv_note *wanted;
	int rc;

	iv_head_name(&def, edit, iv_str_of(key));
	wanted = def && def->kind == IV_FIELD_RECORDS ? note_of(edit, def, text) : NULL;
	if (!wanted) {
		iv_error_set(error, IV_EREFUSED, "the value is a mapping, and '%.*s' is no record",
			     IV_STR_ARG(text));
		return iv_edit_refused(edit, error, iv_edit_begin(edit));
	}
	trial = iv_edit_trial(edit);
	rc = set_parts(trial, def->name, index, &wanted->records[0], error);
	rc = iv_edit_settle(edit, trial, rc);
	iv_note_free(wanted);
	return rc;
}
