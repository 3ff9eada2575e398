#include "view/prepare.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "note/fields.h"
#include "view/markdown.h"
#include "view/prose.h"
#include "view/words.h"

#define ASSUMED_MINUTES 20 /* where nobody said how long */
#define CLOSING_MINUTES 2
#define QUESTION_MINUTES 2
#define QUESTIONS_MAX 10

struct maker {
	struct iv_prepared *out;
	const struct iv_prepare *from;
	const struct iv_dossier *dossier;
	uint64_t own, of_guests, of_place; /* topics that were asked about */
	int room;                          /* for questions */
};

static void add_line(struct iv_texts *lines, struct iv_arena *arena, struct iv_buf *text)
{
	IV_GROW(lines->items, lines->count, lines->capacity);
	lines->items[lines->count++] = iv_arena_str(arena, iv_buf_view(text)).ptr;
	iv_buf_clear(text);
}

static void say(struct maker *maker, struct iv_texts *lines, const char *text)
{
	struct iv_buf line = IV_BUF_INIT;

	iv_buf_puts(&line, text);
	add_line(lines, maker->out->arena, &line);
	iv_buf_release(&line);
}

/* The first guest who has a note, or NULL. */
static const struct iv_member *guest_of(const struct maker *maker)
{
	const struct iv_dossier *dossier = maker->dossier;

	return dossier->member_count && dossier->members[0].guest ? &dossier->members[0] : NULL;
}

/* ---- minutes ---- */

static void set_minutes(struct maker *maker)
{
	const struct iv_meeting *meeting = maker->from->note->meeting;
	struct iv_prepared *out = maker->out;

	out->informational = meeting->kind == IV_KIND_INFORMATIONAL;
	out->in_person = meeting->via == IV_CHANNEL_IN_PERSON;
	out->by_email = meeting->via == IV_CHANNEL_EMAIL || meeting->via == IV_CHANNEL_LETTER;
	out->start = meeting->minute;
	out->minutes = meeting->planned >= 0 ? meeting->planned : maker->dossier->minutes;
	out->assumed = out->minutes <= 0;
	if (out->assumed)
		out->minutes = ASSUMED_MINUTES;
}

/* ---- the opening ---- */

static const struct iv_section *section_of(const struct iv_note *note, const char *name)
{
	for (size_t i = 0; i < note->section_count; i++)
		if (strcmp(note->sections[i].name, name) == 0)
			return &note->sections[i];
	return NULL;
}

static void suggest_thanks(struct maker *maker, struct iv_buf *out)
{
	if (maker->out->by_email)
		iv_buf_puts(out, "Thank you for answering my questions.");
	else if (maker->out->assumed)
		iv_buf_puts(out, "Thank you for making time for me.");
	else
		iv_buf_printf(out, "Thank you for making %d minutes for me.", maker->out->minutes);
}

/* Who sent me: the last before the guest. */
static void suggest_sender(const struct iv_member *guest, struct iv_buf *out)
{
	if (!guest || !guest->route_count)
		return;
	const struct iv_route *route = &guest->routes[0];
	iv_buf_putc(out, ' ');
	iv_prose_text(out, route->names[route->count - 1]);
	iv_buf_puts(out, " suggested that I talk to you.");
}

static void suggest_wish(struct maker *maker, const struct iv_member *guest, struct iv_buf *out)
{
	const char *place = guest ? guest->employer : NULL;

	iv_buf_puts(out,
		    maker->from->candid
			    ? " I would like to work"
			    : " I am not here to ask for a job: I would like to understand what "
			      "your work");
	if (place) {
		iv_buf_puts(out, " at ");
		iv_prose_text(out, place);
	} else if (maker->from->candid) {
		iv_buf_puts(out, " where you do");
	}
	iv_buf_puts(out, maker->from->candid ? ", and to understand what it takes." : " is like.");
}

