#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "index/shift.h"

/* What one note is called, in order of key and rank. */
struct called {
	struct {
		struct iv_str key;
		int64_t rank;
	} * items;
	size_t count, capacity;
	struct iv_str type;
	struct iv_arena *arena;
};

struct iv_shift {
	struct iv_stmt *names, *type;
	struct called before, after;
	struct iv_arena *arena;
	struct iv_str *keys;
	size_t count, capacity;
	bool ids, contacts;
};

int iv_shift_new(struct iv_shift **out, struct iv_db *db, struct iv_error *error)
{
	struct iv_shift *shift = iv_calloc(1, sizeof(*shift));
	int rc =
		iv_stmt_new(&shift->names, db,
			    "SELECT key, rank FROM name WHERE note = ?1 ORDER BY key, rank", error);
	if (!rc)
		rc = iv_stmt_new(&shift->type, db, "SELECT type FROM note WHERE note = ?1", error);
	shift->arena = iv_arena_new();
	shift->before.arena = iv_arena_new();
	shift->after.arena = iv_arena_new();
	*out = shift;
	return rc;
}

void iv_shift_free(struct iv_shift *shift)
{
	if (!shift)
		return;
	iv_stmt_free(shift->names);
	iv_stmt_free(shift->type);
	iv_arena_free(shift->arena);
	iv_arena_free(shift->before.arena);
	iv_arena_free(shift->after.arena);
	free(shift->before.items);
	free(shift->after.items);
	free(shift->keys);
	free(shift);
}

static int read_called(struct called *out, struct iv_shift *shift, int64_t note,
		       struct iv_error *error)
{
	int rc;

	iv_arena_reset(out->arena);
	out->count = 0;
	iv_stmt_bind_int(shift->names, 1, note);
	while ((rc = iv_stmt_step(shift->names, error)) == 1) {
		IV_GROW(out->items, out->count, out->capacity);
		out->items[out->count].key =
			iv_arena_str(out->arena, iv_stmt_text(shift->names, 0));
		out->items[out->count++].rank = iv_stmt_int(shift->names, 1);
	}
	iv_stmt_reset(shift->names);
	if (rc)
		return rc;
	iv_stmt_bind_int(shift->type, 1, note);
	rc = iv_stmt_step(shift->type, error);
	out->type = IV_LIT("");
	if (rc == 1 && !iv_stmt_is_null(shift->type, 0))
		out->type = iv_arena_str(out->arena, iv_stmt_text(shift->type, 0));
	iv_stmt_reset(shift->type);
	return rc < 0 ? rc : 0;
}

bool iv_shift_has(const struct iv_shift *shift, struct iv_str key)
{
	for (size_t i = 0; i < shift->count; i++)
		if (iv_str_eq(shift->keys[i], key))
			return true;
	return false;
}

static void add_key(struct iv_shift *shift, const struct called *called, size_t index)
{
	struct iv_str key = called->items[index].key;

	shift->ids |= called->items[index].rank == IV_RANK_ID;
	shift->contacts |= iv_str_is(called->type, iv_type_word(IV_TYPE_CONTACT));
	if (iv_shift_has(shift, key))
		return;
	IV_GROW(shift->keys, shift->count, shift->capacity);
	shift->keys[shift->count++] = iv_arena_str(shift->arena, key);
}

static bool has_name(const struct called *called, struct iv_str key, int64_t rank)
{
	for (size_t i = 0; i < called->count; i++)
		if (called->items[i].rank == rank && iv_str_eq(called->items[i].key, key))
			return true;
	return false;
}

/* The names of one that are not the other's; all of them when the types differ. */
static void add_difference(struct iv_shift *shift, const struct called *one,
			   const struct called *other)
{
	bool same_type = iv_str_eq(one->type, other->type);

	for (size_t i = 0; i < one->count; i++)
		if (!same_type || !has_name(other, one->items[i].key, one->items[i].rank))
			add_key(shift, one, i);
}

int iv_shift_before(struct iv_shift *shift, int64_t note, struct iv_error *error)
{
	return read_called(&shift->before, shift, note, error);
}

int iv_shift_after(struct iv_shift *shift, int64_t note, struct iv_error *error)
{
	int rc = read_called(&shift->after, shift, note, error);

	if (rc)
		return rc;
	add_difference(shift, &shift->before, &shift->after);
	add_difference(shift, &shift->after, &shift->before);
	return 0;
}

size_t iv_shift_keys(const struct iv_shift *shift, const struct iv_str **out)
{
	*out = shift->keys;
	return shift->count;
}

bool iv_shift_has_ids(const struct iv_shift *shift)
{
	return shift->ids;
}

bool iv_shift_has_contacts(const struct iv_shift *shift)
{
	return shift->contacts;
}
