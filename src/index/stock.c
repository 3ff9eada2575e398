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

void iv_stock_release(struct iv_stock *stock)
{
	free(stock->data);
	free(stock->slots);
	*stock = (struct iv_stock){0};
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

#define PLACE 8 /* entries lie at multiples of it */

static struct iv_stamp *stamp_at(const struct iv_stock *stock, size_t slot)
{
	size_t place = stock->slots[slot];

	return place ? (void *)(stock->data + (place - 1) * PLACE) : NULL;
}

static size_t slot_of(const struct iv_stock *stock, const char *path)
{
	return iv_sum(path, strlen(path), 0) & (stock->slot_count - 1);
}

/* An entry, and where in the table to look for it first. */
struct candidate {
	size_t place, slot;
};

static void fill_slots(struct iv_stock *stock, const struct candidate *candidates, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t slot = candidates[i].slot;
		while (stock->slots[slot])
			slot = (slot + 1) & (stock->slot_count - 1);
		stock->slots[slot] = (uint32_t)(candidates[i].place / PLACE) + 1;
	}
}

/*
 * The chunk is kept whole. False when it holds something else, or more than there can be. The
 * slots of all its entries are fetched before the first is filled.
 */
static bool add_chunk(struct iv_stock *stock, struct iv_str data, size_t capacity)
{
	struct candidate candidates[IV_STAMPS_A_CHUNK];
	size_t count = 0, at = stock->len, place = at;
	struct iv_stamp *stamp;

	if (data.len > capacity - stock->len)
		return false;
	memcpy(stock->data + at, data.ptr, data.len);
	stock->len += data.len;
	for (; (stamp = iv_stamp_next(stock->data, &at, stock->len)); place = at) {
		if (count == IV_STAMPS_A_CHUNK)
			return false;
		stamp->seen = 0;
		candidates[count] = (struct candidate){place, slot_of(stock, iv_stamp_path(stamp))};
		PREFETCH(&stock->slots[candidates[count++].slot]);
	}
	fill_slots(stock, candidates, count);
	stock->count += count;
	return at == stock->len;
}

/* Room for all at once: growing beside the walk's threads costs more than reading. */
static int make_room(struct iv_stock *stock, size_t *capacity, struct iv_db *db,
		     struct iv_error *error)
{
	struct iv_stmt *stmt;
	size_t chunks = 0;
	int rc = iv_stmt_new(&stmt, db, "SELECT count(*), sum(length(data)) FROM stamp", error);

	*capacity = 0;
	if (rc)
		return rc;
	rc = iv_stmt_step(stmt, error);
	if (rc == 1) {
		chunks = (size_t)iv_stmt_int(stmt, 0);
		*capacity = (size_t)iv_stmt_int(stmt, 1);
	}
	iv_stmt_free(stmt);
	stock->data = iv_malloc(*capacity);
	stock->slot_count = 16;
	while (stock->slot_count < chunks * IV_STAMPS_A_CHUNK * 2)
		stock->slot_count *= 2;
	stock->slots = iv_calloc(stock->slot_count, sizeof(*stock->slots));
	return rc < 0 ? rc : 0;
}

static int read_chunks(struct iv_stock *stock, struct iv_db *db, size_t capacity,
		       struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, db, "SELECT data FROM stamp ORDER BY chunk", error);

	while (!rc && (rc = iv_stmt_step(stmt, error)) == 1) {
		rc = 0;
		if (!add_chunk(stock, iv_stmt_blob(stmt, 0), capacity)) {
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
	size_t capacity;
	int rc = iv_db_exec(index->db, "SAVEPOINT stock", error);

	if (rc)
		return rc;
	iv_db_cache(index->db, 1024);
	stock->version = iv_stock_version(index);
	rc = make_room(stock, &capacity, index->db, error);
	if (!rc)
		rc = read_chunks(stock, index->db, capacity, error);
	iv_db_exec(index->db, "RELEASE stock", NULL);
	iv_db_cache(index->db, IV_CACHE_USUAL);
	return rc;
}

static struct iv_stamp *find(const struct iv_stock *stock, const char *path, size_t slot)
{
	struct iv_stamp *stamp;

	for (; (stamp = stamp_at(stock, slot)); slot = (slot + 1) & (stock->slot_count - 1))
		if (!strcmp(iv_stamp_path(stamp), path))
			break;
	return stamp;
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

static bool is_same(const struct iv_stamp *old, const struct iv_entry *entry)
{
	return !old->racy && old->size == entry->size && old->mtime == entry->mtime &&
	       old->ctime == entry->ctime && old->inode == entry->inode && !entry->trouble;
}

/*
 * Several at once, each step for all of them before the next: the table is larger than the
 * processor's caches, and so their misses overlap.
 */
static void find_some(struct iv_stamp *out[AT_ONCE], const struct iv_stock *stock,
		      const struct iv_entry *entries, size_t count)
{
	size_t slots[AT_ONCE];

	for (size_t i = 0; i < count; i++) {
		slots[i] = slot_of(stock, entries[i].path);
		PREFETCH(&stock->slots[slots[i]]);
	}
	for (size_t i = 0; i < count; i++) {
		out[i] = stamp_at(stock, slots[i]);
		if (out[i]) {
			PREFETCH(out[i]);
			PREFETCH(iv_stamp_path(out[i]));
		}
	}
	for (size_t i = 0; i < count; i++)
		out[i] = find(stock, entries[i].path, slots[i]);
}

/* 1 when the index has it, 0 when it is new. */
static size_t compare_one(struct iv_suspects *out, const struct iv_entry *entry,
			  struct iv_stamp *old, int64_t started)
{
	if (old) {
		old->seen = 1;
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
		struct iv_stamp *olds[AT_ONCE] = {NULL};
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
