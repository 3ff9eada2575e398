/* New objects that are kept in memory, and then written together: each by itself would wait for the disk. */
#ifndef IV_VCS_KEPT_H
#define IV_VCS_KEPT_H

#include "vcs/vcs.h"

struct vcs_kept;

/*
 * From here on what is written to the repository's objects is kept, and can be read there. *kept is NULL the
 * first time, and goes with the repository. 0 or libgit2's code.
 */
int vcs_kept_begin(struct vcs_kept **kept, git_repository *git);
/* Writes it, many objects as one pack, and keeps no more. NULL is fine. 0 or libgit2's code. */
int vcs_kept_write(struct vcs_kept *kept);
/* Forgets it, and keeps no more. NULL is fine. */
void vcs_kept_drop(struct vcs_kept *kept);

#endif
