/* log: the history as what happened, whom it was about, and which commit says so. */
#include <stdlib.h>
#include <string.h>

#include "cmd/frame/frame.h"
#include "cmd/frame/pager.h"
#include "cmd/log/log.h"

static int run(struct cmd *cmd, int count, char **words);

static const char *const formats[] = {"text", "json", "jsonl", "markdown", NULL};

static const struct cmd_option options[] = {
	{"since", 0, "DATE", "from that day on", OPTION_DAY_BACK, NULL},
	{"until", 0, "DATE", "up to that day", OPTION_DAY_BACK, NULL},
	{"week", 0, "WEEK", "commits of that week, as 2026-W47; without one, of today's",
	 OPTION_WEEK, NULL},
	{"oneline", 0, NULL, "a line a commit", OPTION_FLAG, NULL},
	{"deleted", 0, NULL, "notes that are gone, and how to bring them back", OPTION_FLAG, NULL},
	{"no-pager", 0, NULL, "show all at once, also on a terminal", OPTION_FLAG, NULL},
	{0},
};

const struct command cmd_log = {
	.name = "log",
	.group = GROUP_GIT,
	.summary = "tell what happened, commit by commit",
	.usage = "[--since DATE] [--until DATE] [--week [WEEK]] [--oneline] [--deleted] "
		 "[--no-pager] [REF ...]",
	.options = options,
	.formats = formats,
	.max = -1,
	.operands = {OPERAND_PLACE},
	.needs = CMD_REPOSITORY,
	.run = run,
};

/* ---- what is asked for ---- */

static int read_days(struct log *log)
{
	struct cmd *cmd = log->cmd;
	iv_day monday = cmd_day(cmd, "week", IV_NO_DAY);

	log->from = cmd_day(cmd, "since", IV_NO_DAY);
	log->to = cmd_day(cmd, "until", IV_NO_DAY);
	if (monday != IV_NO_DAY && (log->from != IV_NO_DAY || log->to != IV_NO_DAY))
		return cmd_usage(cmd, "--week excludes --since and --until");
	if (monday != IV_NO_DAY) {
		log->from = monday;
		log->to = monday + 6;
	}
	if (log->from != IV_NO_DAY && log->to != IV_NO_DAY && log->from > log->to)
		return cmd_usage(cmd, "--since is after --until");
	return CMD_OK;
}

static int check(const struct cmd *cmd)
{
	if (cmd_has(cmd, "oneline") && strcmp(cmd->format, "text") != 0)
		return cmd_usage(cmd, "--oneline is a form of text, --format=%s another",
				 cmd->format);
	if (cmd_has(cmd, "oneline") && cmd_has(cmd, "deleted"))
		return cmd_usage(cmd, "--oneline and --deleted exclude each other");
	return CMD_OK;
}

/* What a word means now, or meant before that was removed or renamed. */
static int find(char **path, struct log *log, const char *word)
{
	struct iv_error error = IV_ERROR_INIT;
	const char *gone;
	int rc = cmd_resolve(path, log->cmd, word, true, &error);

	if (!rc)
		return CMD_OK;
	gone = rc == IV_ENOTFOUND ? log_find_gone(log, word) : NULL;
	if (!gone) {
		cmd_fail(log->cmd, &error);
		return rc == IV_ENOTFOUND ? CMD_FOUND : CMD_FAILED;
	}
	iv_error_release(&error);
	*path = iv_strdup(gone);
	return CMD_OK;
}

/* ---- showing it ---- */

static void write(void *data, const char *bytes, size_t len)
{
	struct cmd *cmd = data;

	iv_buf_add(&cmd->out, bytes, len);
	cmd_drain(cmd);
}

static bool several_authors(const struct log *log)
{
	const char *first = NULL;

	for (size_t i = 0; i < log->count; i++) {
		const struct iv_past_commit *commit = log->items[i].commit;
		if (commit && first && strcmp(first, commit->author) != 0)
			return true;
		first = commit ? commit->author : first;
	}
	return false;
}

static bool is_unique(const struct history *history, int digits)
{
	struct iv_map seen = {0};
	bool unique = true;

	for (size_t i = 0; unique && i < history->count; i++) {
		struct iv_str part = {history->ids[i], (size_t)digits};
		unique = !iv_map_get(&seen, part, NULL);
		iv_map_put(&seen, part, i);
	}
	iv_map_release(&seen);
	return unique;
}

/* As git does: enough that few of all the objects begin alike, and no two of these commits. */
static int abbreviate(const struct history *history)
{
	int digits = 7, bits = 0;

	for (size_t objects = 5 * history->count; objects; objects /= 2)
		bits++;
	if ((bits + 1) / 2 > digits)
		digits = (bits + 1) / 2;
	while (digits < 40 && !is_unique(history, digits))
		digits++;
	return digits;
}

