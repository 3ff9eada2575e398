/* ivnotes: finds the command, opens what it needs, runs it. */
#include <stdlib.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "cmd/frame/frame.h"

/*
 * A process of a fraction of a second keeps what it has: handing memory back and forth page by
 * page, under the lock that every thread needs, was a tenth of its time.
 */
static void keep_memory(void)
{
#ifdef __GLIBC__
	mallopt(M_TOP_PAD, 4 << 20);
	mallopt(M_TRIM_THRESHOLD, 64 << 20);
	mallopt(M_MMAP_THRESHOLD, 32 << 20);
#endif
}

/* `--help` and `--version` come before everything that could fail. */
static bool answer_at_once(struct cmd *cmd)
{
	if (cmd_has(cmd, "version"))
		iv_buf_printf(&cmd->out, "ivnotes %s\n", iv_version());
	else if (cmd_has(cmd, "help") && cmd->command)
		help_command(&cmd->out, cmd->command);
	else if (cmd_has(cmd, "help"))
		help_overview(&cmd->out);
	else
		return false;
	return true;
}

static int run_command(struct cmd *cmd, int count, char **words, int next)
{
	char **operands = iv_calloc((size_t)count + 1, sizeof(*operands));
	int operand_count = 0;
	int rc = options_read(cmd, count, words, &next, operands, &operand_count);
	if (!rc && answer_at_once(cmd))
		goto done;
	if (!rc)
		rc = options_apply(cmd);
	if (!rc)
		rc = options_operands(cmd, operand_count, operands);
	if (!rc)
		rc = cmd_open(cmd, cmd->command->needs);
	if (!rc)
		rc = cmd->command->run(cmd, operand_count, operands);
done:
	free(operands);
	return rc;
}

static int run(struct cmd *cmd, int count, char **words)
{
	int next = 1;
	int rc = options_read(cmd, count, words, &next, NULL, NULL);
	if (rc || answer_at_once(cmd))
		return rc;
	if (next >= count) {
		struct iv_buf text = IV_BUF_INIT;
		help_short(&text);
		output_talk(text.ptr);
		iv_buf_release(&text);
		return CMD_USAGE;
	}
	const char *name = words[next++];
	cmd->command = command_find(name);
	if (cmd->command)
		return run_command(cmd, count, words, next);
	rc = external_run(cmd, name, words + next);
	return rc == CMD_USAGE ? command_unknown(cmd, name) : rc;
}

int main(int argc, char **argv)
{
	struct cmd_private own = {0};
	struct cmd cmd = {.own = &own, .today = IV_NO_DAY, .separated = -1, .out = IV_BUF_INIT};
	keep_memory();
	own.arena = iv_arena_new();
	output_start(&cmd);
	int status = output_end(&cmd, run(&cmd, argc, argv));
	open_close(&cmd);
	iv_buf_release(&cmd.out);
	free(own.given);
	iv_arena_free(own.arena);
	return status;
}
