#include "cmd/commit/limit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <ivnotes/vcs.h>

static char *as_folder(const char *path)
{
	struct iv_buf buf = IV_BUF_INIT;

	iv_buf_puts(&buf, path);
	if (*path)
		iv_buf_putc(&buf, '/');
	return iv_buf_detach(&buf);
}

/* A file of the vault's, or a folder; of what has gone git alone knows. */
static int take_path(char **out, const struct cmd *cmd, const char *path, const char *word,
		     struct iv_error *error)
{
	char *whole = iv_path_join(cmd->root, path);
	bool ours = iv_repo_owns(cmd->repo, path);
	struct stat st;
	bool there = !lstat(whole, &st);
	int rc = IV_OK;

	if (!there && !iv_repo_tracks(cmd->repo, path))
		rc = IV_ENOTFOUND;
	else if (there ? S_ISDIR(st.st_mode) : !ours)
		*out = as_folder(path);
	else if (ours)
		*out = iv_strdup(path);
	else
		rc = iv_error_set(error, IV_EREFUSED,
				  "'%s' is no note of the vault and no file of its settings; 'git "
				  "commit' takes it",
				  word);
	free(whole);
	return rc;
}

static int read_word(char **out, struct cmd *cmd, const char *word, struct iv_error *error)
{
	char *path = NULL;
	int rc = *word ? cmd_place(&path, cmd, word, NULL) : IV_ENOTFOUND;

	if (!rc)
		rc = take_path(out, cmd, path, word, error);
	free(path);
	return rc;
}

static int read_note(char **out, struct cmd *cmd, const char *word)
{
	struct iv_error error = IV_ERROR_INIT;
	int rc = cmd_open(cmd, CMD_INDEX);

	if (!rc && cmd_resolve(out, cmd, word, true, &error))
		rc = cmd_fail(cmd, &error);
	return rc;
}

void limit_free(char **paths)
{
	for (char **p = paths; p && *p; p++)
		free(*p);
	free(paths);
}

int limit_read(char ***out, struct cmd *cmd, int count, char **words)
{
	char **paths = iv_calloc((size_t)count + 1, sizeof(*paths));
	bool all = count == 0;
	int rc = 0;

	*out = NULL;
	for (int i = 0; !rc && i < count; i++) {
		struct iv_error error = IV_ERROR_INIT;

		rc = read_word(&paths[i], cmd, words[i], &error);
		if (rc == IV_EREFUSED)
			rc = cmd_fail(cmd, &error);
		else if (rc)
			rc = read_note(&paths[i], cmd, words[i]);
		all = all || (!rc && !*paths[i]);
	}
	if (rc || all)
		limit_free(paths);
	else
		*out = paths;
	return rc;
}
