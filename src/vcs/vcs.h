/* What the files of the vcs stage know of each other. */
#ifndef IV_VCS_VCS_H
#define IV_VCS_VCS_H

#include <git2.h>

#include <ivnotes/vcs.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"

struct iv_repo {
	git_repository *git;
	const struct iv_vault *vault;
	char *folder; /* without a '/' at the end */
	char *prefix;
};

/* "what: libgit2's own words"; gives the code. Of objects that cannot be read as vcs_damaged(). */
int vcs_error(struct iv_error *error, int code, const char *what);

/* The same of what git's objects should hold, with IV_EIO and a word on what to do. */
int vcs_damaged(struct iv_error *error, const char *what);

/* What to do where a file cannot be read: in a partial clone git has never had it. */
const char *vcs_remedy(git_repository *git);

/* ---- revision.c ---- */

/*
 * What a revision names. IV_ENOTFOUND when there is nothing, IV_EINPUT when it could be several,
 * IV_EREFUSED where git would read another history than libgit2, IV_EIO.
 */
int vcs_find_object(git_object **out, const struct iv_repo *repo, const char *revision,
		    struct iv_error *error);
/* The same of a commit: IV_EINPUT when it is none. */
int vcs_find_commit(git_commit **out, const struct iv_repo *repo, const char *revision,
		    struct iv_error *error);
/* Says so after peeling has failed with that code: IV_EINPUT, or IV_EIO for missing objects. */
int vcs_no_commit(struct iv_error *error, int code, const char *revision);

/* ---- staged.c ---- */

/* What is written from here on is kept in memory while the repository is open; libgit2's code. */
int vcs_keep_in_memory(git_repository *git);

/* ---- tree.c ---- */

/* One file of a flattened tree. */
struct vcs_file {
	const char *path; /* in the vault */
	git_oid id;
	uint16_t mode;
};
struct vcs_files {
	struct vcs_file *items;
	size_t count, capacity;
};
/*
 * The tree of the vault in a commit, or in whatever tree a revision names; *out is NULL when the
 * vault is not in there. Errors as of vcs_find_object().
 */
int vcs_vault_tree(git_tree **out, const struct iv_repo *repo, const git_commit *commit,
		   struct iv_error *error);
int vcs_find_tree(git_tree **out, const struct iv_repo *repo, const char *revision,
		  struct iv_error *error);
/* All files below `tree`, which may be NULL, in byte order of their paths; texts in the arena. */
int vcs_flatten(struct vcs_files *out, struct iv_arena *arena, git_tree *tree,
		struct iv_error *error);

/* What stands at a path; *out is NULL where nothing does, or where there is no tree. IV_EIO. */
int vcs_find_entry(git_tree_entry **out, git_tree *tree, const char *path, struct iv_error *error);

/* A blob's bytes, with a NUL behind them; the caller frees. IV_ELIMIT over IV_NOTE_SIZE_MAX. */
int vcs_read_blob(char **bytes, size_t *len, git_repository *git, const git_oid *id,
		  struct iv_error *error);
/* The same as libgit2 has it, for its filters. */
int vcs_find_blob(git_blob **out, git_repository *git, const git_oid *id, struct iv_error *error);

#endif
