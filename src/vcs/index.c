/*
 * The git index, under git's own lock. libgit2 takes the lock only while it writes, so that what another
 * process staged meanwhile would be lost: here the lock is held from before reading until
 * a copy, written beside, takes the index's place.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <git2/sys/repository.h>

#include "base/file.h"
#include "vcs/state.h"
#include "vcs/write.h"

#define WAITS 40
#define WAIT_MS 50

static int take_lock(struct vcs_index *out, struct iv_error *error)
{
	const struct timespec pause = {0, WAIT_MS * 1000000L};
	int fd = -1;

	for (int i = 0; i < WAITS; i++) {
		fd = open(out->lock, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd >= 0 || errno != EEXIST)
			break;
		nanosleep(&pause, NULL);
	}
	if (fd < 0 && errno == EEXIST)
		return vcs_locked(error, iv_str_of(out->lock));
	if (fd < 0)
		return iv_error_errno(error, errno, "cannot make '%s'", out->lock);
	close(fd);
	out->locked = true;
	return IV_OK;
}

static int copy_bytes(const char *to, const char *from, struct iv_error *error)
{
	struct iv_buf bytes = IV_BUF_INIT;
	int rc = iv_file_read(&bytes, from, SIZE_MAX / 2, error);

	if (!rc) {
		struct iv_str view = iv_buf_view(&bytes);
		rc = iv_file_write(to, view, NULL, error);
	}
	iv_buf_release(&bytes);
	return rc;
}

/* And the lock that libgit2 has for it while it writes. */
static void remove_copy(const struct vcs_index *own)
{
	struct iv_buf lock = IV_BUF_INIT;

	iv_buf_printf(&lock, "%s.lock", own->copy);
	unlink(own->copy);
	unlink(lock.ptr);
	iv_buf_release(&lock);
}

/* A second name for the same file, where the file system knows such; writing then makes a new one. */
static int make_copy(struct vcs_index *out, struct iv_error *error)
{
	struct stat st;

	remove_copy(out); /* left by one that was killed: the lock is ours */
	if (stat(out->path, &st)) {
		out->mode = 0;
		return errno == ENOENT
			       ? IV_OK
			       : iv_error_errno(error, errno, "cannot read '%s'", out->path);
	}
	out->mode = st.st_mode & 0777;
	if (!link(out->path, out->copy))
		return IV_OK;
	return copy_bytes(out->copy, out->path, error);
}

int vcs_index_read(git_index **out, const char *path, const char *shown, struct iv_error *error)
{
	const git_error *last;

	if (!git_index_open(out, path))
		return IV_OK;
	if (access(path, R_OK) && errno != ENOENT)
		return iv_error_errno(error, errno, "cannot read the git index '%s'", shown);
	last = git_error_last();
	if (last && last->message && strstr(last->message, "mandatory extension"))
		return iv_error_set(error, IV_EREFUSED,
				    "the git index is split or sparse, which ivnotes cannot read; "
				    "'git update-index --no-split-index' or 'git sparse-checkout "
				    "disable' makes it whole");
	return iv_error_set(error, IV_EIO,
			    "cannot read the git index: %s; if git cannot either, take '%s' "
			    "away, and 'git reset' makes it anew",
			    last && last->message ? last->message : "no reason given", shown);
}

char *vcs_index_path(const struct iv_repo *repo)
{
	git_buf item = GIT_BUF_INIT;
	char *path = NULL;

	if (!git_repository_item_path(&item, repo->git, GIT_REPOSITORY_ITEM_INDEX))
		path = iv_strdup(item.ptr);
	git_buf_dispose(&item);
	return path;
}

static int read_index(struct vcs_index *out, const char *path, struct iv_error *error)
{
	struct stat st;

	out->written = INT64_MIN;
	if (!stat(out->path, &st))
		out->written = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
	return vcs_index_read(&out->index, path, out->path, error);
}

int vcs_index_open(struct vcs_index *out, const struct iv_repo *repo, bool lock,
		   struct iv_error *error)
{
	struct iv_buf text = IV_BUF_INIT;
	int rc = IV_OK;

