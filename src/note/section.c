#include "note/section.h"

#include <string.h>

#include "base/utf8.h"
#include "note/bytes.h"

static const char *const names[] = {"request",    "research", "opening", "questions",
				    "follow-ups", "notes",    NULL};

void iv_sections_init(struct iv_sections *sections)
{
	size_t i;

	for (i = 0; i < sizeof(sections->open) / sizeof(*sections->open); i++)
		sections->open[i] = -1;
	sections->current = -1;
}

/* Without the emphasis around it and the punctuation behind it. */
static struct iv_str bare_heading(struct iv_str text)
{
	text = iv_str_trim(text);
	while (text.len && strchr("*_", text.ptr[0]))
		text = iv_str_slice(text, 1, text.len);
	while (text.len && strchr("*_:.!?# ", text.ptr[text.len - 1]))
		text.len--;
	return iv_str_trim(text);
}

/* One or several: `Question`, `Follow-up`. */
static bool is_heading(struct iv_str text, const char *name)
{
	char singular[16];
	size_t len = strlen(name);

	if (iv_spells(text, name))
		return true;
	if (name[len - 1] != 's' || len > sizeof(singular))
		return false;
	memcpy(singular, name, len - 1);
	singular[len - 1] = '\0';
	return iv_spells(text, singular);
}

static bool is_own_heading(struct iv_arena *arena, struct iv_str text, const char *heading)
{
	return iv_str_eq(iv_fold(arena, text), iv_fold(arena, bare_heading(iv_str_of(heading))));
}

static const char *canonical(struct iv_reader *reader, struct iv_str text)
{
	const char *const(*own)[2] = reader->syntax->sections;
	size_t i;

	text = bare_heading(text);
	if (!text.len)
		return NULL;
	for (i = 0; names[i]; i++)
		if (is_heading(text, names[i]))
			return names[i];
	for (; own && (*own)[0]; own++) {
		if (!is_own_heading(reader->arena, text, (*own)[1]))
			continue;
		for (i = 0; names[i]; i++)
			if (is_heading(iv_str_of((*own)[0]), names[i]))
				return names[i];
	}
	return NULL;
}

/* Two headings of one section make one section. */
static int section_of(struct iv_reader *reader, const char *name, struct iv_pos pos, size_t to)
{
	struct iv_section section = {.name = name, .pos = pos};
	size_t i;

	for (i = 0; i < reader->sections.count; i++)
		if (reader->sections.items[i].name == name)
			return (int)i;
	if (!strcmp(name, "request") || !strcmp(name, "opening"))
		section.text = iv_str_slice(reader->body, to, reader->body.len);
	IV_PUSH(reader->sections, section);
	return (int)i;
}

/* A text is open while it reaches to the body's end. */
static void close_text(struct iv_reader *reader, int index, size_t at)
{
	struct iv_section *section;
	size_t from;

	if (index < 0)
		return;
	section = &reader->sections.items[index];
	if (!section->text.ptr ||
	    section->text.ptr + section->text.len != reader->body.ptr + reader->body.len)
		return;
	from = (size_t)(section->text.ptr - reader->body.ptr);
	section->text = iv_str_trim(iv_str_slice(reader->body, from, at));
}

void iv_section_heading(struct iv_sections *sections, struct iv_reader *reader, struct iv_str text,
			int level, struct iv_pos pos, size_t from, size_t to)
{
	const char *name = canonical(reader, text);
	int i;

	for (i = level; i <= 6; i++) {
		close_text(reader, sections->open[i], from);
		sections->open[i] = -1;
	}
	if (name)
		sections->open[level] = section_of(reader, name, pos, to);
	sections->current = -1;
	for (i = 1; i <= 6; i++)
		if (sections->open[i] >= 0)
			sections->current = sections->open[i];
}

