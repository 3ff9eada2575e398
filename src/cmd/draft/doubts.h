/* What is said below a letter before somebody sends it. */
#ifndef IV_CMD_DRAFT_DOUBTS_H
#define IV_CMD_DRAFT_DOUBTS_H

#include "cmd/draft/letter.h"

/* Warns of what speaks against sending it: a meeting ahead, thanks that were given, and so on. */
void draft_doubts(const struct draft *draft);
/*
 * Warns of what the rules about requests would find in the note if it held this one. The errors of
 * trial_findings().
 */
int draft_rules(struct draft *draft, struct iv_error *error);
/* Says how many places of it are to fill in. */
void draft_blanks(const struct draft *draft);

#endif
