#include "vcs/moved.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"

/* So many on each side are compared by what is in them. */
#define ALIKE_MAX 400
/* In hundredths of the larger one: what notes of one template share is no sign of one person. */
#define ALIKE 50
#define ALIKE_BY_ITSELF 85
/* The low bits of a line's hash say how long it is. */
#define LENGTH_MASK ((uint64_t)0xfff)

/* What a file holds, for comparing. */
struct content {
	char *bytes;
	struct iv_note *note;   /* NULL: it could not be read */
	struct iv_str who;      /* folded: whom it is about */
	struct iv_str *aliases; /* folded, as many as the note has */
	uint64_t *lines;        /* hashes, sorted */
	size_t count, capacity;
	size_t size; /* of all lines */
};

struct search {
	const struct iv_repo *repo;
	struct iv_arena *arena;
	const struct vcs_lone *went, *came;
	size_t went_count, came_count;
	size_t *origins;
	bool *taken; /* of those that went */
};

static void join(struct search *search, size_t from, size_t to)
{
	search->origins[to] = from;
	search->taken[from] = true;
}

/* ---- by name, and by all bytes ---- */

struct keyed {
	struct iv_str key;
	size_t index;
};

typedef struct iv_str (*key_fn)(const struct vcs_lone *file);

static struct iv_str name_key(const struct vcs_lone *file)
{
	return iv_path_name(iv_str_of(file->path));
}

static struct iv_str bytes_key(const struct vcs_lone *file)
{
	return (struct iv_str){(const char *)file->id.id, GIT_OID_RAWSZ};
}

static int by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int order = iv_str_cmp(x->key, y->key);

	return order ? order : (x->index > y->index) - (x->index < y->index);
}

static void add_key(struct keyed *out, size_t *count, const struct vcs_lone *files, size_t index,
		    key_fn key)
{
	out[(*count)++] = (struct keyed){key(&files[index]), index};
}

/* Those of one key: the n-th that went with the n-th that came. */
static void join_keys(struct search *search, key_fn key)
{
	struct keyed *old = iv_calloc(search->went_count + 1, sizeof(*old));
	struct keyed *new = iv_calloc(search->came_count + 1, sizeof(*new));
	size_t old_count = 0, new_count = 0;

	for (size_t i = 0; i < search->went_count; i++)
		if (!search->taken[i])
			add_key(old, &old_count, search->went, i, key);
	for (size_t i = 0; i < search->came_count; i++)
		if (search->origins[i] == SIZE_MAX)
			add_key(new, &new_count, search->came, i, key);
	qsort(old, old_count, sizeof(*old), by_key);
	qsort(new, new_count, sizeof(*new), by_key);
	for (size_t i = 0, j = 0; i < old_count && j < new_count;) {
		int order = iv_str_cmp(old[i].key, new[j].key);

		if (!order)
			join(search, old[i].index, new[j].index);
		i += order <= 0;
		j += order >= 0;
	}
	free(old);
	free(new);
}

/* ---- by what stands in them ---- */

static int by_hash(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void read_lines(struct content *out, struct iv_str rest)
{
	struct iv_str line;

	while (iv_str_line(&line, &rest)) {
		uint64_t len = line.len < LENGTH_MASK ? line.len : LENGTH_MASK;

		IV_GROW(out->lines, out->count, out->capacity);
		out->lines[out->count++] = (iv_hash(line) & ~LENGTH_MASK) | len;
		out->size += len;
	}
	if (out->count)
		qsort(out->lines, out->count, sizeof(*out->lines), by_hash);
}

/* A contact's or an organization's name, the first whom a meeting is with; absent for others. */
static struct iv_str who_of(struct iv_arena *arena, const struct iv_note *note)
{
	if (note->contact || note->organization)
		return iv_fold(arena, note->name);
	for (size_t i = 0; note->meeting && i < note->ref_count; i++)
		if (!strcmp(note->refs[i].field, "contact"))
			return note->refs[i].key;
	return (struct iv_str){NULL, 0};
}

static struct iv_str *fold_aliases(struct iv_arena *arena, const struct iv_note *note)
{
	struct iv_str *folded = iv_arena_calloc(arena, note->alias_count + 1, sizeof(*folded));

	for (size_t i = 0; i < note->alias_count; i++)
		folded[i] = iv_fold(arena, note->aliases[i].text);
	return folded;
}

static void read_content(struct content *out, struct search *search, const struct vcs_lone *file)
{
	const struct iv_config *config = iv_vault_config(search->repo->vault);
	size_t len;

	if (vcs_read_blob(&out->bytes, &len, search->repo->git, &file->id, NULL))
		return;
	out->note = iv_note_parse(iv_str_of(file->path), (struct iv_str){out->bytes, len},
				  iv_config_syntax(config));
	out->who = who_of(search->arena, out->note);
	out->aliases = fold_aliases(search->arena, out->note);
	read_lines(out, (struct iv_str){out->bytes, len});
}

static void release_all(struct content *all, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		iv_note_free(all[i].note);
		free(all[i].lines);
		free(all[i].bytes);
	}
	free(all);
}

