/* Paths, whole-file reading and atomic writing. */
#ifndef IV_BASE_FILE_H
#define IV_BASE_FILE_H

#include "base/str.h"

/* "a/b" from "a" and "b"; an empty or "." folder gives "b"; an absolute name stays. Caller frees. */
char *iv_path_join(const char *folder, const char *name);
/*
 * Resolves `relative` (of '/'-separated names) against the folder of `path`, with "." and "..";
 * false when it would leave the root. Appends to out.
 */
bool iv_path_resolve(struct iv_buf *out, struct iv_str path, struct iv_str relative);
struct iv_str iv_path_name(struct iv_str path);   /* after the last '/' */
struct iv_str iv_path_folder(struct iv_str path); /* before it; empty when none */
/* `path` as seen from folder `from`, both absolute and real: "../notes/a.md". Caller frees. */
char *iv_path_relative(const char *from, const char *path);

/*
 * Reads a regular file of at most `limit` bytes. IV_ELIMIT when larger, IV_EREFUSED when it is no
 * regular file (never blocks on a FIFO), IV_ENOTFOUND, IV_EIO.
 */
int iv_file_read(struct iv_buf *out, const char *path, size_t limit, struct iv_error *error);
/* The same below an open folder; `dir` may be AT_FDCWD. */
int iv_file_read_at(struct iv_buf *out, int dir, const char *path, size_t limit,
		    struct iv_error *error);

/*
 * Replaces or creates a file whole: temporary file beside it, fsync, rename, folder fsync, keeping mode and
 * owner. With `expected` given, IV_ECHANGED when the file no longer holds these bytes (absent
 * expected.ptr with len 0: the file must not exist), and IV_EBUSY as below.
 */
int iv_file_write(const char *path, struct iv_str bytes, const struct iv_str *expected,
		  struct iv_error *error);

/* A file below a root, as it was read and as it shall be. */
struct iv_file_change {
	const char *path;
	struct iv_str bytes;
	struct iv_str expected; /* absent: there must be no such file */
	bool goes;              /* it is taken away, whatever `bytes` are */
	const char *like; /* a file below the root whose mode and owner a new one gets, or NULL */
};
/*
 * The same for several files: all are changed, or none; when the last cannot be put in its place,
 * the others get back what they held. After a crash each is whole, old or new, and files named
 * `.ivnotes-*.tmp` may be left over, which a later write there sweeps away (base/temp.h). `root` is real and absolute. Two that write at once do so one
 * after the other, and the second is told IV_ECHANGED. IV_EREFUSED for a path that leads over a
 * symbolic link, a read-only file, or a file named twice; IV_EBUSY when somebody else has kept
 * the folder locked for two seconds. What is to go goes last, when the rest is on the disk: a file
 * that moves, as a new one and one to go, is there twice rather than not at all.
 */
int iv_files_write(const char *root, const struct iv_file_change *changes, size_t count,
		   struct iv_error *error);

/* mkdir -p with this mode. 0 when it is there already. */
int iv_folder_make(const char *path, unsigned mode, struct iv_error *error);

#endif
