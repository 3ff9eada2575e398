/* The reading of a dossier, for the stage that knows the settings by which views are made. */
#ifndef IV_INDEX_DOSSIER_H
#define IV_INDEX_DOSSIER_H

#include <ivnotes/index.h>

/* As iv_dossier_read() in rules.h, while the settings are known to the database. */
int iv_index_dossier(struct iv_dossier *out, struct iv_index *index,
		     const struct iv_dossier_query *query, const char *const *topics,
		     struct iv_error *error);

#endif
