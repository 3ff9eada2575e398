/* A YAML tree -> struct iv_value: links repaired, text where text was meant. */
#ifndef IV_NOTE_VALUE_H
#define IV_NOTE_VALUE_H

#include "note/reader.h"
#include "yaml/yaml.h"

/*
 * The value of a field. `source` is what the tree was parsed from. An unquoted [[id]] is read as the scalar
 * that was meant; with `texts` a mapping by accident (`- 2026-10-05 email no: too busy`) is too.
 */
struct iv_value iv_value_of(struct iv_arena *arena, struct iv_str source,
			    const struct iv_yaml_node *node, bool texts);

/* Nothing behind the key: as if it were not there. */
bool iv_value_is_blank(const struct iv_value *value);
/* `none`: an empty list, said in a word. */
bool iv_value_is_none(const struct iv_value *value);
/* The first scalar that is not blank, of the value or of its list; NULL when there is none. */
const struct iv_value *iv_value_scalar(const struct iv_value *value);
/* Item `index` of a list, one value serving as a list; NULL after the last one. */
const struct iv_value *iv_value_item(const struct iv_value *value, size_t index);
/* The item of a mapping with this key (folded), or NULL. */
const struct iv_value *iv_value_at(const struct iv_value *value, const char *key);

/* True where the scalar's text is a stretch of the header's bytes. */
bool iv_value_in_source(const struct iv_reader *reader, const struct iv_value *value);
/* The place of a byte of the scalar's text; the value's own where the text is not the source's. */
struct iv_pos iv_value_pos(const struct iv_reader *reader, const struct iv_value *value,
			   const char *byte);

#endif
