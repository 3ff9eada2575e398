#include "vcs/merge.h"

#include <stdlib.h>
#include <string.h>

#include "vault/vault.h"

enum { BASE, OURS, THEIRS };

/*
 * In hundredths. Notes from one template resemble each other: at git's 50, what was added to one that
 * the other side removed could go into a new one of somebody else. A note that was renamed and
 * rewritten is a conflict.
 */
#define RENAME_LIKENESS 80

struct merger {
	struct vcs_merge *out;
	const struct iv_repo *repo;
	const char *label;
	bool shows_base;    /* in conflicts */
	git_tree *trees[3]; /* that of the base is NULL where there are several */
	git_index *index;   /* of git's merge, in memory */
	struct iv_error *error;
};

/* A note that both sides changed: its name afterwards, and those it had. */
struct both {
	const char *path, *before, *ours, *theirs;
	struct vcs_side sides[3];
};

static int broken(const struct merger *merger, const char *what)
{
	return vcs_error(merger->error, IV_EIO, what);
}

/* ---- which files are notes, and ours to merge ---- */

static bool is_blob(const struct vcs_side *side)
{
	return side->mode == GIT_FILEMODE_BLOB || side->mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

/* Somebody who says in .gitattributes how a file is to be merged is heard, but for our own driver. */
static bool told_otherwise(const struct merger *merger, const char *path)
{
	const char *value = NULL;

	if (git_attr_get(&value, merger->repo->git, 0, path, "merge"))
		return false;
	if (git_attr_value(value) == GIT_ATTR_VALUE_FALSE)
		return true;
	return git_attr_value(value) == GIT_ATTR_VALUE_STRING &&
	       (!strcmp(value, "binary") || !strcmp(value, "union"));
}

/* One that is over the limit for notes is merged by lines, as any file. */
static bool is_small(const struct merger *merger, const struct vcs_side sides[3])
{
	git_odb *odb = NULL;
	bool small = !git_repository_odb(&odb, merger->repo->git);
	git_object_t type;
	size_t len = 0;

	for (int i = 0; i < 3 && small; i++)
		if (is_blob(&sides[i]))
			small = !git_odb_read_header(&len, &type, odb, &sides[i].id) &&
				len <= IV_NOTE_SIZE_MAX;
	git_odb_free(odb);
	return small;
}

static bool is_note(const struct merger *merger, const char *path, const struct vcs_side sides[3])
{
	const struct iv_repo *repo = merger->repo;
	size_t prefix = strlen(repo->prefix);

	return !strncmp(path, repo->prefix, prefix) &&
	       iv_vault_holds(iv_vault_config(repo->vault), iv_str_of(path + prefix)) &&
	       !told_otherwise(merger, path) && is_small(merger, sides);
}

/* ---- the index of the merge ---- */

/* Where one side has a file and the other a folder: libgit2 would drop the one for the other. */
static bool clashes(const struct merger *merger, const char *path, size_t *file_len)
{
	struct iv_buf below = IV_BUF_INIT;
	char *above = iv_strdup(path);
	bool found;
	size_t at;

	iv_buf_printf(&below, "%s/", path);
	found = !git_index_find_prefix(&at, merger->index, below.ptr);
	*file_len = strlen(path);
	for (char *slash = strchr(above, '/'); slash && !found; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		found = !git_index_find(&at, merger->index, above);
		*file_len = found ? strlen(above) : *file_len;
		*slash = '/';
	}
	git_error_clear();
	iv_buf_release(&below);
	free(above);
	return found;
}

static int refuse_clash(const struct merger *merger, const char *path, size_t len)
{
	char *name = iv_strndup(path, len);
	git_tree_entry *ours = NULL;
	bool folder = !git_tree_entry_bypath(&ours, merger->trees[OURS], name) &&
		      git_tree_entry_type(ours) == GIT_OBJECT_TREE;
	int rc = iv_error_set(merger->error, IV_EREFUSED,
			      "'%s' is a %s here and a %s at '%s'; rename yours: 'git mv %s "
			      "ANOTHER-NAME' and 'git commit', then sync",
			      name, folder ? "folder" : "file", folder ? "file" : "folder",
			      merger->label, name);

	git_tree_entry_free(ours);
	free(name);
	return rc;
}

static int put(struct merger *merger, const char *path, const git_oid *id, uint16_t mode)
{
	git_index_entry entry = {.id = *id, .mode = mode, .path = path};
	size_t len;

	if (clashes(merger, path, &len))
		return refuse_clash(merger, path, len);
	return git_index_add(merger->index, &entry) ? broken(merger, path) : IV_OK;
}

static void clear(struct merger *merger, const char *path)
{
	git_index_conflict_remove(merger->index, path);
	git_index_remove(merger->index, path, 0);
	git_error_clear();
}

static void note_conflict(struct merger *merger, const char *path, const struct vcs_side *sides,
			  enum iv_conflict_why why, bool marked)
{
	struct vcs_merge *out = merger->out;
	struct vcs_conflict conflict = {.path = iv_arena_str(out->arena, iv_str_of(path)).ptr};

	memcpy(conflict.sides, sides, sizeof(conflict.sides));
	IV_GROW(out->conflicts, out->conflict_count, out->conflict_capacity);
	IV_GROW(out->told, out->conflict_count, out->told_capacity);
	out->told[out->conflict_count] = (struct iv_sync_conflict){conflict.path, why, marked};
	out->conflicts[out->conflict_count++] = conflict;
}

static void note_joined(struct merger *merger, const char *path)
{
	struct vcs_merge *out = merger->out;

	IV_GROW(out->joined, out->joined_count, out->joined_capacity);
	out->joined[out->joined_count++] = iv_arena_str(out->arena, iv_str_of(path)).ptr;
}

/* ---- one note ---- */

static int read_side(char **bytes, size_t *len, const struct merger *merger,
		     const struct vcs_side *side)
{
	if (!is_blob(side)) {
		*bytes = iv_strdup("");
		*len = 0;
		return IV_OK;
	}
	return vcs_read_blob(bytes, len, merger->repo->git, &side->id, merger->error);
}

static uint16_t mode_of(const struct vcs_side sides[3])
{
	return sides[OURS].mode == sides[BASE].mode ? sides[THEIRS].mode : sides[OURS].mode;
}

/* What comes out is what the file holds; a conflict's stages are kept beside it. */
static int join(struct merger *merger, const char *path, const struct vcs_side sides[3])
{
	struct iv_str texts[3];
	char *bytes[3] = {NULL, NULL, NULL};
	const struct iv_merge_how how = {
		.ours_label = "HEAD",
		.theirs_label = merger->label,
		.base_label = merger->shows_base ? "base" : NULL,
		.syntax = iv_config_syntax(iv_vault_config(merger->repo->vault)),
		.lines = iv_lines_merge,
	};
	struct iv_merged joined = {NULL, 0, false};
	git_oid id;
	int rc = IV_OK;

	for (int i = 0; i < 3 && !rc; i++) {
		rc = read_side(&bytes[i], &texts[i].len, merger, &sides[i]);
		texts[i].ptr = bytes[i];
	}
	if (!rc) {
		iv_merge(&joined, iv_str_of(path + strlen(merger->repo->prefix)), texts[BASE],
			 texts[OURS], texts[THEIRS], &how);
		if (git_blob_create_from_buffer(&id, merger->repo->git, joined.bytes, joined.len))
			rc = broken(merger, "cannot keep a merged note");
	}
	if (!rc)
		rc = put(merger, path, &id, mode_of(sides));
	if (!rc && joined.conflicts)
		note_conflict(merger, path, sides,
			      sides[BASE].mode ? IV_CONFLICT_CHANGED : IV_CONFLICT_ADDED, true);
	else if (!rc)
		note_joined(merger, path);
	free(joined.bytes);
	for (int i = 0; i < 3; i++)
		free(bytes[i]);
	return rc;
}

/* ---- notes that both sides changed ---- */

static int compare(git_diff **out, const struct merger *merger, git_tree *from, git_tree *to)
{
	git_diff_options options;
	git_diff_find_options find;

	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	git_diff_find_options_init(&find, GIT_DIFF_FIND_OPTIONS_VERSION);
	options.flags = GIT_DIFF_SKIP_BINARY_CHECK;
	find.flags = GIT_DIFF_FIND_RENAMES;
	find.rename_threshold = RENAME_LIKENESS;
	if (git_diff_tree_to_tree(out, merger->repo->git, from, to, &options) ||
	    git_diff_find_similar(*out, &find))
		return broken(merger, "cannot compare two commits");
	return IV_OK;
}

static bool changes(const git_diff_delta *delta)
{
	return delta->status == GIT_DELTA_MODIFIED || delta->status == GIT_DELTA_RENAMED;
}

/* The delta of that old path, or NULL; deltas are in no order that helps after renames were found. */
static const git_diff_delta *find_delta(git_diff *diff, const char *old)
{
	for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *delta = git_diff_get_delta(diff, i);
		if (changes(delta) && !strcmp(delta->old_file.path, old))
			return delta;
	}
	return NULL;
}

