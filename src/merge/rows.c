#include "merge/rows.h"

#include <stdlib.h>

#include "edit/list.h"
#include "edit/verify.h"
#include "note/value.h"

#define NOWHERE SIZE_MAX

/* A list in lines: where its items stand. */
struct rows {
	bool there;
	const struct iv_head *head;
	const struct iv_yaml_node *list;
	struct iv_str bytes;  /* of the whole note */
	struct iv_str indent; /* of the dashes */
	size_t *from;         /* of each item, behind the one before it: with its comments */
	size_t *dashed;       /* the line of its dash */
	size_t *to;           /* behind it */
	size_t count;
};

struct table {
	struct rows rows[IV_VERSIONS];
	struct iv_str key[IV_VERSIONS], tail[IV_VERSIONS];
	const struct iv_markers *markers;
	struct iv_arena *arena;
};

/* ---- reading ---- */

static size_t item_end(const struct iv_head *head, const struct iv_yaml_node *item, size_t dash)
{
	size_t end = iv_node_end(head, item);

	/* An empty one is nowhere. */
	return item->start < item->end && end > dash ? end : dash;
}

static bool read_row(struct rows *rows, const struct iv_head *head, const struct iv_yaml_node *item,
		     size_t from)
{
	size_t i = rows->count++, dash = iv_item_dash(head, item), line;
	struct iv_str indent;

	if (dash == NOWHERE)
		return false;
	line = iv_line_begin(rows->bytes, dash);
	indent = iv_str_slice(rows->bytes, line, dash);
	if (line < from || (i && !iv_str_eq(indent, rows->indent)))
		return false;
	rows->indent = indent;
	rows->from[i] = from;
	rows->dashed[i] = line;
	rows->to[i] = iv_line_after(rows->bytes, item_end(head, item, dash));
	return true;
}

static void read_rows(struct rows *rows, struct iv_arena *arena, const struct iv_head *head,
		      const struct iv_entry *entry)
{
	const struct iv_yaml_node *list = entry ? entry->value : NULL;
	size_t from;

	if (!list || entry->odd || list->kind != IV_YAML_SEQUENCE || list->flow || !list->count)
		return;
	rows->head = head;
	rows->list = list;
	rows->bytes = iv_edit_bytes(head->edit);
	rows->from = iv_arena_calloc(arena, list->count, sizeof(size_t));
	rows->dashed = iv_arena_calloc(arena, list->count, sizeof(size_t));
	rows->to = iv_arena_calloc(arena, list->count, sizeof(size_t));
	from = iv_line_after(rows->bytes, entry->colon);
	for (size_t i = 0; i < list->count; i++) {
		if (!read_row(rows, head, list->items[i], from))
			return;
		from = rows->to[i];
	}
	rows->there = from <= entry->after;
}

static void read_table(struct table *table, const struct iv_versions *versions,
		       const struct iv_spot *place)
{
	for (int i = 0; i < IV_VERSIONS; i++) {
		const struct iv_entry *entry = place->entries[i];
		struct rows *rows = &table->rows[i];

		read_rows(rows, table->arena, &versions->of[i].head, entry);
		table->key[i] = table->tail[i] = IV_LIT("");
		if (!rows->there)
			continue;
		table->key[i] = iv_str_slice(rows->bytes, entry->line, rows->from[0]);
		table->tail[i] = iv_str_slice(rows->bytes, rows->to[rows->count - 1], entry->after);
	}
}

/* ---- items in lines ---- */

/* Lines as they look at the indentation that ours has. */
static struct iv_str moved(const struct table *table, int version, size_t from, size_t to)
{
	const struct rows *rows = &table->rows[version], *ours = &table->rows[IV_OURS];
	struct iv_buf out = IV_BUF_INIT;
	struct iv_str text = iv_str_slice(rows->bytes, from, to), moved;

	if (iv_str_eq(rows->indent, ours->indent))
		return text;
	for (size_t at = 0, next; at < text.len; at = next) {
		struct iv_str line = iv_str_slice(text, at, next = iv_line_after(text, at));

		if (iv_str_trim(line).len &&
		    iv_str_eq(iv_str_slice(line, 0, rows->indent.len), rows->indent)) {
			iv_buf_str(&out, ours->indent);
			line = iv_str_slice(line, rows->indent.len, line.len);
		}
		iv_buf_str(&out, line);
	}
	moved = iv_arena_str(table->arena, iv_buf_view(&out));
	iv_buf_release(&out);
	return moved;
}

static struct iv_str lead_of(const struct table *table, int version, size_t at)
{
	const struct rows *rows = &table->rows[version];

	return at < rows->count ? moved(table, version, rows->from[at], rows->dashed[at])
				: IV_LIT("");
}

static struct iv_str item_of(const struct table *table, int version, size_t at)
{
	const struct rows *rows = &table->rows[version];

