/* Lists that are merged item by item: their bytes. */
#ifndef IV_MERGE_ROWS_H
#define IV_MERGE_ROWS_H

#include "merge/front.h"

/*
 * Appends the key's lines with the list of its plan. Lists in lines keep the comments and the style
 * of each item, and only the items that differ stand between markers; others become what an edit
 * of ours makes of them. False when that cannot be done without losing something; `out` may then
 * hold a part of it.
 */
bool iv_rows_merge(struct iv_sides *out, const struct iv_versions *versions,
		   const struct iv_spot *place, const struct iv_markers *markers);

#endif