static struct vcs_side side_of(const git_diff_file *file)
{
	return (struct vcs_side){file->id, file->mode};
}

/* False where the two gave it different names: that stays a conflict of git's. */
static bool meet(struct both *out, const git_diff_delta *ours, const git_diff_delta *theirs)
{
	const char *old = ours->old_file.path;

	*out = (struct both){.path = ours->new_file.path,
			     .before = old,
			     .ours = ours->new_file.path,
			     .theirs = theirs->new_file.path};
	out->sides[BASE] = side_of(&ours->old_file);
	out->sides[OURS] = side_of(&ours->new_file);
	out->sides[THEIRS] = side_of(&theirs->new_file);
	if (!strcmp(out->ours, old))
		out->path = out->theirs;
	else if (strcmp(out->theirs, old) && strcmp(out->theirs, out->ours))
		return false;
	return !git_oid_equal(&out->sides[OURS].id, &out->sides[BASE].id) &&
	       !git_oid_equal(&out->sides[THEIRS].id, &out->sides[BASE].id) &&
	       !git_oid_equal(&out->sides[OURS].id, &out->sides[THEIRS].id);
}

static bool has(git_tree *tree, const char *path)
{
	git_tree_entry *entry = NULL;
	bool found = !git_tree_entry_bypath(&entry, tree, path);

	git_tree_entry_free(entry);
	return found;
}

