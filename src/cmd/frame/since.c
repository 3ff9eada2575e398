#include "cmd/frame/since.h"

#include <ivnotes/vcs.h>

#include "cmd/frame/findings.h"
#include "cmd/frame/frame.h"

static int find(struct iv_findings *out, struct cmd *cmd, struct iv_index *index,
		struct iv_source *source, const struct iv_finding_query *query,
		struct iv_error *error)
{
	int rc = iv_refresh(index, cmd->rules, source, cmd->today, NULL, error);
	output_progress_end(cmd);
	return rc ? rc : iv_findings(out, index, cmd->rules, query, error);
}

/* In an index of its own, beside the one on the disk. */
static int find_beside(struct iv_findings *out, struct cmd *cmd, struct iv_source *source,
		       const struct iv_finding_query *query, struct iv_error *error)
{
	const struct iv_index_talk talk = {output_progress, output_warn, cmd};
	struct iv_index *index = NULL;
	int rc = iv_index_open(&index, cmd->vault, NULL, false, &talk, error);
	if (!rc)
		rc = find(out, cmd, index, source, query, error);
	iv_index_close(index);
	return rc;
}

/* An index of another revision is in memory: it goes there and comes back, by what differs. */
static int find_there(struct iv_findings *out, struct cmd *cmd, struct iv_source *source,
		      const struct iv_finding_query *query, struct iv_error *error)
{
	int rc = find(out, cmd, cmd->index, source, query, error);
	return rc ? rc : iv_refresh(cmd->index, cmd->rules, cmd->source, cmd->today, NULL, error);
}

int since_read(struct baseline **out, struct cmd *cmd, const char *revision,
	       const struct iv_finding_query *query,
	       bool (*keep)(const struct iv_finding *finding, const void *data), const void *data)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_findings then = {0};
	struct iv_source *source = NULL;
	int rc = cmd_open(cmd, CMD_REPOSITORY);
	if (rc)
		return rc;
	rc = iv_repo_source(&source, cmd->repo, revision, cmd->config, &error);
	if (!rc)
		rc = (cmd->revision ? find_there : find_beside)(&then, cmd, source, query, &error);
	if (source)
		source->close(source);
	if (rc)
		return cmd_fail(cmd, &error);
	findings_filter(&then, keep, data);
	*out = baseline_of(&then);
	iv_findings_release(&then);
	return 0;
}
