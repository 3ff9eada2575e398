/*
 * Many patterns at once: is one of them in a text? Most texts hold none of them, so what a pattern
 * cannot do without (runs of letters that stand in it as they are) is looked for first, in a
 * summary of the text, and a pattern is compiled only when a text has all of that.
 */
#ifndef IV_BASE_PATTERNS_H
#define IV_BASE_PATTERNS_H

#include "base/needs.h"
#include "base/pattern.h"

struct iv_patterns;

/* A pattern a line; lines that are blank or begin with '#' are none. The text must outlive them. */
struct iv_patterns *iv_patterns_new(struct iv_str lines);
void iv_patterns_free(struct iv_patterns *patterns);

/* Does each line compile? IV_EINPUT with error->pos.line, from 1, of the first that does not. */
int iv_patterns_check(struct iv_str lines, struct iv_error *error);

/*
 * Looks for any of them from byte `from` on, case ignored: 1 found (*start and *end as
 * iv_pattern_find() gives them, of the first pattern that is there), 0 none. `gist` is of the same
 * text, which is valid UTF-8. IV_EINPUT with error->pos.line, counted from 1, for a line that is
 * malformed. IV_ELIMIT when one went over the limits and none of the others is there; a pattern
 * that did so too often is not tried again.
 */
int iv_patterns_find(struct iv_patterns *patterns, const struct iv_gist *gist, struct iv_str text,
		     size_t from, size_t *start, size_t *end, struct iv_error *error);

#endif
