/*
 * Stage: a note's bytes and a wanted change -> its new bytes. Only the bytes of that change differ:
 * comments, key order, quoting, list style, indentation, line ends, a byte order mark and a missing
 * last line end stay as they are. Pure: no file is opened, no clock is read.
 *
 *	struct iv_edit *edit = iv_edit_new(path, bytes, syntax);
 *
 *	rc = iv_edit_add(edit, "outreach", text, &error);
 *	if (!rc)
 *		rc = iv_edit_add_task(edit, todo, &error);
 *	if (!rc)
 *		write(iv_edit_bytes(edit));
 *	iv_edit_free(edit);
 *
 * A call that succeeds has replaced the bytes; one that fails has left them alone. Every change is
 * read back before it counts: it must be there, and everything else must read as before.
 *
 * Every call may return
 *
 *	IV_EREFUSED   no exact edit is safe here: the header is broken, not closed or under conflict,
 *	              the key stands twice, the value has an anchor, a tag or an alias, a mapping in
 *	              braces runs over lines, the bytes are no UTF-8. The message says why and what to
 *	              type by hand, error->pos where, error->path in which note.
 *	IV_EINPUT     a key, value or text that no note can hold: no UTF-8, an empty key
 *	IV_ELIMIT     the note would be larger than IV_NOTE_SIZE_MAX
 *
 * and what its own comment names. A change that is there already succeeds and changes nothing.
 */
#ifndef IVNOTES_EDIT_H
#define IVNOTES_EDIT_H

#include <ivnotes/note.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A note under change. */
struct iv_edit;

/*
 * Begins with a copy of `bytes`, which may be empty. `path` is the note's path in the vault, which decides
 * its type and what relative links mean; it and `syntax` (NULL: the defaults) must outlive the edit.
 * Never fails: bytes that cannot be edited are refused by the first change.
 */
IV_API struct iv_edit *iv_edit_new(struct iv_str path, struct iv_str bytes,
				   const struct iv_syntax *syntax);
IV_API void iv_edit_free(struct iv_edit *edit);

/* The bytes as they are now, and what they say. Both are valid until the next change. */
IV_API struct iv_str iv_edit_bytes(const struct iv_edit *edit);
IV_API const struct iv_note *iv_edit_note(const struct iv_edit *edit);

/* ---- the header ----
 *
 * `key` is a field's canonical name, one of its aliases, or a key of the user's own. A note that
 * has the field under another of its names (`company` for `organization`) keeps that name; a new
 * key is written as given, beside its neighbours in the field table, and a note without header gets
 * one. Values are texts: they are quoted where some reader of YAML would take them for something else, as
 * their neighbours are quoted; a value that is replaced keeps its quotes.
 */

/*
 * Sets or replaces the value. An empty value leaves the key blank, which is as if it were not
 * there. IV_EREFUSED for a key that holds a list of several values or a mapping.
 */
IV_API int iv_edit_set(struct iv_edit *edit, const char *key, struct iv_str value,
		       struct iv_error *error);

/* The values as a list, changing no more of a list than differs; none at all are `[]`. */
IV_API int iv_edit_set_list(struct iv_edit *edit, const char *key, const struct iv_str *values,
			    size_t count, struct iv_error *error);

/*
 * Adds a value behind those that are there, in the list's own style; one value becomes a list,
 * `none` and a blank give way. Adds it even where it stands in the list already.
 */
IV_API int iv_edit_add(struct iv_edit *edit, const char *key, struct iv_str value,
		       struct iv_error *error);

/*
 * Items are counted as in iv_field.value: from 0, blank ones too, one value serving as a list.
 * IV_ENOTFOUND when there is no such item.
 */

/* Puts a value before an item, in the list's own style; comments stay above what they stand above. */
IV_API int iv_edit_insert(struct iv_edit *edit, const char *key, size_t index, struct iv_str value,
			  struct iv_error *error);

/*
 * Replacing a record that was written as a mapping takes the record as a line all the same; the
 * mapping's keys are set from it.
 */
IV_API int iv_edit_replace_item(struct iv_edit *edit, const char *key, size_t index,
				struct iv_str value, struct iv_error *error);
/* Without its last item the key is left blank. */
IV_API int iv_edit_remove_item(struct iv_edit *edit, const char *key, size_t index,
			       struct iv_error *error);

/*
 * The record before which one of that day belongs: the first that is later, where the field's
 * records stand in the order of their days. SIZE_MAX: behind all of them. `key` is canonical.
 */
IV_API size_t iv_edit_place_of(const struct iv_edit *edit, const char *key, iv_day day);
/* The item of a field that stands at a place, as those of records do; SIZE_MAX when none does. */
IV_API size_t iv_edit_item_at(const struct iv_edit *edit, const char *key, struct iv_pos pos);
/* The first item with this text, compared as ids are, a link by its target; SIZE_MAX: none. */
IV_API size_t iv_edit_item_of(const struct iv_edit *edit, const char *key, struct iv_str text);

/* Removes the key's lines. IV_ENOTFOUND when it is not there. */
IV_API int iv_edit_remove(struct iv_edit *edit, const char *key, struct iv_error *error);

/* ---- the body ----
 *
 * Sections exist in notes of a known type only: in others they are IV_EREFUSED.
 */

/* Sets the box of the task on a line of the note. IV_ENOTFOUND when none begins there. */
IV_API int iv_edit_tick(struct iv_edit *edit, uint32_t line, enum iv_task_state state,
			struct iv_error *error);

/*
 * Adds an open task, one line of text with `(due DATE)` in it if it has one, under Follow-ups:
 * behind the last item of the last list there, with its mark. The section is made if absent.
 */
IV_API int iv_edit_add_task(struct iv_edit *edit, struct iv_str text, struct iv_error *error);

enum iv_edit_put {
	IV_EDIT_FILL,  /* where the section is absent or empty; else nothing is changed */
	IV_EDIT_APPEND /* behind what is there as well */
};

/*
 * Puts Markdown into a section, by its canonical name (request, research, opening, questions,
 * notes, follow-ups). An absent section is made: in the order Request, Research, Opening,
 * Questions, Notes, Follow-ups among those that are there, with the config's heading and its
 * neighbours' level. Comments alone are an empty section. List items join a list at the section's
 * end, with its mark. IV_ENOTFOUND for another name, IV_EINPUT for an empty text.
 */
IV_API int iv_edit_put_section(struct iv_edit *edit, const char *section, struct iv_str text,
			       enum iv_edit_put mode, struct iv_error *error);

#ifdef __cplusplus
}
#endif

#endif
