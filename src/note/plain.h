/*
 * Markdown as one would read it aloud: what patterns about what people say are compared with.
 */
#ifndef IV_NOTE_PLAIN_H
#define IV_NOTE_PLAIN_H

#include "base/str.h"

/* A question or a letter that goes on for longer is read no further. */
#define IV_PLAIN_MAX ((size_t)8192)

/*
 * Fills *out, which is empty, with the words of a text, which is UTF-8: white space is one space,
 * and a line end between paragraphs and items of lists; quotes, dashes and apostrophes are those of ASCII; marks of
 * emphasis, headings, lists and quotations, comments, tags and the destinations of links are gone.
 */
void iv_plain_text(struct iv_buf *out, struct iv_str text);

#endif
