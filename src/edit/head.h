/* Where the keys of a header stand, and where a new one goes. */
#ifndef IV_EDIT_HEAD_H
#define IV_EDIT_HEAD_H

#include "edit/edit.h"
#include "note/fields.h"
#include "yaml/yaml.h"

/* A key of the header; offsets are those of the note's bytes. */
struct iv_entry {
	struct iv_str key;  /* as written */
	struct iv_str name; /* canonical, or folded */
	const struct iv_field_def *def;
	const struct iv_field *field; /* of the note; NULL for one that it leaves out */
	const struct iv_yaml_node *value;
	size_t line;       /* where the key's line begins */
	size_t colon;      /* behind the colon */
	size_t start, end; /* of the value */
	size_t after;      /* the beginning of the line behind its last one */
	bool odd;          /* an alias, an anchor, a tag, `? key`: not to be touched */
};

struct iv_head {
	const struct iv_edit *edit;
	bool present;
	size_t from, to;      /* the lines between the --- lines */
	struct iv_str indent; /* of the keys */
	struct iv_entry *entries;
	size_t count;
};

/* Memory is the edit's arena. IV_EREFUSED when the header cannot be read as a whole. */
int iv_head_read(struct iv_head *out, const struct iv_edit *edit, struct iv_error *error);

/*
 * The entry that a key names; *out is NULL when there is none. IV_EREFUSED when there are two of
 * them, or when it is an odd one. IV_EINPUT when no header can hold the key.
 */
int iv_head_find(struct iv_entry **out, const struct iv_head *head, const char *key,
		 struct iv_error *error);

/* The canonical name of a key, in the edit's arena, and its row in the table or NULL. */
struct iv_str iv_head_name(const struct iv_field_def **def, const struct iv_edit *edit,
			   struct iv_str key);

/* What the table says of a canonical name; in a note of no type a key may be a field of any. */
const struct iv_field_def *iv_head_def(struct iv_str name, enum iv_type type);

/*
 * Puts a new key where it belongs; `rest` is what stands behind the colon, without the last line
 * end. Makes the header if there is none.
 */
void iv_head_insert(struct iv_draft *draft, const struct iv_head *head, const char *key,
		    struct iv_str rest);

/* The offset in the note of a node's beginning and end. */
size_t iv_node_start(const struct iv_head *head, const struct iv_yaml_node *node);
size_t iv_node_end(const struct iv_head *head, const struct iv_yaml_node *node);
struct iv_str iv_node_raw(const struct iv_head *head, const struct iv_yaml_node *node);
/* An anchor or a tag stands before it. */
bool iv_node_is_odd(const struct iv_head *head, const struct iv_yaml_node *node);

/* How the header writes the lists of people and words: in lines, with this indentation? */
bool iv_head_has_dashes(const struct iv_head *head, const struct iv_entry *entry,
			const struct iv_field_def *def, struct iv_str *indent);

#endif
