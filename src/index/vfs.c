/*
 * SQLite's own file system layer with two additions. Every page of a database carries a checksum
 * in its last eight bytes, because SQLite notices torn structures but not changed contents, and
 * a damaged index must never give a wrong answer. And under the guard there is no clock.
 */
#include <pthread.h>
#include <string.h>

#include "index/handle.h"
#include "index/sum.h"

struct summed_file {
	sqlite3_file base;
	sqlite3_file *real; /* in the bytes after this struct */
};

static sqlite3_vfs *real_vfs;
static sqlite3_vfs our_vfs;

/* The page's offset is in its sum: a page must be in its place. */
#define SUM_BYTES 8

/* SQLite reads and writes pages whole; what is smaller is a look at the header. */
static bool is_page(int amount)
{
	return amount >= 512 && (amount & (amount - 1)) == 0;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
	return ((struct summed_file *)file)->real;
}

/* A page of which the end is missing was cut off; one of which all is missing is new. */
static bool was_cut(sqlite3_file *real, sqlite3_int64 offset)
{
	sqlite3_int64 size = 0;
	return real->pMethods->xFileSize(real, &size) || size > offset;
}

static int summed_read(sqlite3_file *file, void *buffer, int amount, sqlite3_int64 offset)
{
	sqlite3_file *real = real_of(file);
	int code = real->pMethods->xRead(real, buffer, amount, offset);
	size_t len = (size_t)amount - SUM_BYTES;
	uint64_t sum, stored;

	if (code == SQLITE_IOERR_SHORT_READ && is_page(amount) && was_cut(real, offset))
		return SQLITE_IOERR_DATA;
	if (code || !is_page(amount))
		return code;
	sum = iv_sum(buffer, len, (uint64_t)offset);
	memcpy(&stored, (unsigned char *)buffer + len, SUM_BYTES);
	return sum == stored ? SQLITE_OK : SQLITE_IOERR_DATA;
}

static int summed_write(sqlite3_file *file, const void *buffer, int amount, sqlite3_int64 offset)
{
	sqlite3_file *real = real_of(file);
	size_t len = (size_t)amount - SUM_BYTES;

	if (is_page(amount)) {
		/* The last bytes are reserved, so the pager's page may be completed in place. */
		unsigned char *page = (unsigned char *)buffer;
		uint64_t sum = iv_sum(page, len, (uint64_t)offset);
		memcpy(page + len, &sum, SUM_BYTES);
	}
	return real->pMethods->xWrite(real, buffer, amount, offset);
}

static int summed_close(sqlite3_file *file)
{
	sqlite3_file *real = real_of(file);
	return real->pMethods->xClose(real);
}

static int summed_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	sqlite3_file *real = real_of(file);
	return real->pMethods->xTruncate(real, size);
}

static int summed_sync(sqlite3_file *file, int flags)
{
	sqlite3_file *real = real_of(file);
	return real->pMethods->xSync(real, flags);
}

static int summed_size(sqlite3_file *file, sqlite3_int64 *size)
{
	sqlite3_file *real = real_of(file);
	return real->pMethods->xFileSize(real, size);
}

static int summed_lock(sqlite3_file *file, int level)
{
	sqlite3_file *real = real_of(file);
	return real->pMethods->xLock(real, level);
}

static int summed_unlock(sqlite3_file *file, int level)
{
	sqlite3_file *real = real_of(file);
	return real->pMethods->xUnlock(real, level);
}

static int summed_reserved(sqlite3_file *file, int *out)
{
	sqlite3_file *real = real_of(file);
	return real->pMethods->xCheckReservedLock(real, out);
}

static int summed_control(sqlite3_file *file, int op, void *arg)
{
	sqlite3_file *real = real_of(file);
	return real->pMethods->xFileControl(real, op, arg);
}

static int summed_sector(sqlite3_file *file)
{
	sqlite3_file *real = real_of(file);
	return real->pMethods->xSectorSize(real);
}

static int summed_traits(sqlite3_file *file)
{
	sqlite3_file *real = real_of(file);
	return real->pMethods->xDeviceCharacteristics(real);
}

/* Version 1: no shared memory and no mapped pages, which would go round the sums. */
static const sqlite3_io_methods summed_methods = {1,
						  summed_close,
						  summed_read,
						  summed_write,
						  summed_truncate,
						  summed_sync,
						  summed_size,
						  summed_lock,
						  summed_unlock,
						  summed_reserved,
						  summed_control,
						  summed_sector,
						  summed_traits,
						  NULL,
						  NULL,
						  NULL,
						  NULL,
						  NULL,
						  NULL};

/* Journals and temporary files have sums of SQLite's own, or need none. */
static int open_file(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags,
		     int *out_flags)
{
	struct summed_file *summed = (struct summed_file *)file;
	int code;

	(void)vfs;
	if (!(flags & SQLITE_OPEN_MAIN_DB))
		return real_vfs->xOpen(real_vfs, name, file, flags, out_flags);
	memset(summed, 0, sizeof(*summed));
	summed->real = (sqlite3_file *)(summed + 1);
	code = real_vfs->xOpen(real_vfs, name, summed->real, flags, out_flags);
	if (summed->real->pMethods)
		summed->base.pMethods = &summed_methods;
	return code;
}

static int current_time(sqlite3_vfs *vfs, sqlite3_int64 *out)
{
	(void)vfs;
	if (iv_guard_clock_asked()) {
		*out = 0;
		return SQLITE_ERROR;
	}
	return real_vfs->xCurrentTimeInt64(real_vfs, out);
}

static void register_vfs(void)
{
	iv_memory_install();
	sqlite3_initialize();
	real_vfs = sqlite3_vfs_find(NULL);
	our_vfs = *real_vfs;
	our_vfs.zName = "ivnotes";
	our_vfs.pNext = NULL;
	our_vfs.szOsFile = (int)sizeof(struct summed_file) + real_vfs->szOsFile;
	our_vfs.xOpen = open_file;
	our_vfs.xCurrentTimeInt64 = current_time;
	sqlite3_vfs_register(&our_vfs, 0);
}

const char *iv_vfs_name(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, register_vfs);
	return our_vfs.zName;
}

int iv_vfs_reserve(sqlite3 *handle)
{
	int bytes = SUM_BYTES;
	return sqlite3_file_control(handle, NULL, SQLITE_FCNTL_RESERVE_BYTES, &bytes);
}
