/*
 * Regular expressions: PCRE2 with JIT where available, UTF, and limits on matching steps
 * and time, so that a hostile pattern or text ends with IV_ELIMIT instead of hanging.
 */
#ifndef IV_BASE_PATTERN_H
#define IV_BASE_PATTERN_H

#include "base/str.h"

struct iv_pattern;

/* IV_EINPUT with PCRE2's own words and the offset when the pattern is malformed. */
int iv_pattern_new(struct iv_pattern **out, struct iv_str pattern, bool ignore_case,
		   struct iv_error *error);
/*
 * The same for texts that hold ASCII alone, in which it finds what the other would, in down to a
 * third of the time: word boundaries are no question of Unicode there. IV_EINPUT, too, for a
 * pattern that is not ASCII itself.
 */
int iv_pattern_new_ascii(struct iv_pattern **out, struct iv_str pattern, bool ignore_case,
			 struct iv_error *error);
void iv_pattern_free(struct iv_pattern *pattern);
/* As iv_pattern_new(), without a pattern to use. */
int iv_pattern_check(struct iv_str pattern, struct iv_error *error);

/* Per-thread matching state. */
struct iv_match;
struct iv_match *iv_match_new(const struct iv_pattern *pattern);
void iv_match_free(struct iv_match *match);

/*
 * Looks for the pattern from byte `from` on. 1 found (*start and *end in bytes), 0 not, IV_ELIMIT over
 * the limits, IV_EINPUT when the text is no UTF-8. `checked`: the caller knows it is valid UTF-8.
 */
int iv_pattern_find(const struct iv_pattern *pattern, struct iv_match *match, struct iv_str text,
		    size_t from, bool checked, size_t *start, size_t *end);

#endif
