#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "index/names.h"
#include "index/rows.h"

struct named {
	struct iv_str key;
	struct iv_candidate candidate;
};

/* A key that was looked up or sealed: where its candidates are. */
struct slot {
	struct iv_str key; /* absent: free */
	size_t first, count;
	struct iv_candidate *places; /* those that go by the key as their id, see by_place() */
	size_t place_count;
};

struct iv_names {
	struct iv_db *db;
	struct iv_stmt *find;
	struct iv_arena *arena;
	struct named *added; /* while names are being added */
	size_t added_count, added_capacity;
	struct iv_candidate *items;
	size_t count, capacity;
	struct slot *slots;
	size_t slot_count, used;
	bool sealed;
	int rc;
	struct iv_error error;
};

struct iv_names *iv_names_new(struct iv_db *db)
{
	struct iv_names *names = iv_calloc(1, sizeof(*names));
	names->db = db;
	names->arena = iv_arena_new();
	return names;
}

void iv_names_free(struct iv_names *names)
{
	if (!names)
		return;
	iv_stmt_free(names->find);
	iv_arena_free(names->arena);
	iv_error_release(&names->error);
	free(names->added);
	free(names->items);
	free(names->slots);
	free(names);
}

/* ---- the table of keys ---- */

static struct slot *find_slot(const struct iv_names *names, struct iv_str key)
{
	size_t mask = names->slot_count - 1, at = iv_hash(key) & mask;

	while (names->slots[at].key.ptr && !iv_str_eq(names->slots[at].key, key))
		at = (at + 1) & mask;
	return &names->slots[at];
}

static void resize_slots(struct iv_names *names, size_t wanted)
{
	struct slot *old = names->slots;
	size_t old_count = names->slot_count;

	names->slot_count = 64;
	while (names->slot_count < wanted * 2)
		names->slot_count *= 2;
	names->slots = iv_calloc(names->slot_count, sizeof(*names->slots));
	for (size_t i = 0; i < old_count; i++)
		if (old[i].key.ptr)
			*find_slot(names, old[i].key) = old[i];
	free(old);
}

static struct slot *add_slot(struct iv_names *names, struct iv_str key)
{
	struct slot *slot;

	if (names->used * 2 >= names->slot_count)
		resize_slots(names, names->used + 64);
	slot = find_slot(names, key);
	if (!slot->key.ptr) {
		*slot = (struct slot){key, names->count, 0, NULL, 0};
		names->used++;
	}
	return slot;
}

static void add_item(struct iv_names *names, struct slot *slot, struct iv_candidate candidate)
{
	IV_GROW(names->items, names->count, names->capacity);
	names->items[names->count++] = candidate;
	slot->count++;
}

/* ---- all of them ---- */

void iv_names_add(struct iv_names *names, struct iv_str key, struct iv_candidate candidate)
{
	IV_GROW(names->added, names->added_count, names->added_capacity);
	names->added[names->added_count++] =
		(struct named){iv_arena_str(names->arena, key), candidate};
}

static int by_key(const void *a, const void *b)
{
	const struct named *left = a, *right = b;
	int order = iv_str_cmp(left->key, right->key);

	if (!order)
		order = (int)left->candidate.rank - (int)right->candidate.rank;
	if (!order)
		order = (left->candidate.note > right->candidate.note) -
			(left->candidate.note < right->candidate.note);
	return order;
}

void iv_names_seal(struct iv_names *names)
{
	if (names->added_count > 1)
		qsort(names->added, names->added_count, sizeof(*names->added), by_key);
	resize_slots(names, names->added_count + 1);
	for (size_t i = 0; i < names->added_count; i++)
		add_item(names, add_slot(names, names->added[i].key), names->added[i].candidate);
	names->sealed = true;
}

static enum iv_type type_of(struct iv_str word)
{
	for (int type = IV_TYPE_CONTACT; type <= IV_TYPE_ORGANIZATION; type++)
		if (iv_str_is(word, iv_type_word((enum iv_type)type)))
			return (enum iv_type)type;
	return IV_TYPE_NONE;
}

static struct iv_candidate candidate_of(struct iv_names *names, struct iv_stmt *stmt)
{
	return (struct iv_candidate){
		.rank = (enum iv_rank)iv_stmt_int(stmt, 0),
		.note = iv_stmt_int(stmt, 1),
		.path = iv_arena_str(names->arena, iv_stmt_text(stmt, 2)).ptr,
		.type = type_of(iv_stmt_text(stmt, 3)),
	};
}

int iv_names_load(struct iv_names *names, struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, names->db,
			     "SELECT a.rank, a.note, n.path, n.type, a.key FROM name AS a"
			     " JOIN note AS n ON n.note = a.note",
			     error);
	if (rc)
		return rc;
	while ((rc = iv_stmt_step(stmt, error)) == 1)
		iv_names_add(names, iv_stmt_text(stmt, 4), candidate_of(names, stmt));
	iv_stmt_free(stmt);
	if (!rc)
		iv_names_seal(names);
	return rc;
}

