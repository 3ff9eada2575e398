/*
 * Letters: what the notes know, put into a template. Pure; facts come from the index, the note from the
 * parser, templates from the program or the vault. The fields that a template may use are those of
 * ivnotes-templates(7).
 */
#ifndef IV_VIEW_LETTER_H
#define IV_VIEW_LETTER_H

#include <ivnotes/rules.h>

#include "base/mem.h"
#include "base/str.h"

enum iv_letter_kind {
	IV_LETTER_REQUEST,
	IV_LETTER_NUDGE,
	IV_LETTER_THANK_YOU,
	IV_LETTER_THANK_DECLINE,
	IV_LETTER_REPORT_BACK,
	IV_LETTER_KEEP_IN_TOUCH,
	IV_LETTER_FEELER,
	IV_LETTER_KINDS
};
/* "request", "thank-you" and so on, NULL-ended, in the order of the enum. */
extern const char *const iv_letter_words[];

/* Who writes; NULL where not known. */
struct iv_sender {
	const char *name, *about, *email, *phone;
};

struct iv_letter_wish {
	enum iv_letter_kind kind;
	const struct iv_note *note; /* of the contact */
	const struct iv_letter_facts *facts;
	const struct iv_sender *sender;
	iv_day today;
	iv_day ended;        /* the search did, or IV_NO_DAY */
	int minutes;         /* to ask for; -1: as before, else twenty */
	const char *meeting; /* path of the one to thank for; NULL: the last one */
	struct iv_str template;
};

struct iv_letter {
	char *subject; /* one line; "" where the template has none */
	char *body;    /* a paragraph is a line, whatever its length; ends in a line end */
	char *blanks;  /* what is in brackets, "'[a]' and '[b]'"; "" for none */
	size_t blank_count;
	int minutes;                             /* asked for */
	const struct iv_letter_meeting *meeting; /* thanked for; belongs to the facts */
};

/*
 * Writes a letter; *out is released in any case. IV_ENOTFOUND, in words that say what is missing, when
 * the notes give no occasion for it; IV_EINPUT and IV_ELIMIT for a template that is wrong, with
 * error->pos.
 */
int iv_letter_write(struct iv_letter *out, const struct iv_letter_wish *wish,
		    struct iv_error *error);
void iv_letter_release(struct iv_letter *letter);

/* Was this one of those that a letter of report-back speaks of? */
bool iv_letter_reports(const struct iv_letter_referred *referred, iv_day today);

/* The body in lines of at most `width` columns where words allow it. */
void iv_letter_wrap(struct iv_buf *out, struct iv_str body, size_t width);

#endif
