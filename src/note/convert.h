/* Fields -> typed values. What cannot be read is a `bad-value` that says what would be right. */
#ifndef IV_NOTE_CONVERT_H
#define IV_NOTE_CONVERT_H

#include "note/value.h"

/* The field with this canonical name where it holds something, or NULL. */
const struct iv_field *iv_given(const struct iv_reader *reader, const char *name);
/* Its first scalar, trimmed; `text.ptr` is NULL and `pos` {0, 0} when it is not given. */
struct iv_text iv_scalar(struct iv_reader *reader, const char *name);

/*
 * Reads a day as notes write it (a link to a daily note too). False, with a bad-value at pos, for
 * anything else.
 */
bool iv_read_day(iv_day *out, struct iv_reader *reader, struct iv_str text, struct iv_pos pos);
/* True where text begins like a date: digits, a separator, a digit. */
bool iv_is_datelike(struct iv_str text);
/* The day that text begins with, and the length it takes; 0 when it begins with none. */
size_t iv_leading_day(iv_day *out, struct iv_str text);
/* A duration that text begins with (with a unit, unless `bare`), and its length; 0 for none. */
size_t iv_leading_minutes(int *out, struct iv_str text, bool bare);

void iv_date_field(struct iv_date *out, struct iv_reader *reader, const char *name);
/* Index of the choice in the field's table row, or -1 when absent or unreadable. */
int iv_choice_field(struct iv_reader *reader, const char *name);
/* The same as a text: the word of the table, where the field stands; absent where there is none. */
struct iv_text iv_choice_text(struct iv_reader *reader, const char *name);
/* A duration and the words behind it; false when absent or unreadable. */
bool iv_minutes_field(int *out, struct iv_str *words, struct iv_pos *pos, struct iv_reader *reader,
		      const char *name);

/* Says that a word is none of the choices, or which of them was meant. */
void iv_bad_choice(struct iv_reader *reader, struct iv_pos pos, struct iv_str text,
		   const char *what, const char *const *choices);

#endif
