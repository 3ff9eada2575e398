#include "edit/target.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "note/inline.h"

/* ---- the names of the note ---- */

static bool ends_in_md(struct iv_str text)
{
	return text.len > 3 && iv_str_is_nocase(iv_str_slice(text, text.len - 3, text.len), ".md");
}

static struct iv_str without_md(struct iv_str text)
{
	return ends_in_md(text) ? iv_str_slice(text, 0, text.len - 3) : text;
}

struct iv_renamed iv_renamed_of(struct iv_str from, struct iv_str to)
{
	struct iv_renamed renamed = {.from = without_md(from), .to = without_md(to)};

	renamed.from_id = iv_path_name(renamed.from);
	renamed.to_id = iv_path_name(renamed.to);
	return renamed;
}

/* `key` is an id, or a path of which the end may be left out at its beginning. */
static bool names(struct iv_arena *arena, struct iv_str key, struct iv_str path)
{
	struct iv_str whole = iv_fold(arena, path);

	return iv_str_eq(key, whole) || iv_str_eq(key, iv_path_name(whole)) ||
	       (whole.len > key.len && iv_str_find_char(key, '/') != SIZE_MAX &&
		whole.ptr[whole.len - key.len - 1] == '/' &&
		iv_str_eq(iv_str_slice(whole, whole.len - key.len, whole.len), key));
}

/* Free text: the id stands somewhere in it, as a word. */
static bool holds(struct iv_arena *arena, struct iv_str key, struct iv_str id)
{
	return iv_str_find(key, iv_fold(arena, id)) != SIZE_MAX;
}

bool iv_means_old(struct iv_arena *arena, const struct iv_ref *ref,
		  const struct iv_renamed *renamed)
{
	if (ref->form == IV_REF_WORDS)
		return holds(arena, ref->key, renamed->from_id);
	return names(arena, ref->key, renamed->from);
}

bool iv_means_new(struct iv_arena *arena, const struct iv_ref *ref,
		  const struct iv_renamed *renamed)
{
	if (ref->form == IV_REF_WORDS)
		return holds(arena, ref->key, renamed->to_id);
	return names(arena, ref->key, renamed->to);
}

/* ---- where it is written ---- */

static bool next_wiki(struct iv_target *out, size_t *at, struct iv_str bytes)
{
	struct iv_str rest = iv_str_slice(bytes, *at, bytes.len);
	size_t open = iv_str_find(rest, IV_LIT("[[")), end;

	if (open == SIZE_MAX)
		return false;
	out->from = *at + open + 2;
	*at = out->from;
	for (end = out->from; end < bytes.len && !strchr("|#]\n\r", bytes.ptr[end]);)
		end++;
	if (end > out->from && bytes.ptr[end - 1] == '\\')
		end--;
	out->to = end;
	return true;
}

static bool next_link(struct iv_target *out, size_t *at, struct iv_str bytes)
{
	struct iv_str destination;
	size_t i = *at, end;

	while (i + 1 < bytes.len &&
	       !(bytes.ptr[i] == ']' && (bytes.ptr[i + 1] == '(' || bytes.ptr[i + 1] == ':')))
		i++;
	if (i + 1 >= bytes.len)
		return false;
	for (i += 2; i < bytes.len && iv_is_space(bytes.ptr[i]);)
		i++;
	*at = i;
	out->from = out->to = i;
	if (!iv_destination(&destination, bytes, i) || !destination.len)
		return true;
	out->angled = bytes.ptr[i] == '<';
	out->from = (size_t)(destination.ptr - bytes.ptr);
	for (end = out->from; end < out->from + destination.len && !strchr("#?", bytes.ptr[end]);)
		end++;
	out->to = end;
	return true;
}

/* Neither side goes on with a letter or a digit. */
static bool is_word(struct iv_str text, size_t from, size_t to)
{
	struct iv_str around = iv_str_slice(text, from ? from - 1 : 0, to < text.len ? to + 1 : to);
	char before = from ? around.ptr[0] : ' ';
	char after = to < text.len ? around.ptr[around.len - 1] : ' ';

	return !iv_is_alpha(before) && !iv_is_digit(before) && !((unsigned char)before & 0x80) &&
	       !iv_is_alpha(after) && !iv_is_digit(after) && !((unsigned char)after & 0x80);
}

static bool next_word(struct iv_target *out, size_t *at, struct iv_str bytes, struct iv_str word)
{
	size_t i;

	for (i = *at; word.len && i + word.len <= bytes.len; i++) {
		if (!iv_str_eq_nocase(iv_str_slice(bytes, i, i + word.len), word) ||
		    !is_word(bytes, i, i + word.len))
			continue;
		out->from = i;
		out->to = *at = i + word.len;
		return true;
	}
	return false;
}

