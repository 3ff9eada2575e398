/* What was found in a revision already. */
#ifndef IV_CMD_SINCE_H
#define IV_CMD_SINCE_H

#include "cmd/frame/baseline.h"

/*
 * Asks the notes of a revision the same, under the settings and on the day of now; `keep` as in
 * findings_filter(). 0, or an exit status with the reason printed. Free with baseline_free().
 */
int since_read(struct baseline **out, struct cmd *cmd, const char *revision,
	       const struct iv_finding_query *query,
	       bool (*keep)(const struct iv_finding *finding, const void *data), const void *data);

#endif
