#include "vcs/changes.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "vault/vault.h"
#include "vcs/worktree.h"

#define SETTINGS ".ivnotes/"
#define ATTRIBUTES_SIZE_MAX ((size_t)1 << 20)

struct finder {
	struct vcs_changes *out;
	const struct iv_repo *repo;
	git_index *index;
	int64_t written;
	struct vcs_worktree worktree;
	size_t prefix; /* length of the vault's path in the repository */
	const char *const *paths;
	uint32_t *slots; /* a hash table over the listing: 1 + the entry's number, 0 empty */
	size_t slot_mask;
	bool *seen; /* per entry of the listing */
	struct iv_error *error;
};

/* One path with all that is known of it; what it is not in is NULL. */
struct file {
	const char *path;    /* in the repository */
	struct iv_str local; /* in the vault; absent outside of it */
	const struct vcs_file *head;
	const git_index_entry *staged;
	const struct iv_entry *found;
};

/* ---- the listing by path ---- */

static size_t slot_of(const struct finder *finder, struct iv_str path)
{
	size_t slot = iv_hash(path) & finder->slot_mask;
	const struct iv_entry *entries = finder->out->listing.entries;

	while (finder->slots[slot] && !iv_str_is(path, entries[finder->slots[slot] - 1].path))
		slot = (slot + 1) & finder->slot_mask;
	return slot;
}

static void index_listing(struct finder *finder)
{
	const struct iv_listing *listing = &finder->out->listing;
	size_t size = 16;

	while (size < listing->count * 2)
		size *= 2;
	finder->slots = iv_calloc(size, sizeof(*finder->slots));
	finder->slot_mask = size - 1;
	finder->seen = iv_calloc(listing->count + 1, sizeof(*finder->seen));
	for (size_t i = 0; i < listing->count; i++) {
		size_t slot = slot_of(finder, iv_str_of(listing->entries[i].path));
		finder->slots[slot] = (uint32_t)i + 1;
	}
}

static const struct iv_entry *look_up(struct finder *finder, struct iv_str local)
{
	uint32_t number = local.ptr ? finder->slots[slot_of(finder, local)] : 0;

	if (!number)
		return NULL;
	finder->seen[number - 1] = true;
	return &finder->out->listing.entries[number - 1];
}

/*
 * What cannot be looked at might seem to be deleted: better no commit than one that removes notes.
 */
static int check_listing(const struct finder *finder)
{
	const struct iv_listing *listing = &finder->out->listing;

	for (size_t i = 0; i < listing->count; i++) {
		const struct iv_entry *entry = &listing->entries[i];
		if (entry->trouble)
			return iv_error_errno(finder->error, entry->trouble,
					      "'%s' cannot be looked at, and would seem to be gone",
					      entry->path);
	}
	return IV_OK;
}

/* ---- comparing ---- */

static bool same_time(git_index_time staged, int64_t found)
{
	uint64_t time = (uint64_t)found;

	if (found < 0)
		return false; /* before 1970: the content decides */
	return (uint32_t)staged.seconds == (uint32_t)(time / 1000000000u) &&
	       (!staged.nanoseconds || staged.nanoseconds == time % 1000000000u);
}

/* Changed in the tick in which the index was written, or after: its stat data prove nothing. */
static bool racy(const struct finder *finder, int64_t mtime)
{
	return mtime >= finder->written;
}

static bool stat_says_same(const struct finder *finder, const git_index_entry *staged,
			   const struct iv_entry *found)
{
	bool link = staged->mode == GIT_FILEMODE_LINK;

	return link == (found->kind == 'l') && staged->file_size == (uint32_t)found->size &&
	       same_time(staged->mtime, found->mtime) && same_time(staged->ctime, found->ctime) &&
	       (!staged->ino || staged->ino == (uint32_t)found->inode) &&
	       !racy(finder, found->mtime) &&
	       !(staged->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD);
}

static bool differs(const struct vcs_file *head, const git_oid *id, uint16_t mode)
{
	return !head || head->mode != mode || git_oid_cmp(&head->id, id);
}

static bool is_staged(const struct file *file)
{
	if (!file->staged)
		return file->head != NULL;
	if (file->staged->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD)
		return false;
	return differs(file->head, &file->staged->id, (uint16_t)file->staged->mode);
}

/* The user told git not to look at this file: then nobody does. */
static bool overlooked(const struct file *file)
{
	const git_index_entry *staged = file->staged;

	if (file->head && file->head->mode == GIT_FILEMODE_COMMIT)
		return true;
	return staged &&
	       (staged->mode == GIT_FILEMODE_COMMIT || (staged->flags & GIT_INDEX_ENTRY_VALID) ||
		(staged->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE));
}

/* ---- noting down ---- */

static const char *keep(struct finder *finder, const char *path)
{
	return iv_arena_str(finder->out->arena, iv_str_of(path)).ptr;
}

