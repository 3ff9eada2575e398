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

int hook_run(struct cmd *cmd, const struct hook *hook, struct iv_error *error)
{
	struct iv_arena *arena = cmd->own->arena;
	char *folder = iv_repo_hooks(cmd->repo, NULL), *path = find(folder, hook->name);
	const char *line[WORDS_MAX + 2] = {path};
	/* The hook finds the repository by where it is run, whatever we were told by others. */
	const char *environment[] = {"GIT_DIR",
				     "GIT_WORK_TREE",
				     "GIT_PREFIX=",
				     "GIT_INDEX_FILE",
				     hook->edits ? NULL : "GIT_EDITOR=:",
				     NULL};
	const struct program program = {
		.words = line,
		.folder = iv_repo_folder(cmd->repo),
		.environment = environment,
		.input = hook->input,
	};
	int rc = 0;

	for (size_t i = 0; hook->words && i < WORDS_MAX && hook->words[i]; i++)
		line[i + 1] = hook->words[i];
	if (hook->index)
		environment[3] = iv_arena_printf(arena, "GIT_INDEX_FILE=%s", hook->index).ptr;
	if (path)
		rc = program_run(cmd, &program, error);
	if (rc && hook->stops)
		iv_error_context(error, "%s, as a hook says no", hook->stops);
	free(path);
	free(folder);
	return rc;
}

const char *const hooks_of_commit[] = {"pre-commit", "prepare-commit-msg", "commit-msg",
				       "post-commit", NULL};

void hook_say_passed_over(struct cmd *cmd, const char *const *names, const char *run_by)
{
	char *folder = iv_repo_hooks(cmd->repo, NULL);
	struct iv_buf list = IV_BUF_INIT;

	for (; *names; names++) {
		char *path = find(folder, *names);

		if (path)
			iv_buf_printf(&list, "%s'%s'", list.len ? ", " : "", *names);
		free(path);
	}
	if (list.len && run_by)
		cmd_say(cmd, "hooks that were not run: %s; '%s' runs them", list.ptr, run_by);
	else if (list.len)
		cmd_say(cmd, "hooks that were not run: %s", list.ptr);
	iv_buf_release(&list);
	free(folder);
}
