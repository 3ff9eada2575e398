/* Opening the repository around the vault, and why that fails. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "vcs/loose.h"
#include "vcs/vcs.h"

/* A file that only names something else is not larger. */
#define NAMING_MAX ((size_t)64 << 10)

static bool is_there(const char *folder, const char *name)
{
	char *path = iv_path_join(folder, name);
	struct stat st;
	bool there = !lstat(path, &st) || errno != ENOENT;

	free(path);
	return there;
}

/* ---- the .git that git would take ---- */

static bool is_empty(const char *folder)
{
	DIR *dir = opendir(folder);
	size_t count = 0;

	while (dir && readdir(dir))
		count++;
	if (dir)
		closedir(dir);
	return dir && count <= 2;
}

/* The first on the way up from a folder, the caller's to free; NULL: none. Empty folders do not count. */
static char *find_git(const char *from)
{
	char *folder = iv_strdup(from), *git = NULL, *slash;

	while (folder && !git) {
		git = iv_path_join(folder, ".git");
		if (is_there(folder, ".git") && !is_empty(git))
			break;
		free(git);
		git = NULL;
		slash = folder[1] ? strrchr(folder, '/') : NULL;
		if (!slash)
			break;
		slash[slash == folder] = '\0';
	}
	free(folder);
	return git;
}

/* A file in its place names the folder. */
static int check_file(const char *git, struct iv_error *error)
{
	struct iv_buf text = IV_BUF_INIT, folder = IV_BUF_INIT;
	int rc = iv_file_read(&text, git, NAMING_MAX, error);
	struct iv_str line = iv_str_trim(iv_buf_view(&text));

	if (!rc && !iv_str_starts(line, "gitdir:"))
		rc = iv_error_set(error, IV_EIO,
				  "'%s' is a file that does not say 'gitdir: FOLDER'; mend it or "
				  "remove it",
				  git);
	line = iv_str_trim(iv_str_slice(line, strlen("gitdir:"), line.len));
	if (!rc && !iv_str_starts(line, "/"))
		iv_buf_printf(&folder, "%.*s", (int)(strlen(git) - strlen(".git")), git);
	iv_buf_str(&folder, line);
	if (!rc && !is_there(folder.ptr, "HEAD"))
		rc = iv_error_set(
			error, IV_EIO,
			"'%s' leads to '%.*s', which is no git repository; mend that file "
			"('git worktree repair' does, where the repository has moved) or "
			"remove it",
			git, IV_STR_ARG(line));
	iv_buf_release(&text);
	iv_buf_release(&folder);
	return rc;
}

static int check_part(const char *git, const char *name, struct iv_error *error)
{
	char *path = iv_path_join(git, name);
	struct stat st;
	int rc = IV_OK;

	if (lstat(path, &st) && errno != ENOENT)
		rc = iv_error_errno(error, errno, "cannot look at '%s'", path);
	else if (lstat(path, &st))
		rc = iv_error_set(error, IV_EIO,
				  "'%s' is no whole git repository: '%s' is missing; put it back, "
				  "from a copy if there is one",
				  git, name);
	free(path);
	return rc;
}

static int check_folder(const char *git, struct iv_error *error)
{
	static const char *const parts[] = {"HEAD", "objects", "refs"};
	int rc = IV_OK;

	for (size_t i = 0; !rc && i < sizeof(parts) / sizeof(parts[0]); i++)
		rc = check_part(git, parts[i], error);
	return rc;
}

/*
 * libgit2 goes on to the folders above where one is damaged, and would take another repository for that of
 * the vault; git stops there.
 */
static int check_git(const char *git, struct iv_error *error)
{
	struct stat st;

	if (stat(git, &st))
		return errno == ENOENT ? iv_error_set(error, IV_EIO,
						      "'%s' is a symbolic link to nothing; mend it "
						      "or remove it",
						      git)
				       : iv_error_errno(error, errno, "cannot look at '%s'", git);
	return S_ISREG(st.st_mode) ? check_file(git, error) : check_folder(git, error);
}

/* ---- why it cannot be opened ---- */

static const char *last_words(void)
{
	const git_error *last = git_error_last();

	return last && last->message ? last->message : "no reason given";
}

static bool last_mentions(const char *word)
{
	return strstr(last_words(), word) != NULL;
}

