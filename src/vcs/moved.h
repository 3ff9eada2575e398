/* Files that went from one path and came to another. */
#ifndef IV_VCS_MOVED_H
#define IV_VCS_MOVED_H

#include "vcs/vcs.h"

/* A file that is on one side only. */
struct vcs_lone {
	const char *path; /* in the vault */
	git_oid id;       /* of what it holds, in the object database */
};

/*
 * Of each that came, which of those that went it was before, in origins[]; SIZE_MAX for none. A
 * file is the same where it is called so in another folder, holds the same bytes, or half of its
 * lines and is of the same person (by name, alias, e-mail address, or phone and a part of the
 * name), or most of them.
 */
void vcs_moved_find(size_t *origins, const struct iv_repo *repo, const struct vcs_lone *went,
		    size_t went_count, const struct vcs_lone *came, size_t came_count);

#endif
