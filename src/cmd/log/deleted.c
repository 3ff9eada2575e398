/* Notes that are gone: when, by which commit, and how to bring them back. */
#include <stdlib.h>
#include <string.h>

#include <ivnotes/vcs.h>

#include "base/file.h"
#include "cmd/frame/pager.h"
#include "cmd/log/log.h"

/* ---- what a word means ---- */

static struct iv_str id_of(const char *path)
{
	struct iv_str name = iv_path_name(iv_str_of(path));

	return iv_str_slice(name, 0, name.len - (iv_str_ends(name, ".md") ? 3 : 0));
}

/* Its path, id or name, however written. */
static bool is_meant(struct iv_arena *arena, const struct iv_past_note *note, struct iv_str key)
{
	return iv_str_eq(iv_fold(arena, iv_str_of(note->path)), key) ||
	       iv_str_eq(iv_fold(arena, id_of(note->path)), key) ||
	       iv_str_eq(iv_fold(arena, iv_str_of(note->name)), key);
}

/* A part of one of them will do. */
static bool fits(struct iv_arena *arena, const struct iv_past_note *note, struct iv_str key)
{
	return iv_str_find(iv_fold(arena, iv_str_of(note->path)), key) != SIZE_MAX ||
	       iv_str_find(iv_fold(arena, iv_str_of(note->name)), key) != SIZE_MAX;
}

static bool was_meant(struct iv_arena *arena, const struct iv_past_note *note, struct iv_str key)
{
	return note->from && (iv_str_eq(iv_fold(arena, iv_str_of(note->from)), key) ||
			      iv_str_eq(iv_fold(arena, id_of(note->from)), key));
}

/* Where commits newer than the one at `count` left what was at the path. */
static const char *follow(const struct log *log, size_t count, const char *path)
{
	while (count-- > 0) {
		const struct iv_past_commit *commit = &log->commits.items[count];
		for (size_t i = 0; i < commit->note_count; i++)
			if (commit->notes[i].from && !strcmp(commit->notes[i].from, path)) {
				path = commit->notes[i].path;
				break;
			}
	}
	return path;
}

const char *log_find_gone(const struct log *log, const char *word)
{
	struct iv_str key = iv_fold(log->arena, iv_str_of(word));

	for (size_t i = 0; i < log->commits.count; i++) {
		const struct iv_past_commit *commit = &log->commits.items[i];
		for (size_t j = 0; j < commit->note_count; j++) {
			const struct iv_past_note *note = &commit->notes[j];
			if (note->kind == IV_PAST_REMOVED && is_meant(log->arena, note, key))
				return note->path;
			if (was_meant(log->arena, note, key))
				return follow(log, i, note->path);
		}
	}
	return NULL;
}

/* ---- what is there ---- */

struct search {
	struct log *log;
	struct iv_listing now;
	struct iv_map present, seen; /* paths */
	struct iv_gone_note *gone;
	size_t count, capacity;
	bool partly; /* what the files are cannot be told */
};

static int list_now(struct search *search, struct iv_error *error)
{
	struct iv_source *source = search->log->cmd->source;
	int rc = source->list(source, &search->now, error);

	for (size_t i = 0; !rc && i < search->now.count; i++)
		iv_map_put(&search->present, iv_str_of(search->now.entries[i].path), 0);
	return rc;
}

static void add(struct search *search, struct iv_gone_note gone)
{
	IV_GROW(search->gone, search->count, search->capacity);
	search->gone[search->count++] = gone;
}

/* ---- what commits removed ---- */

static bool is_wanted(struct log *log, const struct iv_past_note *note, int count, char **words)
{
	bool wanted = !count;

	for (int i = 0; !wanted && i < count; i++)
		wanted = fits(log->arena, note, iv_fold(log->arena, iv_str_of(words[i])));
	return wanted;
}

/* The last that is heard of a path says what became of it. */
static bool is_last(struct search *search, const struct iv_past_note *note)
{
	bool last = !iv_map_get(&search->seen, iv_str_of(note->path), NULL);

	iv_map_put(&search->seen, iv_str_of(note->path), 0);
	if (note->from)
		iv_map_put(&search->seen, iv_str_of(note->from), 0);
	return last;
}

static void search_commits(struct search *search, int count, char **words)
{
	struct log *log = search->log;

	for (size_t i = 0; i < log->commits.count; i++) {
		const struct iv_past_commit *commit = &log->commits.items[i];
		for (size_t j = 0; j < commit->note_count; j++) {
			const struct iv_past_note *note = &commit->notes[j];
			if (is_last(search, note) && note->kind == IV_PAST_REMOVED &&
			    !iv_map_get(&search->present, iv_str_of(note->path), NULL) &&
			    log_is_wanted(log, commit->day) && is_wanted(log, note, count, words))
				add(search, (struct iv_gone_note){.path = note->path,
								  .name = note->name,
								  .commit = commit});
		}
	}
}

