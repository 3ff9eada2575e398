/* When records were first committed, for the one rule that reads history. */
#ifndef IV_INDEX_RECORDED_H
#define IV_INDEX_RECORDED_H

#include "index/update.h"

/* Is what the index has of it other than what it was given? */
bool iv_recorded_differs(struct iv_index *index);
/* Puts it into table recorded, in the transaction that is open. */
int iv_recorded_write(struct iv_index *index, struct iv_error *error);
void iv_recorded_release(struct iv_index *index);

#endif
