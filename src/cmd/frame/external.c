/* Programs named ivnotes-NAME on PATH are commands too. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/frame/frame.h"

static bool is_program(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

/* An empty entry of PATH means the current folder, which may be somebody else's: left out. */
static char *find_program(const char *name)
{
	struct iv_str rest = iv_str_of(getenv("PATH"));
	struct iv_buf path = IV_BUF_INIT;
	if (!*name || strchr(name, '/'))
		return NULL;
	while (rest.len) {
		size_t colon = iv_str_find_char(rest, ':');
		size_t end = colon == SIZE_MAX ? rest.len : colon;
		iv_buf_clear(&path);
		iv_buf_printf(&path, "%.*s/ivnotes-%s", (int)end, rest.ptr, name);
		if (end && is_program(path.ptr))
			return iv_buf_detach(&path);
		rest = iv_str_slice(rest, colon == SIZE_MAX ? end : end + 1, rest.len);
	}
	iv_buf_release(&path);
	return NULL;
}

/* The day and the vault go by the environment, where ivnotes itself looks for them. */
static int set_environment(struct cmd *cmd)
{
	const char *env = getenv("IVNOTES_TODAY");
	char today[11];
	int rc = days_today(cmd);
	if (!rc)
		rc = cmd_open(cmd, CMD_VAULT);
	if (rc)
		return rc;
	setenv("IVNOTES_VAULT", cmd->root, 1);
	if (!cmd_has(cmd, "today") && !(env && *env))
		return 0;
	iv_day_format(today, cmd->today);
	setenv("IVNOTES_TODAY", today, 1);
	return 0;
}

/* The other global options that stood before the name are handed over as they were meant. */
static char **arguments(struct cmd *cmd, char *program, char **words)
{
	const struct cmd_private *own = cmd->own;
	size_t count = 0, rest = 0;
	while (words[rest])
		rest++;
	char **list = iv_calloc(own->given_count + rest + 2, sizeof(*list));
	list[count++] = program;
	for (size_t i = 0; i < own->given_count; i++) {
		const struct cmd_given *given = &own->given[i];
		const char *name = given->option->name;
		if (!name || strcmp(name, "today") == 0)
			continue;
		const char *value = given->value ? given->value : "";
		list[count++] = (char *)iv_arena_printf(own->arena, "--%s%s%s", name,
							given->value ? "=" : "", value)
					.ptr;
	}
	memcpy(list + count, words, rest * sizeof(*words));
	return list;
}

int external_run(struct cmd *cmd, const char *name, char **words)
{
	char *program = find_program(name);
	char **list = NULL;
	int rc = CMD_USAGE;
	if (!program)
		return rc;
	rc = set_environment(cmd);
	if (rc)
		goto done;
	list = arguments(cmd, program, words);
	output_restore(cmd);
	execvp(program, list);
	cmd_warn(cmd, "cannot start '%s': %s", program, strerror(errno));
	rc = CMD_FAILED;
done:
	free(list);
	free(program);
	return rc;
}
