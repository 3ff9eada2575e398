/*
 * What commands that change notes share: they gather notes, edit their bytes, and say what was
 * done; change_end() then writes all of it, or nothing.
 *
 *	struct change change = CHANGE_INIT(cmd);
 *	struct change_note *note;
 *	int rc = change_contact(&note, &change, words[0], &error);
 *	if (!rc)
 *		rc = change_add(note, "touches", text, &error);
 *	if (!rc)
 *		change_say(&change, note->path, "touched %s", words[0]);
 *	return change_end(&change, rc, &error);
 */
#ifndef IV_CMD_CHANGE_H
#define IV_CMD_CHANGE_H

#include <ivnotes/edit.h>

#include "cmd/cmd.h"

/* A note on its way to be changed. */
struct change_note {
	char *path;                 /* in the vault */
	struct iv_buf before;       /* as it was read */
	struct iv_edit *edit;       /* as it shall be */
	const struct iv_note *note; /* what the parser makes of that; valid until the next edit */
	bool is_new;
};

/* A line that tells what was done, and whose next debt it ends with. */
struct change_line {
	char *text;
	char *path; /* of a contact, or of another note; NULL: nobody's */
};

struct change {
	struct cmd *cmd;
	struct change_note **notes;
	size_t count, capacity;
	struct change_line *lines;
	size_t line_count, line_capacity;
};

/* clang-format takes the braces for a block. */
/* clang-format off */
#define CHANGE_INIT(cmd) {(cmd), NULL, 0, 0, NULL, 0, 0}

/* The options of all of them, for their tables. */
#define CHANGE_OPTIONS                                                                         \
	{"dry-run", 'n', NULL, "show the change as a diff, and write nothing", OPTION_FLAG, NULL}, \
	{"force", 'f', NULL, "write also what check will find wrong", OPTION_FLAG, NULL}
/* clang-format on */

/*
 * The note that a word means, read once however often it is named; it belongs to the change. A part
 * of a name means a meeting only where it means nothing else. Errors as of cmd_resolve() and
 * cmd_read(); bytes that cannot be edited are refused by the first edit.
 */
int change_open(struct change_note **out, struct change *change, const char *word,
		struct iv_error *error);
/* The same by its path in the vault. */
int change_open_path(struct change_note **out, struct change *change, const char *path,
		     struct iv_error *error);
/* The same where a contact may be meant: that first, if one fits. */
int change_open_person(struct change_note **out, struct change *change, const char *word,
		       struct iv_error *error);
/* The same, and IV_EREFUSED for what is no contact. */
int change_contact(struct change_note **out, struct change *change, const char *word,
		   struct iv_error *error);
/* A note that is not there yet, of these bytes. Folders on its way are made when it is written. */
struct change_note *change_new(struct change *change, const char *path, struct iv_str bytes);

/* ---- edits, as those of edit.h ---- */

/* A key gets these values: one as such, several as a list. */
int change_set(struct change_note *note, const char *key, const struct iv_str *values, size_t count,
	       struct iv_error *error);
int change_add(struct change_note *note, const char *key, struct iv_str value,
	       struct iv_error *error);
/* Puts a value before an item. */
int change_insert(struct change_note *note, const char *key, size_t index, struct iv_str value,
		  struct iv_error *error);
/* The same as change_add() where it is not there already: names in a list, once each. */
int change_add_once(struct change_note *note, const char *key, struct iv_str value,
		    struct iv_error *error);
int change_item(struct change_note *note, const char *key, size_t index, struct iv_str value,
		struct iv_error *error);
/* Without its last item the key goes, too. */
int change_remove_item(struct change_note *note, const char *key, size_t index,
		       struct iv_error *error);
int change_remove(struct change_note *note, const char *key, struct iv_error *error);
int change_tick(struct change_note *note, uint32_t line, enum iv_task_state state,
		struct iv_error *error);
int change_put_section(struct change_note *note, const char *section, struct iv_str text,
		       enum iv_edit_put mode, struct iv_error *error);

/* ---- the end ---- */

/* Adds a line to tell when all is written; `about` is the path that next debts are asked of. */
void change_say(struct change *change, const char *about, const char *format, ...) IV_PRINTF(3, 4);

/*
 * Ends it. After a failure (rc, with the reason in `error`; or an exit status, with the reason
 * printed) nothing is written. Else what the parser finds wrong and did not before is refused,
 * unless --force is given; then all notes are written, the index is refreshed, and the lines are
 * told. With --dry-run a diff is shown instead. Releases change and error; gives the exit status.
 */
int change_end(struct change *change, int rc, struct iv_error *error);

/* Is there anything to write? */
bool change_differs(const struct change_note *note);

/*
 * Adds a diff to be shown: control characters visible, but for the CR of a line's end, which would
 * hide the line by itself.
 */
void change_add_patch(struct iv_buf *out, struct iv_str patch);

/* "Mon 23 Nov", with the year where it is not today's. */
void change_day(struct iv_buf *out, const struct cmd *cmd, iv_day day);

#endif
