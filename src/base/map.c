#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define CAPACITY_MIN 64

/* Where the key is, or would be. `capacity` is a power of two, and some slots are free. */
static struct iv_map_slot *find(const struct iv_map *map, struct iv_str key)
{
	size_t at = (size_t)iv_hash(key);

	for (;; at++) {
		struct iv_map_slot *slot = &map->slots[at & (map->capacity - 1)];
		if (!slot->key.ptr || iv_str_eq(slot->key, key))
			return slot;
	}
}

static void grow(struct iv_map *map)
{
	struct iv_map larger = {.capacity = map->capacity ? 2 * map->capacity : CAPACITY_MIN};

	larger.slots = iv_calloc(larger.capacity, sizeof(*larger.slots));
	for (size_t i = 0; i < map->capacity; i++)
		if (map->slots[i].key.ptr)
			*find(&larger, map->slots[i].key) = map->slots[i];
	larger.count = map->count;
	iv_map_release(map);
	*map = larger;
}

void iv_map_release(struct iv_map *map)
{
	free(map->slots);
	memset(map, 0, sizeof(*map));
}

void iv_map_put(struct iv_map *map, struct iv_str key, size_t value)
{
	struct iv_map_slot *slot;

	if (2 * (map->count + 1) > map->capacity)
		grow(map);
	slot = find(map, key);
	map->count += !slot->key.ptr;
	*slot = (struct iv_map_slot){slot->key.ptr ? slot->key : key, value};
}

bool iv_map_get(const struct iv_map *map, struct iv_str key, size_t *value)
{
	const struct iv_map_slot *slot = map->capacity ? find(map, key) : NULL;

	if (!slot || !slot->key.ptr)
		return false;
	if (value)
		*value = slot->value;
	return true;
}
