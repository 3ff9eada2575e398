/* The fields that a letter's template may use, from facts. ivnotes-templates(7) lists them. */
#include <stdlib.h>
#include <string.h>

#include "view/letter_parts.h"
#include "view/template.h"
#include "view/letter_words.h"

struct fields {
	struct iv_arena *arena;
	const struct iv_letter_wish *wish;
	const struct iv_letter_meeting *meeting;
	struct iv_value *items;
	size_t count, capacity;
};

/* ---- putting ---- */

static void put_value(struct fields *fields, struct iv_value value)
{
	IV_GROW(fields->items, fields->count, fields->capacity);
	fields->items[fields->count++] = value;
}

static void put(struct fields *fields, const char *key, struct iv_str text)
{
	put_value(fields, iv_template_text(key, text));
}

static void put_flag(struct fields *fields, const char *key, bool holds)
{
	put(fields, key, holds ? IV_LIT("yes") : IV_LIT(""));
}

static void put_day(struct fields *fields, const char *key, iv_day day)
{
	put(fields, key, iv_words_day(fields->arena, day, fields->wish->today));
}

/* A list of `count` values; `items` has one more, which says what they are like. */
static void put_list(struct fields *fields, const char *key, struct iv_value *items, size_t count,
		     struct iv_value like)
{
	items[count] = like;
	put_value(fields, iv_template_list(key, items, count));
}

static struct iv_value *room(struct fields *fields, size_t count)
{
	return iv_arena_calloc(fields->arena, count + 1, sizeof(struct iv_value));
}

static struct iv_value pair(struct fields *fields, struct iv_str name, const char *key,
			    struct iv_str text)
{
	struct iv_value items[] = {iv_template_text("name", name), iv_template_text(key, text)};

	return iv_template_map(NULL, iv_arena_copy(fields->arena, items, 2, sizeof(*items)), 2);
}

static struct iv_str clean(struct fields *fields, struct iv_str text)
{
	return iv_words_clean(fields->arena, text);
}

static struct iv_str name_of(struct fields *fields, const char *name)
{
	return iv_words_name(fields->arena, iv_str_of(name));
}

/* Names as "A, B and C". */
static struct iv_str names(struct fields *fields, const char *const *list, size_t count)
{
	struct iv_str *items = iv_arena_calloc(fields->arena, count + 1, sizeof(*items));

	for (size_t i = 0; i < count; i++)
		items[i] = name_of(fields, list[i]);
	return iv_words_list(fields->arena, items, count, ", ", " and ");
}

/* ---- to whom ---- */

static void put_person(struct fields *fields)
{
	const struct iv_letter_wish *wish = fields->wish;
	const struct iv_contact *contact = wish->note->contact;
	struct iv_str purpose = clean(fields, contact->purpose.text);

	put(fields, "greeting", iv_letter_greeting(fields->arena, wish->note));
	put(fields, "name", iv_words_name(fields->arena, wish->note->name));
	put(fields, "role", clean(fields, contact->role.text));
	put(fields, "organization", name_of(fields, wish->facts->organization));
	put(fields, "source", clean(fields, contact->source.text));
	put(fields, "purpose", purpose);
	put(fields, "learn", iv_letter_learn(purpose));
	put_flag(fields, "candid", wish->facts->candid);
	put_flag(fields, "friend", iv_letter_is_near(wish->note));
	put_flag(fields, "known",
		 contact->relation.text.len || fields->meeting || wish->facts->asked != IV_NO_DAY);
}

/* ---- from whom ---- */

static void put_sender(struct fields *fields)
{
	const struct iv_sender *sender = fields->wish->sender;

	put(fields, "my-name", iv_words_name(fields->arena, iv_str_of(sender->name)));
	put(fields, "my-email", clean(fields, iv_str_of(sender->email)));
	put(fields, "my-phone", clean(fields, iv_str_of(sender->phone)));
	put(fields, "about", iv_words_sentence(fields->arena, iv_str_of(sender->about)));
}

/* ---- by whom ---- */

/* "my mentor", "a friend of mine", "whom I met on October 1", or nothing. */
static struct iv_str tie(struct fields *fields, const struct iv_letter_referrer *referrer)
{
	struct iv_str relation = iv_str_of(referrer->relation);

	if (iv_str_is_nocase(relation, "friend"))
		return IV_LIT("a friend of mine");
	if (iv_str_is_nocase(relation, "family"))
		return IV_LIT("who is family");
	for (size_t i = 0; i < relation.len; i++)
		if (!(relation.ptr[i] >= 'a' && relation.ptr[i] <= 'z') && relation.ptr[i] != '-')
			relation.len = 0;
	if (relation.len)
		return iv_arena_printf(fields->arena, "my %.*s", IV_STR_ARG(relation));
	if (referrer->met == IV_NO_DAY || referrer->met > fields->wish->today)
		return IV_LIT("");
	return iv_arena_printf(fields->arena, "whom I met %s",
			       iv_words_day(fields->arena, referrer->met, fields->wish->today).ptr);
}

