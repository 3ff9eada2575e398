/* What commits took away, or moved. */
#include <stdlib.h>
#include <string.h>

#include "vcs/walk.h"

struct search {
	struct iv_repo *repo;
	struct vcs_walk walk;
	struct vcs_trees trees;
	iv_gone_is *is_meant;
	void *data;
	struct iv_gone *items;
	size_t count, capacity;
};

static int ask(struct search *search, const struct iv_gone *gone, struct iv_error *error)
{
	bool meant = false;
	int rc = search->is_meant(&meant, search->data, gone, error);

	if (rc || !meant)
		return rc;
	IV_GROW(search->items, search->count, search->capacity);
	search->items[search->count] = *gone;
	search->items[search->count++].path = iv_strdup(gone->path);
	return IV_OK;
}

/* One that is meant went by this commit: where to, if anywhere? */
static void find_moved(struct search *search, struct vcs_moves *moves)
{
	vcs_moves_pair(moves, search->repo);
	for (size_t i = 0; i < moves->count; i++)
		for (size_t j = 0; moves->items[i].from && j < search->count; j++)
			if (!strcmp(search->items[j].path, moves->items[i].from))
				search->items[j].moved = iv_strdup(moves->items[i].path);
}

static bool has_gone(const struct vcs_move *move)
{
	return git_oid_is_zero(&move->after);
}

static int ask_all(struct search *search, const struct vcs_commit *commit, struct vcs_moves *moves,
		   struct iv_error *error)
{
	struct iv_gone gone = {.path = NULL};
	char before[GIT_OID_HEXSZ + 1];
	int rc = IV_OK;

	git_oid_tostr(before, sizeof(before), &commit->parents[0]);
	git_oid_tostr(gone.by, sizeof(gone.by), &commit->id);
	for (size_t i = 0; !rc && i < moves->count; i++) {
		if (!has_gone(&moves->items[i]))
			continue;
		if (!gone.path)
			rc = iv_repo_revision(&gone.revision, search->repo, before, error);
		gone.path = (char *)moves->items[i].path;
		if (!rc)
			rc = ask(search, &gone, error);
	}
	if (!rc && search->count)
		find_moved(search, moves);
	return rc;
}

static int look_at(struct search *search, const struct vcs_commit *commit, struct iv_error *error)
{
	struct vcs_moves moves;
	int rc;

	if (!commit->parent_count)
		return IV_OK;
	rc = vcs_walk_compare(&moves, &search->trees, &search->walk, commit, error);
	if (!rc)
		rc = ask_all(search, commit, &moves, error);
	vcs_moves_release(&moves);
	return rc;
}

static int search_all(struct search *search, struct iv_error *error)
{
	struct vcs_commit commit;
	int rc = IV_OK, more = 0;

	while (!rc && !search->count) {
		more = vcs_walk_next(&commit, &search->walk, error);
		if (more < 0)
			iv_error_context(error, "cannot read the history");
		if (more != 1)
			return more;
		rc = look_at(search, &commit, error);
	}
	return rc;
}

int iv_repo_gone(struct iv_gone **out, size_t *count, struct iv_repo *repo, iv_gone_is *is_meant,
		 void *data, struct iv_error *error)
{
	struct search search = {.repo = repo, .is_meant = is_meant, .data = data};
	int rc = vcs_walk_begin(&search.walk, repo, "HEAD", NULL, NULL, error);

	vcs_trees_init(&search.trees, search.walk.odb);
	search.trees.trusted = true;
	if (!rc)
		rc = search_all(&search, error);
	vcs_trees_release(&search.trees);
	vcs_walk_release(&search.walk);
	*out = search.items;
	*count = search.count;
	return rc;
}

void iv_repo_gone_release(struct iv_gone *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(items[i].path);
		free(items[i].moved);
	}
	free(items);
}
