/* draft: the letter that is to be written, from what the notes know. */
#include <stdlib.h>
#include <string.h>

#include "cmd/frame/letter.h"
#include "cmd/frame/trial.h"
#include "view/mail.h"

#define WIDTH 72

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {
	{"minutes", 'm', "LENGTH", "how long to ask for, as 20m; as before, or 20m", OPTION_TEXT,
	 NULL},
	{"template", 't', "NAME", "write by .ivnotes/templates/NAME.txt", OPTION_TEXT, NULL},
	{0},
};

static const char *const formats[] = {"text", "eml", "mailto", NULL};

const struct command cmd_draft = {
	.name = "draft",
	.group = GROUP_WORDS,
	.summary = "write a letter from what the notes know",
	.usage = "[-m LENGTH] [-t NAME] [--format FORMAT] KIND REF",
	.options = options,
	.formats = formats,
	.min = 2,
	.max = 2,
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

static int read_options(struct draft *draft)
{
	const char *minutes = cmd_text(draft->cmd, "minutes");

	draft->minutes = -1;
	draft->template = cmd_text(draft->cmd, "template");
	if (minutes && (!iv_minutes_parse(&draft->minutes, iv_str_of(minutes)) || !draft->minutes))
		return cmd_usage(draft->cmd, "--minutes: expected a length such as 20m, not '%s'",
				 minutes);
	if (draft->template && !is_template_name(draft->template))
		return cmd_usage(draft->cmd,
				 "--template: expected a name of letters, digits and '-', not '%s'",
				 draft->template);
	return 0;
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

	iv_letter_wrap(&text, iv_str_of(draft->letter.body), WIDTH);
	iv_buf_visible(&draft->cmd->out, iv_buf_view(&text), false);
	iv_buf_release(&text);
}

/* ---- what the rules say of it ---- */

/* The front matter with its lines of dashes, as far as the first other line. */
static struct iv_str header_of(struct iv_str bytes)
{
	struct iv_str rest = iv_str_without_bom(bytes), line;

	if (!iv_str_line(&line, &rest) || !iv_str_is(iv_str_trim(line), "---"))
		return iv_str_slice(bytes, 0, 0);
	while (iv_str_line(&line, &rest))
		if (iv_str_is(line, "---") || iv_str_is(line, "..."))
			return iv_str_slice(bytes, 0, bytes.len - rest.len);
	return iv_str_slice(bytes, 0, 0);
}

/* What the config calls the section of requests. */
static const char *request_heading(const struct iv_config *config)
{
	const struct iv_syntax *syntax = iv_config_syntax(config);

	for (size_t i = 0; syntax->sections && syntax->sections[i][0]; i++)
		if (!strcmp(syntax->sections[i][0], "request"))
			return syntax->sections[i][1];
	return "Request";
}

/* Ids of the rules about requests, NULL-ended; the caller frees. */
static const char **request_rules(const struct iv_rules *rules)
{
	const struct iv_rule *all;
	size_t count = iv_rules_all(rules, &all), found = 0;
	const char **ids = iv_calloc(count + 1, sizeof(*ids));

	for (size_t i = 0; i < count; i++)
		if (iv_str_starts(iv_str_of(all[i].id), "request-"))
			ids[found++] = all[i].id;
	return ids;
}

/* The note as it would be with this letter as its request. */
static int say_rules(struct draft *draft, struct iv_error *error)
{
	struct cmd *cmd = draft->cmd;
	const char **ids = request_rules(cmd->rules);
	struct iv_findings findings;
	struct iv_buf bytes = IV_BUF_INIT;
	int rc;

	iv_buf_str(&bytes, header_of(iv_buf_view(&draft->bytes)));
	iv_buf_printf(&bytes, "\n## %s\n\n%s", request_heading(cmd->config), draft->letter.body);
	rc = trial_findings(&findings, cmd, draft->path, iv_buf_view(&bytes), draft->facts.related,
			    draft->facts.related_count, ids, error);
	for (size_t i = 0; !rc && i < findings.count; i++)
		cmd_warn(cmd, "%s [%s]", findings.items[i].message, findings.items[i].rule->id);
	iv_findings_release(&findings);
	iv_buf_release(&bytes);
	free(ids);
	return rc;
}

/* A request that nobody answered needs a reminder, and no second one after that. */
static void doubt_request(const struct draft *draft)
{
	const struct iv_letter_facts *facts = &draft->facts;
	const char *most = iv_rules_setting(draft->cmd->rules, "nudge.messages");
	char day[11];
	int limit;

	if (facts->meeting_count && facts->meetings[0].took_place &&
	    facts->meetings[0].day > draft->cmd->today) {
		iv_day_format(day, facts->meetings[0].day);
		cmd_warn(draft->cmd, "a meeting is ahead already, on %s", day);
		return;
	}
	if (!facts->unanswered || facts->bounced || facts->asked == IV_NO_DAY)
		return;
	iv_day_format(day, facts->asked);
	if (draft->kind == IV_LETTER_REQUEST)
		cmd_warn(draft->cmd,
			 "the request of %s waits for an answer; 'draft nudge' writes a reminder",
			 day);
	else if (iv_str_int(&limit, iv_str_of(most)) && facts->unanswered >= limit)
		cmd_warn(draft->cmd,
			 "%d messages are without an answer, the last of %s; better leave it at "
			 "that",
			 facts->unanswered, day);
}

static void doubt_thanks(const struct draft *draft)
{
	const struct iv_letter_meeting *meeting = draft->letter.meeting;
	char day[11];

	if (meeting->unthanked || !strcmp(meeting->kind, "catch-up"))
		return;
	iv_day_format(day, meeting->day);
	cmd_warn(draft->cmd, "thanks for the meeting of %s are noted already", day);
}

static void doubt_feeler(const struct draft *draft)
{
	const char *organization = draft->facts.organization;

	if (organization &&
	    (draft->facts.pursuing == IV_NO_DAY || draft->facts.pursuing > draft->cmd->today))
		cmd_warn(draft->cmd,
			 "no note says that you pursue '%s', expected 'pursuing: DATE' "
			 "in its own",
			 organization);
}

/* What speaks against sending it. */
static void say_doubts(const struct draft *draft)
{
	switch (draft->kind) {
	case IV_LETTER_REQUEST:
	case IV_LETTER_NUDGE: doubt_request(draft); break;
	case IV_LETTER_THANK_YOU: doubt_thanks(draft); break;
	case IV_LETTER_FEELER: doubt_feeler(draft); break;
	case IV_LETTER_THANK_DECLINE:
	case IV_LETTER_REPORT_BACK:
	case IV_LETTER_KEEP_IN_TOUCH:
	case IV_LETTER_KINDS: break;
	}
}

static void say_blanks(const struct draft *draft)
{
	size_t count = draft->letter.blank_count;

	if (count)
		cmd_say(draft->cmd, "%zu %s to fill in: %s", count, count == 1 ? "place" : "places",
			draft->letter.blanks);
}

/* Below the letter, where somebody reads both. */
static int say_all(struct draft *draft, struct iv_error *error)
{
	bool request = draft->kind == IV_LETTER_REQUEST || draft->kind == IV_LETTER_NUDGE;
	int rc = 0;

	cmd_flush(draft->cmd);
	say_doubts(draft);
	if (request)
		rc = say_rules(draft, error);
	say_blanks(draft);
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
	int status = read_kind(&draft, words[0]);

	(void)count;
	if (!status)
		status = read_options(&draft);
	if (!status && (draft_make(&draft, words[1], &error) || show(&draft, &error)))
		status = cmd_fail(cmd, &error);
	draft_release(&draft);
	return status;
}
