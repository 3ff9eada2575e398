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

/* A friend, or family. */
bool iv_letter_is_near(const struct iv_note *note);
/* What follows 'Dear': an alias with a title, the first name of who is near, else the name. */
struct iv_str iv_letter_greeting(struct iv_arena *arena, const struct iv_note *note);
/*
 * The purpose if it goes on after 'I would like to learn', as "whether a small firm would suit me";
 * "" for one of other words, or that was written for me alone.
 */
struct iv_str iv_letter_learn(struct iv_str purpose);

/* Sets subject, body and blanks from a filled template. */
void iv_letter_lay_out(struct iv_letter *out, struct iv_str filled);

#endif
