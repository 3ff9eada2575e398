/*
 * What the parts of the parser share while one note is read, and the small helpers that all of
 * them use. Everything that outlives the reading is in the note's arena.
 */
#ifndef IV_NOTE_READER_H
#define IV_NOTE_READER_H

#include "base/meant.h"
#include "note/fields.h"

#define IV_LIST(type)                   \
	struct {                        \
		type *items;            \
		size_t count, capacity; \
	}

/* Appends; evaluates `list` several times. */
#define IV_PUSH(list, item)                                    \
	(IV_GROW((list).items, (list).count, (list).capacity), \
	 (void)((list).items[(list).count++] = (item)))

struct iv_reader {
	struct iv_note *note;
	struct iv_arena *arena;         /* the note's */
	const struct iv_syntax *syntax; /* never NULL, its lists may be */

	struct iv_str bytes;  /* the whole note: valid UTF-8 without NUL and BOM */
	struct iv_str header; /* between the --- lines; absent without front matter */
	struct iv_str body;
	uint32_t header_line, body_line; /* the line on which each starts */
	bool closed;                     /* the header's second --- line is there */

	/* The definition of each field, NULL for the user's own. */
	IV_LIST(const struct iv_field_def *) defs;
	IV_LIST(struct iv_field) fields;
	IV_LIST(struct iv_text) aliases;
	IV_LIST(struct iv_ref) refs;
	IV_LIST(struct iv_text) files;
	IV_LIST(struct iv_record) records;
	IV_LIST(struct iv_task) tasks;
	IV_LIST(struct iv_question) questions;
	IV_LIST(struct iv_lead) leads;
	IV_LIST(struct iv_section) sections;
	IV_LIST(struct iv_problem) problems;
	IV_LIST(struct iv_ignore) ignores;

	bool prose;   /* words of one's own outside the prepared sections */
	bool thanked; /* a thank-you record that is no `skipped` */
};

/* ---- problems (problem.c) ---- */

/* A problem that any note may have: encoding, conflict-marker, front-matter, unknown-type. */
void iv_problem(struct iv_reader *reader, const char *rule, struct iv_pos pos, const char *format,
		...) IV_PRINTF(4, 5);
/* A problem of notes with a known type; the others' contents are none of our business. */
void iv_typed_problem(struct iv_reader *reader, const char *rule, struct iv_pos pos,
		      const char *format, ...) IV_PRINTF(4, 5);
/* As much of a text as a message quotes, cut between characters. */
struct iv_str iv_quoted(struct iv_str text);

/* ---- words (words.c) ---- */

/*
 * The length of the start of `text` that spells `word` (lower case, '-' between its parts)
 * without regard to case, '-', '_' and, between parts, spaces; 0 when it does not, or when the
 * word goes on.
 */
size_t iv_spelled(struct iv_str text, const char *word);
/* The same of a whole text. */
bool iv_spells(struct iv_str text, const char *word);
/* True where nothing that belongs to a word follows: a letter, a digit, a joined hyphen. */
bool iv_word_ends(struct iv_str rest);
/* Index of the word that the whole text spells, or -1. */
int iv_word_index(struct iv_str text, const char *const *words);
/* The words as "a, b or c", in the arena. */
struct iv_str iv_words_listed(struct iv_arena *arena, const char *const *words);

/* NULL-ended, in the order of their enums from the second on. */
extern const char *const iv_channel_words[];
extern const char *const iv_outcome_words[];

/* The words for types, the config's own included, that one may have meant: the nearest of each. */
struct iv_meant iv_type_meant(const struct iv_syntax *syntax, struct iv_str word);

#endif