/* "A, my mentor, and B": it stands before a verb, and a tie is between commas. */
static void put_sent_by(struct fields *fields, const struct iv_value *people, size_t count)
{
	struct iv_buf buf = IV_BUF_INIT;
	bool tied = false;

	for (size_t i = 0; i < count; i++) {
		const struct iv_value *person = people[i].items;
		bool last = i + 1 == count;

		if (i)
			iv_buf_puts(&buf, !last ? ", " : tied ? ", and " : " and ");
		tied = person[1].text.len > 0;
		iv_buf_str(&buf, person[0].text);
		iv_buf_puts(&buf, tied ? ", " : "");
		iv_buf_str(&buf, person[1].text);
	}
	iv_buf_puts(&buf, tied ? "," : "");
	put(fields, "sent-by", iv_arena_str(fields->arena, iv_buf_view(&buf)));
	iv_buf_release(&buf);
}

static void put_referrers(struct fields *fields)
{
	const struct iv_letter_facts *facts = fields->wish->facts;
	struct iv_value *items = room(fields, facts->referrer_count);

	for (size_t i = 0; i < facts->referrer_count; i++)
		items[i] = pair(fields, name_of(fields, facts->referrers[i].name), "tie",
				tie(fields, &facts->referrers[i]));
	put_sent_by(fields, items, facts->referrer_count);
	put_list(fields, "referrers", items, facts->referrer_count,
		 pair(fields, IV_LIT(""), "tie", IV_LIT("")));
}

/* ---- requests and answers ---- */

static const char *verb(const char *channel)
{
	if (channel && !strcmp(channel, "phone"))
		return "called";
	if (channel && (!strcmp(channel, "in-person") || !strcmp(channel, "video")))
		return "spoke with you";
	return "wrote to you";
}

/* A meeting that came to nothing and was not followed by a request. */
static bool fell_through(const struct fields *fields, bool mine)
{
	const struct iv_letter_facts *facts = fields->wish->facts;
	const struct iv_letter_meeting *last = facts->meeting_count ? facts->meetings : NULL;

	return last && last->state && !last->took_place && last->day <= fields->wish->today &&
	       facts->asked < last->day && !strcmp(last->state, "missed") == mine;
}

static void put_request(struct fields *fields, int minutes)
{
	const struct iv_letter_facts *facts = fields->wish->facts;
	bool later =
		facts->answer && !strcmp(facts->answer, "later") && facts->asked <= facts->answered;
	iv_day last = facts->meeting_count ? facts->meetings[0].day : IV_NO_DAY;

	put(fields, "minutes", iv_words_minutes(fields->arena, minutes));
	put_day(fields, "asked-on", facts->asked);
	put(fields, "asked-by",
	    iv_str_of(facts->asked == IV_NO_DAY ? NULL : verb(facts->asked_via)));
	put_day(fields, "answered", facts->answered);
	put_day(fields, "later", later ? facts->answered : IV_NO_DAY);
	put_day(fields, "missed", fell_through(fields, true) ? last : IV_NO_DAY);
	put_day(fields, "called-off", fell_through(fields, false) ? last : IV_NO_DAY);
}

/* ---- the meeting ---- */

static bool is_one_of(const char *word, const char *const *words)
{
	for (; word && *words; words++)
		if (!strcmp(word, *words))
			return true;
	return false;
}

static const char *treat(const struct iv_letter_meeting *meeting)
{
	static const char *const hosts[] = {"them", "their-company", NULL};

	if (!is_one_of(meeting->paid, hosts))
		return NULL;
	return meeting->planned_by && !strcmp(meeting->planned_by, "meal") ? "the meal"
									   : "inviting me";
}

static void put_leads(struct fields *fields)
{
	const struct iv_letter_meeting *meeting = fields->meeting;
	size_t count = meeting ? meeting->lead_count : 0;
	struct iv_value *items = room(fields, count);
	struct iv_str *texts = iv_arena_calloc(fields->arena, count + 1, sizeof(*texts));

	for (size_t i = 0; i < count; i++) {
		texts[i] = clean(fields, iv_str_of(meeting->leads[i].text));
		items[i] = iv_template_text(NULL, texts[i]);
	}
	put(fields, "advice", iv_words_list(fields->arena, texts, count, "; ", "; and "));
	put_list(fields, "leads", items, count, iv_template_text(NULL, IV_LIT("")));
}

static void put_meeting(struct fields *fields)
{
	static const struct iv_letter_meeting none = {.day = IV_NO_DAY};
	static const char *const writing[] = {"email", "letter", "text", "linkedin", NULL};
	const struct iv_letter_meeting *meeting = fields->meeting ? fields->meeting : &none;
	bool phone = meeting->via && !strcmp(meeting->via, "phone");
	bool video = meeting->via && !strcmp(meeting->via, "video");

	put_day(fields, "met", meeting->day);
	put(fields, "met-by", iv_str_of(phone ? "by phone" : video ? "by video" : NULL));
	put_flag(fields, "in-writing", is_one_of(meeting->via, writing));
	put(fields, "others", names(fields, meeting->people, meeting->people_count));
	put(fields, "referrals", names(fields, meeting->referred, meeting->referred_count));
	put(fields, "treat", iv_str_of(treat(meeting)));
	put_flag(fields, "resume-promised",
		 meeting->resume && !strcmp(meeting->resume, "promised"));
	put_leads(fields);
}

