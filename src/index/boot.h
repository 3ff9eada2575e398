/*
 * Which run of the machine an index was made in. While the machine runs, what one process wrote is
 * what the next one reads, on the disk or not; only a power cut can leave a mixture of old pages
 * and new ones, and every page of it may be sound. So where the system tells one run from another
 * (Linux: /proc/sys/kernel/random/boot_id), nothing is ever waited for: an index is made anew in
 * the next run, which takes less than all the waiting would. Elsewhere every write is synced.
 */
#ifndef IV_INDEX_BOOT_H
#define IV_INDEX_BOOT_H

#include <ivnotes/base.h>

/* Does the system tell? */
bool iv_boot_known(void);
/* Is this run the one that the file names? True where the system does not tell. */
bool iv_boot_is(const char *file);
/* Makes the file name this run. IV_EIO. */
int iv_boot_write(const char *file, struct iv_error *error);

#endif
