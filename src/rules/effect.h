/*
 * What the runner does to every row of a rule: pauses, lapse, do-not-contact, the end of the
 * search, severity, suppression. Written once, so that no rule has to think of it.
 */
#ifndef IV_RULES_EFFECT_H
#define IV_RULES_EFFECT_H

#include "index/db.h"
#include "rules/rule.h"

/* A row as the rule gave it, and then as it is kept. */
struct row {
	const struct iv_rule *rule;
	int64_t note, line, col;
	int64_t who;            /* a contact's note, or 0 */
	struct iv_str who_name; /* of somebody without a note, else absent */
	iv_day since, due, until;
	struct iv_str message;
	int severity; /* enum iv_severity, or -1: the rule's own */
	bool suppressed;
};

struct effects;
/* Reads the suppressions. IV_EIO, IV_EINPUT as of iv_stmt_step(). */
int iv_effects_new(struct effects **out, struct iv_db *db, const struct iv_rules *rules,
		   struct iv_error *error);
void iv_effects_free(struct effects *effects);

/*
 * Appends, as a condition in SQL on a rule's rows, which of them may hold on `horizon` or later, or
 * are suppressed; nothing where that may be any of them. It spares the rule's query the long tail of
 * what lapsed years ago.
 */
void iv_effects_reach(struct iv_buf *out, const struct effects *effects, const struct iv_rule *rule,
		      iv_day horizon);

/* 1: keep the row, 0: it holds on no day, negative: as of iv_stmt_step(). */
int iv_effects_apply(struct effects *effects, struct row *row, struct iv_error *error);

#endif
