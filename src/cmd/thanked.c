/* thanked: thanks went out for a meeting, or for an answer that was no. */
#include <string.h>

#include "cmd/change/record.h"

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {RECORD_OPTIONS, CHANGE_OPTIONS, {0}};

const struct command cmd_thanked = {
	.name = "thanked",
	.group = GROUP_RECORD,
	.summary = "record that you thanked somebody for a meeting or a no",
	.usage = "[--on DATE] [--via CHANNEL] [-n] [-f] REF ...",
	.options = options,
	.min = 1,
	.max = -1,
	.operands = {OPERAND_NOTE},
	.needs = CMD_INDEX | CMD_PRESENT,
	.run = run,
};

/* ---- which meeting ---- */

static bool took_place(const struct iv_event *event)
{
	return event->kind == IV_EVENT_MEETING &&
	       (!event->detail || strcmp(event->detail, "held") == 0 ||
		strcmp(event->detail, "scheduled") == 0);
}

static bool is_written(const char *channel)
{
	return !channel || (strcmp(channel, "phone") != 0 && strcmp(channel, "video") != 0 &&
			    strcmp(channel, "in-person") != 0);
}

static bool is_thanked(const struct iv_events *events, const char *meeting)
{
	for (size_t i = 0; i < events->count; i++)
		if (events->events[i].kind == IV_EVENT_THANKED &&
		    strcmp(events->events[i].path, meeting) == 0 &&
		    is_written(events->events[i].channel))
			return true;
	return false;
}

static int no_meeting(const struct cmd *cmd, const struct iv_note *person, iv_day day,
		      struct iv_error *error)
{
	char text[11];
	iv_day_format(text, day);
	if (day < cmd->today)
		return iv_error_set(error, IV_EREFUSED,
				    "no meeting with %.*s had taken place on %s",
				    IV_STR_ARG(person->name), text);
	return iv_error_set(error, IV_EREFUSED,
			    "no meeting with %.*s has taken place; 'ivnotes met %s' records one",
			    IV_STR_ARG(person->name), cmd_operand(cmd, person->id));
}

/* The last meeting up to that day that has no thanks in writing. */
static int find_meeting(struct change_note **out, struct change *change,
			const struct change_note *person, iv_day day, struct iv_error *error)
{
	struct iv_str name = person->note->name;
	struct iv_events events;
	const struct iv_event *found = NULL;
	bool any = false;
	int rc = iv_index_events(&events, change->cmd->index, person->path, IV_NO_DAY, day, error);
	if (rc)
		return rc;
	for (size_t i = events.count; !found && i-- > 0;) {
		if (!took_place(&events.events[i]))
			continue;
		any = true;
		if (!is_thanked(&events, events.events[i].path))
			found = &events.events[i];
	}
	if (found)
		rc = change_open_path(out, change, found->path, error);
	else if (any)
		rc = iv_error_set(error, IV_EREFUSED,
				  "every meeting with %.*s has its thanks in writing; name the "
				  "meeting's note to add more",
				  IV_STR_ARG(name));
	else
		rc = no_meeting(change->cmd, person->note, day, error);
	iv_events_release(&events);
	return rc;
}

/* ---- the thanks ---- */

/* The last answer was no, and nothing was sent since: what is owed is thanks for it. */
static bool is_answer_open(const struct iv_note *person)
{
	iv_day answered = IV_NO_DAY, sent = IV_NO_DAY;
	for (size_t i = 0; i < person->record_count; i++) {
		const struct iv_record *record = &person->records[i];
		bool request = strcmp(record->field, "outreach") == 0;
		if (request && record->outcome == IV_OUTCOME_NO)
			answered = record->outcome_day != IV_NO_DAY ? record->outcome_day
								    : record->day;
		else if (request && record->outcome != IV_OUTCOME_NONE)
			answered = IV_NO_DAY;
		if (!request && strcmp(record->field, "follow-up") != 0 && record->day > sent)
			sent = record->day;
	}
	return answered != IV_NO_DAY && sent < answered;
}

static int thank_for_answer(struct change *change, struct change_note *person, iv_day day,
			    struct iv_error *error)
{
	const char *via = cmd_text(change->cmd, "via");
	const struct record_wish wish = {.field = "touches",
					 .day = day,
					 .via = via,
					 .minutes = -1,
					 .text = "thanks for the answer"};
	int rc = record_add(change, person, &wish, error);
	if (!rc)
		record_say(change, person, "thanked", record_by(via), day);
	return rc;
}

/* Of several who were there the record names the one it is for; `person` NULL: it is for all. */
static int thank(struct change *change, struct change_note *meeting,
		 const struct change_note *person, iv_day day, struct iv_error *error)
{
	struct iv_buf text = IV_BUF_INIT;
	const char *via = cmd_text(change->cmd, "via");
	struct record_wish wish = {.field = "thank-you", .day = day, .via = via, .minutes = -1};
	if (person && record_people(meeting->note) > 1) {
		iv_buf_puts(&text, "to ");
		record_link(&text, change->cmd, person);
		wish.text = text.ptr;
	}
	int rc = person ? record_check_wanted(change->cmd, person, day, error) : 0;
	if (!rc)
		rc = record_add(change, meeting, &wish, error);
	if (!rc)
		record_say(change, person ? person : meeting, "thanked", record_by(via), day);
	iv_buf_release(&text);
	return rc;
}

static int thank_word(struct change *change, const char *word, iv_day day, struct iv_error *error)
{
	struct change_note *note = NULL, *meeting = NULL;
	int rc = change_open_person(&note, change, word, error);
	if (!rc && note->note->type == IV_TYPE_MEETING)
		return thank(change, note, NULL, day, error);
	if (!rc)
		rc = change_contact(&note, change, word, error);
	if (!rc && is_answer_open(note->note))
		return thank_for_answer(change, note, day, error);
	if (!rc)
		rc = find_meeting(&meeting, change, note, day, error);
	return rc ? rc : thank(change, meeting, note, day, error);
}

static int run(struct cmd *cmd, int count, char **words)
{
	return record_each(cmd, count, words, thank_word);
}
