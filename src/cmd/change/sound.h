/*
 * Is it sound what a command would write? What the parser alone can see is refused before; what
 * depends on other notes, as a link to none, is told behind, since the other one may be made next.
 */
#ifndef IV_CMD_SOUND_H
#define IV_CMD_SOUND_H

#include "cmd/change/change.h"

/* IV_EREFUSED for what the parser says of the new bytes and did not say of the old ones. */
int sound_check(const struct change *change, struct iv_error *error);

/* What holds today in the notes that change, by the index as it is. */
int sound_broken(struct iv_findings *out, const struct change *change, struct iv_error *error);
/* Says on stderr what is broken now and was not before. */
void sound_tell(const struct cmd *cmd, const struct iv_findings *before,
		const struct iv_findings *after);

#endif
