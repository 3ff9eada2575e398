/* Loose objects, read so that one that was cut short is an error: libgit2 1.5 reads it for ever. */
#ifndef IV_VCS_LOOSE_H
#define IV_VCS_LOOSE_H

#include <git2.h>

/*
 * From now on the repository's own loose objects are read by us, and all others as before. Those
 * of alternates are not. 0, or libgit2's code.
 */
int vcs_loose_guard(git_repository *git);

#endif
