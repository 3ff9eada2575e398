#include "note/fields.h"

#include <string.h>

#include "base/str.h"

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define CHANNELS WORDS("email", "letter", "card", "phone", "text", "linkedin", "video", "in-person")

const struct iv_field_def iv_fields[] = {
	{"type", IV_ON_ALL, IV_FIELD_TEXT, NULL, NULL, "contact, meeting or organization"},

	{"name", IV_ON_CONTACT | IV_ON_ORGANIZATION, IV_FIELD_TEXT, NULL, NULL,
	 "the name as messages say it; without it the file's"},
	{"organization", IV_ON_CONTACT, IV_FIELD_REF,
	 WORDS("org", "organisation", "company", "employer"), NULL, "where the person works"},
	{"formerly", IV_ON_CONTACT, IV_FIELD_REFS, NULL, NULL, "where the person worked before"},
	{"role", IV_ON_CONTACT, IV_FIELD_TEXT, WORDS("job-title", "position"), NULL,
	 "what the person does there"},
	{"relation", IV_ON_CONTACT, IV_FIELD_TEXT, NULL, NULL,
	 "friend, family or mentor soften the rules; other words are fine"},
	{"email", IV_ON_CONTACT, IV_FIELD_TEXT, WORDS("e-mail"), NULL, "the address to write to"},
	{"phone", IV_ON_CONTACT, IV_FIELD_TEXT, NULL, NULL, "the number to call"},
	{"address", IV_ON_CONTACT, IV_FIELD_TEXT, NULL, NULL, "where a letter or card arrives"},
	{"url", IV_ON_CONTACT | IV_ON_ORGANIZATION, IV_FIELD_TEXT, NULL, NULL, "a page on the web"},
	{"linkedin", IV_ON_CONTACT, IV_FIELD_TEXT, NULL, NULL, "the profile there"},
	{"source", IV_ON_CONTACT, IV_FIELD_TEXT, NULL, NULL, "how you came by the name"},
	{"referred-by", IV_ON_CONTACT, IV_FIELD_REFS, NULL, NULL, "who sent you to this person"},
	{"referrals", IV_ON_CONTACT | IV_ON_MEETING, IV_FIELD_REFS, NULL, NULL,
	 "whom the person named to you; none: you asked and got none"},
	{"purpose", IV_ON_CONTACT, IV_FIELD_TEXT, NULL, NULL, "what you want to learn"},
	{"outreach", IV_ON_CONTACT, IV_FIELD_RECORDS, NULL, NULL,
	 "requests for a conversation, and their answers"},
	{"touches", IV_ON_CONTACT, IV_FIELD_RECORDS, NULL, NULL,
	 "anything else from you that reached them"},
	{"reported", IV_ON_CONTACT, IV_FIELD_RECORDS, NULL, NULL,
	 "what you told them about people and leads they gave"},
	{"feeler", IV_ON_CONTACT, IV_FIELD_RECORDS, NULL, NULL,
	 "the letter that asks to hear of openings"},
	{"connected", IV_ON_CONTACT, IV_FIELD_TEXT, NULL, NULL,
	 "since when you are linked on their network; no closes it"},
	{"keep-in-touch", IV_ON_CONTACT, IV_FIELD_SPAN, NULL, NULL,
	 "how often at least, as 8w, or off"},
	{"paused", IV_ON_CONTACT, IV_FIELD_DATE, NULL, NULL, "nothing is owed before this day"},
	{"do-not-contact", IV_ON_CONTACT, IV_FIELD_FLAG, NULL, NULL,
	 "yes, or the day since when nothing may be sent"},

	{"contact", IV_ON_MEETING, IV_FIELD_REFS, WORDS("contacts", "people", "with"), NULL,
	 "whom you meet"},
	{"date", IV_ON_MEETING, IV_FIELD_DATETIME, NULL, NULL, "the day, or day and time"},
	{"kind", IV_ON_MEETING, IV_FIELD_CHOICE, NULL, WORDS("informational", "catch-up", "job"),
	 "what sort of conversation"},
	{"via", IV_ON_MEETING, IV_FIELD_CHOICE, NULL, CHANNELS, "how you speak"},
	{"place", IV_ON_MEETING, IV_FIELD_TEXT, NULL, NULL, "where"},
	{"planned", IV_ON_MEETING, IV_FIELD_MINUTES, NULL, WORDS("invited", "meal"),
	 "the length agreed on, as 20m, 45m invited, 60m meal"},
	{"actual", IV_ON_MEETING, IV_FIELD_MINUTES, NULL, NULL, "how long it took"},
	{"extended", IV_ON_MEETING, IV_FIELD_MINUTES, NULL, WORDS("yes", "no", "them"),
	 "they made it longer: yes, or by how much"},
	{"spoke", IV_ON_MEETING, IV_FIELD_PERCENT, NULL, NULL, "your share of the talking"},
	{"state", IV_ON_MEETING, IV_FIELD_CHOICE, NULL,
	 WORDS("scheduled", "held", "cancelled", "moved", "no-show", "missed"),
	 "what became of it; missed: by you, no-show: by them"},
	{"opening", IV_ON_MEETING, IV_FIELD_TEXT, NULL, NULL, "how you begin"},
	{"thank-you", IV_ON_MEETING, IV_FIELD_RECORDS, NULL, NULL, "thanks sent; skipped waives"},
	{"leads", IV_ON_MEETING, IV_FIELD_LEADS, NULL, NULL,
	 "advice to act on; (reported DATE) when you told them of it"},
	{"resume", IV_ON_MEETING, IV_FIELD_CHOICE, NULL,
	 WORDS("no", "asked", "promised", "sent", "end", "start"), "what became of your resume"},
	{"paid", IV_ON_MEETING, IV_FIELD_CHOICE, NULL,
	 WORDS("me", "them", "their-company", "nobody"), "who paid for the coffee"},
	{"rating", IV_ON_MEETING, IV_FIELD_RATING, NULL, NULL,
	 "1 to 5: the job or company, not the person"},

	{"target", IV_ON_ORGANIZATION, IV_FIELD_FLAG, NULL, NULL, "yes: you want to work there"},
	{"rank", IV_ON_ORGANIZATION, IV_FIELD_TEXT, NULL, NULL, "its place on your list"},
	{"pursuing", IV_ON_ORGANIZATION, IV_FIELD_DATE, NULL, NULL,
	 "the day you decided to apply there"},
	{"stance", IV_ON_ORGANIZATION, IV_FIELD_CHOICE, NULL, WORDS("learn", "candid"),
	 "candid: say there that you want to work there"},

	{"aliases", IV_ON_ALL, IV_FIELD_TEXTS, WORDS("alias"), NULL,
	 "other names by which notes refer to this one"},
	{"tags", IV_ON_ALL, IV_FIELD_TEXTS, WORDS("tag"), NULL, "words to find it by"},
	{"created", IV_ON_ALL, IV_FIELD_DATE, NULL, NULL, "the day the note was begun"},
	{"ivnotes-ignore", IV_ON_ALL, IV_FIELD_RULES, NULL, NULL,
	 "rules that do not apply to this note"},
	{"follow-up", IV_ON_ALL, IV_FIELD_RECORDS, NULL, NULL, "what to do next, and on which day"},
};

