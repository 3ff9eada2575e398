#include "cmd/rename/plan.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "edit/reference.h"
#include "index/meanings.h"
#include "index/update.h"
#include "vault/overlay.h"

static int compare_numbers(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int by_place(const void *a, const void *b)
{
	const struct iv_meaning *one = a, *two = b;
	int order = strcmp(one->path, two->path);

	order = order ? order : compare_numbers(one->ref, two->ref);
	order = order ? order : compare_numbers(one->record, two->record);
	return order || one->ref >= 0 ? order : strcmp(one->target, two->target);
}

static void sort(struct iv_meanings *meanings)
{
	if (meanings->count)
		qsort(meanings->items, meanings->count, sizeof(*meanings->items), by_place);
}

static bool is_path(const char *path, const char *other)
{
	return path && strcmp(path, other) == 0;
}

static bool is_file(void *data, const char *path)
{
	const struct rename_plan *plan = data;
	char *whole = iv_path_join(plan->cmd->root, path);
	struct stat st;
	bool there = stat(whole, &st) == 0;
	free(whole);
	return there;
}

/* ---- the notes that change ---- */

static int read_file(struct rename_file **out, struct rename_plan *plan, const char *path,
		     struct iv_error *error)
{
	IV_GROW(plan->files, plan->count, plan->capacity);
	*out = &plan->files[plan->count++];
	**out = (struct rename_file){.path = iv_strdup(path)};
	return cmd_read(&(*out)->before, plan->cmd, path, error);
}

/* Is the id a name or an alias as well, which goes on meaning the note? */
static bool is_named_so(const struct iv_note *note, struct iv_arena *arena)
{
	const struct iv_field *name = iv_note_field(note, "name");
	bool same = name && name->known && iv_str_eq(iv_fold(arena, note->name), note->key);

	for (size_t i = 0; !same && i < note->alias_count; i++)
		same = iv_str_eq(iv_fold(arena, note->aliases[i].text), note->key);
	return same;
}

static int move_refs(struct rename_file *file, const struct iv_note *note,
		     const struct iv_meaning *meanings, size_t count, struct iv_move *move,
		     struct iv_error *error)
{
	const char **targets = iv_calloc(note->ref_count + 1, sizeof(*targets));
	bool *records = iv_calloc(note->record_count + 1, sizeof(*records));
	int rc;

	for (size_t i = 0; i < count; i++) {
		const struct iv_meaning *meaning = &meanings[i];
		if (meaning->ref >= 0 && (size_t)meaning->ref < note->ref_count)
			targets[meaning->ref] = meaning->target;
		else if (meaning->record >= 0 && (size_t)meaning->record < note->record_count &&
			 iv_str_is(move->from, meaning->target))
			records[meaning->record] = true;
	}
	move->targets = targets;
	move->records = records;
	rc = iv_move_refs(&file->after, &file->refs, note, iv_buf_view(&file->before), move, error);
	free(targets);
	free(records);
	return rc;
}

/* A note of which the meanings are given. The one that moves is the first. */
static int add_file(struct rename_plan *plan, struct iv_move *move, const char *path,
		    const struct iv_meaning *meanings, size_t count, struct iv_error *error)
{
	struct iv_arena *arena = iv_arena_new();
	struct rename_file *file;
	struct iv_note *note = NULL;
	int rc = read_file(&file, plan, path, error);

	if (!rc) {
		note = iv_note_parse(iv_str_of(file->path), iv_buf_view(&file->before),
				     move->syntax);
		if (is_path(path, plan->from))
			move->named_so = is_named_so(note, arena);
		rc = move_refs(file, note, meanings, count, move, error);
	}
	if (!rc && !is_path(path, plan->from) &&
	    iv_str_eq(iv_buf_view(&file->before), iv_buf_view(&file->after))) {
		plan->count--;
		iv_buf_release(&file->before);
		iv_buf_release(&file->after);
		free(file->path);
	}
	iv_note_free(note);
	iv_arena_free(arena);
	return rc;
}

/* How many meanings from here on belong to one note, and whether one of them is the note that moves. */
static size_t count_of_note(const struct iv_meanings *all, size_t from, const char *moved,
			    bool *speaks)
{
	size_t end = from;

	*speaks = false;
	for (; end < all->count && is_path(all->items[end].path, all->items[from].path); end++)
		*speaks = *speaks || is_path(all->items[end].target, moved);
	return end - from;
}

static int add_files(struct rename_plan *plan, const struct iv_meanings *all,
		     struct iv_error *error)
{
	struct iv_move move = {.from = iv_str_of(plan->from),
			       .to = iv_str_of(plan->to),
			       .is_file = is_file,
			       .data = plan,
			       .syntax = iv_config_syntax(plan->cmd->config)};
	size_t at = 0, count;
	bool speaks;
	int rc;

	while (at < all->count && strcmp(all->items[at].path, plan->from) != 0)
		at += count_of_note(all, at, plan->from, &speaks);
	count = at < all->count ? count_of_note(all, at, plan->from, &speaks) : 0;
	rc = add_file(plan, &move, plan->from, all->items + at, count, error);
	for (at = 0; !rc && at < all->count; at += count) {
		count = count_of_note(all, at, plan->from, &speaks);
		if (speaks && strcmp(all->items[at].path, plan->from) != 0)
			rc = add_file(plan, &move, all->items[at].path, all->items + at, count,
				      error);
	}
	return rc;
}

/* ---- what everything will mean ---- */

static int meanings_then(struct iv_meanings *out, const struct rename_plan *plan,
			 struct iv_error *error)
{
	struct iv_overlay_file *files = iv_calloc(plan->count + 1, sizeof(*files));
	struct iv_source *source;
	struct iv_index *index = NULL;
	struct iv_changes changes;
	int rc;

	for (size_t i = 0; i < plan->count; i++)
		files[i] = (struct iv_overlay_file){plan->files[i].path,
						    iv_buf_view(&plan->files[i].after), false};
	files[0].path = plan->to;
	files[plan->count] = (struct iv_overlay_file){.path = plan->from, .gone = true};
	source = iv_overlay_source(plan->cmd->source, files, plan->count + 1);
	rc = iv_index_open(&index, plan->cmd->vault, NULL, false, NULL, error);
	if (!rc)
		rc = iv_index_update(&changes, index, source, error);
	if (!rc)
		rc = iv_index_meanings(out, index, error);
	iv_index_close(index);
	source->close(source);
	free(files);
	return rc;
}

static const char *shown(const char *target)
{
	return target ? target : "no note";
}

/* The same reference before and then. */
static int compare(struct rename_plan *plan, const struct iv_meaning *before,
		   const struct iv_meaning *then, struct iv_error *error)
{
	bool same = before->target ? is_path(then->target, before->target) : !then->target;

	if (same || before->matches > 1)
		return 0; /* what could mean several notes says nothing of what was meant */
	if (!before->target && !before->matches && is_path(then->target, plan->to)) {
		plan->found++;
		return 0;
	}
	iv_error_set(error, IV_EREFUSED, "this reference would mean %s and no longer %s",
		     shown(then->target), shown(before->target));
	return iv_error_at(error, is_path(before->path, plan->to) ? plan->from : before->path,
			   before->pos);
}

static int differ(const struct rename_plan *plan, const struct iv_meaning *one,
		  struct iv_error *error)
{
	struct iv_str id = iv_path_name(iv_str_of(plan->from));

	return iv_error_set(
		error, IV_EREFUSED,
		"the text of a record in '%s' would name other people than it does; choose another "
		"name, or write the people as links, such as [[%.*s]]",
		is_path(one->path, plan->to) ? plan->from : one->path, (int)id.len - 3, id.ptr);
}

/* `before` is made to speak of the note by its new path. */
static int compare_all(struct rename_plan *plan, struct iv_meanings *before,
		       struct iv_meanings *then, struct iv_error *error)
{
	int rc = 0;

	for (size_t i = 0; i < before->count; i++) {
		struct iv_meaning *meaning = &before->items[i];
		if (is_path(meaning->path, plan->from))
			meaning->path = plan->to;
		if (is_path(meaning->target, plan->from))
			meaning->target = plan->to;
	}
	sort(before);
	sort(then);
	for (size_t i = 0; !rc && (i < before->count || i < then->count); i++) {
		const struct iv_meaning *old = i < before->count ? &before->items[i] : NULL;
		const struct iv_meaning *new = i < then->count ? &then->items[i] : NULL;
		if (!old || !new || by_place(old, new))
			rc = differ(plan, old ? old : new, error);
		else
			rc = compare(plan, old, new, error);
	}
	return rc;
}

int rename_plan_make(struct rename_plan *out, struct cmd *cmd, const char *from, const char *to,
		     struct iv_error *error)
{
	struct iv_meanings before = {0}, then = {0};
	int rc;

	*out = (struct rename_plan){.cmd = cmd, .from = from, .to = to};
	rc = iv_index_meanings(&before, cmd->index, error);
	if (!rc) {
		sort(&before);
		rc = add_files(out, &before, error);
	}
	if (!rc)
		rc = meanings_then(&then, out, error);
	if (!rc)
		rc = compare_all(out, &before, &then, error);
	iv_meanings_release(&before);
	iv_meanings_release(&then);
	return rc;
}

void rename_plan_release(struct rename_plan *plan)
{
	for (size_t i = 0; i < plan->count; i++) {
		free(plan->files[i].path);
		iv_buf_release(&plan->files[i].before);
		iv_buf_release(&plan->files[i].after);
	}
	free(plan->files);
}
