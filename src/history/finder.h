/* What the files of the history stage share while two versions of a note are compared. */
#ifndef IV_HISTORY_FINDER_H
#define IV_HISTORY_FINDER_H

#include <ivnotes/history.h>

#include "base/mem.h"
#include "base/str.h"

struct iv_people {
	struct iv_known *items; /* key and name always there */
	size_t count;
};

struct iv_finder {
	struct iv_arena *arena;
	const struct iv_note *before, *after; /* NULL where there is none to be compared */
	const struct iv_acts_how *how;
	struct iv_act *items;
	size_t count, capacity;
	bool implied;               /* what is added now is part of another act */
	bool said_state, said_date; /* acts say what these fields of the meeting say */
	struct iv_people *people;   /* of `after`, once they were asked for */
	/* Of `after`: the references in `referrals` and the leads that acts speak of. */
	bool *said_refs, *said_leads;
};

/* ---- acts.c ---- */

/* The note that acts are of: the newer one where there is one. */
const struct iv_note *iv_finder_note(const struct iv_finder *finder);
/* An act to be filled in: of the note, of nobody, with no day. */
struct iv_act iv_act_of(const struct iv_finder *finder, enum iv_verb verb);
/* Adds it, with copies of its texts. */
void iv_act_add(struct iv_finder *finder, struct iv_act act);

/* ---- people.c ---- */

/* The person whom a reference means; what cannot be looked up is as the reference has it. */
struct iv_known iv_person_of(struct iv_finder *finder, const struct iv_ref *ref);
/* Whom the note is about: a contact itself, those in a meeting's `contact`, each once. */
struct iv_people iv_people_of(struct iv_finder *finder, const struct iv_note *note);
/* Whom a record of a meeting is about: those whom it names, else all of `people`. */
struct iv_people iv_people_named(struct iv_finder *finder, const struct iv_note *note, int record,
				 struct iv_people people);
bool iv_people_have(struct iv_people people, struct iv_str key);
/* Adds the act for each of the people, or once for the note itself where there is nobody. */
void iv_act_add_people(struct iv_finder *finder, struct iv_act act, struct iv_people people);

/* ---- match.c ---- */

/* Two lists by their keys; an absent key is like no other. */
struct iv_match {
	size_t before_count, after_count;
	size_t *of_before, *of_after; /* the index of the like on the other side, or SIZE_MAX */
};
void iv_match_init(struct iv_match *match, struct iv_finder *finder, size_t before_count,
		   size_t after_count);
/* Pairs those that have no like yet: the n-th of a key with the n-th. */
void iv_match_keys(struct iv_match *match, const struct iv_str *before, const struct iv_str *after);

/* ---- values.c ---- */

/* A value as a person would write it on one line. */
struct iv_str iv_value_line(struct iv_finder *finder, const struct iv_value *value);
/* The same of a note's field; absent for a blank one, or none. */
struct iv_str iv_field_line(struct iv_finder *finder, const struct iv_note *note, const char *name);
/* Is it one of the fields that hold records in notes of this type? */
bool iv_holds_records(const struct iv_note *note, const struct iv_field *field);

/* ---- what is compared ---- */

void iv_compare_meetings(struct iv_finder *finder); /* meeting.c */
void iv_compare_records(struct iv_finder *finder);  /* records.c */
void iv_compare_given(struct iv_finder *finder);    /* given.c */
void iv_compare_fields(struct iv_finder *finder);   /* fields.c */
void iv_compare_tasks(struct iv_finder *finder);    /* tasks.c */
void iv_compare_bodies(struct iv_finder *finder);   /* body.c */

/* The tasks of both versions by their text; tasks.c knows, body.c asks. */
struct iv_match iv_match_tasks(struct iv_finder *finder);

#endif
