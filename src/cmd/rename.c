/* rename: another name or folder for a note, and for every reference to it. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <ivnotes/vcs.h>

#include "cmd/change/folder.h"
#include "cmd/frame/frame.h"
#include "cmd/rename/plan.h"
#include "edit/reference.h"
#include "index/names.h"
#include "index/update.h"

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {
	{"dry-run", 'n', NULL, "show the change as a diff, and write nothing", OPTION_FLAG, NULL},
	{0},
};

const struct command cmd_rename = {
	.name = "rename",
	.group = GROUP_RECORD,
	.summary = "give a note another name, and every reference to it",
	.usage = "[-n] REF NEW",
	.options = options,
	.min = 2,
	.max = 2,
	.operands = {OPERAND_NOTE, OPERAND_FOLDER},
	.needs = CMD_INDEX | CMD_PRESENT,
	.run = run,
};

/* ---- the new path ---- */

static bool has_md(const char *word)
{
	size_t len = strlen(word);
	return len > 3 && iv_str_is_nocase(iv_str_of(word + len - 3), ".md");
}

/* NEW as a path: an id stays in the folder, a folder keeps the id. */
static int new_path(char **out, struct cmd *cmd, const char *from, const char *word,
		    struct iv_error *error)
{
	struct iv_str folder = iv_path_folder(iv_str_of(from));
	struct iv_buf path = IV_BUF_INIT;
	size_t len = strlen(word) - (has_md(word) ? 3 : 0);
	int rc = 0;

	if (!strchr(word, '/')) {
		iv_buf_printf(&path, "%.*s%s%.*s.md", IV_STR_ARG(folder), folder.len ? "/" : "",
			      (int)len, word);
	} else {
		struct iv_str name = iv_path_name(iv_str_of(from));
		if (iv_str_ends(iv_str_of(word), "/"))
			iv_buf_printf(&path, "%s%.*s", word, IV_STR_ARG(name));
		else
			iv_buf_printf(&path, "%.*s.md", (int)len, word);
		char *typed = iv_buf_detach(&path);
		rc = cmd_place(out, cmd, typed, error);
		free(typed);
		return rc;
	}
	*out = iv_buf_detach(&path);
	return rc;
}

static struct iv_str id_of(const char *path)
{
	struct iv_str name = iv_path_name(iv_str_of(path));
	return iv_str_slice(name, 0, name.len - 3);
}

/* Nobody else may go by it, whatever the folder and the case: references would mean this note. */
static int check_free(struct cmd *cmd, const char *from, const char *to, struct iv_error *error)
{
	struct iv_arena *arena = iv_arena_new();
	struct iv_names *names = iv_names_new(iv_index_db(cmd->index));
	const struct iv_candidate *found;
	size_t count = iv_names_find(names, iv_fold(arena, id_of(to)), &found);
	int rc = iv_names_error(names, error);

	for (size_t i = 0; !rc && i < count; i++)
		if (strcmp(found[i].path, from) != 0)
			rc = iv_error_set(error, IV_EREFUSED,
					  found[i].rank == IV_RANK_ID
						  ? "'%s' has this id already"
						  : "'%s' is called so, and references by that "
						    "name would no longer mean it",
					  found[i].path);
	iv_names_free(names);
	iv_arena_free(arena);
	return rc;
}

static int check_path(struct cmd *cmd, const char *from, const char *to, struct iv_error *error)
{
	struct iv_str id = id_of(to);
	const char *unfit = iv_move_unfit(id);
	char *whole;
	struct stat st;
	bool there;

	if (strcmp(from, to) == 0)
		return iv_error_set(error, IV_EREFUSED, "'%s' is called so already", from);
	if (unfit)
		return iv_error_set(error, IV_EREFUSED, "'%.*s' can be no id: it %s",
				    IV_STR_ARG(id), unfit);
	if (!iv_vault_holds(cmd->config, iv_str_of(to)))
		return iv_error_set(error, IV_EREFUSED,
				    "'%s' would be no note of the vault: it is in a folder that "
				    "begins with a dot, or the config's 'ignore' leaves it out",
				    to);
	whole = iv_path_join(cmd->root, to);
	there = lstat(whole, &st) == 0;
	free(whole);
	if (there)
		return iv_error_set(error, IV_EREFUSED, "'%s' is there already", to);
	return check_free(cmd, from, to, error);
}

