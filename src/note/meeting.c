#include "note/typed.h"

#include <string.h>

#include "base/date.h"

static void bad_minutes(struct iv_reader *reader, const char *name, const char *expected)
{
	struct iv_text text = iv_scalar(reader, name);

	iv_typed_problem(reader, "bad-value", text.pos, "'%.*s' is no length; expected %s",
			 IV_STR_ARG(iv_quoted(text.text)), expected);
}

static bool has_words(struct iv_str words)
{
	return words.len > 0;
}

static void read_planned(struct iv_meeting *meeting, struct iv_reader *reader)
{
	struct iv_str words;
	bool read = iv_minutes_field(&meeting->planned, &words, &meeting->planned_pos, reader,
				     "planned");

	if (iv_spelled(words, "invited"))
		meeting->planned_by = IV_PLANNED_BY_THEM;
	else if (iv_spelled(words, "meal"))
		meeting->planned_by = IV_PLANNED_MEAL;
	else if (has_words(words))
		bad_minutes(reader, "planned", "it as '20m', '45m invited' or '60m meal'");
	else if (!read && meeting->planned_pos.line)
		bad_minutes(reader, "planned", "it as '20m'");
	if (!read && (meeting->planned_by != IV_PLANNED_BY_ME))
		bad_minutes(reader, "planned", "minutes before that word, as '45m invited'");
}

static void read_actual(struct iv_meeting *meeting, struct iv_reader *reader)
{
	struct iv_str words;
	bool read =
		iv_minutes_field(&meeting->actual, &words, &meeting->actual_pos, reader, "actual");

	if (meeting->actual_pos.line && !read)
		bad_minutes(reader, "actual", "it as '25m'");
	else if (read && has_words(words))
		bad_minutes(reader, "actual",
			    "it as '25m', and 'extended: yes' if they made it longer");
}

/* `yes`, `them`, `10m`, `10m them`, `them 10m`; `no` and `me` are no extension by them. */
static void read_extended(struct iv_meeting *meeting, struct iv_reader *reader)
{
	struct iv_text text = iv_scalar(reader, "extended");
	struct iv_str rest = text.text;
	size_t len;

	meeting->extended = -1;
	if (!rest.ptr || iv_spells(rest, "no") || iv_spells(rest, "me"))
		return;
	len = iv_spelled(rest, "yes");
	if (!len)
		len = iv_spelled(rest, "them");
	rest = iv_str_trim(iv_str_slice(rest, len, rest.len));
	while (len && rest.len && strchr(",;:(", rest.ptr[0]))
		rest = iv_str_trim(iv_str_slice(rest, 1, rest.len));
	if (iv_leading_minutes(&meeting->extended, rest, true))
		return;
	meeting->extended = len ? -2 : -1;
	if (!len)
		bad_minutes(reader, "extended", "yes, no, or minutes as '10m'");
}

static void read_spoke(struct iv_meeting *meeting, struct iv_reader *reader)
{
	struct iv_text text = iv_scalar(reader, "spoke");

	meeting->spoke = -1;
	meeting->spoke_pos = text.pos;
	if (!text.text.ptr || iv_percent_parse(&meeting->spoke, text.text))
		return;
	iv_typed_problem(reader, "bad-value", text.pos,
			 "'%.*s' is no percentage; expected 0 to 100, as '45%%'",
			 IV_STR_ARG(iv_quoted(text.text)));
}

static void read_rating(struct iv_meeting *meeting, struct iv_reader *reader)
{
	struct iv_text text = iv_scalar(reader, "rating");

	meeting->rating_pos = text.pos;
	if (!text.text.ptr || iv_rating_parse(&meeting->rating, text.text))
		return;
	iv_typed_problem(reader, "bad-value", text.pos, "'%.*s' is no rating; expected 1 to 5",
			 IV_STR_ARG(iv_quoted(text.text)));
}

