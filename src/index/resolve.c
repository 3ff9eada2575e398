#include <string.h>

#include <ivnotes/vault.h>

#include "base/file.h"
#include "base/utf8.h"
#include "index/resolve.h"
#include "note/reference.h"

static const char *const form_words[] = {"bare", "wiki", "link", "words"};

const char *iv_form_word(enum iv_ref_form form)
{
	return form_words[form];
}

enum iv_ref_form iv_form_of(struct iv_str word)
{
	for (int form = IV_REF_BARE; form < IV_REF_WORDS; form++)
		if (iv_str_is(word, form_words[form]))
			return (enum iv_ref_form)form;
	return IV_REF_WORDS;
}

/* ---- choosing among candidates ---- */

/* The candidates that are still in question, and how many there are. */
struct choice {
	struct iv_resolver *resolver;
	const struct iv_wanted *wanted;
	const struct iv_candidate *candidates;
	size_t count;
};

typedef bool (*fits_fn)(const struct choice *choice, const struct iv_candidate *candidate);

static bool is_near(const struct choice *choice, const struct iv_candidate *candidate)
{
	return iv_str_eq(iv_path_folder(iv_str_of(candidate->path)),
			 iv_path_folder(iv_str_of(choice->wanted->path)));
}

static bool is_typed(const struct choice *choice, const struct iv_candidate *candidate)
{
	(void)choice;
	return candidate->type != IV_TYPE_NONE;
}

static bool is_one_of(struct iv_str field, const char *const *names)
{
	while (*names && !iv_str_is(field, *names))
		names++;
	return *names != NULL;
}

/* The type of note that a field speaks of. */
static enum iv_type type_meant(struct iv_str field)
{
	static const char *const people[] = {"contact",   "referred-by", "referrals",
					     "outreach",  "touches",     "reported",
					     "thank-you", "feeler",      NULL};
	static const char *const organizations[] = {"organization", "formerly", NULL};

	if (is_one_of(field, people))
		return IV_TYPE_CONTACT;
	return is_one_of(field, organizations) ? IV_TYPE_ORGANIZATION : IV_TYPE_NONE;
}

static bool is_meant(const struct choice *choice, const struct iv_candidate *candidate)
{
	return candidate->type == type_meant(choice->wanted->field);
}

/*
 * Of those that fit, the ones of the best rank: how many different notes, and one of them. It is
 * enough to count up to `most`.
 */
static size_t best_of(const struct choice *choice, fits_fn fits, fits_fn and_fits, size_t most,
		      int64_t *note)
{
	size_t count = 0;
	enum iv_rank rank = IV_RANK_NAME;

	for (size_t i = 0; i < choice->count && count < most; i++) {
		const struct iv_candidate *candidate = &choice->candidates[i];
		if (count && candidate->rank != rank)
			break;
		if ((fits && !fits(choice, candidate)) ||
		    (and_fits && !and_fits(choice, candidate)))
			continue;
		rank = candidate->rank;
		if (!count || candidate->note != *note)
			count++;
		*note = candidate->note;
	}
	return count;
}

/* None, one, or several, which are 2. */
static size_t best(const struct choice *choice, fits_fn fits, fits_fn and_fits, int64_t *note)
{
	return best_of(choice, fits, and_fits, 2, note);
}

/*
 * The one in the folder of the note that speaks, or the one that has the wanted text as its path.
 * Where thousands bear one id, only a look at the very path is quick.
 */
