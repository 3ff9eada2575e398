/* What the files of letters know of each other. */
#ifndef IV_VIEW_LETTER_PARTS_H
#define IV_VIEW_LETTER_PARTS_H

#include "view/letter.h"

/*
 * What a letter's template may use, as one map; everything belongs to the arena. `meeting` is the
 * one that the letter is about, or NULL.
 */
struct iv_value iv_letter_fields(struct iv_arena *arena, const struct iv_letter_wish *wish,
				 const struct iv_letter_meeting *meeting, int minutes);

/* Sets subject, body and blanks from a filled template. */
void iv_letter_lay_out(struct iv_letter *out, struct iv_str filled);

#endif
