/* Where a note was, or is: followed from commit to commit between two revisions. */
#include <stdlib.h>
#include <string.h>

#include "vcs/walk.h"

enum end { FROM, TO, ENDS };

/* From which of the two ends a commit was reached, and by which commit that rests on it. */
struct met {
	bool is_reached[ENDS];
	size_t newer[ENDS];
};

struct trace {
	struct iv_repo *repo;
	struct vcs_walk walk;
	struct vcs_trees trees;
	struct met *met; /* by the numbers that the walk gave */
	size_t count, capacity;
	size_t ends[ENDS];
	size_t common; /* both ends rest on it; SIZE_MAX: no such commit is known */
	char *path;    /* NULL: it was not there */
};

/* ---- the way from one to the other ---- */

static void reach(struct trace *trace, size_t number, enum end end, size_t newer)
{
	struct met *met;

	while (trace->count <= number) {
		IV_GROW(trace->met, trace->count, trace->capacity);
		trace->met[trace->count++] = (struct met){.is_reached = {false}};
	}
	met = &trace->met[number];
	if (!met->is_reached[end])
		met->newer[end] = newer;
	met->is_reached[end] = true;
	if (met->is_reached[FROM] && met->is_reached[TO] && trace->common == SIZE_MAX)
		trace->common = number;
}

static size_t number_of(const struct trace *trace, const git_oid *id)
{
	struct iv_str key = {(const char *)id->id, GIT_OID_RAWSZ};
	size_t number = SIZE_MAX;

	iv_map_get(&trace->walk.seen, key, &number);
	return number;
}

static void spread(struct trace *trace, const struct vcs_commit *commit)
{
	size_t number = number_of(trace, &commit->id);

	for (size_t i = 0; i < commit->parent_count; i++)
		for (enum end end = FROM; end < ENDS; end++)
			if (trace->met[number].is_reached[end])
				reach(trace, number_of(trace, &commit->parents[i]), end, number);
}

/* Where the history cannot be read that far, or is two, there is no way. */
static int find_way(struct trace *trace, const char *from, const char *to, struct iv_error *error)
{
	struct vcs_commit commit;
	int rc = vcs_walk_begin(&trace->walk, trace->repo, from, NULL, NULL, error);

	vcs_trees_init(&trace->trees, trace->walk.odb);
	trace->trees.trusted = true;
	if (!rc)
		rc = vcs_walk_add(&trace->walk, to, error);
	if (rc)
		return rc;
	trace->ends[TO] = trace->walk.seen_count - 1;
	for (enum end end = FROM; end < ENDS; end++)
		reach(trace, trace->ends[end], end, trace->ends[end]);
	while (trace->common == SIZE_MAX && vcs_walk_next(&commit, &trace->walk, NULL) == 1)
		spread(trace, &commit);
	return IV_OK;
}

/* ---- along it ---- */

static bool is_lone(const struct vcs_move *move)
{
	return git_oid_is_zero(&move->before) != git_oid_is_zero(&move->after);
}

static bool may_move(const struct vcs_moves *moves, const char *path)
{
	for (size_t i = 0; i < moves->count; i++)
		if (!strcmp(moves->items[i].path, path))
			return is_lone(&moves->items[i]);
	return false;
}

static void set_path(struct trace *trace, const char *path)
{
	char *copy = path ? iv_strdup(path) : NULL;

	free(trace->path);
	trace->path = copy;
}

/* What is gone and comes again at its path is the same; where another note took its place it is not. */
static void follow(struct trace *trace, const struct vcs_moves *moves, enum end end)
{
	for (size_t i = 0; i < moves->count; i++) {
		const struct vcs_move *move = &moves->items[i];
		const char *here = end == FROM ? move->path : move->from;
		const char *there = end == FROM ? move->from : move->path;

		if (!move->from || (strcmp(here, trace->path) && strcmp(there, trace->path)))
			continue;
		set_path(trace, strcmp(here, trace->path) ? NULL : there);
		return;
	}
}

/* To the older of two commits on the way that began at FROM, to the newer one on that to TO. */
static int step(struct trace *trace, size_t older, size_t newer, enum end end,
		struct iv_error *error)
{
	struct vcs_moves moves = {.arena = iv_arena_new()};
	const git_oid *trees = trace->walk.trees;
	int rc = vcs_trees_compare(&moves, &trace->trees, trace->repo, &trees[newer], &trees[older],
				   1, error);

	if (!rc && may_move(&moves, trace->path)) {
		vcs_moves_pair(&moves, trace->repo);
		follow(trace, &moves, end);
	}
	vcs_moves_release(&moves);
	return rc;
}

/* The commits from the common one up to that end, which may be the same. */
static size_t *list_way(size_t *count, const struct trace *trace, enum end end)
{
	size_t *way = NULL, capacity = 0;

	for (size_t at = trace->common;; at = trace->met[at].newer[end]) {
		IV_GROW(way, *count, capacity);
		way[(*count)++] = at;
		if (at == trace->ends[end])
			return way;
	}
}

static int go(struct trace *trace, enum end end, struct iv_error *error)
{
	size_t count = 0, *way = list_way(&count, trace, end);
	int rc = IV_OK;

	for (size_t i = 1; !rc && trace->path && i < count; i++) {
		size_t older = end == FROM ? count - 1 - i : i - 1;
		rc = step(trace, way[older], way[older + 1], end, error);
	}
	free(way);
	return rc;
}

static int go_all(struct trace *trace, struct iv_error *error)
{
	int rc;

	if (trace->common == SIZE_MAX)
		return step(trace, trace->ends[TO], trace->ends[FROM], FROM, error);
	rc = go(trace, FROM, error);
	return rc ? rc : go(trace, TO, error);
}

/* ---- the end ---- */

static int look(struct trace *trace, const char *revision, struct iv_error *error)
{
	git_tree_entry *entry = NULL;
	git_tree *tree = NULL;
	int rc = vcs_find_tree(&tree, trace->repo, revision, error);

	if (!rc)
		rc = vcs_find_entry(&entry, tree, trace->path, error);
	if (!rc && !entry)
		set_path(trace, NULL);
	git_tree_entry_free(entry);
	git_tree_free(tree);
	return rc;
}

int iv_repo_trace(char **out, struct iv_repo *repo, const char *from, const char *to,
		  const char *path, struct iv_error *error)
{
	struct trace trace = {.repo = repo, .common = SIZE_MAX, .path = iv_strdup(path)};
	int rc = find_way(&trace, from, to, error);

	if (!rc)
		rc = go_all(&trace, error);
	vcs_trees_release(&trace.trees);
	vcs_walk_release(&trace.walk);
	free(trace.met);
	if (!rc && trace.path)
		rc = look(&trace, to, error);
	if (rc)
		set_path(&trace, NULL);
	*out = trace.path;
	return rc;
}
