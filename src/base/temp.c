#include "base/temp.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"

#define TEMP_BEGIN ".ivnotes-"
#define TEMP_END ".tmp"
#define TEMP_DIGITS 8
#define TEMP_AGE 3600 /* seconds */

char *iv_temp_path(const char *folder, int try)
{
	char name[sizeof(TEMP_BEGIN TEMP_END) + 16];
	struct timespec now = {0, 0};
	unsigned long seed;

	clock_gettime(CLOCK_REALTIME, &now);
	seed = (unsigned long)now.tv_nsec ^ ((unsigned long)getpid() << 16);
	snprintf(name, sizeof(name), TEMP_BEGIN "%0*lx" TEMP_END, TEMP_DIGITS,
		 (seed + (unsigned long)try) & 0xffffffff);
	return iv_path_join(folder, name);
}

static bool is_temp(const char *name)
{
	struct iv_str digits = iv_str_of(name);

	if (!iv_str_starts(digits, TEMP_BEGIN) || !iv_str_ends(digits, TEMP_END))
		return false;
	digits = iv_str_slice(digits, strlen(TEMP_BEGIN), digits.len - strlen(TEMP_END));
	return digits.len == TEMP_DIGITS && strspn(digits.ptr, "0123456789abcdef") == TEMP_DIGITS;
}

/* A link to an old file has its time, but whoever links a file touches it. */
static bool is_old(int folder, const char *name)
{
	struct stat status;

	return !fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) && S_ISREG(status.st_mode) &&
	       status.st_ctime < time(NULL) - TEMP_AGE;
}

void iv_temp_sweep(int folder)
{
	int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;

	if (!dir) {
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((entry = readdir(dir)))
		if (is_temp(entry->d_name) && is_old(folder, entry->d_name))
			unlinkat(folder, entry->d_name, 0);
	closedir(dir);
}
