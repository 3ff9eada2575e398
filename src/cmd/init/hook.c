#include "cmd/init/hook.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/embedded.h"
#include "base/shell.h"

#define HOOK_MAX ((size_t)1 << 20)
#define ASKS "check --quiet --staged"

/* The vault as seen from the top of the working tree, where hooks run, as a word of the shell. */
static void add_vault(struct iv_buf *out, const struct iv_repo *repo)
{
	struct iv_str prefix = iv_str_of(iv_repo_prefix(repo));

	iv_shell_quote(out, prefix.len ? iv_str_slice(prefix, 0, prefix.len - 1) : IV_LIT("."));
}

static void add_script(struct iv_buf *out, const struct iv_repo *repo)
{
	const char *text = iv_embedded_text("cmd/init/pre-commit"), *mark = strstr(text, "@VAULT@");

	iv_buf_add(out, text, (size_t)(mark - text));
	add_vault(out, repo);
	iv_buf_puts(out, mark + strlen("@VAULT@"));
}

/* "why; this line in a hook checks the notes: …" */
static int refuse(const struct iv_repo *repo, struct iv_error *error, const char *path,
		  const char *why)
{
	struct iv_buf vault = IV_BUF_INIT;
	int rc;

	add_vault(&vault, repo);
	rc = iv_error_set(
		error, IV_EREFUSED,
		"'%s' %s; this line in a pre-commit hook checks the notes: ivnotes -C %s " ASKS
		" >&2 || exit 1",
		path, why, vault.ptr);
	iv_buf_release(&vault);
	return rc;
}

static bool asks_us(const char *path)
{
	struct iv_buf bytes = IV_BUF_INIT;
	bool asks =
		!iv_file_read(&bytes, path, HOOK_MAX, NULL) && bytes.len && strstr(bytes.ptr, ASKS);

	iv_buf_release(&bytes);
	return asks;
}

static int write_hook(char **made, const struct iv_repo *repo, const char *path,
		      struct iv_error *error)
{
	struct iv_str absent = {NULL, 0};
	struct iv_buf script = IV_BUF_INIT;
	char *folder = iv_strndup(path, (size_t)(strrchr(path, '/') - path));
	int rc = iv_folder_make(folder, 0755, error);

	add_script(&script, repo);
	if (!rc)
		rc = iv_file_write(path, iv_buf_view(&script), &absent, error);
	if (!rc && chmod(path, 0755))
		rc = iv_error_set(error, IV_EIO, "cannot make '%s' a program", path);
	if (!rc)
		*made = iv_strdup(path);
	iv_buf_release(&script);
	free(folder);
	return rc;
}

int init_hook(char **made, const struct iv_repo *repo, struct iv_error *error)
{
	bool shared;
	char *folder = iv_repo_hooks(repo, &shared), *path = iv_path_join(folder, "pre-commit");
	struct stat st;
	int rc = IV_OK;

	*made = NULL;
	if (!lstat(path, &st)) {
		if (!asks_us(path))
			rc = refuse(repo, error, path, "is there already, and stays as it is");
	} else if (shared) {
		rc = refuse(repo, error, folder,
			    "has the hooks of other repositories too (core.hooksPath)");
	} else {
		rc = write_hook(made, repo, path, error);
	}
	free(path);
	free(folder);
	return rc;
}
