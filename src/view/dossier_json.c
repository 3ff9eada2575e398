/* A dossier as JSON. */
#include "view/dossier.h"
#include "view/jsontext.h"

static void set(json_t *object, const char *key, json_t *value)
{
	json_object_set_new(object, key, value);
}

static json_t *routes_json(const struct iv_member *member)
{
	json_t *out = json_array();

	for (size_t i = 0; i < member->route_count; i++) {
		const struct iv_route *route = &member->routes[i];
		json_t *names = json_array();

		for (size_t k = 0; k < route->count; k++)
			json_array_append_new(names, iv_json_text(route->names[k]));
		json_array_append_new(out, names);
	}
	return out;
}

static json_t *member_json(const struct iv_member *member)
{
	json_t *out = json_object();

	set(out, "name", iv_json_text(member->name));
	set(out, "path", iv_json_text(member->path));
	set(out, "role", iv_json_text(member->role));
	set(out, "here", json_boolean(member->here));
	set(out, "employer", iv_json_text(member->employer));
	set(out, "relation", iv_json_text(member->relation));
	set(out, "source", iv_json_text(member->source));
	set(out, "purpose", iv_json_text(member->purpose));
	set(out, "standing", iv_json_text(iv_standing_word(member->standing)));
	set(out, "day", iv_json_day(member->day));
	set(out, "closed", json_boolean(member->closed));
	set(out, "routes", routes_json(member));
	return out;
}

static json_t *sitting_json(const struct iv_sitting *sitting, struct iv_str said)
{
	json_t *out = json_object();

	set(out, "path", iv_json_text(sitting->path));
	set(out, "names", iv_json_text(sitting->names));
	set(out, "day", iv_json_day(sitting->day));
	set(out, "kind", iv_json_text(sitting->kind));
	set(out, "via", iv_json_text(sitting->via));
	set(out, "place", iv_json_text(sitting->place));
	set(out, "state", iv_json_text(sitting->state));
	set(out, "planned", iv_json_number(sitting->planned, -1));
	set(out, "actual", iv_json_number(sitting->actual, -1));
	set(out, "rating", iv_json_number(sitting->rating, 0));
	set(out, "rated", json_boolean(sitting->rating && sitting->speaks && sitting->held));
	set(out, "referrals", iv_json_text(sitting->referrals));
	set(out, "held", json_boolean(sitting->held));
	set(out, "ahead", json_boolean(sitting->ahead));
	set(out, "said", said.len ? iv_json_str(said) : json_null());
	return out;
}

static json_t *name_json(const struct iv_name *name)
{
	json_t *out = json_object();

	set(out, "name", iv_json_text(name->name));
	set(out, "path", iv_json_text(name->path));
	set(out, "by", iv_json_text(name->by));
	set(out, "day", iv_json_day(name->day));
	return out;
}

static json_t *promise_json(const struct iv_promise *promise)
{
	json_t *out = json_object();

	set(out, "text", iv_json_text(promise->text));
	set(out, "about", iv_json_text(promise->about));
	set(out, "due", iv_json_day(promise->due));
	set(out, "theirs", json_boolean(promise->theirs));
	set(out, "path", iv_json_text(promise->path));
	set(out, "line", json_integer(promise->line));
	return out;
}

static json_t *lead_json(const struct iv_told_lead *lead)
{
	json_t *out = json_object();

	set(out, "text", iv_json_text(lead->text));
	set(out, "by", iv_json_text(lead->by));
	set(out, "day", iv_json_day(lead->day));
	set(out, "reported", iv_json_day(lead->reported));
	return out;
}

static json_t *asked_json(const struct iv_dossier *dossier, const struct iv_asked *asked)
{
	json_t *out = json_object(), *topics = json_array();

	for (size_t t = 0; t < dossier->topic_count; t++)
		if (asked->topics >> t & 1)
			json_array_append_new(topics, iv_json_text(dossier->topics[t]));
	set(out, "text", iv_json_text(asked->text));
	set(out, "of", iv_json_text(asked->names));
	set(out, "day", iv_json_day(asked->day));
	set(out, "topics", topics);
	return out;
}

static json_t *unasked_json(const struct iv_dossier *dossier)
{
	json_t *out = json_array();
	uint64_t asked = 0;

	for (size_t i = 0; i < dossier->asked_count; i++)
		asked |= dossier->asked[i].topics;
	for (size_t t = 0; t < dossier->topic_count; t++)
		if (!(asked >> t & 1))
			json_array_append_new(out, iv_json_text(dossier->topics[t]));
	return out;
}

static void set_lists(json_t *object, const struct iv_dossier_page *page)
{
	const struct iv_dossier *dossier = page->dossier;
	json_t *people = json_array(), *meetings = json_array(), *names = json_array();
	json_t *promises = json_array(), *leads = json_array(), *asked = json_array();

	for (size_t i = 0; i < dossier->member_count; i++)
		json_array_append_new(people, member_json(&dossier->members[i]));
	for (size_t i = 0; i < dossier->sitting_count; i++)
		json_array_append_new(meetings, sitting_json(&dossier->sittings[i], page->said[i]));
	for (size_t i = 0; i < dossier->name_count; i++)
		json_array_append_new(names, name_json(&dossier->names[i]));
	for (size_t i = 0; i < dossier->promise_count; i++)
		json_array_append_new(promises, promise_json(&dossier->promises[i]));
	for (size_t i = 0; i < dossier->lead_count; i++)
		json_array_append_new(leads, lead_json(&dossier->leads[i]));
	for (size_t i = 0; i < dossier->asked_count; i++)
		json_array_append_new(asked, asked_json(dossier, &dossier->asked[i]));
	set(object, "people", people);
	set(object, "names", names);
	set(object, "meetings", meetings);
	set(object, "promises", promises);
	set(object, "leads", leads);
	set(object, "asked", asked);
	set(object, "unasked", unasked_json(dossier));
}

void iv_dossier_json(struct iv_buf *out, const struct iv_dossier_page *page)
{
	const struct iv_place *place = page->place;
	json_t *object = iv_json_object(true);

	set(object, "today", iv_json_day(page->today));
	set(object, "name", iv_json_text(place->name));
	set(object, "path", iv_json_text(place->path));
	set(object, "url", iv_json_text(place->url));
	set(object, "target", json_boolean(place->target));
	set(object, "rank", iv_json_text(place->rank));
	set(object, "stance", iv_json_text(page->stance));
	set(object, "pursuing", iv_json_day(place->pursuing));
	set(object, "said", page->about.len ? iv_json_str(page->about) : json_null());
	set_lists(object, page);
	iv_json_add(out, object);
	iv_buf_putc(out, '\n');
}
