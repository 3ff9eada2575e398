/* The reading of figures and of who led to whom, while the settings are known to the database. */
#ifndef IV_INDEX_TALLY_H
#define IV_INDEX_TALLY_H

#include <ivnotes/index.h>

/* As iv_tally_read() in rules.h. */
int iv_index_tally(struct iv_tally *out, struct iv_index *index, iv_day from, iv_day to,
		   iv_day today, struct iv_error *error);
/* As iv_graph_read() in rules.h. */
int iv_index_graph(struct iv_graph *out, struct iv_index *index, iv_day today,
		   struct iv_error *error);

#endif
