/* draft: the letter that is to be written, from what the notes know. */
#include <stdlib.h>
#include <string.h>

#include "cmd/change/record.h"
#include "cmd/draft/doubts.h"
#include "cmd/draft/keep.h"
#include "view/mail.h"

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {
	{"minutes", 'm', "LENGTH", "how long to ask for, as 20m; as before, or 20m", OPTION_LENGTH,
	 NULL},
	{"template", 't', "NAME", "write by .ivnotes/templates/NAME.txt", OPTION_TEXT, NULL},
	{"save", 0, NULL, "keep the request in the note's section", OPTION_FLAG, NULL},
	{"sent", 0, NULL, "record that it went out", OPTION_FLAG, NULL},
	RECORD_OPTIONS,
	CHANGE_OPTIONS,
	{0},
};

static const char *const formats[] = {"text", "eml", "mailto", NULL};

const struct command cmd_draft = {
	.name = "draft",
	.group = GROUP_WORDS,
	.summary = "write a letter from what the notes know",
	.usage = "[-m LENGTH] [-t NAME] [--format FORMAT] [--save] [--sent [--on DATE] "
		 "[--via CHANNEL]] [-nf] KIND REF",
	.options = options,
	.formats = formats,
	.min = 2,
	.max = 2,
	.operands = {OPERAND_WORD, OPERAND_NOTE},
	.words = iv_letter_words,
	.needs = CMD_INDEX | CMD_PRESENT,
	.run = run,
};

/* ---- what was asked for ---- */

static int read_kind(struct draft *draft, const char *word)
{
	struct iv_meant meant = {.word = iv_str_of(word)};

	for (int i = 0; i < IV_LETTER_KINDS; i++) {
		if (!strcmp(iv_letter_words[i], word)) {
			draft->kind = (enum iv_letter_kind)i;
			return 0;
		}
	}
	iv_meant_offer_all(&meant, iv_letter_words);
	if (meant.count)
		return cmd_usage(draft->cmd, "unknown letter '%s', %s", word,
				 cmd_meant(draft->cmd, &meant));
	return cmd_usage(draft->cmd,
			 "unknown letter '%s', expected request, nudge, thank-you, thank-decline, "
			 "report-back, keep-in-touch or feeler",
			 word);
}

static bool is_template_name(const char *name)
{
	for (const char *c = name; *c; c++)
		if (!iv_is_alpha(*c) && !iv_is_digit(*c) && !strchr("-_", *c))
			return false;
	return *name;
}

/* What belongs to a record makes no sense without one. */
static int check_record_options(const struct draft *draft)
{
	static const char *const names[] = {"on", "via"};
	const struct cmd *cmd = draft->cmd;
	bool keeps = cmd_has(cmd, "save") || cmd_has(cmd, "sent");

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (cmd_has(cmd, names[i]) && !cmd_has(cmd, "sent"))
			return cmd_usage(cmd, "--%s says how it was sent, expected --sent with it",
					 names[i]);
	if (cmd_has(cmd, "dry-run") && !keeps)
		return cmd_usage(cmd, "--dry-run shows a change, expected --save or --sent with "
				      "it");
	if (cmd_has(cmd, "save") && draft->kind != IV_LETTER_REQUEST)
		return cmd_usage(cmd, "--save keeps a request in the note, expected "
				      "'ivnotes draft request REF'");
	return 0;
}

static int read_options(struct draft *draft, iv_day *day)
{
	struct cmd *cmd = draft->cmd;
	int status = check_record_options(draft);

	draft->minutes = cmd_minutes(cmd, "minutes", -1);
	draft->template = cmd_text(cmd, "template");
	if (status)
		return status;
	if (!draft->minutes)
		return cmd_usage(cmd, "--minutes: expected a length such as 20m, not '0'");
	if (draft->template && !is_template_name(draft->template))
		return cmd_usage(cmd,
				 "--template: expected a name of letters, digits and '-', not '%s'",
				 draft->template);
	return record_day(day, cmd);
}

