/*
 * What the working tree holds otherwise than HEAD and the index: the one comparison that a commit
 * rests on. The index's stat data answers for nearly every file; only what they leave open is read.
 */
#ifndef IV_VCS_CHANGES_H
#define IV_VCS_CHANGES_H

#include "vcs/vcs.h"

/* A file of the vault that the commit's tree or the index does not hold as it is. */
struct vcs_update {
	enum iv_change_kind kind;
	const char *path;   /* in the repository */
	bool commits;       /* differs from HEAD; else the index alone is behind */
	git_oid before, id; /* in HEAD (zero when added), and now (zero when removed) */
	uint16_t mode;      /* as git keeps it */
};

struct vcs_changes {
	struct vcs_update *updates; /* sorted by path */
	size_t count, capacity;
	struct iv_left *left; /* sorted by path */
	size_t left_count, left_capacity;
	struct iv_arena *arena;    /* of the paths */
	struct iv_listing listing; /* of every file of the vault, paths in the vault */
};

/*
 * Compares. `head` is HEAD's whole tree, or NULL before the first commit; `index` belongs to the
 * repository and was written at `written` (nanoseconds). With `paths` (as in iv_commit_wish) only
 * these are looked at. IV_EREFUSED, IV_EIO.
 */
int vcs_changes_find(struct vcs_changes *out, const struct iv_repo *repo, git_tree *head,
		     git_index *index, int64_t written, const char *const *paths,
		     struct iv_error *error);
/* Sorts them again, where some were added. */
void vcs_changes_sort(struct vcs_changes *changes);
/* Is a file of this path (in the repository) for the vault to commit? */
bool vcs_changes_ours(const struct iv_repo *repo, const char *path);
void vcs_changes_release(struct vcs_changes *changes);

#endif
