/* What differs between a tree and those of the commit's parents. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "vcs/changes.h"
#include "vcs/walk.h"

/* A path is at most PATH_MAX long, so trees cannot be nested deeper. */
#define FOLDERS_MAX (PATH_MAX / 2)
/* An octopus of more parents is compared with the first so many. */
#define TREES_MAX 64

/* ---- trees kept ---- */

void vcs_trees_init(struct vcs_trees *trees, git_odb *odb)
{
	memset(trees, 0, sizeof(*trees));
	trees->odb = odb;
}

void vcs_trees_release(struct vcs_trees *trees)
{
	for (size_t i = 0; i < VCS_TREES_KEPT; i++)
		git_odb_object_free(trees->kept[i].object);
	memset(trees->kept, 0, sizeof(trees->kept));
}

static struct vcs_kept_tree *place(struct vcs_trees *trees, const git_oid *id)
{
	struct vcs_kept_tree *oldest = &trees->kept[0];

	for (size_t i = 0; i < VCS_TREES_KEPT; i++) {
		struct vcs_kept_tree *kept = &trees->kept[i];
		if (kept->object && git_oid_equal(&kept->id, id))
			return kept;
		if (kept->used < oldest->used)
			oldest = kept;
	}
	git_odb_object_free(oldest->object);
	memset(oldest, 0, sizeof(*oldest));
	return oldest;
}

/*
 * zlib's own sums find what is damaged, and not what is another's. To hash all trees of a long
 * history takes longer than all else; commits and notes are hashed whenever they are read.
 */
static int read_tree(git_odb_object **out, const struct vcs_trees *trees, const git_oid *id)
{
	int rc;

	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, trees->trusted ? 0 : 1);
	rc = git_odb_read(out, trees->odb, id);
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 1);
	return rc;
}

/* A reference of the caller's own. */
static int fetch(git_odb_object **out, struct vcs_trees *trees, const git_oid *id,
		 struct iv_error *error)
{
	struct vcs_kept_tree *kept = place(trees, id);
	char hex[GIT_OID_HEXSZ + 1];
	int rc = 0;

	if (!kept->object)
		rc = read_tree(&kept->object, trees, id);
	if (!rc && git_odb_object_type(kept->object) != GIT_OBJECT_TREE)
		rc = -1;
	if (rc) {
		vcs_damaged(error, git_oid_tostr(hex, sizeof(hex), id));
		return iv_error_context(error, "cannot read a tree");
	}
	git_oid_cpy(&kept->id, id);
	kept->used = ++trees->clock;
	return git_odb_object_dup(out, kept->object);
}

/* ---- entries ---- */

/* One entry of a tree, and what follows it. */
struct entry {
	const char *name;
	size_t name_len;
	const unsigned char *id;
	bool folder, file; /* neither: a link, or a repository of its own */
	bool program;      /* a file that may be run */
};

struct cursor {
	const char *at, *end;
	struct entry entry; /* at `at`; name NULL at the end */
	const char *next;
};

/* "40000 name\0" and 20 bytes. False: no tree looks so. */
static bool read_entry(struct cursor *cursor)
{
	struct entry *entry = &cursor->entry;
	const char *space, *nul;

	entry->name = NULL;
	if (cursor->at == cursor->end)
		return true;
	space = memchr(cursor->at, ' ', (size_t)(cursor->end - cursor->at));
	nul = space ? memchr(space, '\0', (size_t)(cursor->end - space)) : NULL;
	if (!nul || cursor->end - nul <= GIT_OID_RAWSZ)
		return false;
	entry->name = space + 1;
	entry->name_len = (size_t)(nul - space - 1);
	entry->id = (const unsigned char *)nul + 1;
	entry->folder = *cursor->at == '4';
	entry->file = cursor->at[0] == '1' && cursor->at[1] == '0';
	entry->program = entry->file && space - cursor->at == 6 && cursor->at[3] == '7';
	cursor->next = nul + 1 + GIT_OID_RAWSZ;
	return true;
}

static bool advance(struct cursor *cursor)
{
	cursor->at = cursor->next;
	return read_entry(cursor);
}

/* git's order: a folder as if its name ended in '/'. */
static int compare(const struct entry *a, const struct entry *b)
{
	size_t len = a->name_len < b->name_len ? a->name_len : b->name_len;
	int order = memcmp(a->name, b->name, len);
	unsigned char left, right;

	if (order)
		return order;
	left = (unsigned char)(a->name_len > len ? a->name[len] : a->folder ? '/' : '\0');
	right = (unsigned char)(b->name_len > len ? b->name[len] : b->folder ? '/' : '\0');
	return left - right;
}

