#include "index/nearest.h"

/* The text of a row is gone with it: what was found of it is kept. */
static void offer(struct iv_meant *nearest, struct iv_arena *arena, struct iv_str name)
{
	iv_meant_offer(nearest, name);
	for (size_t i = 0; i < nearest->count; i++)
		if (nearest->found[i].ptr == name.ptr)
			nearest->found[i] = iv_arena_str(arena, name);
}

/* What is nearest of one note, for each word. */
static void take(struct iv_meant *words, struct iv_meant *nearest, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (nearest[i].count)
			iv_meant_offer(&words[i], nearest[i].found[0]);
		nearest[i] = (struct iv_meant){.word = words[i].word};
	}
}

static int offer_all(struct iv_meant *words, struct iv_meant *nearest, size_t count,
		     struct iv_stmt *stmt, struct iv_arena *arena, struct iv_error *error)
{
	int64_t note = -1;
	int rc;

	while ((rc = iv_stmt_step(stmt, error)) == 1) {
		struct iv_str name = iv_stmt_text(stmt, 1);
		if (iv_stmt_int(stmt, 0) != note)
			take(words, nearest, count);
		note = iv_stmt_int(stmt, 0);
		for (size_t i = 0; i < count; i++)
			offer(&nearest[i], arena, name);
	}
	take(words, nearest, count);
	return rc;
}

int iv_nearest_names(struct iv_meant *words, size_t count, struct iv_db *db, struct iv_arena *arena,
		     struct iv_error *error)
{
	struct iv_meant *nearest = iv_arena_calloc(arena, count + 1, sizeof(*nearest));
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, db, "SELECT note, key FROM name ORDER BY note, rank, key",
			     error);

	if (rc)
		return rc;
	take(words, nearest, count);
	rc = offer_all(words, nearest, count, stmt, arena, error);
	iv_stmt_free(stmt);
	return rc;
}
