#include "cmd/change/change.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <ivnotes/vcs.h>

#include "cmd/frame/frame.h"
#include "cmd/change/next.h"
#include "cmd/change/sound.h"
#include "view/words.h"

/* ---- notes ---- */

static struct change_note *find_note(const struct change *change, const char *path)
{
	for (size_t i = 0; i < change->count; i++)
		if (strcmp(change->notes[i]->path, path) == 0)
			return change->notes[i];
	return NULL;
}

static struct change_note *add_note(struct change *change, const char *path)
{
	struct change_note *note = iv_calloc(1, sizeof(*note));
	note->path = iv_strdup(path);
	IV_GROW(change->notes, change->count, change->capacity);
	change->notes[change->count++] = note;
	return note;
}

/* The path stays where it is as long as the edit needs it. */
static void begin(struct change_note *note, const struct change *change, struct iv_str bytes)
{
	note->edit =
		iv_edit_new(iv_str_of(note->path), bytes, iv_config_syntax(change->cmd->config));
	note->note = iv_edit_note(note->edit);
}

struct change_note *change_new(struct change *change, const char *path, struct iv_str bytes)
{
	struct change_note *note = add_note(change, path);
	note->is_new = true;
	begin(note, change, bytes);
	return note;
}

/* An empty note has bytes, too: absent ones would say that there is no file. */
static int read_note(struct change_note *note, struct change *change, struct iv_error *error)
{
	iv_buf_reserve(&note->before, 1);
	int rc = cmd_read(&note->before, change->cmd, note->path, error);
	if (!rc)
		begin(note, change, iv_buf_view(&note->before));
	return rc;
}

int change_open_path(struct change_note **out, struct change *change, const char *path,
		     struct iv_error *error)
{
	*out = find_note(change, path);
	if (*out && (*out)->edit)
		return 0;
	if (!*out)
		*out = add_note(change, path);
	return read_note(*out, change, error);
}

static int open_as(struct change_note **out, struct change *change, const char *word,
		   unsigned types, struct iv_error *error)
{
	char *path = NULL;
	int rc = cmd_resolve_as(&path, change->cmd, word, types, error);
	if (!rc)
		rc = change_open_path(out, change, path, error);
	free(path);
	return rc;
}

int change_open(struct change_note **out, struct change *change, const char *word,
		struct iv_error *error)
{
	return open_as(out, change, word, ~(1u << IV_TYPE_MEETING), error);
}

int change_open_person(struct change_note **out, struct change *change, const char *word,
		       struct iv_error *error)
{
	return open_as(out, change, word, 1u << IV_TYPE_CONTACT, error);
}

int change_contact(struct change_note **out, struct change *change, const char *word,
		   struct iv_error *error)
{
	int rc = change_open_person(out, change, word, error);
	if (rc || (*out)->note->type == IV_TYPE_CONTACT)
		return rc;
	const char *type = iv_type_word((*out)->note->type);
	return iv_error_set(error, IV_EREFUSED, "'%s' is %s%s, expected a contact", (*out)->path,
			    *type == '\0'  ? "a note of no type"
			    : *type == 'o' ? "an "
					   : "a ",
			    type);
}

/* ---- edits ---- */

static int edited(struct change_note *note, int rc)
{
	note->note = iv_edit_note(note->edit);
	return rc;
}

int change_set(struct change_note *note, const char *key, const struct iv_str *values, size_t count,
	       struct iv_error *error)
{
	const struct iv_field *field = iv_note_field(note->note, key);
	if (count == 1 && !(field && field->value.kind == IV_VALUE_LIST))
		return edited(note, iv_edit_set(note->edit, key, *values, error));
	return edited(note, iv_edit_set_list(note->edit, key, values, count, error));
}

int change_add(struct change_note *note, const char *key, struct iv_str value,
	       struct iv_error *error)
{
	return edited(note, iv_edit_add(note->edit, key, value, error));
}

