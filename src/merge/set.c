#include "merge/set.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "edit/verify.h"
#include "note/convert.h"

/* Each is compared with each of another version. */
#define ITEMS_MAX 1000
#define NOWHERE SIZE_MAX

struct item {
	const struct iv_value *value;
	size_t at;     /* its number in the field's value */
	size_t base;   /* of a side: the item of the base that it is, or NOWHERE */
	size_t behind; /* of one that a side added: the item of the base before it, or NOWHERE */
	iv_day day;
	bool done;
};

struct list {
	struct item *items;
	size_t count;
	bool ordered; /* what is of the base stands in the base's order */
};

struct merger {
	struct iv_arena *arena;
	enum iv_items kind;
	struct list lists[IV_VERSIONS];
	size_t *sides[IV_VERSIONS]; /* for each item of the base that of a side, or NOWHERE */
	bool rising, falling;       /* the records of all versions stand by their days */
	struct iv_plan *plan;
	size_t capacity;
};

/* ---- items ---- */

static iv_day day_of(const struct iv_value *value)
{
	iv_day day = IV_NO_DAY;

	if (value->kind == IV_VALUE_MAP)
		value = iv_value_at(value, "date");
	if (value && value->kind == IV_VALUE_SCALAR)
		iv_leading_day(&day, iv_str_trim(value->text));
	return day;
}

static bool read_list(struct list *list, const struct merger *merger, const struct iv_field *field)
{
	const struct iv_value *value;
	size_t room = field && field->value.kind == IV_VALUE_LIST ? field->value.count : 1, at = 0;

	if (room > ITEMS_MAX)
		return false;
	list->items = iv_arena_calloc(merger->arena, room + 1, sizeof(*list->items));
	while ((value = iv_next_item(field, &at))) {
		list->items[list->count++] = (struct item){.value = value,
							   .at = at - 1,
							   .base = NOWHERE,
							   .behind = NOWHERE,
							   .day = day_of(value)};
	}
	return true;
}

/* An order of any two values, which does not ask whose they are. */
static int compare_values(const struct iv_value *a, const struct iv_value *b)
{
	int order = (int)a->kind - (int)b->kind;

	if (!order)
		order = iv_str_cmp(a->key, b->key);
	if (!order && a->kind == IV_VALUE_SCALAR)
		return iv_str_cmp(a->text, b->text);
	for (size_t i = 0; !order && i < a->count && i < b->count; i++)
		order = compare_values(&a->items[i], &b->items[i]);
	if (order || a->count == b->count)
		return order;
	return a->count < b->count ? -1 : 1;
}

static int compare_days(const struct merger *merger, iv_day a, iv_day b)
{
	if (merger->kind != IV_ITEMS_RECORDS || a == b)
		return 0;
	return (a < b) == (merger->falling && !merger->rising) ? 1 : -1;
}

/* ---- which is which ---- */

static bool is_scalar_pair(const struct iv_value *a, const struct iv_value *b)
{
	return a->kind == IV_VALUE_SCALAR && b->kind == IV_VALUE_SCALAR;
}

static struct iv_str words_of_lead(struct iv_str text)
{
	size_t end = iv_str_find(text, IV_LIT("(reported"));

	return iv_str_trim(iv_str_slice(text, 0, end));
}

static bool starts_with(struct iv_str text, struct iv_str start)
{
	return start.len && text.len >= start.len &&
	       iv_str_eq(iv_str_slice(text, 0, start.len), start);
}

static bool is_same_lead(struct iv_str a, struct iv_str b)
{
	a = words_of_lead(a);
	b = words_of_lead(b);
	return starts_with(a, b) || starts_with(b, a);
}

/* Does it look as if one had become the other? */
static bool is_alike(const struct merger *merger, const struct item *a, const struct item *b)
{
	bool scalars = is_scalar_pair(a->value, b->value);
	struct iv_arena *arena = merger->arena;

	switch (merger->kind) {
	case IV_ITEMS_TEXTS: return false;
	case IV_ITEMS_RECORDS: return a->day != IV_NO_DAY && a->day == b->day;
	case IV_ITEMS_LEADS: return scalars && is_same_lead(a->value->text, b->value->text);
	case IV_ITEMS_REFS:
		return scalars && iv_str_eq(iv_fold(arena, iv_link_target(a->value->text)),
					    iv_fold(arena, iv_link_target(b->value->text)));
	}
	return false;
}

