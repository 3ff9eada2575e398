/* Writing files whole, one or several: all of them, or none. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/temp.h"

#define LOCK_TRIES 400
#define LOCK_STEP 5000000 /* nanoseconds */
#define SYNC_EACH_MAX 50

/* A file on its way to be written. */
struct job {
	const char *path; /* as the caller named it, for messages */
	struct iv_str bytes;
	const struct iv_str *expected; /* that it holds now; NULL: whatever it may be */
	bool goes;                     /* it is taken away */
	char *like;                    /* a new file gets its mode and owner, or NULL */
	char *named;                   /* the path, from where we stand */
	char *target;                  /* the file itself, symbolic links followed */
	char *folder;
	char *temp; /* NULL when there is none (any more) */
	char *back; /* the old file by another name, to be put back */
	bool exists, placed;
	bool together;   /* with many others: all are synced at once */
	struct stat old; /* when it exists, or is like another one */
	int lock;        /* of the folder, or -1 */
	bool locked;     /* it is ours */
};

/* Finds the file that the path means. A link stays a link: what it points to is replaced. */
static int find_target(struct job *job, struct iv_error *error)
{
	struct iv_str folder;

	job->target = realpath(job->named, NULL);
	if (job->target) {
		if (stat(job->target, &job->old))
			return iv_error_errno(error, errno, "cannot write '%s'", job->path);
		if (!S_ISREG(job->old.st_mode))
			return iv_error_set(error, IV_EREFUSED, "'%s' is no regular file",
					    job->path);
		job->exists = true;
	} else {
		if (errno != ENOENT)
			return iv_error_errno(error, errno, "cannot write '%s'", job->path);
		if (!lstat(job->named, &job->old))
			return iv_error_set(error, IV_EREFUSED,
					    "'%s' is a link to a file that is not there",
					    job->path);
		job->target = iv_strdup(job->named);
	}
	folder = iv_path_folder(iv_str_of(job->target));
	if (!folder.len)
		folder = job->target[0] == '/' ? IV_LIT("/") : IV_LIT(".");
	job->folder = iv_strndup(folder.ptr, folder.len);
	return 0;
}

/*
 * A file that another program put in the place of the note, or of a folder on the way to it, may be
 * anywhere; what we were asked to change is the one at that very path.
 */
static int check_place(const struct job *job, struct iv_error *error)
{
	char *real = realpath(job->exists ? job->named : job->folder, NULL);
	int number = errno, rc = 0;

	if (!real)
		rc = iv_error_errno(error, number, "cannot write '%s'", job->path);
	else if (strcmp(real, job->exists ? job->named : job->folder))
		rc = iv_error_set(error, IV_EREFUSED,
				  "'%s' leads over a symbolic link, or out of its folder",
				  job->path);
	free(real);
	return rc;
}

/* A rename asks the folder for leave only; who protected the file did not mean that. */
static int check_writable(const struct job *job, struct iv_error *error)
{
	if (!job->exists || ((job->old.st_mode & 0222) && !access(job->target, W_OK)))
		return 0;
	return iv_error_set(error, IV_EREFUSED, "'%s' is read-only; 'chmod u+w' lets it be changed",
			    job->path);
}

/* One that is not there is missed when what is expected of it is checked. */
static int look_at_like(struct job *job, struct iv_error *error)
{
	if (!job->like || job->exists || !lstat(job->like, &job->old))
		return 0;
	if (errno != ENOENT)
		return iv_error_errno(error, errno, "cannot write '%s'", job->path);
	free(job->like);
	job->like = NULL;
	return 0;
}

/* ---- the temporary file ---- */

static bool has_old(const struct job *job)
{
	return job->exists || job->like;
}

/*
 * A new file gets what the umask leaves; the copy of an old one stays private until its mode is
 * known to be the old one's.
 */
static int open_temp(int *out, struct job *job, struct iv_error *error)
{
	int fd = -1, number, i;

	for (i = 0; fd < 0 && i < IV_TEMP_TRIES; i++) {
		free(job->temp);
		job->temp = iv_temp_path(job->folder, i);
		fd = open(job->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			  has_old(job) ? 0600 : 0666);
		number = errno;
		if (fd < 0 && number != EEXIST && number != EINTR)
			break;
	}
	if (fd < 0) {
		free(job->temp);
		job->temp = NULL;
		return iv_error_errno(error, number, "cannot write '%s'", job->path);
	}
	*out = fd;
	return 0;
}

