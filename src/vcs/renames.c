/* Notes that a commit moved: one that went and one that came are the same. */
#include <stdlib.h>
#include <string.h>

#include "vcs/moved.h"
#include "vcs/walk.h"

static bool came(const struct vcs_move *move)
{
	return git_oid_is_zero(&move->before);
}

static bool went(const struct vcs_move *move)
{
	return git_oid_is_zero(&move->after);
}

/* Those that are on one side only, and which of the moves they are. */
struct lone {
	struct vcs_lone *files;
	struct vcs_move **moves;
	size_t count;
};

static struct lone gather(struct vcs_moves *moves, bool (*is)(const struct vcs_move *move))
{
	struct lone lone = {iv_calloc(moves->count, sizeof(*lone.files)),
			    iv_calloc(moves->count, sizeof(*lone.moves)), 0};

	for (size_t i = 0; i < moves->count; i++) {
		struct vcs_move *move = &moves->items[i];
		if (!is(move) || iv_str_starts(iv_str_of(move->path), ".ivnotes/"))
			continue;
		lone.files[lone.count] =
			(struct vcs_lone){move->path, came(move) ? move->after : move->before};
		lone.moves[lone.count++] = move;
	}
	return lone;
}

static void sweep(struct vcs_moves *moves)
{
	size_t kept = 0;

	for (size_t i = 0; i < moves->count; i++)
		if (!came(&moves->items[i]) || !went(&moves->items[i]))
			moves->items[kept++] = moves->items[i];
	moves->count = kept;
}

static void join(const struct lone *from, const struct lone *to, const struct iv_repo *repo)
{
	size_t *origins = iv_calloc(to->count, sizeof(*origins));

	vcs_moved_find(origins, repo, from->files, from->count, to->files, to->count);
	for (size_t i = 0; i < to->count; i++) {
		struct vcs_move *origin = origins[i] == SIZE_MAX ? NULL : from->moves[origins[i]];
		if (!origin)
			continue;
		to->moves[i]->from = origin->path;
		to->moves[i]->before = origin->before;
		memset(&origin->before, 0, sizeof(origin->before)); /* nothing is left of it */
	}
	free(origins);
}

void vcs_moves_pair(struct vcs_moves *moves, const struct iv_repo *repo)
{
	struct lone from, to;

	if (moves->count < 2)
		return;
	from = gather(moves, went);
	to = gather(moves, came);
	if (from.count && to.count)
		join(&from, &to, repo);
	free(from.files);
	free(from.moves);
	free(to.files);
	free(to.moves);
	sweep(moves);
}
