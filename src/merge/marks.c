#include "merge/marks.h"

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

void iv_marks_init(struct iv_marks *marks, const struct iv_merge_how *how, const char *eol)
{
	*marks = (struct iv_marks){.shows_base = how->base_label, .eol = eol};
	take_label(&marks->ours, how->ours_label, "ours");
	take_label(&marks->base, how->base_label, "base");
	take_label(&marks->theirs, how->theirs_label, "theirs");
	marks->size = how->marker_size;
	if (marks->size < SIZE_LEAST)
		marks->size = SIZE_LEAST;
	if (marks->size > SIZE_MOST)
		marks->size = SIZE_MOST;
}

void iv_marks_release(struct iv_marks *marks)
{
	iv_buf_release(&marks->ours);
	iv_buf_release(&marks->base);
	iv_buf_release(&marks->theirs);
}

static void put_marker(struct iv_buf *out, const struct iv_marks *marks, char c,
		       const struct iv_buf *label)
{
	for (size_t i = 0; i < marks->size; i++)
		iv_buf_putc(out, c);
	if (label)
		iv_buf_printf(out, " %s", label->ptr);
	iv_buf_puts(out, marks->eol);
}

static void put_lines(struct iv_buf *out, const struct iv_marks *marks, struct iv_str lines)
{
	iv_buf_str(out, lines);
	if (lines.len && lines.ptr[lines.len - 1] != '\n')
		iv_buf_puts(out, marks->eol);
}

void iv_marks_put(struct iv_buf *out, const struct iv_marks *marks, struct iv_str base,
		  struct iv_str ours, struct iv_str theirs)
{
	put_marker(out, marks, '<', &marks->ours);
	put_lines(out, marks, ours);
	if (marks->shows_base) {
		put_marker(out, marks, '|', &marks->base);
		put_lines(out, marks, base);
	}
	put_marker(out, marks, '=', NULL);
	put_lines(out, marks, theirs);
	put_marker(out, marks, '>', &marks->theirs);
}
