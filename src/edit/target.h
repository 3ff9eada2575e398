/* The part of a reference that says which note is meant: where it is written, and a new one. */
#ifndef IV_EDIT_TARGET_H
#define IV_EDIT_TARGET_H

#include "edit/edit.h"

/* A renamed note: its paths in the vault, and its ids. */
struct iv_renamed {
	struct iv_str from, to;       /* without `.md` */
	struct iv_str from_id, to_id; /* the last part of each */
};

/* A stretch of a text that may be a reference's target. */
struct iv_target {
	size_t from, to;
	bool angled; /* a link's destination in < > */
};

struct iv_renamed iv_renamed_of(struct iv_str from, struct iv_str to);

/*
 * The next place at or behind *at where a reference of this form may have its target; false when
 * there is none. `text` is what the whole of a bare reference says.
 */
bool iv_target_next(struct iv_target *out, size_t *at, struct iv_str bytes, enum iv_ref_form form,
		    struct iv_str text, const struct iv_renamed *renamed);

/* What goes in its place, written as the old one is: by id, path, from `folder`, with `.md`. */
struct iv_str iv_target_new(struct iv_arena *arena, struct iv_str old, enum iv_ref_form form,
			    bool angled, struct iv_str folder, const struct iv_renamed *renamed);

/* The same note as seen from another folder; only a path that begins at the note's own changes. */
struct iv_str iv_target_moved(struct iv_arena *arena, struct iv_str old, enum iv_ref_form form,
			      struct iv_str path, struct iv_str folder);

/* Does a reference's key name the note by id or path: the old one, the new one? */
bool iv_means_old(struct iv_arena *arena, const struct iv_ref *ref,
		  const struct iv_renamed *renamed);
bool iv_means_new(struct iv_arena *arena, const struct iv_ref *ref,
		  const struct iv_renamed *renamed);

#endif
