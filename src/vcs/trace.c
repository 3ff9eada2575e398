/* Where a note was, and is: by what git's history holds. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "vcs/vcs.h"

/* So many notes that came and that went are compared by what is in them. */
#define RENAMES_MAX 1000

static bool is_blob(const git_tree_entry *entry)
{
	git_filemode_t mode = entry ? git_tree_entry_filemode(entry) : GIT_FILEMODE_UNREADABLE;

	return mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

/* ---- from one tree to another ---- */

static bool is_same_name(const char *one, const char *other)
{
	return iv_str_eq(iv_path_name(iv_str_of(one)), iv_path_name(iv_str_of(other)));
}

/* What became of the file at `path`, or NULL; where git sees no rename, a file of that name will do. */
static const char *new_path(git_diff *diff, const char *path)
{
	const char *namesake = NULL;

	for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *delta = git_diff_get_delta(diff, i);

		if (delta->status == GIT_DELTA_RENAMED && !strcmp(delta->old_file.path, path))
			return delta->new_file.path;
		if (delta->status == GIT_DELTA_ADDED && is_same_name(delta->new_file.path, path))
			namesake = delta->new_file.path;
	}
	return namesake;
}

static int follow(char **out, git_tree *from, git_tree *to, const char *path,
		  struct iv_error *error)
{
	git_diff_find_options options;
	git_diff *diff = NULL;
	const char *now;
	int rc = git_diff_tree_to_tree(&diff, git_tree_owner(from), from, to, NULL);

	git_diff_find_options_init(&options, GIT_DIFF_FIND_OPTIONS_VERSION);
	options.flags = GIT_DIFF_FIND_RENAMES;
	options.rename_limit = RENAMES_MAX;
	if (!rc)
		rc = git_diff_find_similar(diff, &options);
	now = rc ? NULL : new_path(diff, path);
	*out = now ? iv_strdup(now) : NULL;
	git_diff_free(diff);
	return rc ? vcs_damaged(error, "cannot compare two revisions") : IV_OK;
}

static int trace(char **out, git_tree *from, git_tree *to, const char *path, struct iv_error *error)
{
	git_tree_entry *entry = NULL;
	int rc = vcs_find_entry(&entry, to, path, error);

	if (!rc && is_blob(entry))
		*out = iv_strdup(path);
	else if (!rc && from && to)
		rc = follow(out, from, to, path, error);
	git_tree_entry_free(entry);
	return rc;
}

int iv_repo_trace(char **out, struct iv_repo *repo, const char *from, const char *to,
		  const char *path, struct iv_error *error)
{
	git_tree *one = NULL, *other = NULL;
	int rc = vcs_find_tree(&one, repo, from, error);

	*out = NULL;
	if (!rc)
		rc = vcs_find_tree(&other, repo, to, error);
	if (!rc)
		rc = trace(out, one, other, path, error);
	git_tree_free(one);
	git_tree_free(other);
	return rc;
}

/* ---- what is gone ---- */

struct search {
	struct iv_repo *repo;
	iv_gone_is *is_meant;
	void *data;
	struct iv_gone *items;
	size_t count, capacity;
	struct iv_revision revision; /* the last one that held it */
	char by[GIT_OID_HEXSZ + 1];
};

static int add(struct search *search, const char *path, struct iv_error *error)
{
	struct iv_gone gone = {.revision = search->revision, .path = (char *)path};
	bool meant = false;
	int rc;

	memcpy(gone.by, search->by, sizeof(gone.by));
	rc = search->is_meant(&meant, search->data, &gone, error);

	if (!rc && meant) {
		IV_GROW(search->items, search->count, search->capacity);
		gone.path = iv_strdup(path);
		search->items[search->count++] = gone;
	}
	return rc;
}

static int compare(struct search *search, struct iv_buf *path, git_tree *before, git_tree *after,
		   struct iv_error *error);

static int below(struct search *search, struct iv_buf *path, const git_tree_entry *before,
		 const git_tree_entry *after, struct iv_error *error)
{
	git_repository *git = search->repo->git;
	git_tree *one = NULL, *other = NULL;
	int rc = git_tree_lookup(&one, git, git_tree_entry_id(before));

	if (!rc && after && git_tree_entry_type(after) == GIT_OBJECT_TREE)
		rc = git_tree_lookup(&other, git, git_tree_entry_id(after));
	iv_buf_putc(path, '/');
	rc = rc ? vcs_damaged(error, "cannot read a folder")
		: compare(search, path, one, other, error);
	git_tree_free(one);
	git_tree_free(other);
	return rc;
}

