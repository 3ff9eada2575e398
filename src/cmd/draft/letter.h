/*
 * A letter to somebody, from the notes, the config and a template: what `draft` shows, keeps, and
 * records as sent.
 */
#ifndef IV_CMD_DRAFT_LETTER_H
#define IV_CMD_DRAFT_LETTER_H

#include "cmd/cmd.h"
#include "view/letter.h"

#define DRAFT_WIDTH 72 /* of the lines of a letter as text */

struct draft {
	struct cmd *cmd;
	enum iv_letter_kind kind;
	const char *template; /* a name, or NULL: as the kind is called */
	int minutes;          /* to ask for; -1: as before, or as usual */

	/* set by draft_make() */
	char *path;           /* of the contact's note */
	char *meeting;        /* of the meeting's, where that was named; else NULL */
	struct iv_buf bytes;  /* of the contact's note */
	struct iv_note *note; /* the same as it was read */
	struct iv_letter_facts facts;
	struct iv_sender sender;
	struct iv_letter letter;

	struct iv_buf text;         /* of the template */
	char *git_name, *git_email; /* what the sender may point to */
};

/*
 * Writes the letter to whom the word means: a contact, or the one person of a meeting. Warns of a pause.
 * IV_EREFUSED for somebody who is not to be written to; IV_ENOTFOUND where the notes give no
 * occasion, IV_EAMBIGUOUS, and what cmd_resolve(), cmd_read() and iv_letter_write() return.
 */
int draft_make(struct draft *draft, const char *word, struct iv_error *error);
void draft_release(struct draft *draft);

#endif
