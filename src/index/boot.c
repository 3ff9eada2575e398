#include "index/boot.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/error.h"
#include "base/str.h"

/* A UUID and a line end. */
#define ID_MAX 64
#define SYSTEM_FILE "/proc/sys/kernel/random/boot_id"

static struct iv_str read_id(char id[ID_MAX], const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	ssize_t len = fd < 0 ? -1 : read(fd, id, ID_MAX);

	if (fd >= 0)
		close(fd);
	return iv_str_trim((struct iv_str){id, len > 0 ? (size_t)len : 0});
}

bool iv_boot_known(void)
{
	char id[ID_MAX];

	return read_id(id, SYSTEM_FILE).len > 0;
}

bool iv_boot_is(const char *file)
{
	char now[ID_MAX], then[ID_MAX];
	struct iv_str id = read_id(now, SYSTEM_FILE);

	return !id.len || iv_str_eq(id, read_id(then, file));
}

int iv_boot_write(const char *file, struct iv_error *error)
{
	char now[ID_MAX];
	struct iv_str id = read_id(now, SYSTEM_FILE);
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	ssize_t len = fd < 0 ? -1 : write(fd, id.ptr, id.len);
	/* A disk that takes a part of so little is full, and does not say so. */
	int failed = len == (ssize_t)id.len ? 0 : len < 0 ? errno : ENOSPC;

	if (fd >= 0 && close(fd) && !failed)
		failed = errno;
	return failed ? iv_error_errno(error, failed, "cannot write '%s'", file) : 0;
}
