/* What the rules would say of a note that is not written yet. */
#ifndef IV_CMD_DRAFT_TRIAL_H
#define IV_CMD_DRAFT_TRIAL_H

#include "cmd/cmd.h"

/*
 * Findings of the note at `path` as if it held these bytes, among the notes that it names
 * (`related`, paths): enough for rules of scope `note`. In memory; nothing is written. `rules` are ids,
 * NULL-ended. Release the findings in any case.
 */
int trial_findings(struct iv_findings *out, struct cmd *cmd, const char *path, struct iv_str bytes,
		   const char *const *related, size_t related_count, const char *const *rules,
		   struct iv_error *error);

#endif
