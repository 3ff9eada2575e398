#include "note/reference.h"

#include <string.h>

#include "base/file.h"
#include "base/utf8.h"

static bool ends_in_md(struct iv_str text)
{
	return text.len > 3 && iv_str_is_nocase(iv_str_slice(text, text.len - 3, text.len), ".md");
}

static struct iv_str without_md(struct iv_str text)
{
	return ends_in_md(text) ? iv_str_slice(text, 0, text.len - 3) : text;
}

/* A key as references are compared: trimmed, folded, without `.md`. */
static struct iv_str key_of(struct iv_arena *arena, struct iv_str target)
{
	return iv_fold(arena, without_md(iv_str_trim(target)));
}

static void add(struct iv_reader *reader, struct iv_ref_site site, enum iv_ref_form form,
		struct iv_str text, struct iv_str key, struct iv_pos pos, struct iv_text written)
{
	struct iv_ref ref = {form, site.field, site.record,  iv_str_trim(text),
			     key,  pos,        written.text, written.pos};

	IV_PUSH(reader->refs, ref);
}

/* A part of a text that stands at `pos`, on one line. */
static struct iv_text part_at(struct iv_str part, struct iv_str whole, struct iv_pos pos)
{
	pos.column += (uint32_t)(part.ptr - whole.ptr);
	return (struct iv_text){part, pos};
}

/* The part before the first of the two characters. */
static struct iv_str before(struct iv_str text, char one, char other)
{
	size_t at;

	for (at = 0; at < text.len; at++)
		if (text.ptr[at] == one || text.ptr[at] == other)
			break;
	return iv_str_slice(text, 0, at);
}

/* "../people/jane" from this note's folder as a path of the vault; empty when it leads out. */
static struct iv_str resolve(struct iv_reader *reader, struct iv_str relative)
{
	struct iv_buf buf = IV_BUF_INIT;
	struct iv_str path = {"", 0};

	if (iv_path_resolve(&buf, reader->note->path, relative))
		path = iv_arena_str(reader->arena, iv_buf_view(&buf));
	iv_buf_release(&buf);
	return path;
}

void iv_ref_wiki(struct iv_reader *reader, struct iv_ref_site site, struct iv_str inside,
		 struct iv_pos pos)
{
	struct iv_str target = iv_str_trim(before(inside, '|', '#')), written;
	size_t bar = iv_str_find_char(inside, '|');
	struct iv_str text = target;

	/* In a table the bar is written `\|`. */
	if (target.len && target.ptr[target.len - 1] == '\\')
		target = text = iv_str_trim(iv_str_slice(target, 0, target.len - 1));
	if (bar != SIZE_MAX && bar + 1 < inside.len)
		text = iv_str_slice(inside, bar + 1, inside.len);
	written = target;
	if (iv_str_starts(target, "./") || iv_str_starts(target, "../"))
		target = resolve(reader, target);
	else if (iv_str_starts(target, "/"))
		target = iv_str_slice(target, 1, target.len);
	else if (!target.len)
		return;
	struct iv_pos start = {pos.line, pos.column + 2}; /* behind [[ */
	add(reader, site, IV_REF_WIKI, text, key_of(reader->arena, target), pos,
	    part_at(written, inside, start));
}

/* RFC 3986: a scheme and a colon. One letter is a drive, and no relative path either. */
static bool has_scheme(struct iv_str url)
{
	size_t at;

	for (at = 0; at < url.len; at++) {
		char c = url.ptr[at];

		if (c == ':')
			return at > 0;
		if (!iv_is_alpha(c) && (!at || (!iv_is_digit(c) && !strchr("+.-", c))))
			return false;
	}
	return false;
}

