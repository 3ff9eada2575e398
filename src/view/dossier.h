/* What is known of one organization, for people and for programs. */
#ifndef IV_VIEW_DOSSIER_H
#define IV_VIEW_DOSSIER_H

#include <ivnotes/index.h>

#include "base/str.h"
#include "note/bank.h"

struct iv_dossier_page {
	const struct iv_place *place;
	const struct iv_dossier *dossier;
	struct iv_str about;       /* what its note says; empty without one */
	const struct iv_str *said; /* what the note of each sitting says, in Markdown */
	const struct iv_bank *bank;
	const char *stance; /* in force */
	iv_day today;
};

void iv_dossier_markdown(struct iv_buf *out, const struct iv_dossier_page *page);
/* One object in one line. */
void iv_dossier_json(struct iv_buf *out, const struct iv_dossier_page *page);

/* A meeting that took place, under a heading of the third level, with what its note says. */
void iv_sitting_markdown(struct iv_buf *out, const struct iv_sitting *sitting, struct iv_str said);
/* The open promises as a list. */
void iv_promises_markdown(struct iv_buf *out, const struct iv_dossier *dossier);

/* What a dossier comes to in figures. */
struct iv_figures {
	size_t voices, meetings;      /* met, a meeting ahead counting; meetings that took place */
	iv_day last;                  /* of these the last; IV_NO_DAY */
	size_t rated;                 /* of these */
	int64_t sum, lowest, highest; /* of the ratings */
	size_t promises;              /* open, mine and theirs */
	size_t pending; /* people asked: no answer yet, `later`, or yes without a meeting */
	size_t to_meet; /* people there who were never approached, and names given there */
};
struct iv_figures iv_dossier_figures(const struct iv_dossier *dossier);
/* "4", "3.5", "4.3" */
void iv_figures_mean(struct iv_buf *out, const struct iv_figures *figures);
/* "4.3 (3 to 5)", "4"; nothing without a rating */
void iv_figures_rating(struct iv_buf *out, const struct iv_figures *figures);

/* A word for programs: unasked, asked, silent, later, yes, no, closed, ahead, met. */
const char *iv_standing_word(enum iv_standing standing);
/* "met Wed 18 Nov 2026", "asked Mon 9 Nov 2026, no answer yet"; "not asked yet" */
void iv_standing_text(struct iv_buf *out, enum iv_standing standing, iv_day day);

/* "Ray Delgado (friend) → Owen Bright → Luz Romero", the last one the person. */
void iv_route_text(struct iv_buf *out, const struct iv_route *route, const char *person);

/*
 * How one came to somebody, as a sentence without its end: by one route or by several, else from
 * where; false when nobody says.
 */
bool iv_member_source(struct iv_buf *out, const struct iv_member *member);

#endif