int iv_names_write(struct iv_names *names, struct iv_error *error)
{
	struct iv_rows *rows;
	int rc = iv_rows_new(&rows, names->db, "INSERT OR IGNORE INTO name", 3, error);

	for (size_t i = 0; !rc && i < names->added_count; i++) {
		const struct named *named = &names->added[i];
		iv_rows_text(rows, named->key);
		iv_rows_int(rows, named->candidate.rank);
		iv_rows_int(rows, named->candidate.note);
		rc = iv_rows_full(rows) ? iv_rows_write(rows, error) : 0;
	}
	if (!rc)
		rc = iv_rows_write(rows, error);
	iv_rows_free(rows);
	return rc;
}

/* ---- one of them ---- */

static void ask(struct iv_names *names, struct slot *slot)
{
	int rc = 0;

	if (!names->find)
		rc = iv_stmt_new(&names->find, names->db,
				 "SELECT a.rank, a.note, n.path, n.type FROM name AS a"
				 " JOIN note AS n ON n.note = a.note WHERE a.key = ?1"
				 " ORDER BY a.rank, a.note",
				 &names->error);
	if (!rc) {
		iv_stmt_bind_text(names->find, 1, slot->key);
		while ((rc = iv_stmt_step(names->find, &names->error)) == 1)
			add_item(names, slot, candidate_of(names, names->find));
		iv_stmt_reset(names->find);
	}
	if (rc)
		names->rc = rc;
}

/* NULL when nobody goes by the key. */
static struct slot *slot_of(struct iv_names *names, struct iv_str key)
{
	struct slot *slot = names->slot_count ? find_slot(names, key) : NULL;

	if (!key.ptr || names->rc)
		return NULL;
	if (!slot || !slot->key.ptr) {
		if (names->sealed)
			return NULL;
		slot = add_slot(names, iv_arena_str(names->arena, key));
		ask(names, slot);
	}
	return slot;
}

size_t iv_names_find(struct iv_names *names, struct iv_str key, const struct iv_candidate **out)
{
	const struct slot *slot = slot_of(names, key);

	*out = slot && slot->count ? names->items + slot->first : NULL;
	return slot ? slot->count : 0;
}

/* ---- by their paths ---- */

/* Paths read backwards, so that those with one ending stand together, the shortest first. */
static int by_place(const void *a, const void *b)
{
	const struct iv_candidate *left = a, *right = b;
	struct iv_str one = left->place, other = right->place;

	while (one.len && other.len && one.ptr[one.len - 1] == other.ptr[other.len - 1])
		one.len--, other.len--;
	if (one.len && other.len)
		return (unsigned char)one.ptr[one.len - 1] -
		       (unsigned char)other.ptr[other.len - 1];
	if (one.len || other.len)
		return one.len ? 1 : -1;
	return (left->note > right->note) - (left->note < right->note);
}

static struct iv_str place_of(struct iv_names *names, const char *path)
{
	struct iv_str text = iv_str_of(path);

	if (text.len > 3 && iv_str_is_nocase(iv_str_slice(text, text.len - 3, text.len), ".md"))
		text.len -= 3;
	return iv_fold(names->arena, text);
}

static void sort_places(struct iv_names *names, struct slot *slot)
{
	slot->places = iv_arena_calloc(names->arena, slot->count, sizeof(*slot->places));
	for (size_t i = 0; i < slot->count; i++) {
		struct iv_candidate candidate = names->items[slot->first + i];
		if (candidate.rank != IV_RANK_ID)
			break; /* they come first */
		candidate.place = place_of(names, candidate.path);
		slot->places[slot->place_count++] = candidate;
	}
	if (slot->place_count > 1)
		qsort(slot->places, slot->place_count, sizeof(*slot->places), by_place);
}

static bool is_at(struct iv_str place, struct iv_str key)
{
	return iv_str_eq(place, key);
}

static bool is_ending(struct iv_str place, struct iv_str key)
{
	return place.len > key.len && place.ptr[place.len - key.len - 1] == '/' &&
	       iv_str_eq(iv_str_slice(place, place.len - key.len, place.len), key);
}

/* Those that fit stand together: from the first place that is not before `key` on. */
static size_t find_places(struct iv_names *names, struct iv_str key,
			  bool (*fits)(struct iv_str place, struct iv_str key),
			  const struct iv_candidate **out)
{
	const struct iv_candidate wanted = {.place = key, .note = INT64_MIN};
	struct slot *slot = slot_of(names, iv_path_name(key));
	size_t low = 0, high, end;

	*out = NULL;
	if (!slot || !slot->count)
		return 0;
	if (!slot->places)
		sort_places(names, slot);
	high = slot->place_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (by_place(&slot->places[middle], &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	while (low < slot->place_count && fits == is_ending && is_at(slot->places[low].place, key))
		low++;
	for (end = low; end < slot->place_count && fits(slot->places[end].place, key); end++)
		;
	*out = slot->places + low;
	return end - low;
}

size_t iv_names_at(struct iv_names *names, struct iv_str key, const struct iv_candidate **out)
{
	return find_places(names, key, is_at, out);
}

size_t iv_names_ending(struct iv_names *names, struct iv_str key, const struct iv_candidate **out)
{
	return find_places(names, key, is_ending, out);
}

int iv_names_error(struct iv_names *names, struct iv_error *error)
{
	if (!names->rc)
		return 0;
	return iv_error_set(error, names->rc, "%s", names->error.message);
}