	return at < rows->count ? moved(table, version, rows->dashed[at], rows->to[at])
				: IV_LIT("");
}

/* Comments that both sides have stand above it. */
static void emit_conflict(struct iv_sides *out, const struct table *table,
			  const struct iv_slot *slot)
{
	struct iv_str leads[IV_VERSIONS], items[IV_VERSIONS];
	int choice = -1, i;

	for (i = 0; i < IV_VERSIONS; i++) {
		leads[i] = lead_of(table, i, slot->at[i]);
		items[i] = item_of(table, i, slot->at[i]);
	}
	if (slot->items[IV_OURS] && slot->items[IV_THEIRS])
		choice = iv_winner(leads);
	if (choice >= 0)
		iv_sides_add(out, leads[choice]);
	for (i = 0; choice < 0 && i < IV_VERSIONS; i++)
		items[i] = iv_arena_printf(table->arena, "%.*s%.*s", IV_STR_ARG(leads[i]),
					   IV_STR_ARG(items[i]));
	iv_sides_conflict(out, table->markers, items);
}

static struct iv_str comments_of(const struct table *table, int version, size_t at)
{
	const struct rows *rows = &table->rows[version];

	if (!rows->there || at >= rows->count)
		return IV_LIT("");
	return iv_comments(rows->head, rows->list->items[at], rows->dashed[at], rows->to[at]);
}

/* Both changed the bytes of an item: the side with the value and the comments that count, or -1. */
static int choose_item(const struct table *table, const struct iv_slot *slot)
{
	struct iv_str comments[IV_VERSIONS];
	int i, choice;

	for (i = 0; i < IV_VERSIONS; i++)
		comments[i] = comments_of(table, i, slot->at[i]);
	choice = iv_winner(comments);
	if (choice < 0 || iv_same_value(slot->items[IV_OURS], slot->items[IV_THEIRS]))
		return choice;
	return iv_str_eq(comments[choice], comments[slot->from]) ? slot->from : -1;
}

/*
 * An item of one side alone comes as it is; else what was changed of its bytes counts. False where
 * that would lose a comment.
 */
static bool emit_slot(struct iv_sides *out, const struct table *table, const struct iv_slot *slot)
{
	struct iv_str leads[IV_VERSIONS], items[IV_VERSIONS];
	int lead = slot->from, item = lead, i;

	for (i = 0; i < IV_VERSIONS; i++) {
		leads[i] = lead_of(table, i, slot->at[i]);
		items[i] = item_of(table, i, slot->at[i]);
	}
	if (slot->items[IV_OURS] && slot->items[IV_THEIRS]) {
		lead = iv_winner(leads);
		item = iv_winner(items);
		if (item < 0)
			item = choose_item(table, slot);
	}
	if (lead < 0 || item < 0)
		return false;
	iv_sides_add(out, leads[lead]);
	iv_sides_add(out, items[item]);
	return true;
}

static bool is_kept(const struct iv_plan *plan, int version, size_t at)
{
	for (size_t i = 0; i < plan->count; i++)
		if (plan->slots[i].at[version] == at)
			return true;
	return false;
}

/* A comment that is not in the base, at an item that goes. */
static bool loses_comment(const struct table *table, const struct iv_plan *plan, int version)
{
	const struct rows *rows = &table->rows[version], *base = &table->rows[IV_BASE];
	struct iv_str all = IV_LIT("");

	if (base->there)
		all = iv_str_slice(base->bytes, base->from[0], base->to[base->count - 1]);
	for (size_t i = 0; i < rows->count; i++) {
		struct iv_str text = iv_str_slice(rows->bytes, rows->from[i], rows->to[i]);

		if (!is_kept(plan, version, i) && iv_str_find_char(text, '#') != NOWHERE &&
		    iv_str_find(all, text) == NOWHERE)
			return true;
	}
	return false;
}

static bool emit_rows(struct iv_sides *out, const struct table *table, const struct iv_plan *plan)
{
	int key = iv_winner(table->key), tail = iv_winner(table->tail);
	bool done = key >= 0 && tail >= 0 && plan->count;

	for (int side = IV_OURS; done && side <= IV_THEIRS; side++)
		done = !loses_comment(table, plan, side);
	if (done)
		iv_sides_add(out, table->key[key]);
	for (size_t i = 0; done && i < plan->count; i++) {
		struct iv_slot *slot = &plan->slots[i];

		slot->conflict = slot->conflict || !emit_slot(out, table, slot);
		if (slot->conflict)
			emit_conflict(out, table, slot);
	}
	if (done)
		iv_sides_add(out, table->tail[tail]);
	return done;
}

/* ---- other lists ---- */

/* The items as texts; false where one of them is more, or under conflict. */
static bool find_texts(struct iv_str *texts, const struct iv_plan *plan)
{
	for (size_t i = 0; i < plan->count; i++) {
		const struct iv_slot *slot = &plan->slots[i];

		if (slot->conflict || slot->items[slot->from]->kind != IV_VALUE_SCALAR)
			return false;
		texts[i] = slot->items[slot->from]->text;
	}
	return plan->count;
}

