/* Cells of CSV (RFC 4180). */
#ifndef IV_VIEW_CSV_H
#define IV_VIEW_CSV_H

#include "base/str.h"

/*
 * Adds one cell, quoted where it has to be; control characters become visible, so that a line stays
 * one. What a spreadsheet would take for a formula is left as it is: the file tells what the notes say.
 */
void iv_csv_cell(struct iv_buf *out, struct iv_str text);

#endif
