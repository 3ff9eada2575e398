/* The words that may stand at the end of a command line. */
#ifndef IV_CMD_COMPLETION_OFFER_H
#define IV_CMD_COMPLETION_OFFER_H

#include "cmd/completion/line.h"

/* How well a word suits what was typed. */
enum fit {
	FIT_NOT,
	FIT_WITHIN, /* has it somewhere, whatever the case */
	FIT_FOLDED, /* begins with it, whatever the case */
	FIT_BEGINS, /* begins with it */
};

struct offer {
	struct iv_str text; /* the whole word, unquoted */
	const char *note;   /* half a line on it, or NULL */
	enum fit fit;
};

struct offers {
	struct iv_arena *arena; /* holds the texts */
	struct offer *items;
	size_t count, capacity;
	struct iv_rows notes;   /* some of their texts are its */
	const char *else_files; /* "files" or "folders": the shell may offer these; NULL: not */
};

/* `arena` is the caller's. What cannot be had is left out. */
void offers_init(struct offers *out, struct iv_arena *arena, struct cmd *cmd,
		 const struct typed *typed);
void offers_release(struct offers *offers);

#endif