/* Renamed to where the other side has a file of its own? */
static bool collides(const struct merger *merger, const struct both *both)
{
	return (strcmp(both->path, both->ours) && has(merger->trees[OURS], both->path)) ||
	       (strcmp(both->path, both->theirs) && has(merger->trees[THEIRS], both->path));
}

static int join_both(struct merger *merger, const struct both *both)
{
	for (int i = 0; i < 3; i++)
		if (!is_blob(&both->sides[i]))
			return IV_OK;
	if (!is_note(merger, both->path, both->sides) || collides(merger, both))
		return IV_OK;
	clear(merger, both->before);
	clear(merger, both->ours);
	clear(merger, both->theirs);
	return join(merger, both->path, both->sides);
}

static int join_changed(struct merger *merger)
{
	git_diff *ours = NULL, *theirs = NULL;
	int rc = compare(&ours, merger, merger->trees[BASE], merger->trees[OURS]);

	if (!rc)
		rc = compare(&theirs, merger, merger->trees[BASE], merger->trees[THEIRS]);
	for (size_t i = 0; !rc && i < git_diff_num_deltas(ours); i++) {
		const git_diff_delta *one = git_diff_get_delta(ours, i), *other;
		struct both both;

		other = changes(one) ? find_delta(theirs, one->old_file.path) : NULL;
		if (other && meet(&both, one, other))
			rc = join_both(merger, &both);
	}
	git_diff_free(ours);
	git_diff_free(theirs);
	return rc;
}

/*
 * With several bases git merges these first, by lines, and what comes out may be neither side's. Such
 * notes are merged as if both had been added: what differs is then a conflict, nothing is dropped.
 */
static int join_crossed(struct merger *merger)
{
	git_diff *diff = NULL;
	int rc = compare(&diff, merger, merger->trees[OURS], merger->trees[THEIRS]);

	for (size_t i = 0; !rc && i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *delta = git_diff_get_delta(diff, i);
		const char *path = delta->new_file.path;
		const git_index_entry *entry = git_index_get_bypath(merger->index, path, 0);
		struct both both = {.path = path, .before = path, .ours = path, .theirs = path};

		both.sides[OURS] = side_of(&delta->old_file);
		both.sides[THEIRS] = side_of(&delta->new_file);
		if (delta->status != GIT_DELTA_MODIFIED || !is_blob(&both.sides[OURS]) ||
		    !is_blob(&both.sides[THEIRS]) || !is_note(merger, path, both.sides) || !entry ||
		    git_oid_equal(&entry->id, &both.sides[OURS].id) ||
		    git_oid_equal(&entry->id, &both.sides[THEIRS].id))
			continue;
		clear(merger, path);
		rc = join(merger, path, both.sides);
	}
	git_diff_free(diff);
	return rc;
}

