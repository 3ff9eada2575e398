/* met: a meeting took place; its note is completed, or made. */
#include <stdlib.h>
#include <string.h>

#include "cmd/change/record.h"
#include "cmd/new/new.h"

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {
	RECORD_OPTIONS,
	{"actual", 'a', "LENGTH", "how long it took, as 19m", OPTION_LENGTH, NULL},
	{"spoke", 0, "PERCENT", "your share of the talking", OPTION_SHARE, NULL},
	{"referrals", 0, "LIST", "whom they named to you, or none", OPTION_LIST, NULL},
	{"rating", 0, "NUMBER", "1 to 5: the job or company, not the person", OPTION_RATING, NULL},
	CHANGE_OPTIONS,
	{0},
};

const struct command cmd_met = {
	.name = "met",
	.group = GROUP_RECORD,
	.summary = "record that a meeting took place",
	.usage = "[--on DATE] [--via CHANNEL] [-a LENGTH] [--spoke PERCENT] [--referrals LIST] "
		 "[--rating NUMBER] [-n] [-f] REF",
	.options = options,
	.min = 1,
	.max = 1,
	.operands = {OPERAND_NOTE},
	.needs = CMD_INDEX | CMD_PRESENT,
	.run = run,
};

/* ---- which meeting ---- */

/* Meetings that may be the one, all of one day. */
struct choice {
	iv_day day;
	const char *paths[8];
	size_t count;
};

/* Whoever is named twice was there once. */
static void choose(struct choice *choice, const struct iv_event *event)
{
	const size_t room = sizeof(choice->paths) / sizeof(choice->paths[0]);
	if (!choice->count)
		choice->day = event->day;
	for (size_t i = 0; i < choice->count; i++)
		if (strcmp(choice->paths[i], event->path) == 0)
			return;
	if (event->day == choice->day && choice->count < room)
		choice->paths[choice->count++] = event->path;
}

static bool is_closed(const struct iv_event *event)
{
	return event->detail && strcmp(event->detail, "held") != 0 &&
	       strcmp(event->detail, "scheduled") != 0;
}

/* Nothing says yet what became of it. */
static bool is_open(struct change *change, const struct iv_event *event)
{
	struct change_note *note = NULL;
	return (!event->detail || strcmp(event->detail, "scheduled") == 0) &&
	       !change_open_path(&note, change, event->path, NULL) && note->note->meeting &&
	       !note->note->meeting->evidence;
}

/*
 * The one of that day; where no day was named, else the last one before it of which nothing says
 * what became of it.
 */
static void find(struct choice *out, struct change *change, const struct iv_events *events,
		 iv_day day)
{
	*out = (struct choice){0};
	for (size_t i = events->count; i-- > 0;) {
		const struct iv_event *event = &events->events[i];
		if (event->kind == IV_EVENT_MEETING && event->day == day && !is_closed(event))
			choose(out, event);
	}
	if (out->count || cmd_has(change->cmd, "on"))
		return;
	for (size_t i = events->count; i-- > 0;) {
		const struct iv_event *event = &events->events[i];
		if (event->kind == IV_EVENT_MEETING && is_open(change, event))
			choose(out, event);
	}
}

static int several(const struct choice *choice, const char *word, struct iv_error *error)
{
	struct iv_buf list = IV_BUF_INIT;
	for (size_t i = 0; i < choice->count; i++)
		iv_buf_printf(&list, "%s'%s'", i ? ", " : "", choice->paths[i]);
	iv_error_set(error, IV_EAMBIGUOUS,
		     "the meeting with '%s' could be any of %s; name its note", word, list.ptr);
	iv_buf_release(&list);
	return IV_EAMBIGUOUS;
}

/* ---- a new one ---- */

/* As `new` would make it, without what there was to prepare. */
static int make_meeting(struct change_note **out, struct change *change,
			const struct change_note *person, iv_day day, struct iv_error *error)
{
	struct cmd *cmd = change->cmd;
	struct new_note made = {.cmd = cmd,
				.arena = cmd->own->arena,
				.type = IV_TYPE_MEETING,
				.day = day,
				.minute = -1,
				.past = true};
	char *file = iv_path_join(cmd->root, person->path), date[11];
	iv_day_format(date, day);
	struct iv_str contact = iv_str_of(file), text = iv_str_of(date);
	new_field_set(&made, "contact", &contact, 1);
	new_field_set(&made, "date", &text, 1);
	int rc = iv_index_query(&made.rows, cmd->index, NULL, error);
	if (!rc)
		rc = new_find_people(&made, error);
	if (!rc)
		rc = new_find_place(&made, error);
	if (!rc)
		rc = new_fill(&made, error);
	if (!rc)
		*out = change_new(change, made.path, iv_buf_view(&made.text));
	new_release(&made);
	free(file);
	return rc;
}

