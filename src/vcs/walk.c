#include "vcs/walk.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#define SHALLOW_MAX ((size_t)16 << 20)

struct vcs_pending {
	struct vcs_commit commit;
	size_t nth; /* that was found: earlier ones go first where times are the same */
};

/* ---- reading a commit ---- */

/* The line's text behind `key` and a space; false when it begins otherwise, and nothing is taken. */
static bool take(struct iv_str *text, struct iv_str *rest, const char *key)
{
	struct iv_str line, after = *rest;
	size_t len = strlen(key);

	if (!iv_str_line(&line, &after) || !iv_str_starts(line, key) || line.len <= len ||
	    line.ptr[len] != ' ')
		return false;
	*text = iv_str_slice(line, len + 1, line.len);
	*rest = after;
	return true;
}

static bool take_id(git_oid *id, struct iv_str *rest, const char *key)
{
	struct iv_str text;

	return take(&text, rest, key) && text.len == GIT_OID_HEXSZ &&
	       !git_oid_fromstrn(id, text.ptr, text.len);
}

static int64_t read_number(struct iv_str text)
{
	int64_t number = 0;
	bool minus = text.len && *text.ptr == '-';

	for (size_t i = minus || (text.len && *text.ptr == '+'); i < text.len; i++) {
		if (!iv_is_digit(text.ptr[i]) || number > INT64_MAX / 100)
			break;
		number = number * 10 + (text.ptr[i] - '0');
	}
	return minus ? -number : number;
}

/* `Robin Seeker <robin@example.org> 1795424400 +0100`; what cannot be read is empty, or 0. */
static struct vcs_when read_person(struct iv_str *name, struct iv_str *email, struct iv_str text)
{
	size_t open = iv_str_find_char(text, '<'), close = iv_str_find(text, IV_LIT("> "));
	struct vcs_when when = {0, 0};
	struct iv_str seconds, zone;
	int64_t number;

	*name = iv_str_trim(iv_str_slice(text, 0, open < text.len ? open : text.len));
	*email = IV_LIT("");
	if (open < close && close < text.len)
		*email = iv_str_slice(text, open + 1, close);
	if (close >= text.len)
		return when;
	seconds = iv_str_word(iv_str_trim(iv_str_slice(text, close + 1, text.len)), &zone);
	when.seconds = read_number(seconds);
	number = read_number(zone);
	when.zone = (int)(number / 100 % 100 * 60 + number % 100);
	return when;
}

static void read_subject(struct iv_str *subject, struct iv_str rest)
{
	struct iv_str line;

	*subject = IV_LIT("");
	while (iv_str_line(&line, &rest) && line.len) /* headers that are none of ours */
		;
	while (!subject->len && iv_str_line(&line, &rest))
		*subject = iv_str_trim(line);
}

static bool parse(struct vcs_commit *out, struct iv_arena *arena, struct iv_str rest)
{
	struct iv_str author, committer, text;
	git_oid *parents = NULL, id;
	size_t capacity = 0;
	bool good = take_id(&out->tree, &rest, "tree");

	while (good && take_id(&id, &rest, "parent")) {
		IV_GROW(parents, out->parent_count, capacity);
		parents[out->parent_count++] = id;
	}
	out->parents = iv_arena_copy(arena, parents, out->parent_count, sizeof(*parents));
	free(parents);
	if (!good || !take(&author, &rest, "author") || !take(&committer, &rest, "committer"))
		return false;
	out->time = read_person(&text, &text, committer).seconds;
	out->when = read_person(&out->author, &out->email, author);
	read_subject(&out->subject, rest);
	out->author = iv_arena_str(arena, out->author);
	out->email = iv_arena_str(arena, out->email);
	out->subject = iv_arena_str(arena, out->subject);
	return true;
}

static int cannot_read(const git_oid *id, struct iv_error *error)
{
	char hex[GIT_OID_HEXSZ + 1];

	git_oid_tostr(hex, sizeof(hex), id);
	vcs_damaged(error, "the git repository is damaged or not whole");
	return iv_error_context(error, "cannot read commit %.10s", hex);
}

static struct iv_str key_of(const git_oid *id)
{
	return (struct iv_str){(const char *)id->id, GIT_OID_RAWSZ};
}

static int read_object(struct vcs_commit *out, const struct vcs_walk *walk, const git_oid *id,
		       struct iv_error *error)
{
	git_odb_object *object = NULL;
	bool good = !git_odb_read(&object, walk->odb, id);

	if (good)
		good = git_odb_object_type(object) == GIT_OBJECT_COMMIT &&
		       parse(out, walk->arena,
			     (struct iv_str){git_odb_object_data(object),
					     git_odb_object_size(object)});
	git_odb_object_free(object);
	return good ? IV_OK : cannot_read(id, error);
}

static void copy_parents(struct vcs_commit *commit, struct iv_arena *arena)
{
	commit->parents = iv_arena_copy(arena, commit->parents, commit->parent_count,
					sizeof(*commit->parents));
}

static int read_commit(struct vcs_commit *out, struct vcs_walk *walk, const git_oid *id,
		       struct iv_error *error)
{
	int rc = IV_OK;

	*out = (struct vcs_commit){.id = *id};
	if (walk->known && walk->known(walk->data, id, out)) {
		copy_parents(out, walk->arena);
		out->known = true;
		return IV_OK;
	}
	rc = read_object(out, walk, id, error);
	if (!rc && iv_map_get(&walk->shallow, key_of(id), NULL)) {
		out->cut = out->parent_count > 0;
		out->parent_count = 0;
	}
	return rc;
}

/* ---- the order ---- */

