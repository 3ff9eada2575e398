/* Open tasks and follow-ups, found by a part of their text. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "index/state.h"

static struct iv_task_place place_of(struct iv_arena *arena, struct iv_stmt *stmt)
{
	return (struct iv_task_place){
		.path = iv_arena_str(arena, iv_stmt_text(stmt, 0)).ptr,
		.line = (uint32_t)iv_stmt_int(stmt, 1),
		.text = iv_arena_str(arena, iv_stmt_text(stmt, 2)).ptr,
	};
}

/* Equal texts first: a whole text is no choice among longer ones. */
static int collect(struct iv_task_places *out, struct iv_stmt *stmt, struct iv_str key,
		   struct iv_error *error)
{
	size_t capacity = 0, equal = 0;
	int rc;

	while ((rc = iv_stmt_step(stmt, error)) == 1) {
		struct iv_task_place place = place_of(out->memory, stmt);
		struct iv_str text = iv_fold(out->memory, iv_str_of(place.text));
		if (iv_str_find(text, key) == SIZE_MAX)
			continue;
		IV_GROW(out->items, out->count, capacity);
		out->items[out->count++] = place;
		if (iv_str_eq(text, key)) {
			out->items[out->count - 1] = out->items[equal];
			out->items[equal++] = place;
		}
	}
	out->count = equal ? equal : out->count;
	return rc;
}

static int ask(struct iv_task_places *out, struct iv_index *index, const char *path,
	       struct iv_str text, struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, index->db,
			     "SELECT n.path, t.line, t.text FROM (SELECT note, line, text FROM task"
			     "  WHERE state = 'open' UNION ALL SELECT note, line, text FROM record"
			     "  WHERE field = 'follow-up' AND NOT skipped) AS t"
			     " JOIN note AS n ON n.note = t.note WHERE ?1 IS NULL OR n.path = ?1"
			     " ORDER BY n.path, t.line",
			     error);

	*out = (struct iv_task_places){.memory = iv_arena_new()};
	if (!rc) {
		iv_stmt_bind_text(stmt, 1, iv_str_of(path));
		rc = collect(out, stmt, iv_fold(out->memory, iv_str_trim(text)), error);
		iv_stmt_free(stmt);
	}
	if (rc)
		iv_task_places_release(out);
	return rc;
}

int iv_index_tasks(struct iv_task_places *out, struct iv_index *index, const char *path,
		   struct iv_str text, struct iv_error *error)
{
	int rc;

	while ((rc = ask(out, index, path, text, error)) && iv_index_retry(index, error))
		;
	return rc;
}

void iv_task_places_release(struct iv_task_places *places)
{
	free(places->items);
	if (places->memory)
		iv_arena_free(places->memory);
	*places = (struct iv_task_places){0};
}