static int hex_value(char c)
{
	if (iv_is_digit(c))
		return c - '0';
	c = (char)iv_to_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

struct iv_str iv_ref_decode(struct iv_arena *arena, struct iv_str text)
{
	char *out = iv_arena_alloc(arena, text.len + 1);
	size_t len = 0, at;

	for (at = 0; at < text.len; at++) {
		char c = text.ptr[at];
		int high = at + 2 < text.len ? hex_value(text.ptr[at + 1]) : -1;
		int low = at + 2 < text.len ? hex_value(text.ptr[at + 2]) : -1;

		if (c == '%' && high >= 0 && low >= 0 && high + low > 0) {
			c = (char)(high * 16 + low);
			at += 2;
		} else if (c == '\\' && at + 1 < text.len && !iv_is_alpha(text.ptr[at + 1]) &&
			   !iv_is_digit(text.ptr[at + 1]) && (signed char)text.ptr[at + 1] > ' ') {
			c = text.ptr[++at];
		}
		out[len++] = c;
	}
	out[len] = '\0';
	return (struct iv_str){out, len};
}

/* From elsewhere: `~/x.md` and `@site/x.md`; still to be filled in: `{{ x }}.md`, `<path>/x.md`. */
static bool is_no_path(struct iv_str file)
{
	size_t at;

	for (at = 0; at < file.len; at++)
		if (strchr("{}<>*|", file.ptr[at]))
			return true;
	return iv_str_starts(file, "/") || iv_str_starts(file, "~/") || iv_str_starts(file, "@") ||
	       iv_str_starts(file, "$");
}

/* The file that a destination names, where it is a relative path; else empty. */
static struct iv_text relative_file(struct iv_text destination)
{
	struct iv_text file = {before(destination.text, '#', '?'), destination.pos};

	if (has_scheme(file.text) || is_no_path(file.text))
		file.text.len = 0;
	return file;
}

void iv_ref_image(struct iv_reader *reader, struct iv_text destination)
{
	struct iv_text file = relative_file(destination);

	if (file.text.len)
		IV_PUSH(reader->files, file);
}

void iv_ref_link(struct iv_reader *reader, struct iv_ref_site site, struct iv_text destination,
		 struct iv_str label, struct iv_pos pos)
{
	struct iv_text written = relative_file(destination);
	struct iv_str file = iv_ref_decode(reader->arena, written.text), path;

	if (!file.len)
		return;
	if (!ends_in_md(file) || iv_utf8_invalid(file) != SIZE_MAX) {
		IV_PUSH(reader->files, written);
		return;
	}
	path = resolve(reader, file);
	/* In a field the label is somebody's name; in the body the way there is what matters. */
	if (!label.len || !strcmp(site.field, "body"))
		label = file;
	add(reader, site, IV_REF_LINK, label, key_of(reader->arena, path), pos, written);
}

void iv_ref_bare(struct iv_reader *reader, struct iv_ref_site site, struct iv_str text,
		 struct iv_pos pos)
{
	if (iv_str_trim(text).len)
		add(reader, site, IV_REF_BARE, text, key_of(reader->arena, text), pos,
		    part_at(iv_str_trim(text), text, pos));
}

/* Names end where the sentence's punctuation begins. */
static struct iv_str without_punctuation(struct iv_str text)
{
	text = iv_str_trim(text);
	while (text.len && strchr(".,;:!)", text.ptr[text.len - 1]))
		text.len--;
	while (text.len && strchr("(,;:- ", text.ptr[0]))
		text = iv_str_slice(text, 1, text.len);
	return iv_str_trim(text);
}

void iv_ref_words(struct iv_reader *reader, struct iv_ref_site site, struct iv_str text,
		  struct iv_pos pos)
{
	struct iv_str words = without_punctuation(text);

	if (words.len)
		add(reader, site, IV_REF_WORDS, words, iv_fold(reader->arena, words), pos,
		    part_at(words, text, pos));
}

static bool is_letter(char c)
{
	return iv_is_alpha(c) || iv_is_digit(c) || (unsigned char)c >= 0x80;
}

bool iv_name_word(struct iv_name_word *out, struct iv_str text, size_t *at)
{
	size_t i = *at;

	while (i < text.len && !is_letter(text.ptr[i]))
		i++;
	out->start = i;
	while (i < text.len &&
	       (is_letter(text.ptr[i]) ||
		(strchr("-_.'", text.ptr[i]) && i + 1 < text.len && is_letter(text.ptr[i + 1]))))
		i++;
	out->end = *at = i;
	return out->start < i;
}
