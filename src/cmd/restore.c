/* restore: a note as a commit holds it, deleted ones too. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "cmd/change/change.h"
#include "cmd/change/folder.h"
#include "cmd/restore/find.h"
#include "index/names.h"
#include "index/update.h"

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {
	{"dry-run", 'n', NULL, "show the change as a diff, and write nothing", OPTION_FLAG, NULL},
	{"force", 'f', NULL, "write also over what is not committed", OPTION_FLAG, NULL},
	{0},
};

const struct command cmd_restore = {
	.name = "restore",
	.group = GROUP_GIT,
	.summary = "bring a note back as a commit holds it",
	.usage = "[-n] [-f] [--at REV] REF ...",
	.options = options,
	.min = 1,
	.max = -1,
	.operands = {OPERAND_NOTE},
	.needs = CMD_INDEX | CMD_REPOSITORY | CMD_FROM,
	.run = run,
};

/* A note on its way back. */
struct restored {
	struct restore_version version;
	struct iv_checkout after;
	struct iv_buf before;
	bool is_new, same;
	bool is_edited; /* what stands there is in no commit */
	size_t folders; /* how much of its path was there before; SIZE_MAX: all */
};

struct restoring {
	struct cmd *cmd;
	struct restored *items;
	size_t count;
};

static void release(struct restoring *all)
{
	for (size_t i = 0; i < all->count; i++) {
		restore_version_release(&all->items[i].version);
		free(all->items[i].after.bytes);
		iv_buf_release(&all->items[i].before);
	}
	free(all->items);
}

/* ---- may it go there? ---- */

/* References by its id would mean two. */
static int check_id(struct cmd *cmd, const char *path, struct iv_error *error)
{
	struct iv_str id = iv_path_name(iv_str_of(path));
	struct iv_arena *arena = iv_arena_new();
	struct iv_names *names = iv_names_new(iv_index_db(cmd->index));
	const struct iv_candidate *found;
	size_t count =
		iv_names_find(names, iv_fold(arena, iv_str_slice(id, 0, id.len - 3)), &found);
	int rc = iv_names_error(names, error);

	for (size_t i = 0; !rc && i < count; i++)
		if (found[i].rank == IV_RANK_ID && strcmp(found[i].path, path) != 0)
			rc = iv_error_set(error, IV_EREFUSED,
					  "cannot restore '%s': '%s' has this id today", path,
					  found[i].path);
	iv_names_free(names);
	iv_arena_free(arena);
	return rc;
}

/* What no commit holds is not to be had again. */
static int check_committed(struct restored *item, struct cmd *cmd, struct iv_error *error)
{
	const char *path = item->version.path;
	const char *head = item->version.head ? item->version.head : path;
	bool holds = false;
	int rc = iv_repo_holds(&holds, cmd->repo, head, iv_buf_view(&item->before), error);

	item->is_edited = !holds;
	if (!rc && item->is_edited && !cmd_has(cmd, "force"))
		rc = iv_error_set(error, IV_EREFUSED,
				  "'%s' holds what is not committed; 'ivnotes commit' keeps it, "
				  "--force writes over it",
				  path);
	return rc;
}

static int check_note(const struct cmd *cmd, const char *path, struct iv_error *error)
{
	if (iv_vault_holds(cmd->config, iv_str_of(path)))
		return 0;
	return iv_error_set(error, IV_EREFUSED,
			    "'%s' would be no note of the vault: it is in a folder that begins "
			    "with a dot, or the config's 'ignore' leaves it out",
			    path);
}

static struct iv_str bytes_after(const struct restored *item)
{
	return (struct iv_str){item->after.bytes, item->after.len};
}

static int read_today(struct restored *item, struct cmd *cmd, struct iv_error *error)
{
	int rc = cmd_read(&item->before, cmd, item->version.path, error);

	item->is_new = rc == IV_ENOTFOUND;
	if (item->is_new)
		iv_error_release(error);
	else
		iv_buf_reserve(&item->before, 1); /* an empty file is one, too */
	return item->is_new ? 0 : rc;
}

/* Both sides, and whether one may take the other's place. */
static int prepare(struct restored *item, struct cmd *cmd, struct iv_error *error)
{
	const struct restore_version *version = &item->version;
	int rc = check_note(cmd, version->path, error);

	if (!rc)
		rc = read_today(item, cmd, error);
	if (!rc)
		rc = iv_repo_checkout(&item->after, cmd->repo, version->revision.id, version->then,
				      version->path, error);
	if (rc)
		return rc;
	item->same = !item->is_new && iv_str_eq(iv_buf_view(&item->before), bytes_after(item));
	if (item->is_new)
		return check_id(cmd, version->path, error);
	return item->same ? 0 : check_committed(item, cmd, error);
}

/* ---- all of them ---- */

static bool is_twice(const struct restoring *all, const char *path)
{
	for (size_t i = 0; i < all->count; i++)
		if (strcmp(all->items[i].version.path, path) == 0)
			return true;
	return false;
}

