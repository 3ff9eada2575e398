/* What git knows of single files. */
#include <stdlib.h>

#include "base/file.h"
#include "vcs/write.h"

static bool index_tracks(git_index *index, const char *path)
{
	size_t at;
	struct iv_buf folder = IV_BUF_INIT;
	bool found = git_index_get_bypath(index, path, 0) != NULL;

	iv_buf_puts(&folder, path);
	if (!iv_str_ends(iv_buf_view(&folder), "/"))
		iv_buf_putc(&folder, '/');
	found = found || !git_index_find_prefix(&at, index, folder.ptr);
	iv_buf_release(&folder);
	return found;
}

static bool head_tracks(const struct iv_repo *repo, const char *path)
{
	git_object *tree = NULL;
	git_tree_entry *entry = NULL;
	bool found = !git_revparse_single(&tree, repo->git, "HEAD^{tree}") &&
		     !git_tree_entry_bypath(&entry, (git_tree *)tree, path);

	git_tree_entry_free(entry);
	git_object_free(tree);
	return found;
}

bool iv_repo_tracks(const struct iv_repo *repo, const char *path)
{
	char *whole = iv_path_join(repo->prefix, path);
	char *file = vcs_index_path(repo);
	git_index *index = NULL;
	bool found =
		head_tracks(repo, whole) ||
		(file && !vcs_index_read(&index, file, file, NULL) && index_tracks(index, whole));

	git_index_free(index);
	free(file);
	free(whole);
	return found;
}
