#include "vcs/switch.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static char *absolute(const struct vcs_switch *own, const char *path)
{
	return iv_path_join(own->repo->folder, path);
}

static bool is_link(const struct vcs_step *step)
{
	return step->before.mode == GIT_FILEMODE_LINK || step->after.mode == GIT_FILEMODE_LINK;
}

static bool moves(const struct vcs_step *step)
{
	return !step->done && !step->overlooked && step->after.mode != GIT_FILEMODE_COMMIT &&
	       step->before.mode != GIT_FILEMODE_COMMIT;
}

/* ---- folders ---- */

static void sync_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
}

/* Each new folder is on the disk before a file in it counts. */
static int make_folders(const struct vcs_switch *own, const char *path, struct iv_error *error)
{
	char *whole = absolute(own, path), *last = whole + strlen(own->repo->folder);
	int rc = IV_OK;

	for (char *slash = strchr(last + 1, '/'); slash && !rc; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (!mkdir(whole, 0777)) {
			*last = '\0';
			sync_folder(whole);
			*last = '/';
		} else if (errno != EEXIST) {
			rc = iv_error_errno(error, errno, "cannot make the folder '%s'", whole);
		}
		*slash = '/';
		last = slash;
	}
	free(whole);
	return rc;
}

/* Folders that got empty go, as git has none; that of the vault stays. */
static void remove_folders(const struct vcs_switch *own, const char *path)
{
	char *whole = absolute(own, path);
	size_t root = strlen(own->repo->folder) + 1, prefix = strlen(own->repo->prefix);
	char *slash = strrchr(whole, '/');

	while (slash && slash > whole + root) {
		*slash = '\0';
		if (strlen(whole + root) + 1 == prefix ||
		    (strlen(whole + root) < prefix &&
		     !strncmp(whole + root, own->repo->prefix, strlen(whole + root))))
			break;
		if (rmdir(whole))
			break;
		slash = strrchr(whole, '/');
	}
	free(whole);
}

/* ---- files ---- */

static struct iv_file_change change_of(const struct vcs_step *step)
{
	struct iv_file_change change = {.path = step->path, .bytes = iv_buf_view(&step->bytes)};

	if (step->before.mode) {
		change.expected = iv_buf_view(&step->now);
		change.expected.ptr = change.expected.ptr ? change.expected.ptr : "";
	}
	change.bytes.ptr = change.bytes.ptr ? change.bytes.ptr : "";
	change.goes = !step->after.mode;
	return change;
}

static int write_files(const struct vcs_switch *own, struct iv_error *error)
{
	struct iv_file_change *changes = iv_calloc(own->count + 1, sizeof(*changes));
	size_t count = 0;
	int rc = IV_OK;

	for (size_t i = 0; i < own->count && !rc; i++) {
		const struct vcs_step *step = &own->steps[i];
		if (!moves(step))
			continue;
		if (step->after.mode)
			rc = make_folders(own, step->path, error);
		if (!is_link(step))
			changes[count++] = change_of(step);
	}
	if (!rc && count)
		rc = iv_files_write(own->repo->folder, changes, count, error);
	free(changes);
	return rc;
}

static bool still_leads(const struct vcs_step *step, const char *path)
{
	char target[PATH_MAX];
	ssize_t len = readlink(path, target, sizeof(target));

	return len >= 0 && iv_str_eq((struct iv_str){target, (size_t)len}, iv_buf_view(&step->now));
}

static int remove_old(const struct vcs_switch *own, const struct vcs_step *step, const char *path,
		      struct iv_error *error)
{
	struct iv_file_change change = change_of(step);

	change.goes = true;
	if (!step->before.mode)
		return IV_OK;
	if (step->before.mode != GIT_FILEMODE_LINK)
		return iv_files_write(own->repo->folder, &change, 1, error);
	if (!still_leads(step, path))
		return iv_error_set(error, IV_ECHANGED, "'%s' was changed meanwhile, try again",
				    step->path);
	if (unlink(path))
		return iv_error_errno(error, errno, "cannot replace '%s'", step->path);
	return IV_OK;
}

/* Where either side is a symbolic link: away with the old, if it still is as it was, and the new. */
static int write_link(const struct vcs_switch *own, const struct vcs_step *step,
		      struct iv_error *error)
{
	char *path = absolute(own, step->path);
	struct iv_str absent = {NULL, 0};
	int rc = remove_old(own, step, path, error);

	if (!rc && step->after.mode == GIT_FILEMODE_LINK) {
		if (symlink(step->bytes.ptr ? step->bytes.ptr : "", path))
			rc = iv_error_errno(error, errno, "cannot make the link '%s'", step->path);
	} else if (!rc && step->after.mode) {
		rc = iv_file_write(path, iv_buf_view(&step->bytes), &absent, error);
	}
	free(path);
	return rc;
}

