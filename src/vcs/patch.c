/* Two texts of a file -> what git shows of the change. No repository takes part in it. */
#include <stdlib.h>
#include <string.h>

#include "vcs/vcs.h"

/* Sides that are absent have no name: the file is new, or gone. */
static const char *side(const char *path, struct iv_str bytes)
{
	return bytes.ptr ? path : NULL;
}

static int start_patch(git_patch **out, const char *path, struct iv_str before, struct iv_str after,
		       uint32_t flags, struct iv_error *error)
{
	git_diff_options options;

	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.flags = GIT_DIFF_FORCE_TEXT | flags;
	if (git_patch_from_buffers(out, before.ptr, before.len, side(path, before), after.ptr,
				   after.len, side(path, after), &options))
		return vcs_error(error, IV_EIO, "cannot show the change");
	return IV_OK;
}

static int make_patch(struct iv_buf *out, const char *path, struct iv_str before,
		      struct iv_str after, struct iv_error *error)
{
	git_buf text = {NULL, 0, 0};
	git_patch *patch = NULL;
	int rc = start_patch(&patch, path, before, after, 0, error);

	if (!rc && patch && git_patch_to_buf(&text, patch))
		rc = vcs_error(error, IV_EIO, "cannot show the change");
	if (!rc)
		iv_buf_add(out, text.ptr, text.size);
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

/* ---- hunks alone ---- */

/* ",4", or nothing for one line. */
static void put_range(struct iv_buf *out, char sign, int start, int lines, uint32_t first)
{
	iv_buf_printf(out, " %c%u", sign, (unsigned)start + (first ? first - 1 : 0));
	if (lines != 1)
		iv_buf_printf(out, ",%d", lines);
}

static void put_line(struct iv_buf *out, struct iv_patch_lines *lines, const git_diff_line *line)
{
	lines->inserted += line->origin == GIT_DIFF_LINE_ADDITION;
	lines->deleted += line->origin == GIT_DIFF_LINE_DELETION;
	if (line->origin == GIT_DIFF_LINE_CONTEXT || line->origin == GIT_DIFF_LINE_ADDITION ||
	    line->origin == GIT_DIFF_LINE_DELETION)
		iv_buf_putc(out, line->origin);
	iv_buf_add(out, line->content, line->content_len);
}

static int put_hunk(struct iv_buf *out, struct iv_patch_lines *lines, git_patch *patch,
		    size_t which, uint32_t before_line, uint32_t after_line)
{
	const git_diff_hunk *hunk;
	const git_diff_line *line;
	size_t count;
	int rc = git_patch_get_hunk(&hunk, &count, patch, which);

	if (rc)
		return rc;
	iv_buf_puts(out, "@@");
	put_range(out, '-', hunk->old_start, hunk->old_lines, before_line);
	put_range(out, '+', hunk->new_start, hunk->new_lines, after_line);
	iv_buf_puts(out, " @@\n");
	for (size_t i = 0; !rc && i < count; i++) {
		rc = git_patch_get_line_in_hunk(&line, patch, which, i);
		if (!rc)
			put_line(out, lines, line);
	}
	return rc;
}

static bool has_returns(struct iv_str text)
{
	return iv_str_find(text, IV_LIT("\r\n")) != SIZE_MAX;
}

int iv_patch_hunks(struct iv_patch_lines *out, struct iv_str before, struct iv_str after,
		   uint32_t before_line, uint32_t after_line, struct iv_error *error)
{
	/* Other line ends alone are no change of the text. */
	uint32_t flags =
		has_returns(before) != has_returns(after) ? GIT_DIFF_IGNORE_WHITESPACE_EOL : 0;
	struct iv_buf text = IV_BUF_INIT;
	git_patch *patch = NULL;
	int rc;

	*out = (struct iv_patch_lines){NULL, 0, 0};
	if (git_libgit2_init() < 0)
		return iv_error_set(error, IV_EIO, "cannot start libgit2");
	rc = start_patch(&patch, "text", before, after, flags, error);
	for (size_t i = 0; !rc && patch && i < git_patch_num_hunks(patch); i++)
		if (put_hunk(&text, out, patch, i, before_line, after_line))
			rc = vcs_error(error, IV_EIO, "cannot show the change");
	git_patch_free(patch);
	git_libgit2_shutdown();
	out->text = iv_buf_detach(&text);
	return rc;
}