/* How much of their beginnings is the same. */
static size_t likeness(const struct item *a, const struct item *b)
{
	struct iv_str one = a->value->text, two = b->value->text;
	size_t len = 0;

	if (!is_scalar_pair(a->value, b->value))
		return 0;
	while (len < one.len && len < two.len && one.ptr[len] == two.ptr[len])
		len++;
	return len + 1;
}

static void pair(struct merger *merger, int side, size_t base, size_t item)
{
	merger->sides[side][base] = item;
	merger->lists[side].items[item].base = base;
}

static void pair_same(struct merger *merger, int side)
{
	const struct list *base = &merger->lists[IV_BASE], *list = &merger->lists[side];
	size_t i, j;

	for (i = 0; i < base->count; i++)
		for (j = 0; merger->sides[side][i] == NOWHERE && j < list->count; j++)
			if (list->items[j].base == NOWHERE &&
			    iv_same_value(base->items[i].value, list->items[j].value))
				pair(merger, side, i, j);
}

static void pair_alike(struct merger *merger, int side)
{
	const struct list *base = &merger->lists[IV_BASE], *list = &merger->lists[side];
	size_t i, j;

	for (i = 0; i < base->count; i++) {
		size_t best = NOWHERE;

		for (j = 0; merger->sides[side][i] == NOWHERE && j < list->count; j++)
			if (list->items[j].base == NOWHERE &&
			    is_alike(merger, &base->items[i], &list->items[j]) &&
			    (best == NOWHERE ||
			     likeness(&base->items[i], &list->items[j]) >
				     likeness(&base->items[i], &list->items[best])))
				best = j;
		if (best != NOWHERE)
			pair(merger, side, i, best);
	}
}

static bool is_ordered(const struct list *list)
{
	size_t next = 0;

	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].base == NOWHERE)
			continue;
		if (list->items[i].base < next)
			return false;
		next = list->items[i].base + 1;
	}
	return true;
}

/* Between two that are known stand as many others in both: they may be the same, changed. */
static void pair_by_place(struct merger *merger, int side)
{
	size_t *sides = merger->sides[side], count = merger->lists[IV_BASE].count;
	size_t from = 0, side_from = 0, i, j;

	for (i = 0; i <= count; i++) {
		size_t to = i < count ? sides[i] : merger->lists[side].count;

		if (to == NOWHERE)
			continue;
		for (j = from; j < i && i - from == to - side_from; j++)
			pair(merger, side, j, side_from + j - from);
		from = i + 1;
		side_from = to + 1;
	}
}

static void find_neighbours(struct list *list)
{
	size_t behind = NOWHERE;

	for (size_t i = 0; i < list->count; i++) {
		list->items[i].behind = behind;
		if (list->items[i].base != NOWHERE)
			behind = list->items[i].base;
	}
}

static void pair_side(struct merger *merger, int side)
{
	struct list *list = &merger->lists[side];
	size_t count = merger->lists[IV_BASE].count;

	merger->sides[side] = iv_arena_alloc(merger->arena, (count + 1) * sizeof(size_t));
	for (size_t i = 0; i < count; i++)
		merger->sides[side][i] = NOWHERE;
	pair_same(merger, side);
	pair_alike(merger, side);
	list->ordered = is_ordered(list);
	if (list->ordered && (merger->kind == IV_ITEMS_RECORDS || merger->kind == IV_ITEMS_LEADS))
		pair_by_place(merger, side);
}

/* One that both sides added; `done` ones were met before. */
static struct item *twin_of(const struct merger *merger, int side, const struct item *item)
{
	const struct list *list = &merger->lists[side];

	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].base == NOWHERE && !list->items[i].done &&
		    iv_same_value(list->items[i].value, item->value))
			return &list->items[i];
	return NULL;
}

static const struct iv_value *value_of(const struct merger *merger, int side, size_t base)
{
	size_t at = merger->sides[side][base];

	return at == NOWHERE ? NULL : merger->lists[side].items[at].value;
}

/* Did both sides make the same of that item of the base, be it what it was? */
static bool agree(const struct merger *merger, size_t base)
{
	const struct iv_value *ours = value_of(merger, IV_OURS, base);
	const struct iv_value *theirs = value_of(merger, IV_THEIRS, base);

	return ours && theirs && iv_same_value(ours, theirs);
}

