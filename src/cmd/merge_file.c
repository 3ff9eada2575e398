/* merge-file: what two sides made of a note, merged into one. git calls it as a merge driver. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <ivnotes/vcs.h>

#include "cmd/cmd.h"

static int run(struct cmd *cmd, int count, char **words);

/* As git's merge.conflictStyle has them. */
static const char *const styles[] = {"merge", "diff3", "zdiff3", NULL};

static const struct cmd_option options[] = {
	{"stdout", 'p', NULL, "print the result, and leave OURS as it is", OPTION_FLAG, NULL},
	{"path", 0, "FILE", "where the note is, from here; without it, OURS says so", OPTION_TEXT,
	 NULL},
	{"ours", 0, "NAME", "what conflicts call our side", OPTION_TEXT, NULL},
	{"base", 0, "NAME", "what they call the base", OPTION_TEXT, NULL},
	{"theirs", 0, "NAME", "what they call the other side", OPTION_TEXT, NULL},
	{"conflict-style", 0, "STYLE", "merge, or with the base: diff3, zdiff3", OPTION_CHOICE,
	 styles},
	{"marker-size", 0, "N", "how long the markers are, 7 or more", OPTION_COUNT, NULL},
	{0},
};

const struct command cmd_merge_file = {
	.name = "merge-file",
	.group = GROUP_GIT,
	.summary = "merge what two sides made of a note; git's merge driver",
	.usage = "[-p] [--path FILE] [--ours NAME] [--base NAME] [--theirs NAME] "
		 "[--conflict-style STYLE] [--marker-size N] BASE OURS THEIRS",
	.options = options,
	.min = 3,
	.max = 3,
	.operands = {OPERAND_FILE},
	.needs = CMD_NOTHING,
	.run = run,
};

enum { BASE, OURS, THEIRS, FILES };

struct merge {
	struct cmd *cmd;
	char **paths;
	struct iv_buf files[FILES];
	struct iv_vault *vault; /* NULL: none can be opened */
	char *path;             /* of the note in the vault */
	struct iv_merge_how how;
	struct iv_merged whole; /* both versions, as OURS holds them meanwhile */
};

/* ---- where the note belongs ---- */

/* The nearest folder above that there is: git merges notes whose folder is yet to come. */
static char *folder_above(const char *path)
{
	char *folder = iv_strdup(path), *slash;

	while ((slash = strrchr(folder, '/'))) {
		slash[slash == folder] = '\0';
		if (access(folder, F_OK) == 0 || !folder[1])
			return folder;
	}
	free(folder);
	return iv_strdup(".");
}

/*
 * The vault in whose working tree the note is. Without one the note is read by the defaults; its
 * trouble is none of a merge's.
 */
static void find_vault(struct merge *merge)
{
	const char *given = cmd_text(merge->cmd, "path");
	const char *path = given && *given ? given : merge->paths[OURS];
	char *folder = folder_above(path), *real = realpath(folder, NULL);
	size_t above = strcmp(folder, ".") ? strlen(folder) : 0, root;
	struct iv_buf name = IV_BUF_INIT;

	path += above;
	path += above && *path == '/';
	if (real && !iv_vault_open(&merge->vault, real, false, NULL)) {
		root = strlen(iv_vault_root(merge->vault));
		iv_buf_printf(&name, "%s%s", real + root, real[root] ? "/" : "");
		iv_buf_puts(&name, path);
		merge->how.syntax = iv_config_syntax(iv_vault_config(merge->vault));
	} else {
		iv_buf_puts(&name, path);
	}
	merge->path = iv_strdup(name.ptr + strspn(name.ptr, "/"));
	iv_buf_release(&name);
	free(folder);
	free(real);
}

/* ---- reading ---- */

/* What git had no base for may come as /dev/null. */
static bool is_nothing(const struct merge *merge, int file)
{
	return file == BASE && strcmp(merge->paths[file], "/dev/null") == 0;
}

static int read_files(struct merge *merge, struct iv_error *error)
{
	int rc = 0;

	for (int i = 0; !rc && i < FILES; i++) {
		iv_buf_puts(&merge->files[i], "");
		if (!is_nothing(merge, i))
			rc = iv_file_read(&merge->files[i], merge->paths[i], SIZE_MAX / 8, error);
	}
	return rc;
}

/* A placeholder that this git does not know comes as it is. */
static const char *label(const struct merge *merge, const char *name)
{
	const char *text = cmd_text(merge->cmd, name);

	return text && text[0] == '%' && text[1] && !text[2] ? NULL : text;
}

static void read_options(struct merge *merge)
{
	struct iv_merge_how *how = &merge->how;
	const char *base = label(merge, "base"), *style = cmd_text(merge->cmd, "conflict-style");

	how->ours_label = label(merge, "ours");
	how->theirs_label = label(merge, "theirs");
	if (style && strcmp(style, "merge"))
		how->base_label = base ? base : "base";
	how->marker_size = (unsigned)cmd_count(merge->cmd, "marker-size", 0);
	how->lines = iv_lines_merge;
}

/* ---- writing ---- */

static struct iv_str file(const struct merge *merge, int which)
{
	return iv_buf_view(&merge->files[which]);
}

static struct iv_str bytes_of(const struct iv_merged *merged)
{
	return (struct iv_str){merged->bytes, merged->len};
}

/* In the place of what OURS held when we last knew it: nobody else's words go. */
static int put(const struct merge *merge, struct iv_str bytes, struct iv_str known,
	       struct iv_error *error)
{
	return iv_file_write(merge->paths[OURS], bytes, &known, error);
}

/*
 * First both versions stand whole in OURS: git takes whatever is there for the result if we should
 * end half-way, and one side would be gone.
 */
static int secure(struct merge *merge, struct iv_error *error)
{
	iv_merge_whole(&merge->whole, file(merge, BASE), file(merge, OURS), file(merge, THEIRS),
		       &merge->how);
	return put(merge, bytes_of(&merge->whole), file(merge, OURS), error);
}

static int merge_files(struct merge *merge)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_merged merged = {NULL, 0, true};
	bool prints = cmd_has(merge->cmd, "stdout");
	int rc = read_files(merge, &error);

	if (!rc && !prints)
		rc = secure(merge, &error);
	if (rc)
		return cmd_fail(merge->cmd, &error);
	find_vault(merge);
	iv_merge(&merged, iv_str_of(merge->path), file(merge, BASE), file(merge, OURS),
		 file(merge, THEIRS), &merge->how);
	if (prints) {
		iv_buf_str(&merge->cmd->out, bytes_of(&merged));
	} else if (put(merge, bytes_of(&merged), bytes_of(&merge->whole), &error)) {
		cmd_fail(merge->cmd, &error);
		merged.conflicts = true;
	}
	free(merged.bytes);
	return merged.conflicts ? CMD_FOUND : CMD_OK;
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct merge merge = {.cmd = cmd, .paths = words};
	int status;

	(void)count;
	read_options(&merge);
	status = merge_files(&merge);
	for (int i = 0; i < FILES; i++)
		iv_buf_release(&merge.files[i]);
	iv_vault_close(merge.vault);
	free(merge.whole.bytes);
	free(merge.path);
	return status;
}
