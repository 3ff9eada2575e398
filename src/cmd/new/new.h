/* The parts of `new`: what was given, where the note goes, what it holds. */
#ifndef IV_CMD_NEW_H
#define IV_CMD_NEW_H

#include <ivnotes/edit.h>

#include "cmd/frame/frame.h"
#include "note/fields.h"

/* A field that was given, with its values as they are to stand in the note. */
struct new_field {
	const struct iv_field_def *def; /* NULL: a key of the user's own */
	const char *key;
	struct iv_str *values;
	size_t count;
};

/* Somebody to meet. */
struct new_person {
	struct iv_str path, id, name, role, organization;
	struct iv_str
		reference; /* as the note will name them: the id, or the path where that is none */
};

/* A note on its way. What is not in the arena, that of cmd->own, goes with new_release(). */
struct new_note {
	struct cmd *cmd;
	struct iv_arena *arena;
	enum iv_type type;
	struct iv_rows rows; /* all notes of the vault */

	struct new_field *fields;
	size_t field_count, field_capacity; /* malloc'ed */

	struct iv_str name; /* of a contact or organization; of a meeting, whom it is with */
	const char *id;     /* as wished, then as it is; NULL: to be made */
	struct new_person *people;
	size_t person_count;
	iv_day day; /* of a meeting */
	int minute;
	bool past; /* it took place: nothing is to be prepared, and a second one of that day is one */

	char *folder, *path; /* in the vault */
	struct iv_buf text;
};

/* ---- new.c ---- */

/* Lets go of what is not in the arena. */
void new_release(struct new_note *note);

/* ---- fields.c ---- */

/* Calls return 0 or CMD_USAGE, with the reason printed. Options go before what stdin says. */

/* The fields that were given as options. */
int new_read_options(struct new_note *note);
/* A JSON object with fields; `id` in it is a wish. */
int new_read_json(struct new_note *note, struct iv_str text);
/* The field by its canonical name, or NULL. */
const struct new_field *new_field_find(const struct new_note *note, const char *name);
/* Adds a value to a field that the type has; `shown` names it where it cannot be one. */
int new_field_put(struct new_note *note, const char *name, const char *shown, struct iv_str text);
/* Its values are these from now on. */
void new_field_set(struct new_note *note, const char *name, struct iv_str *values, size_t count);

/* ---- people.c ---- */

/* Finds the people of a meeting's `contact`, each once, and names them as notes do. */
int new_find_people(struct new_note *note, struct iv_error *error);

/* ---- place.c ---- */

/*
 * Settles id and path. IV_EREFUSED where a note of the same name is there, and neither --force nor --id
 * given; IV_EINPUT where the name gives no id, or the wish is none.
 */
int new_find_place(struct new_note *note, struct iv_error *error);
/* Writes it where nothing is yet, and makes its folder. */
int new_write(struct new_note *note, struct iv_error *error);

/* ---- text.c ---- */

/*
 * Fills note->text: the template, the vault's own or ours, and then the fields. CMD_USAGE, with the
 * reason printed, for a value that its field does not take.
 */
int new_fill(struct new_note *note, struct iv_error *error);

#endif
