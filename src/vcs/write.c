#include "vcs/write.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "vcs/worktree.h"

/* ---- blobs ---- */

static git_index_time index_time(struct timespec time)
{
	return (git_index_time){(int32_t)(uint32_t)(uint64_t)time.tv_sec, (uint32_t)time.tv_nsec};
}

/*
 * A file that was changed a moment ago may be changed again within the same tick of the clock, and
 * nothing would show it: then no size is vouched for, and git reads the file when it looks next.
 */
static bool settled(const struct stat *st)
{
	struct timespec now;

	return !clock_gettime(CLOCK_REALTIME, &now) && st->st_mtim.tv_sec + 2 < now.tv_sec;
}

git_index_entry vcs_write_entry(const struct vcs_update *update, const struct stat *st)
{
	return (git_index_entry){
		.ctime = index_time(st->st_ctim),
		.mtime = index_time(st->st_mtim),
		.dev = (uint32_t)st->st_dev,
		.ino = (uint32_t)st->st_ino,
		.mode = update->mode,
		.uid = (uint32_t)st->st_uid,
		.gid = (uint32_t)st->st_gid,
		.file_size = settled(st) ? (uint32_t)st->st_size : 0,
		.id = update->id,
		.path = update->path,
	};
}

int vcs_write_blobs(git_index_entry **entries, struct vcs_changes *changes,
		    const struct iv_repo *repo, git_index *index, struct iv_error *error)
{
	struct vcs_worktree worktree;
	int rc = IV_OK;

	vcs_worktree_init(&worktree, repo);
	*entries = iv_calloc(changes->count + 1, sizeof(**entries));
	for (size_t i = 0; i < changes->count && !rc; i++) {
		struct vcs_update *update = &changes->updates[i];
		const git_index_entry *staged = git_index_get_bypath(index, update->path, 0);
		struct stat st;

		if (update->kind == IV_CHANGE_REMOVED)
			continue;
		rc = vcs_worktree_store(&update->id, &update->mode, &st, &worktree, update->path,
					staged, error);
		if (!rc)
			(*entries)[i] = vcs_write_entry(update, &st);
	}
	vcs_worktree_release(&worktree);
	return rc;
}

/* ---- trees ---- */

struct writer {
	git_repository *git;
	const struct vcs_update **updates; /* those that commit, sorted by path */
};

static int write_folder(git_oid *out, bool *empty, const struct writer *writer, git_tree *base,
			size_t from, size_t to, size_t skip);

/* The length of the first name of a path behind `skip`, and whether it is the last. */
static size_t name_len(const char *path, size_t skip, bool *last)
{
	const char *slash = strchr(path + skip, '/');

	*last = !slash;
	return slash ? (size_t)(slash - path) - skip : strlen(path + skip);
}

static int put_file(git_treebuilder *builder, const struct vcs_update *update, const char *name)
{
	if (update->kind != IV_CHANGE_REMOVED)
		return git_treebuilder_insert(NULL, builder, name, &update->id,
					      (git_filemode_t)update->mode);
	return git_treebuilder_get(builder, name) ? git_treebuilder_remove(builder, name) : 0;
}

/* A folder of the base tree with its updates; one that gets empty goes, as git has none. */
static int put_folder(git_treebuilder *builder, const struct writer *writer, git_tree *base,
		      const char *name, size_t from, size_t to, size_t skip)
{
	const git_tree_entry *entry = base ? git_tree_entry_byname(base, name) : NULL;
	git_tree *below = NULL;
	git_oid id;
	bool empty;
	int rc = 0;

	if (entry && git_tree_entry_type(entry) == GIT_OBJECT_TREE)
		rc = git_tree_lookup(&below, writer->git, git_tree_entry_id(entry));
	if (!rc)
		rc = write_folder(&id, &empty, writer, below, from, to, skip);
	git_tree_free(below);
	if (rc)
		return rc;
	if (!empty)
		return git_treebuilder_insert(NULL, builder, name, &id, GIT_FILEMODE_TREE);
	entry = git_treebuilder_get(builder, name);
	if (entry && git_tree_entry_type(entry) == GIT_OBJECT_TREE)
		return git_treebuilder_remove(builder, name);
	return 0; /* a file has taken its place */
}

static int write_folder(git_oid *out, bool *empty, const struct writer *writer, git_tree *base,
			size_t from, size_t to, size_t skip)
{
	git_treebuilder *builder = NULL;
	int rc = git_treebuilder_new(&builder, writer->git, base);

	while (from < to && !rc) {
		const char *path = writer->updates[from]->path;
		bool last;
		size_t len = name_len(path, skip, &last), end = from + 1;
		char *name = iv_strndup(path + skip, len);

		if (last) {
			rc = put_file(builder, writer->updates[from], name);
		} else {
			while (end < to &&
			       !strncmp(writer->updates[end]->path + skip, path + skip, len + 1))
				end++;
			rc = put_folder(builder, writer, base, name, from, end, skip + len + 1);
		}
		from = end;
		free(name);
	}
	*empty = !rc && git_treebuilder_entrycount(builder) == 0;
	if (!rc)
		rc = git_treebuilder_write(out, builder);
	git_treebuilder_free(builder);
	return rc;
}

int vcs_write_tree(git_oid *out, const struct iv_repo *repo, git_tree *head,
		   const struct vcs_changes *changes, struct iv_error *error)
{
	struct writer writer = {repo->git, iv_calloc(changes->count + 1, sizeof(void *))};
	size_t count = 0;
	bool empty;
	int rc;

	for (size_t i = 0; i < changes->count; i++)
		if (changes->updates[i].commits)
			writer.updates[count++] = &changes->updates[i];
	rc = write_folder(out, &empty, &writer, head, 0, count, 0);
	free(writer.updates);
	return rc ? vcs_error(error, IV_EIO, "cannot write a tree") : IV_OK;
}