static size_t shared(const struct content *a, const struct content *b)
{
	size_t size = 0;

	for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
		int order = by_hash(&a->lines[i], &b->lines[j]);

		if (!order)
			size += a->lines[i] & LENGTH_MASK;
		i += order <= 0;
		j += order >= 0;
	}
	return size;
}

static bool shares_word(struct iv_str names, struct iv_str others)
{
	struct iv_str word, other, rest;

	while ((word = iv_str_word(names, &names)).len) {
		rest = others;
		while ((other = iv_str_word(rest, &rest)).len)
			if (iv_str_eq(word, other))
				return true;
	}
	return false;
}

static bool has_alias(const struct content *content, struct iv_str who)
{
	for (size_t i = 0; i < content->note->alias_count; i++)
		if (iv_str_eq(content->aliases[i], who))
			return true;
	return false;
}

/* As people take two notes for one person's (rule duplicate-contact), whatever the name is now. */
static bool is_one_contact(const struct content *a, const struct content *b)
{
	struct iv_str email = a->note->contact->email.text, phone = a->note->contact->phone.text;

	return (email.len && iv_str_eq_nocase(email, b->note->contact->email.text)) ||
	       (phone.len && iv_str_eq(phone, b->note->contact->phone.text) &&
		shares_word(a->who, b->who)) ||
	       has_alias(a, b->who) || has_alias(b, a->who);
}

static bool is_one(const struct content *a, const struct content *b)
{
	if (!a->note || !b->note || a->note->type != b->note->type)
		return false;
	return (a->who.len && iv_str_eq(a->who, b->who)) ||
	       (a->note->contact && is_one_contact(a, b));
}

/* In hundredths of the larger one. */
static size_t likeness(const struct content *a, const struct content *b)
{
	size_t larger = a->size > b->size ? a->size : b->size;

	return larger ? shared(a, b) * 100 / larger : 0;
}

/* Each that came with whatever is most like it, and enough, of those that are left. */
static void join_best(struct search *search, const struct content *old, const struct content *new,
		      bool of_one, size_t enough)
{
	for (size_t i = 0; i < search->came_count; i++) {
		size_t best = enough - 1, origin = SIZE_MAX;

		for (size_t j = 0; search->origins[i] == SIZE_MAX && j < search->went_count; j++) {
			size_t part;

			if (search->taken[j] || (of_one && !is_one(&old[j], &new[i])))
				continue;
			part = likeness(&old[j], &new[i]);
			origin = part > best ? j : origin;
			best = part > best ? part : best;
		}
		if (origin != SIZE_MAX)
			join(search, origin, i);
	}
}

/* What is left: those of one person first, however alike others are. */
static void join_alike(struct search *search)
{
	struct content *old = iv_calloc(search->went_count + 1, sizeof(*old));
	struct content *new = iv_calloc(search->came_count + 1, sizeof(*new));

	for (size_t i = 0; i < search->went_count; i++)
		if (!search->taken[i])
			read_content(&old[i], search, &search->went[i]);
	for (size_t i = 0; i < search->came_count; i++)
		if (search->origins[i] == SIZE_MAX)
			read_content(&new[i], search, &search->came[i]);
	join_best(search, old, new, true, ALIKE);
	join_best(search, old, new, false, ALIKE_BY_ITSELF);
	release_all(old, search->went_count);
	release_all(new, search->came_count);
}

static size_t left(const struct search *search)
{
	size_t count = 0;

	for (size_t i = 0; i < search->came_count; i++)
		count += search->origins[i] == SIZE_MAX;
	return count;
}

void vcs_moved_find(size_t *origins, const struct iv_repo *repo, const struct vcs_lone *went,
		    size_t went_count, const struct vcs_lone *came, size_t came_count)
{
	struct search search = {.repo = repo,
				.went = went,
				.came = came,
				.went_count = went_count,
				.came_count = came_count,
				.origins = origins,
				.taken = iv_calloc(went_count + 1, sizeof(bool)),
				.arena = iv_arena_new()};

	for (size_t i = 0; i < came_count; i++)
		origins[i] = SIZE_MAX;
	if (went_count && came_count) {
		join_keys(&search, name_key);
		join_keys(&search, bytes_key);
		if (left(&search) && left(&search) <= ALIKE_MAX && went_count <= ALIKE_MAX)
			join_alike(&search);
	}
	iv_arena_free(search.arena);
	free(search.taken);
}