static int write_all(int fd, struct iv_str bytes)
{
	while (bytes.len) {
		size_t step = bytes.len < SSIZE_MAX ? bytes.len : SSIZE_MAX;
		ssize_t done = write(fd, bytes.ptr, step);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -1;
		bytes = iv_str_slice(bytes, (size_t)done, bytes.len);
	}
	return 0;
}

/* Some file systems cannot sync; that is no failure to write. */
static int sync_file(int fd)
{
	if (!fsync(fd) || errno == EINVAL || errno == ENOTSUP || errno == ENOSYS)
		return 0;
	return -1;
}

/* Owner first: changing it clears bits of the mode. An owner that may not be given away is let go. */
static int keep_mode(int fd, const struct stat *old)
{
	struct stat status;

	if (fstat(fd, &status))
		return -1;
	if ((status.st_uid != old->st_uid || status.st_gid != old->st_gid) &&
	    fchown(fd, old->st_uid, old->st_gid) && errno != EPERM)
		return -1;
	return fchmod(fd, old->st_mode & 07777);
}

static int fill_temp(int fd, const struct job *job, struct iv_error *error)
{
	int number = 0;

	if (write_all(fd, job->bytes) || (has_old(job) && keep_mode(fd, &job->old)) ||
	    (!job->together && sync_file(fd)))
		number = errno;
	if (close(fd) && !number && errno != EINTR)
		number = errno;
	return number ? iv_error_errno(error, number, "cannot write '%s'", job->path) : 0;
}

static int make_temp(struct job *job, struct iv_error *error)
{
	int fd = -1, rc = open_temp(&fd, job, error);

	return rc ? rc : fill_temp(fd, job, error);
}

/* ---- is the file still as it was? ---- */

/*
 * Those who write with an expectation write one after the other, folder by folder; otherwise two of
 * them could both find the file as they know it. A folder that cannot be locked is not.
 */
static int lock_folder(struct job *job, struct iv_error *error)
{
	const struct timespec step = {0, LOCK_STEP};
	int i;

	job->lock = open(job->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	for (i = 0; job->lock >= 0 && flock(job->lock, LOCK_EX | LOCK_NB); i++) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return 0;
		if (i == LOCK_TRIES)
			return iv_error_set(error, IV_EBUSY,
					    "cannot write '%s': another program is writing there; "
					    "try again",
					    job->path);
		nanosleep(&step, NULL);
	}
	job->locked = job->lock >= 0;
	return 0;
}

/* As late as can be: does the file still hold what the caller read? */
static int check_expected(const struct job *job, struct iv_error *error)
{
	const struct iv_str *expected = job->expected;
	struct iv_error why = IV_ERROR_INIT;
	struct iv_buf now = IV_BUF_INIT;
	int rc;

	rc = iv_file_read(&now, job->target, expected->len, &why);
	if (rc == IV_EIO)
		iv_error_set(error, rc, "%s", why.message);
	else if (rc == IV_ENOTFOUND && !expected->ptr)
		rc = 0;
	else if (!expected->ptr)
		rc = iv_error_set(error, IV_ECHANGED, "'%s' exists already", job->path);
	else if (rc || !iv_str_eq(iv_buf_view(&now), *expected))
		rc = iv_error_set(error, IV_ECHANGED, "'%s' was changed meanwhile, try again",
				  job->path);
	iv_error_release(&why);
	iv_buf_release(&now);
	return rc;
}

/* ---- in its place, and back ---- */

static bool must_be_new(const struct job *job)
{
	return job->expected && !job->expected->ptr;
}

/*
 * Gives the temporary file its name. A file that must not exist is linked, because link(), other
 * than rename(), never replaces one; where there are no hard links, check_expected() has to do.
 */
