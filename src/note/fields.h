/*
 * The field table: every front-matter field that ivnotes knows, its aliases and its kind, per
 * type. Parser, did-you-mean, completion, templates and ivnotes-format(5) read this one table.
 * Source: DESIGN.md, 'Front matter'.
 */
#ifndef IV_NOTE_FIELDS_H
#define IV_NOTE_FIELDS_H

#include <ivnotes/note.h>

enum iv_field_kind {
	IV_FIELD_TEXT,
	IV_FIELD_TEXTS, /* a list of texts */
	IV_FIELD_REF,   /* one reference; a bare name that resolves to nothing is a name */
	IV_FIELD_REFS,
	IV_FIELD_DATE,
	IV_FIELD_DATETIME,
	IV_FIELD_SPAN,
	IV_FIELD_MINUTES, /* with words after it where the field has them: `45m invited` */
	IV_FIELD_PERCENT,
	IV_FIELD_RATING,
	IV_FIELD_CHOICE, /* one of `choices` */
	IV_FIELD_RECORDS,
	IV_FIELD_LEADS,
	IV_FIELD_RULES, /* ids of rules */
	IV_FIELD_FLAG   /* yes, no, or a date */
};

#define IV_ON_CONTACT (1u << IV_TYPE_CONTACT)
#define IV_ON_MEETING (1u << IV_TYPE_MEETING)
#define IV_ON_ORGANIZATION (1u << IV_TYPE_ORGANIZATION)
#define IV_ON_ALL (IV_ON_CONTACT | IV_ON_MEETING | IV_ON_ORGANIZATION)

struct iv_field_def {
	const char *name; /* canonical */
	unsigned types;   /* IV_ON_… */
	enum iv_field_kind kind;
	const char *const *aliases; /* NULL-ended, or NULL */
	const char *const *choices; /* IV_FIELD_CHOICE: NULL-ended */
	const char *summary;        /* half a sentence for help and the man page */
};

extern const struct iv_field_def iv_fields[];
extern const size_t iv_field_count;

/* The field that a folded key names on this type (or one of its aliases), or NULL. */
const struct iv_field_def *iv_field_find(enum iv_type type, struct iv_str folded_key);

/* Does it name a field of any type? */
bool iv_field_of_any(struct iv_str folded_key);

/* The field that the config says a key of notes is, or NULL. */
const char *iv_field_of_own(const struct iv_syntax *syntax, struct iv_str folded_key);

/* The number of a field of that kind: "45" or "45%", "4" or "4/5"; false for one out of range. */
bool iv_percent_parse(int *out, struct iv_str text);
bool iv_rating_parse(int *out, struct iv_str text);

/* `id` of "[[id|text]]" and "[[id#heading]]"; other texts as they are. Trimmed. */
struct iv_str iv_link_target(struct iv_str text);

/* The type that a word means (config's own words included), or IV_TYPE_NONE. */
enum iv_type iv_type_of(const struct iv_syntax *syntax, struct iv_str word);
/* The same of the config's own words alone; they may stand in [[ ]]. */
enum iv_type iv_type_of_own(const struct iv_syntax *syntax, struct iv_str word);
/* The same as iv_type_of() of a word that may stand in [[ ]], whosever it is. */
enum iv_type iv_type_linked(const struct iv_syntax *syntax, struct iv_str word);

#endif
