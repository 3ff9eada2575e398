/* Notes by the paths that they had: a rename leads on to the older one. */
#include <stdlib.h>
#include <string.h>

#include <ivnotes/vcs.h>

#include "cmd/log/log.h"

void log_trail_begin(struct log_trail *trail)
{
	*trail = (struct log_trail){.arena = iv_arena_new()};
}

/* At a path, going back in time. */
enum owner { OTHER, OURS, CAME }; /* CAME: it is ours that newer commits know there */

static void set(struct log_trail *trail, const char *path, enum owner owner)
{
	iv_map_put(&trail->paths, iv_arena_str(trail->arena, iv_str_of(path)), owner);
}

static size_t owner_of(const struct log_trail *trail, const char *path)
{
	size_t owner = OTHER;

	if (!iv_map_get(&trail->paths, iv_str_of(path), &owner))
		for (size_t i = 0; owner == OTHER && i < trail->folder_count; i++)
			if (iv_str_starts(iv_str_of(path), trail->folders[i]))
				owner = OURS;
	return owner;
}

void log_trail_add(struct log_trail *trail, const char *path)
{
	size_t len = strlen(path);

	if (len && path[len - 1] != '/') {
		set(trail, path, OURS);
		return;
	}
	IV_GROW(trail->folders, trail->folder_count, trail->folder_capacity);
	trail->folders[trail->folder_count++] = iv_arena_str(trail->arena, iv_str_of(path)).ptr;
}

/* What is gone and comes again at its path is the same, unless another note had left that path. */
bool log_trail_has(struct log_trail *trail, const struct iv_past_note *note)
{
	bool is = owner_of(trail, note->path) != OTHER;

	if (is && note->kind == IV_PAST_ADDED)
		set(trail, note->path, CAME);
	if (note->from && (is || owner_of(trail, note->from) == CAME))
		set(trail, note->from, is ? OURS : OTHER);
	if (is && note->from)
		set(trail, note->path, OTHER);
	return is;
}

bool log_trail_lost(const struct log_trail *trail, const char *path)
{
	size_t owner = OURS;

	return iv_map_get(&trail->paths, iv_str_of(path), &owner) && owner == OTHER;
}

void log_trail_end(struct log_trail *trail)
{
	iv_map_release(&trail->paths);
	free(trail->folders);
	iv_arena_free(trail->arena);
}

/* ---- what no commit knows yet ---- */

static bool is_committed(struct log *log, const char *path)
{
	char *there = NULL;
	bool is;

	iv_repo_trace(&there, log->cmd->repo, "HEAD", "HEAD", path, NULL);
	is = there != NULL;
	free(there);
	return is;
}

/* Where it cannot be told, nothing was moved. */
const char *log_path(struct log *log, const char *path)
{
	size_t len = strlen(path);
	const char *from;

	if (log->cmd->revision || log->history.empty || !len || path[len - 1] == '/' ||
	    is_committed(log, path))
		return path;
	if (!log->is_moved_known)
		moved_open(&log->moved, log->cmd, NULL);
	log->is_moved_known = true;
	from = moved_from(&log->moved, path);
	return from ? from : path;
}
