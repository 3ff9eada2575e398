#include "index/links.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

/* Keys of paths; what is no `.md` may be a folder, and its key ends in '/'. */
struct keys {
	struct iv_str *items;
	size_t count, capacity;
};

struct iv_links {
	struct iv_arena *arena;
	struct keys whole, ends; /* sorted; in `ends` the last parts of each path, too */
};

static int compare(const void *a, const void *b)
{
	return iv_str_cmp(*(const struct iv_str *)a, *(const struct iv_str *)b);
}

static void add(struct keys *keys, struct iv_str key)
{
	IV_GROW(keys->items, keys->count, keys->capacity);
	keys->items[keys->count++] = key;
}

static void sort(struct keys *keys)
{
	if (keys->count)
		qsort(keys->items, keys->count, sizeof(*keys->items), compare);
}

static bool has(const struct keys *keys, struct iv_str key)
{
	return keys->count &&
	       bsearch(&key, keys->items, keys->count, sizeof(*keys->items), compare);
}

/* As references are compared, see reference.c. */
static struct iv_str key_of(struct iv_arena *arena, struct iv_str path)
{
	path = iv_fold(arena, path);
	if (iv_str_ends(path, ".md"))
		return iv_str_slice(path, 0, path.len - 3);
	return iv_arena_printf(arena, "%.*s/", IV_STR_ARG(path));
}

struct iv_links *iv_links_new(const struct iv_listing *listing)
{
	struct iv_links *links = iv_calloc(1, sizeof(*links));

	links->arena = iv_arena_new();
	for (size_t i = 0; i < listing->link_count; i++) {
		struct iv_str key = key_of(links->arena, iv_str_of(listing->links[i]));
		add(&links->whole, key);
		add(&links->ends, key);
		for (size_t at = 0; at + 1 < key.len; at++)
			if (key.ptr[at] == '/')
				add(&links->ends, iv_str_slice(key, at + 1, key.len));
	}
	sort(&links->whole);
	sort(&links->ends);
	return links;
}

void iv_links_free(struct iv_links *links)
{
	if (!links)
		return;
	iv_arena_free(links->arena);
	free(links->whole.items);
	free(links->ends.items);
	free(links);
}

uint64_t iv_links_hash(const struct iv_links *links)
{
	uint64_t hash = links->whole.count;

	for (size_t i = 0; i < links->whole.count; i++)
		hash = hash * 31 + iv_hash(links->whole.items[i]);
	return hash;
}

static bool leads_to(const struct keys *keys, struct iv_str key)
{
	if (!keys->count)
		return false;
	for (size_t at = 0; at < key.len; at++)
		if (key.ptr[at] == '/' && has(keys, iv_str_slice(key, 0, at + 1)))
			return true;
	return has(keys, key);
}

bool iv_links_at(const struct iv_links *links, struct iv_str key)
{
	return links && leads_to(&links->whole, key);
}

bool iv_links_ending(const struct iv_links *links, struct iv_str key)
{
	return links && leads_to(&links->ends, key);
}