static int add(struct restoring *all, struct restore_finder *finder, const char *word,
	       struct iv_error *error)
{
	struct restored item = {.folders = SIZE_MAX};
	int rc = restore_find(&item.version, finder, word, error);

	if (rc || is_twice(all, item.version.path)) {
		restore_version_release(&item.version);
		return rc;
	}
	all->items[all->count++] = item;
	return prepare(&all->items[all->count - 1], all->cmd, error);
}

static int gather(struct restoring *all, int count, char **words, struct iv_error *error)
{
	struct restore_finder finder;
	int rc = restore_finder_init(&finder, all->cmd, error);

	all->items = iv_calloc((size_t)count, sizeof(*all->items));
	for (int i = 0; !rc && i < count; i++)
		rc = add(all, &finder, words[i], error);
	restore_finder_release(&finder);
	return rc;
}

/* ---- showing and writing ---- */

static struct iv_str bytes_before(const struct restored *item)
{
	return item->is_new ? (struct iv_str){NULL, 0} : iv_buf_view(&item->before);
}

static int show(const struct restoring *all, struct iv_error *error)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < all->count; i++) {
		const struct restored *item = &all->items[i];
		char *text = NULL;

		if (!item->same)
			rc = iv_patch(&text, item->version.path, bytes_before(item),
				      bytes_after(item), error);
		if (text)
			change_add_patch(&all->cmd->out, iv_str_of(text));
		free(text);
	}
	return rc;
}

/* What --force writes over stays in git's objects for a while. */
static int keep(const struct restoring *all, struct iv_error *error)
{
	char id[41];
	int rc = 0;

	for (size_t i = 0; !rc && i < all->count; i++) {
		const struct restored *item = &all->items[i];

		if (!item->is_edited)
			continue;
		rc = iv_repo_keep(id, all->cmd->repo, bytes_before(item), error);
		if (!rc)
			cmd_say(all->cmd,
				"what '%s' holds now is kept for some weeks: git cat-file blob "
				"%.10s",
				item->version.path, id);
	}
	return rc;
}

static int write_files(struct restoring *all, struct iv_error *error)
{
	struct iv_file_change *files = iv_calloc(all->count, sizeof(*files));
	size_t count = 0;
	int rc = 0;

	for (size_t i = 0; !rc && i < all->count; i++) {
		struct restored *item = &all->items[i];

		if (item->same)
			continue;
		files[count++] = (struct iv_file_change){.path = item->version.path,
							 .bytes = bytes_after(item),
							 .expected = bytes_before(item)};
		if (item->is_new)
			rc = folder_make(all->cmd, item->version.path, &item->folders, error);
	}
	if (!rc)
		rc = iv_files_write(all->cmd->root, files, count, error);
	for (size_t i = 0; rc && i < all->count; i++)
		folder_unmake(all->cmd, all->items[i].version.path, all->items[i].folders);
	free(files);
	return rc;
}

/* As git would leave it where no file was; a file that is there keeps its mode. */
static void set_mode(const struct cmd *cmd, const struct restored *item)
{
	char *path = iv_path_join(cmd->root, item->version.path);
	struct stat st;

	if (item->is_new && item->after.executable && !stat(path, &st))
		(void)!chmod(path, (st.st_mode | (st.st_mode & 0444) >> 2) & 07777);
	free(path);
}

/* "restored contacts/jane-green.md from commit 1a2b3c4 of Fri 20 Nov" */
static void tell(struct cmd *cmd, const struct restored *item)
{
	const struct restore_version *version = &item->version;
	struct iv_buf line = IV_BUF_INIT;
	char *path = cmd_relative(cmd, version->path);

	iv_buf_printf(&line,
		      item->same ? "%s is as in commit %.7s" : "restored %s from commit %.7s", path,
		      version->revision.id);
	if (version->revision.day != IV_NO_DAY) {
		iv_buf_puts(&line, " of ");
		change_day(&line, cmd, version->revision.day);
	}
	if (strcmp(version->path, version->then) != 0)
		iv_buf_printf(&line, ", where it was %s", version->then);
	if (item->same) {
		cmd_say(cmd, "%s", line.ptr);
	} else if (!cmd->quiet) {
		iv_buf_visible(&cmd->out, iv_buf_view(&line), true);
		iv_buf_putc(&cmd->out, '\n');
	}
	iv_buf_release(&line);
	free(path);
}

static int restore(struct restoring *all, struct iv_error *error)
{
	int rc = keep(all, error);

	if (!rc)
		rc = write_files(all, error);
	for (size_t i = 0; !rc && i < all->count; i++) {
		set_mode(all->cmd, &all->items[i]);
		tell(all->cmd, &all->items[i]);
	}
	return rc;
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct restoring all = {.cmd = cmd};
	struct iv_error error = IV_ERROR_INIT;
	int rc = gather(&all, count, words, &error);

	if (!rc)
		rc = cmd_has(cmd, "dry-run") ? show(&all, &error) : restore(&all, &error);
	release(&all);
	if (rc > 0) {
		iv_error_release(&error);
		return rc;
	}
	return rc ? cmd_fail(cmd, &error) : CMD_OK;
}
