#include "note/blocks.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdint.h>
#include <string.h>

/*
 * What a tree may take. Sixteen MiB of prose need a fifth of it; sixteen MiB of brackets would
 * need three GiB.
 */
#define MEMORY_MAX ((size_t)512 << 20)

/* cmark's allocator gets no context: each thread parses one text at a time. */
static _Thread_local struct parse {
	struct iv_arena *arena;
	size_t used;
	jmp_buf over; /* the way out of cmark, which takes no NULL for an answer */
} * parse;

/* The size of a block stands before it, for realloc. */
#define BEFORE alignof(max_align_t)

static void *allocate(size_t size)
{
	char *ptr;

	if (size > MEMORY_MAX || parse->used + size > MEMORY_MAX)
		longjmp(parse->over, 1);
	parse->used += size;
	ptr = iv_arena_alloc(parse->arena, size + BEFORE);
	memcpy(ptr, &size, sizeof(size));
	return ptr + BEFORE;
}

static void *arena_calloc(size_t count, size_t size)
{
	size_t whole = size && count > SIZE_MAX / size ? SIZE_MAX : count * size;
	void *ptr = allocate(whole);

	return memset(ptr, 0, whole);
}

static void *arena_realloc(void *old, size_t size)
{
	size_t old_size = 0;
	void *ptr;

	if (old)
		memcpy(&old_size, (char *)old - BEFORE, sizeof(old_size));
	if (old && size <= old_size)
		return old;
	ptr = allocate(size);
	if (old)
		memcpy(ptr, old, old_size);
	return ptr;
}

/* The arena goes as a whole. */
static void arena_release(void *ptr)
{
	(void)ptr;
}

static cmark_node *parse_text(struct iv_str text)
{
	static cmark_mem memory = {arena_calloc, arena_realloc, arena_release};
	cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &memory);
	cmark_node *document;

	cmark_parser_feed(parser, text.ptr, text.len);
	document = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return document;
}

int iv_blocks_parse(struct iv_blocks *out, struct iv_str text)
{
	struct parse current = {.arena = iv_arena_new()};

	out->arena = current.arena;
	out->document = NULL;
	parse = &current;
	if (!setjmp(current.over))
		out->document = parse_text(text);
	parse = NULL;
	return out->document ? 0 : IV_ELIMIT;
}

void iv_blocks_release(struct iv_blocks *blocks)
{
	iv_arena_free(blocks->arena);
}

bool iv_is_container(cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_DOCUMENT:
	case CMARK_NODE_BLOCK_QUOTE:
	case CMARK_NODE_LIST:
	case CMARK_NODE_ITEM: return true;
	default: return false;
	}
}
