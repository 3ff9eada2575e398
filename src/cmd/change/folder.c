#include "cmd/change/folder.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int folder_make(const struct cmd *cmd, const char *path, size_t *there, struct iv_error *error)
{
	char *folder = iv_path_join(cmd->root, path), *end, *real;
	int rc = 0;

	*strrchr(folder, '/') = '\0';
	char *whole = iv_strdup(folder);
	while (access(folder, F_OK) && (end = strrchr(folder, '/')) && end > folder)
		*end = '\0';
	*there = strlen(folder);
	real = realpath(folder, NULL);
	if (!real || strcmp(real, folder) != 0)
		rc = iv_error_set(error, IV_EREFUSED, "'%s' leads over a symbolic link", path);
	else
		rc = iv_folder_make(whole, 0777, error);
	free(real);
	free(whole);
	free(folder);
	return rc;
}

void folder_unmake(const struct cmd *cmd, const char *path, size_t there)
{
	char *folder = iv_path_join(cmd->root, path), *end;

	while ((end = strrchr(folder, '/')) && (size_t)(end - folder) > there) {
		*end = '\0';
		if (rmdir(folder))
			break;
	}
	free(folder);
}
