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

/* "what: libgit2's own words"; gives the code. */
int vcs_error(struct iv_error *error, int code, const char *what);

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
/* All files below `tree`, which may be NULL, in byte order of their paths; texts in the arena. */
int vcs_flatten(struct vcs_files *out, struct iv_arena *arena, git_tree *tree,
		struct iv_error *error);

/* A blob's bytes, with a NUL behind them; the caller frees. IV_ELIMIT over IV_NOTE_SIZE_MAX. */
int vcs_read_blob(char **bytes, size_t *len, git_repository *git, const git_oid *id,
		  struct iv_error *error);

#endif
