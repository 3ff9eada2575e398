#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "index/stock.h"
#include "index/sum.h"

/*
 * File systems stamp with the kernel's tick, at most 10 ms old; those without nanoseconds (FAT,
 * HFS+) with up to 2 s.
 */
#define TICK INT64_C(20000000)
#define COARSE_TICK INT64_C(2000000000)
#define SECOND INT64_C(1000000000)

#define AT_ONCE 32
#if defined(__GNUC__)
#define PREFETCH(address) __builtin_prefetch(address)
#else
#define PREFETCH(address) (void)(address)
#endif

void iv_stock_init(struct iv_stock *stock)
{
	*stock = (struct iv_stock){.arena = iv_arena_new()};
}

void iv_stock_release(struct iv_stock *stock)
{
	free(stock->items);
	free(stock->slots);
	iv_arena_free(stock->arena);
}

int64_t iv_stock_version(struct iv_index *index)
{
	struct iv_stmt *stmt;
	int64_t version = -1;

	if (iv_stmt_new(&stmt, index->db, "PRAGMA data_version", NULL))
		return -1;
	if (iv_stmt_step(stmt, NULL) == 1)
		version = iv_stmt_int(stmt, 0) + ((int64_t)index->opened << 32);
	iv_stmt_free(stmt);
	return version;
}

static void add_row(struct iv_stock *stock, struct iv_stmt *stmt)
{
	struct iv_stocked *item;

	IV_GROW(stock->items, stock->count, stock->capacity);
	item = &stock->items[stock->count++];
	item->note = iv_stmt_int(stmt, 0);
	item->path = iv_arena_str(stock->arena, iv_stmt_text(stmt, 1)).ptr;
	item->size = (uint64_t)iv_stmt_int(stmt, 2);
	item->mtime = iv_stmt_int(stmt, 3);
	item->ctime = iv_stmt_int(stmt, 4);
	item->inode = (uint64_t)iv_stmt_int(stmt, 5);
	item->racy = iv_stmt_int(stmt, 6) != 0;
	item->hash = iv_stmt_int(stmt, 7);
	item->seen = false;
}

static size_t slot_of(const struct iv_stock *stock, const char *path)
{
	return iv_sum(path, strlen(path), 0) & (stock->slot_count - 1);
}

static void fill_slots(struct iv_stock *stock)
{
	stock->slot_count = 16;
	while (stock->slot_count < stock->count * 2)
		stock->slot_count *= 2;
	stock->slots = iv_calloc(stock->slot_count, sizeof(*stock->slots));
	for (size_t i = 0; i < stock->count; i++) {
		size_t slot = slot_of(stock, stock->items[i].path);
		while (stock->slots[slot])
			slot = (slot + 1) & (stock->slot_count - 1);
		stock->slots[slot] = (uint32_t)i + 1;
	}
}

int iv_stock_read(struct iv_stock *stock, struct iv_index *index, struct iv_error *error)
{
	static const char sql[] =
		"SELECT note, path, size, mtime, ctime, inode, racy, hash FROM note";
	struct iv_stmt *stmt = NULL;
	int rc;

	stock->version = iv_stock_version(index);
	rc = iv_stmt_new(&stmt, index->db, sql, error);
	if (rc)
		return rc;
	while ((rc = iv_stmt_step(stmt, error)) == 1)
		add_row(stock, stmt);
	iv_stmt_free(stmt);
	if (!rc)
		fill_slots(stock);
	return rc;
}

static struct iv_stocked *find(const struct iv_stock *stock, const char *path, size_t slot)
{
	for (; stock->slots[slot]; slot = (slot + 1) & (stock->slot_count - 1)) {
		struct iv_stocked *item = &stock->items[stock->slots[slot] - 1];
		if (!strcmp(item->path, path))
			return item;
	}
	return NULL;
}

static bool is_late(int64_t stamp, int64_t started)
{
	return stamp >= started - (stamp % SECOND == 0 ? COARSE_TICK : TICK);
}

bool iv_is_racy(const struct iv_entry *entry, int64_t started)
{
	return entry->trouble || entry->kind != 'f' || is_late(entry->mtime, started) ||
	       is_late(entry->ctime, started);
}

static bool is_same(const struct iv_stocked *old, const struct iv_entry *entry)
{
	return !old->racy && old->size == entry->size && old->mtime == entry->mtime &&
	       old->ctime == entry->ctime && old->inode == entry->inode && !entry->trouble;
}

/*
 * Several at once, each step for all of them before the next: the table is larger than the
 * processor's caches, and so their misses overlap.
 */
static void find_some(struct iv_stocked *out[AT_ONCE], const struct iv_stock *stock,
		      const struct iv_entry *entries, size_t count)
{
	size_t slots[AT_ONCE];

	for (size_t i = 0; i < count; i++) {
		slots[i] = slot_of(stock, entries[i].path);
		PREFETCH(&stock->slots[slots[i]]);
	}
	for (size_t i = 0; i < count; i++)
		if (stock->slots[slots[i]])
			PREFETCH(&stock->items[stock->slots[slots[i]] - 1]);
	for (size_t i = 0; i < count; i++)
		if (stock->slots[slots[i]])
			PREFETCH(stock->items[stock->slots[slots[i]] - 1].path);
	for (size_t i = 0; i < count; i++)
		out[i] = find(stock, entries[i].path, slots[i]);
}

/* 1 when the index has it, 0 when it is new. */
static size_t compare_one(struct iv_suspects *out, const struct iv_entry *entry,
			  struct iv_stocked *old, int64_t started)
{
	if (old) {
		old->seen = true;
		if (is_same(old, entry))
			return 1;
	}
	IV_GROW(out->items, out->count, out->capacity);
	out->items[out->count++] = (struct iv_suspect){entry, old, iv_is_racy(entry, started)};
	return old != NULL;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct iv_suspect *)a)->entry->path,
		      ((const struct iv_suspect *)b)->entry->path);
}

void iv_stock_compare(struct iv_suspects *out, struct iv_stock *stock,
		      const struct iv_listing *listing, int64_t started)
{
	size_t found = 0;

	*out = (struct iv_suspects){0};
	for (size_t i = 0; i < listing->count; i += AT_ONCE) {
		struct iv_stocked *olds[AT_ONCE] = {NULL};
		size_t count = listing->count - i < AT_ONCE ? listing->count - i : AT_ONCE;
		if (stock->count)
			find_some(olds, stock, listing->entries + i, count);
		for (size_t j = 0; j < count; j++)
			found += compare_one(out, &listing->entries[i + j], olds[j], started);
	}
	out->removed = stock->count - found;
	if (out->count > 1)
		qsort(out->items, out->count, sizeof(*out->items), by_path);
}

void iv_suspects_release(struct iv_suspects *suspects)
{
	free(suspects->items);
}