/* ---- what nobody has committed yet ---- */

static const char *name_of(struct search *search, const struct iv_difference *gone)
{
	struct log *log = search->log;
	struct iv_note *note;
	const char *name;
	char *bytes = NULL;
	size_t len = 0;

	if (iv_repo_bytes(&bytes, &len, log->moved.apart, gone->before, NULL))
		len = 0;
	note = iv_note_parse(iv_str_of(gone->path), (struct iv_str){bytes ? bytes : "", len},
			     iv_config_syntax(log->cmd->config));
	name = iv_arena_str(log->arena, note->name).ptr;
	iv_note_free(note);
	free(bytes);
	return name;
}

/* Where they cannot be compared, what commits removed still can be told. */
static void search_files(struct search *search, int count, char **words)
{
	struct log *log = search->log;
	struct iv_error error = IV_ERROR_INIT;

	log->is_moved_known = true;
	search->partly = moved_open(&log->moved, log->cmd, &error) != IV_OK;
	if (search->partly)
		cmd_warn(log->cmd, "%s", error.message);
	iv_error_release(&error);
	for (size_t i = 0; i < log->moved.differences.count; i++) {
		const struct iv_difference *gone = &log->moved.differences.items[i];
		struct iv_past_note note = {.path = gone->path};

		if (gone->kind != IV_CHANGE_REMOVED ||
		    !iv_vault_holds(log->cmd->config, iv_str_of(gone->path)))
			continue;
		note.name = name_of(search, gone);
		if (is_wanted(log, &note, count, words))
			add(search, (struct iv_gone_note){.path = note.path, .name = note.name});
	}
}

/* ---- what brings it back ---- */

static size_t count_ids(const struct search *search, struct iv_str id)
{
	size_t count = 0;

	for (size_t i = 0; i < search->now.count; i++)
		count += iv_str_eq_nocase(id_of(search->now.entries[i].path), id);
	for (size_t i = 0; i < search->count; i++)
		count += iv_str_eq_nocase(id_of(search->gone[i].path), id);
	return count;
}

/* An id, where that means one note only. */
static void name_all(struct search *search)
{
	for (size_t i = 0; i < search->count; i++) {
		struct iv_gone_note *gone = &search->gone[i];
		struct iv_str id = id_of(gone->path);
		gone->word = count_ids(search, id) > 1 ? gone->path
						       : iv_arena_str(search->log->arena, id).ptr;
	}
}

static void write(void *data, const char *bytes, size_t len)
{
	struct cmd *cmd = data;

	iv_buf_add(&cmd->out, bytes, len);
	cmd_drain(cmd);
}

static int show(struct search *search, bool narrowed)
{
	struct cmd *cmd = search->log->cmd;
	const struct iv_view view = {.write = write, .data = cmd, .color = cmd->color};

	name_all(search);
	if (!search->count && !search->partly)
		cmd_say(cmd, "no note is gone%s", narrowed ? " that fits" : "");
	if (strcmp(cmd->format, "json") == 0)
		iv_gone_json(&view, search->gone, search->count);
	else if (strcmp(cmd->format, "jsonl") == 0)
		iv_gone_jsonl(&view, search->gone, search->count);
	else if (strcmp(cmd->format, "markdown") == 0)
		iv_gone_markdown(&view, search->gone, search->count);
	else
		iv_gone_text(&view, search->gone, search->count);
	if (search->partly)
		return CMD_FAILED;
	return search->count ? CMD_OK : CMD_FOUND;
}

int log_deleted(struct log *log, int count, char **words)
{
	struct iv_error error = IV_ERROR_INIT;
	struct search search = {.log = log};
	bool narrowed = count || log->from != IV_NO_DAY || log->to != IV_NO_DAY;
	int status = cmd_open(log->cmd, CMD_SOURCE), rc = 0;

	if (status)
		return status;
	rc = list_now(&search, &error);
	if (!rc && !log->cmd->revision && !log->history.empty &&
	    log_is_wanted(log, log->cmd->today))
		search_files(&search, count, words);
	if (!rc)
		search_commits(&search, count, words);
	status = rc ? cmd_fail(log->cmd, &error) : show(&search, narrowed);
	iv_listing_release(&search.now);
	iv_map_release(&search.present);
	iv_map_release(&search.seen);
	free(search.gone);
	return status;
}
