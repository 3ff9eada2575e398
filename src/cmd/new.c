/* new: a note of a person, a meeting or an organization, from a template. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "cmd/frame/editor.h"
#include "cmd/new/new.h"

#define STDIN_MAX ((size_t)1 << 20)

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {
	{"id", 0, "ID", "the id of the note, instead of one made of the name", OPTION_TEXT, NULL},
	{"edit", 'e', NULL, "open it in your editor", OPTION_FLAG, NULL},
	{"dry-run", 'n', NULL, "print the note, and write nothing", OPTION_FLAG, NULL},
	{"force", 'f', NULL, "make it though one of that name is there", OPTION_FLAG, NULL},
	{0},
};

static const char *const types[] = {"contact", "meeting", "organization", NULL};

const struct command cmd_new = {
	.name = "new",
	.group = GROUP_RECORD,
	.summary = "begin a note of a person, a meeting or an organization",
	.usage = "[-e] [-f] [-n] [--id ID] [--FIELD VALUE ...] contact|meeting|organization "
		 "NAME|REF|- ...",
	.options = options,
	.min = 2,
	.max = -1,
	.takes_fields = true,
	.operands = {OPERAND_WORD, OPERAND_CONTACT},
	.words = types,
	.needs = CMD_INDEX | CMD_PRESENT,
	.run = run,
};

/* ---- the words ---- */

static int read_type(struct new_note *note, const char *word)
{
	const struct iv_syntax *syntax = iv_config_syntax(note->cmd->config);
	struct iv_meant meant = {.word = iv_str_of(word)};
	note->type = iv_type_linked(syntax, iv_str_of(word));
	if (note->type != IV_TYPE_NONE)
		return 0;
	iv_meant_offer_all(&meant, types);
	if (meant.count)
		return cmd_usage(note->cmd, "unknown type '%s', %s", word,
				 cmd_meant(note->cmd, &meant));
	return cmd_usage(note->cmd,
			 "expected contact, meeting or organization before the name, not '%s'",
			 word);
}

static int read_stdin(struct new_note *note)
{
	struct iv_buf text = IV_BUF_INIT;
	char bytes[4096];
	ssize_t got;
	int rc = 0;
	while ((got = read(STDIN_FILENO, bytes, sizeof(bytes))) > 0 && text.len <= STDIN_MAX)
		iv_buf_add(&text, bytes, (size_t)got);
	if (got < 0) {
		cmd_warn(note->cmd, "stdin: %s", strerror(errno));
		rc = CMD_FAILED;
	} else if (text.len > STDIN_MAX) {
		rc = cmd_usage(note->cmd, "stdin: over 1 MiB, expected one JSON object");
	} else {
		rc = new_read_json(note, iv_buf_view(&text));
	}
	iv_buf_release(&text);
	return rc;
}

/* A name may come as several words. `-` stands for stdin. */
static int read_operands(struct new_note *note, int count, char **words, bool *from_stdin)
{
	bool meets = note->type == IV_TYPE_MEETING, named = !meets && new_field_find(note, "name");
	struct iv_buf name = IV_BUF_INIT;
	int rc = 0;
	for (int i = 0; !rc && i < count; i++) {
		if (strcmp(words[i], "-") == 0)
			*from_stdin = true;
		else if (meets)
			rc = new_field_put(note, "contact", "REF", iv_str_of(words[i]));
		else
			iv_buf_printf(&name, "%s%s", name.len ? " " : "", words[i]);
	}
	if (name.len && named)
		rc = cmd_usage(note->cmd, "the name is given twice: '%s' and with --name",
			       name.ptr);
	else if (name.len)
		rc = new_field_put(note, "name", "NAME", iv_buf_view(&name));
	iv_buf_release(&name);
	return rc;
}

