#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"

/* How much is read at a time of a file that grew since it was measured. */
#define READ_STEP ((size_t)64 << 10)
#define TEMP_TRIES 100
#define TEMP_NAME ".ivnotes-%08lx.tmp"

char *iv_path_join(const char *folder, const char *name)
{
	struct iv_buf buf = IV_BUF_INIT;

	if (name[0] != '/' && folder[0] && strcmp(folder, ".")) {
		iv_buf_puts(&buf, folder);
		if (buf.ptr[buf.len - 1] != '/')
			iv_buf_putc(&buf, '/');
	}
	iv_buf_puts(&buf, name);
	return iv_buf_detach(&buf);
}

struct iv_str iv_path_name(struct iv_str path)
{
	size_t at = path.len;

	while (at && path.ptr[at - 1] != '/')
		at--;
	return iv_str_slice(path, at, path.len);
}

struct iv_str iv_path_folder(struct iv_str path)
{
	size_t name = iv_path_name(path).len;

	return iv_str_slice(path, 0, name < path.len ? path.len - name - 1 : 0);
}

/* The next of '/'-separated names; advances *rest. */
static struct iv_str next_name(struct iv_str *rest)
{
	size_t end = iv_str_find_char(*rest, '/');
	struct iv_str name = iv_str_slice(*rest, 0, end);

	*rest = iv_str_slice(*rest, name.len + (end != SIZE_MAX), rest->len);
	return name;
}

/* Adds the names of `path` to what stands in out from `start` on; false when it would leave it. */
static bool walk(struct iv_buf *out, size_t start, struct iv_str path)
{
	while (path.len) {
		struct iv_str name = next_name(&path);

		if (!name.len || iv_str_is(name, "."))
			continue;
		if (iv_str_is(name, "..")) {
			struct iv_str whole = iv_str_slice(iv_buf_view(out), start, out->len);

			if (!whole.len)
				return false;
			out->len = start + iv_path_folder(whole).len;
			out->ptr[out->len] = '\0';
			continue;
		}
		if (out->len > start)
			iv_buf_putc(out, '/');
		iv_buf_str(out, name);
	}
	return true;
}

bool iv_path_resolve(struct iv_buf *out, struct iv_str path, struct iv_str relative)
{
	size_t start = out->len;

	iv_buf_reserve(out, path.len + relative.len + 1);
	if (iv_str_starts(relative, "/") || walk(out, start, iv_path_folder(path)))
		if (walk(out, start, relative))
			return true;
	out->len = start;
	out->ptr[start] = '\0';
	return false;
}

char *iv_path_relative(const char *from, const char *path)
{
	struct iv_buf buf = IV_BUF_INIT;
	struct iv_str up = iv_str_of(from), down = iv_str_of(path);

	while (up.len && down.len) {
		struct iv_str up_rest = up, down_rest = down;

		if (!iv_str_eq(next_name(&up_rest), next_name(&down_rest)))
			break;
		up = up_rest;
		down = down_rest;
	}
	while (up.len)
		if (next_name(&up).len)
			iv_buf_puts(&buf, "../");
	iv_buf_str(&buf, down);
	while (buf.len && buf.ptr[buf.len - 1] == '/')
		buf.ptr[--buf.len] = '\0';
	if (!buf.len)
		iv_buf_putc(&buf, '.');
	return iv_buf_detach(&buf);
}

static bool is_absence(int number)
{
	return number == ENOENT || number == ENOTDIR;
}

/* Opens for reading; FIFOs do not block, and sockets and devices answer ENXIO or open. */
static int open_file(int *out, struct stat *status, int dir, const char *path,
		     struct iv_error *error)
{
	int fd;

	do
		fd = openat(dir, path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	while (fd < 0 && errno == EINTR);
	if (fd < 0 && is_absence(errno))
		return iv_error_set(error, IV_ENOTFOUND, "there is no file '%s'", path);
	if (fd < 0 && errno != ENXIO && errno != ENODEV)
		return iv_error_errno(error, errno, "cannot read '%s'", path);
	if (fd >= 0 && fstat(fd, status)) {
		iv_error_errno(error, errno, "cannot read '%s'", path);
		close(fd);
		return IV_EIO;
	}
	if (fd < 0 || !S_ISREG(status->st_mode)) {
		if (fd >= 0)
			close(fd);
		return iv_error_set(error, IV_EREFUSED, "'%s' is no regular file", path);
	}
	*out = fd;
	return 0;
}

/* Reads to the end, whatever size was announced; IV_ELIMIT beyond `limit`, IV_EIO with errno. */
static int read_all(struct iv_buf *out, int fd, size_t announced, size_t limit)
{
	size_t total = 0, wanted;
	ssize_t got;

	for (;;) {
		wanted = total <= announced ? announced - total + 1 : READ_STEP;
		iv_buf_reserve(out, wanted);
		got = read(fd, out->ptr + out->len, wanted);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return IV_EIO;
		out->len += (size_t)got;
		out->ptr[out->len] = '\0';
		total += (size_t)got;
		if (total > limit)
			return IV_ELIMIT;
		/* One byte more than announced was asked for: a short answer is the end. */
		if (!got || (total == announced && (size_t)got < wanted))
			return 0;
	}
}

int iv_file_read_at(struct iv_buf *out, int dir, const char *path, size_t limit,
		    struct iv_error *error)
{
	size_t start = out->len;
	struct stat status;
	int fd = -1, rc;

