/* Questions about single files of the working tree, answered as git would. */
#ifndef IV_VCS_WORKTREE_H
#define IV_VCS_WORKTREE_H

#include "vcs/vcs.h"

struct vcs_worktree {
	const struct iv_repo *repo;
	bool modes, links;  /* core.fileMode, core.symlinks */
	struct iv_buf path; /* scratch: the absolute path; reset to `folder` bytes */
	size_t folder;
	struct iv_buf asked; /* the folder last asked about by vcs_worktree_nested() */
	bool nested;
};

void vcs_worktree_init(struct vcs_worktree *worktree, const struct iv_repo *repo);
void vcs_worktree_release(struct vcs_worktree *worktree);

/* Paths are those in the repository. */
bool vcs_worktree_exists(struct vcs_worktree *worktree, const char *path);
bool vcs_worktree_ignored(struct vcs_worktree *worktree, const char *path);
/* In a folder with a repository of its own? */
bool vcs_worktree_nested(struct vcs_worktree *worktree, const char *path);
/* Would git run a program or change the encoding on the way in? */
bool vcs_worktree_filtered(struct vcs_worktree *worktree, const char *path);
/* By which attribute, or NULL; not 0, with libgit2's error, when attributes cannot be read. */
int vcs_worktree_filter(const char **out, const struct vcs_worktree *worktree, const char *path);

/*
 * The id and mode that git would give the file. `staged` is its index entry, or NULL. IV_ENOTFOUND when it has
 * gone, IV_EREFUSED when it is filtered, IV_EIO.
 */
int vcs_worktree_hash(git_oid *id, uint16_t *mode, struct vcs_worktree *worktree, const char *path,
		      const git_index_entry *staged, struct iv_error *error);
/* The same, and the blob is written; *st is what a stat said before it was read. */
struct stat;
int vcs_worktree_store(git_oid *id, uint16_t *mode, struct stat *st, struct vcs_worktree *worktree,
		       const char *path, const git_index_entry *staged, struct iv_error *error);

#endif
