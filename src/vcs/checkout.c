/* Files of the past as git would check them out, and what of the present it would lose. */
#include <stdlib.h>
#include <string.h>

#include "vcs/worktree.h"
#include "vcs/write.h"

/* ---- from the repository ---- */

/* The file's blob in a commit; *out is NULL where there is none. IV_EREFUSED for other things. */
static int find_blob(git_blob **out, bool *executable, const struct iv_repo *repo,
		     git_commit *commit, const char *path, struct iv_error *error)
{
	git_tree *tree = NULL;
	git_tree_entry *entry = NULL;
	int rc = git_commit_tree(&tree, commit) ? vcs_damaged(error, "cannot read a commit") : 0;
	git_filemode_t mode = GIT_FILEMODE_UNREADABLE;

	if (!rc)
		rc = vcs_find_entry(&entry, tree, path, error);
	if (!rc && entry)
		mode = git_tree_entry_filemode(entry);
	if (mode == GIT_FILEMODE_LINK || mode == GIT_FILEMODE_COMMIT)
		rc = iv_error_set(error, IV_EREFUSED, "'%s' was a %s then, expected a file", path,
				  mode == GIT_FILEMODE_LINK ? "symlink" : "submodule");
	else if (mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE)
		rc = vcs_find_blob(out, repo->git, git_tree_entry_id(entry), error);
	*executable = mode == GIT_FILEMODE_BLOB_EXECUTABLE;
	git_tree_entry_free(entry);
	git_tree_free(tree);
	return rc;
}

/* Of text that holds a NUL too, where the attributes call it text: git does. */
static int filter(char **bytes, size_t *len, git_blob *blob, const char *path,
		  struct iv_error *error)
{
	git_blob_filter_options options;
	git_buf buf = GIT_BUF_INIT;

	git_blob_filter_options_init(&options, GIT_BLOB_FILTER_OPTIONS_VERSION);
	options.flags = 0;
	if (git_blob_filter(&buf, blob, path, &options))
		return vcs_error(error, IV_EIO, "cannot apply git's attributes");
	*len = buf.size;
	*bytes = iv_malloc(buf.size + 1);
	memcpy(*bytes, buf.ptr, buf.size);
	(*bytes)[buf.size] = '\0';
	git_buf_dispose(&buf);
	return IV_OK;
}

/* Of a path in the vault the path in the repository. */
static char *whole_path(const struct iv_repo *repo, const char *path)
{
	struct iv_buf buf = IV_BUF_INIT;

	iv_buf_printf(&buf, "%s%s", repo->prefix, path);
	return iv_buf_detach(&buf);
}

/* Where no file of ours may be put. */
static int check_place(const struct iv_repo *repo, const char *path, const char *shown,
		       struct iv_error *error)
{
	struct vcs_worktree worktree;
	struct vcs_index index; /* attributes may be there, and not in the working tree */
	const char *attribute = NULL;
	int rc = vcs_index_open(&index, repo, false, error);

	if (rc)
		return rc;
	vcs_worktree_init(&worktree, repo);
	if (vcs_worktree_nested(&worktree, path))
		rc = iv_error_set(error, IV_EREFUSED, "'%s' is in a git repository of its own",
				  shown);
	else if (vcs_worktree_filter(&attribute, &worktree, path))
		rc = vcs_error(error, IV_EIO, "cannot read git's attributes");
	else if (attribute)
		rc = iv_error_set(error, IV_EREFUSED,
				  "'%s' has the git attribute '%s', which ivnotes cannot apply; "
				  "'git restore' can",
				  shown, attribute);
	vcs_worktree_release(&worktree);
	vcs_index_close(&index);
	return rc;
}

int iv_repo_checkout(struct iv_checkout *out, struct iv_repo *repo, const char *revision,
		     const char *path, const char *to, struct iv_error *error)
{
	char *whole = whole_path(repo, path), *place = whole_path(repo, to);
	git_commit *commit = NULL;
	git_blob *blob = NULL;
	int rc = vcs_find_commit(&commit, repo, revision, error);

	if (!rc)
		rc = find_blob(&blob, &out->executable, repo, commit, whole, error);
	if (!rc && !blob)
		rc = iv_error_set(error, IV_ENOTFOUND, "no file '%s' in revision '%s'", path,
				  revision);
	if (!rc)
		rc = check_place(repo, place, to, error);
	if (!rc)
		rc = filter(&out->bytes, &out->len, blob, place, error);
	git_blob_free(blob);
	git_commit_free(commit);
	free(place);
	free(whole);
	return rc;
}

/* ---- into it ---- */

/* The id that git would give the bytes at this path. */
static int hash(git_oid *id, const struct iv_repo *repo, const char *path, struct iv_str bytes,
		struct iv_error *error)
{
	git_filter_list *filters = NULL;
	git_buf buf = GIT_BUF_INIT;
	int rc = git_filter_list_load(&filters, repo->git, NULL, path, GIT_FILTER_TO_ODB,
				      GIT_FILTER_ALLOW_UNSAFE);

	if (!rc)
		rc = git_filter_list_apply_to_buffer(&buf, filters, bytes.ptr, bytes.len);
	if (!rc)
		rc = git_odb_hash(id, buf.ptr, buf.size, GIT_OBJECT_BLOB);
	git_buf_dispose(&buf);
	git_filter_list_free(filters);
	return rc ? vcs_error(error, IV_EIO, "cannot compare with the last commit") : IV_OK;
}

int iv_repo_holds(bool *out, struct iv_repo *repo, const char *path, struct iv_str bytes,
		  struct iv_error *error)
{
	char *whole = whole_path(repo, path);
	git_commit *commit = NULL;
	git_blob *blob = NULL;
	git_oid id;
	bool executable;
	int rc = vcs_find_commit(&commit, repo, "HEAD", error);

	*out = false;
	if (!rc)
		rc = find_blob(&blob, &executable, repo, commit, whole, error);
	if (!rc && blob)
		rc = hash(&id, repo, whole, bytes, error);
	if (!rc && blob)
		*out = git_oid_equal(&id, git_blob_id(blob));
	git_blob_free(blob);
	git_commit_free(commit);
	free(whole);
	return rc;
}

int iv_repo_keep(char id[41], struct iv_repo *repo, struct iv_str bytes, struct iv_error *error)
{
	git_oid oid;

	if (git_blob_create_from_buffer(&oid, repo->git, bytes.ptr, bytes.len))
		return vcs_error(error, IV_EIO, "cannot keep what stands there");
	git_oid_tostr(id, 41, &oid);
	return IV_OK;
}
