/* What a switch has to do, and whether anything is in its way. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <git2/sys/repository.h>

#include "base/file.h"
#include "vcs/switch.h"

/* ---- the list ---- */

static struct vcs_step *add_step(struct vcs_switch *own, const char *path)
{
	struct vcs_step *step;

	IV_GROW(own->steps, own->count, own->capacity);
	step = &own->steps[own->count++];
	memset(step, 0, sizeof(*step));
	step->path = iv_arena_str(own->arena, iv_str_of(path)).ptr;
	return step;
}

static int list_changes(struct vcs_switch *own, struct iv_error *error)
{
	git_diff *diff = NULL;
	git_diff_options options;

	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.flags = GIT_DIFF_SKIP_BINARY_CHECK | GIT_DIFF_INCLUDE_TYPECHANGE;
	if (git_diff_tree_to_tree(&diff, own->repo->git, own->wish->from, own->wish->to, &options))
		return vcs_error(error, IV_EIO, "cannot compare two commits");
	for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *delta = git_diff_get_delta(diff, i);
		struct vcs_step *step = add_step(own, delta->new_file.path);

		if (delta->status != GIT_DELTA_ADDED)
			step->before = (struct vcs_side){delta->old_file.id, delta->old_file.mode};
		if (delta->status != GIT_DELTA_DELETED)
			step->after = (struct vcs_side){delta->new_file.id, delta->new_file.mode};
	}
	git_diff_free(diff);
	return IV_OK;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct vcs_step *)a)->path, ((const struct vcs_step *)b)->path);
}

static void sort_steps(struct vcs_switch *own)
{
	if (own->count)
		qsort(own->steps, own->count, sizeof(*own->steps), by_path);
}

/* A file that a conflict leaves as it is must not hold other changes: aborting would undo them. */
static void list_conflicts(struct vcs_switch *own)
{
	size_t known = own->count;

	sort_steps(own);
	for (size_t i = 0; i < own->wish->conflict_count; i++) {
		const struct vcs_conflict *conflict = &own->wish->conflicts[i];
		struct vcs_step key = {.path = conflict->path}, *step;

		if (known && bsearch(&key, own->steps, known, sizeof(key), by_path))
			continue;
		step = add_step(own, conflict->path);
		step->before = step->after = conflict->sides[1];
	}
	sort_steps(own);
}

/* A tree may hold any names, whoever made it: none may lead out of the folder, or into git's own. */
static bool is_allowed(const char *path)
{
	static const char *const forbidden[] = {"", ".", "..", ".git", "git~1"};
	struct iv_str rest = iv_str_of(path), name;

	for (size_t slash = 0; slash != SIZE_MAX; rest = iv_str_slice(rest, slash + 1, rest.len)) {
		slash = iv_str_find_char(rest, '/');
		name = iv_str_slice(rest, 0, slash == SIZE_MAX ? rest.len : slash);
		for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
			if (iv_str_is_nocase(name, forbidden[i]))
				return false;
		if (slash == SIZE_MAX)
			break;
	}
	return true;
}

static int check_names(const struct vcs_switch *own, struct iv_error *error)
{
	for (size_t i = 0; i < own->count; i++)
		if (own->steps[i].after.mode && !is_allowed(own->steps[i].path))
			return iv_error_set(error, IV_EREFUSED,
					    "what was received has a file '%s', which git does not "
					    "allow; nothing was touched",
					    own->steps[i].path);
	return IV_OK;
}

static bool is_there(const struct vcs_step *step)
{
	return step->before.mode || step->after.mode;
}

/* A step below `path`, as if it were a folder's; after the steps before `from` there can be none. */
static bool has_below(const struct vcs_switch *own, const char *path, size_t from)
{
	size_t len = strlen(path);

	for (size_t i = from; i < own->count && !strncmp(own->steps[i].path, path, len); i++)
		if (own->steps[i].path[len] == '/' && is_there(&own->steps[i]))
			return true;
	return false;
}

/* A folder in the place of a file, or the other way round, cannot be made all or none. */
static int check_shapes(const struct vcs_switch *own, struct iv_error *error)
{
	for (size_t i = 0; i < own->count; i++) {
		const struct vcs_step *step = &own->steps[i];

		if (is_there(step) && has_below(own, step->path, i + 1))
			return iv_error_set(
				error, IV_EREFUSED,
				"'%s' was a file and becomes a folder, or the other way round, "
				"which ivnotes does not do; 'git merge %s' does, then sync again",
				step->path, own->wish->label);
	}
	return IV_OK;
}

/* ---- what is in the way ---- */

struct obstacles {
	const char *path, *why; /* the first */
	size_t count;
};

static void stumble(struct obstacles *found, const char *path, const char *why)
{
	if (!found->count++) {
		found->path = path;
		found->why = why;
	}
}