static int set_mode(const struct vcs_switch *own, const struct vcs_step *step,
		    struct iv_error *error)
{
	bool runs = step->after.mode == GIT_FILEMODE_BLOB_EXECUTABLE;
	char *path = absolute(own, step->path);
	struct stat st;
	int rc = IV_OK;

	if (!stat(path, &st)) {
		mode_t mode = st.st_mode & 07777;
		mode = runs ? mode | ((mode & 0444) >> 2) : mode & ~(mode_t)0111;
		if (mode != (st.st_mode & 07777) && chmod(path, mode))
			rc = iv_error_errno(error, errno, "cannot set the mode of '%s'",
					    step->path);
	}
	free(path);
	return rc;
}

/* A submodule that is new here gets its empty folder, as from git. */
static void make_place(const struct vcs_switch *own, const struct vcs_step *step)
{
	char *path = absolute(own, step->path);

	if (!make_folders(own, step->path, NULL))
		(void)!mkdir(path, 0777);
	free(path);
}

int vcs_switch_files(struct vcs_switch *own, struct iv_error *error)
{
	int rc = write_files(own, error);

	own->touched = !rc;
	for (size_t i = 0; i < own->count && !rc; i++) {
		const struct vcs_step *step = &own->steps[i];
		if (step->after.mode == GIT_FILEMODE_COMMIT && !step->before.mode)
			make_place(own, step);
		if (!moves(step))
			continue;
		if (is_link(step))
			rc = write_link(own, step, error);
		if (!rc && own->worktree.modes && step->after.mode &&
		    step->after.mode != GIT_FILEMODE_LINK)
			rc = set_mode(own, step, error);
		if (!rc && !step->after.mode)
			remove_folders(own, step->path);
	}
	return rc;
}

/* ---- the index ---- */

static bool conflicted(const struct vcs_switch *own, const char *path)
{
	for (size_t i = 0; i < own->wish->conflict_count; i++)
		if (!strcmp(own->wish->conflicts[i].path, path))
			return true;
	return false;
}

static git_index_entry entry_of(const struct vcs_switch *own, const struct vcs_step *step,
				const struct vcs_update *update)
{
	char *path = absolute(own, step->path);
	struct stat st;
	git_index_entry entry;

	if (step->overlooked || lstat(path, &st))
		memset(&st, 0, sizeof(st));
	entry = vcs_write_entry(update, &st);
	if (step->overlooked)
		entry.flags_extended |= GIT_INDEX_ENTRY_SKIP_WORKTREE;
	free(path);
	return entry;
}

static int put_conflict(struct vcs_switch *own, const struct vcs_conflict *conflict)
{
	git_index_entry stages[3], *given[3];
	int rc = git_index_remove(own->index.index, conflict->path, 0);

	for (int i = 0; i < 3; i++) {
		stages[i] = (git_index_entry){.id = conflict->sides[i].id,
					      .mode = conflict->sides[i].mode,
					      .path = conflict->path};
		given[i] = conflict->sides[i].mode ? &stages[i] : NULL;
	}
	if (rc && rc != GIT_ENOTFOUND)
		return rc;
	return git_index_conflict_add(own->index.index, given[0], given[1], given[2]);
}

int vcs_switch_index(struct vcs_switch *own, struct iv_error *error)
{
	struct vcs_changes changes = {.updates =
					      iv_calloc(own->count + 1, sizeof(struct vcs_update))};
	git_index_entry *entries = iv_calloc(own->count + 1, sizeof(*entries));
	int rc;

	for (size_t i = 0; i < own->count; i++) {
		const struct vcs_step *step = &own->steps[i];
		struct vcs_update *update = &changes.updates[changes.count];

		if (conflicted(own, step->path))
			continue;
		*update = (struct vcs_update){.kind = step->after.mode ? IV_CHANGE_MODIFIED
								       : IV_CHANGE_REMOVED,
					      .path = step->path,
					      .id = step->after.id,
					      .mode = step->after.mode};
		if (step->after.mode)
			entries[changes.count] = entry_of(own, step, update);
		changes.count++;
	}
	rc = vcs_index_put(&own->index, own->repo, &changes, entries, error);
	for (size_t i = 0; i < own->wish->conflict_count && !rc; i++)
		if (put_conflict(own, &own->wish->conflicts[i]))
			rc = vcs_error(error, IV_EIO, "cannot keep a conflict in the git index");
	if (!rc)
		rc = vcs_index_write(&own->index, error);
	if (!rc)
		rc = vcs_index_replace(&own->index, error);
	free(changes.updates);
	free(entries);
	return rc;
}
