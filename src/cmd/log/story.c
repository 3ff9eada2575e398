/*
 * The story of a person: what the notes say of them now, each at its day, and what else commits
 * changed, merged by day.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include <ivnotes/vcs.h>

#include "cmd/log/log.h"

/* An act of a commit that is about the person. */
struct found {
	const struct iv_past_commit *commit;
	const struct iv_past_note *note;
	const struct iv_act *act;
	bool own;  /* the person's own note says so */
	bool told; /* as what the notes say now */
};

struct story {
	struct log *log;
	struct iv_map keys; /* to whether they meant the person, going back in time */
	struct log_trail own, meetings;
	char **paths; /* of the meetings' notes */
	size_t path_count, path_capacity;
	struct found *found; /* newest first */
	size_t count, capacity;
	struct iv_acts
		last; /* what the last commit has of the note that is told, once it is asked */
	bool asked_last;
};

/* ---- who and where ---- */

static void set_key(struct story *story, struct iv_str text, bool is)
{
	struct iv_str key = iv_fold(story->log->arena, text);

	if (key.len)
		iv_map_put(&story->keys, key, is);
}

static void set_path_key(struct story *story, const char *path, bool is)
{
	struct iv_str name = iv_path_name(iv_str_of(path));

	set_key(story, iv_str_slice(name, 0, name.len - (iv_str_ends(name, ".md") ? 3 : 0)), is);
}

static bool is_about(const struct story *story, const struct iv_act *act)
{
	size_t is = false;

	if (!act->who.len)
		return false;
	if (!iv_map_get(&story->keys, act->who, &is) || !is)
		iv_map_get(&story->keys, iv_path_name(act->who), &is);
	return is;
}

static void add_meeting(struct story *story, const char *path)
{
	for (size_t i = 0; i < story->path_count; i++)
		if (!strcmp(story->paths[i], path))
			return;
	IV_GROW(story->paths, story->path_count, story->path_capacity);
	story->paths[story->path_count++] = iv_strdup(path);
	log_trail_add(&story->meetings, log_path(story->log, path));
}

static int find_meetings(struct story *story, const char *path, struct iv_error *error)
{
	struct iv_events events = {0};
	int rc =
		iv_index_events(&events, story->log->cmd->index, path, IV_NO_DAY, IV_NO_DAY, error);

	for (size_t i = 0; !rc && i < events.count; i++)
		if (events.events[i].kind == IV_EVENT_MEETING)
			add_meeting(story, events.events[i].path);
	iv_events_release(&events);
	return rc;
}

/* ---- what commits say ---- */

static void add_found(struct story *story, const struct iv_past_commit *commit,
		      const struct iv_past_note *note, const struct iv_act *act, bool own)
{
	IV_GROW(story->found, story->count, story->capacity);
	story->found[story->count++] = (struct found){commit, note, act, own, false};
}

static void search_note(struct story *story, const struct iv_past_commit *commit,
			const struct iv_past_note *note)
{
	bool own = log_trail_has(&story->own, note);
	bool meeting = log_trail_has(&story->meetings, note);

	/* Before another note left it, the path was no name of this one. */
	if (note->from && (own || log_trail_lost(&story->own, note->from)))
		set_path_key(story, note->from, own);
	for (size_t i = 0; i < note->act_count; i++) {
		const struct iv_act *act = &note->acts[i];
		if (log_is_echo(story->log, commit, note, act))
			continue;
		if (own || is_about(story, act) || (meeting && !act->who.len))
			add_found(story, commit, note, act, own);
	}
}

static void search(struct story *story)
{
	const struct iv_past_commits *commits = &story->log->commits;

	for (size_t i = 0; i < commits->count; i++)
		for (size_t j = 0; j < commits->items[i].note_count; j++)
			search_note(story, &commits->items[i], &commits->items[i].notes[j]);
}

/* ---- what the notes say now ---- */

/* A meeting was arranged, or moved to a day, before it took place on it. */
static enum iv_verb kind_of(const struct iv_act *act)
{
	bool meeting = act->verb == IV_ACT_ARRANGED || act->verb == IV_ACT_MOVED;

	return meeting ? IV_ACT_MET : act->verb;
}

static bool same_deed(const struct iv_act *a, const struct iv_act *b)
{
	if (kind_of(a) != kind_of(b) || a->day != b->day)
		return false;
	return kind_of(a) == IV_ACT_MET || (a->channel == b->channel && a->outcome == b->outcome);
}

/* The first commit that says so; all that say the same are told by it. */
static struct found *first_of(struct story *story, const struct iv_act *act, bool own)
{
	struct found *first = NULL, *arranged = NULL;

	for (size_t i = 0; i < story->count; i++) {
		struct found *found = &story->found[i];
		if (found->own != own || !same_deed(found->act, act))
			continue;
		if (found->act->verb != act->verb) {
			arranged = found;
			continue;
		}
		found->told |= log_is_dated(act);
		first = found;
	}
	return first ? first : arranged;
}

