/* A page for the day of a meeting as JSON. */
#include <stdio.h>
#include <string.h>

#include "view/jsontext.h"
#include "view/prep.h"

static void set(json_t *object, const char *key, json_t *value)
{
	json_object_set_new(object, key, value);
}

static json_t *lines_json(const struct iv_texts *lines)
{
	json_t *out = json_array();

	for (size_t i = 0; i < lines->count; i++)
		json_array_append_new(out, iv_json_text(lines->items[i]));
	return out;
}

static json_t *time_json(int minute)
{
	char text[16];

	if (minute < 0)
		return json_null();
	snprintf(text, sizeof(text), "%02d:%02d", minute / 60 % 24, minute % 60);
	return json_string(text);
}

static json_t *meeting_json(const struct iv_prep_page *page)
{
	const struct iv_meeting *meeting = page->note->meeting;
	const char *via = iv_channel_word(meeting->via);
	json_t *out = json_object();

	set(out, "path", iv_json_str(page->note->path));
	set(out, "people", iv_json_text(page->dossier->people));
	set(out, "day", iv_json_day(meeting->date.day));
	set(out, "time", time_json(meeting->minute));
	set(out, "kind", iv_json_text(iv_kind_word(meeting->kind)));
	set(out, "via", *via ? iv_json_text(via) : json_null());
	set(out, "place", iv_json_str(meeting->place.text));
	set(out, "minutes", json_integer(page->prepared->minutes));
	set(out, "agreed", json_boolean(!page->prepared->assumed));
	return out;
}

static json_t *guests_json(const struct iv_prep_page *page)
{
	json_t *out = json_array();

	for (size_t i = 0; i < page->dossier->member_count; i++) {
		const struct iv_member *member = &page->dossier->members[i];
		json_t *item;

		if (!member->guest)
			break;
		item = json_object();
		set(item, "name", iv_json_text(member->name));
		set(item, "path", iv_json_text(member->path));
		set(item, "role", iv_json_text(member->role));
		set(item, "organization", iv_json_text(member->employer));
		set(item, "purpose", iv_json_text(member->purpose));
		set(item, "email", iv_json_text(member->email));
		set(item, "phone", iv_json_text(member->phone));
		json_array_append_new(out, item);
	}
	return out;
}

static json_t *questions_json(const struct iv_prepared *prepared)
{
	json_t *out = json_array();

	for (size_t i = 0; i < prepared->question_count; i++) {
		const struct iv_prepared_question *question = &prepared->questions[i];
		json_t *item = json_object();

		set(item, "text", iv_json_str(question->text));
		set(item, "topic",
		    question->topic.len ? iv_json_str(question->topic) : json_null());
		set(item, "own", json_boolean(question->own));
		set(item, "against",
		    question->against ? json_string(question->against) : json_null());
		json_array_append_new(out, item);
	}
	return out;
}

static json_t *opening_json(const struct iv_prepared *prepared)
{
	json_t *out;

	if (prepared->opening_from == IV_OPENING_NONE)
		return json_null();
	out = json_object();
	set(out, "text", iv_json_str(prepared->opening));
	set(out, "from", iv_json_text(iv_opening_word(prepared->opening_from)));
	return out;
}

static json_t *promises_json(const struct iv_dossier *dossier)
{
	json_t *out = json_array();

	for (size_t i = 0; i < dossier->promise_count; i++) {
		const struct iv_promise *promise = &dossier->promises[i];
		json_t *item = json_object();

		set(item, "text", iv_json_text(promise->text));
		set(item, "about", iv_json_text(promise->about));
		set(item, "due", iv_json_day(promise->due));
		set(item, "theirs", json_boolean(promise->theirs));
		json_array_append_new(out, item);
	}
	return out;
}

static json_t *said_json(const struct iv_prep_page *page)
{
	json_t *out = json_array();

	for (size_t i = 0; i < page->dossier->sitting_count; i++) {
		const struct iv_sitting *sitting = &page->dossier->sittings[i];
		json_t *item;

		if (!sitting->held)
			continue;
		item = json_object();
		set(item, "path", iv_json_text(sitting->path));
		set(item, "day", iv_json_day(sitting->day));
		set(item, "names", iv_json_text(sitting->names));
		set(item, "text", iv_json_str(page->said[i]));
		json_array_append_new(out, item);
	}
	return out;
}

void iv_prep_json(struct iv_buf *out, const struct iv_prep_page *page)
{
	const struct iv_prepared *prepared = page->prepared;
	json_t *object = iv_json_object(true);

	set(object, "today", iv_json_day(page->today));
	set(object, "meeting", meeting_json(page));
	set(object, "people", guests_json(page));
	set(object, "research", lines_json(&prepared->research));
	set(object, "promises", promises_json(page->dossier));
	set(object, "bring", lines_json(&prepared->bring));
	set(object, "plan", lines_json(&prepared->plan));
	set(object, "opening", opening_json(prepared));
	set(object, "questions", questions_json(prepared));
	set(object, "closing", lines_json(&prepared->closing));
	set(object, "said", said_json(page));
	iv_json_add(out, object);
	iv_buf_putc(out, '\n');
}
