#include "vcs/worktree.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool config_bool(git_config *config, const char *key)
{
	int value = 1;

	if (!config || git_config_get_bool(&value, config, key))
		value = 1; /* git's default where nobody has tried */
	return value != 0;
}

void vcs_worktree_init(struct vcs_worktree *worktree, const struct iv_repo *repo)
{
	git_config *config = NULL;

	memset(worktree, 0, sizeof(*worktree));
	worktree->repo = repo;
	if (git_repository_config_snapshot(&config, repo->git))
		config = NULL;
	worktree->modes = config_bool(config, "core.filemode");
	worktree->links = config_bool(config, "core.symlinks");
	git_config_free(config);
	iv_buf_printf(&worktree->path, "%s/", repo->folder);
	worktree->folder = worktree->path.len;
}

void vcs_worktree_release(struct vcs_worktree *worktree)
{
	iv_buf_release(&worktree->path);
	iv_buf_release(&worktree->asked);
}

static const char *absolute(struct vcs_worktree *worktree, const char *path)
{
	worktree->path.len = worktree->folder;
	iv_buf_puts(&worktree->path, path);
	return worktree->path.ptr;
}

bool vcs_worktree_exists(struct vcs_worktree *worktree, const char *path)
{
	struct stat st;

	return !lstat(absolute(worktree, path), &st) || (errno != ENOENT && errno != ENOTDIR);
}

bool vcs_worktree_ignored(struct vcs_worktree *worktree, const char *path)
{
	int ignored = 0;

	return !git_ignore_path_is_ignored(&ignored, worktree->repo->git, path) && ignored;
}

/* The vault's own folder is the repository's; only what lies below can be nested. */
static bool has_repository(struct vcs_worktree *worktree, const char *path, size_t from, size_t to)
{
	struct stat st;

	for (size_t i = from; i < to; i++) {
		if (path[i] != '/')
			continue;
		absolute(worktree, path);
		worktree->path.len = worktree->folder + i + 1;
		iv_buf_puts(&worktree->path, ".git");
		if (!lstat(worktree->path.ptr, &st))
			return true;
	}
	return false;
}

bool vcs_worktree_nested(struct vcs_worktree *worktree, const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t prefix = strlen(worktree->repo->prefix);
	size_t len = slash ? (size_t)(slash - path) + 1 : 0;

	if (len <= prefix)
		return false;
	if (worktree->asked.len == len && !memcmp(worktree->asked.ptr, path, len))
		return worktree->nested;
	iv_buf_clear(&worktree->asked);
	iv_buf_add(&worktree->asked, path, len);
	worktree->nested = has_repository(worktree, path, prefix, len);
	return worktree->nested;
}

/* ---- content ---- */

static bool has_text(const char *value)
{
	return git_attr_value(value) == GIT_ATTR_VALUE_STRING;
}

int vcs_worktree_filter(const char **out, const struct vcs_worktree *worktree, const char *path)
{
	static const char *names[] = {"filter", "working-tree-encoding"};
	const char *values[] = {NULL, NULL};
	int rc = git_attr_get_many(values, worktree->repo->git, 0, path, 2, names);

	if (!rc)
		*out = has_text(values[0]) ? names[0] : has_text(values[1]) ? names[1] : NULL;
	return rc;
}

static const char *filter_of(struct vcs_worktree *worktree, const char *path)
{
	const char *name = NULL;

	return vcs_worktree_filter(&name, worktree, path) ? NULL : name;
}

bool vcs_worktree_filtered(struct vcs_worktree *worktree, const char *path)
{
	return filter_of(worktree, path) != NULL;
}

static uint16_t mode_of(const struct vcs_worktree *worktree, const struct stat *st,
			const git_index_entry *staged)
{
	if (S_ISLNK(st->st_mode))
		return GIT_FILEMODE_LINK;
	if (staged && !worktree->links && staged->mode == GIT_FILEMODE_LINK)
		return GIT_FILEMODE_LINK; /* checked out as a file that holds the target */
	if (!worktree->modes)
		return staged ? (uint16_t)staged->mode : GIT_FILEMODE_BLOB;
	return st->st_mode & S_IXUSR ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB;
}

static int cannot_read(struct iv_error *error, const char *path)
{
	int rc = errno == ENOENT || errno == ENOTDIR ? IV_ENOTFOUND : IV_EIO;

	iv_error_errno(error, errno, "cannot read '%s'", path);
	return rc;
}

/* What git_blob_create_from_workdir() and git_repository_hashfile() would do wrong. */
static int check(struct stat *st, struct vcs_worktree *worktree, const char *path,
		 struct iv_error *error)
{
	const char *filter;

	if (lstat(absolute(worktree, path), st))
		return cannot_read(error, path);
	if (!S_ISREG(st->st_mode) && !S_ISLNK(st->st_mode))
		return iv_error_set(error, IV_ENOTFOUND, "'%s' is no file any more", path);
	if (S_ISREG(st->st_mode) && access(worktree->path.ptr, R_OK))
		return cannot_read(error, path) == IV_ENOTFOUND ? IV_ENOTFOUND : IV_EIO;
	filter = S_ISREG(st->st_mode) ? filter_of(worktree, path) : NULL;
	if (filter)
		return iv_error_set(error, IV_EREFUSED,
				    "'%s' has the git attribute '%s', which ivnotes cannot apply; "
				    "use 'git add' and 'git commit' for it",
				    path, filter);
	return IV_OK;
}

static int hash_link(git_oid *id, struct vcs_worktree *worktree, const char *path,
		     struct iv_error *error)
{
	char target[PATH_MAX];
	ssize_t len = readlink(absolute(worktree, path), target, sizeof(target));

	if (len < 0)
		return cannot_read(error, path);
	if (git_odb_hash(id, target, (size_t)len, GIT_OBJECT_BLOB))
		return vcs_error(error, IV_EIO, "cannot hash a symlink");
	return IV_OK;
}

int vcs_worktree_hash(git_oid *id, uint16_t *mode, struct vcs_worktree *worktree, const char *path,
		      const git_index_entry *staged, struct iv_error *error)
{
	struct stat st;
	int rc = check(&st, worktree, path, error);

	if (rc)
		return rc;
	*mode = mode_of(worktree, &st, staged);
	if (S_ISLNK(st.st_mode))
		return hash_link(id, worktree, path, error);
	if (git_repository_hashfile(id, worktree->repo->git, path, GIT_OBJECT_BLOB, NULL))
		return vcs_error(error, IV_EIO, path);
	return IV_OK;
}

int vcs_worktree_store(git_oid *id, uint16_t *mode, struct stat *st, struct vcs_worktree *worktree,
		       const char *path, const git_index_entry *staged, struct iv_error *error)
{
	int rc = check(st, worktree, path, error);

	if (rc)
		return rc;
	*mode = mode_of(worktree, st, staged);
	if (git_blob_create_from_workdir(id, worktree->repo->git, path))
		return vcs_error(error, IV_EIO, path);
	return IV_OK;
}
