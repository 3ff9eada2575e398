/* The list of commands: one line each, sorted by name. */
#include <string.h>

#include "cmd/cmd.h"

#define COMMANDS(X) \
	X(agenda)   \
	X(check)    \
	X(explain)  \
	X(help)     \
	X(path)     \
	X(rules)

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