void iv_sections_end(struct iv_sections *sections, struct iv_reader *reader)
{
	int i;

	for (i = 1; i <= 6; i++)
		close_text(reader, sections->open[i], reader->body.len);
}

const char *iv_section_name(const struct iv_sections *sections, const struct iv_reader *reader)
{
	return sections->current < 0 ? NULL : reader->sections.items[sections->current].name;
}

/* ---- words ---- */

/* The next comment that ends behind `at`, or NULL. */
static const struct iv_hole *comment_after(const struct iv_passage *passage, size_t at)
{
	const struct iv_hole *hole = iv_hole_after(passage, at);
	size_t left = hole ? passage->holes.count - (size_t)(hole - passage->holes.items) : 0;

	for (; left; left--, hole++)
		if (hole->kind == IV_HOLE_COMMENT)
			return hole;
	return NULL;
}

static bool is_prepared(const char *name)
{
	return name && strcmp(name, "notes");
}

/* A link or a #tag by itself says nothing yet. */
static bool is_own_word(const struct iv_passage *passage, size_t at)
{
	const struct iv_hole *hole = iv_hole_after(passage, at);

	return passage->text.ptr[at] != '#' &&
	       !(hole && hole->from <= at + 1 && hole->kind == IV_HOLE_WIKI);
}

/* Every byte of a body is asked for its class: 0 white space, 1 part of a word, 3 makes it one. */
#define CLASS(c)                                                                         \
	((c) == ' ' || ((c) >= '\t' && (c) <= '\r') ? 0                                  \
	 : (((c) | 0x20) >= 'a' && ((c) | 0x20) <= 'z') || ((c) >= '0' && (c) <= '9') || \
			 (c) >= 0x80                                                     \
		 ? 3                                                                     \
		 : 1)
#define CLASS_4(c) CLASS(c), CLASS((c) + 1), CLASS((c) + 2), CLASS((c) + 3)
#define CLASS_16(c) CLASS_4(c), CLASS_4((c) + 4), CLASS_4((c) + 8), CLASS_4((c) + 12)
#define CLASS_64(c) CLASS_16(c), CLASS_16((c) + 16), CLASS_16((c) + 32), CLASS_16((c) + 48)

static unsigned class_of(char c)
{
	static const unsigned char classes[256] = {CLASS_64(0), CLASS_64(64), CLASS_64(128),
						   CLASS_64(192)};
	return classes[(unsigned char)c];
}

/*
 * Words are runs without white space that hold a letter or a digit. Without branches: where words end
 * is what no processor foresees.
 */
static unsigned count_words(struct iv_str text, size_t from, size_t to)
{
	unsigned words = 0, word = 0;

	for (; from < to; from++) {
		unsigned class = class_of(text.ptr[from]);
		unsigned in_word = 0u - (class & 1);

		words += word >> 1 & ~in_word;
		word = (word | class) & in_word;
	}
	return words + (word >> 1);
}

static bool has_own_word(const struct iv_passage *passage, size_t from, size_t to)
{
	struct iv_str text = passage->text;
	size_t end;

	for (; from < to; from = end + 1) {
		for (end = from; end < to && class_of(text.ptr[end]);)
			end++;
		if (count_words(text, from, end) && is_own_word(passage, from))
			return true;
	}
	return false;
}

void iv_section_words(struct iv_sections *sections, struct iv_reader *reader,
		      const struct iv_passage *passage, size_t from, enum iv_prose prose)
{
	bool own = prose == IV_PROSE_OWN && !is_prepared(iv_section_name(sections, reader));
	const struct iv_hole *comment;
	size_t end = from;

	for (; end < passage->text.len; from = comment ? comment->to : end) {
		comment = comment_after(passage, from);
		end = comment ? comment->from : passage->text.len;
		if (sections->current >= 0)
			reader->sections.items[sections->current].words +=
				count_words(passage->text, from, end);
		if (own && !reader->prose)
			reader->prose = has_own_word(passage, from, end);
	}
}