	memset(out, 0, sizeof(*out));
	out->path = vcs_index_path(repo);
	if (!out->path)
		return vcs_error(error, IV_EIO, "cannot find the git index");
	iv_buf_printf(&text, "%s.lock", out->path);
	out->lock = iv_buf_detach(&text);
	iv_buf_printf(&text, "%s.ivnotes", out->path);
	out->copy = iv_buf_detach(&text);
	if (lock)
		rc = take_lock(out, error);
	if (!rc && lock) {
		rc = make_copy(out, error);
		if (rc)
			iv_error_context(error, "cannot read the git index");
	}
	if (!rc)
		rc = read_index(out, lock ? out->copy : out->path, error);
	/* Attributes and line ends look into the index: this one, not a second one. */
	if (!rc && git_repository_set_index(repo->git, out->index))
		rc = vcs_error(error, IV_EIO, "cannot use the git index");
	if (rc)
		vcs_index_close(out);
	return rc;
}

int iv_repo_check_index(const struct iv_repo *repo, struct iv_error *error)
{
	struct vcs_index index;
	int rc = vcs_index_open(&index, repo, false, error);

	if (!rc)
		vcs_index_close(&index);
	return rc;
}

/*
 * What was changed in the tick of the old index's writing is proven by its time stamp no
 * more once there is a newer index. As git does, such entries get size 0: the next look reads
 * the file.
 */
static int distrust_racy(struct vcs_index *index)
{
	size_t count = git_index_entrycount(index->index);
	int rc = 0;

	for (size_t i = 0; i < count && !rc; i++) {
		const git_index_entry *entry = git_index_get_byindex(index->index, i);
		int64_t mtime = (int64_t)entry->mtime.seconds * 1000000000 +
				(int64_t)entry->mtime.nanoseconds;

		if (!entry->mtime.nanoseconds)
			mtime += 999999999; /* whole seconds only: the worst of them */
		if (mtime >= index->written && entry->file_size) {
			git_index_entry copy = *entry;
			copy.file_size = 0;
			rc = git_index_add(index->index, &copy);
		}
	}
	return rc;
}

int vcs_index_put(struct vcs_index *index, const struct iv_repo *repo,
		  const struct vcs_changes *changes, const git_index_entry *entries,
		  struct iv_error *error)
{
	int rc;

	/* An index of its own asks no repository whether each object is there. */
	git_repository_set_index(repo->git, NULL);
	rc = distrust_racy(index);
	for (size_t i = 0; i < changes->count && !rc; i++) {
		const struct vcs_update *update = &changes->updates[i];
		if (update->kind != IV_CHANGE_REMOVED)
			continue;
		rc = git_index_remove(index->index, update->path, 0);
		rc = rc == GIT_ENOTFOUND ? 0 : rc;
	}
	for (size_t i = 0; i < changes->count && !rc; i++)
		if (changes->updates[i].kind != IV_CHANGE_REMOVED)
			rc = git_index_add(index->index, &entries[i]);
	return rc ? vcs_error(error, IV_EIO, "cannot change the git index") : IV_OK;
}

int vcs_index_write(struct vcs_index *index, struct iv_error *error)
{
	int rc = git_index_write(index->index);

	if (!rc && index->mode)
		rc = chmod(index->copy, index->mode);
	return rc ? vcs_error(error, IV_EIO, "cannot write the git index") : IV_OK;
}

int vcs_index_prepare(struct vcs_index *index, const struct iv_repo *repo,
		      const struct vcs_changes *changes, const git_index_entry *entries,
		      struct iv_error *error)
{
	int rc = vcs_index_put(index, repo, changes, entries, error);

	return rc ? rc : vcs_index_write(index, error);
}

int vcs_index_replace(struct vcs_index *index, struct iv_error *error)
{
	if (rename(index->copy, index->lock) || rename(index->lock, index->path))
		return iv_error_errno(error, errno, "cannot replace '%s'", index->path);
	index->locked = false;
	return IV_OK;
}

void vcs_index_close(struct vcs_index *index)
{
	git_index_free(index->index);
	if (index->locked) {
		unlink(index->copy);
		unlink(index->lock);
	}
	free(index->path);
	free(index->lock);
	free(index->copy);
	memset(index, 0, sizeof(*index));
}
