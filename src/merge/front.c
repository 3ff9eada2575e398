#include "merge/front.h"

#include <stdlib.h>
#include <string.h>

#include "merge/rows.h"

struct front {
	const struct iv_versions *versions;
	const struct iv_markers *markers;
	struct iv_spot *places; /* one for each plan */
	size_t *order;          /* in which they stand in what comes out */
	size_t order_count;
	struct iv_plans *plans;
};

/* ---- pieces ---- */

static struct iv_str bytes_of(const struct iv_versions *versions, int version, size_t from,
			      size_t to)
{
	return iv_str_slice(iv_edit_bytes(versions->of[version].edit), from, to);
}

struct iv_str iv_spot_lead(const struct iv_versions *versions, const struct iv_spot *place,
			   int version)
{
	const struct iv_head *head = &versions->of[version].head;
	const struct iv_entry *entry = place->entries[version];

	if (!entry)
		return IV_LIT("");
	return bytes_of(versions, version, entry == head->entries ? head->from : entry[-1].after,
			entry->line);
}

struct iv_str iv_spot_lines(const struct iv_versions *versions, const struct iv_spot *place,
			    int version)
{
	const struct iv_entry *entry = place->entries[version];

	return entry ? bytes_of(versions, version, entry->line, entry->after) : IV_LIT("");
}

/* ---- comments ---- */

/* Runs along a value: what stands between its scalars. */
struct gaps {
	const struct iv_head *head;
	struct iv_buf *out;
	size_t at;
};

static void add_comments(struct gaps *gaps, size_t to)
{
	struct iv_str bytes = iv_edit_bytes(gaps->head->edit);

	for (; gaps->at < to; gaps->at++)
		if (bytes.ptr[gaps->at] == '#') {
			size_t from = gaps->at;

			gaps->at = iv_line_stop(bytes, from);
			iv_buf_str(gaps->out, iv_str_slice(bytes, from, gaps->at));
			iv_buf_putc(gaps->out, '\n');
		}
}

static void run_along(struct gaps *gaps, const struct iv_yaml_node *node)
{
	if (node->kind == IV_YAML_SCALAR && iv_node_start(gaps->head, node) >= gaps->at) {
		add_comments(gaps, iv_node_start(gaps->head, node));
		gaps->at = iv_node_end(gaps->head, node);
	}
	for (size_t i = 0; node->kind == IV_YAML_SEQUENCE && i < node->count; i++)
		run_along(gaps, node->items[i]);
	for (size_t i = 0; node->kind == IV_YAML_MAPPING && i < node->count; i++) {
		run_along(gaps, node->pairs[i].key);
		run_along(gaps, node->pairs[i].value);
	}
}

struct iv_str iv_comments(const struct iv_head *head, const struct iv_yaml_node *node, size_t from,
			  size_t to)
{
	struct iv_buf out = IV_BUF_INIT;
	struct gaps gaps = {head, &out, from};
	struct iv_str comments;

	run_along(&gaps, node);
	add_comments(&gaps, to);
	comments = iv_arena_str(head->edit->arena, iv_buf_view(&out));
	iv_buf_release(&out);
	return comments;
}

struct iv_str iv_spot_comments(const struct iv_versions *versions, const struct iv_spot *place,
			       int version)
{
	const struct iv_entry *entry = place->entries[version];

	if (!entry)
		return IV_LIT("");
	return iv_comments(&versions->of[version].head, entry->value, entry->colon, entry->after);
}

/* ---- the --- lines, and what is no key's ---- */

/* What stands behind the last key. */
static struct iv_str rest_of(const struct iv_versions *versions, int version)
{
	const struct iv_head *head = &versions->of[version].head;

	if (!head->present)
		return IV_LIT("");
	return bytes_of(versions, version,
			head->count ? head->entries[head->count - 1].after : head->from, head->to);
}

/* The --- lines. */
static struct iv_str opening_of(const struct iv_versions *versions, int version)
{
	const struct iv_version *of = &versions->of[version];

