/*
 * Stage: bytes -> struct iv_note. The same parser reads the working tree, a git tree and an
 * editor's buffer. Pure: no file is opened, no clock is read.
 *
 * A note never fails to parse: what cannot be read becomes a row in `problems`, and everything
 * else is there. All memory, the copy of the source bytes excepted, belongs to the note; slices point into
 * the note's arena or into the caller's bytes, which must outlive it.
 */
#ifndef IVNOTES_NOTE_H
#define IVNOTES_NOTE_H

#include <ivnotes/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A note over this many bytes is not read; `encoding` says so. */
#define IV_NOTE_SIZE_MAX ((size_t)16 << 20)

enum iv_type { IV_TYPE_NONE, IV_TYPE_CONTACT, IV_TYPE_MEETING, IV_TYPE_ORGANIZATION };

/* A text with its place. `text.ptr` is NULL where the field is absent. */
struct iv_text {
	struct iv_str text;
	struct iv_pos pos;
};

/* A day with its place. `day` is IV_NO_DAY where absent or unreadable. */
struct iv_date {
	iv_day day;
	struct iv_pos pos;
};

enum iv_value_kind { IV_VALUE_SCALAR, IV_VALUE_LIST, IV_VALUE_MAP };

/*
 * A front-matter value as the person wrote it: only the scalar's text counts, there are no
 * implicit types. An unquoted [[id]] is the scalar "[[id]]". In a map every item carries its key.
 */
struct iv_value {
	enum iv_value_kind kind;
	struct iv_str key;  /* in maps only */
	struct iv_str text; /* scalars only; empty for a blank value */
	struct iv_pos pos;  /* where the value starts */
	const struct iv_value *items;
	size_t count;
};

/*
 * One key of the front matter. `name` is the canonical name where the key (or an alias of it) is
 * in the field table for this type, else the key folded to lower case with '-' for '_' and space.
 */
struct iv_field {
	const char *known; /* canonical name from the field table, or NULL: the user's own */
	struct iv_str name;
	struct iv_str key; /* as written */
	struct iv_pos pos; /* of the key */
	struct iv_value value;
};

/* How a reference was written, which decides how it resolves. */
enum iv_ref_form {
	IV_REF_BARE, /* a name, an id or an alias in a field */
	IV_REF_WIKI, /* [[target]], [[target|text]], [[target#heading]] */
	IV_REF_LINK, /* [text](relative.md), percent-decoded */
	IV_REF_WORDS /* free text of a record: names of contacts may stand in it */
};

/*
 * A reference as written; resolving it is the index's work. `key` is what is compared: NFC, case
 * folded, without `.md`, heading and display text; folders are kept ("people/jane-green").
 * A link with another extension ("cv.pdf") keeps it in the key.
 */
struct iv_ref {
	enum iv_ref_form form;
	const char *field;  /* canonical field name, or "body" */
	int record;         /* index into records, or -1 */
	struct iv_str text; /* what the person sees: display text, name; destination in the body */
	struct iv_str key;
	struct iv_pos pos;
	/*
	 * The part that says which note, as it stands in the note: `people/jane` of
	 * `[[people/jane#then|her]]`, `../people/jane%20green.md` of a link. It is there, byte by
	 * byte, at `written_pos`, unless YAML made the text out of other bytes (escapes).
	 */
	struct iv_str written;
	struct iv_pos written_pos;
};

enum iv_channel {
	IV_CHANNEL_NONE,
	IV_CHANNEL_EMAIL,
	IV_CHANNEL_LETTER,
	IV_CHANNEL_CARD,
	IV_CHANNEL_PHONE,
	IV_CHANNEL_TEXT,
	IV_CHANNEL_LINKEDIN,
	IV_CHANNEL_VIDEO,
	IV_CHANNEL_IN_PERSON
};

enum iv_outcome {
	IV_OUTCOME_NONE,
	IV_OUTCOME_YES,
	IV_OUTCOME_NO,
	IV_OUTCOME_LATER,
	IV_OUTCOME_BOUNCED
};

