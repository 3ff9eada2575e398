/*
 * Taking the working tree and the index from one tree to another, never over what a person changed:
 * every file that shall change must hold what the old tree says, or already what the new one says, as after
 * a switch that was killed. Files are put in their places whole, all or none; the index follows.
 */
#ifndef IV_VCS_SWITCH_H
#define IV_VCS_SWITCH_H

#include "vcs/worktree.h"
#include "vcs/write.h"

/* A path in a tree or in the index; mode 0: it is not there. */
struct vcs_side {
	git_oid id;
	uint16_t mode;
};

/* A path that two sides could not agree upon: what the index keeps of it. */
struct vcs_conflict {
	const char *path;         /* in the repository */
	struct vcs_side sides[3]; /* base, ours, theirs */
};

struct vcs_step {
	const char *path; /* in the repository */
	struct vcs_side before, after;
	bool overlooked;          /* git was told not to look at the file */
	bool done;                /* the file is as it shall be */
	struct iv_buf now, bytes; /* what the file holds, and shall hold */
};

struct vcs_switch_wish {
	git_tree *from, *to;     /* `from` may be NULL */
	const git_oid *received; /* a commit whose .gitattributes count, too */
	const char *label;       /* of what was received: "origin/main" */
	const struct vcs_conflict *conflicts;
	size_t conflict_count;
};

struct vcs_switch {
	const struct iv_repo *repo;
	const struct vcs_switch_wish *wish;
	struct vcs_index index;
	struct vcs_worktree worktree;
	struct vcs_step *steps; /* sorted by path */
	size_t count, capacity;
	bool touched; /* files were changed */
	struct iv_arena *arena;
};

/*
 * Locks the index and looks whether it can be done; the wish outlives it. The files get what `to` says, the
 * index too, but for the conflicts' stages. IV_EREFUSED, in words that name a file: something is in the
 * way, or is of a kind that ivnotes cannot write. IV_EBUSY, IV_EIO.
 */
int vcs_switch_prepare(struct vcs_switch *out, const struct iv_repo *repo,
		       const struct vcs_switch_wish *wish, struct iv_error *error);
/*
 * Changes the files, all or none, and then symbolic links and modes. IV_ECHANGED when somebody else did
 * meanwhile; after an error `touched` says whether any was changed.
 */
int vcs_switch_files(struct vcs_switch *own, struct iv_error *error);
/* Puts the new index in its place, which ends the lock. */
int vcs_switch_index(struct vcs_switch *own, struct iv_error *error);
void vcs_switch_release(struct vcs_switch *own);

#endif