static int refuse(const struct obstacles *found, struct iv_error *error)
{
	struct iv_buf more = IV_BUF_INIT;
	int rc;

	if (found->count > 1)
		iv_buf_printf(&more, ", and %zu more files are in the way", found->count - 1);
	rc = iv_error_set(error, IV_EREFUSED,
			  "what was received changes '%s', which %s%s; commit ('ivnotes sync "
			  "--commit') or move it away first: nothing was touched",
			  found->path, found->why, more.len ? more.ptr : "");
	iv_buf_release(&more);
	return rc;
}

static bool equal(const struct vcs_side *a, const struct vcs_side *b)
{
	return a->mode == b->mode && (!a->mode || git_oid_equal(&a->id, &b->id));
}

static char *absolute(const struct vcs_switch *own, const char *path)
{
	return iv_path_join(own->repo->folder, path);
}

static bool is_file(const struct vcs_side *side)
{
	return side->mode && side->mode != GIT_FILEMODE_COMMIT;
}

/* Nothing is written through a symbolic link, and no file makes room for a folder. */
static bool parents_free(const struct vcs_switch *own, const char *path)
{
	char *whole = absolute(own, path);
	size_t from = strlen(own->repo->folder) + 1;
	bool is_free = true;
	struct stat st;

	for (char *slash = strchr(whole + from, '/'); slash && is_free;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		is_free = lstat(whole, &st) ? errno == ENOENT : S_ISDIR(st.st_mode);
		*slash = '/';
	}
	free(whole);
	return is_free;
}

static void look_at_staged(struct vcs_switch *own, struct vcs_step *step, struct obstacles *found)
{
	const git_index_entry *entry = git_index_get_bypath(own->index.index, step->path, 0);
	struct vcs_side staged = {.mode = 0};

	if (entry)
		staged = (struct vcs_side){entry->id, (uint16_t)entry->mode};
	if (entry && (entry->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE))
		step->overlooked = true;
	if (!equal(&staged, &step->before) && !equal(&staged, &step->after))
		stumble(found, step->path, "has other changes staged");
}

static int read_now(struct vcs_switch *own, struct vcs_step *step, bool link,
		    struct iv_error *error)
{
	char *path = absolute(own, step->path), target[PATH_MAX];
	ssize_t len;
	int rc = IV_OK;

	if (!link) {
		rc = iv_file_read(&step->now, path, SIZE_MAX / 2, error);
	} else if ((len = readlink(path, target, sizeof(target))) < 0) {
		rc = iv_error_errno(error, errno, "cannot read '%s'", step->path);
	} else {
		iv_buf_add(&step->now, target, (size_t)len);
	}
	free(path);
	return rc;
}

/* The bytes are read first: should the file change in between, the writer sees that. */
static int compare(struct vcs_switch *own, struct vcs_step *step, struct obstacles *found,
		   struct iv_error *error)
{
	const git_index_entry *entry = git_index_get_bypath(own->index.index, step->path, 0);
	struct vcs_side now = {.mode = 0};
	int rc = vcs_worktree_hash(&now.id, &now.mode, &own->worktree, step->path, entry, error);

	if (rc)
		return rc;
	step->done = equal(&now, &step->after);
	if (!step->done && !step->before.mode)
		stumble(found, step->path, "is here and not under git");
	else if (!step->done && !equal(&now, &step->before))
		stumble(found, step->path, "has changes that are not committed");
	return IV_OK;
}

static int look_at_file(struct vcs_switch *own, struct vcs_step *step, struct obstacles *found,
			struct iv_error *error)
{
	char *path = absolute(own, step->path);
	struct stat st;
	int missing = lstat(path, &st) ? errno : 0, rc;

	free(path);
	if (!parents_free(own, step->path)) {
		stumble(found, step->path, "has a file in the place of its folder");
		return IV_OK;
	}
	if (missing && missing != ENOENT)
		return iv_error_errno(error, missing, "cannot look at '%s'", step->path);
	if (missing) {
		step->done = !step->after.mode;
		if (step->before.mode && step->after.mode)
			stumble(found, step->path, "was removed here without a commit");
		return IV_OK;
	}
	if (!S_ISREG(st.st_mode) && !S_ISLNK(st.st_mode)) {
		stumble(found, step->path, "is no file here");
		return IV_OK;
	}
	rc = read_now(own, step, S_ISLNK(st.st_mode), error);
	return rc ? rc : compare(own, step, found, error);
}

static bool arrives_filtered(const struct vcs_switch *own, const char *path, const char *name)
{
	git_attr_options options = {.version = GIT_ATTR_OPTIONS_VERSION,
				    .flags = GIT_ATTR_CHECK_INCLUDE_COMMIT,
				    .attr_commit_id = *own->wish->received};
	const char *value = NULL;

	return !git_attr_get_ext(&value, own->repo->git, &options, path, name) &&
	       git_attr_value(value) == GIT_ATTR_VALUE_STRING;
}