/* It is that of the base still, or both sides made it of the same. */
static bool is_settled(const struct merger *merger, const struct item *item)
{
	const struct list *base = &merger->lists[IV_BASE];

	return item->base != NOWHERE && (agree(merger, item->base) ||
					 iv_same_value(base->items[item->base].value, item->value));
}

/* Has that side such an item, added or made of another one? */
static bool is_new_there(const struct merger *merger, int side, const struct iv_value *value)
{
	const struct list *list = &merger->lists[side];

	for (size_t i = 0; i < list->count; i++)
		if (iv_same_value(list->items[i].value, value) &&
		    !is_settled(merger, &list->items[i]))
			return true;
	return false;
}

/*
 * What the other side added, or made of another item, is no item of the base that became the same by
 * chance: the old one went, and both added this.
 */
static void unpair_twins(struct merger *merger, int side)
{
	struct list *list = &merger->lists[side];
	int other = side == IV_OURS ? IV_THEIRS : IV_OURS;

	for (size_t i = 0; i < list->count; i++) {
		struct item *item = &list->items[i];

		if (item->base == NOWHERE || is_settled(merger, item) ||
		    !is_new_there(merger, other, item->value))
			continue;
		merger->sides[side][item->base] = NOWHERE;
		item->base = NOWHERE;
	}
}

static void pair_sides(struct merger *merger)
{
	int side;

	for (side = IV_OURS; side <= IV_THEIRS; side++)
		pair_side(merger, side);
	for (side = IV_OURS; side <= IV_THEIRS; side++)
		unpair_twins(merger, side);
	for (side = IV_OURS; side <= IV_THEIRS; side++)
		find_neighbours(&merger->lists[side]);
}

/* ---- slots ---- */

static struct iv_slot *add_slot(struct merger *merger)
{
	struct iv_plan *plan = merger->plan;

	plan->slots[plan->count] = (struct iv_slot){.at = {NOWHERE, NOWHERE, NOWHERE}};
	return &plan->slots[plan->count++];
}

static void fill(struct iv_slot *slot, const struct merger *merger, int version, size_t item)
{
	if (item == NOWHERE)
		return;
	slot->items[version] = merger->lists[version].items[item].value;
	slot->at[version] = merger->lists[version].items[item].at;
}

static bool same_items(const struct iv_value *a, const struct iv_value *b)
{
	return a && b ? iv_same_value(a, b) : !a && !b;
}

/* An item of the base: kept, changed, gone, or under conflict. */
static void add_old(struct merger *merger, size_t base)
{
	struct iv_slot *slot = add_slot(merger);

	fill(slot, merger, IV_BASE, base);
	fill(slot, merger, IV_OURS, merger->sides[IV_OURS][base]);
	fill(slot, merger, IV_THEIRS, merger->sides[IV_THEIRS][base]);
	slot->from = IV_OURS;
	if (same_items(slot->items[IV_OURS], slot->items[IV_BASE]))
		slot->from = IV_THEIRS;
	else if (!same_items(slot->items[IV_THEIRS], slot->items[IV_BASE]))
		slot->conflict = !same_items(slot->items[IV_OURS], slot->items[IV_THEIRS]);
	if (!slot->conflict && !slot->items[slot->from])
		merger->plan->count--;
}

/* An item that a side added, or both did. */
static void add_new(struct merger *merger, int side, struct item *item)
{
	int other = side == IV_OURS ? IV_THEIRS : IV_OURS;
	struct item *twin = twin_of(merger, other, item);
	struct iv_slot *slot = add_slot(merger);

	item->done = true;
	fill(slot, merger, side, (size_t)(item - merger->lists[side].items));
	slot->from = side;
	if (!twin)
		return;
	twin->done = true;
	fill(slot, merger, other, (size_t)(twin - merger->lists[other].items));
	slot->from = IV_OURS;
}

static struct item *next_new(const struct merger *merger, int side, size_t behind)
{
	const struct list *list = &merger->lists[side];

	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].base == NOWHERE && !list->items[i].done &&
		    list->items[i].behind == behind)
			return &list->items[i];
	return NULL;
}

