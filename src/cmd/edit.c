/* edit: a note in the person's editor, and what check has to say about it then. */
#include <stdlib.h>
#include <string.h>

#include "cmd/frame/editor.h"
#include "cmd/frame/findings.h"
#include "cmd/frame/frame.h"

static int run(struct cmd *cmd, int count, char **words);

const struct command cmd_edit = {
	.name = "edit",
	.group = GROUP_RECORD,
	.summary = "open a note in your editor, and check it afterwards",
	.usage = "REF[:LINE]",
	.min = 1,
	.max = 1,
	.operands = {OPERAND_NOTE},
	.needs = CMD_INDEX | CMD_PRESENT,
	.run = run,
};

static bool is_wrong(const struct iv_finding *finding, const void *data)
{
	(void)data;
	return findings_is_wrong(finding, IV_WARNING);
}

/* What check shows of the note. */
static int find(struct iv_findings *out, struct cmd *cmd, const char *path, struct iv_error *error)
{
	const char *const paths[] = {path, NULL};
	struct iv_finding_query query = {.from = cmd->today,
					 .to = cmd->today,
					 .today = cmd->today,
					 .least = IV_WARNING,
					 .paths = paths};
	int rc = iv_findings(out, cmd->index, cmd->rules, &query, error);
	if (!rc)
		findings_filter(out, is_wrong, NULL);
	return rc;
}

/* Lines move while one writes; a finding is the same one where it says the same. */
static bool is_new(const struct iv_finding *finding, const void *data)
{
	const struct iv_findings *before = data;
	for (size_t i = 0; i < before->count; i++)
		if (before->items[i].rule == finding->rule &&
		    strcmp(before->items[i].message, finding->message) == 0)
			return false;
	return true;
}

static bool is_there(struct cmd *cmd, const char *path)
{
	struct iv_buf bytes = IV_BUF_INIT;
	int rc = cmd_read(&bytes, cmd, path, NULL);
	iv_buf_release(&bytes);
	return rc != IV_ENOTFOUND;
}

/* What is new, and unless the editor failed, how the note stands. */
static void tell(struct cmd *cmd, const char *path, const struct iv_findings *before,
		 struct iv_findings *after, bool failed)
{
	struct iv_buf line = IV_BUF_INIT;
	char *seen = cmd_relative(cmd, path);

	findings_count(&line, after);
	findings_filter(after, is_new, before);
	findings_show(cmd, after, IV_NO_DAY, IV_NO_DAY, false);
	cmd_flush(cmd);
	if (!is_there(cmd, path))
		cmd_say(cmd, "'%s' is no longer there", seen);
	else if (!failed)
		cmd_say(cmd, "%s: %s", seen, line.ptr);
	free(seen);
	iv_buf_release(&line);
}

static int edit(struct cmd *cmd, const char *path, unsigned line)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_findings before = {0}, after = {0};
	int rc = find(&before, cmd, path, &error), status = CMD_OK;

	if (!rc)
		status = editor_open(cmd, path, line);
	if (!rc)
		rc = iv_refresh(cmd->index, cmd->rules, cmd->source, cmd->today, &cmd->read,
				&error);
	if (!rc)
		rc = find(&after, cmd, path, &error);
	if (!rc)
		tell(cmd, path, &before, &after, status != CMD_OK);
	iv_findings_release(&before);
	iv_findings_release(&after);
	return rc ? cmd_fail(cmd, &error) : status;
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct iv_error error = IV_ERROR_INIT;
	char *path = NULL;
	unsigned line = 0;
	int status;

	(void)count;
	if (cmd_resolve_line(&path, &line, cmd, words[0], &error))
		return cmd_fail(cmd, &error);
	status = edit(cmd, path, line);
	free(path);
	return status;
}
