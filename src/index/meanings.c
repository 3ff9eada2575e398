#include "index/meanings.h"

#include <stdlib.h>

#include "base/mem.h"
#include "index/state.h"

static const char refs_sql[] =
	"SELECT n.path, t.path, r.seq, -1, r.matches, r.line, r.col FROM ref AS r"
	" JOIN note AS n ON n.note = r.note LEFT JOIN note AS t ON t.note = r.target";
static const char texts_sql[] =
	"SELECT n.path, t.path, -1, m.record, 1, 0, 0 FROM mention AS m"
	" JOIN note AS n ON n.note = m.note JOIN note AS t ON t.note = m.target";

static const char *text_of(struct iv_arena *arena, struct iv_stmt *stmt, int column)
{
	struct iv_str text = iv_stmt_text(stmt, column);
	return text.ptr ? iv_arena_str(arena, text).ptr : NULL;
}

struct list {
	struct iv_meanings *out;
	size_t capacity;
};

static int collect(struct list *list, struct iv_index *index, const char *sql,
		   struct iv_error *error)
{
	struct iv_meanings *out = list->out;
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, index->db, sql, error);

	while (!rc && (rc = iv_stmt_step(stmt, error)) == 1) {
		struct iv_meaning meaning = {.path = text_of(out->memory, stmt, 0),
					     .target = text_of(out->memory, stmt, 1),
					     .ref = iv_stmt_int(stmt, 2),
					     .record = iv_stmt_int(stmt, 3),
					     .matches = iv_stmt_int(stmt, 4)};
		meaning.pos.line = (uint32_t)iv_stmt_int(stmt, 5);
		meaning.pos.column = (uint32_t)iv_stmt_int(stmt, 6);
		IV_GROW(out->items, out->count, list->capacity);
		out->items[out->count++] = meaning;
		rc = 0;
	}
	iv_stmt_free(stmt);
	return rc;
}

int iv_index_meanings(struct iv_meanings *out, struct iv_index *index, struct iv_error *error)
{
	struct list list = {out, 0};
	int rc;

	*out = (struct iv_meanings){.memory = iv_arena_new()};
	rc = collect(&list, index, refs_sql, error);
	if (!rc)
		rc = collect(&list, index, texts_sql, error);
	if (rc)
		iv_meanings_release(out);
	return rc;
}

void iv_meanings_release(struct iv_meanings *meanings)
{
	free(meanings->items);
	if (meanings->memory)
		iv_arena_free(meanings->memory);
	*meanings = (struct iv_meanings){0};
}