static void ask_last(struct story *story, const char *path)
{
	struct cmd *cmd = story->log->cmd;
	const struct iv_acts_how how = {.today = cmd->today};
	const char *revision = cmd->revision ? cmd->revision : "HEAD";
	struct iv_note *note;
	char *bytes;
	size_t len;

	story->asked_last = true;
	if (iv_repo_read(&bytes, &len, cmd->repo, revision, log_path(story->log, path), NULL))
		return;
	note = iv_note_parse(iv_str_of(path), (struct iv_str){bytes, len},
			     iv_config_syntax(cmd->config));
	iv_acts_find(&story->last, NULL, note, &how);
	iv_note_free(note);
	free(bytes);
}

static void forget_last(struct story *story)
{
	iv_acts_release(&story->last);
	story->last = (struct iv_acts){0};
	story->asked_last = false;
}

/* A shallow clone does not hold the commit that first said so; one that is damaged does not tell. */
static bool is_committed(struct story *story, const struct iv_act *act, const char *path)
{
	if (!story->asked_last)
		ask_last(story, path);
	for (size_t i = 0; i < story->last.count; i++)
		if (same_deed(&story->last.items[i], act))
			return true;
	return false;
}

static void tell_act(struct story *story, const struct iv_act *act, const char *path, bool own)
{
	struct log *log = story->log;
	struct found *first = first_of(story, act, own);
	struct iv_told *told = NULL;

	if (log_is_dated(act))
		told = log_tell(log, first ? first->commit : NULL, NULL, act, act->day, false);
	else if (!first && log_is_deed(act) && act->verb != IV_ACT_REFERRED)
		told = log_tell(log, NULL, NULL, act, log->cmd->today, false);
	if (!told)
		return;
	told->path = iv_arena_str(log->arena, iv_str_of(path)).ptr;
	told->unknown = !first && is_committed(story, act, path);
}

static int tell_note(struct story *story, const char *path, bool own, struct iv_error *error)
{
	struct log *log = story->log;
	const struct iv_acts_how how = {.today = log->cmd->today};
	struct iv_buf bytes = IV_BUF_INIT;
	struct iv_note *note;
	struct iv_acts acts = {0};
	int rc = cmd_read(&bytes, log->cmd, path, error);

	if (rc)
		return rc;
	note = iv_note_parse(iv_str_of(path), iv_buf_view(&bytes),
			     iv_config_syntax(log->cmd->config));
	iv_acts_find(&acts, NULL, note, &how);
	IV_GROW(log->now, log->now_count, log->now_capacity);
	log->now[log->now_count++] = acts;
	for (size_t i = 0; i < acts.count; i++)
		if (!acts.items[i].implied && (own || is_about(story, &acts.items[i])))
			tell_act(story, &acts.items[i], path, own);
	forget_last(story);
	iv_note_free(note);
	iv_buf_release(&bytes);
	return IV_OK;
}

static void tell_rest(struct story *story)
{
	for (size_t i = 0; i < story->count; i++) {
		const struct found *found = &story->found[i];
		struct iv_told *told = NULL;
		if (!found->told)
			told = log_tell(story->log, found->commit, found->note, found->act,
					found->commit->day, false);
		if (told && !found->own && !log_is_deed(found->act))
			told->label = found->note->name;
	}
}

/* ---- in order ---- */

struct placed {
	struct iv_told told;
	size_t nth;
};

/* Later days first; of one day what no commit says yet, then newer commits, then as they came. */
static int by_day(const void *a, const void *b)
{
	const struct placed *left = a, *right = b;
	const struct iv_past_commit *x = left->told.commit, *y = right->told.commit;

	if (left->told.day != right->told.day)
		return left->told.day > right->told.day ? -1 : 1;
	if (x != y)
		return !x ? -1 : !y ? 1 : x < y ? -1 : 1; /* they stand in one array */
	return left->nth < right->nth ? -1 : 1;
}

static void sort(struct log *log)
{
	struct placed *placed = iv_calloc(log->count + 1, sizeof(*placed));

	for (size_t i = 0; i < log->count; i++)
		placed[i] = (struct placed){log->items[i], i};
	qsort(placed, log->count, sizeof(*placed), by_day);
	for (size_t i = 0; i < log->count; i++)
		log->items[i] = placed[i].told;
	free(placed);
}

static void begin(struct story *story, const char *path)
{
	log_trail_begin(&story->own);
	log_trail_begin(&story->meetings);
	log_trail_add(&story->own, log_path(story->log, path));
	set_path_key(story, path, true);
	set_path_key(story, log_path(story->log, path), true);
}

static void end(struct story *story)
{
	log_trail_end(&story->own);
	log_trail_end(&story->meetings);
	iv_map_release(&story->keys);
	for (size_t i = 0; i < story->path_count; i++)
		free(story->paths[i]);
	free(story->paths);
	free(story->found);
}

int log_story(struct log *log, const struct iv_note *note, const char *path, struct iv_error *error)
{
	struct story story = {.log = log};
	int rc;

	begin(&story, path);
	set_key(&story, note->name, true);
	for (size_t i = 0; i < note->alias_count; i++)
		set_key(&story, note->aliases[i].text, true);
	rc = find_meetings(&story, path, error);
	if (!rc) {
		search(&story);
		rc = tell_note(&story, path, true, error);
	}
	for (size_t i = 0; !rc && i < story.path_count; i++)
		rc = tell_note(&story, story.paths[i], false, error);
	if (!rc) {
		tell_rest(&story);
		sort(log);
	}
	end(&story);
	return rc;
}