/*
 * DATE [CHANNEL] [MINUTES] [OUTCOME [DATE]] [free text], or the mapping
 * {date, via, minutes, outcome, answered, text}. `skipped` in place of a record waives.
 */
struct iv_record {
	const char *field; /* outreach, touches, reported, thank-you, feeler, follow-up */
	struct iv_pos pos;
	iv_day day; /* IV_NO_DAY when skipped or unreadable */
	enum iv_channel channel;
	int minutes; /* -1 when absent */
	enum iv_outcome outcome;
	iv_day outcome_day; /* yes, no: the day of the answer; IV_NO_DAY: as `day` */
	iv_day later_day;   /* `later DATE`: when to come back; IV_NO_DAY when not given */
	struct iv_str text;
	bool skipped;
};

enum iv_task_state { IV_TASK_OPEN, IV_TASK_DONE, IV_TASK_CANCELLED };

struct iv_task {
	enum iv_task_state state;
	struct iv_pos pos;
	iv_day due; /* IV_NO_DAY when undated */
	bool waiting;
	const char *section; /* canonical section name, or NULL */
	struct iv_str text;  /* without the box, the date and @waiting */
};

/* A question to ask: one sentence or list item under Questions. */
struct iv_question {
	struct iv_pos pos;
	struct iv_str text;
};

struct iv_lead {
	struct iv_pos pos;
	struct iv_str text;
	iv_day reported; /* IV_NO_DAY while open */
};

/* A section by its canonical name (request research opening questions notes follow-ups). */
struct iv_section {
	const char *name;
	struct iv_pos pos;  /* of the heading */
	unsigned words;     /* of prose, without tasks' boxes and comments */
	struct iv_str text; /* request and opening only: its source bytes; else absent */
};

/* Something only the parser can see; `rule` is the id of a rule of kind broken. */
struct iv_problem {
	const char *rule;
	struct iv_pos pos;
	bool warning; /* severity warning instead of the rule's own */
	struct iv_str message;
};

/* ivnotes-ignore; lines 0 to 0 mean the whole note. */
struct iv_ignore {
	struct iv_str rule;
	struct iv_pos pos;
	uint32_t first_line, last_line;
};

/* relation */
enum iv_relation {
	IV_RELATION_NONE,
	IV_RELATION_FRIEND,
	IV_RELATION_FAMILY,
	IV_RELATION_MENTOR,
	IV_RELATION_OTHER
};

struct iv_contact {
	struct iv_text name, role, email, phone, address, url, linkedin, source, purpose, relation;
	enum iv_relation relation_kind;
	struct iv_text connected;     /* a day, yes or no, as written */
	struct iv_text keep_in_touch; /* a span as written, or "off" */
	struct iv_date paused;
	struct iv_text do_not_contact; /* present: yes */
	iv_day do_not_contact_day;     /* IV_NO_DAY: from the first day on */
	bool referrals_given;          /* the key is there, be it `none` */
};

enum iv_kind { IV_KIND_INFORMATIONAL, IV_KIND_CATCH_UP, IV_KIND_JOB };
enum iv_state {
	IV_STATE_NONE,
	IV_STATE_SCHEDULED,
	IV_STATE_HELD,
	IV_STATE_CANCELLED,
	IV_STATE_MOVED,
	IV_STATE_NO_SHOW,
	IV_STATE_MISSED
};
enum iv_planned_by { IV_PLANNED_BY_ME, IV_PLANNED_BY_THEM, IV_PLANNED_MEAL };

struct iv_meeting {
	struct iv_date date;
	int minute; /* of the day, 0 to 1439; -1 when no time is given */
	enum iv_kind kind;
	enum iv_channel via;
	struct iv_text via_text, place, opening;
	struct iv_text resume, paid; /* the words of the field table, however written */
	struct iv_pos planned_pos, actual_pos, spoke_pos, rating_pos, contact_pos;
	int planned, actual; /* minutes; -1 when absent */
	int extended;        /* the same; -2: yes, unknown length */
	enum iv_planned_by planned_by;
	int spoke;  /* per cent, -1 when absent */
	int rating; /* 1 to 5, 0 when absent */
	enum iv_state state;
	bool referrals_given;
	bool prose;    /* the note holds prose of one's own (PRACTICE: write-notes) */
	bool evidence; /* actual, thanks, rating, or text outside the six prepared sections */
};

