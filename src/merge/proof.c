#include "merge/proof.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "edit/verify.h"

/* The two readings of what comes out. */
struct proof {
	const struct iv_versions *versions;
	const struct iv_plans *plans;
	struct iv_note *views[IV_VERSIONS]; /* none at IV_BASE */
	struct iv_arena *arena;
};

static const struct iv_note *note_of(const struct proof *proof, int version)
{
	return iv_edit_note(proof->versions->of[version].edit);
}

/* ---- fields ---- */

static struct iv_str name_of(const struct proof *proof, const struct iv_field *field)
{
	return proof->versions->same_type ? field->name : iv_fold_key(proof->arena, field->key);
}

static const struct iv_field *field_named(const struct proof *proof, int side, struct iv_str name)
{
	const struct iv_note *note = proof->views[side];

	for (size_t i = 0; i < note->field_count; i++)
		if (iv_str_eq(name_of(proof, &note->fields[i]), name))
			return &note->fields[i];
	return NULL;
}

static bool has_slots(const struct iv_field *field, const struct iv_plan *plan, int side)
{
	const struct iv_value *item;
	size_t at = 0;

	for (size_t i = 0; i < plan->count; i++) {
		const struct iv_slot *slot = &plan->slots[i];
		const struct iv_value *wanted = slot->items[slot->conflict ? side : slot->from];

		if (!wanted)
			continue;
		item = iv_next_item(field, &at);
		if (!item || !iv_same_value(item, wanted))
			return false;
	}
	return !iv_next_item(field, &at);
}

static bool reads_as(const struct iv_field *field, const struct iv_plan *plan, int side)
{
	switch (plan->fate) {
	case IV_FATE_OURS: return iv_says_same(field, plan->fields[IV_OURS]);
	case IV_FATE_THEIRS: return iv_says_same(field, plan->fields[IV_THEIRS]);
	case IV_FATE_LIST: return has_slots(field, plan, side);
	case IV_FATE_CONFLICT: break;
	}
	return iv_says_same(field, plan->fields[side]);
}

static bool is_field_proved(const struct proof *proof, const struct iv_plan *plan)
{
	const struct iv_field *ours = field_named(proof, IV_OURS, plan->name);
	const struct iv_field *theirs = field_named(proof, IV_THEIRS, plan->name);

	if (reads_as(ours, plan, IV_OURS) && reads_as(theirs, plan, IV_THEIRS))
		return true;
	return iv_says_same(ours, plan->fields[IV_OURS]) &&
	       iv_says_same(theirs, plan->fields[IV_THEIRS]);
}

static bool is_known(const struct proof *proof, struct iv_str name)
{
	for (size_t i = 0; i < proof->plans->count; i++)
		if (iv_str_eq(proof->plans->items[i].name, name))
			return true;
	return false;
}

/* A field that no version has. */
static bool has_stranger(const struct proof *proof, int side)
{
	const struct iv_note *note = proof->views[side];

	for (size_t i = 0; i < note->field_count; i++)
		if (!is_known(proof, name_of(proof, &note->fields[i])))
			return true;
	return false;
}

static size_t faults(const struct iv_note *note)
{
	size_t count = 0;

	for (size_t i = 0; i < note->problem_count; i++)
		count += !strcmp(note->problems[i].rule, "front-matter");
	return count;
}

static bool is_sound(const struct proof *proof, int side)
{
	const struct iv_note *view = proof->views[side];
	size_t ours = faults(note_of(proof, IV_OURS)), theirs = faults(note_of(proof, IV_THEIRS));

	if (view->unreadable || faults(view) > (ours > theirs ? ours : theirs))
		return false;
	return !proof->versions->same_type || view->type == note_of(proof, IV_OURS)->type ||
	       view->type == note_of(proof, IV_THEIRS)->type;
}

static bool are_fields_proved(const struct proof *proof)
{
	for (int side = IV_OURS; side <= IV_THEIRS; side++)
		if (!is_sound(proof, side) || has_stranger(proof, side))
			return false;
	for (size_t i = 0; i < proof->plans->count; i++)
		if (!is_field_proved(proof, &proof->plans->items[i]))
			return false;
	return true;
}