	rc = open_file(&fd, &status, dir, path, error);
	if (rc)
		return rc;
	rc = IV_ELIMIT;
	if ((uintmax_t)status.st_size <= limit)
		rc = read_all(out, fd, (size_t)status.st_size, limit);
	if (rc == IV_EIO)
		iv_error_errno(error, errno, "cannot read '%s'", path);
	else if (rc == IV_ELIMIT)
		iv_error_set(error, rc, "'%s' is larger than %zu bytes", path, limit);
	if (rc && out->ptr) {
		out->len = start;
		out->ptr[start] = '\0';
	}
	close(fd);
	return rc;
}

int iv_file_read(struct iv_buf *out, const char *path, size_t limit, struct iv_error *error)
{
	return iv_file_read_at(out, AT_FDCWD, path, limit, error);
}

/* A file on its way to be written. */
struct job {
	const char *path; /* as the caller named it, for messages */
	char *target;     /* the file itself, symbolic links followed */
	char *folder;
	char *temp; /* NULL when there is none (any more) */
	bool exists;
	struct stat old; /* when it exists */
};

/* Finds the file that the path means. A link stays a link: what it points to is replaced. */
static int find_target(struct job *job, struct iv_error *error)
{
	struct iv_str folder;

	job->target = realpath(job->path, NULL);
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
		if (!lstat(job->path, &job->old))
			return iv_error_set(error, IV_EREFUSED,
					    "'%s' is a link to a file that is not there",
					    job->path);
		job->target = iv_strdup(job->path);
	}
	folder = iv_path_folder(iv_str_of(job->target));
	if (!folder.len)
		folder = job->target[0] == '/' ? IV_LIT("/") : IV_LIT(".");
	job->folder = iv_strndup(folder.ptr, folder.len);
	return 0;
}

/*
 * A new file gets what the umask leaves; the copy of an old one stays private until its mode is
 * known to be the old one's.
 */
static int open_temp(int *out, struct job *job, struct iv_error *error)
{
	char name[sizeof(TEMP_NAME) + 16];
	struct timespec now = {0, 0};
	unsigned long seed;
	int fd = -1, i;

	clock_gettime(CLOCK_REALTIME, &now);
	seed = (unsigned long)now.tv_nsec ^ ((unsigned long)getpid() << 16);
	for (i = 0; fd < 0 && i < TEMP_TRIES; i++) {
		snprintf(name, sizeof(name), TEMP_NAME, (seed + (unsigned long)i) & 0xffffffff);
		free(job->temp);
		job->temp = iv_path_join(job->folder, name);
		fd = open(job->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			  job->exists ? 0600 : 0666);
		if (fd < 0 && errno != EEXIST && errno != EINTR)
			break;
	}
	if (fd < 0) {
		int number = errno;

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

static int fill_temp(int fd, const struct job *job, struct iv_str bytes, struct iv_error *error)
{
	int number = 0;

	if (write_all(fd, bytes) || (job->exists && keep_mode(fd, &job->old)) || sync_file(fd))
		number = errno;
	if (close(fd) && !number && errno != EINTR)
		number = errno;
	return number ? iv_error_errno(error, number, "cannot write '%s'", job->path) : 0;
}

/* As late as can be: does the file still hold what the caller read? */
static int check_expected(const struct job *job, const struct iv_str *expected,
			  struct iv_error *error)
{
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
		rc = iv_error_set(error, IV_ECHANGED, "'%s' was changed by somebody else",
				  job->path);
	iv_error_release(&why);
	iv_buf_release(&now);
	return rc;
}

/*
 * Gives the temporary file its name. A file that must not exist is linked, because link(), other
 * than rename(), never replaces one; where there are no hard links, check_expected() has to do.
 */
static int put_in_place(struct job *job, bool must_be_new, struct iv_error *error)
{
	if (must_be_new && !link(job->temp, job->target))
		return 0;
	if (must_be_new && errno == EEXIST)
		return iv_error_set(error, IV_ECHANGED, "'%s' exists already", job->path);
	if (rename(job->temp, job->target))
		return iv_error_errno(error, errno, "cannot write '%s'", job->path);
	free(job->temp);
	job->temp = NULL;
	return 0;
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

int iv_file_write(const char *path, struct iv_str bytes, const struct iv_str *expected,
		  struct iv_error *error)
{
	struct job job = {.path = path};
	bool must_be_new = expected && !expected->ptr;
	int fd = -1, rc;

	rc = find_target(&job, error);
	if (!rc)
		rc = open_temp(&fd, &job, error);
	if (!rc)
		rc = fill_temp(fd, &job, bytes, error);
	if (!rc && expected)
		rc = check_expected(&job, expected, error);
	if (!rc)
		rc = put_in_place(&job, must_be_new, error);
	if (job.temp)
		unlink(job.temp);
	if (!rc)
		rc = sync_folder(&job, error);
	free(job.temp);
	free(job.folder);
	free(job.target);
	return rc;
}

static bool is_folder(const char *path)
{
	struct stat status;

	return !stat(path, &status) && S_ISDIR(status.st_mode);
}

int iv_folder_make(const char *path, unsigned mode, struct iv_error *error)
{
	char *prefix = iv_strdup(path), *at = prefix, *slash = prefix;
	int rc = 0, number;

	while (!rc && slash) {
		slash = *at ? strchr(at + 1, '/') : NULL;
		if (slash)
			*slash = '\0';
		number = mkdir(prefix, (mode_t)mode) ? errno : 0;
		if (number && !is_folder(prefix))
			rc = iv_error_errno(error, number == EEXIST ? ENOTDIR : number,
					    "cannot make folder '%s'", prefix);
		if (slash) {
			*slash = '/';
			at = slash;
		}
	}
	free(prefix);
	return rc;
}