int change_insert(struct change_note *note, const char *key, size_t index, struct iv_str value,
		  struct iv_error *error)
{
	return edited(note, iv_edit_insert(note->edit, key, index, value, error));
}

int change_add_once(struct change_note *note, const char *key, struct iv_str value,
		    struct iv_error *error)
{
	bool there = iv_edit_item_of(note->edit, key, value) != SIZE_MAX;
	return there ? 0 : change_add(note, key, value, error);
}

int change_item(struct change_note *note, const char *key, size_t index, struct iv_str value,
		struct iv_error *error)
{
	return edited(note, iv_edit_replace_item(note->edit, key, index, value, error));
}

int change_remove_item(struct change_note *note, const char *key, size_t index,
		       struct iv_error *error)
{
	const struct iv_field *field = iv_note_field(note->note, key);
	bool last = field && (field->value.kind != IV_VALUE_LIST || field->value.count < 2);
	return edited(note, last ? iv_edit_remove(note->edit, key, error)
				 : iv_edit_remove_item(note->edit, key, index, error));
}

int change_remove(struct change_note *note, const char *key, struct iv_error *error)
{
	return edited(note, iv_edit_remove(note->edit, key, error));
}

int change_tick(struct change_note *note, uint32_t line, enum iv_task_state state,
		struct iv_error *error)
{
	return edited(note, iv_edit_tick(note->edit, line, state, error));
}

int change_put_section(struct change_note *note, const char *section, struct iv_str text,
		       enum iv_edit_put mode, struct iv_error *error)
{
	return edited(note, iv_edit_put_section(note->edit, section, text, mode, error));
}

/* ---- writing ---- */

bool change_differs(const struct change_note *note)
{
	return note->edit &&
	       (note->is_new || !iv_str_eq(iv_buf_view(&note->before), iv_edit_bytes(note->edit)));
}

static struct iv_str before(const struct change_note *note)
{
	return note->is_new ? (struct iv_str){NULL, 0} : iv_buf_view(&note->before);
}

void change_add_patch(struct iv_buf *out, struct iv_str patch)
{
	struct iv_str line;
	while (iv_str_line(&line, &patch)) {
		struct iv_str end = {line.ptr + line.len,
				     (size_t)(patch.ptr - (line.ptr + line.len))};
		iv_buf_visible(out, line, true);
		if (iv_str_ends(end, "\n"))
			iv_buf_str(out, end);
		else
			iv_buf_visible(out, end, true);
	}
}

static int show_diff(const struct change *change, struct iv_error *error)
{
	int rc = 0;
	for (size_t i = 0; !rc && i < change->count; i++) {
		const struct change_note *note = change->notes[i];
		char *patch = NULL;
		if (change_differs(note))
			rc = iv_patch(&patch, note->path, before(note), iv_edit_bytes(note->edit),
				      error);
		if (patch)
			change_add_patch(&change->cmd->out, iv_str_of(patch));
		free(patch);
	}
	return rc;
}

