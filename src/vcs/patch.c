/* Two texts of a file -> what git shows of the change. No repository takes part in it. */
#include <stdlib.h>
#include <string.h>

#include "vcs/vcs.h"

/* Sides that are absent have no name: the file is new, or gone. */
static const char *side(const char *path, struct iv_str bytes)
{
	return bytes.ptr ? path : NULL;
}

static int make_patch(struct iv_buf *out, const char *path, struct iv_str before,
		      struct iv_str after, struct iv_error *error)
{
	git_diff_options options;
	git_buf text = {NULL, 0, 0};
	git_patch *patch = NULL;
	int rc = IV_EIO;

	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.flags = GIT_DIFF_FORCE_TEXT;
	if (git_patch_from_buffers(&patch, before.ptr, before.len, side(path, before), after.ptr,
				   after.len, side(path, after), &options) ||
	    (patch && git_patch_to_buf(&text, patch))) {
		vcs_error(error, rc, "cannot show the change");
		goto done;
	}
	iv_buf_add(out, text.ptr, text.size);
	rc = IV_OK;
done:
	git_buf_dispose(&text);
	git_patch_free(patch);
	return rc;
}

int iv_patch(char **out, const char *path, struct iv_str before, struct iv_str after,
	     struct iv_error *error)
{
	struct iv_buf text = IV_BUF_INIT;
	int rc;

	if (git_libgit2_init() < 0)
		return iv_error_set(error, IV_EIO, "cannot start libgit2");
	rc = make_patch(&text, path, before, after, error);
	git_libgit2_shutdown();
	if (!rc)
		*out = iv_buf_detach(&text);
	iv_buf_release(&text);
	return rc;
}

/* What git writes for it; libgit2 knows moves between trees only. */
int iv_patch_move(char **out, const char *from, const char *to, struct iv_str before,
		  struct iv_str after, struct iv_error *error)
{
	struct iv_buf text = IV_BUF_INIT;
	char *change = NULL;
	const char *lines;
	int rc = iv_patch(&change, to, before, after, error);

	if (rc)
		return rc;
	lines = strstr(change, "\n+++ ");
	iv_buf_printf(&text, "diff --git a/%s b/%s\n", from, to);
	if (!lines)
		iv_buf_puts(&text, "similarity index 100%\n");
	iv_buf_printf(&text, "rename from %s\nrename to %s\n", from, to);
	if (lines)
		iv_buf_printf(&text, "--- a/%s%s", from, lines);
	*out = iv_buf_detach(&text);
	free(change);
	return 0;
}
