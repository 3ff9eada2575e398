#include "vcs/branch.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "vcs/state.h"

#define HEADS "refs/heads/"
/* git follows no more names of names either. */
#define NAMES_MAX 5

/* From HEAD through all names; *at is zero where nothing is committed yet. libgit2's code. */
static int follow(char **out, git_oid *at, git_repository *git)
{
	git_reference *reference = NULL;
	int rc = 0;

	*out = iv_strdup("HEAD");
	memset(at, 0, sizeof(*at));
	for (int i = 0; !rc && i <= NAMES_MAX; i++) {
		git_reference_free(reference);
		reference = NULL;
		rc = git_reference_lookup(&reference, git, *out);
		if (rc || git_reference_type(reference) == GIT_REFERENCE_DIRECT)
			break;
		free(*out);
		*out = iv_strdup(git_reference_symbolic_target(reference));
	}
	if (!rc && git_reference_type(reference) == GIT_REFERENCE_DIRECT)
		*at = *git_reference_target(reference);
	else if (!rc) {
		git_error_set_str(GIT_ERROR_REFERENCE, "HEAD leads in a circle");
		rc = GIT_ERROR;
	}
	git_reference_free(reference);
	return rc == GIT_ENOTFOUND ? 0 : rc;
}

static int check_place(const char *name, struct iv_error *error)
{
	if (!strcmp(name, "HEAD") || !strncmp(name, HEADS, strlen(HEADS)))
		return IV_OK;
	return iv_error_set(error, IV_EREFUSED,
			    "HEAD is at '%s', which is no branch; 'git switch NAME' goes to one, "
			    "'git switch -c NAME' makes one",
			    name);
}

/* libgit2 takes a tag for its commit, and would find the branch moved. */
static int check_commit(const char *name, const git_oid *at, git_repository *git,
			struct iv_error *error)
{
	git_object *object = NULL;
	int rc = IV_OK;

	if (git_oid_is_zero(at))
		return IV_OK;
	if (git_object_lookup(&object, git, at, GIT_OBJECT_ANY))
		return vcs_damaged(error, "cannot read the last commit");
	if (git_object_type(object) != GIT_OBJECT_COMMIT)
		rc = iv_error_set(
			error, IV_EREFUSED,
			"'%s' is at a %s, expected a commit; 'git update-ref --no-deref %s "
			"COMMIT' moves it to one",
			name, git_object_type2string(git_object_type(object)), name);
	git_object_free(object);
	return rc;
}

/* libgit2 finds a branch in references that are damaged further down, and then cannot move it. */
static int check_references(git_repository *git, struct iv_error *error)
{
	git_reference_iterator *iterator = NULL;
	int rc = git_reference_iterator_new(&iterator, git);

	git_reference_iterator_free(iterator);
	return rc ? vcs_damaged(error, "cannot read git's references") : IV_OK;
}

static int check_lock(const char *name, git_repository *git, struct iv_error *error)
{
	struct iv_buf lock = IV_BUF_INIT;
	int rc = IV_OK;

	iv_buf_printf(&lock, "%s%s.lock",
		      strcmp(name, "HEAD") ? git_repository_commondir(git)
					   : git_repository_path(git),
		      name);
	if (!access(lock.ptr, F_OK))
		rc = vcs_locked(error, iv_buf_view(&lock));
	iv_buf_release(&lock);
	return rc;
}

int vcs_branch_find(char **out, const struct iv_repo *repo, struct iv_error *error)
{
	char *name = NULL;
	git_oid at;
	int rc = follow(&name, &at, repo->git) ? vcs_damaged(error, "cannot read the branch") : 0;

	if (!rc)
		rc = check_place(name, error);
	if (!rc)
		rc = check_commit(name, &at, repo->git, error);
	if (!rc)
		rc = check_references(repo->git, error);
	if (!rc)
		rc = check_lock(name, repo->git, error);
	if (rc)
		free(name);
	else
		*out = name;
	return rc;
}