static bool same_entry(const struct entry *a, const struct entry *b, bool modes)
{
	return a->folder == b->folder && a->file == b->file &&
	       (!modes || a->program == b->program) && !memcmp(a->id, b->id, GIT_OID_RAWSZ);
}

/* ---- comparing ---- */

struct comparison {
	struct vcs_moves *out;
	struct vcs_trees *trees;
	const struct iv_repo *repo;
	struct iv_buf path;  /* in the repository */
	size_t depth, count; /* of trees before */
	struct iv_error *error;
};

/* What of a name is in each tree; NULL where nothing is. */
struct row {
	const struct entry *now, *before[TREES_MAX];
};

static int compare_trees(struct comparison *comparison, const git_oid *ids, const bool *there);

static bool counts(const struct comparison *comparison)
{
	struct iv_str path = iv_buf_view(&comparison->path);
	const char *prefix = comparison->repo->prefix;

	if (comparison->trees->all)
		return vcs_changes_ours(comparison->repo, path.ptr);
	return iv_str_ends(path, ".md") && iv_str_starts(path, prefix) &&
	       iv_vault_holds(iv_vault_config(comparison->repo->vault),
			      iv_str_slice(path, strlen(prefix), path.len));
}

/* Is this folder the vault, in it, or on the way to it? */
static bool is_ours(const struct comparison *comparison)
{
	const char *prefix = comparison->repo->prefix;
	size_t len = strlen(prefix), have = comparison->path.len;

	return !strncmp(comparison->path.ptr, prefix, have < len ? have : len);
}

static void add_move(struct comparison *comparison, const struct entry *now,
		     const struct entry *before)
{
	struct vcs_moves *out = comparison->out;
	struct iv_str path = iv_buf_view(&comparison->path);
	struct vcs_move move = {0};

	path = iv_str_slice(path, strlen(comparison->repo->prefix), path.len);
	move.path = iv_arena_str(out->arena, path).ptr;
	if (now)
		memcpy(move.after.id, now->id, GIT_OID_RAWSZ);
	if (before)
		memcpy(move.before.id, before->id, GIT_OID_RAWSZ);
	IV_GROW(out->items, out->count, out->capacity);
	out->items[out->count++] = move;
}

static const struct entry *file_of(const struct entry *entry)
{
	return entry && entry->file ? entry : NULL;
}

/* Files that are none, as links, count as not there. */
static void compare_files(struct comparison *comparison, const struct row *row)
{
	const struct entry *now = file_of(row->now), *before = NULL;

	for (size_t i = comparison->count; i-- > 0;) {
		before = file_of(row->before[i]);
		if (!now == !before && (!now || same_entry(now, before, comparison->trees->all)))
			return;
	}
	if ((now || before) && counts(comparison))
		add_move(comparison, now, before);
}

static int compare_folders(struct comparison *comparison, const struct row *row)
{
	git_oid ids[1 + TREES_MAX] = {{{0}}};
	bool there[1 + TREES_MAX] = {false};

	for (size_t i = 0; i <= comparison->count; i++) {
		const struct entry *entry = i ? row->before[i - 1] : row->now;
		there[i] = entry != NULL;
		if (entry)
			memcpy(ids[i].id, entry->id, GIT_OID_RAWSZ);
		if (i && there[i] == there[0] && (!entry || git_oid_equal(&ids[i], &ids[0])))
			return IV_OK;
	}
	iv_buf_putc(&comparison->path, '/');
	if (!is_ours(comparison) || comparison->path.len >= PATH_MAX ||
	    comparison->depth > FOLDERS_MAX)
		return IV_OK;
	return compare_trees(comparison, ids, there);
}

static int compare_row(struct comparison *comparison, const struct row *row,
		       const struct entry *first)
{
	size_t len = comparison->path.len;
	int rc = IV_OK;

	iv_buf_add(&comparison->path, first->name, first->name_len);
	if (first->folder)
		rc = compare_folders(comparison, row);
	else
		compare_files(comparison, row);
	comparison->path.len = len;
	comparison->path.ptr[len] = '\0';
	return rc;
}

/* How many bytes both go on with. */
static size_t alike(const struct cursor *now, const struct cursor *before)
{
	const size_t step = 256;
	size_t left = (size_t)(now->end - now->at), other = (size_t)(before->end - before->at);
	size_t len = 0;

	left = left < other ? left : other;
	while (left - len >= step && !memcmp(now->at + len, before->at + len, step))
		len += step;
	while (len < left && now->at[len] == before->at[len])
		len++;
	return len;
}

