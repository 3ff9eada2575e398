/* diff: what two versions of the vault differ in, field by field and task by task. */
#include <stdlib.h>
#include <string.h>

#include "cmd/diff/people.h"
#include "cmd/diff/sides.h"
#include "cmd/frame/frame.h"
#include "cmd/frame/pager.h"
#include "view/diff.h"

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {
	{"stat", 0, NULL, "only how much of each file differs", OPTION_FLAG, NULL},
	{"exit-code", 0, NULL, "exit with 1 when there is a difference", OPTION_FLAG, NULL},
	{"no-pager", 0, NULL, "show all at once, also on a terminal", OPTION_FLAG, NULL},
	{0},
};

static const char *const formats[] = {"text", "json", NULL};

const struct command cmd_diff = {
	.name = "diff",
	.group = GROUP_GIT,
	.summary = "show what changed, field by field and task by task",
	.usage = "[--stat] [--exit-code] [--no-pager] [REV [REV]|REV..REV] [--] [REF ...]",
	.options = options,
	.formats = formats,
	.max = -1,
	.operands = {OPERAND_PLACE},
	.needs = CMD_REPOSITORY | CMD_PRESENT,
	.run = run,
};

struct diff {
	struct cmd *cmd;
	struct sides sides;
	struct iv_differences differences;
	bool *kept;
	struct people people;
	struct iv_diff_count *counts; /* with --stat */
	size_t shown;
	bool stat, json;
};

/* One side of a file. */
struct version {
	char *bytes; /* NULL: it is not there, or too large */
	size_t len;
	struct iv_note *note;
};

/* ---- a file on both sides ---- */

static bool is_note(const struct cmd *cmd, const char *path)
{
	return iv_vault_holds(cmd->config, iv_str_of(path));
}

static int read_version(struct version *out, struct diff *diff, const char *path, const char *id,
			struct iv_error *error)
{
	struct cmd *cmd = diff->cmd;
	int rc;

	*out = (struct version){NULL, 0, NULL};
	if (!id)
		return 0;
	rc = iv_repo_bytes(&out->bytes, &out->len, cmd->repo, id, error);
	if (rc == IV_ELIMIT && is_note(cmd, path)) {
		out->note = iv_note_unreadable(iv_str_of(path), "encoding", error->message);
		iv_error_release(error);
		return 0;
	}
	if (rc)
		return iv_error_at(error, path, (struct iv_pos){0, 0});
	if (is_note(cmd, path))
		out->note = iv_note_parse(iv_str_of(path), (struct iv_str){out->bytes, out->len},
					  iv_config_syntax(cmd->config));
	return 0;
}

static void release_version(struct version *version)
{
	iv_note_free(version->note);
	free(version->bytes);
}

static struct iv_str whole(const struct version *version)
{
	return (struct iv_str){version->bytes, version->len};
}

static bool is_binary(const struct version *version)
{
	return version->bytes && memchr(version->bytes, '\0', version->len);
}

static bool is_text_changed(const struct iv_acts *acts)
{
	for (size_t i = 0; i < acts->count; i++)
		if (acts->items[i].verb == IV_ACT_TEXT_CHANGED)
			return true;
	return false;
}

/* ---- patches ---- */

/* What git shows of a file that is no note. */
static int patch_file(char **out, const struct iv_difference *one, const struct version *before,
		      const struct version *after, struct iv_error *error)
{
	struct iv_buf text = IV_BUF_INIT;

	if (!is_binary(before) && !is_binary(after))
		return iv_patch(out, one->path, whole(before), whole(after), error);
	iv_buf_printf(&text, "Binary files a/%s and b/%s differ\n", one->path, one->path);
	*out = iv_buf_detach(&text);
	return 0;
}

static int patch_text(char **out, const struct version *before, const struct version *after,
		      struct iv_error *error)
{
	static const struct iv_note none;
	const struct iv_note *old = before->note ? before->note : &none;
	const struct iv_note *new = after->note ? after->note : &none;
	struct iv_patch_lines lines;
	int rc =
		iv_patch_hunks(&lines, old->body, new->body, old->body_line, new->body_line, error);

	*out = lines.text;
	return rc;
}

/* All lines of the file: for their number, and to be shown where nothing else can be told. */
static int patch_whole(struct iv_patch_lines *out, const struct version *before,
		       const struct version *after, struct iv_error *error)
{
	*out = (struct iv_patch_lines){NULL, 0, 0};
	if (is_binary(before) || is_binary(after))
		return 0;
	return iv_patch_hunks(out, whole(before), whole(after), 0, 0, error);
}

static int make_patch(char **out, const struct iv_difference *one, const struct iv_diff_file *file,
		      const struct version *before, const struct version *after,
		      struct iv_patch_lines *lines, struct iv_error *error)
{
	if (!file->note)
		return patch_file(out, one, before, after, error);
	if (is_text_changed(file->acts))
		return patch_text(out, before, after, error);
	if (!file->acts->count) {
		*out = lines->text;
		lines->text = NULL;
	}
	return 0;
}

