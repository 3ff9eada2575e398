#include "view/template_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "view/template.h"

#define NAME_MAX_SHOWN 40

struct reader {
	struct iv_parts *parts;
	struct iv_str text;
	size_t at;
	struct iv_pos pos;                  /* of `at` */
	size_t open[IV_TEMPLATE_DEPTH_MAX]; /* the sections around it */
	size_t depth;
	struct iv_error *error;
};

struct iv_str iv_part_shown(struct iv_str name)
{
	size_t len = name.len < NAME_MAX_SHOWN ? name.len : NAME_MAX_SHOWN;

	while (len < name.len && (name.ptr[len] & 0xc0) == 0x80)
		len--;
	return iv_str_slice(name, 0, len);
}

/* ---- lines ---- */

static void advance(struct reader *reader, size_t to)
{
	for (; reader->at < to; reader->at++) {
		reader->pos.column++;
		if (reader->text.ptr[reader->at] == '\n')
			reader->pos = (struct iv_pos){reader->pos.line + 1, 1};
	}
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Where the line starts, if only blanks stand between it and `offset`; else SIZE_MAX. */
static size_t line_before(struct iv_str text, size_t offset)
{
	while (offset && is_blank(text.ptr[offset - 1]))
		offset--;
	return !offset || text.ptr[offset - 1] == '\n' ? offset : SIZE_MAX;
}

/* Where the next line starts, if only blanks stand between it and `offset`; else SIZE_MAX. */
static size_t line_after(struct iv_str text, size_t offset)
{
	while (offset < text.len && is_blank(text.ptr[offset]))
		offset++;
	if (offset < text.len && text.ptr[offset] == '\r')
		offset++;
	if (offset == text.len)
		return offset;
	return text.ptr[offset] == '\n' ? offset + 1 : SIZE_MAX;
}

/* ---- parts ---- */

static struct iv_part *add_part(struct reader *reader, enum iv_part_kind kind, struct iv_str text)
{
	struct iv_parts *parts = reader->parts;

	IV_GROW(parts->items, parts->count, parts->capacity);
	parts->items[parts->count] =
		(struct iv_part){.kind = kind, .text = text, .pos = reader->pos};
	return &parts->items[parts->count++];
}

static int open_section(struct reader *reader, const struct iv_part *part)
{
	if (reader->depth == IV_TEMPLATE_DEPTH_MAX)
		return iv_error_set(reader->error, IV_ELIMIT,
				    "'{{%c%.*s}}' lies in %d other sections, expected fewer",
				    part->kind == IV_PART_SECTION ? '#' : '^',
				    IV_STR_ARG(iv_part_shown(part->text)), IV_TEMPLATE_DEPTH_MAX);
	reader->open[reader->depth++] = reader->parts->count - 1;
	return 0;
}

static int close_section(struct reader *reader, struct iv_str name)
{
	struct iv_str shown = iv_part_shown(name);
	struct iv_part *open;

	if (!reader->depth)
		return iv_error_set(reader->error, IV_EINPUT,
				    "'{{/%.*s}}' ends no section, expected '{{#%.*s}}' before it",
				    IV_STR_ARG(shown), IV_STR_ARG(shown));
	open = &reader->parts->items[reader->open[reader->depth - 1]];
	if (!iv_str_eq(open->text, name))
		return iv_error_set(reader->error, IV_EINPUT,
				    "'{{/%.*s}}' does not end the section of line %u, expected "
				    "'{{/%.*s}}'",
				    IV_STR_ARG(shown), (unsigned)open->pos.line,
				    IV_STR_ARG(iv_part_shown(open->text)));
	open->end = reader->parts->count;
	reader->depth--;
	return 0;
}

/* ---- tags ---- */

static bool is_name(struct iv_str name)
{
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.ptr[i];
		if (c < 0x80 && !iv_is_alpha(c) && !iv_is_digit(c) && c != '-' && c != '_')
			return false;
	}
	return name.len > 0;
}

static int check_name(struct reader *reader, struct iv_str name)
{
	struct iv_str shown = iv_part_shown(name);

	if (is_name(name) || iv_str_is(name, "."))
		return 0;
	if (name.len && strchr("{&>=", *name.ptr))
		return iv_error_set(reader->error, IV_EINPUT,
				    "'{{%c' is no tag here, expected {{field}}, {{#field}}, "
				    "{{^field}}, {{/field}} or {{! comment }}",
				    *name.ptr);
	return iv_error_set(reader->error, IV_EINPUT,
			    "'%.*s' is no name of a field, expected letters, digits and '-'",
			    IV_STR_ARG(shown));
}