/* Folders that are missing on the way to the note. None is made behind a link, out of the vault. */
static int make_folders(const struct change *change, const struct change_note *note,
			struct iv_error *error)
{
	char *whole = iv_path_join(change->cmd->root, note->path);
	char *slash = whole + strlen(change->cmd->root);
	struct stat st;
	int rc = 0;
	while (!rc && (slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		if (lstat(whole, &st))
			rc = iv_folder_make(whole, 0700, error);
		else if (!S_ISDIR(st.st_mode))
			rc = iv_error_set(error, IV_EREFUSED,
					  "cannot write '%s': '%s' is no folder", note->path,
					  whole);
		*slash = '/';
	}
	free(whole);
	return rc;
}

static int write_notes(struct change *change, struct iv_error *error)
{
	struct iv_file_change *files = iv_calloc(change->count, sizeof(*files));
	size_t count = 0;
	int rc = 0;
	for (size_t i = 0; !rc && i < change->count; i++) {
		const struct change_note *note = change->notes[i];
		if (!change_differs(note))
			continue;
		files[count++] = (struct iv_file_change){.path = note->path,
							 .bytes = iv_edit_bytes(note->edit),
							 .expected = before(note)};
		if (note->is_new)
			rc = make_folders(change, note, error);
	}
	if (!rc)
		rc = iv_files_write(change->cmd->root, files, count, error);
	free(files);
	return rc;
}

/* ---- telling ---- */

void change_day(struct iv_buf *out, const struct cmd *cmd, iv_day day)
{
	int year = iv_civil_of(day).year;
	iv_view_day(out, day);
	if (year != iv_civil_of(cmd->today).year)
		iv_buf_printf(out, " %d", year);
}

void change_say(struct change *change, const char *about, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	char *text = iv_malloc((size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, format, args);
	va_end(args);
	IV_GROW(change->lines, change->line_count, change->line_capacity);
	change->lines[change->line_count++] =
		(struct change_line){text, about ? iv_strdup(about) : NULL};
}

/* What is owed next to one and the same stands behind the last line about them. */
static bool is_last_about(const struct change *change, size_t line)
{
	const char *path = change->lines[line].path;
	for (size_t i = line + 1; path && i < change->line_count; i++)
		if (change->lines[i].path && strcmp(change->lines[i].path, path) == 0)
			return false;
	return path != NULL;
}

static int tell(const struct change *change, struct iv_error *error)
{
	struct cmd *cmd = change->cmd;
	struct iv_buf line = IV_BUF_INIT;
	int rc = 0;
	for (size_t i = 0; !rc && !cmd->quiet && i < change->line_count; i++) {
		iv_buf_clear(&line);
		iv_buf_puts(&line, change->lines[i].text);
		if (is_last_about(change, i))
			rc = next_add(&line, cmd, change->lines[i].path, error);
		iv_buf_visible(&cmd->out, iv_buf_view(&line), true);
		iv_buf_putc(&cmd->out, '\n');
	}
	iv_buf_release(&line);
	return rc;
}

/* ---- the end ---- */

static bool changes_anything(const struct change *change)
{
	for (size_t i = 0; i < change->count; i++)
		if (change_differs(change->notes[i]))
			return true;
	return false;
}

/* Writes, and brings the index up to date with it. */
static int carry_out(struct change *change, struct iv_error *error)
{
	struct cmd *cmd = change->cmd;
	struct iv_findings before = {0}, after = {0};
	int rc = sound_broken(&before, change, error);
	if (!rc)
		rc = write_notes(change, error);
	if (!rc)
		rc = iv_refresh(cmd->index, cmd->rules, cmd->source, cmd->today, &cmd->read, error);
	if (!rc)
		rc = sound_broken(&after, change, error);
	if (!rc)
		rc = tell(change, error);
	cmd_flush(cmd);
	sound_tell(cmd, &before, &after);
	iv_findings_release(&before);
	iv_findings_release(&after);
	return rc;
}

static int finish(struct change *change, struct iv_error *error)
{
	struct cmd *cmd = change->cmd;
	int rc = cmd_has(cmd, "force") ? 0 : sound_check(change, error);
	if (rc)
		return rc;
	if (!changes_anything(change)) {
		cmd_say(cmd, "nothing was changed: the notes say so already");
		return 0;
	}
	return cmd_has(cmd, "dry-run") ? show_diff(change, error) : carry_out(change, error);
}

static void release(struct change *change)
{
	for (size_t i = 0; i < change->count; i++) {
		struct change_note *note = change->notes[i];
		iv_edit_free(note->edit);
		iv_buf_release(&note->before);
		free(note->path);
		free(note);
	}
	for (size_t i = 0; i < change->line_count; i++) {
		free(change->lines[i].text);
		free(change->lines[i].path);
	}
	free(change->notes);
	free(change->lines);
}

int change_end(struct change *change, int rc, struct iv_error *error)
{
	if (!rc)
		rc = finish(change, error);
	release(change);
	if (rc > 0)
		return rc;
	return rc ? cmd_fail(change->cmd, error) : CMD_OK;
}