/* ---- the result ---- */

static int no_address(struct iv_str text, const char *what, struct iv_error *error)
{
	return iv_error_set(error, IV_EINPUT,
			    "%s'%.*s' is no address that mail can be sent to, expected one like "
			    "jane@example.org",
			    what, IV_STR_ARG(text));
}

static int check_recipient(const struct draft *draft, struct iv_str to, struct iv_error *error)
{
	char *path = cmd_relative(draft->cmd, draft->path);
	int rc = 0;

	if (!to.len) {
		rc = iv_error_set(error, IV_ENOTFOUND,
				  "no email of '%.*s' is noted, expected 'email:' in %s",
				  IV_STR_ARG(draft->note->name), path);
	} else if (!iv_mail_address(to)) {
		rc = no_address(to, "", error);
		iv_error_at(error, path, draft->note->contact->email.pos);
	}
	free(path);
	return rc;
}

static int check_sender(const struct draft *draft, struct iv_error *error)
{
	struct iv_str from = iv_str_of(draft->sender.email);

	if (iv_mail_address(from))
		return 0;
	if (from.len)
		return no_address(from, "your own ", error);
	return iv_error_set(error, IV_ENOTFOUND,
			    "your own address is not known, expected 'me.email: you@example.org' "
			    "in %s",
			    IV_CONFIG_FILE);
}

static int add_mail(struct draft *draft, struct iv_error *error)
{
	struct cmd *cmd = draft->cmd;
	struct iv_str to = iv_str_trim(draft->note->contact->email.text);
	struct iv_mail mail = {
		.from_name = iv_str_of(draft->sender.name),
		.from = iv_str_of(draft->sender.email),
		.to_name = draft->note->name,
		.to = to,
		.subject = iv_str_of(draft->letter.subject),
		.body = iv_str_of(draft->letter.body),
		.day = cmd->today,
	};
	bool message = strcmp(cmd->format, "eml") == 0;
	int rc = check_recipient(draft, to, error);

	if (!rc && message)
		rc = check_sender(draft, error);
	if (!rc && message)
		iv_mail_message(&cmd->out, &mail);
	else if (!rc)
		iv_mail_uri(&cmd->out, &mail);
	return rc;
}

static void add_text(struct draft *draft)
{
	struct iv_buf text = IV_BUF_INIT;

	iv_letter_wrap(&text, iv_str_of(draft->letter.body), DRAFT_WIDTH);
	iv_buf_visible(&draft->cmd->out, iv_buf_view(&text), false);
	iv_buf_release(&text);
}

/* Below the letter, where somebody reads both. */
static int say_all(struct draft *draft, struct iv_error *error)
{
	bool request = draft->kind == IV_LETTER_REQUEST || draft->kind == IV_LETTER_NUDGE;
	int rc = 0;

	cmd_flush(draft->cmd);
	draft_doubts(draft);
	if (request)
		rc = draft_rules(draft, error);
	draft_blanks(draft);
	return rc;
}

static int show(struct draft *draft, struct iv_error *error)
{
	int rc = 0;

	if (strcmp(draft->cmd->format, "text") == 0)
		add_text(draft);
	else
		rc = add_mail(draft, error);
	return rc ? rc : say_all(draft, error);
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct iv_error error = IV_ERROR_INIT;
	struct draft draft = {.cmd = cmd};
	iv_day day = cmd->today;
	int status = read_kind(&draft, words[0]);

	(void)count;
	if (!status)
		status = read_options(&draft, &day);
	if (!status && draft_make(&draft, words[1], &error))
		status = cmd_fail(cmd, &error);
	else if (!status && (cmd_has(cmd, "save") || cmd_has(cmd, "sent")))
		status = draft_keep(&draft, day);
	else if (!status && show(&draft, &error))
		status = cmd_fail(cmd, &error);
	draft_release(&draft);
	return status;
}