/* ---- what git's merge left open ---- */

static enum iv_conflict_why why_of(const struct vcs_side sides[3])
{
	bool base = sides[BASE].mode, ours = sides[OURS].mode, theirs = sides[THEIRS].mode;

	if (ours && theirs)
		return base ? IV_CONFLICT_CHANGED : IV_CONFLICT_ADDED;
	if (base && ours)
		return IV_CONFLICT_THEIRS_GONE;
	if (base && theirs)
		return IV_CONFLICT_OURS_GONE;
	return IV_CONFLICT_RENAMED;
}

/* Other files: git's markers where it is text, else ours stays. */
static int mark(bool *marked, git_oid *id, struct merger *merger, const char *path,
		const struct vcs_side sides[3])
{
	git_merge_file_options options;
	git_merge_file_result result = {0};
	git_index_entry entries[3];
	int rc;

	git_merge_file_options_init(&options, GIT_MERGE_FILE_OPTIONS_VERSION);
	options.our_label = "HEAD";
	options.their_label = merger->label;
	options.ancestor_label = "base";
	if (merger->shows_base)
		options.flags |= GIT_MERGE_FILE_STYLE_DIFF3;
	for (int i = 0; i < 3; i++)
		entries[i] =
			(git_index_entry){.id = sides[i].id, .mode = sides[i].mode, .path = path};
	*id = sides[OURS].id;
	*marked = false;
	if (!is_blob(&sides[OURS]) || !is_blob(&sides[THEIRS]) || told_otherwise(merger, path))
		return IV_OK;
	rc = git_merge_file_from_index(&result, merger->repo->git,
				       sides[BASE].mode ? &entries[BASE] : NULL, &entries[OURS],
				       &entries[THEIRS], &options);
	if (!rc && result.ptr && !memchr(result.ptr, '\0', result.len)) {
		*marked = !result.automergeable;
		rc = git_blob_create_from_buffer(id, merger->repo->git, result.ptr, result.len);
	}
	git_merge_file_result_free(&result);
	return rc ? broken(merger, path) : IV_OK;
}

static int settle(struct merger *merger, const struct vcs_conflict *conflict)
{
	const struct vcs_side *sides = conflict->sides;
	bool ours = sides[OURS].mode, theirs = sides[THEIRS].mode, marked = false;
	git_oid id = ours ? sides[OURS].id : sides[THEIRS].id;
	int rc = IV_OK;

	clear(merger, conflict->path);
	if (is_blob(&sides[OURS]) && is_blob(&sides[THEIRS]) &&
	    is_note(merger, conflict->path, sides))
		return join(merger, conflict->path, sides);
	if (ours && theirs)
		rc = mark(&marked, &id, merger, conflict->path, sides);
	if (!rc && (ours || theirs))
		rc = put(merger, conflict->path, &id, ours ? sides[OURS].mode : sides[THEIRS].mode);
	if (!rc)
		note_conflict(merger, conflict->path, sides, why_of(sides), marked);
	return rc;
}

static struct vcs_side side_of_entry(const git_index_entry *entry)
{
	return entry ? (struct vcs_side){entry->id, (uint16_t)entry->mode}
		     : (struct vcs_side){.mode = 0};
}

static int settle_conflicts(struct merger *merger)
{
	struct vcs_conflict *open = NULL;
	size_t count = 0, capacity = 0;
	git_index_conflict_iterator *next = NULL;
	const git_index_entry *base, *ours, *theirs;
	int rc = IV_OK;

	if (!git_index_has_conflicts(merger->index))
		return IV_OK;
	if (git_index_conflict_iterator_new(&next, merger->index))
		return broken(merger, "cannot list the conflicts");
	while (!git_index_conflict_next(&base, &ours, &theirs, next)) {
		const char *path = base ? base->path : ours ? ours->path : theirs->path;
		IV_GROW(open, count, capacity);
		open[count++] = (struct vcs_conflict){
			iv_arena_str(merger->out->arena, iv_str_of(path)).ptr,
			{side_of_entry(base), side_of_entry(ours), side_of_entry(theirs)}};
	}
	git_index_conflict_iterator_free(next);
	for (size_t i = 0; i < count && !rc; i++)
		rc = settle(merger, &open[i]);
	free(open);
	return rc;
}

