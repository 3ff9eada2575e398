/* Records: DATE [CHANNEL] [MINUTES] [OUTCOME [DATE]] [free text], and leads. */
#ifndef IV_NOTE_RECORD_H
#define IV_NOTE_RECORD_H

#include "note/convert.h"
#include "note/inline.h"

/* Reads all records of a field (outreach, thank-you …), with the references in them. */
void iv_records_read(struct iv_reader *reader, const struct iv_field *field);
/* Reads `leads`: texts with `(reported DATE)`. */
void iv_leads_read(struct iv_reader *reader, const struct iv_field *field);
/*
 * Adds the links of a scalar as references; with none, true is not returned. `from` is where in
 * the scalar's text to begin.
 */
bool iv_links_read(struct iv_reader *reader, struct iv_ref_site site, const struct iv_value *scalar,
		   size_t from);

#endif