/* libgit2 says 'not found' of this, too. */
static int check_work_tree(const char *git, struct iv_error *error)
{
	char *path = iv_path_join(git, "config");
	git_config *config = NULL;
	git_buf folder = GIT_BUF_INIT;
	int rc = IV_OK;

	if (!git_config_open_ondisk(&config, path) &&
	    !git_config_get_path(&folder, config, "core.worktree"))
		rc = iv_error_set(error, IV_EREFUSED,
				  "the working tree of the git repository is '%s', which is not "
				  "there; 'git config --unset core.worktree' forgets it",
				  folder.ptr);
	git_buf_dispose(&folder);
	git_config_free(config);
	free(path);
	return rc;
}

static int not_ours(struct iv_error *error, const char *root, const char *git)
{
	char *folder = git ? iv_strndup(git, strlen(git) - strlen("/.git")) : iv_strdup(root);
	int rc = iv_error_set(error, IV_EREFUSED,
			      "the git repository of '%s' belongs to another user; if you trust "
			      "it: git config --global --add safe.directory '%s'",
			      root, folder);

	free(folder);
	return rc;
}

/* A repository of another kind, or of another time. */
static int not_known(struct iv_error *error, const char *root)
{
	const char *name = strstr(last_words(), "extensions.");

	if (last_mentions("objectformat"))
		return iv_error_set(error, IV_EREFUSED,
				    "the git repository of '%s' uses SHA-256, which ivnotes cannot "
				    "read; use git itself there",
				    root);
	if (name)
		return iv_error_set(error, IV_EREFUSED,
				    "the git repository of '%s' has the extension '%s', which "
				    "ivnotes cannot read; use git itself there",
				    root, name + strlen("extensions."));
	if (last_mentions("repository version"))
		return iv_error_set(error, IV_EREFUSED,
				    "the git repository of '%s' has a format that ivnotes cannot "
				    "read: %s; use git itself there",
				    root, last_words());
	if (git_error_last() && git_error_last()->klass == GIT_ERROR_CONFIG)
		return iv_error_set(error, IV_EIO,
				    "cannot read git's configuration: %s; mend that file",
				    last_words());
	return vcs_error(error, IV_EIO, "cannot open the git repository");
}

/* Of libgit2's code; `git` is the .git that was found, or NULL. */
static int cannot_open(struct iv_error *error, int code, const char *root, const char *git)
{
	int rc;

	/* libgit2 1.5 says 'not found' of another's repository where the setting is not there. */
	if (code == GIT_EOWNER || (code == GIT_ENOTFOUND && last_mentions("safe.directory")))
		return not_ours(error, root, git);
	if (code != GIT_ENOTFOUND)
		return not_known(error, root);
	if (!git)
		return iv_error_set(error, IV_ENOTFOUND,
				    "no git repository around '%s'; 'ivnotes init' makes one",
				    root);
	rc = check_work_tree(git, error);
	return rc ? rc
		  : iv_error_set(error, IV_EIO,
				 "cannot open the git repository '%s'; 'git status' says what git "
				 "thinks of it",
				 git);
}

/* ---- what it says of itself ---- */

static bool is_id(struct iv_str text)
{
	git_oid id;

	return text.len >= GIT_OID_HEXSZ && !git_oid_fromstrn(&id, text.ptr, GIT_OID_HEXSZ);
}

