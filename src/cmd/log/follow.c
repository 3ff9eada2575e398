/* Notes by the paths that they had: a rename leads on to the older one. */
#include <stdlib.h>
#include <string.h>

#include "cmd/log/log.h"

void log_trail_begin(struct log_trail *trail)
{
	*trail = (struct log_trail){.arena = iv_arena_new()};
}

static void set(struct log_trail *trail, const char *path, bool is)
{
	iv_map_put(&trail->paths, iv_arena_str(trail->arena, iv_str_of(path)), is);
}

void log_trail_add(struct log_trail *trail, const char *path)
{
	size_t len = strlen(path);

	if (len && path[len - 1] != '/') {
		set(trail, path, true);
		return;
	}
	IV_GROW(trail->folders, trail->folder_count, trail->folder_capacity);
	trail->folders[trail->folder_count++] = iv_arena_str(trail->arena, iv_str_of(path)).ptr;
}

bool log_trail_has(struct log_trail *trail, const struct iv_past_note *note)
{
	size_t is = 0;

	if (!iv_map_get(&trail->paths, iv_str_of(note->path), &is))
		for (size_t i = 0; !is && i < trail->folder_count; i++)
			is = iv_str_starts(iv_str_of(note->path), trail->folders[i]);
	if (is && note->from) {
		set(trail, note->from, true);
		set(trail, note->path, false);
	}
	return is;
}

void log_trail_end(struct log_trail *trail)
{
	iv_map_release(&trail->paths);
	free(trail->folders);
	iv_arena_free(trail->arena);
}
