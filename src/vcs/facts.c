#include "vcs/facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "vcs/message.h"

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

/* The note in the vault whose path ends in the key. */
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
		if (note) {
			known.name = iv_arena_str(teller->arena, note->name);
			known.key = iv_arena_str(teller->arena, note->key);
		}
		iv_note_free(note);
	}
	return known;
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

/* The added file that holds what a removed one held. */
static const struct vcs_update *moved_to(const struct vcs_changes *changes,
					 const struct vcs_update *removed)
{
	for (size_t i = 0; i < changes->count; i++) {
		const struct vcs_update *update = &changes->updates[i];
		if (update->kind == IV_CHANGE_ADDED && update->commits &&
		    git_oid_equal(&update->id, &removed->before))
			return update;
	}
	return NULL;
}

/* Turns an added fact whose content was removed elsewhere into a rename. False: not so. */
static bool tell_rename(struct teller *teller, const struct vcs_update *removed)
{
	const struct vcs_update *added = moved_to(teller->changes, removed);

	for (size_t i = 0; added && i < teller->count; i++) {
		struct vcs_fact *fact = &teller->facts[i];

		if (fact->from || strcmp(fact->path, local(teller, added->path)))
			continue;
		fact->from = local(teller, removed->path);
		fact->kind = IV_CHANGE_MODIFIED;
		fact->before =
			fact->after ? read_object(teller, fact->from, &removed->before) : NULL;
		return true;
	}
	return false;
}

static void tell_all(struct teller *teller)
{
	const struct vcs_changes *changes = teller->changes;

	teller->facts = iv_calloc(changes->count + 1, sizeof(*teller->facts));
	for (size_t i = 0; i < changes->count; i++) {
		const struct vcs_update *update = &changes->updates[i];
		if (update->commits && update->kind != IV_CHANGE_REMOVED)
			teller->facts[teller->count++] = tell(teller, update);
	}
	for (size_t i = 0, renames = 0; i < changes->count; i++) {
		const struct vcs_update *update = &changes->updates[i];
		if (!update->commits || update->kind != IV_CHANGE_REMOVED)
			continue;
		if (renames++ >= NOTES_MAX || !tell_rename(teller, update))
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
