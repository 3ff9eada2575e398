/* list: the notes that a query chooses. */
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/frame/query.h"
#include "note/fields.h"
#include "view/rows.h"

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {
	{"null", '0', NULL, "end each path with a NUL byte, for xargs -0", OPTION_FLAG, NULL},
	{0},
};

static const char *const formats[] = {"text", "json", "jsonl", NULL};

const struct command cmd_list = {
	.name = "list",
	.group = GROUP_ASK,
	.summary = "list the notes that a query chooses",
	.usage = "[-0] [--format json|jsonl|FIELD,...] [QUERY ...]",
	.options = options,
	.formats = formats,
	.free_format = "FIELD,...",
	.max = -1,
	.takes_query = true,
	.operands = {OPERAND_QUERY},
	.needs = CMD_INDEX,
	.run = run,
};

static void show_path(struct cmd *cmd, const struct iv_row *row)
{
	char *path = cmd_relative(cmd, row->path);
	if (cmd_has(cmd, "null")) {
		iv_buf_add(&cmd->out, path, strlen(path) + 1);
	} else {
		iv_buf_visible(&cmd->out, iv_str_of(path), true);
		iv_buf_putc(&cmd->out, '\n');
	}
	free(path);
}

static void show_lines(struct cmd *cmd, const struct iv_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		if (strcmp(cmd->format, "text") == 0) {
			show_path(cmd, &rows->rows[i]);
		} else {
			iv_view_row_json(&cmd->out, &rows->rows[i], true);
			iv_buf_putc(&cmd->out, '\n');
		}
		cmd_drain(cmd);
	}
}

/* A column that stays empty is more often a slip than a fact. */
static void say_empty(struct cmd *cmd, uint64_t filled)
{
	struct iv_str rest = iv_str_of(cmd->format);
	size_t comma = 0;
	for (unsigned column = 0; comma != SIZE_MAX && column < 64; column++) {
		comma = iv_str_find_char(rest, ',');
		struct iv_str name = iv_str_trim(iv_str_slice(rest, 0, comma));
		if (!(filled >> column & 1))
			cmd_say(cmd, "none of these notes has a field '%.*s'%s", IV_STR_ARG(name),
				query_meant(cmd, name));
		rest = comma == SIZE_MAX ? rest : iv_str_slice(rest, comma + 1, rest.len);
	}
}

/* The columns, where the config has words of its own for fields by the fields' names. */
static char *columns_of(const struct cmd *cmd)
{
	struct iv_arena *arena = iv_arena_new();
	struct iv_buf columns = IV_BUF_INIT;
	struct iv_str rest = iv_str_of(cmd->format);
	for (size_t comma = 0; comma != SIZE_MAX;) {
		comma = iv_str_find_char(rest, ',');
		struct iv_str name = iv_str_slice(rest, 0, comma);
		const char *own = iv_field_of_own(iv_config_syntax(cmd->config),
						  iv_fold_key(arena, iv_str_trim(name)));
		/* What says the type is kept under its own name. */
		iv_buf_str(&columns, own && strcmp(own, "type") != 0 ? iv_str_of(own) : name);
		if (comma != SIZE_MAX)
			iv_buf_putc(&columns, ',');
		rest = comma == SIZE_MAX ? rest : iv_str_slice(rest, comma + 1, rest.len);
	}
	iv_arena_free(arena);
	return iv_buf_detach(&columns);
}

static void show_columns(struct cmd *cmd, const struct iv_rows *rows)
{
	char *columns = columns_of(cmd);
	uint64_t filled = 0;
	for (size_t i = 0; i < rows->count; i++) {
		filled |= iv_view_row_fields(&cmd->out, &rows->rows[i], columns);
		cmd_drain(cmd);
	}
	free(columns);
	cmd_flush(cmd);
	if (rows->count)
		say_empty(cmd, filled);
}

static void show_json(struct cmd *cmd, const struct iv_rows *rows)
{
	query_json_begin(cmd, "notes");
	for (size_t i = 0; i < rows->count; i++) {
		iv_buf_puts(&cmd->out, i ? ",\n" : "\n");
		iv_view_row_json(&cmd->out, &rows->rows[i], false);
		cmd_drain(cmd);
	}
	query_json_end(cmd, rows->count);
}

static int show(struct cmd *cmd, const struct iv_rows *rows)
{
	if (strcmp(cmd->format, "json") == 0)
		show_json(cmd, rows);
	else if (strcmp(cmd->format, "jsonl") == 0 || strcmp(cmd->format, "text") == 0)
		show_lines(cmd, rows);
	else
		show_columns(cmd, rows);
	if (rows->count)
		return CMD_OK;
	cmd_say(cmd, "no note matches");
	return CMD_FOUND;
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct iv_rows rows = {0};
	if (!*cmd->format)
		return cmd_usage(cmd, "--format: expected json, jsonl or names of fields");
	if (cmd_has(cmd, "null") && strcmp(cmd->format, "text") != 0)
		return cmd_usage(cmd, "-0 ends paths, it does not go with --format");
	char *query = query_join(count, words);
	int status = query_rows(&rows, cmd, query);
	if (!status)
		status = show(cmd, &rows);
	if (status == CMD_FOUND)
		query_say_slips(cmd, query);
	iv_rows_release(&rows);
	free(query);
	return status;
}