static bool goes_before(const struct vcs_pending *a, const struct vcs_pending *b)
{
	return a->commit.time != b->commit.time ? a->commit.time > b->commit.time : a->nth < b->nth;
}

static void swap(struct vcs_pending *a, struct vcs_pending *b)
{
	struct vcs_pending kept = *a;

	*a = *b;
	*b = kept;
}

static int push(struct vcs_walk *walk, const git_oid *id, struct iv_error *error)
{
	struct vcs_pending pending = {.nth = walk->seen_count};
	int rc;

	if (iv_map_get(&walk->seen, key_of(id), NULL))
		return IV_OK;
	rc = read_commit(&pending.commit, walk, id, error);
	if (rc)
		return rc;
	IV_GROW(walk->trees, walk->seen_count, walk->tree_capacity);
	walk->trees[walk->seen_count] = pending.commit.tree;
	iv_map_put(&walk->seen, iv_arena_str(walk->arena, key_of(id)), walk->seen_count++);
	IV_GROW(walk->heap, walk->count, walk->capacity);
	walk->heap[walk->count] = pending;
	for (size_t i = walk->count++; i && goes_before(&walk->heap[i], &walk->heap[(i - 1) / 2]);
	     i = (i - 1) / 2)
		swap(&walk->heap[i], &walk->heap[(i - 1) / 2]);
	return IV_OK;
}

static struct vcs_commit pop(struct vcs_walk *walk)
{
	struct vcs_commit top = walk->heap[0].commit;

	walk->heap[0] = walk->heap[--walk->count];
	for (size_t i = 0, child; (child = 2 * i + 1) < walk->count; i = child) {
		if (child + 1 < walk->count &&
		    goes_before(&walk->heap[child + 1], &walk->heap[child]))
			child++;
		if (!goes_before(&walk->heap[child], &walk->heap[i]))
			break;
		swap(&walk->heap[child], &walk->heap[i]);
	}
	return top;
}

int vcs_walk_next(struct vcs_commit *out, struct vcs_walk *walk, struct iv_error *error)
{
	int rc = IV_OK;

	if (!walk->count)
		return 0;
	*out = pop(walk);
	for (size_t i = 0; !rc && i < out->parent_count; i++)
		rc = push(walk, &out->parents[i], error);
	return rc ? rc : 1;
}

/* Of a parent of a commit that the walk gave. IV_EIO. */
static int tree_of(git_oid *out, const struct vcs_walk *walk, const git_oid *id,
		   struct iv_error *error)
{
	struct vcs_commit commit = {.id = *id};
	size_t at;
	int rc;

	if (iv_map_get(&walk->seen, key_of(id), &at) && !git_oid_is_zero(&walk->trees[at])) {
		*out = walk->trees[at];
		return IV_OK;
	}
	rc = read_object(&commit, walk, id, error);
	*out = commit.tree;
	return rc;
}

int vcs_walk_compare(struct vcs_moves *out, struct vcs_trees *trees, const struct vcs_walk *walk,
		     const struct vcs_commit *commit, struct iv_error *error)
{
	git_oid *before = iv_calloc(commit->parent_count + 1, sizeof(*before));
	int rc = IV_OK;

	*out = (struct vcs_moves){.arena = iv_arena_new()};
	for (size_t i = 0; !rc && i < commit->parent_count; i++)
		rc = tree_of(&before[i], walk, &commit->parents[i], error);
	if (!rc)
		rc = vcs_trees_compare(out, trees, walk->repo, &commit->tree, before,
				       commit->parent_count, error);
	free(before);
	return rc;
}

/* ---- the beginning ---- */

/* Commits whose parents were not fetched. libgit2 knows nothing of them. */
static void read_shallow(struct vcs_walk *walk)
{
	char *path = iv_path_join(git_repository_commondir(walk->repo->git), "shallow");
	struct iv_buf text = IV_BUF_INIT;
	struct iv_str line, rest;
	git_oid id;

	if (!iv_file_read(&text, path, SHALLOW_MAX, NULL)) {
		rest = iv_buf_view(&text);
		while (iv_str_line(&line, &rest))
			if (line.len >= GIT_OID_HEXSZ &&
			    !git_oid_fromstrn(&id, line.ptr, GIT_OID_HEXSZ))
				iv_map_put(&walk->shallow, iv_arena_str(walk->arena, key_of(&id)),
					   0);
	}
	iv_buf_release(&text);
	free(path);
}

int vcs_walk_add(struct vcs_walk *walk, const char *revision, struct iv_error *error)
{
	git_commit *commit = NULL;
	int rc = vcs_find_commit(&commit, walk->repo, revision, error);

	if (!rc)
		rc = push(walk, git_commit_id(commit), error);
	git_commit_free(commit);
	return rc;
}

int vcs_walk_begin(struct vcs_walk *walk, struct iv_repo *repo, const char *revision,
		   vcs_known_fn known, void *data, struct iv_error *error)
{
	*walk = (struct vcs_walk){
		.repo = repo, .arena = iv_arena_new(), .known = known, .data = data};
	if (git_repository_odb(&walk->odb, repo->git))
		return vcs_error(error, IV_EIO, "cannot read the git repository");
	read_shallow(walk);
	return vcs_walk_add(walk, revision, error);
}

void vcs_walk_release(struct vcs_walk *walk)
{
	git_odb_free(walk->odb);
	iv_map_release(&walk->seen);
	iv_map_release(&walk->shallow);
	free(walk->trees);
	free(walk->heap);
	if (walk->arena)
		iv_arena_free(walk->arena);
	memset(walk, 0, sizeof(*walk));
}
