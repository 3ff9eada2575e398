/*
 * Stage: two versions of a note -> acts, what the newer one says and the older one does not: who
 * was asked and who answered, who was met and thanked, which fields and tasks changed. Pure.
 */
#ifndef IVNOTES_HISTORY_H
#define IVNOTES_HISTORY_H

#include <ivnotes/note.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The most telling first. What `was` and `now` hold stands behind each; else they are absent. */
enum iv_verb {
	IV_ACT_MET,
	IV_ACT_ANSWERED,       /* the outcome's word, before where there was one */
	IV_ACT_CALLED_OFF,     /* a meeting: `state: cancelled` */
	IV_ACT_MOVED,          /* a meeting: its date as written, before where that changed */
	IV_ACT_NO_SHOW,        /* they did not come */
	IV_ACT_MISSED,         /* you did not come */
	IV_ACT_ASKED,          /* now: the record as written; so below */
	IV_ACT_THANKED,        /* record */
	IV_ACT_REPORTED,       /* record, or a lead with (reported DATE) */
	IV_ACT_TOUCHED,        /* record */
	IV_ACT_FEELER,         /* record */
	IV_ACT_REFERRED,       /* now: who was named, as the note writes it; `other` */
	IV_ACT_ARRANGED,       /* now: the meeting's date as written */
	IV_ACT_ADDED,          /* the note; now: the word of its type, or "note" */
	IV_ACT_TASK_DONE,      /* now: the task's text; so below */
	IV_ACT_TASK_CANCELLED, /* task */
	IV_ACT_TASK_REOPENED,  /* task */
	IV_ACT_TASK_ADDED,     /* task, open */
	IV_ACT_TASK_CHANGED,   /* task with its date, `@waiting` and section, before and after */
	IV_ACT_TASK_GONE,      /* was: the task */
	IV_ACT_RENAMED,        /* the paths; the vault's folders may be all that changed */
	IV_ACT_REMOVED,        /* the note */
	IV_ACT_BROKEN,         /* now: why the note can no longer be read, or not as a whole */
	IV_ACT_MENDED,         /* was: the same of the older version */
	IV_ACT_RECORD_ADDED,   /* one that is no act: a follow-up, `skipped`, one that bounced */
	IV_ACT_RECORD_CHANGED, /* as written, before and after */
	IV_ACT_RECORD_GONE,    /* was: as written */
	IV_ACT_FIELD_SET,      /* now: its value */
	IV_ACT_FIELD_CHANGED,  /* its value, before and after */
	IV_ACT_FIELD_GONE,     /* was: its value */
	IV_ACT_ITEM_ADDED,     /* now: one value of a list; the field is as it was otherwise */
	IV_ACT_ITEM_GONE,      /* was: the same */
	IV_ACT_TEXT_CHANGED,   /* the body, tasks aside */
	IV_VERB_COUNT
};

/* All texts belong to the acts, and end with a NUL that is not counted. */
struct iv_act {
	enum iv_verb verb;
	/*
	 * Part of what another act says as a whole: the fields, tasks and text of a note that is
	 * new (IV_ACT_ADDED, _ARRANGED, _MET), gone (_REMOVED), or not to be read (_BROKEN,
	 * _MENDED). Records in a new note are acts in their own right.
	 */
	bool implied;
	struct iv_str note; /* key of the note that says it */
	/*
	 * The person whom it is about: the key of the note, or of the reference where the look-up
	 * knows none; absent for none. `name` is what to call the person, else the note.
	 */
	struct iv_str who, name;
	struct iv_str other; /* IV_ACT_REFERRED: the key of who was named */
	const char *field;   /* canonical or folded name of the field that says it, or NULL */
	/*
	 * The day that the note claims for it: of the record, of the answer, of the meeting; of a
	 * task, when it is due. IV_NO_DAY.
	 */
	iv_day day;
	int minute;              /* of a meeting; -1 when no time is given */
	enum iv_channel channel; /* of the record or the meeting */
	enum iv_outcome outcome; /* IV_ACT_ANSWERED */
	iv_day later;            /* `later DATE`, or IV_NO_DAY */
	struct iv_str text;      /* of the record: what stands behind its date and words */
	struct iv_str was, now;
	uint32_t line; /* in the newer version, of what is gone in the older one; 0: none */
};

struct iv_acts {
	const struct iv_act *items; /* see iv_acts_find() */
	size_t count;
	void *memory;
};

/* Whom a reference means. */
struct iv_known {
	struct iv_str key;  /* of the note; absent: as the reference has it */
	struct iv_str name; /* of the note; absent: as the reference has it */
};

struct iv_acts_how {
	iv_day today; /* a new meeting after this day is arranged, not met */
	/* Looks up a reference's key; false where it means nobody known. NULL: none is looked up. */
	bool (*look_up)(void *data, struct iv_known *out, struct iv_str key);
	void *data;
};

/*
 * What `after` says and `before` does not; NULL for a note that is new, or gone. Every difference
 * in what the two say is at least one act, and there is none where they say the same, however
 * written. The same day, person and thing may come twice only where the note has it twice. What is
 * done to people stands first, as it came: by its day, on one day a request before the answer, a
 * meeting before the thanks. Then what the note is, tasks, records, fields and text.
 * Free with iv_acts_release(); the notes may go before.
 */
IV_API void iv_acts_find(struct iv_acts *out, const struct iv_note *before,
			 const struct iv_note *after, const struct iv_acts_how *how);
IV_API void iv_acts_release(struct iv_acts *acts);

/* "met", "task-done"; the form that programs read. */
IV_API const char *iv_verb_word(enum iv_verb verb);

/*
 * The act as half a sentence: "reply yes (2026-11-03)", "meeting set for 18 Nov 14:00", "role:
 * lead (was analyst)"; the year is told where it is not that of `today`. With `named` the person
 * is in it: "thanked Omar Haddad by card (2026-11-19)". On one line, long texts cut; control
 * characters are those of the note. The caller frees.
 */
IV_API char *iv_act_text(const struct iv_act *act, iv_day today, bool named);

/* ---- commits ---- */

enum iv_past_kind { IV_PAST_ADDED, IV_PAST_CHANGED, IV_PAST_REMOVED };

/* A note that a commit holds otherwise than all its parents. */
struct iv_past_note {
	enum iv_past_kind kind;
	const char *path; /* in the vault; of one that is gone its last */
	const char *from; /* its path before, where it moved; else NULL */
	enum iv_type type;
	const char *key, *name;    /* "" where it could not be read */
	bool unreadable;           /* git could not read it, before or after: there are no acts */
	const char *why;           /* that is damage: what git says of it now; else NULL */
	const struct iv_act *acts; /* without those that are implied */
	size_t act_count;
};

IV_API const char *iv_past_kind_word(enum iv_past_kind kind); /* added, changed, removed */

/* Ids are 40 hex digits; times are seconds since 1970. */
struct iv_past_commit {
	const char *id;
	const char *const *parents;
	size_t parent_count;
	int64_t time;    /* of the committer: what git's order goes by */
	int64_t written; /* of the author */
	int zone;        /* of the author, minutes east of Greenwich */
	iv_day day;      /* of the author, in that zone */
	const char *author, *email, *subject;
	bool cut;        /* a shallow clone ends here: what it changed is not known */
	bool unreadable; /* git could not read all of it: what it changed is not known either */
	const char *why; /* what git says of that now */
	const struct iv_past_note *notes; /* by path */
	size_t note_count;
};

#ifdef __cplusplus
}
#endif

#endif
