/* One page for the day of a meeting. */
#ifndef IV_VIEW_PREP_H
#define IV_VIEW_PREP_H

#include "view/prepare.h"

struct iv_prep_page {
	const struct iv_note *note; /* of the meeting */
	const struct iv_dossier *dossier;
	const struct iv_prepared *prepared;
	const struct iv_events *events; /* of the first guest */
	const struct iv_str *said;      /* what the note of each sitting says, in Markdown */
	const struct iv_str *about;     /* the same of each guest's own note */
	iv_day today;
};

void iv_prep_markdown(struct iv_buf *out, const struct iv_prep_page *page);
/* One object in one line. */
void iv_prep_json(struct iv_buf *out, const struct iv_prep_page *page);

/* A word for programs: note, config, suggested; NULL for none. */
const char *iv_opening_word(enum iv_opening_from from);

#endif