/* With one tree before, what both begin with and what both end with needs no closer look. */
static bool skip_alike(struct cursor *now, struct cursor *before)
{
	const char *end = now->at + alike(now, before);

	while (now->entry.name && now->next <= end) {
		before->at += now->next - now->at;
		if (!advance(now))
			return false;
	}
	return read_entry(before);
}

static bool ends_alike(const struct cursor *now, const struct cursor *before)
{
	ptrdiff_t left = now->end - now->at;

	return left == before->end - before->at && !memcmp(now->at, before->at, (size_t)left);
}

/* The next name of all trees; the cursors that have it move on in step(). */
static const struct entry *gather(struct row *row, struct cursor *cursors, size_t count)
{
	const struct entry *first = NULL;

	for (size_t i = 0; i < count; i++) {
		const struct entry *entry = &cursors[i].entry;
		if (entry->name && (!first || compare(entry, first) < 0))
			first = entry;
	}
	for (size_t i = 0; first && i < count; i++) {
		const struct entry *entry = &cursors[i].entry;
		bool has = entry->name && !compare(entry, first);
		*(i ? &row->before[i - 1] : &row->now) = has ? entry : NULL;
	}
	return first;
}

static bool step(const struct row *row, struct cursor *cursors, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if ((i ? row->before[i - 1] : row->now) && !advance(&cursors[i]))
			return false;
	return true;
}

static int damaged(struct comparison *comparison)
{
	return iv_error_set(comparison->error, IV_EIO, "the tree of '%s' is damaged",
			    comparison->path.len ? comparison->path.ptr : "/");
}

static int merge(struct comparison *comparison, struct cursor *cursors)
{
	size_t count = comparison->count + 1;
	const struct entry *first;
	struct row row = {0};
	int rc = IV_OK;

	for (size_t i = 0; i < count; i++)
		if (!read_entry(&cursors[i]))
			return damaged(comparison);
	while (!rc) {
		if (count == 2 && !skip_alike(&cursors[0], &cursors[1]))
			return damaged(comparison);
		first = gather(&row, cursors, count);
		if (!first)
			break;
		rc = compare_row(comparison, &row, first);
		if (!rc && !step(&row, cursors, count))
			return damaged(comparison);
		if (count == 2 && ends_alike(&cursors[0], &cursors[1]))
			break;
	}
	return rc;
}

/* ids[0] is the tree now, the others those before; `there`: which of them are. */
static int compare_trees(struct comparison *comparison, const git_oid *ids, const bool *there)
{
	size_t count = comparison->count + 1;
	git_odb_object **objects = iv_calloc(count, sizeof(*objects));
	struct cursor *cursors = iv_calloc(count, sizeof(*cursors));
	int rc = IV_OK;

	comparison->depth++;
	for (size_t i = 0; !rc && i < count; i++) {
		cursors[i].at = cursors[i].end = "";
		if (!there[i])
			continue;
		rc = fetch(&objects[i], comparison->trees, &ids[i], comparison->error);
		if (rc)
			break;
		cursors[i].at = git_odb_object_data(objects[i]);
		cursors[i].end = cursors[i].at + git_odb_object_size(objects[i]);
	}
	if (!rc)
		rc = merge(comparison, cursors);
	comparison->depth--;
	for (size_t i = 0; i < count; i++)
		git_odb_object_free(objects[i]);
	free(objects);
	free(cursors);
	return rc;
}

int vcs_trees_compare(struct vcs_moves *out, struct vcs_trees *trees, const struct iv_repo *repo,
		      const git_oid *now, const git_oid *before, size_t count,
		      struct iv_error *error)
{
	struct comparison comparison = {out, trees, repo, IV_BUF_INIT, 0, count, error};
	git_oid ids[1 + TREES_MAX] = {{{0}}};
	bool there[1 + TREES_MAX] = {false};
	int rc = IV_OK;

	if (count > TREES_MAX)
		comparison.count = count = TREES_MAX;
	for (size_t i = 0; i <= count; i++) {
		there[i] = true;
		ids[i] = i ? before[i - 1] : *now;
		if (i && git_oid_equal(&ids[i], now))
			return IV_OK;
	}
	if (!count) { /* compared with nothing at all */
		comparison.count = 1;
		there[1] = false;
	}
	iv_buf_reserve(&comparison.path, 256);
	comparison.path.ptr[0] = '\0';
	rc = compare_trees(&comparison, ids, there);
	iv_buf_release(&comparison.path);
	return rc;
}

void vcs_moves_release(struct vcs_moves *moves)
{
	free(moves->items);
	if (moves->arena)
		iv_arena_free(moves->arena);
	memset(moves, 0, sizeof(*moves));
}