/* As git asks of it; of a symbolic link libgit2 takes the branch's commit for a HEAD on no branch. */
static int check_head(git_repository *git, struct iv_error *error)
{
	char *path = iv_path_join(git_repository_path(git), "HEAD");
	struct iv_buf text = IV_BUF_INIT;
	struct iv_str line;
	struct stat st;
	bool link = !lstat(path, &st) && S_ISLNK(st.st_mode);
	int rc = iv_file_read(&text, path, NAMING_MAX, error);

	line = iv_buf_view(&text);
	if (!rc && iv_str_starts(line, "ref:"))
		line = iv_str_trim(iv_str_slice(line, strlen("ref:"), line.len));
	if (!rc && link)
		rc = iv_error_set(
			error, IV_EREFUSED,
			"'%s' is a symbolic link, expected a file; 'git symbolic-ref HEAD "
			"refs/heads/NAME' makes it one",
			path);
	else if (!rc && !iv_str_starts(line, "refs/") && !is_id(line))
		rc = iv_error_set(
			error, IV_EIO,
			"'%s' is damaged, expected 'ref: refs/heads/NAME' with the name of "
			"your branch; write that into it",
			path);
	iv_buf_release(&text);
	free(path);
	/* libgit2 1.5 says once that packed references are damaged, and then that there are none. */
	if (!rc && git_repository_head_unborn(git) < 0)
		rc = vcs_damaged(error, "cannot read the branch that HEAD names");
	return rc;
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

static int no_work_tree(struct iv_error *error, const struct iv_repo *repo, const char *root)
{
	struct iv_str path = iv_str_of(git_repository_path(repo->git));

	if (iv_str_ends(path, "/.git/"))
		return iv_error_set(error, IV_EREFUSED,
				    "the git repository of '%s' is bare by its settings: it has no "
				    "working tree, and so no vault; 'git config core.bare false' "
				    "gives it one",
				    root);
	return iv_error_set(error, IV_EREFUSED,
			    "the git repository of '%s' is bare: it has no working tree, and so no "
			    "vault; 'git clone' makes one",
			    root);
}

/* Where the vault lies in the working tree. */
static int place(struct iv_repo *repo, struct iv_error *error)
{
	const char *workdir = git_repository_workdir(repo->git);
	const char *root = iv_vault_root(repo->vault);
	size_t len;

	if (!workdir)
		return no_work_tree(error, repo, root);
	repo->folder = realpath(workdir, NULL);
	if (!repo->folder)
		return iv_error_set(error, IV_EIO, "cannot find the working tree '%s'", workdir);
	len = strcmp(repo->folder, "/") ? strlen(repo->folder) : 0;
	if (strncmp(root, repo->folder, len) || (root[len] && root[len] != '/'))
		return iv_error_set(error, IV_EREFUSED,
				    "the working tree of the git repository is '%s', and '%s' is "
				    "not in it%s",
				    repo->folder, root,
				    has_work_tree(repo->git)
					    ? "; 'git config --unset core.worktree' forgets it"
					    : "");
	root += len;
	root += *root == '/';
	len = strlen(root);
	repo->prefix = iv_malloc(len + 2);
	memcpy(repo->prefix, root, len + 1);
	if (len)
		memcpy(repo->prefix + len, "/", 2);
	return IV_OK;
}

/* ---- where GIT_DIR says ---- */

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
static int open_given(struct iv_repo *repo, const char *git, const char *work_tree,
		      struct iv_error *error)
{
	int rc = git_repository_open_ext(&repo->git, git, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);

	if (rc == GIT_ENOTFOUND && !last_mentions("safe.directory"))
		return iv_error_set(error, IV_EREFUSED,
				    "no git repository is at '%s', where GIT_DIR leads; mend or "
				    "unset it",
				    git);
	if (!rc && work_tree && *work_tree)
		rc = set_work_tree(repo->git, work_tree);
	else if (!rc && !git_repository_is_worktree(repo->git) && !has_work_tree(repo->git))
		rc = set_work_tree(repo->git, ".");
	return rc ? cannot_open(error, rc, git, NULL) : IV_OK;
}

/* ---- around the vault ---- */

static int open_around(struct iv_repo *repo, struct iv_error *error)
{
	const char *root = iv_vault_root(repo->vault);
	int code = git_repository_open_ext(&repo->git, root, 0, NULL), rc = IV_OK;
	char *git = find_git(root);

	if (git && (code || git_repository_workdir(repo->git)))
		rc = check_git(git, error);
	if (!rc && code)
		rc = cannot_open(error, code, root, git);
	free(git);
	return rc;
}

int iv_repo_open_at(struct iv_repo **out, const struct iv_vault *vault, const char *git,
		    const char *work_tree, struct iv_error *error)
{
	struct iv_repo *repo = iv_calloc(1, sizeof(*repo));
	int rc;

	repo->vault = vault;
	if (git_libgit2_init() < 0) {
		free(repo);
		return iv_error_set(error, IV_EIO, "cannot start libgit2");
	}
	git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
	if (git && *git)
		rc = open_given(repo, git, work_tree, error);
	else
		rc = open_around(repo, error);
	if (!rc)
		rc = check_head(repo->git, error);
	if (!rc && vcs_loose_guard(repo->git))
		rc = vcs_error(error, IV_EIO, "cannot open the git repository");
	if (!rc)
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
