/*
 * What is asked of a rule of one's own besides: that it is one query, and that its rows are rows
 * of a rule. Ours are tested; a stranger's are told what is wrong with them, and where.
 */
#ifndef IV_RULES_STRANGER_H
#define IV_RULES_STRANGER_H

#include "rules/harvest.h"

/* Says where in the rule's file: at an offset, or SIZE_MAX: where its query begins. */
void iv_stranger_at(struct iv_error *error, const struct iv_rule *rule, size_t offset);

/* The one query of the rule's file, without what follows it. IV_EINPUT, IV_ELIMIT, located. */
int iv_stranger_query(struct iv_str *out, struct iv_db *db, const struct iv_rule *rule,
		      struct iv_error *error);
/* Is the row that the statement stands on one of a rule, and not one too many? */
int iv_stranger_row(const struct harvest *harvest, struct iv_stmt *stmt, struct iv_error *error);
/* Is there the note of every row? */
int iv_stranger_notes(const struct harvest *harvest, struct iv_db *db, struct iv_error *error);

#endif
