/* Lines that a search found. */
#ifndef IV_VIEW_HITS_H
#define IV_VIEW_HITS_H

#include "base/str.h"

/*
 * `path:line:col:text`, control characters visible; the column counts bytes. `path` is as seen
 * from where the person stands.
 */
void iv_view_hit(struct iv_buf *out, const char *path, struct iv_pos pos, struct iv_str line);

/*
 * The same as one JSON object in one line: path in the vault, column in code points; before them
 * the schema's version where it stands alone.
 */
void iv_view_hit_json(struct iv_buf *out, const char *path, struct iv_pos pos, struct iv_str line,
		      bool versioned);

#endif
