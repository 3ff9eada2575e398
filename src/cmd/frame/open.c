/* Opens what a command needs, and says what the person should hear about it. */
#include <stdlib.h>

#include <ivnotes/vcs.h>

#include "cmd/frame/frame.h"
#include "cmd/frame/history.h"
#include "vault/vault.h"

/* Of the settings so many are told at once. */
#define PROBLEMS_MAX 20

static bool wants(unsigned needs, unsigned what)
{
	return (needs & what) == what;
}

/* `named`: with the file's name also where all of it is meant. */
static void say_at(const struct cmd *cmd, const char *path, struct iv_pos pos, const char *message,
		   bool named)
{
	char *shown = cmd_relative(cmd, path);
	if (pos.line)
		cmd_warn(cmd, "%s:%u:%u: %s", shown, (unsigned)pos.line, (unsigned)pos.column,
			 message);
	else if (named)
		cmd_warn(cmd, "%s: %s", shown, message);
	else
		cmd_warn(cmd, "%s", message);
	free(shown);
}

/* The config stops nothing: what cannot be used of it is said, and its default counts. */
static void say_problems(const struct cmd *cmd, const struct iv_config_problem *problems,
			 size_t count)
{
	for (size_t i = 0; i < count && i < PROBLEMS_MAX; i++) {
		const struct iv_config_problem *problem = &problems[i];
		say_at(cmd, problem->path, problem->pos, problem->message, false);
	}
	if (count > PROBLEMS_MAX)
		cmd_warn(cmd, "and %zu more problems of the settings", count - PROBLEMS_MAX);
}

/* In a hook git says by its variables where the repository is, and its index. */
static int open_repository(struct cmd *cmd)
{
	struct iv_error error = IV_ERROR_INIT;
	bool hook = cmd_has(cmd, "staged");
	if (iv_repo_open_at(&cmd->repo, cmd->vault, hook ? getenv("GIT_DIR") : NULL,
			    getenv("GIT_WORK_TREE"), &error))
		return cmd_fail(cmd, &error);
	return 0;
}

/* What is staged is a revision, too; today is today. */
static int open_staged(struct cmd *cmd)
{
	struct iv_error error = IV_ERROR_INIT;
	char id[41];
	int rc = 0;
	if (cmd->revision)
		return cmd_usage(cmd, "--at and --staged exclude each other");
	rc = open_repository(cmd);
	if (rc)
		return rc;
	if (iv_repo_staged(id, cmd->repo, getenv("GIT_INDEX_FILE"), &error))
		return cmd_fail(cmd, &error);
	cmd->revision = iv_arena_str(cmd->own->arena, iv_str_of(id)).ptr;
	return 0;
}

/* Which commit --at means, once for all that is read of it; without --today its day is today. */
static int open_revision(struct cmd *cmd)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_revision revision;
	int rc = open_repository(cmd);
	if (rc)
		return rc;
	if (iv_repo_revision(&revision, cmd->repo, cmd->revision, &error))
		return cmd_fail(cmd, &error);
	cmd->revision = iv_arena_str(cmd->own->arena, iv_str_of(revision.id)).ptr;
	return days_of_revision(cmd, revision.day);
}

/* A file that the settings of a revision name, as it stood there. */
static int read_then(void *data, char **bytes, size_t *len, const char *path,
		     struct iv_error *error)
{
	const struct cmd *cmd = data;
	return iv_repo_read(bytes, len, cmd->repo, cmd->revision, path, error);
}

/* With --at the settings are those of the revision, too. As ever, they stop nothing. */
static int use_config_then(struct cmd *cmd)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_config *config;
	char *bytes = NULL;
	size_t len = 0;
	int rc = cmd_has(cmd, "staged") ? open_staged(cmd) : open_revision(cmd);
	if (rc)
		return rc;
	rc = iv_repo_read(&bytes, &len, cmd->repo, cmd->revision, IV_CONFIG_FILE, &error);
	if (rc == IV_EIO || (rc == IV_EREFUSED && !error.path))
		return cmd_fail(cmd, &error);
	if (rc && rc != IV_ENOTFOUND)
		config = iv_config_unread(error.message);
	else
		config = iv_config_parse_with((struct iv_str){bytes ? bytes : "", len}, read_then,
					      cmd);
	iv_error_release(&error);
	iv_vault_use_config(cmd->vault, config);
	free(bytes);
	return 0;
}

