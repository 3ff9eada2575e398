/* The week as Markdown: pure, and the same bytes for the same rows. */
#ifndef IV_VIEW_REPORT_H
#define IV_VIEW_REPORT_H

#include <ivnotes/rules.h>

#include "base/str.h"

struct iv_report {
	iv_day monday;                      /* of the week */
	iv_day day;                         /* told as of this day: Sunday, or today if earlier */
	const struct iv_events *events;     /* of the week up to the day */
	const struct iv_met_list *met;      /* the same */
	const struct iv_findings *standing; /* rows that hold on the day */
	const struct iv_findings *week;     /* on some day from the Sunday before up to the day */
	const struct iv_findings *ahead;    /* on some day from the day to seven after it */
	const struct iv_funnel *funnel;     /* of the day */
	const struct iv_rules *rules;       /* to tell when thanks were due */
};

void iv_report_markdown(struct iv_buf *out, const struct iv_report *report);

#endif
