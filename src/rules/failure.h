/* What the index keeps of rules of one's own that failed. */
#ifndef IV_RULES_FAILURE_H
#define IV_RULES_FAILURE_H

#include "index/db.h"
#include "rules/rule.h"

/* Ids of rules. */
struct failures;
int iv_failures_read(struct failures **out, struct iv_db *db, struct iv_error *error);
void iv_failures_free(struct failures *failures);
/* False of NULL. */
bool iv_failures_have(const struct failures *failures, const struct iv_rule *rule);

/* Keeps why and where a rule failed, or forgets it: NULL. */
int iv_failure_keep(struct iv_db *db, const struct iv_rule *rule, const struct iv_error *why,
		    struct iv_error *error);

#endif
