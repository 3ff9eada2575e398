/* path: where a note, the index or the vault is. */
#include <stdlib.h>
#include <unistd.h>

#include "cmd/frame/frame.h"

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {
	{"index", 0, NULL, "the database of the index", OPTION_FLAG, NULL},
	{"vault", 0, NULL, "the folder of the vault", OPTION_FLAG, NULL},
	{0},
};

const struct command cmd_path = {
	.name = "path",
	.group = GROUP_ASK,
	.summary = "print where a note, the index or the vault is",
	.usage = "REF ... | --index | --vault",
	.options = options,
	.max = -1,
	.operands = {OPERAND_NOTE},
	.needs = CMD_VAULT,
	.run = run,
};

/* As it is for programs, visible for eyes. */
static void add_path(struct cmd *cmd, const char *path)
{
	if (isatty(STDOUT_FILENO))
		iv_buf_visible(&cmd->out, iv_str_of(path), true);
	else
		iv_buf_puts(&cmd->out, path);
	iv_buf_putc(&cmd->out, '\n');
}

static int add_index(struct cmd *cmd)
{
	char *folder = open_index_folder(cmd);
	if (!folder) {
		cmd_warn(cmd, "there is no index on disk: neither XDG_CACHE_HOME nor HOME is set");
		return CMD_FAILED;
	}
	char *path = iv_path_join(folder, IV_INDEX_FILE);
	add_path(cmd, path);
	free(path);
	free(folder);
	return CMD_OK;
}

/* Every word is looked up, whether others were found or not. */
static int add_notes(struct cmd *cmd, int count, char **words)
{
	int status = cmd_open(cmd, CMD_INDEX);
	if (status)
		return status;
	for (int i = 0; i < count; i++) {
		struct iv_error error = IV_ERROR_INIT;
		char *path = NULL;
		if (cmd_resolve(&path, cmd, words[i], false, &error)) {
			status = cmd_fail(cmd, &error);
			continue;
		}
		char *whole = iv_path_join(cmd->root, path);
		add_path(cmd, whole);
		free(whole);
		free(path);
	}
	return status;
}

static int run(struct cmd *cmd, int count, char **words)
{
	bool index = cmd_has(cmd, "index"), vault = cmd_has(cmd, "vault");
	if (index + vault + (count > 0) != 1)
		return cmd_usage(cmd, "expected one of: a REF, --index, --vault");
	if (index)
		return add_index(cmd);
	if (count)
		return add_notes(cmd, count, words);
	add_path(cmd, cmd->root);
	return CMD_OK;
}
