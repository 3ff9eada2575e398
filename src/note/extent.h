/* The lines of the body that a block takes, where cmark's own are wrong. */
#ifndef IV_NOTE_EXTENT_H
#define IV_NOTE_EXTENT_H

#include <cmark.h>

#include "note/lines.h"

/* Numbers of lines of the body, from 1. */
size_t iv_block_first(const struct iv_body_lines *lines, cmark_node *node);
/* Without the blank lines behind it. */
size_t iv_block_last(const struct iv_body_lines *lines, cmark_node *node);

#endif