bool iv_target_next(struct iv_target *out, size_t *at, struct iv_str bytes, enum iv_ref_form form,
		    struct iv_str text, const struct iv_renamed *renamed)
{
	out->angled = false;
	switch (form) {
	case IV_REF_WIKI: return next_wiki(out, at, bytes);
	case IV_REF_LINK: return next_link(out, at, bytes);
	case IV_REF_BARE: return next_word(out, at, bytes, text);
	case IV_REF_WORDS: return next_word(out, at, bytes, renamed->from_id);
	}
	return false;
}

/* ---- a new one ---- */

/* "../people/jane" from a folder of the vault. */
static struct iv_str relative(struct iv_arena *arena, struct iv_str folder, struct iv_str path)
{
	struct iv_str from = iv_arena_str(arena, folder), to = iv_arena_str(arena, path), copy;
	char *out = iv_path_relative(from.ptr, to.ptr);

	copy = iv_arena_str(arena, iv_str_of(out));
	free(out);
	return copy;
}

/* As RFC 3986 has it where CommonMark or a reader of the path would stumble. */
static struct iv_str encoded(struct iv_arena *arena, struct iv_str path, struct iv_str old,
			     bool angled)
{
	struct iv_buf out = IV_BUF_INIT;
	struct iv_str text;
	bool beyond = iv_str_find(old, IV_LIT("%C")) != SIZE_MAX ||
		      iv_str_find(old, IV_LIT("%E")) != SIZE_MAX;

	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.ptr[i];

		if (c < ' ' || c == 0x7f || strchr("%#?<>\\{}|*[]", (char)c) ||
		    (!angled && strchr(" ()", (char)c)) || (beyond && c >= 0x80))
			iv_buf_printf(&out, "%%%02X", c);
		else
			iv_buf_putc(&out, (char)c);
	}
	text = iv_arena_str(arena, iv_buf_view(&out));
	iv_buf_release(&out);
	return text;
}

struct iv_str iv_target_new(struct iv_arena *arena, struct iv_str old, enum iv_ref_form form,
			    bool angled, struct iv_str folder, const struct iv_renamed *renamed)
{
	struct iv_str trimmed = iv_str_trim(old), path = renamed->to_id;
	struct iv_str before = iv_str_slice(old, 0, (size_t)(trimmed.ptr - old.ptr));
	struct iv_str after = iv_str_slice(old, before.len + without_md(trimmed).len, old.len);
	const char *prefix = "";
	bool dotted = iv_str_starts(trimmed, "./") || iv_str_starts(trimmed, "../");

	if (form == IV_REF_WORDS)
		return renamed->to_id;
	if (form == IV_REF_LINK || dotted) {
		path = relative(arena, folder, renamed->to);
		if (form == IV_REF_LINK)
			path = encoded(arena, path, old, angled);
		if (dotted && !iv_str_starts(path, "../") &&
		    (form == IV_REF_WIKI || iv_str_starts(trimmed, "./")))
			prefix = "./";
	} else if (iv_str_find_char(trimmed, '/') != SIZE_MAX) {
		path = renamed->to;
		prefix = trimmed.ptr[0] == '/' ? "/" : "";
	}
	return iv_arena_printf(arena, "%.*s%s%.*s%.*s", IV_STR_ARG(before), prefix,
			       IV_STR_ARG(path), IV_STR_ARG(after));
}

struct iv_str iv_target_moved(struct iv_arena *arena, struct iv_str old, enum iv_ref_form form,
			      struct iv_str path, struct iv_str folder)
{
	struct iv_str trimmed = iv_str_trim(old), resolved;
	bool dotted = iv_str_starts(trimmed, "./") || iv_str_starts(trimmed, "../");
	struct iv_buf whole = IV_BUF_INIT;
	const char *prefix = "";

	if ((form != IV_REF_LINK && !dotted) || !iv_path_resolve(&whole, path, trimmed)) {
		iv_buf_release(&whole);
		return old;
	}
	resolved = relative(arena, folder, iv_buf_view(&whole));
	iv_buf_release(&whole);
	if (dotted && !iv_str_starts(resolved, "../") &&
	    (form == IV_REF_WIKI || iv_str_starts(trimmed, "./")))
		prefix = "./";
	return iv_arena_printf(arena, "%s%.*s", prefix, IV_STR_ARG(resolved));
}