	return of->head.present ? bytes_of(versions, version, 0, of->head.from) : IV_LIT("");
}

static struct iv_str closing_of(const struct iv_versions *versions, int version)
{
	const struct iv_version *of = &versions->of[version];

	if (!of->head.present)
		return IV_LIT("");
	return bytes_of(versions, version, of->head.to, of->front.len);
}

typedef struct iv_str piece(const struct iv_versions *versions, int version);

/* Puts the --- line that counts; what ours has is as good as theirs. */
static void add_fence(struct iv_sides *out, const struct iv_versions *versions, piece *get)
{
	struct iv_str texts[IV_VERSIONS];
	int i, choice;

	for (i = 0; i < IV_VERSIONS; i++)
		texts[i] = get(versions, i);
	choice = iv_winner(texts);
	iv_sides_add(out, texts[choice < 0 ? IV_OURS : choice]);
}

/* ---- a value of one of the sides ---- */

static bool is_untouched(const struct front *front, const struct iv_spot *place, int side)
{
	return place->entries[IV_BASE] &&
	       iv_str_eq(iv_spot_lead(front->versions, place, side),
			 iv_spot_lead(front->versions, place, IV_BASE)) &&
	       iv_str_eq(iv_spot_lines(front->versions, place, side),
			 iv_spot_lines(front->versions, place, IV_BASE));
}

static bool has_new_comment(const struct front *front, const struct iv_spot *place, int side)
{
	return !iv_str_eq(iv_spot_comments(front->versions, place, side),
			  iv_spot_comments(front->versions, place, IV_BASE)) ||
	       !iv_str_eq(iv_spot_lead(front->versions, place, side),
			  iv_spot_lead(front->versions, place, IV_BASE));
}

/* One side alone has the key: the other took it away, or never had it. */
static bool emit_lone(struct iv_sides *out, const struct front *front, const struct iv_spot *place,
		      int side, int winner)
{
	const struct iv_plan *plan = place->plan;
	bool gone = is_untouched(front, place, side) ||
		    iv_says_same(plan->fields[IV_OURS], plan->fields[IV_THEIRS]);

	if (place->entries[IV_BASE] && gone && !has_new_comment(front, place, side))
		return true;
	if (place->entries[IV_BASE] && side != winner)
		return false;
	iv_sides_add(out, iv_spot_lead(front->versions, place, side));
	iv_sides_add(out, iv_spot_lines(front->versions, place, side));
	return true;
}

/*
 * Which side the bytes of a value are taken from where both changed them; -1 where that would lose a
 * comment. Of two that say the same it is the one whose comments were changed.
 */
static int choose_value(const struct front *front, const struct iv_spot *place, int winner)
{
	const struct iv_plan *plan = place->plan;
	struct iv_str comments[IV_VERSIONS];
	int i, choice;

	for (i = 0; i < IV_VERSIONS; i++)
		comments[i] = iv_spot_comments(front->versions, place, i);
	choice = iv_winner(comments);
	if (iv_says_same(plan->fields[IV_OURS], plan->fields[IV_THEIRS]))
		return choice;
	return choice >= 0 && iv_str_eq(comments[choice], comments[winner]) ? winner : -1;
}

struct split {
	struct iv_str lead[IV_VERSIONS], key[IV_VERSIONS], value[IV_VERSIONS], tail[IV_VERSIONS];
};

