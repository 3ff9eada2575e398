/*
 * What the files of this stage share: the note under change, drafts of its new bytes, and the one
 * way in which a draft becomes the note.
 */
#ifndef IV_EDIT_EDIT_H
#define IV_EDIT_EDIT_H

#include <ivnotes/edit.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"

struct iv_edit {
	struct iv_str path;
	const struct iv_syntax *syntax; /* never NULL */
	struct iv_buf bytes;
	struct iv_note *note;   /* of the bytes */
	struct iv_arena *arena; /* of the change that is being made; empty between changes */
};

/* ---- places ---- */

/* The offset of a line's beginning and, before its line end, of its end. */
size_t iv_line_begin(struct iv_str bytes, size_t at);
size_t iv_line_stop(struct iv_str bytes, size_t at);
/* The beginning of the line after it, or the end of the bytes. */
size_t iv_line_after(struct iv_str bytes, size_t at);
/* The beginning of the line before the one that begins at `at`. */
size_t iv_line_before(struct iv_str bytes, size_t at);
/* Line and column of an offset in the note, and back; SIZE_MAX for no place in it. */
struct iv_pos iv_edit_pos(const struct iv_edit *edit, size_t at);
size_t iv_edit_offset(const struct iv_edit *edit, struct iv_pos pos);
static inline bool iv_same_place(struct iv_pos a, struct iv_pos b)
{
	return a.line == b.line && a.column == b.column;
}
/* The line end that the note uses. */
const char *iv_edit_eol(const struct iv_edit *edit);
/* Where the text begins: behind a byte order mark. */
size_t iv_edit_begin(const struct iv_edit *edit);

/* ---- drafts ---- */

/* The new bytes, written from left to right. */
struct iv_draft {
	const struct iv_edit *edit;
	struct iv_buf out;
	size_t done; /* the note's bytes up to here are in `out`, or left out */
};

void iv_draft_init(struct iv_draft *draft, const struct iv_edit *edit);
void iv_draft_release(struct iv_draft *draft);
/* Copies up to `from`, leaves out what stands up to `to`, and puts a text there. */
void iv_draft_put(struct iv_draft *draft, size_t from, size_t to, struct iv_str text);

/* What a draft may change, and what must hold once it is read. */
struct iv_expect {
	struct iv_str field; /* canonical name of the field that differs; absent: none */
	bool body;           /* the body differs */
	bool (*holds)(const struct iv_edit *edit, const struct iv_note *after, struct iv_str bytes,
		      const void *context);
	const void *context;
};

/*
 * Completes the draft and takes it as the note if it reads as expected; IV_EREFUSED, IV_ELIMIT.
 * Releases the draft in either case.
 */
int iv_draft_take(struct iv_draft *draft, struct iv_edit *edit, const struct iv_expect *expect,
		  struct iv_error *error);

/* Changes of which all count or none are made on a copy, which then becomes the note or goes. */
struct iv_edit *iv_edit_trial(const struct iv_edit *edit);
/* Takes the copy over if rc is 0; frees it. Returns rc. */
int iv_edit_settle(struct iv_edit *edit, struct iv_edit *trial, int rc);

/* ---- errors ---- */

/* Says where in the note; returns IV_EREFUSED. */
int iv_edit_refused(const struct iv_edit *edit, struct iv_error *error, size_t at);
/* Ends a change: forgets its memory, and adds to a refusal what to do by hand. Returns rc. */
int iv_edit_end(struct iv_edit *edit, int rc, struct iv_error *error, struct iv_str by_hand);
/* Bytes that no edit can work on: no UTF-8, under conflict. */
int iv_edit_check(const struct iv_edit *edit, struct iv_error *error);
/* A text that no note can hold: IV_EINPUT. */
int iv_edit_check_text(struct iv_str text, const char *what, struct iv_error *error);

#endif
