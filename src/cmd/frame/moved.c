#include "cmd/frame/moved.h"

#include <string.h>

int moved_open(struct moved *out, const struct cmd *cmd, struct iv_error *error)
{
	int rc;

	*out = (struct moved){.apart = NULL};
	rc = iv_repo_open(&out->apart, cmd->vault, error);
	return rc ? rc : iv_repo_differences(&out->differences, out->apart, NULL, NULL, error);
}

void moved_close(struct moved *moved)
{
	iv_differences_release(&moved->differences);
	iv_repo_close(moved->apart);
	*moved = (struct moved){.apart = NULL};
}

const char *moved_from(const struct moved *moved, const char *path)
{
	for (size_t i = 0; i < moved->differences.count; i++)
		if (!strcmp(moved->differences.items[i].path, path))
			return moved->differences.items[i].from;
	return NULL;
}
