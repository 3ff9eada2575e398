/*
 * What a meeting ahead is prepared with: an opening, questions from the bank that were not asked
 * before, what to read, a plan for the minutes, the closing, what to bring. Pure; prep shows it,
 * prep --write puts what is missing into the note.
 */
#ifndef IV_VIEW_PREPARE_H
#define IV_VIEW_PREPARE_H

#include <ivnotes/index.h>

#include "base/mem.h"
#include "note/bank.h"

/* What it is made from; all of it outlives what is made. */
struct iv_prepare {
	const struct iv_note *note; /* of the meeting */
	const struct iv_dossier *dossier;
	const struct iv_bank *bank;
	const char *opening;  /* the config's, or NULL */
	const char *about_me; /* one sentence, or NULL */
	bool candid, end_ok;  /* stance; the resume may go over at the end */
	int wanted;           /* questions */
};

/* Texts are Markdown in one line, safe to show. */
struct iv_texts {
	const char **items;
	size_t count, capacity;
};

enum iv_opening_from { IV_OPENING_NONE, IV_OPENING_NOTE, IV_OPENING_CONFIG, IV_OPENING_OURS };

struct iv_prepared_question {
	struct iv_str topic, text; /* as the note or the bank has them */
	bool own;                  /* the note has it */
	const char *against;       /* id of the rule that finds it unwise, or NULL */
};

struct iv_prepared {
	bool informational, in_person, by_email;
	int minutes;           /* agreed, or assumed */
	bool assumed;          /* nobody agreed on them */
	int start;             /* minute of the day, or -1 */
	struct iv_str opening; /* Markdown */
	enum iv_opening_from opening_from;
	struct iv_prepared_question *questions; /* the note's, then ours */
	size_t question_count, question_capacity;
	size_t own_count;
	struct iv_texts research; /* ours, where the note has no Research */
	struct iv_texts plan, closing, bring;
	uint64_t
		covered; /* topics of the dossier that the note asks about or that were asked before */
	struct iv_arena *arena;
};

void iv_prepare(struct iv_prepared *out, const struct iv_prepare *from);
void iv_prepared_release(struct iv_prepared *prepared);

#endif
