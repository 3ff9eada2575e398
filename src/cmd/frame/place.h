/* What commands about organizations share: from a word to one, and the texts of its notes. */
#ifndef IV_CMD_PLACE_H
#define IV_CMD_PLACE_H

#include "cmd/cmd.h"
#include "note/bank.h"

/*
 * Adds the organization that a person means: as iv_index_place(), or a note's file below the
 * current folder.
 */
int place_find(struct iv_places *out, struct cmd *cmd, const char *word, struct iv_error *error);

/* learn or candid: as its note says, else the config. */
const char *place_stance(const struct cmd *cmd, const struct iv_place *place);

/* What notes say, as note/said.h has it. */
struct place_texts {
	struct iv_buf about;
	struct iv_buf *buffers; /* of each sitting */
	struct iv_str *said;    /* the same, for views */
	size_t count;
	struct iv_buf bank; /* questions of one's own */
};
/* Of the note at `about`, which may be NULL, and of every sitting that took place. */
int place_texts_read(struct place_texts *out, struct cmd *cmd, const char *about,
		     const struct iv_dossier *dossier, struct iv_error *error);
/* Adds what the note at `path` says. */
int place_said(struct iv_buf *out, struct cmd *cmd, const char *path, struct iv_error *error);
void place_texts_release(struct place_texts *texts);

/*
 * The bank of questions: those in .ivnotes/templates/questions.md first, then ours. Slices point into
 * `own`, which is filled here. A file that cannot be read is an error, one that is not there is none.
 */
int place_bank(struct iv_bank *out, struct cmd *cmd, struct iv_buf *own, struct iv_error *error);

#endif
