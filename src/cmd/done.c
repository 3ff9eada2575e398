/* done: a task is ticked, or crossed out. */
#include <stdlib.h>
#include <string.h>

#include "cmd/change/change.h"

/* Tasks that a message lists. */
#define LISTED_MAX 5

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {
	{"cancel", 0, NULL, "cross it out: it will not be done", OPTION_FLAG, NULL},
	CHANGE_OPTIONS,
	{0},
};

const struct command cmd_done = {
	.name = "done",
	.group = GROUP_RECORD,
	.summary = "tick a task, or cross it out",
	.usage = "[--cancel] [-n] [-f] REF:LINE|TEXT ...",
	.options = options,
	.min = 1,
	.max = -1,
	.operands = {OPERAND_NOTE},
	.needs = CMD_INDEX | CMD_PRESENT,
	.run = run,
};

/* ---- by its line ---- */

/* "meetings/a.md:12" and "meetings/a.md:12:3: …", as findings are printed, and its REF. */
static bool read_place(char **ref, int *line, const char *word)
{
	struct iv_str text = iv_str_of(word);
	for (size_t i = 1; i + 1 < text.len; i++) {
		struct iv_str rest = iv_str_slice(text, i + 1, text.len);
		struct iv_str number = iv_str_slice(rest, 0, iv_str_find_char(rest, ':'));
		if (text.ptr[i] != ':' || !iv_str_int(line, number) || *line < 1)
			continue;
		*ref = iv_strndup(word, i);
		return true;
	}
	return false;
}

static int no_task(const struct change_note *note, int line, struct iv_error *error)
{
	struct iv_buf open = IV_BUF_INIT;
	size_t count = 0;
	for (size_t i = 0; i < note->note->task_count; i++)
		if (note->note->tasks[i].state == IV_TASK_OPEN)
			iv_buf_printf(&open, "%s%u", count++ ? ", " : "",
				      (unsigned)note->note->tasks[i].pos.line);
	iv_error_set(error, IV_ENOTFOUND, "'%s' has no open task in line %d; %s%s", note->path,
		     line, count ? "there are some in lines " : "there is none in it at all",
		     count ? open.ptr : "");
	iv_buf_release(&open);
	return IV_ENOTFOUND;
}

static const struct iv_task *task_at(const struct iv_note *note, int line)
{
	for (size_t i = 0; i < note->task_count; i++)
		if (note->tasks[i].pos.line == (uint32_t)line &&
		    note->tasks[i].state == IV_TASK_OPEN)
			return &note->tasks[i];
	return NULL;
}

static const struct iv_record *follow_up_at(const struct iv_note *note, int line)
{
	for (size_t i = 0; i < note->record_count; i++)
		if (note->records[i].pos.line == (uint32_t)line && !note->records[i].skipped &&
		    strcmp(note->records[i].field, "follow-up") == 0)
			return &note->records[i];
	return NULL;
}

/* What is done next stands in `follow-up` as long as it is not. */
static int drop(struct change *change, struct change_note *note, const struct iv_record *record,
		struct iv_error *error)
{
	size_t index = iv_edit_item_at(note->edit, record->field, record->pos);
	struct iv_str text = record->text.len ? record->text : note->note->name;
	if (index == SIZE_MAX)
		return iv_error_set(error, IV_EREFUSED,
				    "'%s' holds the follow-up in line %u in a way that cannot be "
				    "edited; remove it by hand",
				    note->path, (unsigned)record->pos.line);
	change_say(change, note->path, "%s '%.*s'",
		   cmd_has(change->cmd, "cancel") ? "crossed out" : "done with", IV_STR_ARG(text));
	return change_remove_item(note, record->field, index, error);
}

static int tick(struct change *change, struct change_note *note, int line, struct iv_error *error)
{
	bool cancel = cmd_has(change->cmd, "cancel");
	const struct iv_task *task = task_at(note->note, line);
	const struct iv_record *record = follow_up_at(note->note, line);
	if (!task)
		return record ? drop(change, note, record, error) : no_task(note, line, error);
	change_say(change, note->path, "%s '%.*s'", cancel ? "crossed out" : "ticked",
		   IV_STR_ARG(task->text));
	return change_tick(note, (uint32_t)line, cancel ? IV_TASK_CANCELLED : IV_TASK_DONE, error);
}

/* ---- by its text ---- */

static int several(const struct iv_task_places *places, const char *word, struct iv_error *error)
{
	struct iv_buf list = IV_BUF_INIT;
	for (size_t i = 0; i < places->count && i < LISTED_MAX; i++)
		iv_buf_printf(&list, "%s'%s:%u' (%s)", i ? ", " : "", places->items[i].path,
			      (unsigned)places->items[i].line, places->items[i].text);
	if (places->count > LISTED_MAX)
		iv_buf_printf(&list, " and %zu more", places->count - LISTED_MAX);
	iv_error_set(error, IV_EAMBIGUOUS, "'%s' could be any of %s", word, list.ptr);
	iv_buf_release(&list);
	return IV_EAMBIGUOUS;
}

static int tick_place(struct change *change, const struct iv_task_place *place,
		      struct iv_error *error)
{
	struct change_note *note = NULL;
	int rc = change_open_path(&note, change, place->path, error);
	return rc ? rc : tick(change, note, (int)place->line, error);
}

static int tick_text(struct change *change, const char *word, struct iv_error *error)
{
	struct iv_task_places places;
	int rc = iv_index_tasks(&places, change->cmd->index, NULL, iv_str_of(word), error);
	if (rc)
		return rc;
	if (!places.count)
		rc = iv_error_set(error, IV_ENOTFOUND, "no open task says '%s'", word);
	else if (places.count > 1)
		rc = several(&places, word, error);
	else
		rc = tick_place(change, &places.items[0], error);
	iv_task_places_release(&places);
	return rc;
}

static int tick_word(struct change *change, const char *word, struct iv_error *error)
{
	struct change_note *note = NULL;
	char *ref = NULL;
	int line, rc;
	if (!read_place(&ref, &line, word))
		return tick_text(change, word, error);
	rc = change_open(&note, change, ref, error);
	free(ref);
	return rc ? rc : tick(change, note, line, error);
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct change change = CHANGE_INIT(cmd);
	struct iv_error error = IV_ERROR_INIT;
	int rc = 0;
	for (int i = 0; !rc && i < count; i++)
		rc = tick_word(&change, words[i], &error);
	return change_end(&change, rc, &error);
}