/* Is all there that the note cannot do without? */
static int check_whole(struct new_note *note)
{
	const struct new_field *name = new_field_find(note, "name");
	if (note->type == IV_TYPE_MEETING && !new_field_find(note, "contact"))
		return cmd_usage(note->cmd, "whom is the meeting with? Expected a contact, such as "
					    "'ivnotes new meeting jane-green --date tomorrow'");
	if (note->type == IV_TYPE_MEETING && !new_field_find(note, "date"))
		return cmd_usage(note->cmd, "when is the meeting? Expected a day and perhaps a "
					    "time, such as --date 'next tue 14:00'");
	if (note->type != IV_TYPE_MEETING && !name)
		return cmd_usage(note->cmd, "the name is missing: 'ivnotes new %s NAME'",
				 iv_type_word(note->type));
	if (name)
		note->name = name->values[0];
	return 0;
}

static int read_words(struct new_note *note, int count, char **words)
{
	bool from_stdin = false;
	int rc = read_type(note, words[0]);
	if (!rc)
		rc = new_read_options(note);
	if (!rc)
		rc = read_operands(note, count - 1, words + 1, &from_stdin);
	if (!rc && from_stdin && cmd_has(note->cmd, "edit"))
		rc = cmd_usage(note->cmd,
			       "an editor needs the terminal; with '-' leave --edit out");
	else if (!rc && from_stdin)
		rc = read_stdin(note);
	return rc ? rc : check_whole(note);
}

/* ---- making it ---- */

static int prepare(struct new_note *note, struct iv_error *error)
{
	int rc = iv_index_query(&note->rows, note->cmd->index, NULL, error);
	if (!rc && note->type == IV_TYPE_MEETING)
		rc = new_find_people(note, error);
	if (!rc)
		rc = new_find_place(note, error);
	return rc ? rc : new_fill(note, error);
}

static bool is_as_made(const struct new_note *note, const char *path)
{
	struct iv_buf bytes = IV_BUF_INIT;
	bool same = !iv_file_read(&bytes, path, IV_NOTE_SIZE_MAX, NULL) &&
		    iv_str_eq(iv_buf_view(&bytes), iv_buf_view(&note->text));
	iv_buf_release(&bytes);
	return same;
}

/* An editor that fails leaves nothing behind but what was written in it. */
static void take_back(const struct new_note *note, const char *seen)
{
	char *path = iv_path_join(note->cmd->root, note->path);
	if (is_as_made(note, path) && !unlink(path))
		cmd_warn(note->cmd, "nothing was written");
	else
		cmd_warn(note->cmd, "'%s' stays as you left it", seen);
	free(path);
}

/* The path as it is for programs, visible for eyes. */
static void say_path(struct cmd *cmd, const char *seen)
{
	if (isatty(STDOUT_FILENO))
		iv_buf_visible(&cmd->out, iv_str_of(seen), true);
	else
		iv_buf_puts(&cmd->out, seen);
	iv_buf_putc(&cmd->out, '\n');
}

static int put(struct new_note *note, struct iv_error *error)
{
	struct cmd *cmd = note->cmd;
	char *seen = cmd_relative(cmd, note->path);
	int rc = CMD_OK;
	if (cmd_has(cmd, "dry-run")) {
		iv_buf_str(&cmd->out, iv_buf_view(&note->text));
		cmd_say(cmd, "would make '%s'", seen);
	} else if (new_write(note, error)) {
		rc = cmd_fail(cmd, error);
	} else if (cmd_has(cmd, "edit") && (rc = editor_open(cmd, note->path, 0))) {
		take_back(note, seen);
	} else {
		say_path(cmd, seen);
	}
	free(seen);
	return rc;
}

void new_release(struct new_note *note)
{
	iv_rows_release(&note->rows);
	iv_buf_release(&note->text);
	free(note->fields);
	free(note->folder);
	free(note->path);
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct iv_error error = IV_ERROR_INIT;
	struct new_note note = {.cmd = cmd,
				.arena = cmd->own->arena,
				.id = cmd_text(cmd, "id"),
				.day = IV_NO_DAY,
				.minute = -1};
	int rc = read_words(&note, count, words);
	if (!rc)
		rc = prepare(&note, &error);
	if (!rc)
		rc = put(&note, &error);
	new_release(&note);
	return rc < 0 ? cmd_fail(cmd, &error) : rc;
}
