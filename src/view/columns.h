/* From columns in bytes, as editors of text count, to code points, as JSON and SARIF do. */
#ifndef IV_VIEW_COLUMNS_H
#define IV_VIEW_COLUMNS_H

#include <ivnotes/view.h>

/* The finding's column in code points, from 1; 0 where it has no place. */
uint32_t iv_view_column(const struct iv_view *view, const struct iv_finding *finding);

#endif
