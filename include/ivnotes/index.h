/*
 * Stage: notes -> facts in SQLite, and questions to them. The index is a cache: deleting,
 * truncating or filling it with noise never changes an answer.
 */
#ifndef IVNOTES_INDEX_H
#define IVNOTES_INDEX_H

#include <ivnotes/history.h>
#include <ivnotes/vault.h>

#ifdef __cplusplus
extern "C" {
#endif

struct iv_index;

/* The database in the index's folder. */
#define IV_INDEX_FILE "index.db"

/*
 * Told while a first index takes long; `done` of `total` notes. And told in words what the user
 * should hear (index damaged and rebuilt; no cache folder: in memory).
 */
struct iv_index_talk {
	void (*progress)(void *data, size_t done, size_t total);
	void (*warn)(void *data, const char *message);
	void *data;
};

/*
 * Opens the index in `folder` (made with mode 0700 when absent), NULL: in memory. Damage, an old schema and
 * `rebuild` start it afresh; a folder that cannot be used falls back to memory, with a warning.
 * Nothing is read of the notes yet: see iv_index_update() in index/update.h and iv_refresh() in rules.h.
 */
IV_API int iv_index_open(struct iv_index **out, const struct iv_vault *vault, const char *folder,
			 bool rebuild, const struct iv_index_talk *talk, struct iv_error *error);
/*
 * Opens an index that is there as it is, for answers that must come at once and may be a little
 * old: nothing is made, brought up to date or waited for. IV_ENOTFOUND when there is none that
 * could be trusted, IV_EBUSY while another process writes it.
 */
IV_API int iv_index_glance(struct iv_index **out, const struct iv_vault *vault, const char *folder,
			   struct iv_error *error);
IV_API void iv_index_close(struct iv_index *index);

/*
 * Resolves a reference typed by a person: a path in the vault, an id, an alias, a name, in that
 * order; failing those, the only name or id that contains it. *path is the caller's to free.
 * IV_ENOTFOUND with the closest names, IV_EAMBIGUOUS with the candidates.
 */
IV_API int iv_index_resolve(char **path, struct iv_index *index, const char *reference,
			    struct iv_error *error);

/*
 * The same where notes of some types are meant, bits 1 << IV_TYPE_…: a part of a name is looked for
 * among these first. The ids of meetings hold those of people, who are meant as a rule.
 */
IV_API int iv_index_resolve_as(char **path, struct iv_index *index, const char *reference,
			       unsigned types, struct iv_error *error);

/*
 * The one note that a reference in a note means by its key, its path and name; both are the
 * caller's to free. No part of a name will do. IV_ENOTFOUND, without a message, for none and for
 * several; IV_EIO.
 */
IV_API int iv_index_referred(char **path, char **name, struct iv_index *index, const char *key,
			     struct iv_error *error);

/* ---- query language: see ivnotes-list(1) ---- */

/* A note that a query chose; everything belongs to the list. */
struct iv_row {
	const char *path, *id, *type, *name;
	const char *fields; /* JSON object */
};
struct iv_rows {
	struct iv_row *rows;
	size_t count;
	void *memory;
};
/* Words joined by space as typed; NULL or "" chooses all. IV_EINPUT for a malformed query. */
IV_API int iv_index_query(struct iv_rows *out, struct iv_index *index, const char *query,
			  struct iv_error *error);
/* All notes by path, and nothing of what is in them: `fields` is NULL. */
IV_API int iv_index_notes(struct iv_rows *out, struct iv_index *index, struct iv_error *error);
IV_API void iv_rows_release(struct iv_rows *rows);

/* ---- what happened ---- */

enum iv_event_kind {
	IV_EVENT_CREATED,
	IV_EVENT_ASKED,
	IV_EVENT_ANSWERED,
	IV_EVENT_MEETING,
	IV_EVENT_THANKED,
	IV_EVENT_TOUCHED,
	IV_EVENT_REPORTED,
	IV_EVENT_REFERRED
};

/* A dated act in the notes. For a meeting `detail` is its state word, for an answer the outcome (`later`
 * with its day, where one was given). */
struct iv_event {
	enum iv_event_kind kind;
	iv_day day;
	const char *person;      /* name */
	const char *person_path; /* NULL for a name without a note */
	const char *path;        /* of the note that says so */
	uint32_t line;
	const char *channel; /* or NULL */
	const char *detail;  /* or NULL */
	const char *text;    /* free text of the record, or NULL */
	/* Of the first thanks in writing, where they are owed: the day of the meeting; else IV_NO_DAY. */
	iv_day meeting;
};
struct iv_events {
	struct iv_event *events;
	size_t count;
	void *memory;
};
/*
 * Events from `from` to `to` (inclusive; IV_NO_DAY: open), of everybody or of one person by path,
 * sorted by day, kind, person.
 */
IV_API int iv_index_events(struct iv_events *out, struct iv_index *index, const char *person_path,
			   iv_day from, iv_day to, struct iv_error *error);
IV_API void iv_events_release(struct iv_events *events);

/* ---- tasks ---- */

struct iv_task_place {
	const char *path;
	uint32_t line;
	const char *text; /* without the box and the date */
};
struct iv_task_places {
	struct iv_task_place *items;
	size_t count;
	void *memory;
};
/*
 * The open tasks and the records of `follow-up`, of all notes or (path not NULL) of one, whose text is
 * the given one; where there is none, those that hold it. Case does not count. By path and line.
 */
IV_API int iv_index_tasks(struct iv_task_places *out, struct iv_index *index, const char *path,
			  struct iv_str text, struct iv_error *error);
IV_API void iv_task_places_release(struct iv_task_places *places);

/* ---- what a week's report asks besides ---- */

/*
 * How far the people asked up to a day have come, in people, not messages (PRACTICE.md, 'Numbers
 * worth comparing oneself with'). A request that bounced asked nobody. A meeting dated on or after the
 * first request counts as a yes. Every later step counts only people who were asked.
 */
struct iv_funnel {
	int64_t asked;    /* a request reached them */
	int64_t accepted; /* said yes, or were met after it */
	int64_t declined; /* their last answer is no */
	int64_t pending;  /* answered `later`, or silent for at most six weeks */
	int64_t silent;   /* silent for longer */
	int64_t met;
	int64_t thanked;  /* in writing, by whom they were met */
	int64_t referred; /* gave the name of somebody */
	int64_t unasked;  /* met without a request of ours */
};
IV_API int iv_index_funnel(struct iv_funnel *out, struct iv_index *index, iv_day day,
			   struct iv_error *error);

/* A meeting of the week with one of the people met. Absent texts are NULL, numbers -1, rating 0. */
struct iv_met {
	iv_day day;
	const char *name, *path; /* of the person; path NULL without a note */
	const char *role, *organization;
	const char *meeting; /* path of its note */
	const char *kind, *via;
	int64_t planned, actual, rating;
	const char *referrals; /* names, comma-separated */
	bool known;            /* the note says that it took place, not only its day */
};
struct iv_met_list {
	struct iv_met *items;
	size_t count;
	void *memory;
};
/* Meetings that took place from `from` to `to`, by day and name. */
IV_API int iv_index_met(struct iv_met_list *out, struct iv_index *index, iv_day from, iv_day to,
			struct iv_error *error);
IV_API void iv_met_list_release(struct iv_met_list *list);

/* ---- what a letter to somebody can speak of ---- */

/* Somebody who sent me to the person. */
struct iv_letter_referrer {
	const char *name, *path; /* path NULL without a note */
	const char *relation;    /* to me, or NULL */
	iv_day met;              /* the first day I met them, or IV_NO_DAY */
};

/* Somebody the person sent me to, and what became of it; days are IV_NO_DAY where nothing did. */
struct iv_letter_referred {
	const char *name, *path;
	iv_day met, declined, ahead; /* ahead: of a meeting to come */
	bool told;                   /* a record says that I told the person of it */
};

struct iv_letter_lead {
	const char *text;
	iv_day reported; /* IV_NO_DAY while open */
};

/* A meeting with the person, of whatever state. Absent texts are NULL. */
struct iv_letter_meeting {
	const char *path;
	iv_day day;
	const char *kind, *via, *state, *planned_by, *paid, *resume;
	bool took_place;             /* from its day on; PRACTICE.md says when */
	bool unthanked;              /* and they are owed thanks */
	const char *const *people;   /* names of the others who were there */
	const char *const *referred; /* names of those I was sent to */
	size_t people_count, referred_count;
	const struct iv_letter_lead *leads;
	size_t lead_count;
};

/* What other notes say of a contact, and what the rules would make of it; all belongs to `memory`. */
struct iv_letter_facts {
	const char *organization; /* its name, or NULL */
	iv_day pursuing;          /* since when I want to work there, or IV_NO_DAY */
	bool candid;              /* stance, there or everywhere */
	iv_day asked;             /* the last request, or IV_NO_DAY */
	const char *asked_via;
	int minutes;        /* last asked for, or -1 */
	bool bounced;       /* it did */
	int unanswered;     /* requests of this round that wait for an answer; 0: none does */
	const char *answer; /* the last one: yes, no, later, or NULL */
	iv_day answered;
	const struct iv_letter_referrer *referrers;
	size_t referrer_count;
	const struct iv_letter_referred *referred;
	size_t referred_count;
	const struct iv_letter_meeting *meetings; /* the last one first */
	size_t meeting_count;
	const char *const *related; /* paths of the notes that the contact's note names */
	size_t related_count;
	void *memory;
};
/* They are read by iv_letter_facts_read() in rules.h, which knows the settings. */
IV_API void iv_letter_facts_release(struct iv_letter_facts *facts);

/* ---- what is known of an organization ---- */

/* One that has a note, or is only a name that contacts give. */
struct iv_place {
	const char *name;
	const char *path;                /* of its note, or NULL */
	const char *key;                 /* the name as it is compared */
	const char *url, *rank, *stance; /* as its note says; NULL where it does not */
	bool target;
	iv_day pursuing; /* IV_NO_DAY: not */
};
struct iv_places {
	struct iv_place *items;
	size_t count;
	void *memory;
};
/*
 * Adds the organization of that path, id, alias or name; failing those, the only one whose name contains the
 * word. IV_ENOTFOUND with the closest names, or with the organization of whom the word names; IV_EAMBIGUOUS
 * with the candidates. *out is zero or as an earlier call left it; the caller releases it.
 */
IV_API int iv_index_place(struct iv_places *out, struct iv_index *index, const char *word,
			  struct iv_error *error);
/* Adds all targets: by rank, numbers before words before none, then by name. */
IV_API int iv_index_targets(struct iv_places *out, struct iv_index *index, struct iv_error *error);
IV_API void iv_places_release(struct iv_places *places);

/* Without an answer for so many days a request is silence and no longer pending: six weeks. */
#define IV_PATIENCE 42

/* How far one has come with somebody, as seen from a day. */
enum iv_standing {
	IV_STANDING_UNASKED, /* neither asked nor met; the day is that of the last word to them */
	IV_STANDING_ASKED,   /* no answer yet */
	IV_STANDING_SILENT,  /* none for longer than that */
	IV_STANDING_LATER,
	IV_STANDING_YES, /* and no meeting yet */
	IV_STANDING_NO,
	IV_STANDING_CLOSED, /* wants to hear no more */
	IV_STANDING_AHEAD,  /* a meeting is agreed */
	IV_STANDING_MET
};

/* How one came to somebody: who sent one on to whom, the first of them first. */
struct iv_route {
	const char *const *names;
	size_t count;
	const char *origin; /* how the first of them is known: relation or source, or NULL */
};

/* Somebody who works or worked there. Texts are as the notes have them, NULL where absent. */
struct iv_member {
	const char *name, *path;
	const char *role, *employer; /* where they work now, by name */
	const char *relation, *source, *purpose, *email, *phone, *address, *url;
	bool here;   /* works there now */
	bool speaks; /* their ratings and names given are of it: `here`, or nowhere else now */
	bool guest;  /* is at the meeting that was asked about */
	bool closed; /* wants to hear no more, met or not */
	enum iv_standing standing;
	iv_day day; /* of what the standing tells; IV_NO_DAY for none */
	struct iv_route *routes;
	size_t route_count;
};

/* A meeting with one of them. Texts NULL, numbers -1, rating 0 where absent. */
struct iv_sitting {
	const char *path, *names; /* of everybody there */
	iv_day day;
	int minute; /* of the day */
	const char *kind, *via, *place, *state;
	int64_t planned, actual, rating;
	const char *referrals; /* names, comma-separated */
	bool held;             /* took place: the notes say so, or its day has gone by */
	bool known;            /* the notes say so */
	bool ahead;
	bool of_guests; /* somebody of the meeting asked about was there */
	bool speaks;    /* and somebody who speaks of the place */
};

/* Somebody whom they named, who has no place elsewhere and was never asked or met. */
struct iv_name {
	const char *name, *path; /* path NULL: no note */
	const char *by;          /* who named them */
	iv_day day;              /* of the meeting at which; or IV_NO_DAY */
};

/* An open task, mine or theirs. */
struct iv_promise {
	const char *text, *path, *about; /* the people of the meeting, or the note's name */
	uint32_t line;
	iv_day due;
	bool theirs;
};

struct iv_told_lead {
	const char *text, *by;
	iv_day day, reported; /* of the meeting; IV_NO_DAY while open */
	bool of_guests;
};

/* A question of a meeting that took place, or of the one asked about, and what it is about. */
struct iv_asked {
	const char *text, *names;
	iv_day day;
	bool own;        /* of the meeting asked about */
	bool of_guests;  /* asked of somebody who will be there */
	uint64_t topics; /* bits: indices into iv_dossier.topics */
};

/*
 * The first meeting ahead, that day or later, with the person whose note is at `person`; the caller
 * frees *path. IV_ENOTFOUND when there is none.
 */
IV_API int iv_index_next_meeting(char **path, struct iv_index *index, const char *person,
				 iv_day day, struct iv_error *error);

/* Of an organization, or of the people at a meeting and of those where they work. */
struct iv_dossier_query {
	const struct iv_place *place; /* one of the two is NULL */
	const char *meeting;          /* path */
	iv_day today;
	bool brief; /* without routes and questions */
};

/* What the notes say of it. What somebody tells who left for another place is theirs alone. */
struct iv_dossier {
	struct iv_member *members; /* guests, then who works there, then who did; by name */
	size_t member_count;
	struct iv_sitting *sittings; /* by day */
	size_t sitting_count;
	struct iv_name *names;
	size_t name_count;
	struct iv_promise *promises;
	size_t promise_count;
	struct iv_told_lead *leads;
	size_t lead_count;
	const char *const *topics; /* of rule thin-questions, as the settings have them */
	size_t topic_count;
	struct iv_asked *asked;
	size_t asked_count;
	/* Of the meeting asked about: everybody there, and the minutes they were asked for, -1: none. */
	const char *people;
	int minutes;
	bool candid; /* somebody there is to be told that I want to work there */
	void *memory;
};
IV_API void iv_dossier_release(struct iv_dossier *dossier);

/* When the history first had a record, an answer or a meeting, as far as that was after its day. */
struct iv_recorded {
	const char *path;    /* of the note, as it is now */
	const char *field;   /* of the record, "answer", or "date" of a meeting */
	iv_day day;          /* that is claimed */
	const char *channel; /* or NULL */
	iv_day start;        /* the first day on which it could have been committed */
	iv_day recorded;     /* of the commit */
};
/* For rule back-filled, before iv_refresh(). The items are copied. */
IV_API void iv_index_recorded(struct iv_index *index, const struct iv_recorded *items,
			      size_t count);

/* ---- the past: a cache of what commits changed ---- */

/* Its database in the index's folder. */
#define IV_PAST_FILE "history.db"

struct iv_past;

struct iv_past_place {
	const char *folder; /* of the index; NULL: in memory */
	const char
		*prefix; /* the vault in its repository, see iv_repo_prefix(); outlives the cache */
	bool rebuild;    /* make it anew */
	bool visit;      /* a cache that was made by other settings stays, and memory is used */
};

/*
 * Opens the cache. Damage, an old schema, and settings by which notes are read otherwise start it
 * afresh; where it cannot be kept it is made in memory, with a warning. IV_EIO.
 */
IV_API int iv_past_open(struct iv_past **out, const struct iv_vault *vault,
			const struct iv_past_place *place, const struct iv_index_talk *talk,
			struct iv_error *error);
IV_API void iv_past_close(struct iv_past *past);

/* Is this commit kept? Then its id, parents and time. May be called while others are put. */
IV_API bool iv_past_known(struct iv_past *past, const char *id, struct iv_past_commit *out);
/*
 * Keeps a commit: in memory at once, in the file when iv_past_keep() is called. One that is cut or
 * unreadable is kept in memory only. IV_EIO, IV_EBUSY: see iv_past_heal().
 */
IV_API int iv_past_put(struct iv_past *past, const struct iv_past_commit *commit,
		       struct iv_error *error);
IV_API int iv_past_keep(struct iv_past *past, struct iv_error *error);
/*
 * After a call has failed: true when that was damage, the disk or a lock, and the cache has been
 * started afresh, with a word; all of it is to be put again. The error has been released.
 */
IV_API bool iv_past_heal(struct iv_past *past, struct iv_error *error);

struct iv_past_commits {
	struct iv_past_commit *items;
	size_t count;
	void *memory;
};
/* The commits of these ids, which were put or are known, in this order. IV_EIO, IV_EINPUT: see iv_past_heal(). */
IV_API int iv_past_read(struct iv_past_commits *out, struct iv_past *past, const char *const *ids,
			size_t count, struct iv_error *error);
IV_API void iv_past_commits_release(struct iv_past_commits *commits);
/* ---- the figures of a search ---- */

/* What became of what was asked of somebody, as seen from a day. */
enum iv_fate {
	IV_FATE_YES, /* they said so, or a meeting was agreed on or held since */
	IV_FATE_NO,
	IV_FATE_LATER,
	IV_FATE_WAITING, /* no answer yet */
	IV_FATE_SILENT,  /* none for longer than IV_PATIENCE */
	IV_FATE_BOUNCED, /* nothing arrived */
	IV_FATE_COUNT
};

/* How thanks in writing for a meeting stand. */
enum iv_gratitude {
	IV_THANKS_NONE,    /* not owed: a catch-up, or waived */
	IV_THANKS_IN_TIME, /* by the day on which rule thank-you has them due */
	IV_THANKS_LATE,
	IV_THANKS_OPEN,   /* and not due yet */
	IV_THANKS_MISSING /* and overdue */
};

/*
 * One round of requests to one person, and the first meeting that took place since and before the
 * next round. Days are IV_NO_DAY where there is none, texts NULL where absent.
 */
struct iv_asking {
	const char *name, *path;                 /* of the person */
	const char *source, *organization, *via; /* via: the channel of the first request */
	iv_day first, last;                      /* of the requests */
	int64_t messages;                        /* that reached them */
	enum iv_fate fate;
	iv_day answered, met, thanked;
	enum iv_gratitude thanks; /* for the meeting */
};

/* Somebody met at a meeting. */
struct iv_seen {
	const char *name, *path, *meeting; /* path NULL: without a note */
	iv_day day, thanked;
	enum iv_gratitude thanks;
	int64_t named; /* people whom the meeting's note names as referrals; with the first person only */
	bool first; /* of the people there: meetings are counted by them */
};

struct iv_tally {
	struct iv_asking *askings; /* by first day and name */
	size_t asking_count;
	struct iv_seen *seen; /* by day, meeting and place in it */
	size_t seen_count;
	void *memory;
};
/* Read by iv_tally_read() in rules.h. */
IV_API void iv_tally_release(struct iv_tally *tally);

/* ---- who led to whom ---- */

/* Somebody who was asked, met, named or named others. */
struct iv_knot {
	const char *name, *path;           /* path NULL: named only, there is no note */
	const char *organization, *origin; /* origin: relation or source; or NULL */
	enum iv_standing standing;
	iv_day day;   /* of what the standing tells; IV_NO_DAY */
	bool closed;  /* wants to hear no more */
	bool thanked; /* everybody who is owed thanks in writing for a meeting with them has them */
	int64_t jobs; /* job interviews with them that took place */
	const size_t *led; /* whom they led to: numbers of knots, by day and name */
	size_t led_count;
	size_t by_count; /* how many led to them */
};
struct iv_graph {
	struct iv_knot *knots; /* by name */
	size_t count;
	void *memory;
};
/* Read by iv_graph_read() in rules.h. */
IV_API void iv_graph_release(struct iv_graph *graph);

#ifdef __cplusplus
}
#endif

#endif
