/* What of the vault one version holds otherwise than another: two trees, or one and the files. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "vcs/moved.h"
#include "vcs/worktree.h"
#include "vcs/write.h"

/* A file as it was and is; zero where it was not, or is not. */
struct pair {
	const char *path, *from; /* in the vault; from: NULL where it has not moved */
	git_oid before, after;
	bool gone; /* it was before under another path, which another pair tells */
};

struct finder {
	struct iv_repo *repo;
	struct iv_arena *arena;
	struct pair *pairs;
	size_t count, capacity;
	struct iv_buf path; /* in the repository */
	struct iv_error *error;
};

static bool is_zero(const git_oid *id)
{
	return git_oid_is_zero(id);
}

static void add(struct finder *finder, const char *path, const git_oid *before,
		const git_oid *after)
{
	struct pair pair = {0};

	pair.path = iv_arena_str(finder->arena, iv_str_of(path + strlen(finder->repo->prefix))).ptr;
	if (before)
		pair.before = *before;
	if (after)
		pair.after = *after;
	IV_GROW(finder->pairs, finder->count, finder->capacity);
	finder->pairs[finder->count++] = pair;
}

/* ---- two trees ---- */

static bool is_folder(const git_tree_entry *entry)
{
	return git_tree_entry_type(entry) == GIT_OBJECT_TREE;
}

static const git_oid *id_of(const git_tree_entry *entry)
{
	return entry ? git_tree_entry_id(entry) : NULL;
}

static bool same_entry(const git_tree_entry *a, const git_tree_entry *b)
{
	return git_oid_equal(git_tree_entry_id(a), git_tree_entry_id(b)) &&
	       git_tree_entry_filemode(a) == git_tree_entry_filemode(b);
}

/* Is the folder at `path` the vault, in it, or on the way to it? */
static bool is_ours(const struct finder *finder)
{
	const char *prefix = finder->repo->prefix;
	size_t len = strlen(prefix), have = finder->path.len;

	return !strncmp(finder->path.ptr, prefix, have < len ? have : len);
}

static int compare_trees(struct finder *finder, git_tree *before, git_tree *after);

static int open_folder(git_tree **out, struct finder *finder, const git_tree_entry *entry)
{
	*out = NULL;
	if (entry && git_tree_lookup(out, finder->repo->git, git_tree_entry_id(entry)))
		return vcs_damaged(finder->error, "cannot read a folder");
	return IV_OK;
}

static int compare_folders(struct finder *finder, const git_tree_entry *before,
			   const git_tree_entry *after)
{
	git_tree *old = NULL, *new = NULL;
	int rc;

	iv_buf_putc(&finder->path, '/');
	if (!is_ours(finder) || finder->path.len >= PATH_MAX)
		return IV_OK;
	rc = open_folder(&old, finder, before);
	if (!rc)
		rc = open_folder(&new, finder, after);
	if (!rc)
		rc = compare_trees(finder, old, new);
	git_tree_free(old);
	git_tree_free(new);
	return rc;
}

/* One name; either is NULL where it is not there. */
static int compare_names(struct finder *finder, const git_tree_entry *before,
			 const git_tree_entry *after)
{
	const git_tree_entry *entry = after ? after : before;
	size_t len = finder->path.len;
	int rc = IV_OK;

	if (before && after && same_entry(before, after))
		return IV_OK;
	iv_buf_puts(&finder->path, git_tree_entry_name(entry));
	if (is_folder(entry))
		rc = compare_folders(finder, before, after);
	else if (git_tree_entry_type(entry) == GIT_OBJECT_BLOB &&
		 vcs_changes_ours(finder->repo, finder->path.ptr))
		add(finder, finder->path.ptr, id_of(before), id_of(after));
	finder->path.len = len;
	finder->path.ptr[len] = '\0';
	return rc;
}

static const git_tree_entry *entry_at(const git_tree *tree, size_t index)
{
	return tree && index < git_tree_entrycount(tree) ? git_tree_entry_byindex(tree, index)
							 : NULL;
}

static int compare_trees(struct finder *finder, git_tree *before, git_tree *after)
{
	const git_tree_entry *old = entry_at(before, 0), *new = entry_at(after, 0);
	size_t i = 0, j = 0;
	int rc = IV_OK;

	while (!rc && (old || new)) {
		int order = !old ? 1 : !new ? -1 : git_tree_entry_cmp(old, new);

		rc = compare_names(finder, order <= 0 ? old : NULL, order >= 0 ? new : NULL);
		if (order <= 0)
			old = entry_at(before, ++i);
		if (order >= 0)
			new = entry_at(after, ++j);
	}
	return rc;
}

/* ---- a tree and the working tree ---- */

static int take_update(struct finder *finder, struct vcs_worktree *worktree,
		       const struct vcs_update *update)
{
	struct stat st;
	git_oid after;
	uint16_t mode;
	int rc = IV_OK;

	if (!update->commits)
		return IV_OK;
	if (update->kind != IV_CHANGE_REMOVED)
		rc = vcs_worktree_store(&after, &mode, &st, worktree, update->path, NULL,
					finder->error);
	if (!rc)
		add(finder, update->path, is_zero(&update->before) ? NULL : &update->before,
		    update->kind == IV_CHANGE_REMOVED ? NULL : &after);
	return rc == IV_ENOTFOUND ? IV_OK : rc; /* gone meanwhile */
}

