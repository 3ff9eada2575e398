/* Records that were written as mappings: {date: 2026-10-05, via: email}. */
#ifndef IV_EDIT_MAPPING_H
#define IV_EDIT_MAPPING_H

#include "edit/edit.h"

/* Sets the keys of an item, which is a mapping, so that it says what the record on a line says. */
int iv_mapping_replace(struct iv_edit *edit, const char *key, size_t index, struct iv_str text,
		       struct iv_error *error);

#endif
