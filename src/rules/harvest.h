/* What rules' queries give, before anything is made of it. */
#ifndef IV_RULES_HARVEST_H
#define IV_RULES_HARVEST_H

#include "rules/effect.h"

/* Columns of a rule's query, in order; the last may be left out. */
enum row_column {
	ROW_NOTE,
	ROW_LINE,
	ROW_COL,
	ROW_WHO,
	ROW_SINCE,
	ROW_DUE,
	ROW_UNTIL,
	ROW_MESSAGE,
	ROW_SEVERITY
};

/* The severity of that word, or -1. */
int iv_row_severity(struct iv_str word);

/* The rows of one rule. */
struct harvest {
	const char *only;       /* a condition in SQL on the rows, or NULL; the caller's */
	struct iv_arena *arena; /* of their texts */
	struct row *rows;
	size_t count, capacity;
	size_t text; /* bytes of their messages and names */
	bool done;
	/* A rule of one's own that failed: why, and where in its file. It has no rows then. */
	bool failed;
	struct iv_error error;
};

void iv_harvest_init(struct harvest *harvest);
void iv_harvest_reset(struct harvest *harvest); /* empty again, to be used for another rule */
void iv_harvest_release(struct harvest *harvest);

/*
 * The rows of the rule, those that `only` is true of, or, when it goes note by note and `notes` is
 * given, all those of these notes.
 * Runs under the guard. IV_EINPUT when its columns are not those of a rule; else as
 * iv_stmt_step(). What a rule of one's own does wrong is no error: see `failed`.
 */
int iv_harvest(struct harvest *out, struct iv_db *db, const struct iv_rule *rule,
	       const int64_t *notes, size_t note_count, struct iv_error *error);

#endif
