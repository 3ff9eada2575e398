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

/* The index finds by a part of a name, too, which is no reference. */
static struct iv_known find(struct cmd *cmd, const char *key)
{
	struct iv_known out = {{NULL, 0}, {NULL, 0}};
	struct iv_arena *arena = cmd->own->arena;
	struct iv_buf bytes = IV_BUF_INIT;
	char *path = NULL;
	struct iv_note *note;

	if (iv_index_resolve(&path, cmd->index, key, NULL))
		return out;
	if (!cmd_read(&bytes, cmd, path, NULL)) {
		note = iv_note_parse(iv_str_of(path), iv_buf_view(&bytes),
				     iv_config_syntax(cmd->config));
		if (people_is_called(arena, note, iv_str_of(key)))
			out = (struct iv_known){iv_arena_str(arena, note->key),
						iv_arena_str(arena, note->name)};
		iv_note_free(note);
	}
	iv_buf_release(&bytes);
	free(path);
	return out;
}

static struct known *known_of(struct people *people, struct iv_str key)
{
	struct known *known;

	for (size_t i = 0; i < people->count; i++)
		if (iv_str_eq(people->items[i].key, key))
			return &people->items[i];
	IV_GROW(people->items, people->count, people->capacity);
	known = &people->items[people->count++];
	known->key = iv_arena_str(people->cmd->own->arena, key);
	known->known = find(people->cmd, known->key.ptr);
	return known;
}

bool people_look_up(void *data, struct iv_known *out, struct iv_str key)
{
	struct people *people = data;

	if (!people->failed && !people->cmd->index)
		people->failed = cmd_open(people->cmd, CMD_INDEX) != 0;
	if (people->failed)
		return false;
	*out = known_of(people, key)->known;
	return out->name.len > 0;
}

void people_release(struct people *people)
{
	free(people->items);
}
