/* What of the vault one version holds otherwise than another: two trees, or one and the files. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "vcs/walk.h"
#include "vcs/worktree.h"
#include "vcs/write.h"

/* ---- two trees ---- */

static int compare_trees(struct vcs_moves *out, struct iv_repo *repo, git_tree *before,
			 git_tree *after, struct iv_error *error)
{
	struct vcs_trees trees = {0};
	git_odb *odb = NULL;
	int rc;

	if (git_repository_odb(&odb, repo->git))
		return vcs_error(error, IV_EIO, "cannot open the objects");
	vcs_trees_init(&trees, odb);
	trees.all = true;
	rc = vcs_trees_compare(out, &trees, repo, git_tree_id(after),
			       before ? git_tree_id(before) : NULL, before ? 1 : 0, error);
	vcs_trees_release(&trees);
	git_odb_free(odb);
	return rc;
}

/* ---- a tree and the working tree ---- */

/* What the file holds is kept in memory, so that it is read as what git holds. */
static int take_update(struct vcs_moves *out, struct vcs_worktree *worktree,
		       const struct vcs_update *update, struct iv_error *error)
{
	const char *prefix = worktree->repo->prefix;
	struct vcs_move move = {.before = update->before};
	struct stat st;
	uint16_t mode;
	int rc = IV_OK;

	if (update->kind != IV_CHANGE_REMOVED)
		rc = vcs_worktree_store(&move.after, &mode, &st, worktree, update->path, NULL,
					error);
	if (rc == IV_ENOTFOUND) { /* gone meanwhile */
		iv_error_release(error);
		rc = IV_OK;
	}
	if (rc || (git_oid_is_zero(&move.before) && git_oid_is_zero(&move.after)))
		return rc;
	move.path = iv_arena_str(out->arena, iv_str_of(update->path + strlen(prefix))).ptr;
	IV_GROW(out->items, out->count, out->capacity);
	out->items[out->count++] = move;
	return rc;
}

static int take_changes(struct vcs_moves *out, struct iv_repo *repo,
			const struct vcs_changes *changes, struct iv_error *error)
{
	struct vcs_worktree worktree;
	int rc = IV_OK;

	if (vcs_keep_in_memory(repo->git))
		return vcs_error(error, IV_EIO, "cannot read the files");
	vcs_worktree_init(&worktree, repo);
	for (size_t i = 0; !rc && i < changes->count; i++)
		if (changes->updates[i].commits)
			rc = take_update(out, &worktree, &changes->updates[i], error);
	vcs_worktree_release(&worktree);
	return rc;
}

static int compare_files(struct vcs_moves *out, struct iv_repo *repo, git_tree *before,
			 struct iv_error *error)
{
	struct vcs_index index = {0};
	struct vcs_changes changes = {0};
	int rc = vcs_index_open(&index, repo, false, error);

	if (rc)
		return rc;
	/* In the middle of a merge the file is what counts. */
	git_index_conflict_cleanup(index.index);
	rc = vcs_changes_find(&changes, repo, before, index.index, index.written, NULL, error);
	if (!rc)
		rc = take_changes(out, repo, &changes, error);
	vcs_changes_release(&changes);
	vcs_index_close(&index);
	return rc;
}

/* ---- the whole ---- */

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct iv_difference *)a)->path,
		      ((const struct iv_difference *)b)->path);
}

static const char *hex(struct iv_arena *arena, const git_oid *id)
{
	char *text;

	if (git_oid_is_zero(id))
		return NULL;
	text = iv_arena_alloc(arena, GIT_OID_HEXSZ + 1);
	return git_oid_tostr(text, GIT_OID_HEXSZ + 1, id);
}

/* The arena of the moves becomes that of the differences. */
static void give(struct iv_differences *out, struct vcs_moves *moves)
{
	struct iv_arena *arena = moves->arena;
	struct iv_difference *items = iv_arena_calloc(arena, moves->count + 1, sizeof(*items));

	for (size_t i = 0; i < moves->count; i++) {
		const struct vcs_move *move = &moves->items[i];
		enum iv_change_kind kind = git_oid_is_zero(&move->before)  ? IV_CHANGE_ADDED
					   : git_oid_is_zero(&move->after) ? IV_CHANGE_REMOVED
									   : IV_CHANGE_MODIFIED;

		items[i] =
			(struct iv_difference){kind, move->path, move->from,
					       hex(arena, &move->before), hex(arena, &move->after)};
	}
	qsort(items, moves->count, sizeof(*items), by_path);
	*out = (struct iv_differences){items, moves->count, arena};
	moves->arena = NULL;
}

static int find_root(git_tree **out, const struct iv_repo *repo, const char *revision,
		     struct iv_error *error)
{
	git_object *object = NULL;
	int rc, code = 0;

	*out = NULL;
	if (!revision && git_repository_head_unborn(repo->git) == 1)
		return IV_OK;
	rc = vcs_find_object(&object, repo, revision ? revision : "HEAD", error);
	if (!rc)
		code = git_object_peel((git_object **)out, object, GIT_OBJECT_TREE);
	if (code)
		rc = vcs_no_commit(error, code, revision ? revision : "HEAD");
	git_object_free(object);
	return rc;
}

int iv_repo_differences(struct iv_differences *out, struct iv_repo *repo, const char *from,
			const char *to, struct iv_error *error)
{
	struct vcs_moves moves = {.arena = iv_arena_new()};
	git_tree *before = NULL, *after = NULL;
	int rc = find_root(&before, repo, from, error);

	*out = (struct iv_differences){NULL, 0, NULL};
	if (!rc && to)
		rc = find_root(&after, repo, to, error);
	if (!rc)
		rc = to ? compare_trees(&moves, repo, before, after, error)
			: compare_files(&moves, repo, before, error);
	if (!rc) {
		vcs_moves_pair(&moves, repo);
		give(out, &moves);
	}
	vcs_moves_release(&moves);
	git_tree_free(before);
	git_tree_free(after);
	return rc;
}

void iv_differences_release(struct iv_differences *differences)
{
	if (differences->memory)
		iv_arena_free(differences->memory);
	*differences = (struct iv_differences){NULL, 0, NULL};
}

int iv_repo_bytes(char **bytes, size_t *len, struct iv_repo *repo, const char *id,
		  struct iv_error *error)
{
	git_oid oid;

	if (git_oid_fromstr(&oid, id))
		return iv_error_set(error, IV_EINPUT, "'%s' is no id of bytes", id);
	return vcs_read_blob(bytes, len, repo->git, &oid, error);
}
