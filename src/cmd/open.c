/* Opens what a command needs, and says what the person should hear about it. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/frame.h"

static bool wants(unsigned needs, unsigned what)
{
	return (needs & what) == what;
}

/* The config stops nothing: what could not be read of it is said, and its default counts. */
static void say_config_problems(const struct cmd *cmd)
{
	const struct iv_config_problem *problems;
	size_t count = iv_config_problems(cmd->config, &problems);
	char *path = cmd_relative(cmd, ".ivnotes/config.yaml");
	for (size_t i = 0; i < count; i++)
		cmd_warn(cmd, "%s:%u:%u: %s", path, (unsigned)problems[i].pos.line,
			 (unsigned)problems[i].pos.column, problems[i].message);
	free(path);
}

static int open_vault(struct cmd *cmd)
{
	struct iv_error error = IV_ERROR_INIT;
	const char *folder = cmd_text(cmd, "C"), *env = getenv("IVNOTES_VAULT");
	if (!folder && env && *env)
		folder = env;
	cmd->own->folder = realpath(".", NULL);
	if (iv_vault_open(&cmd->vault, folder ? folder : ".", folder != NULL, &error))
		return cmd_fail(cmd, &error);
	cmd->root = iv_vault_root(cmd->vault);
	cmd->config = iv_vault_config(cmd->vault);
	say_config_problems(cmd);
	if (cmd->verbose)
		cmd_say(cmd, "vault: %s", cmd->root);
	return 0;
}

static int open_rules(struct cmd *cmd)
{
	struct iv_error error = IV_ERROR_INIT;
	if (iv_rules_new(&cmd->rules, cmd->config, &error))
		return cmd_fail(cmd, &error);
	return 0;
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
	if (iv_vault_source(&cmd->source, cmd->vault, &error))
		return cmd_fail(cmd, &error);
	return 0;
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
		rc = iv_refresh(cmd->index, cmd->rules, cmd->source, &cmd->read, &error);
	output_progress_end(cmd);
	if (!rc && cmd->verbose)
		cmd_say(cmd, "index: %s, %zu notes read anew", folder ? folder : "in memory",
			cmd->read);
	free(folder);
	return rc ? cmd_fail(cmd, &error) : 0;
}

int cmd_open(struct cmd *cmd, unsigned needs)
{
	int rc = 0;
	if (!cmd->vault && wants(needs, CMD_VAULT))
		rc = open_vault(cmd);
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
	iv_config_free(own->config_then);
	iv_vault_close(cmd->vault);
	free(own->folder);
}

/* ---- notes ---- */

char *cmd_relative(const struct cmd *cmd, const char *path)
{
	char *whole = iv_path_join(cmd->root, path);
	if (!cmd->own->folder)
		return whole;
	char *relative = iv_path_relative(cmd->own->folder, whole);
	free(whole);
	return relative;
}

/*
 * The word as an absolute path: its folder is made real, its own name is left as it is, since the walk
 * follows no symlinks. NULL when there is no such file.
 */
static char *find_file(const char *word, bool *is_folder)
{
	struct stat st;
	char *real = NULL, *folder;
	if (!*word || stat(word, &st))
		return NULL;
	*is_folder = S_ISDIR(st.st_mode);
	if (*is_folder)
		return realpath(word, NULL);
	const char *slash = strrchr(word, '/');
	folder = slash ? iv_strndup(word, (size_t)(slash - word) + 1) : iv_strdup(".");
	char *real_folder = realpath(folder, NULL);
	if (real_folder)
		real = iv_path_join(real_folder, slash ? slash + 1 : word);
	free(real_folder);
	free(folder);
	return real;
}

/* The part of an absolute path below the root, "" for the root itself, NULL outside. */
static const char *below(const char *root, const char *path)
{
	size_t len = strlen(root);
	if (strcmp(root, "/") == 0)
		return path + 1;
	if (strncmp(root, path, len) != 0 || (path[len] && path[len] != '/'))
		return NULL;
	return path[len] ? path + len + 1 : "";
}

static int file_in_vault(char **path, const struct cmd *cmd, const char *word, const char *file,
			 bool is_folder, struct iv_error *error)
{
	const char *inside = below(cmd->root, file);
	if (!inside)
		return iv_error_set(error, IV_EREFUSED, "'%s' is outside the vault '%s'", word,
				    cmd->root);
	if (is_folder) {
		struct iv_buf buf = IV_BUF_INIT;
		iv_buf_printf(&buf, "%s%s", inside, *inside ? "/" : "");
		*path = iv_buf_detach(&buf);
		return 0;
	}
	if (!iv_vault_holds(cmd->config, iv_str_of(inside)))
		return iv_error_set(error, IV_EREFUSED,
				    "'%s' is no note of the vault: it does not end in .md, or the "
				    "config's 'ignore' leaves it out",
				    word);
	*path = iv_strdup(inside);
	return 0;
}

/* What is typed with a folder in it is a path as seen from where the person stands. */
static char *from_here(const struct cmd *cmd, const char *word)
{
	struct iv_buf buf = IV_BUF_INIT;
	const char *here = cmd->own->folder ? below(cmd->root, cmd->own->folder) : NULL;
	char *base = NULL, *out = NULL;
	if (here && *here) {
		base = iv_path_join(here, "x");
		if (iv_path_resolve(&buf, iv_str_of(base), iv_str_of(word)))
			out = iv_buf_detach(&buf);
	}
	free(base);
	iv_buf_release(&buf);
	return out;
}

int cmd_resolve(char **path, struct cmd *cmd, const char *word, bool folders,
		struct iv_error *error)
{
	bool is_folder = false;
	char *file = cmd->revision ? NULL : find_file(word, &is_folder);
	int rc = IV_ENOTFOUND;
	if (file && (!is_folder || folders)) {
		rc = file_in_vault(path, cmd, word, file, is_folder, error);
		free(file);
		return rc;
	}
	free(file);
	char *here = from_here(cmd, word);
	if (here)
		rc = iv_index_resolve(path, cmd->index, here, NULL);
	free(here);
	return rc ? iv_index_resolve(path, cmd->index, word, error) : 0;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct iv_entry *)a)->path, ((const struct iv_entry *)b)->path);
}

/* A git tree reads by object, so its listing is needed once. */
static int list_source(struct cmd *cmd, struct iv_error *error)
{
	struct cmd_private *own = cmd->own;
	if (own->listed)
		return 0;
	int rc = cmd->source->list(cmd->source, &own->listing, error);
	if (rc)
		return rc;
	own->listed = true;
	qsort(own->listing.entries, own->listing.count, sizeof(*own->listing.entries), by_path);
	return 0;
}

int cmd_read(struct iv_buf *out, struct cmd *cmd, const char *path, struct iv_error *error)
{
	struct iv_entry wanted = {.path = path, .kind = 'f'};
	const struct iv_entry *entry = &wanted;
	char *bytes = NULL;
	size_t len = 0;
	int rc = 0;
	if (cmd->source->immutable) {
		rc = list_source(cmd, error);
		if (rc)
			return rc;
		entry = bsearch(&wanted, cmd->own->listing.entries, cmd->own->listing.count,
				sizeof(wanted), by_path);
		if (!entry)
			return iv_error_set(error, IV_ENOTFOUND, "no note '%s'", path);
	}
	rc = cmd->source->read(cmd->source, entry, &bytes, &len, error);
	if (!rc)
		iv_buf_add(out, bytes, len);
	free(bytes);
	return rc;
}
