/* One note as it was read, and one note or person on one page. */
#ifndef IV_VIEW_NOTE_H
#define IV_VIEW_NOTE_H

#include <ivnotes/rules.h>

#include "base/str.h"

/*
 * What the parser read, as one JSON object in one line: the fields, and every record, reference,
 * task, question, lead, section and problem. `bytes` are the note's, for code-point columns.
 */
void iv_view_note_json(struct iv_buf *out, const struct iv_note *note, struct iv_str bytes);

/* What a page tells of a note. Findings are those that stand in it or speak of its person. */
struct iv_page {
	const struct iv_note *note;
	const struct iv_events *events; /* of the person, in order; none for other notes */
	const struct iv_findings *findings;
	const char *path; /* of the note, as the page shows it */
	iv_day today;
	bool color;
};
void iv_view_page(struct iv_buf *out, const struct iv_page *page);

#endif
