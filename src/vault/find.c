/* Which folder is the vault. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/mem.h"
#include "vault/vault.h"

#define CONFIG_SIZE_MAX ((size_t)1 << 20)

static bool has_settings(const char *folder)
{
	char *path = iv_path_join(folder, ".ivnotes");
	struct stat st;
	bool has = !stat(path, &st) && S_ISDIR(st.st_mode);

	free(path);
	return has;
}

/* Shortens `root` to the nearest folder with settings, if there is one. */
static void climb(char *root)
{
	char *folder = iv_strdup(root);
	char *slash;

	while (!has_settings(folder)) {
		slash = strrchr(folder, '/');
		if (!slash || !slash[1])
			goto done; /* the root of all */
		slash[slash == folder] = '\0';
	}
	root[strlen(folder)] = '\0';
done:
	free(folder);
}

static int cannot_open(struct iv_error *error, int number, const char *folder)
{
	if (number == ENOENT)
		return iv_error_set(error, IV_ENOTFOUND, "no folder '%s'", folder);
	if (number == ENOTDIR)
		return iv_error_set(error, IV_EIO, "'%s' is no folder", folder);
	return iv_error_errno(error, number, "cannot open the folder '%s'", folder);
}

/* A file that the config names. One that a symlink leads to has to be in the vault, too. */
static int read_named(void *data, char **bytes, size_t *len, const char *path,
		      struct iv_error *error)
{
	const struct iv_vault *vault = data;
	struct iv_buf buf = IV_BUF_INIT;
	char *joined = iv_path_join(vault->root, path), *real = realpath(joined, NULL);
	size_t root = strlen(vault->root);
	int rc;

	if (real && (strncmp(real, vault->root, root) || (root > 1 && real[root] != '/')))
		rc = iv_error_set(error, IV_EREFUSED, "'%s' leads out of the vault", path);
	else
		rc = iv_file_read_at(&buf, vault->fd, path, CONFIG_SIZE_MAX, error);
	*len = buf.len;
	*bytes = iv_buf_detach(&buf);
	free(joined);
	free(real);
	return rc;
}

/* A missing config is an empty one; one that cannot be read is told as its problem. */
static struct iv_config *load_config(struct iv_vault *vault)
{
	struct iv_buf bytes = IV_BUF_INIT;
	struct iv_error error = IV_ERROR_INIT;
	struct iv_config *config;
	int rc = iv_file_read_at(&bytes, vault->fd, IV_CONFIG_FILE, CONFIG_SIZE_MAX, &error);

	if (rc && rc != IV_ENOTFOUND)
		config = iv_config_unread(error.message);
	else
		config = iv_config_parse_with(iv_buf_view(&bytes), read_named, vault);
	iv_error_release(&error);
	iv_buf_release(&bytes);
	return config;
}

int iv_vault_open(struct iv_vault **out, const char *folder, bool exact, struct iv_error *error)
{
	struct iv_vault *vault = NULL;
	char *root = realpath(folder, NULL);
	struct stat st;
	int fd = -1;
	int rc;

	if (!root || stat(root, &st)) {
		rc = cannot_open(error, errno, folder);
		goto done;
	}
	if (!S_ISDIR(st.st_mode)) {
		rc = cannot_open(error, ENOTDIR, folder);
		goto done;
	}
	if (!exact)
		climb(root);
	fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || faccessat(fd, ".", X_OK, 0)) {
		rc = cannot_open(error, errno, root);
		goto done;
	}
	vault = iv_calloc(1, sizeof(*vault));
	vault->root = root;
	vault->fd = fd;
	vault->config = load_config(vault);
	*out = vault;
	return IV_OK;
done:
	if (fd >= 0)
		close(fd);
	free(root);
	return rc;
}

void iv_vault_close(struct iv_vault *vault)
{
	if (!vault)
		return;
	iv_config_free(vault->config);
	close(vault->fd);
	free(vault->root);
	free(vault);
}

const char *iv_vault_root(const struct iv_vault *vault)
{
	return vault->root;
}

const struct iv_config *iv_vault_config(const struct iv_vault *vault)
{
	return vault->config;
}

void iv_vault_use_config(struct iv_vault *vault, struct iv_config *config)
{
	iv_config_free(vault->config);
	vault->config = config;
}

char *iv_vault_index_folder(const struct iv_vault *vault, const char *cache)
{
	struct iv_buf path = IV_BUF_INIT;

	iv_buf_puts(&path, cache);
	iv_buf_printf(&path, "/ivnotes/%016" PRIx64, iv_hash(iv_str_of(vault->root)));
	return iv_buf_detach(&path);
}
