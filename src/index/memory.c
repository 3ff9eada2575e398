/*
 * SQLite's memory, counted a thread: SQLite's own count is behind one lock for all threads, which
 * two that ask at once would spend their time on, and its limit would be everybody's.
 */
#include "index/handle.h"

static sqlite3_mem_methods real;
static _Thread_local int64_t limit;
static _Thread_local int64_t used; /* since the limit was set */
static bool counted;               /* these functions are in use */

static bool is_too_much(int64_t more)
{
	return limit && used + more > limit;
}

static void *count_malloc(int size)
{
	void *memory = is_too_much(size) ? NULL : real.xMalloc(size);

	if (memory)
		used += real.xSize(memory);
	return memory;
}

static void count_free(void *memory)
{
	used -= real.xSize(memory);
	real.xFree(memory);
}

static void *count_realloc(void *memory, int size)
{
	int old = real.xSize(memory);
	void *moved = is_too_much(size - old) ? NULL : real.xRealloc(memory, size);

	if (moved)
		used += real.xSize(moved) - old;
	return moved;
}

void iv_memory_install(void)
{
	sqlite3_mem_methods counting;

	if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real))
		return;
	counting = real;
	counting.xMalloc = count_malloc;
	counting.xFree = count_free;
	counting.xRealloc = count_realloc;
	counted = !sqlite3_config(SQLITE_CONFIG_MALLOC, &counting) &&
		  !sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

void iv_memory_limit(int64_t bytes)
{
	if (!counted)
		sqlite3_hard_heap_limit64(bytes);
	limit = bytes;
	used = 0;
}

int64_t iv_memory_used(void)
{
	return used;
}
