#include "merge/markers.h"

#include <string.h>

#include "note/conflict.h"

#define SIZE_LEAST 7 /* as everybody looks for them */
#define SIZE_MOST 200
#define SIZE_STEP 4 /* so that the eye sees it, too */

/* Which sizes lines of the text have that look like markers. */
static void find_sizes(bool found[SIZE_MOST + 1], struct iv_str text)
{
	struct iv_str line;
	size_t size;

	while (iv_str_line(&line, &text)) {
		size = line.len ? iv_conflict_marker(line, line.ptr[0]) : 0;
		if (size && size <= SIZE_MOST && strchr("<|=>", line.ptr[0]))
			found[size] = true;
	}
}

unsigned iv_marker_size(unsigned wanted, const struct iv_str texts[IV_VERSIONS])
{
	bool found[SIZE_MOST + 1] = {false};
	unsigned size = wanted;

	if (size < SIZE_LEAST)
		size = SIZE_LEAST;
	if (size > SIZE_MOST)
		size = SIZE_MOST;
	for (int i = 0; i < IV_VERSIONS; i++)
		find_sizes(found, texts[i]);
	while (found[size] && size + SIZE_STEP <= SIZE_MOST)
		size += SIZE_STEP;
	return size;
}

/* A label is one line. */
static void take_label(struct iv_buf *out, const char *label, const char *otherwise)
{
	struct iv_str text = iv_str_trim(iv_str_of(label));

	if (!text.len)
		text = iv_str_of(otherwise);
	for (size_t i = 0; i < text.len; i++)
		iv_buf_putc(out, (unsigned char)text.ptr[i] < ' ' ? ' ' : text.ptr[i]);
}

void iv_markers_init(struct iv_markers *markers, const struct iv_merge_how *how, const char *eol)
{
	*markers = (struct iv_markers){.shows_base = how->base_label, .eol = eol};
	take_label(&markers->ours, how->ours_label, "ours");
	take_label(&markers->base, how->base_label, "base");
	take_label(&markers->theirs, how->theirs_label, "theirs");
	markers->size = how->marker_size;
}

void iv_markers_release(struct iv_markers *markers)
{
	iv_buf_release(&markers->ours);
	iv_buf_release(&markers->base);
	iv_buf_release(&markers->theirs);
}

static void put_marker(struct iv_buf *out, const struct iv_markers *markers, char c,
		       const struct iv_buf *label)
{
	for (size_t i = 0; i < markers->size; i++)
		iv_buf_putc(out, c);
	if (label)
		iv_buf_printf(out, " %s", label->ptr);
	iv_buf_puts(out, markers->eol);
}

static void put_lines(struct iv_buf *out, const struct iv_markers *markers, struct iv_str lines)
{
	iv_buf_str(out, lines);
	if (lines.len && lines.ptr[lines.len - 1] != '\n')
		iv_buf_puts(out, markers->eol);
}

void iv_sides_release(struct iv_sides *sides)
{
	for (int i = 0; i < IV_VERSIONS; i++)
		iv_buf_release(&sides->texts[i]);
}

void iv_sides_add(struct iv_sides *sides, struct iv_str text)
{
	for (int i = 0; i < IV_VERSIONS; i++)
		iv_buf_str(&sides->texts[i], text);
}

void iv_sides_conflict(struct iv_sides *sides, const struct iv_markers *markers,
		       const struct iv_str texts[IV_VERSIONS])
{
	struct iv_buf *out = &sides->texts[IV_MARKED];

	sides->conflicts = true;
	put_marker(out, markers, '<', &markers->ours);
	put_lines(out, markers, texts[IV_OURS]);
	if (markers->shows_base) {
		put_marker(out, markers, '|', &markers->base);
		put_lines(out, markers, texts[IV_BASE]);
	}
	put_marker(out, markers, '=', NULL);
	put_lines(out, markers, texts[IV_THEIRS]);
	put_marker(out, markers, '>', &markers->theirs);
	for (int side = IV_OURS; side <= IV_THEIRS; side++)
		put_lines(&sides->texts[side], markers, texts[side]);
}

void iv_sides_append(struct iv_sides *sides, const struct iv_sides *more)
{
	for (int i = 0; i < IV_VERSIONS; i++)
		iv_buf_str(&sides->texts[i], iv_buf_view(&more->texts[i]));
	sides->conflicts |= more->conflicts;
}
