/* Lists of a header, in brackets or in lines with dashes: where their items stand. */
#ifndef IV_EDIT_LIST_H
#define IV_EDIT_LIST_H

#include "edit/value.h"

/* Puts a text behind the last item of the value, whatever that is now. */
int iv_list_add(struct iv_change *change, struct iv_str text, struct iv_error *error);
/* Puts a text before an item that is there. */
int iv_list_insert(struct iv_change *change, size_t index, struct iv_str text,
		   struct iv_error *error);
/* Puts a text in place of an item that is there. */
int iv_list_replace(struct iv_change *change, size_t index, struct iv_str text,
		    struct iv_error *error);
/* Takes an item out; without its last one the key is blank. */
int iv_list_remove(struct iv_change *change, size_t index, struct iv_error *error);

/* The dash before an item of a list in lines, with nothing but space before it; SIZE_MAX. */
size_t iv_item_dash(const struct iv_head *head, const struct iv_yaml_node *item);

#endif
