/* UTF-8: validation, comparison keys, columns, and text that is safe on a terminal. */
#ifndef IV_BASE_UTF8_H
#define IV_BASE_UTF8_H

#include "base/mem.h"
#include "base/str.h"

/* Offset of the first byte that is not valid UTF-8 (RFC 3629), or SIZE_MAX. */
size_t iv_utf8_invalid(struct iv_str text);
/* The same of the first byte that no text has: NUL counts too. */
size_t iv_utf8_no_text(struct iv_str bytes);
/* Length in bytes of the code point at the start; 1 for a stray byte, 0 at the end. */
size_t iv_utf8_next(struct iv_str text);
/* Code points before byte offset `bytes`. */
size_t iv_utf8_count(struct iv_str text, size_t bytes);

/*
 * The form in which ids, names and aliases are compared: Unicode NFC and case folding (utf8proc),
 * runs of white space as one space. ASCII takes a short way. Invalid UTF-8 is copied as it is.
 */
struct iv_str iv_fold(struct iv_arena *arena, struct iv_str text);

/*
 * A front-matter key: folded, with '_' and ' ' as '-'.
 */
struct iv_str iv_fold_key(struct iv_arena *arena, struct iv_str text);

/*
 * Text for a terminal: control characters (C0 but tab and newline, DEL, C1), bidi overrides and
 * invalid bytes as visible escapes (\x1b, \u202e). `newlines`: also escape line ends.
 */
void iv_buf_visible(struct iv_buf *buf, struct iv_str text, bool newlines);
/* Columns that a terminal gives the text. */
size_t iv_utf8_width(struct iv_str text);

#endif
