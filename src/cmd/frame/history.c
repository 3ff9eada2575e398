#include "cmd/frame/history.h"

#include <stdlib.h>
#include <string.h>

#include <ivnotes/vcs.h>

#include "cmd/frame/frame.h"

/* How often a cache that broke under our hands is made anew before we give up. */
#define HEALS 2

struct taking {
	struct history *history;
	struct cmd *cmd;
	size_t capacity, anew;
};

static bool known(void *data, const char *id, struct iv_past_commit *out)
{
	const struct taking *taking = data;

	return iv_past_known(taking->history->past, id, out);
}

static void note_damage(struct history *history, const struct iv_past_commit *commit,
			const char *path, const char *why)
{
	struct iv_buf text = IV_BUF_INIT;

	if (!why || history->damaged++)
		return;
	iv_buf_printf(&text, "commit %.10s: %s%s%s", commit->id, path, *path ? ": " : "", why);
	history->why = iv_arena_str(history->arena, iv_buf_view(&text)).ptr;
	iv_buf_release(&text);
}

static int take(void *data, const struct iv_past_commit *commit, bool is_known,
		struct iv_error *error)
{
	struct taking *taking = data;
	struct history *history = taking->history;

	IV_GROW(history->ids, history->count, taking->capacity);
	history->ids[history->count++] = iv_arena_str(history->arena, iv_str_of(commit->id)).ptr;
	if (commit->cut && !history->cut)
		history->cut = history->ids[history->count - 1];
	note_damage(history, commit, "", commit->why);
	for (size_t i = 0; i < commit->note_count; i++)
		note_damage(history, commit, commit->notes[i].path, commit->notes[i].why);
	if (is_known)
		return IV_OK;
	output_progress_commits(taking->cmd, ++taking->anew);
	return iv_past_put(history->past, commit, error);
}

static void forget(struct history *history)
{
	free(history->ids);
	history->ids = NULL;
	history->count = 0;
	history->cut = NULL;
	history->damaged = 0;
}

/*
 * What could be read is kept and told even where an older commit is damaged; *broken says so. The
 * cache's own troubles end here.
 */
static int fill(struct history *history, struct cmd *cmd, int *broken, struct iv_error *error)
{
	struct taking taking = {.history = history, .cmd = cmd};
	const struct iv_past_reader reader = {known, take, &taking};
	const char *revision = cmd->revision ? cmd->revision : "HEAD";
	struct iv_error keeping = IV_ERROR_INIT;
	int rc;

	forget(history);
	*broken = iv_repo_past(cmd->repo, revision, &reader, error);
	if (*broken && iv_past_heal(history->past, error))
		return IV_ECHANGED;
	rc = iv_past_keep(history->past, &keeping);
	if (rc && iv_past_heal(history->past, &keeping))
		rc = IV_ECHANGED;
	if (rc && rc != IV_ECHANGED)
		cmd_fail(cmd, &keeping);
	iv_error_release(&keeping);
	return rc;
}

static int open_cache(struct history *history, struct cmd *cmd, struct iv_error *error)
{
	struct iv_index_talk talk = {NULL, output_warn, cmd};
	char *folder = open_index_folder(cmd);
	struct iv_past_place place = {
		.folder = folder,
		.prefix = iv_repo_prefix(cmd->repo),
		.rebuild = cmd_has(cmd, "rebuild"),
		.visit = cmd->revision != NULL,
	};
	int rc = iv_past_open(&history->past, cmd->vault, &place, &talk, error);

	free(folder);
	return rc;
}

/* Until it stays whole. */
static int fill_well(struct history *history, struct cmd *cmd, int *broken, struct iv_error *error)
{
	int tries = 0, rc;

	do
		rc = fill(history, cmd, broken, error);
	while (rc == IV_ECHANGED && tries++ < HEALS);
	output_progress_end(cmd);
	return rc;
}

int history_open(struct history *out, struct cmd *cmd)
{
	struct iv_error error = IV_ERROR_INIT;
	int broken = 0, rc = cmd_open(cmd, CMD_REPOSITORY);

	*out = (struct history){.arena = iv_arena_new()};
	if (rc)
		return rc;
	out->empty = !cmd->revision && iv_repo_is_empty(cmd->repo);
	if (open_cache(out, cmd, &error))
		return cmd_fail(cmd, &error);
	rc = out->empty ? 0 : fill_well(out, cmd, &broken, &error);
	if (broken && !rc)
		return cmd_fail(cmd, &error);
	iv_error_release(&error);
	return rc ? CMD_FAILED : CMD_OK;
}

void history_close(struct history *history)
{
	iv_past_close(history->past);
	free(history->ids);
	if (history->arena)
		iv_arena_free(history->arena);
	memset(history, 0, sizeof(*history));
}

int history_read(struct iv_past_commits *out, struct history *history, struct cmd *cmd,
		 struct iv_error *error)
{
	int broken, rc = iv_past_read(out, history->past, history->ids, history->count, error);

	for (int tries = 0; rc && tries < HEALS && iv_past_heal(history->past, error); tries++) {
		rc = fill_well(history, cmd, &broken, NULL);
		if (!rc)
			rc = iv_past_read(out, history->past, history->ids, history->count, error);
	}
	return rc;
}