/* ---- news ---- */

/* Leads of all meetings that I did not tell them of yet. Whether there are any. */
static bool put_open_leads(struct fields *fields)
{
	const struct iv_letter_facts *facts = fields->wish->facts;
	size_t count = 0, most = 0;
	struct iv_value *items;

	for (size_t i = 0; i < facts->meeting_count; i++)
		most += facts->meetings[i].lead_count;
	items = room(fields, most);
	for (size_t i = 0; i < facts->meeting_count; i++) {
		const struct iv_letter_meeting *meeting = &facts->meetings[i];

		for (size_t j = 0; j < meeting->lead_count; j++)
			if (meeting->leads[j].reported == IV_NO_DAY)
				items[count++] = iv_template_text(
					NULL, clean(fields, iv_str_of(meeting->leads[j].text)));
	}
	put_list(fields, "open-leads", items, count, iv_template_text(NULL, IV_LIT("")));
	return count > 0;
}

enum fate { FATE_MET, FATE_DECLINED, FATE_AHEAD };

static bool is_of(const struct iv_letter_referred *referred, enum fate fate, iv_day today)
{
	bool met = referred->met != IV_NO_DAY && referred->met <= today;
	bool declined = referred->declined != IV_NO_DAY && referred->declined <= today;

	switch (fate) {
	case FATE_MET: return met;
	case FATE_AHEAD: return !met && referred->ahead >= today;
	case FATE_DECLINED: return !met && declined && referred->ahead < today;
	}
	return false;
}

static iv_day day_of(const struct iv_letter_referred *referred, enum fate fate)
{
	return fate == FATE_MET     ? referred->met
	       : fate == FATE_AHEAD ? referred->ahead
				    : referred->declined;
}

/* The last one that I told them of. */
static struct iv_str told(struct fields *fields)
{
	const struct iv_letter_facts *facts = fields->wish->facts;

	for (size_t i = 0; i < facts->meeting_count; i++)
		for (size_t j = 0; j < facts->meetings[i].lead_count; j++)
			if (facts->meetings[i].leads[j].reported != IV_NO_DAY)
				return clean(fields, iv_str_of(facts->meetings[i].leads[j].text));
	return IV_LIT("");
}

/* Names of all whom they sent me to and have not heard of. */
static void put_names(struct fields *fields)
{
	const struct iv_letter_facts *facts = fields->wish->facts;
	struct iv_str *items =
		iv_arena_calloc(fields->arena, facts->referred_count + 1, sizeof(*items));
	size_t count = 0;

	for (size_t i = 0; i < facts->referred_count; i++)
		if (iv_letter_reports(&facts->referred[i], fields->wish->today))
			items[count++] = name_of(fields, facts->referred[i].name);
	put(fields, "names", iv_words_list(fields->arena, items, count, ", ", " and "));
	put_flag(fields, "several", count > 1);
}

/* The same by what became of it. Whether there are any. */
static bool put_referred(struct fields *fields, const char *key, enum fate fate)
{
	const struct iv_letter_facts *facts = fields->wish->facts;
	struct iv_value *items = room(fields, facts->referred_count);
	iv_day today = fields->wish->today;
	size_t count = 0;

	for (size_t i = 0; i < facts->referred_count; i++) {
		const struct iv_letter_referred *referred = &facts->referred[i];

		if (iv_letter_reports(referred, today) && is_of(referred, fate, today))
			items[count++] =
				pair(fields, name_of(fields, referred->name), "on",
				     iv_words_day(fields->arena, day_of(referred, fate), today));
	}
	put_list(fields, key, items, count, pair(fields, IV_LIT(""), "on", IV_LIT("")));
	return count > 0;
}

static void put_news(struct fields *fields)
{
	const struct iv_letter_wish *wish = fields->wish;
	bool ended = wish->ended != IV_NO_DAY && wish->ended <= wish->today;
	bool met = put_referred(fields, "through", FATE_MET);
	bool leads = put_open_leads(fields);

	put_referred(fields, "ahead", FATE_AHEAD);
	put_referred(fields, "declined", FATE_DECLINED);
	put_names(fields);
	put(fields, "told", told(fields));
	put_flag(fields, "ended", ended);
	put_flag(fields, "news", ended || met || leads);
}

struct iv_value iv_letter_fields(struct iv_arena *arena, const struct iv_letter_wish *wish,
				 const struct iv_letter_meeting *meeting, int minutes)
{
	struct fields fields = {.arena = arena, .wish = wish, .meeting = meeting};
	struct iv_value all;

	put_person(&fields);
	put_sender(&fields);
	put_referrers(&fields);
	put_request(&fields, minutes);
	put_meeting(&fields);
	put_news(&fields);
	all = iv_template_map(
		NULL, iv_arena_copy(arena, fields.items, fields.count, sizeof(*fields.items)),
		fields.count);
	free(fields.items);
	return all;
}