static int open_vault(struct cmd *cmd)
{
	struct iv_error error = IV_ERROR_INIT;
	const struct iv_config_problem *problems;
	const char *folder = cmd_text(cmd, "C"), *env = getenv("IVNOTES_VAULT");
	int rc = 0;
	if (!folder && env && *env)
		folder = env;
	cmd->own->folder = realpath(".", NULL);
	if (iv_vault_open(&cmd->vault, folder ? folder : ".", folder != NULL, &error))
		return cmd_fail(cmd, &error);
	cmd->root = iv_vault_root(cmd->vault);
	if (cmd->revision || cmd_has(cmd, "staged"))
		rc = use_config_then(cmd);
	if (rc)
		return rc;
	cmd->config = iv_vault_config(cmd->vault);
	size_t count = iv_config_problems(cmd->config, &problems);
	say_problems(cmd, problems, count);
	if (cmd->verbose)
		cmd_say(cmd, "vault: %s", cmd->root);
	return 0;
}

/* The same of rules of one's own: the others still find what they find. */
static void say_faults(const struct cmd *cmd, const struct iv_rule_fault *faults, size_t count)
{
	for (size_t i = 0; i < count; i++)
		say_at(cmd, faults[i].path, faults[i].pos, faults[i].message, true);
}

static int open_rules(struct cmd *cmd)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_files own = {0};
	const struct iv_config_problem *problems;
	const struct iv_rule_fault *faults;
	int rc = 0;
	if (cmd->revision)
		rc = iv_repo_rules(&own, cmd->repo, cmd->revision, &error);
	else
		iv_vault_rules(&own, cmd->vault);
	if (!rc)
		rc = iv_rules_new(&cmd->rules, cmd->config, &own, &error);
	iv_files_release(&own);
	if (rc)
		return cmd_fail(cmd, &error);
	size_t count = iv_rules_problems(cmd->rules, &problems);
	say_problems(cmd, problems, count);
	count = iv_rules_faults(cmd->rules, &faults);
	say_faults(cmd, faults, count);
	return 0;
}

static int say_failures(struct cmd *cmd, struct iv_error *error)
{
	struct iv_rule_failures failures;
	int rc = iv_rule_failures(&failures, cmd->index, cmd->rules, error);
	if (!rc)
		say_faults(cmd, failures.items, failures.count);
	iv_rule_failures_release(&failures);
	return rc;
}

char *open_index_folder(const struct cmd *cmd)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	struct iv_buf path = IV_BUF_INIT;
	if (cache && cache[0] == '/')
		iv_buf_puts(&path, cache);
	else if (home && home[0] == '/')
		iv_buf_printf(&path, "%s/.cache", home);
	else
		return NULL;
	char *folder = iv_vault_index_folder(cmd->vault, path.ptr);
	iv_buf_release(&path);
	return folder;
}

static int open_source(struct cmd *cmd)
{
	struct iv_error error = IV_ERROR_INIT;
	int rc = cmd->revision ? iv_repo_source(&cmd->source, cmd->repo, cmd->revision, cmd->config,
						&error)
			       : iv_vault_source(&cmd->source, cmd->vault, &error);
	return rc ? cmd_fail(cmd, &error) : 0;
}

static int open_index(struct cmd *cmd)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_index_talk talk = {output_progress, output_warn, cmd};
	char *folder = cmd->revision ? NULL : open_index_folder(cmd);
	if (!folder && !cmd->revision)
		cmd_warn(cmd, "neither XDG_CACHE_HOME nor HOME is set: the index is made anew in "
			      "memory each time");
	int rc = iv_index_open(&cmd->index, cmd->vault, folder, cmd_has(cmd, "rebuild"), &talk,
			       &error);
	if (!rc)
		history_tell_index(cmd);
	if (!rc)
		rc = iv_refresh(cmd->index, cmd->rules, cmd->source, cmd->today, &cmd->read,
				&error);
	output_progress_end(cmd);
	if (!rc && cmd->verbose)
		cmd_say(cmd, "index: %s, %zu notes read anew", folder ? folder : "in memory",
			cmd->read);
	free(folder);
	if (!rc)
		rc = say_failures(cmd, &error);
	return rc ? cmd_fail(cmd, &error) : 0;
}

int cmd_open(struct cmd *cmd, unsigned needs)
{
	int rc = 0;
	if (!cmd->vault && wants(needs, CMD_VAULT))
		rc = open_vault(cmd);
	if (!rc && !cmd->repo && wants(needs, CMD_REPOSITORY))
		rc = open_repository(cmd);
	if (!rc && !cmd->rules && wants(needs, CMD_RULES))
		rc = open_rules(cmd);
	if (!rc && !cmd->source && wants(needs, CMD_SOURCE))
		rc = open_source(cmd);
	if (!rc && !cmd->index && wants(needs, CMD_INDEX))
		rc = open_index(cmd);
	return rc;
}

void open_close(struct cmd *cmd)
{
	struct cmd_private *own = cmd->own;
	if (own->listed)
		iv_listing_release(&own->listing);
	iv_index_close(cmd->index);
	if (cmd->source)
		cmd->source->close(cmd->source);
	iv_rules_free(cmd->rules);
	iv_repo_close(cmd->repo);
	iv_vault_close(cmd->vault);
	free(own->folder);
}
