#include "vault/ignore.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"

struct glob {
	struct iv_str text; /* without the slashes that say `anchored` and `folder` */
	bool anchored, folder;
};

struct iv_globs {
	struct glob *globs;
	size_t count;
	struct iv_arena *arena;
};

static bool compile(struct glob *out, struct iv_str text)
{
	out->folder = iv_str_ends(text, "/");
	while (iv_str_ends(text, "/"))
		text = iv_str_slice(text, 0, text.len - 1);
	out->anchored = iv_str_find_char(text, '/') != SIZE_MAX;
	while (iv_str_starts(text, "/"))
		text = iv_str_slice(text, 1, text.len);
	out->text = text;
	return text.len > 0;
}

struct iv_globs *iv_globs_new(const char *const *patterns, size_t count)
{
	struct iv_globs *globs = iv_calloc(1, sizeof(*globs));

	globs->arena = iv_arena_new();
	globs->globs = iv_arena_calloc(globs->arena, count + 1, sizeof(*globs->globs));
	for (size_t i = 0; i < count; i++) {
		struct iv_str text = iv_arena_str(globs->arena, iv_str_of(patterns[i]));
		if (compile(&globs->globs[globs->count], iv_str_trim(text)))
			globs->count++;
	}
	return globs;
}

void iv_globs_free(struct iv_globs *globs)
{
	if (!globs)
		return;
	iv_arena_free(globs->arena);
	free(globs);
}

/* Bytes of the character at `at`; UTF-8 where it is, else one. */
static size_t char_len(struct iv_str text, size_t at)
{
	size_t end = at + 1;

	if ((unsigned char)text.ptr[at] >= 0xc0)
		while (end < text.len && ((unsigned char)text.ptr[end] & 0xc0) == 0x80)
			end++;
	return end - at;
}

/* Compares characters by their bytes: for UTF-8 that is the order of code points. */
static int char_cmp(struct iv_str a, size_t a_at, struct iv_str b, size_t b_at)
{
	return iv_str_cmp(iv_str_slice(a, a_at, a_at + char_len(a, a_at)),
			  iv_str_slice(b, b_at, b_at + char_len(b, b_at)));
}

/*
 * A class at pattern[*at] == '[' against one character of the name; moves *at behind the ']'.
 * Without a ']' it is an ordinary '['.
 */
static bool match_class(struct iv_str pattern, size_t *at, struct iv_str name, size_t n)
{
	size_t i = *at + 1;
	bool negated = i < pattern.len && (pattern.ptr[i] == '!' || pattern.ptr[i] == '^');
	bool found = false;

	i += negated;
	for (size_t first = i; i < pattern.len; i += char_len(pattern, i)) {
		size_t low = i, dash = i + char_len(pattern, i);

		if (pattern.ptr[i] == ']' && i > first) {
			*at = i + 1;
			return found != negated;
		}
		if (dash + 1 < pattern.len && pattern.ptr[dash] == '-' &&
		    pattern.ptr[dash + 1] != ']')
			i = dash + 1;
		if (char_cmp(name, n, pattern, low) >= 0 && char_cmp(name, n, pattern, i) <= 0)
			found = true;
	}
	*at += 1;
	return name.ptr[n] == '[';
}

/* One element of the pattern that is no star against the character at name[*n]. */
static bool match_one(struct iv_str pattern, size_t *p, struct iv_str name, size_t *n)
{
	size_t from = *n;

	*n += char_len(name, from);
	if (pattern.ptr[*p] == '?') {
		*p += 1;
		return true;
	}
	if (pattern.ptr[*p] == '[')
		return match_class(pattern, p, name, from);
	if (pattern.ptr[*p] == '\\' && *p + 1 < pattern.len)
		*p += 1;
	size_t at = *p;
	*p += char_len(pattern, at);
	return char_cmp(pattern, at, name, from) == 0;
}

/* A name without slashes. Only the last star is ever gone back to, so no pattern is slow. */
static bool match_name(struct iv_str pattern, struct iv_str name)
{
	size_t p = 0, n = 0, star = SIZE_MAX, mark = 0;

	while (n < name.len) {
		if (p < pattern.len && pattern.ptr[p] == '*') {
			star = ++p;
			mark = n;
		} else if (p >= pattern.len || !match_one(pattern, &p, name, &n)) {
			if (star == SIZE_MAX)
				return false;
			mark += char_len(name, mark);
			p = star;
			n = mark;
		}
	}
	while (p < pattern.len && pattern.ptr[p] == '*')
		p++;
	return p == pattern.len;
}

/* Cuts the first name off a path. False at the end. */
static bool next_name(struct iv_str *name, struct iv_str *rest)
{
	size_t slash;

	if (!rest->len)
		return false;
	slash = iv_str_find_char(*rest, '/');
	if (slash == SIZE_MAX)
		slash = rest->len;
	*name = iv_str_slice(*rest, 0, slash);
	*rest = iv_str_slice(*rest, slash < rest->len ? slash + 1 : slash, rest->len);
	return true;
}

/* The same with names for characters and `**` for the star. */
static bool match_path(struct iv_str pattern, struct iv_str path)
{
	struct iv_str after = {NULL, 0}, mark = path, part, name;

	for (;;) {
		struct iv_str p = pattern, n = path;
		bool more = next_name(&part, &p);

		if (more && iv_str_is(part, "**")) {
			if (!p.len)
				return path.len > 0; // `a/**` is what lies below a
			after = pattern = p;
			mark = path;
			continue;
		}
		if (!next_name(&name, &n))
			return !more;
		if (more && match_name(part, name)) {
			pattern = p;
			path = n;
			continue;
		}
		if (!after.ptr || !next_name(&name, &mark))
			return false;
		pattern = after;
		path = mark;
	}
}

bool iv_globs_match(const struct iv_globs *globs, struct iv_str path, bool folder)
{
	for (size_t i = 0; i < globs->count; i++) {
		const struct glob *glob = &globs->globs[i];

		if (glob->folder && !folder)
			continue;
		if (glob->anchored) {
			if (match_path(glob->text, path))
				return true;
			continue;
		}
		if (match_name(glob->text, iv_path_name(path)))
			return true;
	}
	return false;
}
