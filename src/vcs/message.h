/* What changed, in words: the message of a commit that nobody worded. Pure. */
#ifndef IV_VCS_MESSAGE_H
#define IV_VCS_MESSAGE_H

#include <ivnotes/history.h>
#include <ivnotes/vcs.h>

#include "base/mem.h"
#include "base/str.h"

/* A subject is shorter than this, in characters; a body has at most so many lines. */
#define VCS_SUBJECT_MAX 72
#define VCS_LINES_MAX 100
#define VCS_TRAILERS_MAX 100

/* One file, before and after. Notes are NULL where there is none, or the file is no note. */
struct vcs_fact {
	enum iv_change_kind kind;
	const char *path; /* in the vault */
	const char *from; /* of a renamed file, its path before; else NULL */
	const struct iv_note *before, *after;
};

/*
 * Appends a subject as 'Met Jane Green; thanked Omar Haddad; 2 follow-ups done', a body with a
 * line per note, and a paragraph of git trailers for programs, an act and a person each, as
 * ivnotes-commit(1) lists them.
 */
void vcs_message(struct iv_buf *out, const struct vcs_fact *facts, size_t count,
		 const struct iv_acts_how *how);

/* ---- the parts of it ---- */

/* One file and what it says now. */
struct vcs_told {
	const struct vcs_fact *fact;
	struct iv_acts acts; /* none of a file that is no note */
};

/* The subject's line; nothing when there is nothing told. */
void vcs_write_subject(struct iv_buf *out, const struct vcs_told *told, size_t count);
/* The trailers, sorted, each once; nothing where no note changed. */
void vcs_write_trailers(struct iv_buf *out, const struct vcs_told *told, size_t count);

#endif
