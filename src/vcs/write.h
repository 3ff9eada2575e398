/* Writing what a commit is made of: blobs, trees, and the index beside them. */
#ifndef IV_VCS_WRITE_H
#define IV_VCS_WRITE_H

#include "vcs/changes.h"

/*
 * Stores the files' blobs and makes their entries for the index in *entries (one per update, of the
 * caller's to free; those of removed files are empty). A file that changes meanwhile is stored as
 * it is then. IV_EREFUSED, IV_EIO.
 */
int vcs_write_blobs(git_index_entry **entries, struct vcs_changes *changes,
		    const struct iv_repo *repo, git_index *index, struct iv_error *error);

/* The entry of a file of which a stat was just made. */
struct stat;
git_index_entry vcs_write_entry(const struct vcs_update *update, const struct stat *st);

/* The tree of `head` (may be NULL) with the updates that commit. */
int vcs_write_tree(git_oid *out, const struct iv_repo *repo, git_tree *head,
		   const struct vcs_changes *changes, struct iv_error *error);

/* ---- the index ---- */

/* Where it is; the caller frees. NULL when that is not to be had. */
char *vcs_index_path(const struct iv_repo *repo);
/*
 * Reads an index that belongs to no repository; errors call it `shown`. IV_EREFUSED (split or
 * sparse), IV_EIO.
 */
int vcs_index_read(git_index **out, const char *path, const char *shown, struct iv_error *error);

/* ---- the same, under git's lock ---- */

struct vcs_index {
	git_index *index;
	char *path, *lock, *copy; /* the index, index.lock, and our copy of it */
	int64_t written;          /* when; INT64_MIN if there is none yet */
	unsigned mode;
	bool locked;
};

/*
 * Takes index.lock as git does, waiting up to two seconds, and reads the index. Without `lock` it
 * is only read. IV_EBUSY, IV_EREFUSED (split or sparse), IV_EIO.
 */
int vcs_index_open(struct vcs_index *out, const struct iv_repo *repo, bool lock,
		   struct iv_error *error);
/* Puts the entries in; neither the index nor the copy is written. */
int vcs_index_put(struct vcs_index *index, const struct iv_repo *repo,
		  const struct vcs_changes *changes, const git_index_entry *entries,
		  struct iv_error *error);
/* Writes the copy; the index itself stays as it is. */
int vcs_index_write(struct vcs_index *index, struct iv_error *error);
/* Both. */
int vcs_index_prepare(struct vcs_index *index, const struct iv_repo *repo,
		      const struct vcs_changes *changes, const git_index_entry *entries,
		      struct iv_error *error);
/* Puts the copy in the index's place, which ends the lock. */
int vcs_index_replace(struct vcs_index *index, struct iv_error *error);
/* Lets go of everything; what was not replaced stays as it was. */
void vcs_index_close(struct vcs_index *index);

#endif
