/* What changed, in words: the message of a commit that nobody worded. Pure. */
#ifndef IV_VCS_MESSAGE_H
#define IV_VCS_MESSAGE_H

#include <ivnotes/vcs.h>

#include "base/str.h"

/* A subject is shorter than this, in characters; a body has at most so many lines. */
#define VCS_SUBJECT_MAX 72
#define VCS_LINES_MAX 100

/* One file, before and after. Notes are NULL where there is none, or the file is no note. */
struct vcs_fact {
	enum iv_change_kind kind;
	const char *path; /* in the vault */
	const char *from; /* of a renamed file, its path before; else NULL */
	const struct iv_note *before, *after;
};

/* The name of the person whom a reference's key means, or NULL. */
typedef const char *(*vcs_name_fn)(void *data, struct iv_str key);

/*
 * Appends subject, blank line and a line per file: 'Met Jane Green; thanked Omar Haddad; 2
 * follow-ups done'. A new meeting dated after `today` is arranged, not met.
 */
void vcs_message(struct iv_buf *out, const struct vcs_fact *facts, size_t count, iv_day today,
		 vcs_name_fn name, void *data);

#endif