/* ---- the body ---- */

/* Where a fact was read: the three versions, and the two views. */
enum { VIEWS = IV_VERSIONS, PLACES = 2 * IV_VERSIONS };

struct fact {
	struct iv_str text;
	int place;
};

struct facts {
	struct fact *items;
	size_t count, capacity;
	struct iv_arena *arena;
};

static void add_fact(struct facts *facts, int place, const char *kind, int detail,
		     struct iv_str text)
{
	IV_GROW(facts->items, facts->count, facts->capacity);
	facts->items[facts->count++] = (struct fact){
		iv_arena_printf(facts->arena, "%s %d %.*s", kind, detail, IV_STR_ARG(text)), place};
}

static void add_tasks(struct facts *facts, int place, const struct iv_note *note)
{
	for (size_t i = 0; i < note->task_count; i++) {
		const struct iv_task *task = &note->tasks[i];
		int how = (int)task->state + (task->waiting ? 10 : 0);

		add_fact(facts, place, "task", how,
			 iv_arena_printf(facts->arena, "%d %.*s", (int)task->due,
					 IV_STR_ARG(task->text)));
	}
}

static void add_facts(struct facts *facts, int place, const struct iv_note *note)
{
	add_tasks(facts, place, note);
	for (size_t i = 0; i < note->question_count; i++)
		add_fact(facts, place, "question", 0, note->questions[i].text);
	for (size_t i = 0; i < note->section_count; i++)
		add_fact(facts, place, "section", 0, iv_str_of(note->sections[i].name));
	for (size_t i = 0; i < note->ref_count; i++)
		if (!strcmp(note->refs[i].field, "body"))
			add_fact(facts, place, "ref", (int)note->refs[i].form, note->refs[i].key);
	for (size_t i = 0; i < note->ignore_count; i++)
		add_fact(facts, place, "ignore", note->ignores[i].first_line > 0,
			 note->ignores[i].rule);
}

static int by_text(const void *a, const void *b)
{
	return iv_str_cmp(((const struct fact *)a)->text, ((const struct fact *)b)->text);
}

static size_t larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

/* How often a fact is said at least, once both have changed how often it is. */
static size_t least(size_t base, size_t ours, size_t theirs)
{
	if (ours >= base && theirs >= base)
		return larger(ours, theirs);
	return ours + theirs > base ? ours + theirs - base : 0;
}

static bool are_facts_kept(struct facts *facts)
{
	if (facts->count)
		qsort(facts->items, facts->count, sizeof(*facts->items), by_text);
	for (size_t i = 0, next; i < facts->count; i = next) {
		size_t counts[PLACES] = {0};

		for (next = i; next < facts->count &&
			       iv_str_eq(facts->items[next].text, facts->items[i].text);
		     next++)
			counts[facts->items[next].place]++;
		if (larger(counts[VIEWS + IV_OURS], counts[VIEWS + IV_THEIRS]) <
		    least(counts[IV_BASE], counts[IV_OURS], counts[IV_THEIRS]))
			return false;
	}
	return true;
}

static bool is_body_proved(const struct proof *proof)
{
	struct facts facts = {.arena = proof->arena};
	bool kept;

	for (int i = 0; i < IV_VERSIONS; i++) {
		add_facts(&facts, i, note_of(proof, i));
		if (proof->views[i])
			add_facts(&facts, VIEWS + i, proof->views[i]);
	}
	kept = are_facts_kept(&facts);
	free(facts.items);
	return kept;
}

bool iv_is_proved(const struct iv_sides *sides, const struct iv_versions *versions,
		  const struct iv_plans *plans)
{
	struct proof proof = {.versions = versions, .plans = plans, .arena = iv_arena_new()};
	bool proved;
	int side;

	for (side = IV_OURS; side <= IV_THEIRS; side++)
		proof.views[side] = iv_note_parse(versions->path, iv_buf_view(&sides->texts[side]),
						  versions->syntax);
	proved = are_fields_proved(&proof) && is_body_proved(&proof);
	for (side = IV_OURS; side <= IV_THEIRS; side++)
		iv_note_free(proof.views[side]);
	iv_arena_free(proof.arena);
	return proved;
}
