/* Paragraphs, items and quotations of Markdown that reads well as it stands, on a terminal too. */
#ifndef IV_VIEW_PROSE_H
#define IV_VIEW_PROSE_H

#include "base/str.h"

#define IV_PROSE_WIDTH 78

/*
 * Adds Markdown as a paragraph or an item of a list, in lines of at most that many columns where
 * there are spaces to break at: `mark` stands before the first, as many spaces, or a mark
 * of quotation again, before the others.
 * No line is broken before what would begin a block there.
 */
void iv_prose_item(struct iv_buf *out, const char *mark, struct iv_str markdown);

/* Quotes Markdown of other hands, line by line; control characters become visible. */
void iv_prose_quote(struct iv_buf *out, struct iv_str markdown);

/* "Wed 18 Nov 2026" */
void iv_prose_day(struct iv_buf *out, iv_day day);
/* "10:05" */
void iv_prose_time(struct iv_buf *out, int minute);
/* A person's text on one line behind what is there, a [[link]] as one reads it; nothing for NULL. */
void iv_prose_text(struct iv_buf *out, const char *text);
/* An address as a link, where nothing in it could end one. */
void iv_prose_url(struct iv_buf *out, const char *url);

#endif