/* What both sides added in one place: the earlier first, and of one day whichever it is. */
static void add_new_behind(struct merger *merger, size_t behind)
{
	struct item *ours, *theirs;

	for (;;) {
		int order = 0;

		ours = next_new(merger, IV_OURS, behind);
		theirs = next_new(merger, IV_THEIRS, behind);
		if (!ours && !theirs)
			return;
		if (ours && theirs)
			order = compare_days(merger, ours->day, theirs->day);
		if (ours && theirs && !order)
			order = compare_values(ours->value, theirs->value);
		if (!theirs || (ours && order <= 0))
			add_new(merger, IV_OURS, ours);
		else
			add_new(merger, IV_THEIRS, theirs);
	}
}

/* ---- order ---- */

static bool is_sorted(const struct list *list, bool falling)
{
	for (size_t i = 1; i < list->count; i++)
		if (falling ? list->items[i].day > list->items[i - 1].day
			    : list->items[i].day < list->items[i - 1].day)
			return false;
	return true;
}

static void find_direction(struct merger *merger)
{
	merger->rising = merger->falling = merger->kind == IV_ITEMS_RECORDS;
	for (int i = 0; i < IV_VERSIONS; i++) {
		merger->rising &= is_sorted(&merger->lists[i], false);
		merger->falling &= is_sorted(&merger->lists[i], true);
	}
}

/* The items of the base as the side has them that put them in another order. */
static size_t *skeleton(const struct merger *merger)
{
	const struct list *base = &merger->lists[IV_BASE];
	const struct list *list =
		&merger->lists[merger->lists[IV_OURS].ordered ? IV_THEIRS : IV_OURS];
	size_t *order = iv_arena_alloc(merger->arena, (base->count + 1) * sizeof(*order));
	bool *placed = iv_arena_calloc(merger->arena, base->count + 1, sizeof(*placed));
	size_t count = 0, i, at;

	for (i = 0; i < list->count; i++)
		if (list->items[i].base != NOWHERE) {
			order[count++] = list->items[i].base;
			placed[list->items[i].base] = true;
		}
	for (i = 0; i < base->count; i++) {
		if (placed[i])
			continue;
		for (at = 0; i && at < count && order[at] != i - 1; at++)
			;
		at = i ? at + 1 : 0;
		for (size_t j = count++; j > at; j--)
			order[j] = order[j - 1];
		order[at] = i;
	}
	return order;
}

static iv_day day_of_slot(const struct iv_slot *slot)
{
	iv_day day = IV_NO_DAY;

	for (int i = slot->conflict ? IV_OURS : slot->from; i < IV_VERSIONS; i++) {
		if (slot->items[i] && day_of(slot->items[i]) < day)
			day = day_of(slot->items[i]);
		if (!slot->conflict)
			break;
	}
	return day;
}

/* A day that one side mended may have brought its record out of order. */
static void sort(struct merger *merger)
{
	struct iv_plan *plan = merger->plan;

	for (size_t i = 1; i < plan->count; i++) {
		struct iv_slot slot = plan->slots[i];
		iv_day day = day_of_slot(&slot);
		size_t j = i;

		for (; j && compare_days(merger, day_of_slot(&plan->slots[j - 1]), day) > 0; j--)
			plan->slots[j] = plan->slots[j - 1];
		plan->slots[j] = slot;
	}
}

bool iv_set_merge(struct iv_plan *plan, struct iv_arena *arena, enum iv_items kind)
{
	struct merger merger = {.arena = arena, .kind = kind, .plan = plan};
	size_t total = 0, count, *order;

	for (int i = 0; i < IV_VERSIONS; i++) {
		if (!read_list(&merger.lists[i], &merger, plan->fields[i]))
			return false;
		total += merger.lists[i].count;
	}
	pair_sides(&merger);
	if (!merger.lists[IV_OURS].ordered && !merger.lists[IV_THEIRS].ordered)
		return false;
	find_direction(&merger);
	plan->slots = iv_arena_calloc(arena, total + 1, sizeof(*plan->slots));
	order = skeleton(&merger);
	add_new_behind(&merger, NOWHERE);
	count = merger.lists[IV_BASE].count;
	for (size_t i = 0; i < count; i++) {
		add_old(&merger, order[i]);
		add_new_behind(&merger, order[i]);
	}
	if (merger.rising || merger.falling)
		sort(&merger);
	return true;
}
