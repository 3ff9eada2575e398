/* What check and agenda share: choosing findings by their options, and showing them. */
#ifndef IV_CMD_FINDINGS_H
#define IV_CMD_FINDINGS_H

#include "cmd/cmd.h"

/* The rule of that id, or CMD_USAGE and a word about it. */
int findings_rule(const struct iv_rule **out, const struct cmd *cmd, const char *id);

/*
 * The rule ids of --rule, NULL-ended and owned by cmd; *out is NULL when none was given.
 * CMD_USAGE for one that does not exist, CMD_FAILED when the queries of all of them failed.
 */
int findings_rules(const char *const **out, struct cmd *cmd);

/*
 * Notes and folders that words name, as iv_finding_query wants them; *out is NULL for all of the
 * vault. Free with findings_paths_free(). CMD_FAILED for what is no note here.
 */
int findings_paths(char ***out, struct cmd *cmd, int count, char **words);
void findings_paths_free(char **paths);

/* So many days later, or the last day of the calendar. */
iv_day findings_later(iv_day day, int days);

/*
 * What holds of the note, and of the person whose it is, today or within sixty days: whatever a
 * page about them, or a word on what is owed next, has to know.
 */
int findings_about(struct iv_findings *out, struct cmd *cmd, const char *path,
		   struct iv_error *error);

/* Drops the findings that `keep` does not want; their order stays. */
void findings_filter(struct iv_findings *findings,
		     bool (*keep)(const struct iv_finding *finding, const void *data),
		     const void *data);

/* What check shows from a severity on: what is wrong, and what is late; the rest is the agenda's. */
bool findings_is_wrong(const struct iv_finding *finding, enum iv_severity from);
/* "1 error, 2 warnings", or "nothing wrong, nothing overdue". */
void findings_count(struct iv_buf *out, const struct iv_findings *findings);

/* Shows them as cmd->format says, if the command has any; text by the day for the agenda, else a line each. */
void findings_show(struct cmd *cmd, const struct iv_findings *findings, iv_day from, iv_day to,
		   bool agenda);

#endif