/* An edit of ours keeps the comments of ours alone. */
static bool has_new_comment(const struct iv_versions *versions, const struct iv_spot *place)
{
	struct iv_str ours = iv_spot_comments(versions, place, IV_OURS);
	struct iv_str theirs = iv_spot_comments(versions, place, IV_THEIRS);
	struct iv_str base = iv_spot_comments(versions, place, IV_BASE);

	return !iv_str_eq(ours, theirs) || (place->entries[IV_BASE] && !iv_str_eq(ours, base));
}

/* The key's lines in the note under edit; an item that went may have taken a comment with it. */
static bool emit_entry(struct iv_sides *out, const struct iv_edit *edit, const char *key,
		       struct iv_str comments)
{
	struct iv_entry *entry = NULL;
	struct iv_head head;

	if (iv_head_read(&head, edit, NULL) || iv_head_find(&entry, &head, key, NULL) || !entry ||
	    !iv_str_eq(iv_comments(&head, entry->value, entry->colon, entry->after), comments))
		return false;
	iv_sides_add(out, iv_str_slice(iv_edit_bytes(edit), entry->line, entry->after));
	return true;
}

static size_t count_items(const struct iv_field *field)
{
	if (field->value.kind == IV_VALUE_LIST)
		return field->value.count;
	return iv_value_is_blank(&field->value) || iv_value_is_none(&field->value) ? 0 : 1;
}

/* Do the items of a side that stay keep their order? */
static bool keeps_order(const struct iv_plan *plan, int side)
{
	size_t next = 0;

	for (size_t i = 0; i < plan->count; i++) {
		size_t at = plan->slots[i].at[side];

		if (at != NOWHERE && at < next)
			return false;
		next = at != NOWHERE ? at + 1 : next;
	}
	return true;
}

/* Item by item, so that each that stays keeps its bytes. */
static int edit_items(struct iv_edit *edit, const char *key, const struct iv_plan *plan, int side,
		      const struct iv_str *texts)
{
	size_t count = count_items(plan->fields[side]), i;
	int rc = 0;

	for (i = count; !rc && i-- > 0;)
		if (!is_kept(plan, side, i)) {
			rc = iv_edit_remove_item(edit, key, i, NULL);
			count--;
		}
	for (i = 0; !rc && i < plan->count; i++) {
		if (plan->slots[i].at[side] != NOWHERE)
			rc = iv_edit_replace_item(edit, key, i, texts[i], NULL);
		else if (i < count)
			rc = iv_edit_insert(edit, key, i, texts[i], NULL);
		else
			rc = iv_edit_add(edit, key, texts[i], NULL);
		count += plan->slots[i].at[side] == NOWHERE;
	}
	return rc;
}

/* What an edit of one side makes of its list. */
static bool emit_edited(struct iv_sides *out, const struct iv_versions *versions,
			const struct iv_spot *place, const struct iv_str *texts, int side)
{
	struct iv_edit *edit = iv_edit_trial(versions->of[side].edit);
	struct iv_str written = place->entries[side]->key;
	char *key = iv_strndup(written.ptr, written.len);
	bool done = keeps_order(place->plan, side) &&
		    !edit_items(edit, key, place->plan, side, texts) &&
		    emit_entry(out, edit, key, iv_spot_comments(versions, place, side));

	free(key);
	iv_edit_free(edit);
	return done;
}

static bool emit_any(struct iv_sides *out, const struct iv_versions *versions,
		     const struct iv_spot *place, const struct table *table)
{
	struct iv_plan *plan = place->plan;
	struct iv_str *texts = iv_arena_calloc(table->arena, plan->count + 1, sizeof(*texts));

	if (table->rows[IV_OURS].there && table->rows[IV_THEIRS].there)
		return emit_rows(out, table, plan);
	return find_texts(texts, plan) && !has_new_comment(versions, place) &&
	       (emit_edited(out, versions, place, texts, IV_OURS) ||
		emit_edited(out, versions, place, texts, IV_THEIRS));
}

bool iv_rows_merge(struct iv_sides *out, const struct iv_versions *versions,
		   const struct iv_spot *place, const struct iv_markers *markers)
{
	struct table table = {.markers = markers, .arena = iv_arena_new()};
	struct iv_str leads[IV_VERSIONS];
	bool done = false;
	int lead;

	read_table(&table, versions, place);
	for (int i = 0; i < IV_VERSIONS; i++)
		leads[i] = iv_spot_lead(versions, place, i);
	lead = iv_winner(leads);
	if (lead >= 0) {
		iv_sides_add(out, leads[lead]);
		done = emit_any(out, versions, place, &table);
	}
	iv_arena_free(table.arena);
	return done;
}