static void suggest_opening(struct maker *maker)
{
	struct iv_buf out = IV_BUF_INIT;
	const struct iv_member *guest = guest_of(maker);

	suggest_thanks(maker, &out);
	suggest_sender(guest, &out);
	if (maker->from->about_me) {
		iv_buf_putc(&out, ' ');
		iv_prose_text(&out, maker->from->about_me);
	}
	suggest_wish(maker, guest, &out);
	maker->out->opening = iv_arena_str(maker->out->arena, iv_buf_view(&out));
	maker->out->opening_from = IV_OPENING_OURS;
	iv_buf_release(&out);
}

/* The note's own, the config's, or one that is made of what is known. */
static void set_opening(struct maker *maker)
{
	const struct iv_note *note = maker->from->note;
	const struct iv_section *section = section_of(note, "opening");
	struct iv_prepared *out = maker->out;

	out->opening = iv_str_trim(note->meeting->opening.text);
	if (!out->opening.len && section && section->words)
		out->opening = section->text;
	if (out->opening.len) {
		out->opening_from = IV_OPENING_NOTE;
	} else if (maker->from->opening && *maker->from->opening) {
		out->opening = iv_str_of(maker->from->opening);
		out->opening_from = IV_OPENING_CONFIG;
	} else if (out->informational) {
		suggest_opening(maker);
	}
}

/* ---- questions ---- */

static void add_question(struct maker *maker, struct iv_str topic, struct iv_str text, bool own)
{
	struct iv_prepared *out = maker->out;

	IV_GROW(out->questions, out->question_count, out->question_capacity);
	out->questions[out->question_count++] =
		(struct iv_prepared_question){topic, text, own, NULL};
}

static bool has_question(const struct maker *maker, struct iv_str text)
{
	const struct iv_prepared *out = maker->out;
	const struct iv_dossier *dossier = maker->dossier;

	for (size_t i = 0; i < out->question_count; i++)
		if (iv_str_eq_nocase(out->questions[i].text, text))
			return true;
	for (size_t i = 0; i < dossier->asked_count; i++)
		if (iv_str_eq_nocase(iv_str_of(dossier->asked[i].text), text))
			return true;
	return false;
}

/* The topic as a bit of the dossier's sets; 0 for one that rules know nothing of. */
static uint64_t bit_of(const struct maker *maker, struct iv_str topic)
{
	for (size_t i = 0; i < maker->dossier->topic_count; i++)
		if (iv_str_is(topic, maker->dossier->topics[i]))
			return UINT64_C(1) << i;
	return 0;
}

/* A topic that rules ask about where the settings name it, or one that they never do. */
static bool is_wanted(const struct maker *maker, struct iv_str topic)
{
	return bit_of(maker, topic) || iv_str_is(topic, "field") || iv_str_is(topic, "company");
}

/* Adds the first question of the topic that was not asked; false when there is none. */
static bool take_question(struct maker *maker, struct iv_str topic)
{
	const struct iv_bank *bank = maker->from->bank;

	for (size_t i = 0; i < bank->count; i++) {
		if (!iv_str_eq(bank->items[i].topic, topic) ||
		    has_question(maker, bank->items[i].text))
			continue;
		add_question(maker, topic, bank->items[i].text, false);
		return true;
	}
	return false;
}

static bool is_full(const struct maker *maker, int room)
{
	return room <= 0 || maker->out->question_count >= (size_t)room;
}

static bool is_who_else(struct iv_str topic)
{
	return iv_str_is(topic, "who-else");
}

/* One question about each topic that is not in the set, up to `room`. */
static void take_topics(struct maker *maker, uint64_t without, int room)
{
	const struct iv_bank *bank = maker->from->bank;

	/* First what the person thought of, under headings that are not ours. */
	for (size_t i = 0; i < bank->count && !is_full(maker, room); i++)
		if (!iv_bank_label(bank->items[i].topic) &&
		    (!i || !iv_str_eq(bank->items[i - 1].topic, bank->items[i].topic)))
			take_question(maker, bank->items[i].topic);
	for (size_t t = 0; iv_bank_topic(t) && !is_full(maker, room); t++) {
		struct iv_str topic = iv_str_of(iv_bank_topic(t));
		uint64_t bit = bit_of(maker, topic);

		if ((bit & without) || is_who_else(topic) || !is_wanted(maker, topic))
			continue;
		take_question(maker, topic);
	}
}

