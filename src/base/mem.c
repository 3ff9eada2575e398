#include "base/mem.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first block of an arena holds a usual note; later blocks double up to the largest. */
#define BLOCK_FIRST ((size_t)8 << 10)
#define BLOCK_LARGEST ((size_t)1 << 20)
#define ALIGNMENT alignof(max_align_t)

static _Noreturn void out_of_memory(void)
{
	static const char words[] = "ivnotes: out of memory\n";

	fwrite(words, 1, sizeof(words) - 1, stderr);
	abort();
}

void *iv_malloc(size_t size)
{
	void *ptr = malloc(size ? size : 1);

	if (!ptr)
		out_of_memory();
	return ptr;
}

void *iv_calloc(size_t count, size_t size)
{
	void *ptr = calloc(count ? count : 1, size ? size : 1);

	if (!ptr)
		out_of_memory();
	return ptr;
}

void *iv_realloc(void *ptr, size_t size)
{
	ptr = realloc(ptr, size ? size : 1);
	if (!ptr)
		out_of_memory();
	return ptr;
}

char *iv_strdup(const char *text)
{
	return iv_strndup(text, strlen(text));
}

char *iv_strndup(const char *text, size_t len)
{
	char *copy;

	if (len == SIZE_MAX)
		out_of_memory();
	copy = iv_malloc(len + 1);
	if (len)
		memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

void *iv_grow(void *items, size_t count, size_t *capacity, size_t size)
{
	size_t wanted;

	if (count < *capacity)
		return items;
	if (count > SIZE_MAX / 2 / size - 8)
		out_of_memory();
	wanted = count < 8 ? 8 : count * 2;
	*capacity = wanted;
	return iv_realloc(items, wanted * size);
}

struct block {
	struct block *next;
	size_t size;
	alignas(max_align_t) char bytes[];
};

struct iv_arena {
	struct block *current, *first;
	char *at;
	size_t left;
	size_t next_size;
};

static struct block *block_new(size_t size)
{
	struct block *block;

	if (size > SIZE_MAX - sizeof(*block))
		out_of_memory();
	block = iv_malloc(sizeof(*block) + size);
	block->next = NULL;
	block->size = size;
	return block;
}

static void arena_use(struct iv_arena *arena, struct block *block)
{
	arena->current = block;
	arena->at = block->bytes;
	arena->left = block->size;
}

struct iv_arena *iv_arena_new(void)
{
	struct iv_arena *arena = iv_malloc(sizeof(*arena));

	arena->first = block_new(BLOCK_FIRST);
	arena->next_size = BLOCK_FIRST * 2;
	arena_use(arena, arena->first);
	return arena;
}

static void free_blocks(struct block *block)
{
	while (block) {
		struct block *next = block->next;

		free(block);
		block = next;
	}
}

void iv_arena_free(struct iv_arena *arena)
{
	if (!arena)
		return;
	free_blocks(arena->first);
	free(arena);
}

void iv_arena_reset(struct iv_arena *arena)
{
	free_blocks(arena->first->next);
	arena->first->next = NULL;
	arena->next_size = BLOCK_FIRST * 2;
	arena_use(arena, arena->first);
}

static void *alloc_in_new_block(struct iv_arena *arena, size_t size)
{
	struct block *block;

	/* Something large gets a block of its own, so that the current one is not wasted. */
	if (size > arena->next_size / 4) {
		block = block_new(size);
		block->next = arena->current->next;
		arena->current->next = block;
		return block->bytes;
	}
	block = block_new(arena->next_size);
	if (arena->next_size < BLOCK_LARGEST)
		arena->next_size *= 2;
	block->next = arena->current->next;
	arena->current->next = block;
	arena_use(arena, block);
	arena->at += size;
	arena->left -= size;
	return block->bytes;
}

void *iv_arena_alloc(struct iv_arena *arena, size_t size)
{
	void *ptr = arena->at;

	if (size > SIZE_MAX - ALIGNMENT)
		out_of_memory();
	size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (size > arena->left)
		return alloc_in_new_block(arena, size);
	arena->at += size;
	arena->left -= size;
	return ptr;
}

void *iv_arena_calloc(struct iv_arena *arena, size_t count, size_t size)
{
	void *ptr;

	if (size && count > SIZE_MAX / size)
		out_of_memory();
	ptr = iv_arena_alloc(arena, count * size);
	if (count && size)
		memset(ptr, 0, count * size);
	return ptr;
}

struct iv_str iv_arena_str(struct iv_arena *arena, struct iv_str text)
{
	char *copy;

	if (text.len == SIZE_MAX)
		out_of_memory();
	copy = iv_arena_alloc(arena, text.len + 1);
	if (text.len)
		memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	return (struct iv_str){copy, text.len};
}

void *iv_arena_copy(struct iv_arena *arena, const void *items, size_t count, size_t size)
{
	void *copy;

	if (!count || !size)
		return NULL;
	if (count > SIZE_MAX / size)
		out_of_memory();
	copy = iv_arena_alloc(arena, count * size);
	return memcpy(copy, items, count * size);
}

struct iv_str iv_arena_printf(struct iv_arena *arena, const char *format, ...)
{
	va_list args, again;
	char *text;
	int len;

	va_start(args, format);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, args);
	if (len < 0)
		len = 0;
	text = iv_arena_alloc(arena, (size_t)len + 1);
	text[0] = '\0';
	vsnprintf(text, (size_t)len + 1, format, again);
	va_end(again);
	va_end(args);
	return (struct iv_str){text, (size_t)len};
}