/* Before the key, the key, its value, and what stands behind them on their lines. */
static void split_place(struct split *out, const struct front *front, const struct iv_spot *place)
{
	bool odd = false;
	int i;

	for (i = 0; i < IV_VERSIONS; i++)
		odd |= place->entries[i] && place->entries[i]->odd;
	for (i = 0; i < IV_VERSIONS; i++) {
		const struct iv_entry *entry = place->entries[i];
		size_t end = entry ? entry->after : 0, colon = entry ? entry->line : 0;

		out->lead[i] = iv_spot_lead(front->versions, place, i);
		out->key[i] = out->value[i] = IV_LIT("");
		out->tail[i] = odd ? IV_LIT("") : IV_LIT("\n");
		if (!entry)
			continue;
		if (!odd) {
			colon = entry->colon;
			end = entry->end > colon ? entry->end : colon;
		}
		out->key[i] = bytes_of(front->versions, i, entry->line, colon);
		out->value[i] = bytes_of(front->versions, i, colon, end);
		out->tail[i] = bytes_of(front->versions, i, end, entry->after);
	}
}

static bool emit_value(struct iv_sides *out, const struct front *front, const struct iv_spot *place)
{
	int winner = place->plan->fate == IV_FATE_THEIRS ? IV_THEIRS : IV_OURS;
	int lead, key, value, tail;
	struct split split;

	if (!place->entries[IV_OURS] && !place->entries[IV_THEIRS])
		return true;
	if (!place->entries[IV_THEIRS])
		return emit_lone(out, front, place, IV_OURS, winner);
	if (!place->entries[IV_OURS])
		return emit_lone(out, front, place, IV_THEIRS, winner);
	split_place(&split, front, place);
	lead = iv_winner(split.lead);
	key = iv_winner(split.key);
	value = iv_winner(split.value);
	if (value < 0)
		value = choose_value(front, place, winner);
	tail = iv_winner(split.tail);
	if (lead < 0 || value < 0 || tail < 0)
		return false;
	iv_sides_add(out, split.lead[lead]);
	iv_sides_add(out, split.key[key < 0 ? IV_OURS : key]);
	iv_sides_add(out, split.value[value]);
	iv_sides_add(out, split.tail[tail]);
	return true;
}

/* ---- one place ---- */

/* The comments before the key stand outside where they are no part of the conflict. */
static void emit_conflict(struct iv_sides *out, const struct front *front,
			  const struct iv_spot *place)
{
	struct iv_str leads[IV_VERSIONS], lines[IV_VERSIONS];
	bool both = place->entries[IV_OURS] && place->entries[IV_THEIRS];
	int i, choice;

	for (i = 0; i < IV_VERSIONS; i++) {
		leads[i] = iv_spot_lead(front->versions, place, i);
		lines[i] = iv_spot_lines(front->versions, place, i);
	}
	choice = both ? iv_winner(leads) : -1;
	if (choice >= 0)
		iv_sides_add(out, leads[choice]);
	for (i = 0; choice < 0 && i < IV_VERSIONS; i++)
		if (leads[i].len)
			lines[i] = (struct iv_str){leads[i].ptr, leads[i].len + lines[i].len};
	iv_sides_conflict(out, front->markers, lines);
}

static void emit(struct iv_sides *out, const struct front *front, const struct iv_spot *place)
{
	struct iv_sides trial = {0};
	struct iv_plan *plan = place->plan;
	bool done = false;

	switch (plan->fate) {
	case IV_FATE_OURS:
	case IV_FATE_THEIRS: done = emit_value(&trial, front, place); break;
	case IV_FATE_LIST:
		done = iv_rows_merge(&trial, front->versions, place, front->markers);
		break;
	case IV_FATE_CONFLICT: break;
	}
	if (!done) {
		plan->fate = IV_FATE_CONFLICT;
		emit_conflict(out, front, place);
	} else {
		iv_sides_append(out, &trial);
	}
	iv_sides_release(&trial);
}

/* ---- the order ---- */

static bool has(const struct front *front, size_t place, int version)
{
	return front->places[place].entries[version] != NULL;
}

static size_t index_of(const struct front *front, size_t place)
{
	size_t i = 0;

	while (i < front->order_count && front->order[i] != place)
		i++;
	return i;
}

static void insert(struct front *front, size_t at, size_t place)
{
	memmove(front->order + at + 1, front->order + at,
		(front->order_count - at) * sizeof(*front->order));
	front->order[at] = place;
	front->order_count++;
}