/* What stands between the braces, but a comment. */
static int read_tag(struct reader *reader, struct iv_str inside)
{
	char sigil = inside.len ? *inside.ptr : '\0';
	bool plain = sigil != '#' && sigil != '^' && sigil != '/';
	struct iv_str name = iv_str_trim(iv_str_slice(inside, plain ? 0 : 1, inside.len));
	int rc = check_name(reader, name);

	if (rc)
		return rc;
	switch (sigil) {
	case '#': return open_section(reader, add_part(reader, IV_PART_SECTION, name));
	case '^': return open_section(reader, add_part(reader, IV_PART_INVERTED, name));
	case '/': return close_section(reader, name);
	default: add_part(reader, IV_PART_FIELD, name); return 0;
	}
}

/* The text before a tag that stands from `start` to `end`, and the tag. */
static int read_to(struct reader *reader, size_t start, size_t end)
{
	struct iv_str inside = iv_str_trim(iv_str_slice(reader->text, start + 2, end - 2));
	bool field = !inside.len || !strchr("#^/!", *inside.ptr);
	size_t before = field ? SIZE_MAX : line_before(reader->text, start);
	size_t after = before == SIZE_MAX ? SIZE_MAX : line_after(reader->text, end);
	size_t stop = after == SIZE_MAX ? start : before;
	int rc = 0;

	if (stop > reader->at)
		add_part(reader, IV_PART_TEXT, iv_str_slice(reader->text, reader->at, stop));
	advance(reader, start);
	if (field || *inside.ptr != '!')
		rc = read_tag(reader, inside);
	if (rc)
		return iv_error_at(reader->error, NULL, reader->pos);
	advance(reader, after == SIZE_MAX ? end : after);
	return 0;
}

static int read_next(struct reader *reader)
{
	struct iv_str rest = iv_str_slice(reader->text, reader->at, reader->text.len);
	size_t start = iv_str_find(rest, IV_LIT("{{")), end;

	if (start == SIZE_MAX) {
		add_part(reader, IV_PART_TEXT, rest);
		advance(reader, reader->text.len);
		return 0;
	}
	end = iv_str_find(iv_str_slice(rest, start + 2, rest.len), IV_LIT("}}"));
	if (end != SIZE_MAX)
		return read_to(reader, reader->at + start, reader->at + start + end + 4);
	advance(reader, reader->at + start);
	iv_error_set(reader->error, IV_EINPUT, "'{{' is not closed, expected '}}' after it");
	return iv_error_at(reader->error, NULL, reader->pos);
}

/* ---- all of it ---- */

static int check_bytes(struct iv_str text, struct iv_error *error)
{
	size_t offset = iv_utf8_no_text(text);
	struct reader reader = {.text = text, .pos = {1, 1}};

	if (text.len > IV_TEMPLATE_SIZE_MAX)
		return iv_error_set(error, IV_ELIMIT,
				    "the template is too large, expected at most %zu bytes",
				    IV_TEMPLATE_SIZE_MAX);
	if (offset == SIZE_MAX)
		return 0;
	advance(&reader, offset);
	iv_error_set(error, IV_EINPUT, "the template is no text, expected UTF-8 without NUL");
	return iv_error_at(error, NULL, reader.pos);
}

int iv_parts_read(struct iv_parts *out, struct iv_str text, struct iv_error *error)
{
	struct iv_str whole = iv_str_without_bom(text);
	struct reader reader = {.parts = out, .text = whole, .pos = {1, 1}, .error = error};
	int rc = check_bytes(text, error);

	*out = (struct iv_parts){0};
	while (!rc && reader.at < whole.len)
		rc = read_next(&reader);
	if (!rc && reader.depth) {
		const struct iv_part *open = &out->items[reader.open[reader.depth - 1]];

		rc = iv_error_set(error, IV_EINPUT,
				  "'{{%c%.*s}}' is not closed, expected '{{/%.*s}}'",
				  open->kind == IV_PART_SECTION ? '#' : '^',
				  IV_STR_ARG(iv_part_shown(open->text)),
				  IV_STR_ARG(iv_part_shown(open->text)));
		iv_error_at(error, NULL, open->pos);
	}
	return rc;
}

void iv_parts_release(struct iv_parts *parts)
{
	free(parts->items);
	*parts = (struct iv_parts){0};
}
