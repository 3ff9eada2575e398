/* Whom acts are about. */
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "history/finder.h"

struct iv_known iv_person_of(struct iv_finder *finder, const struct iv_ref *ref)
{
	const struct iv_acts_how *how = finder->how;
	struct iv_known known = {{NULL, 0}, {NULL, 0}};

	if (how->look_up && ref->key.len && !how->look_up(how->data, &known, ref->key))
		known = (struct iv_known){{NULL, 0}, {NULL, 0}};
	if (!known.key.len)
		known.key = ref->form == IV_REF_BARE ? ref->key : iv_path_name(ref->key);
	if (!known.name.len)
		known.name = ref->text;
	return known;
}

/* More than anybody meets at once; each is compared with those before. */
#define PEOPLE_MAX 1000

static void add(struct iv_people *people, struct iv_known known)
{
	if (people->count < PEOPLE_MAX && !iv_people_have(*people, known.key))
		people->items[people->count++] = known;
}

bool iv_people_have(struct iv_people people, struct iv_str key)
{
	for (size_t i = 0; i < people.count; i++)
		if (iv_str_eq(people.items[i].key, key))
			return true;
	return false;
}

static struct iv_people find_people(struct iv_finder *finder, const struct iv_note *note)
{
	struct iv_people people = {NULL, 0};

	if (!note || (note->type != IV_TYPE_CONTACT && note->type != IV_TYPE_MEETING))
		return people;
	people.items = iv_arena_calloc(finder->arena, note->ref_count + 1, sizeof(*people.items));
	if (note->type == IV_TYPE_CONTACT)
		add(&people, (struct iv_known){note->key, note->name});
	for (size_t i = 0; note->type == IV_TYPE_MEETING && i < note->ref_count; i++)
		if (!strcmp(note->refs[i].field, "contact"))
			add(&people, iv_person_of(finder, &note->refs[i]));
	return people;
}

struct iv_people iv_people_of(struct iv_finder *finder, const struct iv_note *note)
{
	struct iv_people people;

	if (note == finder->after && finder->people)
		return *finder->people;
	people = find_people(finder, note);
	if (note == finder->after)
		finder->people = iv_arena_copy(finder->arena, &people, 1, sizeof(people));
	return people;
}

/* Does the name stand in the text as words of their own? Both are folded. */
static bool stands_in(struct iv_str text, struct iv_str name)
{
	size_t from = 0, at;

	while (name.len &&
	       (at = iv_str_find(iv_str_slice(text, from, text.len), name)) != SIZE_MAX) {
		char before, after;

		at += from;
		before = at ? text.ptr[at - 1] : ' ';
		after = at + name.len < text.len ? text.ptr[at + name.len] : ' ';
		if (!iv_is_alpha(before) && !iv_is_alpha(after) && (unsigned char)before < 0x80 &&
		    (unsigned char)after < 0x80)
			return true;
		from = at + 1;
	}
	return false;
}

static void add_mentioned(struct iv_people *out, struct iv_finder *finder, struct iv_str words,
			  struct iv_people people)
{
	for (size_t i = 0; i < people.count; i++)
		if (stands_in(words, people.items[i].key) ||
		    stands_in(words, iv_fold(finder->arena, people.items[i].name)))
			add(out, people.items[i]);
}

struct iv_people iv_people_named(struct iv_finder *finder, const struct iv_note *note, int record,
				 struct iv_people people)
{
	struct iv_people named = {NULL, 0};

	if (note->type != IV_TYPE_MEETING)
		return people;
	named.items = iv_arena_calloc(finder->arena, note->ref_count + people.count + 1,
				      sizeof(*named.items));
	for (size_t i = 0; i < note->ref_count; i++) {
		const struct iv_ref *ref = &note->refs[i];

		if (ref->record != record)
			continue;
		if (ref->form == IV_REF_WORDS)
			add_mentioned(&named, finder, ref->key, people);
		else
			add(&named, iv_person_of(finder, ref));
	}
	return named.count ? named : people;
}

void iv_act_add_people(struct iv_finder *finder, struct iv_act act, struct iv_people people)
{
	if (!people.count)
		iv_act_add(finder, act);
	for (size_t i = 0; i < people.count; i++) {
		act.who = people.items[i].key;
		act.name = people.items[i].name;
		iv_act_add(finder, act);
	}
}
