/* help: the commands, and how to call one, from the same tables that main reads. */
#include <stdio.h>
#include <string.h>

#include "cmd/frame/frame.h"

static int run(struct cmd *cmd, int count, char **words);

const struct command cmd_help = {
	.name = "help",
	.group = GROUP_START,
	.summary = "list the commands, or say how to call one",
	.usage = "[COMMAND]",
	.max = 1,
	.operands = {OPERAND_COMMAND},
	.needs = CMD_NOTHING,
	.run = run,
};

static const char *const group_titles[GROUP_COUNT] = {
	[GROUP_START] = "start",       [GROUP_WEEK] = "the week",   [GROUP_ASK] = "ask the notes",
	[GROUP_RECORD] = "record",     [GROUP_WORDS] = "words",     [GROUP_GIT] = "git",
	[GROUP_EXCHANGE] = "exchange", [GROUP_EDITORS] = "editors",
};

static void add_group(struct iv_buf *out, enum command_group group)
{
	bool titled = false;
	for (const struct command *const *c = commands; *c; c++) {
		if ((*c)->group != group)
			continue;
		if (!titled)
			iv_buf_printf(out, "\n%s\n", group_titles[group]);
		titled = true;
		iv_buf_printf(out, "  %-10s %s\n", (*c)->name, (*c)->summary);
	}
}

static void add_option(struct iv_buf *out, const struct cmd_option *option)
{
	struct iv_buf left = IV_BUF_INIT;
	if (option->letter)
		iv_buf_printf(&left, "-%c", option->letter);
	if (option->name)
		iv_buf_printf(&left, "%s--%s", option->letter ? ", " : "    ", option->name);
	if (option->argument)
		iv_buf_printf(&left, option->kind == OPTION_WEEK ? " [%s]" : " %s",
			      option->argument);
	iv_buf_printf(out, "  %-24s %s\n", left.ptr, option->help);
	iv_buf_release(&left);
}

static void add_options(struct iv_buf *out, const struct cmd_option *option)
{
	for (; option && (option->name || option->letter); option++)
		add_option(out, option);
}

static void add_formats(struct iv_buf *out, const struct command *command)
{
	if (!command->formats)
		return;
	iv_buf_puts(out, "\nformats: ");
	for (const char *const *f = command->formats; *f; f++)
		iv_buf_printf(out, "%s%s", f == command->formats ? "" : ", ", *f);
	if (command->free_format)
		iv_buf_printf(out, " or %s", command->free_format);
	iv_buf_putc(out, '\n');
}

void help_short(struct iv_buf *out)
{
	iv_buf_puts(out, "usage: ivnotes [OPTION ...] COMMAND [ARGUMENT ...]\n"
			 "try 'ivnotes check', 'ivnotes agenda', or 'ivnotes help' for the rest\n");
}

void help_overview(struct iv_buf *out)
{
	iv_buf_puts(out, "usage: ivnotes [OPTION ...] COMMAND [ARGUMENT ...]\n");
	for (int group = 0; group < GROUP_COUNT; group++)
		add_group(out, (enum command_group)group);
	iv_buf_puts(out, "\noptions of every command\n");
	add_options(out, global_options);
	iv_buf_puts(out, "\n'ivnotes help COMMAND' says how to call one; ivnotes(1) says more.\n");
}

void help_command(struct iv_buf *out, const struct command *command)
{
	iv_buf_printf(out, "ivnotes %s: %s\n\nusage: ivnotes %s%s%s\n", command->name,
		      command->summary, command->name, *command->usage ? " " : "", command->usage);
	if (command->options) {
		iv_buf_putc(out, '\n');
		add_options(out, command->options);
	}
	add_formats(out, command);
	iv_buf_printf(out,
		      "\n'ivnotes help' lists the options of every command; see "
		      "ivnotes-%s(1).\n",
		      command->name);
}

static int run(struct cmd *cmd, int count, char **words)
{
	if (!count) {
		help_overview(&cmd->out);
		return CMD_OK;
	}
	const struct command *command = command_find(words[0]);
	if (!command)
		return command_unknown(cmd, words[0]);
	help_command(&cmd->out, command);
	return CMD_OK;
}
