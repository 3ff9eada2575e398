/*
 * The commits that a revision rests on, newest first in git's order, and the notes that each of
 * them changed. Trees are compared by hand, entry by entry, and only where their ids differ.
 */
#ifndef IV_VCS_WALK_H
#define IV_VCS_WALK_H

#include "base/map.h"
#include "vcs/vcs.h"

/* ---- commits ---- */

/* Who wrote a commit, and when. */
struct vcs_when {
	int64_t seconds; /* since 1970 */
	int zone;        /* minutes east of Greenwich */
};

/* Texts live as long as the walk. */
struct vcs_commit {
	git_oid id, tree;
	const git_oid *parents;
	size_t parent_count;
	int64_t time; /* of the committer: what the order goes by */
	struct vcs_when when;
	struct iv_str author, email, subject;
	bool cut;   /* a shallow clone ends here: what its parents held is not known */
	bool known; /* to whom the walk asked: tree and texts are not set */
};

/* Does somebody know this commit already? Then its parents and its time, to be copied. */
typedef bool (*vcs_known_fn)(void *data, const git_oid *id, struct vcs_commit *out);

struct vcs_walk {
	const struct iv_repo *repo;
	git_odb *odb;
	struct iv_arena *arena;
	struct iv_map seen; /* from ids to `trees` */
	git_oid *trees;     /* of what was seen; zero for what is known */
	size_t seen_count, tree_capacity;
	struct iv_map shallow;
	struct vcs_pending *heap; /* commits to come, the newest on top */
	size_t count, capacity;
	vcs_known_fn known; /* or NULL */
	void *data;
};

/*
 * Begins with what the revision names. Errors as of iv_repo_revision(). Release it in any case.
 */
int vcs_walk_begin(struct vcs_walk *walk, struct iv_repo *repo, const char *revision,
		   vcs_known_fn known, void *data, struct iv_error *error);
/* With what another revision names, too. The same errors. */
int vcs_walk_add(struct vcs_walk *walk, const char *revision, struct iv_error *error);
/* 1 and the next commit, or 0. IV_EIO for one that is missing or damaged. */
int vcs_walk_next(struct vcs_commit *out, struct vcs_walk *walk, struct iv_error *error);
void vcs_walk_release(struct vcs_walk *walk);

/* ---- what they changed ---- */

/* Where a note was before and is after; zero ids where it was not, or is no more. */
struct vcs_move {
	const char *path; /* in the vault; of one that is gone its last */
	const char *from; /* its path before where that is another, else NULL */
	git_oid before, after;
};

struct vcs_moves {
	struct vcs_move *items; /* sorted by path */
	size_t count, capacity;
	struct iv_arena *arena;
};
void vcs_moves_release(struct vcs_moves *moves);

/* A few trees as they are in the object database: the next commit's parent is this one's. */
#define VCS_TREES_KEPT 32
struct vcs_trees {
	git_odb *odb;
	bool all;     /* the vault's settings, and whether a file may be run, count too */
	bool trusted; /* a tree is not hashed anew, to see that it is the one of its id */
	struct vcs_kept_tree {
		git_oid id;
		git_odb_object *object;
		uint64_t used;
	} kept[VCS_TREES_KEPT];
	uint64_t clock;
};
void vcs_trees_init(struct vcs_trees *trees, git_odb *odb);
void vcs_trees_release(struct vcs_trees *trees);

/*
 * The notes that the tree `now` holds otherwise than each of `before`: what equals one of these is
 * no change. IV_EIO for a tree that is missing or damaged.
 */
int vcs_trees_compare(struct vcs_moves *out, struct vcs_trees *trees, const struct iv_repo *repo,
		      const git_oid *now, const git_oid *before, size_t count,
		      struct iv_error *error);

/* The same of a commit that the walk gave. Release the moves in any case. */
int vcs_walk_compare(struct vcs_moves *out, struct vcs_trees *trees, const struct vcs_walk *walk,
		     const struct vcs_commit *commit, struct iv_error *error);

/* Makes one move of a note that went and one that came, where they are the same: see moved.h. The
 * vault's settings stay where they are. */
void vcs_moves_pair(struct vcs_moves *moves, const struct iv_repo *repo);

#endif