/* The note of the meeting with that person: one that is there, or a new one. */
static int meeting_with(struct change_note **out, struct change *change,
			const struct change_note *person, const char *word, iv_day day,
			struct iv_error *error)
{
	struct iv_events events;
	struct choice choice;
	int rc = iv_index_events(&events, change->cmd->index, person->path, IV_NO_DAY, day, error);
	if (rc)
		return rc;
	find(&choice, change, &events, day);
	if (choice.count > 1)
		rc = several(&choice, word, error);
	else if (choice.count)
		rc = change_open_path(out, change, choice.paths[0], error);
	else
		rc = make_meeting(out, change, person, day, error);
	iv_events_release(&events);
	return rc;
}

/* ---- what became of it ---- */

static int set_text(struct change_note *note, const char *key, const char *text,
		    struct iv_error *error)
{
	struct iv_str value = iv_str_of(text);
	return text ? change_set(note, key, &value, 1, error) : 0;
}

static int set_number(struct change_note *note, const char *key, int number, const char *unit,
		      struct iv_error *error)
{
	struct iv_buf text = IV_BUF_INIT;
	if (number < 0)
		return 0;
	iv_buf_printf(&text, "%d%s", number, unit);
	int rc = set_text(note, key, text.ptr, error);
	iv_buf_release(&text);
	return rc;
}

static bool is_called(struct iv_arena *arena, const struct iv_note *note, struct iv_str key)
{
	bool is = iv_str_eq(note->key, key) || iv_str_eq(iv_fold(arena, note->name), key);
	for (size_t i = 0; !is && i < note->alias_count; i++)
		is = iv_str_eq(iv_fold(arena, note->aliases[i].text), key);
	return is;
}

/*
 * A name that is a contact's is written as its id. A part of one is a name: a stranger may well
 * share it.
 */
static int add_referral(struct change *change, struct change_note *note, const char *name,
			struct iv_error *error)
{
	struct iv_arena *arena = iv_arena_new();
	struct change_note *person = NULL;
	struct iv_str value = iv_str_of(name);
	if (!change_contact(&person, change, name, NULL) &&
	    is_called(arena, person->note, iv_fold(arena, value)))
		value = person->note->id;
	int rc = change_add_once(note, "referrals", value, error);
	iv_arena_free(arena);
	return rc;
}

static int add_referrals(struct change *change, struct change_note *note, struct iv_error *error)
{
	const char *const *names = cmd_texts(change->cmd, "referrals");
	int rc = 0;
	if (names && *names && !names[1] && strcmp(*names, "none") == 0)
		return set_text(note, "referrals", *names, error);
	for (; !rc && names && *names; names++)
		rc = add_referral(change, note, *names, error);
	return rc;
}

static int complete(struct change *change, struct change_note *note, struct iv_error *error)
{
	const struct cmd *cmd = change->cmd;
	int rc = set_text(note, "via", cmd_text(cmd, "via"), error);
	if (!rc)
		rc = set_number(note, "actual", cmd_minutes(cmd, "actual", -1), "m", error);
	if (!rc)
		rc = set_number(note, "spoke", cmd_share(cmd, "spoke", -1), "%", error);
	if (!rc)
		rc = set_text(note, "state", iv_state_word(IV_STATE_HELD), error);
	if (!rc)
		rc = add_referrals(change, note, error);
	if (!rc)
		rc = set_number(note, "rating", cmd_rating(cmd, "rating", -1), "", error);
	return rc;
}

/* ---- the command ---- */

/* A meeting that is named by itself; its day must have come, and be that of --on. */
static int check_meeting(const struct cmd *cmd, const struct change_note *meeting,
			 struct iv_error *error)
{
	iv_day day = meeting->note->meeting->date.day;
	char text[11];
	if (day == IV_NO_DAY || cmd_has(cmd, "force"))
		return 0;
	iv_day_format(text, day);
	if (cmd_day(cmd, "on", day) != day)
		return iv_error_set(error, IV_EREFUSED,
				    "the meeting '%s' is of %s; 'ivnotes set' changes its date",
				    meeting->path, text);
	return day <= cmd->today
		       ? 0
		       : iv_error_set(error, IV_EREFUSED, "the meeting '%s' of %s is still ahead",
				      meeting->path, text);
}

static int meet(struct change *change, const char *word, iv_day day, struct iv_error *error)
{
	struct change_note *note = NULL, *meeting = NULL;
	int rc = change_open_person(&note, change, word, error);
	if (rc)
		return rc;
	if (note->note->type == IV_TYPE_MEETING) {
		meeting = note;
		rc = check_meeting(change->cmd, meeting, error);
	} else {
		rc = change_contact(&note, change, word, error);
		if (!rc)
			rc = meeting_with(&meeting, change, note, word, day, error);
	}
	if (!rc)
		rc = complete(change, meeting, error);
	if (!rc)
		record_say(change, note, "met", record_by(cmd_text(change->cmd, "via")),
			   meeting->note->meeting->date.day);
	return rc;
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct change change = CHANGE_INIT(cmd);
	struct iv_error error = IV_ERROR_INIT;
	iv_day day;
	(void)count;
	int rc = record_day(&day, cmd);
	if (rc)
		return rc;
	rc = meet(&change, words[0], day, &error);
	return change_end(&change, rc, &error);
}
