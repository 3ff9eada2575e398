/* Lists as ordered sets: what both sides added, less what either removed. */
#ifndef IV_MERGE_SET_H
#define IV_MERGE_SET_H

#include "merge/plan.h"

/* How the items of a list are known again once they have changed. */
enum iv_items {
	IV_ITEMS_TEXTS,   /* not at all: another text is another item */
	IV_ITEMS_REFS,    /* by the note they mean */
	IV_ITEMS_LEADS,   /* by their first words, or their place */
	IV_ITEMS_RECORDS, /* by their day, or their place */
};

/*
 * Fills the plan's slots. False where it cannot be told what was meant: both sides put the items
 * in other orders, or there are too many of them.
 */
bool iv_set_merge(struct iv_plan *plan, struct iv_arena *arena, enum iv_items kind);

#endif
