/* The repository around the vault. */
#include "vcs/vcs.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#define FSCK "'git fsck' tells what is damaged or missing"

/* What libgit2 says of an object that is not there, is damaged, or is another than it should be. */
static bool is_of_objects(const git_error *last)
{
	return last && (last->klass == GIT_ERROR_ODB || last->klass == GIT_ERROR_TREE ||
			last->klass == GIT_ERROR_ZLIB);
}

int vcs_error(struct iv_error *error, int code, const char *what)
{
	const git_error *last = git_error_last();

	if (code == IV_EIO && is_of_objects(last))
		return vcs_damaged(error, what);
	if (last && last->message && last->klass != GIT_ERROR_NONE)
		return iv_error_set(error, code, "%s: %s", what, last->message);
	return iv_error_set(error, code, "%s", what);
}

int vcs_damaged(struct iv_error *error, const char *what)
{
	const git_error *last = git_error_last();
	const char *words = last && last->message ? last->message : "no reason given";

	return iv_error_set(error, IV_EIO, "%s: %s; " FSCK, what, words);
}

/* Has git fetched only a part, to get the rest when it needs it? */
static bool is_partial(git_repository *git)
{
	git_config *config = NULL;
	git_config_iterator *iterator = NULL;
	git_config_entry *entry;
	bool found = false;

	/* By a pattern libgit2 1.5 would find it, too, and lose memory with each name that is another. */
	if (!git_repository_config_snapshot(&config, git) &&
	    !git_config_iterator_new(&iterator, config))
		while (!found && !git_config_next(&entry, iterator))
			found = iv_str_starts(iv_str_of(entry->name), "remote.") &&
				iv_str_ends(iv_str_of(entry->name), ".promisor");
	git_config_iterator_free(iterator);
	git_config_free(config);
	return found;
}

const char *vcs_remedy(git_repository *git)
{
	return is_partial(git) ? "this is a partial clone, 'git fetch --refetch --no-filter' gets "
				 "the rest"
			       : FSCK;
}

void iv_repo_close(struct iv_repo *repo)
{
	if (!repo)
		return;
	git_repository_free(repo->git);
	free(repo->folder);
	free(repo->prefix);
	free(repo);
	git_libgit2_shutdown();
}

bool iv_repo_is_empty(const struct iv_repo *repo)
{
	return git_repository_head_unborn(repo->git) == 1;
}

int iv_repo_init(const char *folder, struct iv_error *error)
{
	git_repository *git = NULL;
	int rc = IV_OK;

	if (git_libgit2_init() < 0)
		return iv_error_set(error, IV_EIO, "cannot start libgit2");
	if (git_repository_init(&git, folder, 0))
		rc = vcs_error(error, IV_EIO, "cannot make a git repository");
	git_repository_free(git);
	git_libgit2_shutdown();
	return rc;
}

const char *iv_repo_folder(const struct iv_repo *repo)
{
	return repo->folder;
}

const char *iv_repo_prefix(const struct iv_repo *repo)
{
	return repo->prefix;
}

const char *iv_repo_git_folder(const struct iv_repo *repo)
{
	return git_repository_path(repo->git);
}

char *iv_repo_setting(const struct iv_repo *repo, const char *key)
{
	git_config *config = NULL;
	git_buf value = GIT_BUF_INIT;
	char *text = NULL;

	if (!git_repository_config_snapshot(&config, repo->git) &&
	    !git_config_get_string_buf(&value, config, key) && value.size)
		text = iv_strdup(value.ptr);
	git_buf_dispose(&value);
	git_config_free(config);
	return text;
}

/* core.hooksPath with its '~' made out, or NULL; and whether it is not of this repository alone. */
static char *hooks_setting(const struct iv_repo *repo, bool *shared)
{
	git_config *config = NULL;
	git_config_entry *entry = NULL;
	git_buf path = GIT_BUF_INIT;
	char *text = NULL;

	*shared = false;
	if (!git_repository_config_snapshot(&config, repo->git) &&
	    !git_config_get_path(&path, config, "core.hookspath") && path.size)
		text = iv_strdup(path.ptr);
	if (text && !git_config_get_entry(&entry, config, "core.hookspath"))
		*shared = entry->level < GIT_CONFIG_LEVEL_LOCAL;
	git_config_entry_free(entry);
	git_buf_dispose(&path);
	git_config_free(config);
	return text;
}

char *iv_repo_hooks(const struct iv_repo *repo, bool *shared)
{
	bool unasked;
	char *setting = hooks_setting(repo, shared ? shared : &unasked);
	char *path = setting ? iv_path_join(repo->folder, setting)
			     : iv_path_join(git_repository_commondir(repo->git), "hooks");

	free(setting);
	return path;
}

const char *iv_repo_cut(const struct iv_repo *repo)
{
	return git_repository_is_shallow(repo->git) == 1
		       ? "this is a shallow clone, 'git fetch --unshallow' gets the older commits"
		       : NULL;
}
