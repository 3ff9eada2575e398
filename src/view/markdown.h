/* People's texts inside Markdown that ivnotes writes. */
#ifndef IV_VIEW_MARKDOWN_H
#define IV_VIEW_MARKDOWN_H

#include "base/str.h"

/*
 * Adds the text as one line that CommonMark shows as it is: what would begin a construct is
 * escaped, white space becomes single spaces, control characters and bytes that are no UTF-8
 * become visible. It may stand anywhere in a paragraph, its start included.
 */
void iv_markdown_text(struct iv_buf *out, struct iv_str text);

#endif
