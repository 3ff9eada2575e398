/* touched: anything else from you that reached somebody. */
#include "cmd/change/record.h"

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {RECORD_OPTIONS, CHANGE_OPTIONS, {0}};

const struct command cmd_touched = {
	.name = "touched",
	.group = GROUP_RECORD,
	.summary = "record that you wrote or spoke to somebody",
	.usage = "[--on DATE] [--via CHANNEL] [-n] [-f] REF [TEXT ...]",
	.options = options,
	.min = 1,
	.max = -1,
	.operands = {OPERAND_CONTACT, OPERAND_TEXT},
	.needs = CMD_INDEX | CMD_PRESENT,
	.run = run,
};

static int run(struct cmd *cmd, int count, char **words)
{
	struct change change = CHANGE_INIT(cmd);
	struct iv_error error = IV_ERROR_INIT;
	struct change_note *note = NULL;
	struct record_wish wish = {
		.field = "touches",
		.via = cmd_text(cmd, "via"),
		.minutes = -1,
		.text = record_words(cmd, count, words, 1),
	};
	int rc = record_day(&wish.day, cmd);
	if (rc)
		return rc;
	rc = change_contact(&note, &change, words[0], &error);
	if (!rc)
		rc = record_add(&change, note, &wish, &error);
	if (!rc)
		record_say(&change, note, "touched", record_by(wish.via), wish.day);
	return change_end(&change, rc, &error);
}