const size_t iv_field_count = sizeof(iv_fields) / sizeof(*iv_fields);

static bool names(const struct iv_field_def *def, struct iv_str key)
{
	const char *const *alias;

	if (def->name[0] == key.ptr[0] && iv_str_is(key, def->name))
		return true;
	for (alias = def->aliases; alias && *alias; alias++)
		if ((*alias)[0] == key.ptr[0] && iv_str_is(key, *alias))
			return true;
	return false;
}

static bool is_on(const struct iv_field_def *def, enum iv_type type)
{
	/* What every type has, Markdown notes of no type have too (aliases, tags). */
	return type == IV_TYPE_NONE ? def->types == IV_ON_ALL : def->types & (1u << type);
}

const struct iv_field_def *iv_field_find(enum iv_type type, struct iv_str folded_key)
{
	size_t i;

	if (!folded_key.len)
		return NULL;
	for (i = 0; i < iv_field_count; i++)
		if (is_on(&iv_fields[i], type) && names(&iv_fields[i], folded_key))
			return &iv_fields[i];
	return NULL;
}

bool iv_field_of_any(struct iv_str folded_key)
{
	int type;

	for (type = IV_TYPE_CONTACT; type <= IV_TYPE_ORGANIZATION; type++)
		if (iv_field_find((enum iv_type)type, folded_key))
			return true;
	return false;
}

static bool number_within(int *out, struct iv_str text, const char *end, int least, int most)
{
	int number;

	text = iv_str_trim(text);
	if (iv_str_ends(text, end))
		text = iv_str_trim(iv_str_slice(text, 0, text.len - strlen(end)));
	if (!iv_str_int(&number, text) || number < least || number > most)
		return false;
	*out = number;
	return true;
}

bool iv_percent_parse(int *out, struct iv_str text)
{
	return number_within(out, text, "%", 0, 100);
}

bool iv_rating_parse(int *out, struct iv_str text)
{
	return number_within(out, text, "/5", 1, 5);
}
