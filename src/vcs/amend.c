#include "vcs/amend.h"

#include <string.h>

/* ---- was it pushed? ---- */

/* 1, 0 or an error of libgit2. */
static int reaches(git_repository *git, const git_reference *branch, const git_oid *id)
{
	git_object *tip = NULL;
	int rc = git_reference_peel(&tip, branch, GIT_OBJECT_COMMIT);

	if (rc)
		return rc == GIT_ENOTFOUND ? 0 : rc; /* a branch that has gone from the remote */
	rc = git_oid_equal(git_object_id(tip), id) ||
	     git_graph_descendant_of(git, git_object_id(tip), id);
	git_object_free(tip);
	return rc;
}

static int check_branch(const struct iv_repo *repo, const git_reference *branch,
			const git_commit *last, struct iv_error *error)
{
	int rc = reaches(repo->git, branch, git_commit_id(last));

	if (rc < 0)
		return vcs_error(error, IV_EIO, "cannot tell whether the last commit was pushed");
	if (!rc)
		return IV_OK;
	return iv_error_set(error, IV_EREFUSED,
			    "the last commit was pushed: '%s' holds it, and others may build on "
			    "it; make a new commit",
			    git_reference_shorthand(branch));
}

static int check_pushed(const struct iv_repo *repo, const git_commit *last, struct iv_error *error)
{
	git_reference_iterator *branches = NULL;
	git_reference *branch = NULL;
	int rc = IV_OK;

	if (git_reference_iterator_glob_new(&branches, repo->git, "refs/remotes/*"))
		return vcs_error(error, IV_EIO, "cannot read the branches");
	while (!rc && !git_reference_next(&branch, branches)) {
		rc = check_branch(repo, branch, last, error);
		git_reference_free(branch);
	}
	git_reference_iterator_free(branches);
	return rc;
}

int vcs_amend_check(const struct iv_repo *repo, const git_commit *last, struct iv_error *error)
{
	if (!last)
		return iv_error_set(error, IV_EREFUSED,
				    "there is no commit to amend yet; commit without '--amend'");
	if (git_commit_parentcount(last) > 1)
		return iv_error_set(
			error, IV_EREFUSED,
			"the last commit is a merge, which ivnotes does not amend; make "
			"a new commit, or use 'git commit --amend'");
	return check_pushed(repo, last, error);
}

/* ---- its header ---- */

static bool is_ours(struct iv_str line)
{
	static const char *const fields[] = {"tree",     "parent", "author",       "committer",
					     "encoding", "gpgsig", "gpgsig-sha256"};
	struct iv_str rest, field = iv_str_word(line, &rest);

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (iv_str_is(field, fields[i]))
			return true;
	return false;
}

void vcs_amend_header(struct iv_buf *out, const git_commit *last)
{
	struct iv_str line, rest = iv_str_of(git_commit_raw_header(last));
	bool kept = false;

	while (iv_str_line(&line, &rest)) {
		if (!iv_str_starts(line, " ")) /* else the line goes on */
			kept = line.len && !is_ours(line);
		if (!kept)
			continue;
		iv_buf_str(out, line);
		iv_buf_putc(out, '\n');
	}
}
