#include "cmd/draft/doubts.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/draft/trial.h"

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

int draft_rules(struct draft *draft, struct iv_error *error)
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

/* ---- what the notes say against it ---- */

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
			 "the request of %s waits for an answer; 'ivnotes draft nudge %s' writes "
			 "a reminder",
			 day, cmd_operand(draft->cmd, draft->note->id));
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

void draft_doubts(const struct draft *draft)
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

void draft_blanks(const struct draft *draft)
{
	size_t count = draft->letter.blank_count;

	if (count)
		cmd_say(draft->cmd, "%zu %s to fill in: %s", count, count == 1 ? "place" : "places",
			draft->letter.blanks);
}
