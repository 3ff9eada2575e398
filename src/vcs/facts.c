#include "vcs/facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "vcs/message.h"
#include "vcs/moved.h"

/* So many notes are compared; of a larger commit the rest is named by its files. */
#define NOTES_MAX 500
#define LOOK_UPS_MAX 50

/* Whom a key means; no name where it means nobody. */
struct looked_up {
	struct iv_str key;
	struct iv_known known;
};

struct teller {
	const struct iv_repo *repo;
	const struct vcs_changes *changes;
	const struct iv_syntax *syntax;
	bool written;
	struct vcs_fact *facts;
	size_t count;
	bool *gone;             /* of the updates: it is told where it moved to */
	struct iv_arena *arena; /* of names */
	struct looked_up look_ups[LOOK_UPS_MAX];
	size_t look_up_count;
	char **bytes; /* of the notes, which point into them */
	size_t byte_count, byte_capacity;
};

static const char *local(const struct teller *teller, const char *path)
{
	return path + strlen(teller->repo->prefix);
}

/* ---- reading notes ---- */

static struct iv_note *parse(struct teller *teller, const char *path, char *bytes, size_t len)
{
	IV_GROW(teller->bytes, teller->byte_count, teller->byte_capacity);
	teller->bytes[teller->byte_count++] = bytes;
	return iv_note_parse(iv_str_of(path), (struct iv_str){bytes, len}, teller->syntax);
}

static struct iv_note *read_object(struct teller *teller, const char *path, const git_oid *id)
{
	char *bytes;
	size_t len;

	if (git_oid_is_zero(id) || vcs_read_blob(&bytes, &len, teller->repo->git, id, NULL))
		return NULL;
	return parse(teller, path, bytes, len);
}

static struct iv_note *read_file(struct teller *teller, const char *path)
{
	struct iv_source *source;
	struct iv_entry entry = {.path = path};
	struct iv_note *note = NULL;
	char *bytes;
	size_t len;

	if (iv_vault_source(&source, teller->repo->vault, NULL))
		return NULL;
	if (!source->read(source, &entry, &bytes, &len, NULL))
		note = parse(teller, path, bytes, len);
	source->close(source);
	return note;
}

/* ---- whom a reference means ---- */

static bool path_means(struct teller *teller, struct iv_str path, struct iv_str key)
{
	struct iv_str end;

	path = iv_str_slice(path, 0, path.len - 3);
	if (path.len >= key.len) {
		end = iv_str_slice(path, path.len - key.len, path.len);
		if (iv_str_is_nocase(end, key.ptr))
			return path.len == key.len || path.ptr[path.len - key.len - 1] == '/';
	}
	if (iv_utf8_count(key, key.len) == key.len)
		return false; /* ASCII: folding is no more than what was tried */
	if (iv_str_find_char(key, '/') == SIZE_MAX)
		path = iv_path_name(path);
	return iv_str_eq(iv_fold(teller->arena, path), key);
}

static struct iv_known known_of(struct teller *teller, const struct iv_note *note)
{
	return (struct iv_known){.key = iv_arena_str(teller->arena, note->key),
				 .name = iv_arena_str(teller->arena, note->name)};
}

/* The note in the vault whose path ends in the key; no name where there is none. */
static struct iv_known find_known(struct teller *teller, struct iv_str key)
{
	const struct iv_listing *listing = &teller->changes->listing;
	struct iv_known known = {{NULL, 0}, {NULL, 0}};

	for (size_t i = 0; i < listing->count && !known.name.len; i++) {
		const char *path = listing->entries[i].path;
		struct iv_note *note;

		if (!iv_str_ends(iv_str_of(path), ".md") ||
		    !path_means(teller, iv_str_of(path), key))
			continue;
		note = read_file(teller, path);
		if (note)
			known = known_of(teller, note);
		iv_note_free(note);
	}
	return known;
}

/* Somebody who was called so until this commit is no other person. */
static struct iv_known find_moved_person(struct teller *teller, struct iv_str key)
{
	for (size_t i = 0; i < teller->count; i++) {
		const struct vcs_fact *fact = &teller->facts[i];

		if (fact->from && fact->after && path_means(teller, iv_str_of(fact->from), key))
			return known_of(teller, fact->after);
	}
	return (struct iv_known){{NULL, 0}, {NULL, 0}};
}

/* Each key is looked for once, and only so many are: the listing may be long. */
static bool look_up(void *data, struct iv_known *out, struct iv_str key)
{
	struct teller *teller = data;
	struct looked_up *found = teller->look_ups, *end = found + teller->look_up_count;

	while (found < end && !iv_str_eq(found->key, key))
		found++;
	if (found == end && teller->look_up_count >= LOOK_UPS_MAX)
		return false;
	if (found == end) {
		teller->look_up_count++;
		found->key = iv_arena_str(teller->arena, key);
		found->known = find_known(teller, found->key);
		if (!found->known.name.len)
			found->known = find_moved_person(teller, found->key);
	}
	*out = found->known;
	return out->name.len > 0;
}

/* ---- facts ---- */

static bool is_note(const struct teller *teller, const char *path)
{
	return iv_vault_holds(iv_vault_config(teller->repo->vault), iv_str_of(path));
}

