/* The list of commands: one line each, sorted by name. */
#include <string.h>

#include "cmd/frame/frame.h"

#define COMMANDS(X) \
	X(agenda)   \
	X(check)    \
	X(commit)   \
	X(explain)  \
	X(help)     \
	X(init)     \
	X(list)     \
	X(path)     \
	X(report)   \
	X(rules)    \
	X(search)   \
	X(show)

#define DECLARE(name) extern const struct command cmd_##name;
#define ADDRESS(name) &cmd_##name,

COMMANDS(DECLARE)

const struct command *const commands[] = {COMMANDS(ADDRESS) NULL};

const struct command *command_find(const char *name)
{
	for (const struct command *const *command = commands; *command; command++)
		if (strcmp((*command)->name, name) == 0)
			return *command;
	return NULL;
}

int command_unknown(const struct cmd *cmd, const char *name)
{
	const char *names[sizeof(commands) / sizeof(*commands)];
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		names[i] = commands[i] ? commands[i]->name : NULL;
	const char *similar = iv_did_you_mean(iv_str_of(name), names);
	if (similar)
		return cmd_usage(cmd, "unknown command '%s', did you mean '%s'?", name, similar);
	return cmd_usage(cmd, "unknown command '%s'", name);
}