static void choose_questions(struct maker *maker)
{
	uint64_t asked = maker->own | maker->of_guests | maker->of_place;
	struct iv_str last = IV_LIT("who-else");
	bool ask_names =
		bit_of(maker, last) && !(bit_of(maker, last) & (maker->own | maker->of_guests));
	int room = maker->room - ask_names, wanted = maker->from->wanted - ask_names;
	size_t before;

	take_topics(maker, asked, room);
	/* Another voice on what somebody else there was asked, then another word on anything. */
	if (!is_full(maker, wanted))
		take_topics(maker, maker->own | maker->of_guests, wanted);
	for (before = 0; !is_full(maker, wanted) && before != maker->out->question_count;) {
		before = maker->out->question_count;
		take_topics(maker, 0, wanted);
	}
	if (ask_names)
		take_question(maker, last);
}

static void set_asked(struct maker *maker)
{
	for (size_t i = 0; i < maker->dossier->asked_count; i++) {
		const struct iv_asked *asked = &maker->dossier->asked[i];
		uint64_t *set = asked->own         ? &maker->own
				: asked->of_guests ? &maker->of_guests
						   : &maker->of_place;
		*set |= asked->topics;
	}
}

static void set_questions(struct maker *maker)
{
	const struct iv_note *note = maker->from->note;
	struct iv_prepared *out = maker->out;
	int minutes = (out->minutes - 2 * CLOSING_MINUTES) / QUESTION_MINUTES;

	set_asked(maker);
	for (size_t i = 0; i < note->question_count; i++)
		add_question(maker, (struct iv_str){"", 0}, note->questions[i].text, true);
	out->own_count = out->question_count;
	maker->room =
		out->by_email || minutes < maker->from->wanted ? maker->from->wanted : minutes;
	if (maker->room > QUESTIONS_MAX && maker->from->wanted < QUESTIONS_MAX)
		maker->room = QUESTIONS_MAX;
	if (out->informational)
		choose_questions(maker);
	out->covered = maker->own | maker->of_guests | maker->of_place;
}

/* ---- reading ---- */

static void research_place(struct maker *maker, struct iv_buf *line, const struct iv_member *guest)
{
	if (guest && guest->employer) {
		iv_prose_text(line, guest->employer);
		iv_buf_puts(line, ": what it does, for whom, and what is new there");
		add_line(&maker->out->research, maker->out->arena, line);
	}
}

static void research_person(struct maker *maker, struct iv_buf *line)
{
	const struct iv_dossier *dossier = maker->dossier;

	for (size_t i = 0; i < dossier->member_count && dossier->members[i].guest; i++) {
		iv_prose_text(line, dossier->members[i].name);
		iv_buf_puts(line,
			    ": how they came to where they are, and what they wrote or said in "
			    "public");
		add_line(&maker->out->research, maker->out->arena, line);
	}
}

/* What to read beforehand, where the note does not say. */
static void set_research(struct maker *maker)
{
	const struct iv_section *section = section_of(maker->from->note, "research");
	struct iv_buf line = IV_BUF_INIT;

	if (!maker->out->informational || (section && section->words))
		return;
	for (size_t i = 0; i < maker->from->note->task_count; i++)
		if (maker->from->note->tasks[i].section &&
		    strcmp(maker->from->note->tasks[i].section, "research") == 0)
			return;
	research_place(maker, &line, guest_of(maker));
	research_person(maker, &line);
	say(maker, &maker->out->research,
	    "the field: its words, its questions, what changes in it");
	iv_buf_release(&line);
}

/* ---- the minutes ---- */

/* The start of a line: "10:02", or "minute 2" where nobody said when. */
static void add_clock(const struct maker *maker, struct iv_buf *line, int minute)
{
	if (maker->out->start < 0) {
		iv_buf_printf(line, "minute %d: ", minute);
		return;
	}
	iv_prose_time(line, maker->out->start + minute);
	iv_buf_puts(line, ": ");
}

