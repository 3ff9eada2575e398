/* Memory: exhaustion aborts with a word (cmark does so anyway), so callers never test for NULL. */
#ifndef IV_BASE_MEM_H
#define IV_BASE_MEM_H

#include <ivnotes/base.h>

void *iv_malloc(size_t size);
void *iv_calloc(size_t count, size_t size); /* aborts on overflow too */
void *iv_realloc(void *ptr, size_t size);
char *iv_strdup(const char *text);
char *iv_strndup(const char *text, size_t len);

/*
 * Makes room for one more item in a grown array: doubles `*capacity` and reallocates when
 * `count` has reached it. IV_GROW(items, count, capacity) for typed arrays.
 */
void *iv_grow(void *items, size_t count, size_t *capacity, size_t size);
#define IV_GROW(items, count, capacity) \
	((items) = iv_grow((items), (count), &(capacity), sizeof(*(items))))

/*
 * A bump allocator: allocations live until the arena goes. Memory is aligned for any type.
 */
struct iv_arena;
struct iv_arena *iv_arena_new(void);
void iv_arena_free(struct iv_arena *arena);
void iv_arena_reset(struct iv_arena *arena); /* empties it, keeps its first block */
void *iv_arena_alloc(struct iv_arena *arena, size_t size);
void *iv_arena_calloc(struct iv_arena *arena, size_t count, size_t size);
/* Copies; the copy is followed by a NUL that `len` does not count. */
struct iv_str iv_arena_str(struct iv_arena *arena, struct iv_str text);
/* Copies an array of `count` items of `size` bytes; NULL for none. */
void *iv_arena_copy(struct iv_arena *arena, const void *items, size_t count, size_t size);
struct iv_str iv_arena_printf(struct iv_arena *arena, const char *format, ...) IV_PRINTF(2, 3);

#endif