static size_t place_of(const struct front *front, int version, const struct iv_entry *entry)
{
	struct iv_plan *plan = iv_plan_of(front->plans, version, entry->field);

	return (size_t)(plan - front->plans->items);
}

/* As ours has them; what is theirs alone follows the key that it follows there. */
static void find_order(struct front *front)
{
	const struct iv_head *ours = &front->versions->of[IV_OURS].head;
	const struct iv_head *theirs = &front->versions->of[IV_THEIRS].head;
	size_t at = 0, i;

	for (i = 0; i < ours->count; i++)
		front->order[front->order_count++] = place_of(front, IV_OURS, &ours->entries[i]);
	for (i = 0; i < theirs->count; i++) {
		size_t place = place_of(front, IV_THEIRS, &theirs->entries[i]);

		if (has(front, place, IV_OURS)) {
			at = index_of(front, place) + 1;
			continue;
		}
		while (i && at < front->order_count && !has(front, front->order[at], IV_THEIRS))
			at++;
		insert(front, at++, place);
	}
}

/* ---- the whole ---- */

/* Every line of a header that was read belongs to a field of the note. */
static bool find_places(struct front *front)
{
	for (size_t i = 0; i < front->plans->count; i++)
		front->places[i].plan = &front->plans->items[i];
	for (int version = 0; version < IV_VERSIONS; version++) {
		const struct iv_head *head = &front->versions->of[version].head;

		for (size_t i = 0; i < head->count; i++) {
			const struct iv_entry *entry = &head->entries[i];

			if (!iv_plan_of(front->plans, version, entry->field))
				return false;
			front->places[place_of(front, version, entry)].entries[version] = entry;
		}
	}
	return true;
}

static void emit_rest(struct iv_sides *out, const struct front *front)
{
	struct iv_str texts[IV_VERSIONS];
	int i, choice;

	for (i = 0; i < IV_VERSIONS; i++)
		texts[i] = rest_of(front->versions, i);
	choice = iv_winner(texts);
	if (choice < 0)
		iv_sides_conflict(out, front->markers, texts);
	else
		iv_sides_add(out, texts[choice]);
}

static bool can_be_read(const struct iv_versions *versions)
{
	for (int i = 0; i < IV_VERSIONS; i++) {
		const struct iv_version *version = &versions->of[i];

		if (!version->readable || !version->in_lines ||
		    (i != IV_BASE && !version->head.present))
			return false;
	}
	return true;
}

bool iv_front_merge(struct iv_sides *out, const struct iv_versions *versions,
		    struct iv_plans *plans, const struct iv_markers *markers)
{
	struct front front = {.versions = versions, .markers = markers, .plans = plans};
	bool done = can_be_read(versions);

	if (!done)
		return false;
	front.places = iv_calloc(plans->count + 1, sizeof(*front.places));
	front.order = iv_calloc(2 * plans->count + 1, sizeof(*front.order));
	done = find_places(&front);
	if (done) {
		find_order(&front);
		add_fence(out, versions, opening_of);
		for (size_t i = 0; i < front.order_count; i++)
			emit(out, &front, &front.places[front.order[i]]);
		emit_rest(out, &front);
		add_fence(out, versions, closing_of);
	}
	free(front.places);
	free(front.order);
	return done;
}

bool iv_front_conflict(struct iv_sides *out, const struct iv_versions *versions,
		       const struct iv_markers *markers)
{
	struct iv_str texts[IV_VERSIONS];

	for (int i = 0; i < IV_VERSIONS; i++) {
		const struct iv_version *version = &versions->of[i];
		const struct iv_head *head = &version->head;

		if (!version->in_lines || (i != IV_BASE && !head->present))
			return false;
		texts[i] = bytes_of(versions, i, head->from, head->to);
	}
	add_fence(out, versions, opening_of);
	iv_sides_conflict(out, markers, texts);
	add_fence(out, versions, closing_of);
	return true;
}