struct iv_organization {
	struct iv_text name, url, rank;
	struct iv_text stance; /* learn or candid, however written */
	bool target;
	struct iv_date pursuing;
};

struct iv_note {
	struct iv_str path;     /* in the vault, '/' between folders */
	struct iv_str id;       /* file name without .md, as written */
	struct iv_str key;      /* the id, folded as references are compared */
	struct iv_str name;     /* `name`, else the id */
	struct iv_pos name_pos; /* of `name`, else line 1 */
	enum iv_type type;
	struct iv_str type_text; /* what says the type, as written; absent when none */
	bool unreadable;         /* nothing but `problems` is to be had */
	struct iv_str body;      /* what stands below the front matter; absent when unreadable */
	uint32_t body_line;      /* the line on which it starts */

	const struct iv_field *fields;
	size_t field_count;
	const struct iv_text *aliases;
	size_t alias_count;
	const struct iv_ref *refs; /* of fields, records and body */
	size_t ref_count;
	const struct iv_text *files; /* relative destinations that are no notes */
	size_t file_count;
	const struct iv_record *records;
	size_t record_count;
	const struct iv_task *tasks;
	size_t task_count;
	const struct iv_question *questions;
	size_t question_count;
	const struct iv_lead *leads;
	size_t lead_count;
	const struct iv_section *sections;
	size_t section_count;
	const struct iv_problem *problems;
	size_t problem_count;
	const struct iv_ignore *ignores;
	size_t ignore_count;

	struct iv_date created;
	const struct iv_contact *contact; /* by type; at most one of the three */
	const struct iv_meeting *meeting;
	const struct iv_organization *organization;

	struct iv_arena *arena;
};

/* What a vault's config says about reading notes. NULL pointers mean the defaults. */
struct iv_syntax {
	/* heading texts for a section: pairs {canonical, heading}, ended by {NULL, NULL} */
	const char *const (*sections)[2];
	/* own keys: pairs {key, canonical field}, ended by {NULL, NULL} */
	const char *const (*field_aliases)[2];
	/* own type words: pairs {text, canonical type}, ended by {NULL, NULL} */
	const char *const (*type_aliases)[2];
	/* folders that imply a type: pairs {folder, canonical type}, ended by {NULL, NULL} */
	const char *const (*folder_types)[2];
};

/*
 * Reads a note. `path` is its path in the vault, `bytes` its content; both must outlive the note.
 * Never fails; the caller frees *out with iv_note_free(). Thread-safe.
 */
IV_API struct iv_note *iv_note_parse(struct iv_str path, struct iv_str bytes,
				     const struct iv_syntax *syntax);

/*
 * The note of a file that could not be read: its id, and one problem `rule` (unreadable or
 * encoding) with that message.
 */
IV_API struct iv_note *iv_note_unreadable(struct iv_str path, const char *rule,
					  const char *message);

IV_API void iv_note_free(struct iv_note *note);

/* The field by its canonical or folded name, or NULL. */
IV_API const struct iv_field *iv_note_field(const struct iv_note *note, const char *name);

/*
 * All fields as one JSON object: canonical or folded names; scalars as strings, lists as arrays,
 * maps as objects; blank values left out. The caller frees it.
 */
IV_API char *iv_note_fields_json(const struct iv_note *note);

/* Canonical words for enums, as they stand in notes and in the index; "" for absent. */
IV_API const char *iv_type_word(enum iv_type type);
IV_API const char *iv_channel_word(enum iv_channel channel);
IV_API const char *iv_outcome_word(enum iv_outcome outcome);
IV_API const char *iv_kind_word(enum iv_kind kind);
IV_API const char *iv_state_word(enum iv_state state);

#ifdef __cplusplus
}
#endif

#endif