static void leave(struct finder *finder, const struct file *file, enum iv_left_why why)
{
	struct vcs_changes *out = finder->out;

	IV_GROW(out->left, out->left_count, out->left_capacity);
	out->left[out->left_count++] = (struct iv_left){why, keep(finder, file->path)};
}

static void note_down(struct finder *finder, const struct file *file, struct vcs_update update)
{
	struct vcs_changes *out = finder->out;

	if (file->head)
		update.before = file->head->id;
	update.path = keep(finder, file->path);
	IV_GROW(out->updates, out->count, out->capacity);
	out->updates[out->count++] = update;
}

/* ---- one file ---- */

static int examine_gone(struct finder *finder, const struct file *file)
{
	struct vcs_update update = {.kind = IV_CHANGE_REMOVED, .commits = file->head != NULL};

	if (vcs_worktree_exists(&finder->worktree, file->path))
		leave(finder, file, IV_LEFT_OTHER); /* behind a symlink, as git sees it: gone */
	else
		note_down(finder, file, update);
	return IV_OK;
}

/* Untracked: does anything keep it out of the repository? With `tell` it is named as left. */
static bool kept_out(struct finder *finder, const struct file *file, bool tell)
{
	bool nested = vcs_worktree_nested(&finder->worktree, file->path);

	if (!nested && !vcs_worktree_ignored(&finder->worktree, file->path))
		return false;
	if (tell)
		leave(finder, file, nested ? IV_LEFT_NESTED : IV_LEFT_IGNORED);
	return true;
}

static int examine_ours(struct finder *finder, const struct file *file)
{
	struct vcs_update update = {.kind = file->head ? IV_CHANGE_MODIFIED : IV_CHANGE_ADDED};
	const git_index_entry *staged = file->staged;
	int rc;

	if (!file->found)
		return examine_gone(finder, file);
	if (file->found->kind != 'f' && file->found->kind != 'l')
		return IV_OK;
	if (!staged && kept_out(finder, file, true))
		return IV_OK;
	if (staged && stat_says_same(finder, staged, file->found)) {
		if (!differs(file->head, &staged->id, (uint16_t)staged->mode))
			return IV_OK;
		update.id = staged->id;
		update.mode = (uint16_t)staged->mode;
	} else {
		rc = vcs_worktree_hash(&update.id, &update.mode, &finder->worktree, file->path,
				       staged, finder->error);
		if (rc == IV_ENOTFOUND)
			return examine_gone(finder, file);
		if (rc)
			return rc;
	}
	update.commits = differs(file->head, &update.id, update.mode);
	if (update.commits || !staged || git_oid_cmp(&staged->id, &update.id) ||
	    staged->mode != update.mode)
		note_down(finder, file, update);
	return IV_OK;
}

/* A file that is no business of the vault's is named where it differs, and that is all. */
static int examine_other(struct finder *finder, const struct file *file)
{
	const git_index_entry *staged = file->staged;
	git_oid id;
	uint16_t mode;

	if (is_staged(file)) {
		leave(finder, file, IV_LEFT_STAGED);
	} else if (!file->local.ptr) {
		return IV_OK;
	} else if (!file->found) {
		if (!vcs_worktree_exists(&finder->worktree, file->path))
			leave(finder, file, IV_LEFT_OTHER);
	} else if (!staged) {
		if (!kept_out(finder, file, false))
			leave(finder, file, IV_LEFT_OTHER);
	} else if (!stat_says_same(finder, staged, file->found) &&
		   !vcs_worktree_filtered(&finder->worktree, file->path)) {
		if (vcs_worktree_hash(&id, &mode, &finder->worktree, file->path, staged, NULL) ||
		    git_oid_cmp(&id, &staged->id) || mode != staged->mode)
			leave(finder, file, IV_LEFT_OTHER);
	}
	return IV_OK;
}

/* Those of a project that holds notes, too, are none of ours. */
static bool names_our_driver(const struct iv_vault *vault)
{
	struct iv_buf bytes = IV_BUF_INIT;
	bool names = !iv_file_read_at(&bytes, vault->fd, IV_ATTRIBUTES_FILE, ATTRIBUTES_SIZE_MAX,
				      NULL) &&
		     iv_str_find(iv_buf_view(&bytes), IV_LIT(IV_DRIVER_ATTRIBUTE)) != SIZE_MAX;

	iv_buf_release(&bytes);
	return names;
}

static bool ours(const struct iv_vault *vault, struct iv_str local)
{
	if (!local.ptr)
		return false;
	if (iv_str_starts(local, SETTINGS))
		return !iv_str_ends(local, "~") && !iv_str_ends(local, ".swp");
	if (iv_str_is(local, IV_ATTRIBUTES_FILE))
		return names_our_driver(vault);
	return iv_vault_holds(iv_vault_config(vault), local);
}