static int put_in_place(struct job *job, struct iv_error *error)
{
	if (job->goes && unlink(job->target))
		return iv_error_errno(error, errno, "cannot remove '%s'", job->path);
	if (job->goes)
		return 0;
	if (must_be_new(job) && !link(job->temp, job->target))
		return 0;
	if (must_be_new(job) && errno == EEXIST)
		return iv_error_set(error, IV_ECHANGED, "'%s' exists already", job->path);
	if (rename(job->temp, job->target))
		return iv_error_errno(error, errno, "cannot write '%s'", job->path);
	free(job->temp);
	job->temp = NULL;
	return 0;
}

/* The old file by another name; where there are no hard links, a copy. */
static int keep_old(struct job *job, struct iv_error *error)
{
	struct job copy = *job;
	int i, rc, number = EEXIST;

	for (i = 0; number == EEXIST && i < IV_TEMP_TRIES; i++) {
		free(job->back);
		job->back = iv_temp_path(job->folder, i);
		number = link(job->target, job->back) ? errno : 0;
	}
	if (!number)
		return 0;
	free(job->back);
	copy.temp = NULL;
	copy.bytes = *job->expected;
	rc = make_temp(&copy, error);
	job->back = copy.temp;
	return rc;
}

static void put_back(struct job *job)
{
	if (!job->exists)
		unlink(job->target);
	else if (!rename(job->back, job->target))
		job->back[0] = '\0';
}

