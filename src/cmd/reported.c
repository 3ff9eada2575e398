/* reported: you told somebody what came of a name that they gave. */
#include <string.h>

#include "cmd/change/record.h"

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {RECORD_OPTIONS, CHANGE_OPTIONS, {0}};

static const char *const between[] = {"about", NULL};

const struct command cmd_reported = {
	.name = "reported",
	.group = GROUP_RECORD,
	.summary = "record that you told somebody what came of it",
	.usage = "[--on DATE] [--via CHANNEL] [-n] [-f] REF about REF",
	.options = options,
	.min = 3,
	.max = 3,
	.operands = {OPERAND_CONTACT, OPERAND_WORD, OPERAND_NOTE},
	.words = between,
	.needs = CMD_INDEX | CMD_PRESENT,
	.run = run,
};

static int report(struct change *change, struct change_note *to, const struct change_note *about,
		  iv_day day, struct iv_error *error)
{
	struct iv_buf text = IV_BUF_INIT;
	struct record_wish wish = {
		.field = "reported",
		.day = day,
		.via = cmd_text(change->cmd, "via"),
		.minutes = -1,
	};
	iv_buf_puts(&text, "about ");
	record_link(&text, change->cmd, about);
	wish.text = text.ptr;
	int rc = record_add(change, to, &wish, error);
	iv_buf_clear(&text);
	iv_buf_printf(&text, " about %.*s%s", IV_STR_ARG(about->note->name), record_by(wish.via));
	if (!rc)
		record_say(change, to, "told", text.ptr, day);
	iv_buf_release(&text);
	return rc;
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct change change = CHANGE_INIT(cmd);
	struct iv_error error = IV_ERROR_INIT;
	struct change_note *to = NULL, *about = NULL;
	iv_day day;
	(void)count;
	if (strcmp(words[1], "about") != 0)
		return cmd_usage(cmd, "expected 'REF about REF', not '%s'", words[1]);
	int rc = record_day(&day, cmd);
	if (rc)
		return rc;
	rc = change_contact(&to, &change, words[0], &error);
	if (!rc)
		rc = change_open(&about, &change, words[2], &error);
	if (!rc && to == about)
		rc = iv_error_set(&error, IV_EREFUSED,
				  "'%s' and '%s' are the same note, expected two", words[0],
				  words[2]);
	if (!rc)
		rc = report(&change, to, about, day, &error);
	return change_end(&change, rc, &error);
}