static int compare_files(struct finder *finder, git_tree *before)
{
	struct vcs_index index = {0};
	struct vcs_changes changes = {0};
	struct vcs_worktree worktree;
	int rc = vcs_index_open(&index, finder->repo, false, finder->error);

	if (rc)
		return rc;
	vcs_worktree_init(&worktree, finder->repo);
	/* In the middle of a merge the file is what counts. */
	git_index_conflict_cleanup(index.index);
	rc = vcs_changes_find(&changes, finder->repo, before, index.index, index.written, NULL,
			      finder->error);
	if (!rc && vcs_keep_in_memory(finder->repo->git))
		rc = vcs_error(finder->error, IV_EIO, "cannot read the files");
	for (size_t i = 0; !rc && i < changes.count; i++)
		rc = take_update(finder, &worktree, &changes.updates[i]);
	vcs_changes_release(&changes);
	vcs_worktree_release(&worktree);
	vcs_index_close(&index);
	return rc;
}

/* ---- what moved ---- */

static void list_lone(struct vcs_lone *out, size_t *which, size_t *count,
		      const struct finder *finder, bool came)
{
	*count = 0;
	for (size_t i = 0; i < finder->count; i++) {
		const struct pair *pair = &finder->pairs[i];

		if (is_zero(&pair->before) != came || is_zero(&pair->after) == came ||
		    iv_str_starts(iv_str_of(pair->path), ".ivnotes/"))
			continue;
		which[*count] = i;
		out[(*count)++] = (struct vcs_lone){pair->path, came ? pair->after : pair->before};
	}
}

static void find_moved(struct finder *finder)
{
	size_t room = finder->count + 1, went_count, came_count;
	struct vcs_lone *went = iv_calloc(room, sizeof(*went));
	struct vcs_lone *came = iv_calloc(room, sizeof(*came));
	size_t *which_went = iv_calloc(room, sizeof(size_t));
	size_t *which_came = iv_calloc(room, sizeof(size_t));
	size_t *origins = iv_calloc(room, sizeof(size_t));

	list_lone(went, which_went, &went_count, finder, false);
	list_lone(came, which_came, &came_count, finder, true);
	vcs_moved_find(origins, finder->repo, went, went_count, came, came_count);
	for (size_t i = 0; i < came_count; i++) {
		struct pair *to = &finder->pairs[which_came[i]], *from;

		if (origins[i] == SIZE_MAX)
			continue;
		from = &finder->pairs[which_went[origins[i]]];
		from->gone = true;
		to->from = from->path;
		to->before = from->before;
	}
	free(went);
	free(came);
	free(which_went);
	free(which_came);
	free(origins);
}

/* ---- the whole ---- */

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct iv_difference *)a)->path,
		      ((const struct iv_difference *)b)->path);
}

static const char *hex(struct finder *finder, const git_oid *id)
{
	char *text;

	if (is_zero(id))
		return NULL;
	text = iv_arena_alloc(finder->arena, GIT_OID_HEXSZ + 1);
	return git_oid_tostr(text, GIT_OID_HEXSZ + 1, id);
}

static void give(struct iv_differences *out, struct finder *finder)
{
	struct iv_difference *items =
		iv_arena_calloc(finder->arena, finder->count + 1, sizeof(*items));

	for (size_t i = 0; i < finder->count; i++) {
		const struct pair *pair = &finder->pairs[i];
		enum iv_change_kind kind = is_zero(&pair->before)  ? IV_CHANGE_ADDED
					   : is_zero(&pair->after) ? IV_CHANGE_REMOVED
								   : IV_CHANGE_MODIFIED;

		if (!pair->gone)
			items[out->count++] = (struct iv_difference){kind, pair->path, pair->from,
								     hex(finder, &pair->before),
								     hex(finder, &pair->after)};
	}
	qsort(items, out->count, sizeof(*items), by_path);
	out->items = items;
}

static int find_root(git_tree **out, const struct iv_repo *repo, const char *revision,
		     struct iv_error *error)
{
	git_object *object = NULL;
	int rc;

	*out = NULL;
	if (!revision && git_repository_head_unborn(repo->git) == 1)
		return IV_OK;
	rc = vcs_find_object(&object, repo, revision ? revision : "HEAD", error);
	if (!rc && git_object_peel((git_object **)out, object, GIT_OBJECT_TREE))
		rc = vcs_no_commit(error, revision ? revision : "HEAD");
	git_object_free(object);
	return rc;
}

int iv_repo_differences(struct iv_differences *out, struct iv_repo *repo, const char *from,
			const char *to, struct iv_error *error)
{
	struct finder finder = {.repo = repo, .arena = iv_arena_new(), .error = error};
	git_tree *before = NULL, *after = NULL;
	int rc = find_root(&before, repo, from, error);

	*out = (struct iv_differences){.memory = finder.arena};
	iv_buf_reserve(&finder.path, 256);
	finder.path.ptr[0] = '\0';
	if (!rc && to)
		rc = find_root(&after, repo, to, error);
	if (!rc)
		rc = to ? compare_trees(&finder, before, after) : compare_files(&finder, before);
	if (!rc) {
		find_moved(&finder);
		give(out, &finder);
	} else {
		iv_differences_release(out);
	}
	git_tree_free(before);
	git_tree_free(after);
	iv_buf_release(&finder.path);
	free(finder.pairs);
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
