/* The net under every edit: the new bytes are read, and must say what was wanted, and nothing else. */
#ifndef IV_EDIT_VERIFY_H
#define IV_EDIT_VERIFY_H

#include "edit/edit.h"

/*
 * 0 when `after`, read from `bytes`, differs from the edit's note as expected and in nothing else;
 * else IV_EREFUSED.
 */
int iv_verify(const struct iv_edit *edit, const struct iv_note *after, struct iv_str bytes,
	      const struct iv_expect *expect, struct iv_error *error);

/* Equal but for their places. */
bool iv_same_value(const struct iv_value *a, const struct iv_value *b);
bool iv_same_task(const struct iv_task *a, const struct iv_task *b);
bool iv_same_record(const struct iv_record *a, const struct iv_record *b);

/* What the body said before is there, in its order; there may be more. */
bool iv_says_all(const struct iv_note *before, const struct iv_note *after);

#endif
