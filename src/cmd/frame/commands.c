/* The list of commands: one line each, sorted by name. */
#include <string.h>

#include "cmd/frame/frame.h"

#define COMMANDS(X)   \
	X(agenda)     \
	X(asked)      \
	X(check)      \
	X(commit)     \
	X(compare)    \
	X(completion) \
	X(config)     \
	X(diff)       \
	X(done)       \
	X(dossier)    \
	X(draft)      \
	X(edit)       \
	X(explain)    \
	X(graph)      \
	X(help)       \
	X(init)       \
	X(list)       \
	X(log)        \
	X(merge_file) \
	X(met)        \
	X(new)        \
	X(path)       \
	X(prep)       \
	X(rename)     \
	X(replied)    \
	X(report)     \
	X(reported)   \
	X(restore)    \
	X(rules)      \
	X(search)     \
	X(set)        \
	X(show)       \
	X(stats)      \
	X(sync)       \
	X(thanked)    \
	X(touched)

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
	struct iv_meant meant = {.word = iv_str_of(name)};
	for (const struct command *const *command = commands; *command; command++)
		iv_meant_offer(&meant, iv_str_of((*command)->name));
	if (meant.count)
		return cmd_usage(cmd, "unknown command '%s', %s", name, cmd_meant(cmd, &meant));
	return cmd_usage(cmd, "unknown command '%s'", name);
}
