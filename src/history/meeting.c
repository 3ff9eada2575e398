/* Meetings that were arranged, moved, held, or came to nothing. */
#include <string.h>

#include "history/finder.h"

static bool is_open(const struct iv_meeting *meeting)
{
	return meeting->state == IV_STATE_NONE || meeting->state == IV_STATE_SCHEDULED;
}

/* What is written before the day is no sign that one has met. */
static bool was_held(const struct iv_meeting *meeting, iv_day today)
{
	bool ahead =
		today != IV_NO_DAY && meeting->date.day != IV_NO_DAY && meeting->date.day > today;

	return meeting->state == IV_STATE_HELD || (is_open(meeting) && meeting->evidence && !ahead);
}

static bool other_date(const struct iv_meeting *was, const struct iv_meeting *is)
{
	return was->date.day != is->date.day || was->minute != is->minute;
}

static enum iv_verb verb_of_new(const struct iv_meeting *is, iv_day today)
{
	bool ahead = is->date.day == IV_NO_DAY || is->date.day > today;

	return was_held(is, today) || (!ahead && is->state != IV_STATE_SCHEDULED) ? IV_ACT_MET
										  : IV_ACT_ARRANGED;
}

/* Of one that may still be held, or was; IV_VERB_COUNT when there is nothing to say. */
static enum iv_verb verb_of_open(const struct iv_meeting *was, const struct iv_meeting *is,
				 iv_day today)
{
	if (!was)
		return verb_of_new(is, today);
	if (is->state == IV_STATE_HELD && was->state != IV_STATE_HELD)
		return IV_ACT_MET;
	if (was_held(is, today))
		return was_held(was, today) ? IV_VERB_COUNT : IV_ACT_MET;
	if (!is_open(was) || (was->date.day == IV_NO_DAY && is->date.day != IV_NO_DAY))
		return IV_ACT_ARRANGED;
	if (!was_held(was, today) && other_date(was, is) && is->date.day != IV_NO_DAY)
		return IV_ACT_MOVED;
	return IV_VERB_COUNT;
}

static enum iv_verb verb_of(const struct iv_meeting *was, const struct iv_meeting *is, iv_day today)
{
	bool changed = !was || was->state != is->state;

	switch (is->state) {
	case IV_STATE_CANCELLED: return changed ? IV_ACT_CALLED_OFF : IV_VERB_COUNT;
	case IV_STATE_MOVED: return changed ? IV_ACT_MOVED : IV_VERB_COUNT;
	case IV_STATE_NO_SHOW: return changed ? IV_ACT_NO_SHOW : IV_VERB_COUNT;
	case IV_STATE_MISSED: return changed ? IV_ACT_MISSED : IV_VERB_COUNT;
	case IV_STATE_NONE:
	case IV_STATE_SCHEDULED:
	case IV_STATE_HELD: return verb_of_open(was, is, today);
	}
	return IV_VERB_COUNT;
}

/* Which fields need no word of their own beside the act. */
static void take_as_said(struct iv_finder *finder, enum iv_verb verb, const struct iv_meeting *was,
			 const struct iv_meeting *is)
{
	bool dated = verb == IV_ACT_ARRANGED || verb == IV_ACT_MOVED;

	if (!was)
		return;
	finder->said_state |= verb != IV_ACT_MET || is->state == IV_STATE_HELD;
	finder->said_date |= dated && is_open(is) && other_date(was, is);
}

/* Says what became of the meeting, to those for whom it was as `was` before. */
static void compare(struct iv_finder *finder, const struct iv_meeting *was, struct iv_people people)
{
	const struct iv_meeting *is = finder->after->meeting;
	enum iv_verb verb = verb_of(was, is, finder->how->today);
	struct iv_act act;

	if (verb == IV_VERB_COUNT)
		return;
	act = iv_act_of(finder, verb);
	act.field = verb == IV_ACT_MET || verb == IV_ACT_ARRANGED || is_open(is) ? "date" : "state";
	act.day = is->date.day;
	act.minute = is->minute;
	act.channel = is->via;
	act.line = is->date.pos.line;
	act.now = iv_field_line(finder, finder->after, "date");
	if (was && other_date(was, is))
		act.was = iv_field_line(finder, finder->before, "date");
	take_as_said(finder, verb, was, is);
	iv_act_add_people(finder, act, people);
}

static size_t count_contacts(const struct iv_note *note)
{
	size_t count = 0;

	for (size_t i = 0; i < note->ref_count; i++)
		count += !strcmp(note->refs[i].field, "contact");
	return count;
}

/* To look up who they are may take a while. */
static bool is_silent(const struct iv_finder *finder, const struct iv_meeting *was)
{
	return was && count_contacts(finder->after) <= count_contacts(finder->before) &&
	       verb_of(was, finder->after->meeting, finder->how->today) == IV_VERB_COUNT;
}

void iv_compare_meetings(struct iv_finder *finder)
{
	const struct iv_meeting *was = finder->before ? finder->before->meeting : NULL;
	struct iv_people people, before;

	if (!finder->after || !finder->after->meeting || is_silent(finder, was))
		return;
	people = iv_people_of(finder, finder->after);
	before = was ? iv_people_of(finder, finder->before) : people;
	/* As many as before: a name that was written otherwise is nobody new. */
	if (people.count <= before.count) {
		compare(finder, was, people);
		return;
	}
	for (size_t i = 0; i < people.count; i++) {
		struct iv_people one = {&people.items[i], 1};

		compare(finder, iv_people_have(before, one.items->key) ? was : NULL, one);
	}
}
