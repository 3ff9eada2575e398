/* asked: a request for a conversation went out. */
#include "cmd/change/record.h"

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {
	RECORD_OPTIONS,
	{"minutes", 'm', "LENGTH", "how long you asked for, as 20m", OPTION_LENGTH, NULL},
	{"text", 0, "TEXT", "words of your own behind it", OPTION_TEXT, NULL},
	CHANGE_OPTIONS,
	{0},
};

const struct command cmd_asked = {
	.name = "asked",
	.group = GROUP_RECORD,
	.summary = "record that you asked somebody for a conversation",
	.usage = "[--on DATE] [--via CHANNEL] [-m LENGTH] [--text TEXT] [-n] [-f] REF ...",
	.options = options,
	.min = 1,
	.max = -1,
	.operands = {OPERAND_CONTACT},
	.needs = CMD_INDEX | CMD_PRESENT,
	.run = run,
};

static int ask(struct change *change, const char *word, iv_day day, struct iv_error *error)
{
	const struct cmd *cmd = change->cmd;
	const struct record_wish wish = {
		.field = "outreach",
		.day = day,
		.via = cmd_text(cmd, "via"),
		.minutes = cmd_minutes(cmd, "minutes", -1),
		.text = cmd_text(cmd, "text"),
	};
	struct change_note *note = NULL;
	int rc = change_contact(&note, change, word, error);
	if (!rc)
		rc = record_add(change, note, &wish, error);
	if (!rc)
		record_say(change, note, "asked", record_by(wish.via), day);
	return rc;
}

static int run(struct cmd *cmd, int count, char **words)
{
	return record_each(cmd, count, words, ask);
}
