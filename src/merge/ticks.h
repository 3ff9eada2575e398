/*
 * Ticks, apart from the lines in which they stand: neighbours that were ticked on different sides,
 * and a task that one side ticked while the other gave it another day, are no conflict.
 */
#ifndef IV_MERGE_TICKS_H
#define IV_MERGE_TICKS_H

#include "merge/version.h"

/*
 * Gives the boxes of tasks that all three texts have the state that one side gave them, in all
 * three. Lengths do not change. Tasks that may be meant or not are left alone.
 */
void iv_ticks_share(struct iv_buf texts[IV_VERSIONS], struct iv_str path,
		    const struct iv_syntax *syntax);

#endif