/* ---- all of it ---- */

/* As merge.conflictStyle says; zdiff3 is no other style to us. */
static bool shows_base(const struct iv_repo *repo)
{
	char *style = iv_repo_setting(repo, "merge.conflictstyle");
	bool shows = style && (!strcmp(style, "diff3") || !strcmp(style, "zdiff3"));

	free(style);
	return shows;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int conflict_by_path(const void *a, const void *b)
{
	return strcmp(((const struct vcs_conflict *)a)->path,
		      ((const struct vcs_conflict *)b)->path);
}

static int told_by_path(const void *a, const void *b)
{
	return strcmp(((const struct iv_sync_conflict *)a)->path,
		      ((const struct iv_sync_conflict *)b)->path);
}

static void sort(struct vcs_merge *out)
{
	if (out->joined_count)
		qsort(out->joined, out->joined_count, sizeof(*out->joined), by_path);
	if (!out->conflict_count)
		return;
	qsort(out->conflicts, out->conflict_count, sizeof(*out->conflicts), conflict_by_path);
	qsort(out->told, out->conflict_count, sizeof(*out->told), told_by_path);
}

static int find_trees(struct merger *merger, git_commit *ours, git_commit *theirs)
{
	git_oidarray bases = {NULL, 0};
	git_commit *base = NULL;
	int rc = git_merge_bases(&bases, merger->repo->git, git_commit_id(ours),
				 git_commit_id(theirs));

	if (rc == GIT_ENOTFOUND)
		return iv_error_set(merger->error, IV_EREFUSED,
				    "the two histories have no commit in common; if they belong "
				    "together: 'git merge --allow-unrelated-histories %s'",
				    merger->label);
	if (!rc && bases.count == 1)
		rc = git_commit_lookup(&base, merger->repo->git, &bases.ids[0]);
	if (!rc && base)
		rc = git_commit_tree(&merger->trees[BASE], base);
	if (!rc)
		rc = git_commit_tree(&merger->trees[OURS], ours);
	if (!rc)
		rc = git_commit_tree(&merger->trees[THEIRS], theirs);
	git_commit_free(base);
	git_oidarray_dispose(&bases);
	return rc ? broken(merger, "cannot read the history") : IV_OK;
}

static int merge_trees(struct merger *merger, git_commit *ours, git_commit *theirs)
{
	git_merge_options options;

	git_merge_options_init(&options, GIT_MERGE_OPTIONS_VERSION);
	options.rename_threshold = RENAME_LIKENESS;
	if (git_merge_commits(&merger->index, merger->repo->git, ours, theirs, &options))
		return broken(merger, "cannot merge");
	return IV_OK;
}

int vcs_merge(struct vcs_merge *out, const struct iv_repo *repo, git_commit *ours,
	      git_commit *theirs, const char *label, struct iv_error *error)
{
	struct merger merger = {.out = out, .repo = repo, .label = label, .error = error};
	int rc;

	memset(out, 0, sizeof(*out));
	out->arena = iv_arena_new();
	merger.shows_base = shows_base(repo);
	rc = find_trees(&merger, ours, theirs);
	if (!rc)
		rc = merge_trees(&merger, ours, theirs);
	if (!rc)
		rc = merger.trees[BASE] ? join_changed(&merger) : join_crossed(&merger);
	if (!rc)
		rc = settle_conflicts(&merger);
	if (!rc && git_index_write_tree_to(&out->tree, merger.index, repo->git))
		rc = broken(&merger, "cannot keep the merged tree");
	sort(out);
	for (int i = 0; i < 3; i++)
		git_tree_free(merger.trees[i]);
	git_index_free(merger.index);
	return rc;
}

void vcs_merge_release(struct vcs_merge *merge)
{
	free(merge->conflicts);
	free(merge->told);
	free(merge->joined);
	iv_arena_free(merge->arena);
	memset(merge, 0, sizeof(*merge));
}
