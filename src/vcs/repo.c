/* The repository around the vault. */
#include "vcs/vcs.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "vcs/loose.h"

int vcs_error(struct iv_error *error, int code, const char *what)
{
	const git_error *last = git_error_last();

	if (last && last->message && last->klass != GIT_ERROR_NONE)
		return iv_error_set(error, code, "%s: %s", what, last->message);
	return iv_error_set(error, code, "%s", what);
}

int vcs_damaged(struct iv_error *error, const char *what)
{
	const git_error *last = git_error_last();
	const char *words = last && last->message ? last->message : "no reason given";

	return iv_error_set(error, IV_EIO, "%s: %s; 'git fsck' tells what is damaged or missing",
			    what, words);
}

static bool last_mentions(const char *word)
{
	const git_error *last = git_error_last();

	return last && last->message && strstr(last->message, word);
}

static int cannot_open(struct iv_error *error, int code, const char *root)
{
	/* libgit2 1.5 says 'not found' of another's repository where the setting is not there. */
	if (code == GIT_ENOTFOUND && last_mentions("safe.directory"))
		code = GIT_EOWNER;
	if (code == GIT_ENOTFOUND)
		return iv_error_set(error, IV_ENOTFOUND,
				    "no git repository around '%s'; 'ivnotes init' makes one",
				    root);
	if (code == GIT_EOWNER)
		return iv_error_set(error, IV_EREFUSED,
				    "the git repository of '%s' belongs to another user; if you "
				    "trust it: git config --global --add safe.directory '%s'",
				    root, root);
	if (last_mentions("objectformat"))
		return iv_error_set(error, IV_EREFUSED,
				    "the git repository of '%s' uses SHA-256, which ivnotes cannot "
				    "read; use git itself there",
				    root);
	if (last_mentions("extension"))
		return vcs_error(error, IV_EREFUSED,
				 "the git repository is of a kind that ivnotes cannot read");
	return vcs_error(error, IV_EIO, "cannot open the git repository");
}

/* Where the vault lies in the working tree. */
static int place(struct iv_repo *repo, struct iv_error *error)
{
	const char *workdir = git_repository_workdir(repo->git);
	const char *root = iv_vault_root(repo->vault);
	size_t len;

	if (!workdir)
		return iv_error_set(error, IV_EREFUSED,
				    "the git repository of '%s' is bare: it has no working tree, "
				    "and so no vault; 'git clone' makes one",
				    root);
	repo->folder = realpath(workdir, NULL);
	if (!repo->folder)
		return iv_error_set(error, IV_EIO, "cannot find the working tree '%s'", workdir);
	len = strcmp(repo->folder, "/") ? strlen(repo->folder) : 0;
	if (strncmp(root, repo->folder, len) || (root[len] && root[len] != '/'))
		return iv_error_set(error, IV_EREFUSED,
				    "the working tree of the git repository is '%s', and '%s' is "
				    "not in it",
				    repo->folder, root);
	root += len;
	root += *root == '/';
	len = strlen(root);
	repo->prefix = iv_malloc(len + 2);
	memcpy(repo->prefix, root, len + 1);
	if (len)
		memcpy(repo->prefix + len, "/", 2);
	return IV_OK;
}

static bool has_work_tree(git_repository *git)
{
	git_config *config = NULL;
	git_config_entry *entry = NULL;
	bool named = !git_repository_config_snapshot(&config, git) &&
		     !git_config_get_entry(&entry, config, "core.worktree");

	git_config_entry_free(entry);
	git_config_free(config);
	return named;
}

/* libgit2 1.5 leaks where it is the same already. */
static int set_work_tree(git_repository *git, const char *folder)
{
	const char *now = git_repository_workdir(git);
	char *tree = realpath(folder, NULL);
	size_t len = tree ? strlen(tree) : 0;
	int rc = tree ? 0 : -1;

	if (tree && (!now || strncmp(now, tree, len) || strcmp(now + len, "/")))
		rc = git_repository_set_workdir(git, tree, 0);
	free(tree);
	return rc;
}

/* As git takes GIT_DIR and GIT_WORK_TREE. */
static int open_given(git_repository **out, const char *git, const char *work_tree)
{
	int rc = git_repository_open_ext(out, git, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);

	if (rc)
		return rc;
	if (work_tree && *work_tree)
		return set_work_tree(*out, work_tree);
	if (git_repository_is_worktree(*out) || has_work_tree(*out))
		return 0;
	return set_work_tree(*out, ".");
}

int iv_repo_open_at(struct iv_repo **out, const struct iv_vault *vault, const char *git,
		    const char *work_tree, struct iv_error *error)
{
	struct iv_repo *repo = iv_calloc(1, sizeof(*repo));
	const char *folder = git && *git ? git : iv_vault_root(vault);
	int rc;

	repo->vault = vault;
	if (git_libgit2_init() < 0) {
		free(repo);
		return iv_error_set(error, IV_EIO, "cannot start libgit2");
	}
	git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
	if (git && *git)
		rc = open_given(&repo->git, git, work_tree);
	else
		rc = git_repository_open_ext(&repo->git, folder, 0, NULL);
	if (rc)
		rc = cannot_open(error, rc, folder);
	else if (vcs_loose_guard(repo->git))
		rc = vcs_error(error, IV_EIO, "cannot open the git repository");
	else
		rc = place(repo, error);
	if (rc) {
		iv_repo_close(repo);
		return rc;
	}
	*out = repo;
	return IV_OK;
}

int iv_repo_open(struct iv_repo **out, const struct iv_vault *vault, struct iv_error *error)
{
	return iv_repo_open_at(out, vault, NULL, NULL, error);
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
