/* Colours of a terminal, words for enums, and the writer that all views share. */
#ifndef IV_VIEW_STYLE_H
#define IV_VIEW_STYLE_H

#include <ivnotes/view.h>

#include "base/str.h"

enum iv_style {
	IV_STYLE_PLAIN,
	IV_STYLE_STRONG,
	IV_STYLE_FAINT,
	IV_STYLE_ERROR,
	IV_STYLE_WARNING,
	IV_STYLE_INFO,
	IV_STYLE_ADDED,
	IV_STYLE_REMOVED
};

/* Adds the text, made visible on one line, in that style where colours are shown. */
void iv_style_text(struct iv_buf *buf, bool color, enum iv_style style, struct iv_str text);
enum iv_style iv_style_of(enum iv_severity severity);

/* Hands the buffer on to view->write and empties it. */
void iv_view_flush(const struct iv_view *view, struct iv_buf *buf);
/* The same once the buffer is large. */
void iv_view_drain(const struct iv_view *view, struct iv_buf *buf);

#endif