static struct vcs_fact tell(struct teller *teller, const struct vcs_update *update)
{
	struct vcs_fact fact = {.kind = update->kind, .path = local(teller, update->path)};

	if (!is_note(teller, fact.path) || teller->byte_count >= 2 * NOTES_MAX ||
	    update->mode == GIT_FILEMODE_LINK)
		return fact;
	fact.before = read_object(teller, fact.path, &update->before);
	if (update->kind == IV_CHANGE_REMOVED)
		return fact;
	if (teller->written)
		fact.after = read_object(teller, fact.path, &update->id);
	else
		fact.after = read_file(teller, fact.path);
	return fact;
}

/* ---- what moved ---- */

/* The updates of one kind that commit, as files on one side only. */
struct lone {
	struct vcs_lone *files;
	size_t *which; /* their updates */
	size_t count;
};

static struct lone lone_of(struct teller *teller, enum iv_change_kind kind)
{
	const struct vcs_changes *changes = teller->changes;
	struct lone lone = {iv_arena_calloc(teller->arena, changes->count + 1, sizeof(*lone.files)),
			    iv_arena_calloc(teller->arena, changes->count + 1, sizeof(*lone.which)),
			    0};

	for (size_t i = 0; i < changes->count; i++) {
		const struct vcs_update *update = &changes->updates[i];

		if (!update->commits || update->kind != kind ||
		    !is_note(teller, local(teller, update->path)))
			continue;
		lone.which[lone.count] = i;
		lone.files[lone.count++] =
			(struct vcs_lone){local(teller, update->path),
					  kind == IV_CHANGE_ADDED ? update->id : update->before};
	}
	return lone;
}

/* Before a commit is written, what the files hold is nowhere yet. */
static void keep_files(const struct teller *teller, const struct lone *came)
{
	git_repository *git = teller->repo->git;

	if (vcs_keep_in_memory(git))
		return;
	for (size_t i = 0; i < came->count; i++) {
		git_oid id;

		(void)git_blob_create_from_workdir(&id, git,
						   teller->changes->updates[came->which[i]].path);
	}
}

/* Of each update that was another file before, that one; both lists are the arena's. */
static const struct vcs_update **find_moved(struct teller *teller)
{
	const struct vcs_update **origins =
		iv_arena_calloc(teller->arena, teller->changes->count + 1, sizeof(*origins));
	struct lone went = lone_of(teller, IV_CHANGE_REMOVED);
	struct lone came = lone_of(teller, IV_CHANGE_ADDED);
	size_t *found = iv_arena_calloc(teller->arena, came.count + 1, sizeof(*found));

	teller->gone = iv_arena_calloc(teller->arena, teller->changes->count + 1, sizeof(bool));
	if (!went.count || !came.count)
		return origins;
	if (!teller->written)
		keep_files(teller, &came);
	vcs_moved_find(found, teller->repo, went.files, went.count, came.files, came.count);
	for (size_t i = 0; i < came.count; i++) {
		if (found[i] == SIZE_MAX)
			continue;
		origins[came.which[i]] = &teller->changes->updates[went.which[found[i]]];
		teller->gone[went.which[found[i]]] = true;
	}
	return origins;
}

/* A file that moved: what it was before is under its path of then. */
static struct vcs_fact tell_moved(struct teller *teller, const struct vcs_update *update,
				  const struct vcs_update *origin)
{
	struct vcs_fact fact = tell(teller, update);

	fact.kind = IV_CHANGE_MODIFIED;
	fact.from = local(teller, origin->path);
	if (fact.after)
		fact.before = read_object(teller, fact.from, &origin->before);
	return fact;
}

static void tell_all(struct teller *teller)
{
	const struct vcs_changes *changes = teller->changes;
	const struct vcs_update **origins = find_moved(teller);

	teller->facts = iv_calloc(changes->count + 1, sizeof(*teller->facts));
	for (size_t i = 0; i < changes->count; i++) {
		const struct vcs_update *update = &changes->updates[i];

		if (!update->commits)
			continue;
		if (origins[i])
			teller->facts[teller->count++] = tell_moved(teller, update, origins[i]);
		else if (!teller->gone[i])
			teller->facts[teller->count++] = tell(teller, update);
	}
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct vcs_fact *)a)->path, ((const struct vcs_fact *)b)->path);
}

char *vcs_facts_message(const struct iv_repo *repo, const struct vcs_changes *changes, bool written,
			iv_day today)
{
	struct teller teller = {
		.repo = repo,
		.changes = changes,
		.syntax = iv_config_syntax(iv_vault_config(repo->vault)),
		.written = written,
		.arena = iv_arena_new(),
	};
	struct iv_buf out = IV_BUF_INIT;

	tell_all(&teller);
	if (teller.count)
		qsort(teller.facts, teller.count, sizeof(*teller.facts), by_path);
	vcs_message(&out, teller.facts, teller.count,
		    &(struct iv_acts_how){today, look_up, &teller});
	for (size_t i = 0; i < teller.count; i++) {
		iv_note_free((struct iv_note *)teller.facts[i].before);
		iv_note_free((struct iv_note *)teller.facts[i].after);
	}
	for (size_t i = 0; i < teller.byte_count; i++)
		free(teller.bytes[i]);
	free(teller.bytes);
	free(teller.facts);
	iv_arena_free(teller.arena);
	return iv_buf_detach(&out);
}