/* ---- showing ---- */

static void show(struct diff *diff, const struct iv_diff_file *file)
{
	struct cmd *cmd = diff->cmd;
	char *path = cmd_relative(cmd, file->path);
	struct iv_diff_style style = {cmd->color, cmd->today, path};

	if (diff->json) {
		iv_view_diff_json_file(&cmd->out, file, !diff->shown, cmd->today);
	} else if (diff->stat) {
		diff->counts[diff->shown] = iv_view_diff_counted(
			file, iv_arena_str(cmd->own->arena, iv_str_of(path)).ptr);
	} else {
		iv_buf_puts(&cmd->out, diff->shown ? "\n" : "");
		iv_view_diff(&cmd->out, file, &style);
	}
	diff->shown++;
	cmd_drain(cmd);
	free(path);
}

static int compare(struct diff *diff, const struct iv_difference *one, const struct version *before,
		   const struct version *after, struct iv_error *error)
{
	static const char *const kinds[] = {[IV_CHANGE_ADDED] = "added",
					    [IV_CHANGE_MODIFIED] = "modified",
					    [IV_CHANGE_REMOVED] = "removed"};
	const struct iv_acts_how how = {diff->cmd->today, people_look_up, &diff->people};
	struct iv_acts acts = {NULL, 0, NULL};
	struct iv_patch_lines lines;
	struct iv_diff_file file = {.kind = kinds[one->kind],
				    .path = one->path,
				    .from = one->from,
				    .note = after->note ? after->note : before->note,
				    .acts = &acts,
				    .same_bytes = one->before && one->after &&
						  !strcmp(one->before, one->after)};
	char *patch = NULL;
	int rc = patch_whole(&lines, before, after, error);

	file.inserted = lines.inserted;
	file.deleted = lines.deleted;
	if (file.note)
		iv_acts_find(&acts, before->note, after->note, &how);
	if (!rc && !diff->stat)
		rc = make_patch(&patch, one, &file, before, after, &lines, error);
	file.patch = patch ? patch : "";
	if (!rc)
		show(diff, &file);
	iv_acts_release(&acts);
	free(lines.text);
	free(patch);
	return rc;
}

static int compare_one(struct diff *diff, const struct iv_difference *one, struct iv_error *error)
{
	struct version before = {NULL, 0, NULL}, after = {NULL, 0, NULL};
	int rc = read_version(&before, diff, one->from ? one->from : one->path, one->before, error);

	if (!rc)
		rc = read_version(&after, diff, one->path, one->after, error);
	if (!rc)
		rc = compare(diff, one, &before, &after, error);
	release_version(&before);
	release_version(&after);
	return rc;
}

/* ---- all of them ---- */

static int show_all(struct diff *diff)
{
	struct cmd *cmd = diff->cmd;
	int status = CMD_OK;

	if (diff->json)
		iv_view_diff_json_begin(&cmd->out, diff->sides.from, diff->sides.to);
	for (size_t i = 0; i < diff->differences.count; i++) {
		struct iv_error error = IV_ERROR_INIT;

		if (diff->kept[i] && compare_one(diff, &diff->differences.items[i], &error)) {
			cmd_flush(cmd);
			status = cmd_fail(cmd, &error);
		}
		iv_error_release(&error);
	}
	if (diff->json)
		iv_view_diff_json_end(&cmd->out);
	else if (diff->stat)
		iv_view_diff_stat(&cmd->out, diff->counts, diff->shown);
	if (!status && diff->shown && cmd_has(cmd, "exit-code"))
		status = CMD_FOUND;
	return status;
}

/* Without a revision the last commit; its id is told in JSON. */
static void find_last(struct diff *diff)
{
	struct iv_revision revision;
	struct cmd *cmd = diff->cmd;

	if (!diff->sides.from && !iv_repo_revision(&revision, cmd->repo, "HEAD", NULL))
		diff->sides.from = iv_arena_str(cmd->own->arena, iv_str_of(revision.id)).ptr;
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct diff diff = {.cmd = cmd,
			    .people = {.cmd = cmd, .moved = &diff.differences},
			    .stat = cmd_has(cmd, "stat"),
			    .json = strcmp(cmd->format, "json") == 0};
	struct iv_error error = IV_ERROR_INIT;
	int status = sides_read(&diff.sides, cmd, count, words);

	if (status)
		return status;
	find_last(&diff);
	if (iv_repo_differences(&diff.differences, cmd->repo, diff.sides.from, diff.sides.to,
				&error))
		return cmd_fail(cmd, &error);
	diff.counts = iv_calloc(diff.differences.count + 1, sizeof(*diff.counts));
	status = sides_limit(&diff.kept, cmd, &diff.sides, &diff.differences);
	if (!status && !diff.json && diff.differences.count && !cmd_has(cmd, "no-pager"))
		pager_start(cmd);
	if (!status)
		status = show_all(&diff);
	people_release(&diff.people);
	iv_differences_release(&diff.differences);
	free(diff.counts);
	free(diff.kept);
	return status;
}
