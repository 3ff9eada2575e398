#include "index/recorded.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "index/rows.h"
#include "index/state.h"

#define META "recorded" /* a hash of what table recorded holds */

struct recorded {
	struct iv_arena *arena;
	struct iv_recorded *items;
	size_t count;
	char hash[17];
};

/* ---- what it was given ---- */

static void add_hash(struct iv_buf *text, const struct iv_recorded *item)
{
	iv_buf_printf(text, "%s\n%s\n%s\n%d %d %d\n", item->path, item->field,
		      item->channel ? item->channel : "", (int)item->day, (int)item->start,
		      (int)item->recorded);
}

static const char *keep(struct iv_arena *arena, const char *text)
{
	return text ? iv_arena_str(arena, iv_str_of(text)).ptr : NULL;
}

void iv_index_recorded(struct iv_index *index, const struct iv_recorded *items, size_t count)
{
	struct recorded *recorded = iv_calloc(1, sizeof(*recorded));
	struct iv_buf text = IV_BUF_INIT;

	iv_recorded_release(index);
	recorded->arena = iv_arena_new();
	recorded->items = iv_arena_calloc(recorded->arena, count + 1, sizeof(*items));
	recorded->count = count;
	for (size_t i = 0; i < count; i++) {
		recorded->items[i] = items[i];
		recorded->items[i].path = keep(recorded->arena, items[i].path);
		recorded->items[i].field = keep(recorded->arena, items[i].field);
		recorded->items[i].channel = keep(recorded->arena, items[i].channel);
		add_hash(&text, &items[i]);
	}
	snprintf(recorded->hash, sizeof(recorded->hash), "%016" PRIx64,
		 iv_hash(iv_buf_view(&text)));
	iv_buf_release(&text);
	index->recorded = recorded;
}

void iv_recorded_release(struct iv_index *index)
{
	if (!index->recorded)
		return;
	iv_arena_free(index->recorded->arena);
	free(index->recorded);
	index->recorded = NULL;
}

/* ---- what it has ---- */

bool iv_recorded_differs(struct iv_index *index)
{
	char *then;
	bool same;

	if (!index->recorded)
		return false;
	then = iv_index_meta(index, META);
	same = then && !strcmp(then, index->recorded->hash);
	free(then);
	return !same;
}

int iv_recorded_write(struct iv_index *index, struct iv_error *error)
{
	const struct recorded *recorded = index->recorded;
	struct iv_rows *rows = NULL;
	int rc = iv_db_exec(index->db, "DELETE FROM recorded", error);

	if (!rc)
		rc = iv_rows_new(&rows, index->db, "INSERT INTO recorded", 6, error);
	for (size_t i = 0; !rc && i < recorded->count; i++) {
		const struct iv_recorded *item = &recorded->items[i];
		iv_rows_text(rows, iv_str_of(item->path));
		iv_rows_text(rows, iv_str_of(item->field));
		iv_rows_day(rows, item->day);
		iv_rows_text(rows, iv_str_of(item->channel));
		iv_rows_day(rows, item->start);
		iv_rows_day(rows, item->recorded);
		rc = iv_rows_full(rows) ? iv_rows_write(rows, error) : 0;
	}
	if (!rc)
		rc = iv_rows_write(rows, error);
	iv_rows_free(rows);
	return rc ? rc : iv_index_set_meta(index, META, recorded->hash, error);
}
