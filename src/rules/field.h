/* All rules, harvested by two threads. */
#ifndef IV_RULES_FIELD_H
#define IV_RULES_FIELD_H

#include "rules/harvest.h"

/*
 * All rules, a harvest each, and a second thread that brings in what nobody has begun of ours; what
 * others wrote share in a limit, and who gets how much must not depend on which thread is quicker.
 */
struct field;

/*
 * `other`: the handle for the second thread, which nobody else may use before iv_field_end();
 * NULL for none. Rules that are off are left out, and so is `last`.
 */
struct field *iv_field_begin(struct harvest *out, const struct iv_rules *rules,
			     const struct iv_rule *last, struct iv_db *other);
/*
 * The next rule whose rows may be kept: one that the other thread has brought in, else one that
 * nobody has begun; SIZE_MAX after the last. Where its harvest is not `done` bring it in: it is
 * new, or the other thread failed.
 */
size_t iv_field_next(struct field *field);
/* Waits for the other thread to end. */
void iv_field_end(struct field *field);

#endif
