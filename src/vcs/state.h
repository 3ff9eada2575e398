/* What must not get in the way of a change of the repository. */
#ifndef IV_VCS_STATE_H
#define IV_VCS_STATE_H

#include <signal.h>

#include "vcs/vcs.h"

/* IV_EBUSY during a merge, rebase and so on; `then` is what is to be done afterwards: "commit". */
int vcs_state_check(const struct iv_repo *repo, const char *then, struct iv_error *error);

/*
 * Why libgit2 could not move a ref: another process has (IV_EBUSY), or holds its lock, or did so when it
 * was killed (IV_EBUSY, with the file), or `what` and its own words (IV_EIO).
 */
int vcs_ref_error(struct iv_error *error, int code, const char *what);
/* IV_EBUSY: a file of this name is there, which another process holds, or held. */
int vcs_locked(struct iv_error *error, struct iv_str lock);
/* The lock that libgit2 has just met, or absent. */
struct iv_str vcs_lock_met(void);

/* Ctrl-C in the middle would leave index.lock behind: it waits until all is through. */
void vcs_signals_hold(sigset_t *before);
/* Has one come since? Who ends us while an editor or a hook takes its time wants no more of it. */
bool vcs_signals_came(void);
void vcs_signals_release(const sigset_t *before);

#endif
