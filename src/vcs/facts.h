/* From changed files to what vcs_message() speaks of: the notes before and after. */
#ifndef IV_VCS_FACTS_H
#define IV_VCS_FACTS_H

#include "vcs/changes.h"

/*
 * The message for what commits. Files are read from the repository's objects, or, while `written` is
 * false, from the working tree. What cannot be read is named by its file. The caller frees.
 */
char *vcs_facts_message(const struct iv_repo *repo, const struct vcs_changes *changes, bool written,
			iv_day today);

#endif