/* A folder that may be entered but not read cannot be synced by us. */
static int sync_folder(const struct job *job, struct iv_error *error)
{
	int fd = open(job->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc = 0;

	if (fd < 0)
		return 0;
	if (sync_file(fd))
		rc = iv_error_errno(error, errno, "cannot sync folder '%s'", job->folder);
	close(fd);
	return rc;
}

/* ---- all or none ---- */

struct jobs {
	struct job *items;
	size_t count;
	bool strict; /* no symbolic links, no read-only files */
};

/* By folder: two who write the same files at once take their locks in one order. */
static int by_place(const void *a, const void *b)
{
	const struct job *one = a, *two = b;
	int order = strcmp(one->folder, two->folder);

	return order ? order : strcmp(one->target, two->target);
}

static int find_targets(struct jobs *jobs, struct iv_error *error)
{
	size_t i;
	int rc = 0;

	for (i = 0; !rc && i < jobs->count; i++) {
		rc = find_target(&jobs->items[i], error);
		if (!rc && jobs->strict)
			rc = check_place(&jobs->items[i], error);
		if (!rc && jobs->strict)
			rc = check_writable(&jobs->items[i], error);
		if (!rc)
			rc = look_at_like(&jobs->items[i], error);
	}
	if (!rc)
		qsort(jobs->items, jobs->count, sizeof(*jobs->items), by_place);
	for (i = 1; !rc && i < jobs->count; i++)
		if (!strcmp(jobs->items[i - 1].target, jobs->items[i].target))
			rc = iv_error_set(error, IV_EREFUSED, "'%s' would be written twice",
					  jobs->items[i].path);
	return rc;
}

/* One by one, thousands of files would take minutes to reach the disk. */
static int make_temps(struct jobs *jobs, struct iv_error *error)
{
	bool many = jobs->count > SYNC_EACH_MAX;
	size_t i;
	int rc = 0;

	for (i = 0; !rc && i < jobs->count; i++) {
		jobs->items[i].together = many;
		if (!jobs->items[i].goes)
			rc = make_temp(&jobs->items[i], error);
	}
	if (!rc && many)
		sync();
	return rc;
}

static bool is_new_folder(const struct jobs *jobs, size_t i)
{
	return !i || strcmp(jobs->items[i - 1].folder, jobs->items[i].folder) != 0;
}

static int lock_folders(struct jobs *jobs, struct iv_error *error)
{
	size_t i;
	int rc = 0;

	for (i = 0; !rc && i < jobs->count; i++)
		if (jobs->items[i].expected && is_new_folder(jobs, i))
			rc = lock_folder(&jobs->items[i], error);
	return rc;
}

static int check_all(struct jobs *jobs, struct iv_error *error)
{
	size_t i;
	int rc = 0;

	for (i = 0; !rc && i < jobs->count; i++) {
		if (jobs->strict)
			rc = check_place(&jobs->items[i], error);
		if (!rc && jobs->items[i].expected)
			rc = check_expected(&jobs->items[i], error);
		if (!rc && jobs->count > 1 && jobs->items[i].exists)
			rc = keep_old(&jobs->items[i], error);
	}
	return rc;
}

static int sync_folders(const struct jobs *jobs, struct iv_error *error)
{
	size_t i;
	int rc = 0;

	for (i = 0; !rc && i < jobs->count; i++)
		if (is_new_folder(jobs, i))
			rc = sync_folder(&jobs->items[i], error);
	return rc;
}

static int place(struct jobs *jobs, bool those_that_go, struct iv_error *error)
{
	size_t i;
	int rc = 0;

	for (i = 0; !rc && i < jobs->count; i++) {
		struct job *job = &jobs->items[i];

		if (job->goes != those_that_go)
			continue;
		rc = put_in_place(job, error);
		job->placed = !rc;
	}
	return rc;
}

static int place_all(struct jobs *jobs, struct iv_error *error)
{
	size_t i;
	bool some_go = false;
	int rc = place(jobs, false, error);

	for (i = 0; i < jobs->count; i++)
		some_go |= jobs->items[i].goes;
	if (!rc && some_go)
		rc = sync_folders(jobs, error);
	if (!rc)
		rc = place(jobs, true, error);
	for (i = jobs->count; rc && i > 0; i--)
		if (jobs->items[i - 1].placed)
			put_back(&jobs->items[i - 1]);
	return rc;
}

static void release(struct jobs *jobs)
{
	size_t i;

	for (i = 0; i < jobs->count; i++) {
		struct job *job = &jobs->items[i];

		if (job->temp)
			unlink(job->temp);
		if (job->back && *job->back)
			unlink(job->back);
		if (job->lock >= 0)
			close(job->lock);
		free(job->temp);
		free(job->back);
		free(job->folder);
		free(job->target);
		free(job->named);
		free(job->like);
	}
}

/* What a crash left in these folders, long ago. */
static void sweep(const struct jobs *jobs)
{
	size_t i;

	for (i = 0; i < jobs->count; i++)
		if (jobs->items[i].locked)
			iv_temp_sweep(jobs->items[i].lock);
}

static int write_jobs(struct jobs *jobs, struct iv_error *error)
{
	int rc = find_targets(jobs, error);

	if (!rc)
		rc = make_temps(jobs, error);
	if (!rc)
		rc = lock_folders(jobs, error);
	if (!rc)
		rc = check_all(jobs, error);
	if (!rc)
		rc = place_all(jobs, error);
	if (!rc)
		rc = sync_folders(jobs, error);
	if (!rc)
		sweep(jobs);
	release(jobs);
	return rc;
}

int iv_file_write(const char *path, struct iv_str bytes, const struct iv_str *expected,
		  struct iv_error *error)
{
	struct job job = {.path = path,
			  .bytes = bytes,
			  .expected = expected,
			  .named = iv_strdup(path),
			  .lock = -1};
	struct jobs jobs = {&job, 1, false};

	return write_jobs(&jobs, error);
}

/* Never out of the root, however the path begins. */
static char *below(const char *root, const char *path)
{
	struct iv_buf buf = IV_BUF_INIT;

	iv_buf_printf(&buf, "%s%s%s", root, iv_str_ends(iv_str_of(root), "/") ? "" : "/", path);
	return iv_buf_detach(&buf);
}

int iv_files_write(const char *root, const struct iv_file_change *changes, size_t count,
		   struct iv_error *error)
{
	struct jobs jobs = {iv_calloc(count, sizeof(struct job)), count, true};
	size_t i;
	int rc;

	for (i = 0; i < count; i++)
		jobs.items[i] =
			(struct job){.path = changes[i].path,
				     .bytes = changes[i].bytes,
				     .expected = &changes[i].expected,
				     .goes = changes[i].goes,
				     .named = below(root, changes[i].path),
				     .like = changes[i].like ? below(root, changes[i].like) : NULL,
				     .lock = -1};
	rc = write_jobs(&jobs, error);
	free(jobs.items);
	return rc;
}
