/* What the next commit would hold, as a tree in memory. */
#include <stdlib.h>
#include <string.h>

#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>

#include "base/file.h"
#include "vcs/write.h"

/* Before all that git has: what is written from here on goes there. */
#define FIRST 1000

int vcs_keep_in_memory(git_repository *git)
{
	git_odb_backend *memory = NULL;
	git_odb *odb = NULL;
	int rc = git_repository_odb(&odb, git);

	if (!rc)
		rc = git_mempack_new(&memory);
	if (!rc)
		rc = git_odb_add_backend(odb, memory, FIRST);
	git_odb_free(odb);
	return rc;
}

/* What `git add -N` only promised is not committed. */
static int drop_promised(git_index *index)
{
	int rc = 0;

	for (size_t i = git_index_entrycount(index); i-- > 0 && !rc;) {
		const git_index_entry *entry = git_index_get_byindex(index, i);

		if (!(entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD))
			continue;
		char *path = iv_strdup(entry->path);
		rc = git_index_remove(index, path, 0);
		free(path);
	}
	return rc;
}

static int open_staged(git_index **out, const struct iv_repo *repo, const char *given,
		       struct iv_error *error)
{
	char *path = given && *given ? iv_path_join(repo->folder, given) : vcs_index_path(repo);
	int rc = path ? vcs_index_read(out, path, path, error)
		      : vcs_error(error, IV_EIO, "cannot find the git index");

	if (!rc && git_index_has_conflicts(*out))
		rc = iv_error_set(error, IV_EREFUSED,
				  "the git index holds unresolved conflicts; resolve them and "
				  "'git add' the files");
	free(path);
	return rc;
}

/* An object that is missing is found missing when its note is read. */
static int make_tree(git_oid *out, git_repository *git, git_index *index)
{
	git_tree *tree = NULL;
	int rc;

	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_OBJECT_CREATION, 0);
	rc = git_index_write_tree_to(out, index, git);
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_OBJECT_CREATION, 1);
	/* The index knows the ids of trees that it saw written: are they still there? */
	if (!rc)
		rc = git_tree_lookup(&tree, git, out);
	git_tree_free(tree);
	return rc;
}

int iv_repo_staged(char id[41], struct iv_repo *repo, const char *index, struct iv_error *error)
{
	git_index *staged = NULL;
	git_oid oid;
	int rc = open_staged(&staged, repo, index, error);

	if (!rc && (vcs_keep_in_memory(repo->git) || drop_promised(staged) ||
		    make_tree(&oid, repo->git, staged)))
		rc = vcs_damaged(error, "cannot read what is staged");
	if (!rc)
		git_oid_tostr(id, 41, &oid);
	git_index_free(staged);
	return rc;
}
