/* What a revision names: a commit, and the day it was made on. */
#include <string.h>
#include <sys/stat.h>

#include "base/date.h"
#include "vcs/vcs.h"

#define SECONDS_A_DAY 86400
/* Beyond any day that there is, and far from where sums overflow. */
#define SECONDS_MAX ((git_time_t)1 << 40)

/* The civil day in the zone of the one who wrote it; IV_NO_DAY outside the years 1 to 9999. */
static iv_day day_of(const git_time *time)
{
	const iv_day first = iv_day_of((struct iv_civil){1, 1, 1});
	const iv_day last = iv_day_of((struct iv_civil){9999, 12, 31});
	int64_t seconds = time->time + (int64_t)time->offset * 60, day;

	if (time->time < -SECONDS_MAX || time->time > SECONDS_MAX)
		return IV_NO_DAY;
	day = seconds / SECONDS_A_DAY - (seconds % SECONDS_A_DAY < 0);
	return day < first || day > last ? IV_NO_DAY : (iv_day)day;
}

/* ---- what git would read otherwise than libgit2 ---- */

/* Whoever told git not to look at them wants the answer that libgit2 gives. */
static bool uses_replacements(const struct iv_repo *repo)
{
	git_config *config = NULL;
	int value = 1;

	if (git_repository_config_snapshot(&config, repo->git) ||
	    git_config_get_bool(&value, config, "core.useReplaceRefs"))
		value = 1;
	git_config_free(config);
	return value != 0;
}

static int find_replacements(bool *out, const struct iv_repo *repo, struct iv_error *error)
{
	git_reference_iterator *iterator = NULL;
	const char *name;

	if (git_reference_iterator_glob_new(&iterator, repo->git, "refs/replace/*"))
		return vcs_damaged(error, "cannot read git's references");
	*out = !git_reference_next_name(&name, iterator) && uses_replacements(repo);
	git_reference_iterator_free(iterator);
	return IV_OK;
}

static bool has_grafts(const struct iv_repo *repo)
{
	struct iv_buf path = IV_BUF_INIT;
	struct stat st;
	bool found;

	iv_buf_printf(&path, "%sinfo/grafts", git_repository_commondir(repo->git));
	found = !stat(path.ptr, &st) && st.st_size > 0;
	iv_buf_release(&path);
	return found;
}

/* IV_EREFUSED where git would read another history than libgit2: grafts, replaced objects. */
static int check_history(const struct iv_repo *repo, struct iv_error *error)
{
	bool replaced = false;
	int rc = find_replacements(&replaced, repo, error);

	if (rc)
		return rc;
	if (has_grafts(repo))
		return iv_error_set(error, IV_EREFUSED,
				    "the history is altered by '%sinfo/grafts', which ivnotes does "
				    "not follow; remove that file to ask of the history as it was "
				    "made",
				    git_repository_commondir(repo->git));
	if (replaced)
		return iv_error_set(error, IV_EREFUSED,
				    "objects are replaced by others here ('git replace -l'), which "
				    "ivnotes does not follow; 'git config core.useReplaceRefs "
				    "false' asks of the history as it was made");
	return IV_OK;
}

/* ---- the commit ---- */

static bool is_whole_id(const char *revision)
{
	return strlen(revision) == GIT_OID_HEXSZ &&
	       strspn(revision, "0123456789abcdefABCDEF") == GIT_OID_HEXSZ;
}

/* An object that a name leads to is not there: that is damage, and no slip of the pen. */
static bool lacks_object(const char *revision)
{
	const git_error *last = git_error_last();

	return last && last->klass == GIT_ERROR_ODB && !is_whole_id(revision);
}

static int unreadable(struct iv_error *error, const char *revision)
{
	vcs_damaged(error, "cannot read the git repository");
	iv_error_context(error, "revision '%s'", revision);
	return IV_EIO;
}

/* The reason is asked for first: other questions to libgit2 forget it. */
static int no_revision(struct iv_error *error, const struct iv_repo *repo, const char *revision)
{
	int rc = lacks_object(revision) ? unreadable(error, revision) : IV_ENOTFOUND;
	const char *why = iv_repo_cut(repo);

	if (rc != IV_ENOTFOUND && !why)
		return rc;
	if (git_repository_head_unborn(repo->git) == 1)
		why = "there is no commit yet";
	return iv_error_set(error, IV_ENOTFOUND, "no revision '%s'%s%s", revision, why ? "; " : "",
			    why ? why : "");
}

static int several(struct iv_error *error, const char *revision)
{
	return iv_error_set(error, IV_EINPUT,
			    "revision '%s' could mean several; write more of the commit's id",
			    revision);
}

int vcs_find_object(git_object **out, const struct iv_repo *repo, const char *revision,
		    struct iv_error *error)
{
	int rc = check_history(repo, error);

	if (rc)
		return rc;
	rc = git_revparse_single(out, repo->git, revision);
	if (rc == GIT_EAMBIGUOUS)
		return several(error, revision);
	if (rc == GIT_ENOTFOUND || rc == GIT_EINVALIDSPEC)
		return no_revision(error, repo, revision);
	return rc ? unreadable(error, revision) : IV_OK;
}

int vcs_no_commit(struct iv_error *error, int code, const char *revision)
{
	if (code != GIT_EPEEL && code != GIT_EINVALIDSPEC)
		return unreadable(error, revision);
	return iv_error_set(error, IV_EINPUT, "'%s' is no commit", revision);
}

int vcs_find_commit(git_commit **out, const struct iv_repo *repo, const char *revision,
		    struct iv_error *error)
{
	git_object *object = NULL;
	int rc = vcs_find_object(&object, repo, revision, error), code = 0;

	if (!rc)
		code = git_object_peel((git_object **)out, object, GIT_OBJECT_COMMIT);
	if (code)
		rc = vcs_no_commit(error, code, revision);
	git_object_free(object);
	return rc;
}

int iv_repo_revision(struct iv_revision *out, struct iv_repo *repo, const char *revision,
		     struct iv_error *error)
{
	git_commit *commit = NULL;
	int rc = vcs_find_commit(&commit, repo, revision, error);

	if (rc)
		return rc;
	git_oid_tostr(out->id, sizeof(out->id), git_commit_id(commit));
	out->day = day_of(&git_commit_author(commit)->when);
	git_commit_free(commit);
	return IV_OK;
}
