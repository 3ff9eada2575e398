#include "cmd/diff/people.h"

#include <stdlib.h>

#include "cmd/frame/frame.h"

bool people_is_called(struct iv_arena *arena, const struct iv_note *note, struct iv_str key)
{
	struct iv_str path = iv_fold(arena, iv_str_slice(note->path, 0, note->path.len - 3));

	if (iv_str_eq(note->key, key) || iv_str_eq(iv_fold(arena, note->name), key))
		return true;
	if (path.len >= key.len && iv_str_eq(iv_str_slice(path, path.len - key.len, path.len), key))
		return path.len == key.len || path.ptr[path.len - key.len - 1] == '/';
	for (size_t i = 0; i < note->alias_count; i++)
		if (iv_str_eq(iv_fold(arena, note->aliases[i].text), key))
			return true;
	return false;
}

/* A copy: folding may give what it was given. */
static struct iv_str key_of(struct iv_arena *arena, const char *path)
{
	struct iv_str id = iv_path_name(iv_str_of(path));

	return iv_arena_str(arena, iv_fold(arena, iv_str_slice(id, 0, id.len - 3)));
}

/* The key of a note that had this one and moved; NULL for none. */
static const char *moved_from(const struct people *people, const char *key)
{
	struct iv_arena *arena = people->cmd->own->arena;

	for (size_t i = 0; i < people->moved->count; i++) {
		const struct iv_difference *one = &people->moved->items[i];
		if (one->from && iv_str_is(key_of(arena, one->from), key))
			return key_of(arena, one->path).ptr;
	}
	return NULL;
}

static struct iv_known find(const struct people *people, const char *key)
{
	struct iv_known out = {{NULL, 0}, {NULL, 0}};
	struct iv_arena *arena = people->cmd->own->arena;
	struct iv_index *index = people->cmd->index;
	char *path, *name;

	if (iv_index_referred(&path, &name, index, key, NULL)) {
		key = moved_from(people, key);
		if (!key || iv_index_referred(&path, &name, index, key, NULL))
			return out;
	}
	out.key = key_of(arena, path);
	out.name = iv_arena_str(arena, iv_str_of(name));
	free(path);
	free(name);
	return out;
}

static struct iv_known known_of(struct people *people, struct iv_str key)
{
	size_t at = people->count;

	if (iv_map_get(&people->map, key, &at))
		return people->items[at];
	key = iv_arena_str(people->cmd->own->arena, key);
	IV_GROW(people->items, people->count, people->capacity);
	people->items[people->count++] = find(people, key.ptr);
	iv_map_put(&people->map, key, at);
	return people->items[at];
}

bool people_look_up(void *data, struct iv_known *out, struct iv_str key)
{
	struct people *people = data;

	if (!people->failed && !people->cmd->index)
		people->failed = cmd_open(people->cmd, CMD_INDEX) != 0;
	if (people->failed)
		return false;
	*out = known_of(people, key);
	return out->name.len > 0;
}

void people_release(struct people *people)
{
	iv_map_release(&people->map);
	free(people->items);
}