static size_t best_near(const struct choice *choice, fits_fn fits, int64_t *note)
{
	struct iv_resolver *resolver = choice->resolver;
	struct iv_str folder = iv_path_folder(iv_str_of(choice->wanted->path));
	struct iv_str key = choice->wanted->key;
	struct choice part = *choice;
	size_t count;

	if (iv_str_find_char(key, '/') != SIZE_MAX)
		return best(choice, fits, is_near, note);
	folder = iv_fold(resolver->scratch, folder);
	if (folder.len)
		key = iv_arena_printf(resolver->scratch, "%.*s/%.*s", IV_STR_ARG(folder),
				      IV_STR_ARG(key));
	part.count = iv_names_at(resolver->names, key, &part.candidates);
	count = best(&part, fits, is_near, note);
	if (count)
		return count;
	part = *choice;
	for (; part.count && part.candidates->rank == IV_RANK_ID; part.count--)
		part.candidates++;
	return best(&part, fits, is_near, note);
}

static size_t best_path(const struct choice *choice, fits_fn fits, int64_t *note)
{
	struct choice part = *choice;

	if (iv_str_find_char(choice->wanted->key, '/') != SIZE_MAX)
		return 0;
	part.count = iv_names_at(choice->resolver->names, choice->wanted->key, &part.candidates);
	return best(&part, fits, NULL, note);
}

/* Several could be meant: the one of the same folder, at the exact path, the only typed one. */
static struct iv_resolved decide(const struct choice *choice, fits_fn fits)
{
	struct iv_resolved out = {0, 0};
	int64_t note = 0, one = 0;

	out.matches = (int64_t)best(choice, fits, NULL, &note);
	if (out.matches > 1 &&
	    (best_near(choice, fits, &one) == 1 || best_path(choice, fits, &one) == 1 ||
	     best(choice, fits, is_typed, &one) == 1)) {
		out.matches = 1;
		note = one;
	}
	/* Thousands are counted only where nothing else decides. */
	if (out.matches > 1)
		out.matches = (int64_t)best_of(choice, fits, NULL, SIZE_MAX, &one);
	out.target = out.matches == 1 ? note : 0;
	return out;
}

/* An id, an alias or a name. A field that speaks of people means people, if it can. */
static struct iv_resolved by_name(struct choice *choice)
{
	const struct iv_wanted *wanted = choice->wanted;
	struct iv_resolved out = {0, 0};

	choice->count = iv_names_find(choice->resolver->names, wanted->key, &choice->candidates);
	if (type_meant(wanted->field) != IV_TYPE_NONE)
		out = decide(choice, is_meant);
	return out.matches ? out : decide(choice, NULL);
}

/* The part of a relative link's key that was written, without the folder of its note. */
static struct iv_str written(struct iv_resolver *resolver, const struct iv_wanted *wanted)
{
	struct iv_str folder = iv_fold(resolver->scratch, iv_path_folder(iv_str_of(wanted->path)));

	if (folder.len && wanted->key.len > folder.len && wanted->key.ptr[folder.len] == '/' &&
	    iv_str_eq(iv_str_slice(wanted->key, 0, folder.len), folder))
		return iv_str_slice(wanted->key, folder.len + 1, wanted->key.len);
	return wanted->key;
}

/*
 * A relative link, which has become a path from the vault's root. Obsidian may also write the
 * path from the root or, where one note alone bears the name, that name.
 */
static struct iv_resolved by_link(struct choice *choice)
{
	struct iv_resolver *resolver = choice->resolver;
	struct iv_str key = written(resolver, choice->wanted);

	choice->count = iv_names_at(resolver->names, choice->wanted->key, &choice->candidates);
	if (!choice->count)
		choice->count = iv_names_at(resolver->names, key, &choice->candidates);
	if (!choice->count && iv_str_find_char(key, '/') == SIZE_MAX) {
		choice->count = iv_names_ending(resolver->names, key, &choice->candidates);
		if (choice->count > 1)
			choice->count = 0;
	}
	return decide(choice, NULL);
}

/* A path from the vault's root or the last folders of one. */
static struct iv_resolved by_path(struct choice *choice)
{
	struct iv_names *names = choice->resolver->names;
	struct iv_str key = choice->wanted->key;