/* ---- showing and writing ---- */

static int show(struct rename_plan *plan, struct iv_error *error)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < plan->count; i++) {
		const struct rename_file *file = &plan->files[i];
		struct iv_str before = iv_buf_view(&file->before);
		struct iv_str after = iv_buf_view(&file->after);
		char *text = NULL;
		rc = i ? iv_patch(&text, file->path, before, after, error)
		       : iv_patch_move(&text, plan->from, plan->to, before, after, error);
		if (!rc)
			iv_buf_puts(&plan->cmd->out, text);
		free(text);
	}
	return rc;
}

/* Nothing at all would say that there must be no such file. */
static struct iv_str bytes_of(const struct iv_buf *buf)
{
	return buf->len ? iv_buf_view(buf) : IV_LIT("");
}

static int write_all(struct rename_plan *plan, struct iv_error *error)
{
	struct iv_file_change *changes = iv_calloc(plan->count + 1, sizeof(*changes));
	size_t there = SIZE_MAX;
	int rc = folder_make(plan->cmd, plan->to, &there, error);

	for (size_t i = 0; i < plan->count; i++) {
		changes[i].path = plan->files[i].path;
		changes[i].bytes = bytes_of(&plan->files[i].after);
		changes[i].expected = bytes_of(&plan->files[i].before);
	}
	changes[0].goes = true;
	changes[plan->count].path = plan->to;
	changes[plan->count].bytes = bytes_of(&plan->files[0].after);
	changes[plan->count].like = plan->from;
	if (!rc)
		rc = iv_files_write(plan->cmd->root, changes, plan->count + 1, error);
	if (rc)
		folder_unmake(plan->cmd, plan->to, there);
	free(changes);
	return rc;
}

/* ---- telling ---- */

static void tell(struct rename_plan *plan)
{
	struct cmd *cmd = plan->cmd;
	struct iv_buf line = IV_BUF_INIT;
	size_t refs = 0, notes = 0;
	char *from = cmd_relative(cmd, plan->from), *to = cmd_relative(cmd, plan->to);

	for (size_t i = 0; i < plan->count; i++) {
		refs += plan->files[i].refs;
		notes += plan->files[i].refs > 0;
	}
	iv_buf_printf(&line, "renamed %s to %s", from, to);
	if (refs)
		iv_buf_printf(&line, "; %zu reference%s in %zu note%s", refs, refs == 1 ? "" : "s",
			      notes, notes == 1 ? "" : "s");
	if (!cmd->quiet) {
		iv_buf_visible(&cmd->out, iv_buf_view(&line), true);
		iv_buf_putc(&cmd->out, '\n');
	}
	cmd_flush(cmd);
	if (plan->found)
		cmd_say(cmd, "%zu reference%s that meant no note mean%s this one now", plan->found,
			plan->found == 1 ? "" : "s", plan->found == 1 ? "s" : "");
	if (!cmd->quiet && (cmd->repo || !iv_repo_open(&cmd->repo, cmd->vault, NULL)))
		cmd_say(cmd, "'ivnotes commit' commits it");
	free(from);
	free(to);
	iv_buf_release(&line);
}

static int rename_note(struct cmd *cmd, const char *from, const char *to, struct iv_error *error)
{
	struct rename_plan plan = {0};
	int rc = check_path(cmd, from, to, error);

	if (!rc)
		rc = rename_plan_make(&plan, cmd, from, to, error);
	if (!rc && cmd_has(cmd, "dry-run")) {
		rc = show(&plan, error);
	} else if (!rc) {
		rc = write_all(&plan, error);
		if (!rc)
			tell(&plan);
	}
	rename_plan_release(&plan);
	return rc;
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct iv_error error = IV_ERROR_INIT;
	char *from = NULL, *to = NULL;
	int rc = cmd_resolve(&from, cmd, words[0], false, &error);

	(void)count;
	if (!rc)
		rc = new_path(&to, cmd, from, words[1], &error);
	if (!rc)
		rc = rename_note(cmd, from, to, &error);
	free(from);
	free(to);
	return rc ? cmd_fail(cmd, &error) : CMD_OK;
}
