/* An index of what will be committed, for hooks to look at, as `git commit --only` makes one. */
#ifndef IV_VCS_PREVIEW_H
#define IV_VCS_PREVIEW_H

#include "vcs/changes.h"

struct vcs_preview {
	char *path;        /* of the file, absolute */
	git_index *before; /* what was written */
	git_index *after;  /* as a hook left it; NULL until it was taken */
};

/* Writes one of `tree`; what the files look like is as `index` and `entries` say. IV_EIO. */
int vcs_preview_write(struct vcs_preview *out, const struct iv_repo *repo, git_index *index,
		      const struct vcs_changes *changes, const git_index_entry *entries,
		      const git_oid *tree, struct iv_error *error);

/*
 * Puts what has changed in it since into the changes, their entries (made anew) and the tree. IV_EREFUSED
 * when that is not the vault's, IV_EIO.
 */
int vcs_preview_take(struct vcs_preview *preview, const struct iv_repo *repo, git_tree *head,
		     struct vcs_changes *changes, git_index_entry **entries, git_oid *tree,
		     struct iv_error *error);

/* Removes the file. */
void vcs_preview_release(struct vcs_preview *preview);

#endif
