/* show: one person or note on one page. */
#include <stdlib.h>
#include <string.h>

#include "cmd/frame/findings.h"
#include "cmd/frame/then.h"
#include "view/note.h"

static int run(struct cmd *cmd, int count, char **words);

static const char *const formats[] = {"text", "json", NULL};

const struct command cmd_show = {
	.name = "show",
	.group = GROUP_ASK,
	.summary = "show a person or a note on one page",
	.usage = "REF[@REV] ...",
	.formats = formats,
	.min = 1,
	.max = -1,
	.operands = {OPERAND_NOTE},
	.needs = CMD_INDEX,
	.run = run,
};

/* `apart`: another page stands above. */
static int show_page(struct cmd *cmd, const struct iv_note *note, const char *path, bool apart,
		     struct iv_error *error)
{
	struct iv_findings findings = {0};
	struct iv_events events = {0};
	char *relative = cmd_relative(cmd, path);
	struct iv_page page = {
		.note = note,
		.events = &events,
		.findings = &findings,
		.path = relative,
		.today = cmd->today,
		.color = cmd->color,
	};
	int rc = findings_about(&findings, cmd, path, error);
	if (!rc && note->type == IV_TYPE_CONTACT)
		rc = iv_index_events(&events, cmd->index, path, IV_NO_DAY, IV_NO_DAY, error);
	if (!rc) {
		iv_buf_puts(&cmd->out, apart ? "\n" : "");
		iv_view_page(&cmd->out, &page);
	}
	iv_findings_release(&findings);
	iv_events_release(&events);
	free(relative);
	return rc;
}

static int show_note(struct cmd *cmd, const char *path, bool apart, struct iv_error *error)
{
	struct iv_buf bytes = IV_BUF_INIT;
	struct iv_note *note = NULL;
	int rc = cmd_read(&bytes, cmd, path, error);
	if (!rc)
		note = iv_note_parse(iv_str_of(path), iv_buf_view(&bytes),
				     iv_config_syntax(cmd->config));
	if (!rc && strcmp(cmd->format, "json") == 0) {
		iv_view_note_json(&cmd->out, note, iv_buf_view(&bytes));
		iv_buf_putc(&cmd->out, '\n');
	} else if (!rc) {
		rc = show_page(cmd, note, path, apart, error);
	}
	iv_note_free(note);
	iv_buf_release(&bytes);
	return rc;
}

/* `*then`: the revision of a word before, for the next one. The errors of then_resolve(). */
static int show(struct cmd *cmd, struct cmd **then, const char *word, bool apart,
		struct iv_error *error)
{
	char *path = NULL;
	bool now = true;
	int rc = cmd_resolve(&path, cmd, word, false, error);
	if (rc == IV_ENOTFOUND) {
		now = false;
		rc = then_resolve(&path, then, cmd, word, error);
	}
	if (!rc)
		rc = show_note(now ? cmd : *then, path, apart, error);
	if (!rc && !now) {
		iv_buf_str(&cmd->out, iv_buf_view(&(*then)->out));
		iv_buf_clear(&(*then)->out);
	}
	free(path);
	return rc;
}

/* Says why a word was not shown: what becomes of the exit status. */
static int missed(struct cmd *cmd, int rc, struct iv_error *error, int status)
{
	cmd_flush(cmd);
	if (rc > 0) {
		iv_error_release(error);
		return rc;
	}
	cmd_fail(cmd, error);
	if (rc != IV_ENOTFOUND)
		return CMD_FAILED;
	return status == CMD_OK ? CMD_FOUND : status;
}

/* Every word is looked up, whether others were found or not. */
static int run(struct cmd *cmd, int count, char **words)
{
	struct cmd *then = NULL;
	bool any = false;
	int status = CMD_OK;
	for (int i = 0; i < count; i++) {
		struct iv_error error = IV_ERROR_INIT;
		int rc = show(cmd, &then, words[i], any, &error);
		any = any || !rc;
		cmd_drain(cmd);
		if (rc)
			status = missed(cmd, rc, &error, status);
		else
			iv_error_release(&error);
	}
	then_close(then);
	return status;
}