	choice->count = iv_names_at(names, key, &choice->candidates);
	if (!choice->count)
		choice->count = iv_names_ending(names, key, &choice->candidates);
	return decide(choice, NULL);
}

/* ---- what is no note's business ---- */

/* "cv.pdf": a dot and up to five letters or digits, a letter among them. */
static bool has_extension(struct iv_str key)
{
	size_t at = key.len;
	bool letter = false;

	while (at > 0 && key.len - at < 6 &&
	       (iv_is_alpha(key.ptr[at - 1]) || iv_is_digit(key.ptr[at - 1])))
		letter |= iv_is_alpha(key.ptr[--at]);
	return letter && at > 1 && at < key.len && key.ptr[at - 1] == '.';
}

static bool is_left_out(struct iv_resolver *resolver, struct iv_str key)
{
	struct iv_buf path = IV_BUF_INIT;
	bool held;

	iv_buf_printf(&path, "%.*s.md", IV_STR_ARG(key));
	held = iv_vault_holds(resolver->config, iv_buf_view(&path));
	iv_buf_release(&path);
	return !held;
}

static bool is_no_note(struct iv_resolver *resolver, const struct iv_wanted *wanted)
{
	if (!wanted->key.len)
		return true;
	if (wanted->form == IV_REF_LINK)
		return is_left_out(resolver, wanted->key) ||
		       iv_links_at(resolver->links, wanted->key) ||
		       iv_links_at(resolver->links, written(resolver, wanted));
	return wanted->form == IV_REF_WIKI &&
	       (has_extension(wanted->key) || iv_links_ending(resolver->links, wanted->key));
}

struct iv_resolved iv_resolve(struct iv_resolver *resolver, const struct iv_wanted *wanted)
{
	struct choice choice = {.resolver = resolver, .wanted = wanted};
	struct iv_resolved out = {0, 0};

	iv_arena_reset(resolver->scratch);
	if (wanted->key.len && wanted->form == IV_REF_LINK)
		out = by_link(&choice);
	else if (iv_str_find_char(wanted->key, '/') != SIZE_MAX)
		out = by_path(&choice);
	if (wanted->key.len && !out.matches && wanted->form != IV_REF_LINK)
		out = by_name(&choice);
	if (!out.matches && is_no_note(resolver, wanted))
		out.matches = IV_NOT_A_NOTE;
	return out;
}

/* ---- names in free text ---- */

#define SEVERAL (-1)

/* The contact of that name, by the best rank that any contact has; 0 none, or SEVERAL. */
static int64_t contact_named(struct iv_resolver *resolver, struct iv_str key)
{
	const struct iv_candidate *candidates;
	size_t count = iv_names_find(resolver->names, key, &candidates);
	enum iv_rank rank = IV_RANK_NAME;
	int64_t note = 0;

	for (size_t i = 0; i < count; i++) {
		if (candidates[i].type != IV_TYPE_CONTACT || candidates[i].note == note)
			continue;
		if (note)
			return candidates[i].rank == rank ? SEVERAL : note;
		note = candidates[i].note;
		rank = candidates[i].rank;
	}
	return note;
}

void iv_find_people(struct iv_resolver *resolver, struct iv_str text,
		    void (*found)(void *data, int64_t note), void *data)
{
	struct iv_name_word words[IV_NAME_WORDS_MAX];
	size_t count = 0, at = 0, len;
	int64_t note;

	iv_arena_reset(resolver->scratch);
	text = iv_fold(resolver->scratch, text);
	for (;;) {
		while (count < IV_NAME_WORDS_MAX && iv_name_word(&words[count], text, &at))
			count++;
		if (!count)
			return;
		for (len = count, note = 0; len > 0 && !note; len--)
			note = contact_named(
				resolver, iv_str_slice(text, words[0].start, words[len - 1].end));
		len = note ? len + 1 : 1;
		if (note > 0)
			found(data, note);
		count -= len;
		memmove(words, words + len, count * sizeof(*words));
	}
}