bool iv_repo_owns(const struct iv_repo *repo, const char *path)
{
	return ours(repo->vault, iv_str_of(path));
}

/* Is it, or lies it below, one of those that were asked for? */
static bool asked_for(const struct finder *finder, struct iv_str local)
{
	const char *const *path = finder->paths;

	if (!path)
		return true;
	for (; local.ptr && *path; path++)
		if (iv_str_ends(iv_str_of(*path), "/") ? iv_str_starts(local, *path)
						       : iv_str_is(local, *path))
			return true;
	return false;
}

static int examine(struct finder *finder, const struct file *file)
{
	if (overlooked(file) || !asked_for(finder, file->local))
		return IV_OK;
	if (ours(finder->repo->vault, file->local))
		return examine_ours(finder, file);
	return examine_other(finder, file);
}

/* ---- all files ---- */

static struct iv_str local_part(const struct iv_repo *repo, const char *path)
{
	size_t prefix = strlen(repo->prefix);

	if (strncmp(path, repo->prefix, prefix))
		return (struct iv_str){NULL, 0};
	return iv_str_of(path + prefix);
}

bool vcs_changes_ours(const struct iv_repo *repo, const char *path)
{
	return ours(repo->vault, local_part(repo, path));
}

/* HEAD's files and the index are both sorted by path: one pass over the two. */
static int examine_tracked(struct finder *finder, const struct vcs_files *head)
{
	size_t count = git_index_entrycount(finder->index), h = 0, i = 0;
	int rc = IV_OK;

	while (!rc && (h < head->count || i < count)) {
		struct file one = {.head = h < head->count ? &head->items[h] : NULL,
				   .staged = git_index_get_byindex(finder->index, i)};

		if (one.head && one.staged) {
			int order = strcmp(one.head->path, one.staged->path);
			one.head = order <= 0 ? one.head : NULL;
			one.staged = order >= 0 ? one.staged : NULL;
		}
		one.path = one.head ? one.head->path : one.staged->path;
		h += one.head != NULL;
		i += one.staged != NULL;
		one.local = local_part(finder->repo, one.path);
		one.found = look_up(finder, one.local);
		rc = examine(finder, &one);
	}
	return rc;
}

static int examine_untracked(struct finder *finder)
{
	const struct iv_listing *listing = &finder->out->listing;
	struct iv_buf path = IV_BUF_INIT;
	int rc = IV_OK;

	iv_buf_puts(&path, finder->repo->prefix);
	for (size_t i = 0; !rc && i < listing->count; i++) {
		const struct iv_entry *entry = &listing->entries[i];

		if (finder->seen[i] || (entry->kind != 'f' && entry->kind != 'l'))
			continue;
		path.len = finder->prefix;
		iv_buf_puts(&path, entry->path);
		rc = examine(finder, &(struct file){.path = path.ptr,
						    .local = iv_str_of(entry->path),
						    .found = entry});
	}
	iv_buf_release(&path);
	return rc;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct vcs_update *)a)->path, ((const struct vcs_update *)b)->path);
}

static int left_by_path(const void *a, const void *b)
{
	return strcmp(((const struct iv_left *)a)->path, ((const struct iv_left *)b)->path);
}

void vcs_changes_sort(struct vcs_changes *changes)
{
	if (changes->count)
		qsort(changes->updates, changes->count, sizeof(*changes->updates), by_path);
	if (changes->left_count)
		qsort(changes->left, changes->left_count, sizeof(*changes->left), left_by_path);
}

int vcs_changes_find(struct vcs_changes *out, const struct iv_repo *repo, git_tree *head,
		     git_index *index, int64_t written, const char *const *paths,
		     struct iv_error *error)
{
	struct finder finder = {.out = out,
				.repo = repo,
				.index = index,
				.written = written,
				.prefix = strlen(repo->prefix),
				.paths = paths,
				.error = error};
	struct vcs_files files = {NULL, 0, 0};
	int rc;

	memset(out, 0, sizeof(*out));
	out->arena = iv_arena_new();
	vcs_worktree_init(&finder.worktree, repo);
	rc = iv_walk(&out->listing, repo->vault->fd, iv_config_globs(iv_vault_config(repo->vault)),
		     true, error);
	if (!rc)
		rc = check_listing(&finder);
	if (!rc)
		rc = vcs_flatten(&files, out->arena, head, error);
	if (!rc) {
		index_listing(&finder);
		rc = examine_tracked(&finder, &files);
	}
	if (!rc)
		rc = examine_untracked(&finder);
	vcs_changes_sort(out);
	free(files.items);
	free(finder.slots);
	free(finder.seen);
	vcs_worktree_release(&finder.worktree);
	return rc;
}

void vcs_changes_release(struct vcs_changes *changes)
{
	free(changes->updates);
	free(changes->left);
	iv_listing_release(&changes->listing);
	iv_arena_free(changes->arena);
}
