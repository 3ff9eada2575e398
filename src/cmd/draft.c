/* draft: the letter that is to be written, from what the notes know. */
#include <stdlib.h>
#include <string.h>

#include "cmd/draft/letter.h"
#include "cmd/change/record.h"
#include "cmd/draft/trial.h"
#include "view/mail.h"

#define WIDTH 72

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
			 "the request of %s waits for an answer; 'ivnotes draft nudge %.*s' writes "
			 "a reminder",
			 day, IV_STR_ARG(draft->note->id));
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

/* ---- kept and recorded ---- */

static bool holds_request(const struct iv_note *note)
{
	for (size_t i = 0; i < note->section_count; i++)
		if (!strcmp(note->sections[i].name, "request") && note->sections[i].words)
			return true;
	return false;
}

/* A request that was kept once is what was sent: it gives way to none. */
static int save_request(struct draft *draft, struct change *change, struct change_note *person,
			struct iv_error *error)
{
	struct iv_buf text = IV_BUF_INIT;
	char *path = cmd_relative(draft->cmd, draft->path);
	int rc;

	iv_letter_wrap(&text, iv_str_of(draft->letter.body), WIDTH);
	if (holds_request(person->note))
		rc = iv_error_set(error, IV_EREFUSED,
				  "%s holds a request already; take it out to keep another", path);
	else
		rc = change_put_section(person, "request", iv_buf_view(&text), IV_EDIT_FILL, error);
	change_say(change, NULL, "kept the request in %s", path);
	iv_buf_release(&text);
	free(path);
	return rc;
}

/* "about [[a]] and [[b]]": those of whom the letter tells. */
static int add_reported(struct iv_buf *text, struct draft *draft, struct change *change,
			struct iv_error *error)
{
	const struct iv_letter_facts *facts = &draft->facts;
	int rc = 0;

	for (size_t i = 0; !rc && i < facts->referred_count; i++) {
		struct change_note *note = NULL;

		if (!iv_letter_reports(&facts->referred[i], draft->cmd->today))
			continue;
		rc = change_open_path(&note, change, facts->referred[i].path, error);
		iv_buf_puts(text, text->len ? " and " : "about ");
		if (!rc)
			record_link(text, draft->cmd, note);
	}
	return rc;
}

/* How the notes say that a letter of this kind went out. */
static const struct {
	const char *field, *did, *text;
	bool minutes;
} records[] = {
	[IV_LETTER_REQUEST] = {"outreach", "asked", NULL, true},
	[IV_LETTER_NUDGE] = {"outreach", "reminded", NULL, true},
	[IV_LETTER_THANK_YOU] = {"thank-you", "thanked", NULL, false},
	[IV_LETTER_THANK_DECLINE] = {"touches", "thanked", "thanks for the answer", false},
	[IV_LETTER_REPORT_BACK] = {"reported", "told", NULL, false},
	[IV_LETTER_KEEP_IN_TOUCH] = {"touches", "wrote to", NULL, false},
	[IV_LETTER_FEELER] = {"feeler", "told", NULL, false},
};

/* Thanks stand in the meeting's note, and say whom they are for where there were several. */
static int record_sent(struct draft *draft, struct change *change, struct change_note *person,
		       iv_day day, struct iv_error *error)
{
	struct iv_buf text = IV_BUF_INIT;
	struct change_note *note = person;
	struct record_wish wish = {
		.field = records[draft->kind].field,
		.day = day,
		.via = cmd_text(draft->cmd, "via"),
		.minutes = records[draft->kind].minutes ? draft->letter.minutes : -1,
	};
	int rc = 0;

	if (draft->kind == IV_LETTER_THANK_YOU) {
		rc = change_open_path(&note, change, draft->letter.meeting->path, error);
		if (!rc && draft->letter.meeting->people_count) {
			iv_buf_puts(&text, "to ");
			record_link(&text, draft->cmd, person);
		}
	} else if (draft->kind == IV_LETTER_REPORT_BACK) {
		rc = add_reported(&text, draft, change, error);
	}
	wish.text = text.len ? text.ptr : records[draft->kind].text;
	if (!rc)
		rc = record_add(change, note, &wish, error);
	if (!rc)
		record_say(change, person, records[draft->kind].did, record_by(wish.via), day);
	iv_buf_release(&text);
	return rc;
}

/* What a letter to keep in touch told of stays owed no longer. */
static int report_leads(struct draft *draft, struct change *change, iv_day day,
			struct iv_error *error)
{
	const struct iv_letter_facts *facts = &draft->facts;
	struct change_note *meeting = NULL;
	int rc = 0;

	for (size_t i = 0; !rc && i < facts->meeting_count; i++) {
		if (facts->meetings[i].lead_count)
			rc = change_open_path(&meeting, change, facts->meetings[i].path, error);
		for (size_t j = 0; !rc && j < facts->meetings[i].lead_count; j++)
			if (meeting->note->leads[j].reported == IV_NO_DAY)
				rc = record_lead(meeting, &meeting->note->leads[j], day, error);
	}
	return rc;
}

/* Doubts are told before anything is written, blanks of what is kept. */
static int keep(struct draft *draft, iv_day day)
{
	struct cmd *cmd = draft->cmd;
	struct change change = CHANGE_INIT(cmd);
	struct iv_error error = IV_ERROR_INIT;
	struct change_note *person = NULL;
	int rc = change_open_path(&person, &change, draft->path, &error);

	say_doubts(draft);
	if (!rc && cmd_has(cmd, "save")) {
		rc = save_request(draft, &change, person, &error);
		if (!rc)
			rc = say_rules(draft, &error);
		say_blanks(draft);
	}
	if (!rc && cmd_has(cmd, "sent"))
		rc = record_sent(draft, &change, person, day, &error);
	if (!rc && cmd_has(cmd, "sent") && draft->kind == IV_LETTER_KEEP_IN_TOUCH)
		rc = report_leads(draft, &change, day, &error);
	return change_end(&change, rc, &error);
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
		status = keep(&draft, day);
	else if (!status && show(&draft, &error))
		status = cmd_fail(cmd, &error);
	draft_release(&draft);
	return status;
}
