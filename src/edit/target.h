/* How a reference is written that means a note at another path. */
#ifndef IV_EDIT_TARGET_H
#define IV_EDIT_TARGET_H

#include <ivnotes/note.h>

#include "base/mem.h"
#include "base/str.h"

/* What must be encoded in it. */
enum iv_target_form {
	IV_TARGET_NAME,   /* nothing: bare, or in [[…]] */
	IV_TARGET_LINK,   /* (destination) */
	IV_TARGET_ANGLED, /* (<destination>) */
};

/* A move, seen from a note that may be the one that moves. All are paths in the vault. */
struct iv_step {
	struct iv_str from, to;
	struct iv_str here, here_after; /* of the note that speaks */
};

/* `people/jane.md` -> `jane`. */
struct iv_str iv_target_id(struct iv_str path);

/* What a bare reference or the inside of [[…]] becomes, written alike: as short, with `.md`. */
struct iv_str iv_target_name(struct iv_arena *arena, const struct iv_step *move,
			     struct iv_str written);

/* What a link's destination becomes: as it was, as far as it can be. */
struct iv_str iv_target_link(struct iv_arena *arena, const struct iv_step *move,
			     struct iv_str written, enum iv_target_form form);

/*
 * What the destination of something that stays where it is becomes when the note that speaks
 * moves. `path` is where the destination leads to.
 */
struct iv_str iv_target_from(struct iv_arena *arena, const struct iv_step *move,
			     struct iv_str written, struct iv_str path, enum iv_target_form form);

#endif
