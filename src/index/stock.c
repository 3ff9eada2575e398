#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "index/handle.h"
#include "index/stamp.h"
#include "index/stock.h"
#include "index/sum.h"

/*
 * File systems stamp with the kernel's tick, at most 10 ms old; those without nanoseconds (FAT,
 * HFS+) with up to 2 s.
 */
#define TICK INT64_C(20000000)
#define COARSE_TICK INT64_C(2000000000)
#define SECOND INT64_C(1000000000)

/* Notes; fewer are compared sooner than a thread is there. */
#define WORTH_THREADS 10000

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

static size_t slot_of(const struct iv_stock *stock, const char *path)
{
	return iv_sum(path, strlen(path), 0) & (stock->slot_count - 1);
}

/* Of the items from `first` on: a chunk's, whose places in the table were fetched meanwhile. */
static void fill_slots(struct iv_stock *stock, size_t first, const size_t *slots)
{
	for (size_t i = first; i < stock->count; i++) {
		size_t slot = slots[i - first];
		while (stock->slots[slot])
			slot = (slot + 1) & (stock->slot_count - 1);
		stock->slots[slot] = (uint32_t)i + 1;
	}
}

/* The chunk is kept whole, and the paths stay in it. False when it holds more than there can be. */
static bool add_chunk(struct iv_stock *stock, struct iv_str data)
{
	struct iv_str rest = iv_arena_str(stock->arena, data);
	size_t slots[IV_STAMPS_A_CHUNK], first = stock->count;
	struct iv_stamp stamp;
	const char *path;

	while (iv_stamp_next(&stamp, &path, &rest)) {
		if (stock->count - first == IV_STAMPS_A_CHUNK)
			return false;
		slots[stock->count - first] = slot_of(stock, path);
		PREFETCH(&stock->slots[slots[stock->count - first]]);
		stock->items[stock->count++] = (struct iv_stocked){
			.note = stamp.note,
			.path = path,
			.size = stamp.size,
			.inode = stamp.inode,
			.mtime = stamp.mtime,
			.ctime = stamp.ctime,
			.hash = stamp.hash,
			.racy = stamp.racy != 0,
		};
	}
	fill_slots(stock, first, slots);
	return rest.len == 0;
}

/* Room for all at once: growing beside the walk's threads costs more than reading. */
static int make_room(struct iv_stock *stock, struct iv_db *db, struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, db, "SELECT count(*) FROM stamp", error);

	if (rc)
		return rc;
	rc = iv_stmt_step(stmt, error);
	if (rc == 1)
		stock->capacity = (size_t)iv_stmt_int(stmt, 0) * IV_STAMPS_A_CHUNK;
	iv_stmt_free(stmt);
	stock->items = iv_malloc((stock->capacity + 1) * sizeof(*stock->items));
	stock->slot_count = 16;
	while (stock->slot_count < stock->capacity * 2)
		stock->slot_count *= 2;
	stock->slots = iv_calloc(stock->slot_count, sizeof(*stock->slots));
	return rc < 0 ? rc : 0;
}

static int read_chunks(struct iv_stock *stock, struct iv_db *db, struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, db, "SELECT data FROM stamp ORDER BY chunk", error);

	while (!rc && (rc = iv_stmt_step(stmt, error)) == 1) {
		rc = 0;
		if (!add_chunk(stock, iv_stmt_blob(stmt, 0))) {
			db->damaged = true;
			rc = iv_error_set(error, IV_EINPUT, "table stamp is malformed");
		}
	}
	iv_stmt_free(stmt);
	return rc;
}

/*
 * Within a savepoint, so that nobody writes between the two questions; and with a small cache,
 * since every page is needed just once.
 */
int iv_stock_read(struct iv_stock *stock, struct iv_index *index, struct iv_error *error)
{
	int rc = iv_db_exec(index->db, "SAVEPOINT stock", error);

	if (rc)
		return rc;
	iv_db_cache(index->db, 1024);
	stock->version = iv_stock_version(index);
	rc = make_room(stock, index->db, error);
	if (!rc)
		rc = read_chunks(stock, index->db, error);
	iv_db_exec(index->db, "RELEASE stock", NULL);
	iv_db_cache(index->db, IV_CACHE_USUAL);
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

/* Must this entry be read again next time whatever its times say? */
static bool is_racy(const struct iv_entry *entry, int64_t started)
{
	return entry->trouble || entry->kind != 'f' || is_late(entry->mtime, started) ||
	       is_late(entry->ctime, started);
}

static bool is_same(const struct iv_stocked *old, const struct iv_entry *entry)
{
	return !old->racy && old->size == entry->size && old->mtime == entry->mtime &&
	       old->ctime == entry->ctime && old->inode == entry->inode && !entry->trouble;
}

/* An item lies across two lines of the cache. */
static void prefetch_item(const struct iv_stocked *item)
{
	PREFETCH(item);
	PREFETCH(&item->racy);
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
			prefetch_item(&stock->items[stock->slots[slots[i]] - 1]);
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
	out->items[out->count++] = (struct iv_suspect){entry, old, is_racy(entry, started)};
	return old != NULL;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct iv_suspect *)a)->entry->path,
		      ((const struct iv_suspect *)b)->entry->path);
}

/* A stretch of the listing, for one thread. */
struct stretch {
	const struct iv_stock *stock;
	const struct iv_entry *entries;
	size_t count, found;
	int64_t started;
	struct iv_suspects suspects;
};

static void *compare_stretch(void *data)
{
	struct stretch *stretch = data;

	for (size_t i = 0; i < stretch->count; i += AT_ONCE) {
		struct iv_stocked *olds[AT_ONCE] = {NULL};
		size_t count = stretch->count - i < AT_ONCE ? stretch->count - i : AT_ONCE;
		if (stretch->stock->count)
			find_some(olds, stretch->stock, stretch->entries + i, count);
		for (size_t j = 0; j < count; j++)
			stretch->found += compare_one(&stretch->suspects, &stretch->entries[i + j],
						      olds[j], stretch->started);
	}
	return NULL;
}

/* Paths are there once, so that two threads never meet at one item. */
static void compare_both(struct stretch *first, struct stretch *second)
{
	pthread_t thread;
	bool threaded = !pthread_create(&thread, NULL, compare_stretch, second);

	compare_stretch(first);
	if (threaded)
		pthread_join(thread, NULL);
	else
		compare_stretch(second);
}

static void add_suspects(struct iv_suspects *out, const struct iv_suspects *more)
{
	for (size_t i = 0; i < more->count; i++) {
		IV_GROW(out->items, out->count, out->capacity);
		out->items[out->count++] = more->items[i];
	}
}

void iv_stock_compare(struct iv_suspects *out, struct iv_stock *stock,
		      const struct iv_listing *listing, int64_t started)
{
	size_t half = stock->count < WORTH_THREADS ? listing->count : listing->count / 2;
	struct stretch first = {stock, listing->entries, half, 0, started, {0}};
	struct stretch second = {stock, listing->entries + half, listing->count - half, 0, started,
				 {0}};

	if (second.count)
		compare_both(&first, &second);
	else
		compare_stretch(&first);
	*out = first.suspects;
	add_suspects(out, &second.suspects);
	iv_suspects_release(&second.suspects);
	out->removed = stock->count - first.found - second.found;
	if (out->count > 1)
		qsort(out->items, out->count, sizeof(*out->items), by_path);
}

void iv_suspects_release(struct iv_suspects *suspects)
{
	free(suspects->items);
}
