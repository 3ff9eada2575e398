#include "merge/markers.h"

#define SIZE_LEAST 7 /* as everybody looks for them */
#define SIZE_MOST 200

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
	if (markers->size < SIZE_LEAST)
		markers->size = SIZE_LEAST;
	if (markers->size > SIZE_MOST)
		markers->size = SIZE_MOST;
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
