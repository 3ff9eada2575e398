#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"

/* How much is read at a time of a file that grew since it was measured. */
#define READ_STEP ((size_t)64 << 10)

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