/* What `before` holds and `after` (may be NULL) does not; only where their ids differ. */
static int compare(struct search *search, struct iv_buf *path, git_tree *before, git_tree *after,
		   struct iv_error *error)
{
	size_t len = path->len;
	int rc = IV_OK;

	for (size_t i = 0; !rc && i < git_tree_entrycount(before); i++) {
		const git_tree_entry *entry = git_tree_entry_byindex(before, i);
		const char *name = git_tree_entry_name(entry);
		const git_tree_entry *now = after ? git_tree_entry_byname(after, name) : NULL;

		if (now && git_oid_equal(git_tree_entry_id(now), git_tree_entry_id(entry)))
			continue;
		iv_buf_puts(path, name);
		if (git_tree_entry_type(entry) == GIT_OBJECT_TREE)
			rc = below(search, path, entry, now, error);
		else if (is_blob(entry) && !is_blob(now))
			rc = add(search, path->ptr, error);
		path->len = len;
		path->ptr[len] = '\0';
	}
	return rc;
}

static int compare_commits(struct search *search, const git_commit *parent,
			   const git_commit *commit, struct iv_error *error)
{
	struct iv_buf path = IV_BUF_INIT;
	git_tree *before = NULL, *after = NULL;
	int rc = vcs_vault_tree(&before, search->repo, parent, error);

	if (!rc)
		rc = vcs_vault_tree(&after, search->repo, commit, error);
	git_oid_tostr(search->by, sizeof(search->by), git_commit_id(commit));
	git_oid_tostr(search->revision.id, sizeof(search->revision.id), git_commit_id(parent));
	search->revision.day = vcs_day(&git_commit_author(parent)->when);
	iv_buf_reserve(&path, 256);
	if (!rc && before)
		rc = compare(search, &path, before, after, error);
	iv_buf_release(&path);
	git_tree_free(before);
	git_tree_free(after);
	return rc;
}

static int lost_history(struct iv_error *error)
{
	return iv_error_set(error, IV_EIO,
			    "cannot read the history, a commit is damaged or missing; 'git fsck' "
			    "tells which");
}

/* A merge removes nothing that one of its parents has not removed before. */
static int look_at(struct search *search, const git_commit *commit, struct iv_error *error)
{
	git_commit *parent = NULL;
	int rc = IV_OK;

	if (git_commit_parentcount(commit) != 1)
		return IV_OK;
	if (!git_commit_parent(&parent, commit, 0))
		rc = compare_commits(search, parent, commit, error);
	else if (!iv_repo_cut(search->repo))
		rc = lost_history(error);
	git_commit_free(parent);
	return rc;
}

static int walk(struct search *search, git_revwalk *revwalk, struct iv_error *error)
{
	git_repository *git = search->repo->git;
	git_oid id;
	int rc = IV_OK, ended = 0;

	while (!rc && !search->count && !(ended = git_revwalk_next(&id, revwalk))) {
		git_commit *commit = NULL;

		if (git_commit_lookup(&commit, git, &id))
			rc = vcs_damaged(error, "cannot read the history");
		else
			rc = look_at(search, commit, error);
		git_commit_free(commit);
	}
	/* Where a shallow clone ends, libgit2 misses the parents. */
	if (!rc && ended && ended != GIT_ITEROVER && !iv_repo_cut(search->repo))
		rc = lost_history(error);
	return rc;
}

int iv_repo_gone(struct iv_gone **out, size_t *count, struct iv_repo *repo, iv_gone_is *is_meant,
		 void *data, struct iv_error *error)
{
	struct search search = {.repo = repo, .is_meant = is_meant, .data = data};
	git_revwalk *revwalk = NULL;
	int rc = vcs_check_history(repo, error);

	if (!rc && (git_revwalk_new(&revwalk, repo->git) ||
		    git_revwalk_sorting(revwalk, GIT_SORT_TIME) || git_revwalk_push_head(revwalk)))
		rc = vcs_damaged(error, "cannot read the history");
	if (!rc)
		rc = walk(&search, revwalk, error);
	git_revwalk_free(revwalk);
	*out = search.items;
	*count = search.count;
	return rc;
}

void iv_repo_gone_release(struct iv_gone *items, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(items[i].path);
	free(items);
}
