/*
 * A note moves: the references to it, in the bytes of another note or of itself, are made to say
 * where it is. Nothing else of the bytes changes. Names and aliases stay as they are.
 */
#ifndef IV_EDIT_REFERENCE_H
#define IV_EDIT_REFERENCE_H

#include <ivnotes/note.h>

#include "base/str.h"

struct iv_move {
	struct iv_str from, to; /* paths in the vault of the note that moves */
	/* Its id is its name or an alias too, so that the text alone would still mean it. */
	bool named_so;
	/* For each reference of the note that is read the path of what it means, or NULL. */
	const char *const *targets;
	const bool *records; /* for each of its records: it names the note that moves */
	/* Is there a file at this path of the vault? Asked for links to what is no note. */
	bool (*is_file)(void *data, const char *path);
	void *data;
	const struct iv_syntax *syntax;
};

/*
 * Appends the bytes of the note (parsed of `bytes`, which may be that of the note that moves) with
 * its references changed, and counts them. IV_EREFUSED with the place of one that cannot be changed
 * exactly: YAML made it out of other bytes, or would not read it so.
 */
int iv_move_refs(struct iv_buf *out, size_t *count, const struct iv_note *note, struct iv_str bytes,
		 const struct iv_move *how, struct iv_error *error);

/*
 * Could every form of a reference hold this as the id of a note? NULL, or in words what is wrong
 * with it.
 */
const char *iv_move_unfit(struct iv_str id);

#endif
