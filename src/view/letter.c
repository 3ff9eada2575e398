/* Whether there is an occasion for a letter, and the way from facts through a template to it. */
#include "view/letter.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/shell.h"
#include "view/letter_parts.h"
#include "view/template.h"

#define USUAL_MINUTES 20

const char *const iv_letter_words[] = {"request",     "nudge",         "thank-you", "thank-decline",
				       "report-back", "keep-in-touch", "feeler",    NULL};

/* ---- the meeting that a letter is about ---- */

static bool has_been(const struct iv_letter_meeting *meeting, iv_day today)
{
	return meeting->took_place && meeting->day <= today;
}

/* The last one that has been; `unthanked`: for which thanks are owed. */
static const struct iv_letter_meeting *last_meeting(const struct iv_letter_wish *wish,
						    bool unthanked)
{
	for (size_t i = 0; i < wish->facts->meeting_count; i++) {
		const struct iv_letter_meeting *meeting = &wish->facts->meetings[i];

		if (has_been(meeting, wish->today) && (!unthanked || meeting->unthanked))
			return meeting;
	}
	return NULL;
}

static const struct iv_letter_meeting *meeting_of(const struct iv_letter_wish *wish)
{
	const struct iv_letter_meeting *meeting = NULL;

	for (size_t i = 0; wish->meeting && i < wish->facts->meeting_count; i++)
		if (!strcmp(wish->facts->meetings[i].path, wish->meeting))
			return &wish->facts->meetings[i];
	if (wish->kind == IV_LETTER_THANK_YOU)
		meeting = last_meeting(wish, true);
	return meeting ? meeting : last_meeting(wish, false);
}

/* ---- occasions ---- */

bool iv_letter_reports(const struct iv_letter_referred *referred, iv_day today)
{
	iv_day day = referred->met != IV_NO_DAY ? referred->met : referred->declined;

	return !referred->told && ((day != IV_NO_DAY && day <= today) || referred->ahead >= today);
}

static int check_nudge(const struct iv_letter_wish *wish, struct iv_str name,
		       struct iv_error *error)
{
	const struct iv_letter_facts *facts = wish->facts;
	char day[11];

	if (facts->asked == IV_NO_DAY)
		return iv_error_set(error, IV_ENOTFOUND,
				    "no request to '%.*s' is noted under 'outreach', expected one "
				    "to remind of",
				    IV_STR_ARG(name));
	iv_day_format(day, facts->asked);
	if (facts->bounced)
		return iv_error_set(error, IV_ENOTFOUND,
				    "the request to '%.*s' of %s bounced, so there is nothing to "
				    "remind of; 'ivnotes draft request %s' writes one to send by "
				    "another way",
				    IV_STR_ARG(name), day,
				    iv_shell_operand(wish->facts->memory, wish->note->id));
	if (!facts->unanswered)
		return iv_error_set(error, IV_ENOTFOUND,
				    "the request to '%.*s' of %s was answered, so there is nothing "
				    "to remind of",
				    IV_STR_ARG(name), day);
	return 0;
}

static int check_thanks(const struct iv_letter_wish *wish, struct iv_str name,
			const struct iv_letter_meeting *meeting, struct iv_error *error)
{
	char day[11];

	iv_day_format(day, wish->today);
	if (!meeting)
		return iv_error_set(error, IV_ENOTFOUND,
				    "no meeting with '%.*s' has taken place up to %s, so there is "
				    "nothing to thank for",
				    IV_STR_ARG(name), day);
	if (has_been(meeting, wish->today))
		return 0;
	return iv_error_set(error, IV_ENOTFOUND,
			    "'%s' has not taken place up to %s, so there is nothing to thank for",
			    meeting->path, day);
}

static int check_report(const struct iv_letter_wish *wish, struct iv_str name,
			struct iv_error *error)
{
	for (size_t i = 0; i < wish->facts->referred_count; i++)
		if (iv_letter_reports(&wish->facts->referred[i], wish->today))
			return 0;
	if (!wish->facts->referred_count)
		return iv_error_set(error, IV_ENOTFOUND,
				    "no note says whom '%.*s' sent you to, expected 'referrals' or "
				    "'referred-by'",
				    IV_STR_ARG(name));
	return iv_error_set(error, IV_ENOTFOUND,
			    "there is nothing new to tell '%.*s' of those whose names they gave "
			    "you; 'ivnotes draft keep-in-touch %s' writes without",
			    IV_STR_ARG(name),
			    iv_shell_operand(wish->facts->memory, wish->note->id));
}

static int check_occasion(const struct iv_letter_wish *wish,
			  const struct iv_letter_meeting *meeting, struct iv_error *error)
{
	struct iv_str name = wish->note->name;

	switch (wish->kind) {
	case IV_LETTER_NUDGE: return check_nudge(wish, name, error);
	case IV_LETTER_THANK_YOU: return check_thanks(wish, name, meeting, error);
	case IV_LETTER_REPORT_BACK: return check_report(wish, name, error);
	case IV_LETTER_THANK_DECLINE:
		if (wish->facts->answer && !strcmp(wish->facts->answer, "no"))
			return 0;
		return iv_error_set(error, IV_ENOTFOUND,
				    "the last answer of '%.*s' is no 'no', so there is nothing to "
				    "thank for in this way",
				    IV_STR_ARG(name));
	case IV_LETTER_REQUEST:
	case IV_LETTER_KEEP_IN_TOUCH:
	case IV_LETTER_FEELER:
	case IV_LETTER_KINDS: break;
	}
	return 0;
}

int iv_letter_write(struct iv_letter *out, const struct iv_letter_wish *wish,
		    struct iv_error *error)
{
	const struct iv_letter_meeting *meeting = meeting_of(wish);
	struct iv_arena *arena = iv_arena_new();
	struct iv_buf filled = IV_BUF_INIT;
	struct iv_value fields;
	int rc = check_occasion(wish, meeting, error);

	*out = (struct iv_letter){.meeting = meeting};
	out->minutes = wish->minutes > 0          ? wish->minutes
		       : wish->facts->minutes > 0 ? wish->facts->minutes
						  : USUAL_MINUTES;
	fields = iv_letter_fields(arena, wish, meeting, out->minutes);
	if (!rc)
		rc = iv_template_fill(&filled, wish->template, &fields, error);
	if (!rc)
		iv_letter_lay_out(out, iv_buf_view(&filled));
	if (!rc && !*out->body)
		rc = iv_error_set(error, IV_EINPUT, "the template gives an empty letter");
	iv_buf_release(&filled);
	iv_arena_free(arena);
	return rc;
}

void iv_letter_release(struct iv_letter *letter)
{
	free(letter->subject);
	free(letter->body);
	free(letter->blanks);
	*letter = (struct iv_letter){0};
}
