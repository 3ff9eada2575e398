/* What an earlier check found, to tell what is new since. */
#ifndef IV_CMD_BASELINE_H
#define IV_CMD_BASELINE_H

#include "cmd/cmd.h"

struct baseline;

/*
 * Reads what `check --format=json` or jsonl printed. IV_EINPUT, located, for anything else; and as
 * iv_file_read().
 */
int baseline_read(struct baseline **out, const char *path, struct iv_error *error);
/* Of findings that are at hand. */
struct baseline *baseline_of(const struct iv_findings *findings);
void baseline_free(struct baseline *baseline);

/*
 * Drops the findings that it has: of the same rule, note (by id) and message, as many as there
 * were then, so that lines and folders may change. How many these are.
 */
size_t baseline_drop(const struct baseline *baseline, struct iv_findings *findings);

#endif
