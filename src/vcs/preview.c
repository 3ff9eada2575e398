#include "vcs/preview.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- writing ---- */

/* Where content and mode are the same, the stat data hold too, and nobody has to read the file. */
static int copy_stat(git_index *to, git_index *from)
{
	size_t count = git_index_entrycount(to);
	int rc = 0;

	for (size_t i = 0; i < count && !rc; i++) {
		const git_index_entry *entry = git_index_get_byindex(to, i);
		const git_index_entry *known = git_index_get_bypath(from, entry->path, 0);

		if (known && known->mode == entry->mode && git_oid_equal(&known->id, &entry->id))
			rc = git_index_add(to, known);
	}
	return rc;
}

static int fill(git_index *out, const struct iv_repo *repo, git_index *index,
		const struct vcs_changes *changes, const git_index_entry *entries,
		const git_oid *id)
{
	git_tree *tree = NULL;
	int rc = git_tree_lookup(&tree, repo->git, id);

	if (!rc)
		rc = git_index_read_tree(out, tree);
	if (!rc)
		rc = copy_stat(out, index);
	for (size_t i = 0; i < changes->count && !rc; i++)
		if (changes->updates[i].kind != IV_CHANGE_REMOVED)
			rc = git_index_add(out, &entries[i]);
	git_tree_free(tree);
	return rc;
}

int vcs_preview_write(struct vcs_preview *out, const struct iv_repo *repo, git_index *index,
		      const struct vcs_changes *changes, const git_index_entry *entries,
		      const git_oid *tree, struct iv_error *error)
{
	struct iv_buf path = IV_BUF_INIT;
	int rc;

	iv_buf_printf(&path, "%snext-index-%ld.lock", git_repository_path(repo->git),
		      (long)getpid());
	out->path = iv_buf_detach(&path);
	unlink(out->path);
	rc = git_index_open(&out->before, out->path);
	if (!rc)
		rc = fill(out->before, repo, index, changes, entries, tree);
	if (!rc)
		rc = git_index_write(out->before);
	return rc ? vcs_error(error, IV_EIO, "cannot write an index for the hooks") : IV_OK;
}

/* ---- taking what a hook has staged ---- */

struct taker {
	const struct iv_repo *repo;
	git_tree *head;
	struct vcs_changes *changes;
	struct iv_error *error;
};

static struct vcs_update *update_of(struct taker *taker, const char *path)
{
	struct vcs_changes *changes = taker->changes;

	for (size_t i = 0; i < changes->count; i++)
		if (!strcmp(changes->updates[i].path, path))
			return &changes->updates[i];
	IV_GROW(changes->updates, changes->count, changes->capacity);
	changes->updates[changes->count] =
		(struct vcs_update){.path = iv_arena_str(changes->arena, iv_str_of(path)).ptr};
	return &changes->updates[changes->count++];
}

static int find_in_head(git_tree_entry **out, const struct taker *taker, const char *path)
{
	int rc = taker->head ? git_tree_entry_bypath(out, taker->head, path) : GIT_ENOTFOUND;

	return rc == GIT_ENOTFOUND ? 0 : rc;
}

/* `now` is NULL for a file that is gone from the index. */
static int take(struct taker *taker, const char *path, const git_index_entry *now)
{
	git_tree_entry *then = NULL;
	struct vcs_update *update;
	int rc = find_in_head(&then, taker, path);

	if (rc)
		return vcs_damaged(taker->error, "cannot read the last commit");
	if (!vcs_changes_ours(taker->repo, path)) {
		git_tree_entry_free(then);
		return iv_error_set(taker->error, IV_EREFUSED,
				    "a hook staged '%s', which is no part of the vault; use 'git "
				    "commit' for it",
				    path);
	}
	update = update_of(taker, path);
	update->kind = !now ? IV_CHANGE_REMOVED : then ? IV_CHANGE_MODIFIED : IV_CHANGE_ADDED;
	update->before = then ? *git_tree_entry_id(then) : (git_oid){{0}};
	update->id = now ? now->id : (git_oid){{0}};
	update->mode = now ? (uint16_t)now->mode : 0;
	update->commits = !now != !then || (now && (!git_oid_equal(&update->id, &update->before) ||
						    git_tree_entry_filemode(then) != now->mode));
	git_tree_entry_free(then);
	return IV_OK;
}

static bool same(const git_index_entry *a, const git_index_entry *b)
{
	return a->mode == b->mode && git_oid_equal(&a->id, &b->id);
}

/* Both are sorted by path. */
static int take_all(struct taker *taker, git_index *before, git_index *after)
{
	size_t b = 0, a = 0;
	int rc = IV_OK;

	while (!rc) {
		const git_index_entry *was = git_index_get_byindex(before, b);
		const git_index_entry *is = git_index_get_byindex(after, a);
		int order;

		if (!was && !is)
			break;
		order = !was ? 1 : !is ? -1 : strcmp(was->path, is->path);
		if (order)
			rc = take(taker, order < 0 ? was->path : is->path, order < 0 ? NULL : is);
		else if (!same(was, is))
			rc = take(taker, is->path, is);
		b += order <= 0;
		a += order >= 0;
	}
	return rc;
}

static void remake_entries(git_index_entry **entries, const struct vcs_changes *changes,
			   git_index *after)
{
	free(*entries);
	*entries = iv_calloc(changes->count + 1, sizeof(**entries));
	for (size_t i = 0; i < changes->count; i++) {
		const struct vcs_update *update = &changes->updates[i];
		const git_index_entry *entry = git_index_get_bypath(after, update->path, 0);

		if (!entry || update->kind == IV_CHANGE_REMOVED)
			continue;
		(*entries)[i] = *entry;
		(*entries)[i].path = update->path;
	}
}

int vcs_preview_take(struct vcs_preview *preview, const struct iv_repo *repo, git_tree *head,
		     struct vcs_changes *changes, git_index_entry **entries, git_oid *tree,
		     struct iv_error *error)
{
	struct taker taker = {repo, head, changes, error};
	git_oid now;
	int rc = git_index_open(&preview->after, preview->path);

	if (!rc)
		rc = git_index_write_tree_to(&now, preview->after, repo->git);
	if (rc)
		return vcs_error(error, IV_EIO, "cannot read the index that the hooks left");
	if (git_oid_equal(&now, tree))
		return IV_OK;
	rc = take_all(&taker, preview->before, preview->after);
	if (rc)
		return rc;
	vcs_changes_sort(changes);
	remake_entries(entries, changes, preview->after);
	*tree = now;
	return IV_OK;
}

void vcs_preview_release(struct vcs_preview *preview)
{
	git_index_free(preview->before);
	git_index_free(preview->after);
	if (preview->path)
		unlink(preview->path);
	free(preview->path);
}
