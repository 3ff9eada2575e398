/* Templates of one's own, beside the config. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "vault/files.h"
#include "vault/vault.h"

static int open_folder(int *out, const struct iv_vault *vault, struct iv_error *error)
{
	*out = openat(vault->fd, IV_TEMPLATES_FOLDER,
		      O_RDONLY | O_NOFOLLOW | O_DIRECTORY | O_CLOEXEC);
	if (*out >= 0)
		return 0;
	if (errno == ENOENT)
		return iv_error_set(error, IV_ENOTFOUND, "no folder '%s'", IV_TEMPLATES_FOLDER);
	if (errno == ELOOP || errno == ENOTDIR)
		return iv_error_set(error, IV_EREFUSED, "'%s' is no folder", IV_TEMPLATES_FOLDER);
	return iv_error_errno(error, errno, "cannot open '%s'", IV_TEMPLATES_FOLDER);
}

static int read_file(struct iv_buf *out, int folder, const char *name, struct iv_error *error)
{
	struct stat st;

	if (!fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) && S_ISLNK(st.st_mode))
		return iv_error_set(error, IV_EREFUSED, IV_FILE_LINK);
	return iv_file_read_at(out, folder, name, IV_TEMPLATE_SIZE_MAX, error);
}

int iv_vault_template(char **bytes, size_t *len, const struct iv_vault *vault, const char *name,
		      struct iv_error *error)
{
	char *path = iv_path_join(IV_TEMPLATES_FOLDER, name);
	struct iv_buf buf = IV_BUF_INIT;
	int folder = -1;
	int rc = open_folder(&folder, vault, error);

	if (!rc)
		rc = read_file(&buf, folder, name, error);
	if (rc)
		iv_error_at(error, path, (struct iv_pos){0, 0});
	if (folder >= 0)
		close(folder);
	if (!rc) {
		*len = buf.len;
		*bytes = iv_buf_detach(&buf);
	}
	iv_buf_release(&buf);
	free(path);
	return rc;
}
