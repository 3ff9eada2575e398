/* The reading of letters' facts, for the stage that knows the settings by which views are made. */
#ifndef IV_INDEX_LETTER_H
#define IV_INDEX_LETTER_H

#include <ivnotes/index.h>

/* As iv_letter_facts_read() in rules.h, while the settings are known to the database. */
int iv_index_letter(struct iv_letter_facts *out, struct iv_index *index, const char *path,
		    struct iv_error *error);

#endif