/* By attributes that are here, or that come with the file. */
static int check_filter(struct vcs_switch *own, const struct vcs_step *step, struct iv_error *error)
{
	if (!vcs_worktree_filtered(&own->worktree, step->path) &&
	    !arrives_filtered(own, step->path, "filter") &&
	    !arrives_filtered(own, step->path, "working-tree-encoding"))
		return IV_OK;
	return iv_error_set(error, IV_EREFUSED,
			    "'%s' has a git attribute ('filter' or 'working-tree-encoding') that "
			    "ivnotes cannot apply; use 'git pull' for it",
			    step->path);
}

static int look(struct vcs_switch *own, struct vcs_step *step, struct obstacles *found,
		struct iv_error *error)
{
	int rc;

	look_at_staged(own, step, found);
	if (step->overlooked)
		return IV_OK;
	step->done = !step->before.mode && !step->after.mode;
	if (!is_file(&step->before) && !is_file(&step->after))
		return IV_OK; /* a submodule's commit, or nothing at all */
	if (step->before.mode == GIT_FILEMODE_COMMIT || step->after.mode == GIT_FILEMODE_COMMIT) {
		stumble(found, step->path, "is a submodule on one side and a file on the other");
		return IV_OK;
	}
	rc = check_filter(own, step, error);
	return rc ? rc : look_at_file(own, step, found, error);
}

/* ---- what comes ---- */

/* The blob as it lies in the working tree: with its line ends. */
static int load(struct vcs_switch *own, struct vcs_step *step, struct iv_error *error)
{
	git_filter_list *filters = NULL;
	git_buf smudged = GIT_BUF_INIT;
	git_blob *blob = NULL;
	int rc = git_blob_lookup(&blob, own->repo->git, &step->after.id);

	if (!rc && step->after.mode != GIT_FILEMODE_LINK)
		rc = git_filter_list_load(&filters, own->repo->git, blob, step->path,
					  GIT_FILTER_TO_WORKTREE, GIT_FILTER_DEFAULT);
	if (!rc && filters)
		rc = git_filter_list_apply_to_blob(&smudged, filters, blob);
	if (!rc && filters)
		iv_buf_add(&step->bytes, smudged.ptr, smudged.size);
	else if (!rc)
		iv_buf_add(&step->bytes, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob));
	git_filter_list_free(filters);
	git_buf_dispose(&smudged);
	git_blob_free(blob);
	return rc ? vcs_error(error, IV_EIO, step->path) : IV_OK;
}

static int examine(struct vcs_switch *own, struct iv_error *error)
{
	struct obstacles found = {NULL, NULL, 0};
	int rc = IV_OK;

	for (size_t i = 0; !rc && i < own->count; i++)
		rc = look(own, &own->steps[i], &found, error);
	if (!rc && found.count)
		rc = refuse(&found, error);
	for (size_t i = 0; !rc && i < own->count; i++) {
		struct vcs_step *step = &own->steps[i];
		if (!step->done && !step->overlooked && is_file(&step->after))
			rc = load(own, step, error);
	}
	return rc;
}

static int check_index(const struct vcs_switch *own, struct iv_error *error)
{
	if (!git_index_has_conflicts(own->index.index))
		return IV_OK;
	return iv_error_set(error, IV_EREFUSED,
			    "the git index holds unresolved conflicts; resolve them, 'git add' the "
			    "files and 'git commit', then sync");
}

int vcs_switch_prepare(struct vcs_switch *out, const struct iv_repo *repo,
		       const struct vcs_switch_wish *wish, struct iv_error *error)
{
	int rc;

	memset(out, 0, sizeof(*out));
	out->repo = repo;
	out->wish = wish;
	out->arena = iv_arena_new();
	vcs_worktree_init(&out->worktree, repo);
	rc = vcs_index_open(&out->index, repo, true, error);
	if (!rc)
		rc = check_index(out, error);
	if (!rc)
		rc = list_changes(out, error);
	if (!rc)
		list_conflicts(out);
	if (!rc)
		rc = check_names(out, error);
	if (!rc)
		rc = check_shapes(out, error);
	return rc ? rc : examine(out, error);
}

void vcs_switch_release(struct vcs_switch *own)
{
	for (size_t i = 0; i < own->count; i++) {
		iv_buf_release(&own->steps[i].now);
		iv_buf_release(&own->steps[i].bytes);
	}
	free(own->steps);
	if (own->index.path)
		vcs_index_close(&own->index);
	git_repository_set_index(own->repo->git, NULL);
	vcs_worktree_release(&own->worktree);
	iv_arena_free(own->arena);
	memset(own, 0, sizeof(*own));
}
