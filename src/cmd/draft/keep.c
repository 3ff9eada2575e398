#include "cmd/draft/keep.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/change/record.h"
#include "cmd/draft/doubts.h"

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

	iv_letter_wrap(&text, iv_str_of(draft->letter.body), DRAFT_WIDTH);
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

int draft_keep(struct draft *draft, iv_day day)
{
	struct cmd *cmd = draft->cmd;
	struct change change = CHANGE_INIT(cmd);
	struct iv_error error = IV_ERROR_INIT;
	struct change_note *person = NULL;
	int rc = change_open_path(&person, &change, draft->path, &error);

	draft_doubts(draft);
	if (!rc && cmd_has(cmd, "save")) {
		rc = save_request(draft, &change, person, &error);
		if (!rc)
			rc = draft_rules(draft, &error);
		draft_blanks(draft);
	}
	if (!rc && cmd_has(cmd, "sent"))
		rc = record_sent(draft, &change, person, day, &error);
	if (!rc && cmd_has(cmd, "sent") && draft->kind == IV_LETTER_KEEP_IN_TOUCH)
		rc = report_leads(draft, &change, day, &error);
	return change_end(&change, rc, &error);
}