static void plan(struct maker *maker, int minute, const char *what)
{
	struct iv_buf line = IV_BUF_INIT;

	add_clock(maker, &line, minute);
	iv_buf_puts(&line, what);
	add_line(&maker->out->plan, maker->out->arena, &line);
	iv_buf_release(&line);
}

static void plan_questions(struct maker *maker, int from, int to)
{
	struct iv_buf line = IV_BUF_INIT;
	size_t count = maker->out->question_count;
	int each = count > 1 ? (2 * (to - from) + (int)count) / (2 * (int)count) : 0;

	add_clock(maker, &line, from);
	iv_buf_printf(&line, "%zu question%s", count, count == 1 ? "" : "s");
	if (each > 0)
		iv_buf_printf(&line, ", about %d minute%s each", each, each == 1 ? "" : "s");
	iv_buf_puts(&line, "; half of the talking is theirs");
	add_line(&maker->out->plan, maker->out->arena, &line);
	iv_buf_release(&line);
}

static void set_plan(struct maker *maker)
{
	int minutes = maker->out->minutes;
	int close = minutes > 2 * CLOSING_MINUTES ? minutes - CLOSING_MINUTES : minutes - 1;
	int open = minutes > 10 ? 2 : minutes > 4 ? 1 : 0;

	if (maker->out->by_email || close < 1)
		return;
	plan(maker, 0, "opening");
	plan_questions(maker, open, close);
	plan(maker, close, "closing");
	plan(maker, minutes, "the end, unless they extend it");
}

/* ---- the end, and the bag ---- */

static void set_closing(struct maker *maker)
{
	struct iv_texts *closing = &maker->out->closing;

	if (!maker->out->informational)
		return;
	say(maker, closing, "Thank you for your time.");
	say(maker, closing, "May I ask you again, should another question come up?");
	say(maker, closing, "Who else should I talk to, and may I say that you sent me?");
	say(maker, closing, "May I connect with you, on LinkedIn or wherever you are?");
	say(maker, closing,
	    maker->out->in_person ? "(A firm handshake, and your card.)"
				  : "(Leave them your address and number.)");
	say(maker, closing,
	    maker->from->end_ok ? "(Your resume now, for their file, or when they ask; not before.)"
				: "(Your resume only if they ask.)");
}

/* How to get there: the place of the meeting, else the address of the first guest. */
static void bring_yourself(struct maker *maker)
{
	struct iv_str place = maker->from->note->meeting->place.text;
	const struct iv_member *guest = guest_of(maker);
	struct iv_buf line = IV_BUF_INIT;

	iv_buf_puts(&line, "the way there: ");
	if (place.len)
		iv_markdown_text(&line, iv_view_link(place));
	else if (guest && guest->address)
		iv_prose_text(&line, guest->address);
	else
		iv_buf_puts(&line, "no place is noted yet, ask them");
	add_line(&maker->out->bring, maker->out->arena, &line);
	iv_buf_release(&line);
}

static void set_bring(struct maker *maker)
{
	struct iv_texts *bring = &maker->out->bring;

	if (!maker->out->in_person)
		return;
	bring_yourself(maker);
	say(maker, bring, "copies of your resume, in the bag");
	say(maker, bring, "your card");
	say(maker, bring, "a notebook and a pen, and this page");
	if (maker->out->informational)
		say(maker, bring, "money for both, should there be coffee: you invited them");
	say(maker, bring, "clothes as for a job interview");
}

void iv_prepare(struct iv_prepared *out, const struct iv_prepare *from)
{
	struct maker maker = {.out = out, .from = from, .dossier = from->dossier};

	*out = (struct iv_prepared){.arena = iv_arena_new()};
	set_minutes(&maker);
	set_opening(&maker);
	set_questions(&maker);
	set_research(&maker);
	set_plan(&maker);
	set_closing(&maker);
	set_bring(&maker);
}

void iv_prepared_release(struct iv_prepared *prepared)
{
	free(prepared->questions);
	free(prepared->research.items);
	free(prepared->plan.items);
	free(prepared->closing.items);
	free(prepared->bring.items);
	iv_arena_free(prepared->arena);
	*prepared = (struct iv_prepared){0};
}
