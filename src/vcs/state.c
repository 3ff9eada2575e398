#include "vcs/state.h"

#include <pthread.h>
#include <string.h>

static const char *under_way(int state)
{
	switch (state) {
	case GIT_REPOSITORY_STATE_NONE: return NULL;
	case GIT_REPOSITORY_STATE_MERGE: return "a merge";
	case GIT_REPOSITORY_STATE_REVERT:
	case GIT_REPOSITORY_STATE_REVERT_SEQUENCE: return "a revert";
	case GIT_REPOSITORY_STATE_CHERRYPICK:
	case GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE: return "a cherry-pick";
	case GIT_REPOSITORY_STATE_BISECT: return "a bisection";
	case GIT_REPOSITORY_STATE_REBASE:
	case GIT_REPOSITORY_STATE_REBASE_INTERACTIVE:
	case GIT_REPOSITORY_STATE_REBASE_MERGE: return "a rebase";
	case GIT_REPOSITORY_STATE_APPLY_MAILBOX:
	case GIT_REPOSITORY_STATE_APPLY_MAILBOX_OR_REBASE: return "'git am'";
	}
	return "an operation";
}

int vcs_state_check(const struct iv_repo *repo, const char *then, struct iv_error *error)
{
	const char *what = under_way(git_repository_state(repo->git));

	if (!what)
		return IV_OK;
	return iv_error_set(error, IV_EBUSY,
			    "%s is under way in the git repository; finish or abort it with git, "
			    "then %s",
			    what, then);
}

struct iv_str vcs_lock_met(void)
{
	const git_error *last = git_error_last();
	struct iv_str text = iv_str_of(last ? last->message : NULL);
	size_t from = iv_str_find_char(text, '\''), to = iv_str_find(text, IV_LIT(".lock'"));

	if (from == SIZE_MAX || to == SIZE_MAX || to < from)
		return (struct iv_str){NULL, 0};
	return iv_str_slice(text, from + 1, to + strlen(".lock"));
}

int vcs_locked(struct iv_error *error, struct iv_str lock)
{
	return iv_error_set(error, IV_EBUSY,
			    "another git process holds '%.*s'; if none runs any more, remove that "
			    "file",
			    IV_STR_ARG(lock));
}

int vcs_ref_error(struct iv_error *error, int code, const char *what)
{
	struct iv_str lock = vcs_lock_met();

	if (code == GIT_ELOCKED && lock.len)
		return vcs_locked(error, lock);
	if (code == GIT_EMODIFIED || code == GIT_ELOCKED || code == GIT_EEXISTS)
		return iv_error_set(
			error, IV_EBUSY,
			"another git process has moved the branch meanwhile; try again");
	return vcs_error(error, IV_EIO, what);
}

void vcs_signals_hold(sigset_t *before)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &set, before);
}

bool vcs_signals_came(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigpending(&set);
	return sigismember(&set, SIGINT) || sigismember(&set, SIGTERM) || sigismember(&set, SIGHUP);
}

void vcs_signals_release(const sigset_t *before)
{
	pthread_sigmask(SIG_SETMASK, before, NULL);
}
