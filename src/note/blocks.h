/* cmark, with memory that is fast and belongs to one note. */
#ifndef IV_NOTE_BLOCKS_H
#define IV_NOTE_BLOCKS_H

#include <cmark.h>

#include "base/mem.h"
#include "base/str.h"

struct iv_blocks {
	cmark_node *document;
	struct iv_arena *arena; /* holds the tree */
};

/*
 * Parses Markdown. Lines are counted from 1; inlines of the tree are not to be relied on.
 * IV_ELIMIT when the tree would not fit into a sensible amount of memory; there is none then.
 * Release it in either case.
 */
int iv_blocks_parse(struct iv_blocks *out, struct iv_str text);
void iv_blocks_release(struct iv_blocks *blocks);

/* True for blocks that hold blocks. */
bool iv_is_container(cmark_node *node);

#endif
