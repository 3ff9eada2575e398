/* Organizations side by side: as a table for people, as CSV and JSON for programs. */
#ifndef IV_VIEW_COMPARE_H
#define IV_VIEW_COMPARE_H

#include "view/dossier.h"

struct iv_compared {
	const struct iv_place *place;
	const char *stance; /* in force */
	struct iv_dossier dossier;
	struct iv_figures figures;
};

/* A line each, the name last; below it what is no number. Control characters become visible. */
void iv_compare_text(struct iv_buf *out, const struct iv_compared *items, size_t count);
void iv_compare_markdown(struct iv_buf *out, const struct iv_compared *items, size_t count);
/* RFC 4180, with a line of headings. */
void iv_compare_csv(struct iv_buf *out, const struct iv_compared *items, size_t count);
/* One object in one line. */
void iv_compare_json(struct iv_buf *out, const struct iv_compared *items, size_t count,
		     iv_day today);

#endif
