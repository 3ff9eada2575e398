/* When the history first had what the notes claim, for rule back-filled. */
#include <stdlib.h>
#include <string.h>

#include <ivnotes/vcs.h>

#include "base/map.h"
#include "cmd/frame/history.h"

#define RULE "back-filled"

struct claims {
	struct iv_recorded *items;
	size_t count, capacity;
	struct iv_map notes; /* from paths, as commits have them, to a note's number */
	struct iv_map first; /* from a note's number and a claim to nothing: it was seen */
	const char **paths;  /* of each note, the last that is known */
	size_t *of;          /* of each item: the number of its note */
	size_t of_capacity, note_count, note_capacity;
	iv_day start; /* of the history */
	struct iv_arena *arena;
};

/* A note keeps its number when it moves. */
static size_t number_of(struct claims *claims, const struct iv_past_note *note)
{
	struct iv_str path = iv_str_of(note->path), from = iv_str_of(note->from);
	size_t number;

	if (!iv_map_get(&claims->notes, from.ptr ? from : path, &number)) {
		IV_GROW(claims->paths, claims->note_count, claims->note_capacity);
		number = claims->note_count++;
	}
	iv_map_put(&claims->notes, path, number);
	claims->paths[number] = note->path;
	return number;
}

/* What a claim is kept under; NULL for an act that claims no day. */
static const char *field_of(const struct iv_act *act)
{
	switch (act->verb) {
	case IV_ACT_MET:
	case IV_ACT_ARRANGED:
	case IV_ACT_MOVED: return "date";
	case IV_ACT_ANSWERED: return "answer";
	case IV_ACT_ASKED:
	case IV_ACT_THANKED:
	case IV_ACT_REPORTED:
	case IV_ACT_TOUCHED:
	case IV_ACT_FEELER:
	case IV_ACT_RECORD_ADDED:
	case IV_ACT_RECORD_CHANGED: return act->field;
	case IV_ACT_CALLED_OFF:
	case IV_ACT_NO_SHOW:
	case IV_ACT_MISSED:
	case IV_ACT_REFERRED:
	case IV_ACT_ADDED:
	case IV_ACT_TASK_DONE:
	case IV_ACT_TASK_CANCELLED:
	case IV_ACT_TASK_REOPENED:
	case IV_ACT_TASK_ADDED:
	case IV_ACT_TASK_CHANGED:
	case IV_ACT_TASK_GONE:
	case IV_ACT_RENAMED:
	case IV_ACT_REMOVED:
	case IV_ACT_BROKEN:
	case IV_ACT_MENDED:
	case IV_ACT_RECORD_GONE:
	case IV_ACT_FIELD_SET:
	case IV_ACT_FIELD_CHANGED:
	case IV_ACT_FIELD_GONE:
	case IV_ACT_ITEM_ADDED:
	case IV_ACT_ITEM_GONE:
	case IV_ACT_TEXT_CHANGED:
	case IV_VERB_COUNT: break;
	}
	return NULL;
}

/* The first commit counts; what it was in time for is not kept. */
static void add(struct claims *claims, size_t note, const struct iv_act *act, iv_day recorded)
{
	const char *field = field_of(act), *channel = iv_channel_word(act->channel);
	bool answer = field && (!strcmp(field, "answer") || !strcmp(field, "date"));
	struct iv_recorded item = {.field = field, .day = act->day, .recorded = recorded};
	struct iv_str key;

	if (!field || act->day == IV_NO_DAY)
		return;
	item.channel = answer || !*channel ? NULL : channel;
	key = iv_arena_printf(claims->arena, "%zu %d %s %s", note, (int)act->day, field,
			      item.channel ? item.channel : "");
	if (iv_map_get(&claims->first, key, NULL))
		return;
	iv_map_put(&claims->first, key, 0);
	item.start = act->day > claims->start ? act->day : claims->start;
	if (recorded <= item.start)
		return;
	claims->of = iv_grow(claims->of, claims->count, &claims->of_capacity, sizeof(size_t));
	claims->of[claims->count] = note;
	IV_GROW(claims->items, claims->count, claims->capacity);
	claims->items[claims->count++] = item;
}

/* Oldest first, so that the first commit is met first. */
static void gather(struct claims *claims, const struct iv_past_commits *commits)
{
	claims->start = commits->count ? commits->items[commits->count - 1].day : IV_NO_DAY;
	for (size_t i = commits->count; i-- > 0;) {
		const struct iv_past_commit *commit = &commits->items[i];
		for (size_t j = 0; j < commit->note_count; j++) {
			const struct iv_past_note *note = &commit->notes[j];
			size_t number = number_of(claims, note);
			for (size_t k = 0; k < note->act_count; k++)
				add(claims, number, &note->acts[k], commit->day);
		}
	}
	for (size_t i = 0; i < claims->count; i++)
		claims->items[i].path = claims->paths[claims->of[i]];
}

static void release(struct claims *claims)
{
	free(claims->items);
	free(claims->of);
	free(claims->paths);
	iv_map_release(&claims->notes);
	iv_map_release(&claims->first);
	iv_arena_free(claims->arena);
}

static void tell(struct cmd *cmd)
{
	struct iv_error error = IV_ERROR_INIT;
	struct claims claims = {.arena = iv_arena_new()};
	struct iv_past_commits commits = {0};
	struct history history;
	int status = history_open(&history, cmd);

	if (history.past && history_read(&commits, &history, cmd, &error))
		status = cmd_fail(cmd, &error);
	if (!status) {
		gather(&claims, &commits);
		iv_index_recorded(cmd->index, claims.items, claims.count);
	}
	iv_past_commits_release(&commits);
	history_close(&history);
	release(&claims);
}

void history_tell_index(struct cmd *cmd)
{
	const struct iv_rule *rule = iv_rules_find(cmd->rules, RULE);

	if (!rule || rule->off)
		return;
	if (!cmd->repo && iv_repo_open(&cmd->repo, cmd->vault, NULL) == IV_ENOTFOUND) {
		cmd->repo = NULL;
		iv_index_recorded(cmd->index, NULL, 0);
		return;
	}
	tell(cmd);
}
