/* Changes of one field's value: what is to be read afterwards, and the bytes of scalars. */
#ifndef IV_EDIT_VALUE_H
#define IV_EDIT_VALUE_H

#include "edit/head.h"
#include "edit/quote.h"

/* A change of one key, while it is made. */
struct iv_change {
	struct iv_edit *edit;
	struct iv_head head;
	struct iv_entry *entry; /* NULL: the key is not there */
	const struct iv_field_def *def;
	struct iv_str name;
	const char *key; /* as given */
	struct iv_draft draft;
};

/* Reads the header and finds the key. Ends with iv_change_end(), whatever it returns. */
int iv_change_begin(struct iv_change *out, struct iv_edit *edit, const char *key,
		    struct iv_error *error);
/* Takes the draft if the field reads as `value` then; NULL: it is blank or gone. */
int iv_change_take(struct iv_change *change, const struct iv_value *value, struct iv_error *error);
/* `by_hand` is what to do where the change is refused. Returns rc. */
int iv_change_end(struct iv_change *change, int rc, struct iv_error *error, struct iv_str by_hand);
/* The same where that is to type a text: `item`: as one more below the key, else as its value. */
int iv_change_end_with(struct iv_change *change, int rc, struct iv_error *error, struct iv_str text,
		       bool item);

/* The value as the note reads it; a blank scalar when there is none. */
const struct iv_value *iv_change_value(const struct iv_change *change);
/* A blank value, or `none`. */
bool iv_change_is_free(const struct iv_change *change);

/* The value with an item put at `index`: in place of the one there, or behind the last one. */
const struct iv_value *iv_value_with(struct iv_arena *arena, const struct iv_value *list,
				     size_t index, struct iv_str text);
/* The value with an item put before the one at `index`. */
const struct iv_value *iv_value_before(struct iv_arena *arena, const struct iv_value *list,
				       size_t index, struct iv_str text);
/* The value without its item; NULL without its last one. */
const struct iv_value *iv_value_without(struct iv_arena *arena, const struct iv_value *list,
					size_t index);

/* Puts the text in place of a scalar, in its style. IV_EREFUSED for a block with a comment. */
int iv_scalar_replace(struct iv_change *change, const struct iv_yaml_node *node, bool flow,
		      struct iv_str text, struct iv_error *error);
/* Fills a place without value, behind `at`, which follows a colon or a dash. */
void iv_scalar_fill(struct iv_change *change, size_t at, struct iv_str scalar);
/* Leaves the key blank. */
void iv_value_clear(struct iv_change *change);

#endif
