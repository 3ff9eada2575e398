/* The blocks of a body one after the other, for who writes between them. */
#ifndef IV_NOTE_OUTLINE_H
#define IV_NOTE_OUTLINE_H

#include "note/lines.h"

enum iv_block_kind { IV_BLOCK_HEADING, IV_BLOCK_LIST, IV_BLOCK_COMMENT, IV_BLOCK_OTHER };

/* A block that stands in no other one. Lines are those of the body, from 1. */
struct iv_block {
	enum iv_block_kind kind;
	int level; /* of a heading: 1 to 6 */
	size_t first, last;
	size_t last_item; /* of a list: the line on which its last item begins */
};

struct iv_outline {
	struct iv_body_lines lines;
	struct iv_block *items;
	size_t count, capacity;
};

/* Release it in either case. IV_ELIMIT for a body that is too intricate to be read. */
int iv_outline_read(struct iv_outline *out, struct iv_str body, uint32_t first_line);
void iv_outline_release(struct iv_outline *outline);

#endif
