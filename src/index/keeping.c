#include "index/keeping.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "index/boot.h"

#define LOCK_SECONDS 30

void iv_keeping_init(struct iv_keeping *out, const char *what, const struct iv_index_talk *talk)
{
	*out = (struct iv_keeping){.what = what, .lock = -1};
	if (talk)
		out->talk = *talk;
}

void iv_keeping_name(struct iv_keeping *keeping, const char *folder, const char *file,
		     const char *lock, const char *boot)
{
	keeping->file = iv_path_join(folder, file);
	keeping->lock_file = iv_path_join(folder, lock);
	keeping->boot_file = iv_path_join(folder, boot);
}

void iv_keeping_leave(struct iv_keeping *keeping)
{
	iv_keeping_unlock(keeping);
	free(keeping->file);
	free(keeping->lock_file);
	free(keeping->boot_file);
	keeping->file = keeping->lock_file = keeping->boot_file = NULL;
}

void iv_keeping_warn(const struct iv_keeping *keeping, const char *format, ...)
{
	char message[512];
	va_list args;

	if (!keeping->talk.warn)
		return;
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	keeping->talk.warn(keeping->talk.data, message);
}

bool iv_keeping_owns(const struct stat *st)
{
	return S_ISREG(st->st_mode) && st->st_uid == geteuid() && st->st_nlink == 1;
}

int iv_keeping_lock(struct iv_keeping *keeping, struct iv_error *error)
{
	struct timespec pause = {0, 5000000};
	int tries = LOCK_SECONDS * 200, fd;

	if (!keeping->file || keeping->lock >= 0)
		return IV_OK;
	fd = open(keeping->lock_file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return iv_error_errno(error, errno, "cannot open '%s'", keeping->lock_file);
	while (flock(fd, LOCK_EX | LOCK_NB)) {
		if ((errno != EWOULDBLOCK && errno != EINTR) || tries-- == 0) {
			close(fd);
			return iv_error_set(error, IV_EBUSY, "%s is held by another process",
					    keeping->what);
		}
		nanosleep(&pause, NULL);
	}
	keeping->lock = fd;
	return IV_OK;
}

void iv_keeping_unlock(struct iv_keeping *keeping)
{
	if (keeping->lock >= 0)
		close(keeping->lock);
	keeping->lock = -1;
}

/* The database before its journal: a journal without one is harmless, not the other way round. */
int iv_keeping_remove(const struct iv_keeping *keeping, struct iv_error *error)
{
	struct iv_buf journal = IV_BUF_INIT;
	int rc = IV_OK;

	iv_buf_printf(&journal, "%s-journal", keeping->file);
	if ((unlink(keeping->file) && errno != ENOENT) || (unlink(journal.ptr) && errno != ENOENT))
		rc = iv_error_errno(error, errno, "cannot replace '%s'", keeping->file);
	iv_buf_release(&journal);
	return rc;
}

int iv_keeping_replace(struct iv_keeping *keeping, struct iv_db *db, struct iv_error *error)
{
	int rc = iv_keeping_lock(keeping, error);

	if (!rc)
		rc = iv_db_reopen(db, NULL, error); /* lets go of the old file */
	if (!rc)
		rc = iv_keeping_remove(keeping, error);
	if (!rc)
		rc = iv_boot_write(keeping->boot_file, error);
	return rc ? rc : iv_db_reopen(db, keeping->file, error);
}
