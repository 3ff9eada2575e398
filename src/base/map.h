/* From keys to numbers: ids of objects, paths, names. */
#ifndef IV_BASE_MAP_H
#define IV_BASE_MAP_H

#include "base/str.h"

struct iv_map_slot {
	struct iv_str key; /* ptr NULL: free */
	size_t value;
};

/* Zero it to begin. The keys' bytes are the caller's, and must stay where they are. */
struct iv_map {
	struct iv_map_slot *slots;
	size_t count, capacity;
};

void iv_map_release(struct iv_map *map);
/* Gives the key this value, whether it was there or not. */
void iv_map_put(struct iv_map *map, struct iv_str key, size_t value);
/* False: it is not there, and *value stays as it was. `value` may be NULL. */
bool iv_map_get(const struct iv_map *map, struct iv_str key, size_t *value);

#endif
