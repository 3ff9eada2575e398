/* Notes that a query chose. */
#ifndef IV_VIEW_ROWS_H
#define IV_VIEW_ROWS_H

#include <ivnotes/index.h>

#include "base/str.h"

/*
 * One JSON object in one line: path, id, type, name and all fields; before them the schema's
 * version where it stands alone.
 */
void iv_view_row_json(struct iv_buf *out, const struct iv_row *row, bool versioned);

/*
 * The named fields (comma-separated; path, id, type, name or any key of the front matter, in any
 * spelling that the notes may use) as one line of tab-separated columns. Lists are joined by ", ",
 * of a [[link]] its text is shown, white space in values becomes single spaces, an absent field is
 * empty, and control characters are visible. Bit n of the answer: column n holds something (of the
 * first 64).
 */
uint64_t iv_view_row_fields(struct iv_buf *out, const struct iv_row *row, const char *fields);

#endif