static void read_date(struct iv_meeting *meeting, struct iv_reader *reader)
{
	struct iv_text text = iv_scalar(reader, "date");
	iv_day day;
	size_t len;

	meeting->minute = -1;
	meeting->date.day = IV_NO_DAY;
	meeting->date.pos = text.pos;
	if (!text.text.ptr || iv_datetime_parse(&meeting->date.day, &meeting->minute, text.text))
		return;
	meeting->minute = -1;
	len = iv_leading_day(&day, text.text);
	if (!len) {
		iv_read_day(&meeting->date.day, reader, text.text, text.pos);
		return;
	}
	meeting->date.day = day;
	text.text = iv_str_trim(iv_str_slice(text.text, len, text.text.len));
	iv_typed_problem(reader, "bad-value", text.pos,
			 "'%.*s' is no time of day; expected HH:MM after the date",
			 IV_STR_ARG(iv_quoted(text.text)));
}

static void read_choices(struct iv_meeting *meeting, struct iv_reader *reader)
{
	struct iv_text state = iv_scalar(reader, "state");
	int kind = iv_choice_field(reader, "kind");

	meeting->kind = kind < 0 ? IV_KIND_INFORMATIONAL : (enum iv_kind)kind;
	meeting->via = (enum iv_channel)(iv_choice_field(reader, "via") + 1);
	meeting->via_text = iv_scalar(reader, "via");
	if (iv_spells(state.text, "canceled"))
		meeting->state = IV_STATE_CANCELLED;
	else
		meeting->state = (enum iv_state)(iv_choice_field(reader, "state") + 1);
	meeting->resume = iv_choice_text(reader, "resume");
	meeting->paid = iv_choice_text(reader, "paid");
}

static bool has_contact(const struct iv_reader *reader)
{
	size_t i;

	for (i = 0; i < reader->refs.count; i++)
		if (!strcmp(reader->refs.items[i].field, "contact"))
			return true;
	return false;
}

static void check_missing(struct iv_meeting *meeting, struct iv_reader *reader)
{
	const struct iv_field *type = iv_given(reader, "type");
	const struct iv_field *contact = iv_given(reader, "contact");
	struct iv_pos pos = type ? type->pos : (struct iv_pos){1, 1};

	if (contact)
		meeting->contact_pos = contact->pos;
	if (!has_contact(reader))
		iv_typed_problem(reader, "missing-field", pos,
				 "a meeting needs a 'contact': whom do you meet?");
	if (!iv_given(reader, "date"))
		iv_typed_problem(reader, "missing-field", pos,
				 "a meeting needs a 'date', as '2026-10-05 10:00'");
}

static void check_thanks(const struct iv_meeting *meeting, struct iv_reader *reader)
{
	char thanks[11], met[11];
	size_t i;

	if (meeting->date.day == IV_NO_DAY)
		return;
	for (i = 0; i < reader->records.count; i++) {
		const struct iv_record *record = &reader->records.items[i];

		if (strcmp(record->field, "thank-you") || record->day == IV_NO_DAY ||
		    record->day >= meeting->date.day)
			continue;
		iv_day_format(thanks, record->day);
		iv_day_format(met, meeting->date.day);
		iv_typed_problem(reader, "time-travel", record->pos,
				 "the thanks of %s are before the meeting of %s", thanks, met);
	}
}

void iv_meeting_read(struct iv_reader *reader)
{
	struct iv_meeting *meeting = iv_arena_calloc(reader->arena, 1, sizeof(*meeting));

	read_date(meeting, reader);
	read_choices(meeting, reader);
	read_planned(meeting, reader);
	read_actual(meeting, reader);
	read_extended(meeting, reader);
	read_spoke(meeting, reader);
	read_rating(meeting, reader);
	meeting->place = iv_scalar(reader, "place");
	meeting->opening = iv_scalar(reader, "opening");
	meeting->referrals_given = iv_given(reader, "referrals") != NULL;
	meeting->prose = reader->prose;
	meeting->evidence =
		reader->prose || reader->thanked || meeting->actual >= 0 || meeting->rating > 0;
	check_missing(meeting, reader);
	check_thanks(meeting, reader);
	reader->note->meeting = meeting;
}