static void show(struct log *log, const char *title, const char *path)
{
	struct cmd *cmd = log->cmd;
	const struct iv_view view = {.write = write,
				     .data = cmd,
				     .color = cmd->color,
				     .today = cmd->today,
				     .from = log->from,
				     .to = log->to};
	const struct iv_log shown = {
		.title = title,
		.path = path,
		.items = log->items,
		.count = log->count,
		.abbrev = abbreviate(&log->history),
		.authors = cmd->verbose || several_authors(log),
		.subjects = cmd->verbose,
		.all = cmd->verbose,
	};

	if (cmd_has(cmd, "oneline"))
		iv_log_oneline(&view, &shown);
	else if (strcmp(cmd->format, "json") == 0)
		iv_log_json(&view, &shown);
	else if (strcmp(cmd->format, "jsonl") == 0)
		iv_log_jsonl(&view, &shown);
	else if (strcmp(cmd->format, "markdown") == 0)
		iv_log_markdown(&view, &shown);
	else
		iv_log_text(&view, &shown);
}

static void warn_of_damage(struct cmd *cmd, const struct history *history)
{
	if (history->damaged > 1)
		cmd_warn(cmd, "%s (and %zu more)", history->why, history->damaged - 1);
	else
		cmd_warn(cmd, "%s", history->why);
}

static int finish(struct log *log, const char *title, const char *path)
{
	struct cmd *cmd = log->cmd;
	bool json = !strcmp(cmd->format, "json");

	if (!log->count && log->history.empty)
		cmd_say(cmd, "no commit yet: 'ivnotes commit' makes the first one");
	else if (!log->count && !log->broken && !log->history.cut)
		cmd_say(cmd, "nothing happened%s",
			log->from == IV_NO_DAY && log->to == IV_NO_DAY ? "" : " on these days");
	else if (log->count && !json && !cmd_has(cmd, "no-pager") &&
		 strcmp(cmd->format, "jsonl") != 0)
		pager_start(cmd);
	if (log->count || json)
		show(log, title, path);
	if (log->history.cut) {
		cmd_flush(cmd);
		cmd_say(cmd,
			"this is a shallow clone: what commit %.7s and those before it changed is "
			"not known; 'git fetch --unshallow' gets them",
			log->history.cut);
	}
	if (log->history.damaged) {
		cmd_flush(cmd);
		warn_of_damage(cmd, &log->history);
	}
	return log->count ? CMD_OK : CMD_FOUND;
}

/* ---- the ways to tell it ---- */

static int tell_of(struct log *log, char **paths, size_t count)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_buf bytes = IV_BUF_INIT;
	struct iv_note *note = NULL;
	char *shown = NULL;
	int status;

	if (count == 1 && !cmd_read(&bytes, log->cmd, paths[0], NULL))
		note = iv_note_parse(iv_str_of(paths[0]), iv_buf_view(&bytes),
				     iv_config_syntax(log->cmd->config));
	if (note && note->type == IV_TYPE_CONTACT) {
		shown = cmd_relative(log->cmd, paths[0]);
		status = log_story(log, note, paths[0], &error) ? cmd_fail(log->cmd, &error)
								: CMD_OK;
		if (!status)
			status = finish(log, iv_arena_str(log->arena, note->name).ptr, shown);
	} else {
		log_tell_all(log, paths, count);
		status = finish(log, NULL, NULL);
	}
	free(shown);
	iv_note_free(note);
	iv_buf_release(&bytes);
	return status;
}

static int tell(struct log *log, int count, char **words)
{
	char **paths = iv_calloc((size_t)count + 1, sizeof(*paths));
	int status = count ? cmd_open(log->cmd, CMD_INDEX) : CMD_OK;

	for (int i = 0; !status && i < count; i++)
		status = find(&paths[i], log, words[i]);
	if (!status)
		status = tell_of(log, paths, (size_t)count);
	for (int i = 0; i < count; i++)
		free(paths[i]);
	free(paths);
	return status;
}

static void release(struct log *log)
{
	iv_past_commits_release(&log->commits);
	iv_map_release(&log->names);
	free(log->name_texts);
	free(log->items);
	for (size_t i = 0; i < log->now_count; i++)
		iv_acts_release(&log->now[i]);
	free(log->now);
	if (log->is_moved_known)
		moved_close(&log->moved);
	history_close(&log->history);
	iv_arena_free(log->arena);
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct iv_error error = IV_ERROR_INIT;
	struct log log = {.cmd = cmd, .arena = iv_arena_new()};
	int status = check(cmd), broken = CMD_OK;

	if (!status)
		status = read_days(&log);
	log.for_people = cmd->format && strncmp(cmd->format, "json", 4) != 0;
	if (!status)
		broken = history_open(&log.history, cmd);
	log.broken = broken != CMD_OK;
	if (!status && (!log.history.past || (broken && !log.history.count)))
		status = broken;
	if (!status && history_read(&log.commits, &log.history, cmd, &error))
		status = cmd_fail(cmd, &error);
	if (!status) {
		log_names(&log);
		status = cmd_has(cmd, "deleted") ? log_deleted(&log, count, words)
						 : tell(&log, count, words);
	}
	release(&log);
	return broken ? broken : status;
}
