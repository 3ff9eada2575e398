#include "cmd/commit/hook.h"

#include <stdlib.h>
#include <unistd.h>

#include <ivnotes/vcs.h>

#include "cmd/frame/frame.h"
#include "cmd/frame/program.h"

#define WORDS_MAX 4

/* The hook's file, absolute; NULL when there is none that could be run. */
static char *find(const char *folder, const char *name)
{
	char *path = iv_path_join(folder, name);

	if (!access(path, X_OK))
		return path;
	free(path);
	return NULL;
}

int hook_run(struct cmd *cmd, const char *name, const char *const *words, const char *index,
	     bool edits, struct iv_error *error)
{
	struct iv_arena *arena = cmd->own->arena;
	char *folder = iv_repo_hooks(cmd->repo, NULL), *path = find(folder, name);
	const char *line[WORDS_MAX + 2] = {path};
	/* The hook finds the repository by where it is run, whatever we were told by others. */
	const char *environment[] = {"GIT_DIR",
				     "GIT_WORK_TREE",
				     "GIT_PREFIX=",
				     "GIT_INDEX_FILE",
				     edits ? NULL : "GIT_EDITOR=:",
				     NULL};
	const struct program program = {
		.words = line,
		.folder = iv_repo_folder(cmd->repo),
		.environment = environment,
	};
	int rc = 0;

	for (size_t i = 0; i < WORDS_MAX && words[i]; i++)
		line[i + 1] = words[i];
	if (index)
		environment[3] = iv_arena_printf(arena, "GIT_INDEX_FILE=%s", index).ptr;
	if (path)
		rc = program_run(cmd, &program, error);
	free(path);
	free(folder);
	return rc;
}

int hook_ask(struct cmd *cmd, const char *name, const char *const *words, const char *index,
	     bool edits, struct iv_error *error)
{
	int rc = hook_run(cmd, name, words, index, edits, error);

	if (rc)
		iv_error_context(error, "nothing is committed, as a hook says no");
	return rc;
}

void hook_say_passed_over(struct cmd *cmd)
{
	static const char *const names[] = {"pre-commit", "prepare-commit-msg", "commit-msg",
					    "post-commit"};
	char *folder = iv_repo_hooks(cmd->repo, NULL);
	struct iv_buf list = IV_BUF_INIT;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char *path = find(folder, names[i]);

		if (path)
			iv_buf_printf(&list, "%s'%s'", list.len ? ", " : "", names[i]);
		free(path);
	}
	if (list.len)
		cmd_say(cmd, "hooks that were not run: %s; 'ivnotes commit --hooks' runs them",
			list.ptr);
	iv_buf_release(&list);
	free(folder);
}
