/* Merging by lines, as git does it. No repository takes part in it. */
#include <string.h>

#include "vcs/vcs.h"

/* libgit2 takes sizes as long. */
#define SIZE_LIMIT ((size_t)1 << 30)
#define MARKER_LIMIT 200

static const char *label(const char *given, const char *otherwise)
{
	return given && *given ? given : otherwise;
}

static git_merge_file_options options_of(enum iv_merge_favor favor, const struct iv_merge_how *how)
{
	git_merge_file_options options;
	unsigned size = how->marker_size < MARKER_LIMIT ? how->marker_size : MARKER_LIMIT;

	git_merge_file_options_init(&options, GIT_MERGE_FILE_OPTIONS_VERSION);
	options.our_label = label(how->ours_label, "ours");
	options.their_label = label(how->theirs_label, "theirs");
	options.marker_size = (unsigned short)(size < GIT_MERGE_CONFLICT_MARKER_SIZE
						       ? GIT_MERGE_CONFLICT_MARKER_SIZE
						       : size);
	switch (favor) {
	case IV_MERGE_MARK: break;
	case IV_MERGE_OURS: options.favor = GIT_MERGE_FILE_FAVOR_OURS; break;
	case IV_MERGE_THEIRS: options.favor = GIT_MERGE_FILE_FAVOR_THEIRS; break;
	}
	if (how->base_label) {
		options.ancestor_label = label(how->base_label, "base");
		options.flags = GIT_MERGE_FILE_STYLE_DIFF3;
	}
	return options;
}

static git_merge_file_input input_of(struct iv_str bytes)
{
	git_merge_file_input input;

	git_merge_file_input_init(&input, GIT_MERGE_FILE_INPUT_VERSION);
	input.ptr = bytes.len ? bytes.ptr : "";
	input.size = bytes.len;
	return input;
}

static int merge(git_merge_file_result *result, struct iv_str base, struct iv_str ours,
		 struct iv_str theirs, const git_merge_file_options *options,
		 struct iv_error *error)
{
	git_merge_file_input inputs[] = {input_of(base), input_of(ours), input_of(theirs)};

	if (git_merge_file(result, &inputs[0], &inputs[1], &inputs[2], options))
		return vcs_error(error, IV_EIO, "cannot merge the lines");
	return 0;
}

int iv_lines_merge(char **out, size_t *len, bool *conflicts, struct iv_str base, struct iv_str ours,
		   struct iv_str theirs, enum iv_merge_favor favor, const struct iv_merge_how *how,
		   struct iv_error *error)
{
	git_merge_file_options options = options_of(favor, how);
	git_merge_file_result result;
	int rc;

	memset(&result, 0, sizeof(result));
	if (base.len > SIZE_LIMIT || ours.len > SIZE_LIMIT || theirs.len > SIZE_LIMIT)
		return iv_error_set(error, IV_ELIMIT,
				    "the file is too large to be merged by lines");
	if (git_libgit2_init() < 0)
		return iv_error_set(error, IV_EIO, "cannot start libgit2");
	rc = merge(&result, base, ours, theirs, &options, error);
	if (!rc) {
		*out = iv_strndup(result.ptr ? result.ptr : "", result.len);
		*len = result.len;
		*conflicts = !result.automergeable;
	}
	git_merge_file_result_free(&result);
	git_libgit2_shutdown();
	return rc;
}
