/* Records as commands write them: DATE [CHANNEL] [MINUTES] [text]. */
#ifndef IV_CMD_RECORD_H
#define IV_CMD_RECORD_H

#include "cmd/change/change.h"
#include "note/reader.h"

/* The options of commands that record what was done, for their tables. */
/* clang-format off */
#define RECORD_OPTIONS                                                                           \
	{"on", 0, "DATE", "the day it was; without it, today", OPTION_DAY_BACK, NULL},                 \
	{"via", 0, "CHANNEL", "email, letter, card, phone, text, linkedin, video or in-person",   \
	 OPTION_CHOICE, iv_channel_words}
/* clang-format on */

/* The day of --on, or today; CMD_USAGE, with the reason printed, for one that is still ahead. */
int record_day(iv_day *out, const struct cmd *cmd);

/*
 * What a command's words say, one note each: all is recorded, or nothing. `one` is called for each
 * until it fails. Returns the exit code.
 */
int record_each(struct cmd *cmd, int count, char **words,
		int (*one)(struct change *change, const char *word, iv_day day,
			   struct iv_error *error));

/* What such an option says, and `text` (may be NULL) behind it. */
struct record_wish {
	const char *field;
	iv_day day;
	const char *via; /* NULL: not told */
	int minutes;     /* -1: not told */
	const char *text;
};

/* "2026-10-05 email 20m text" */
void record_write(struct iv_buf *out, const struct record_wish *wish);

/*
 * Adds the record to the field of the note: before those of later days, where they stand in order,
 * else behind all of them. IV_EREFUSED where it would be read as something else
 * than was meant (a text that begins as an answer does), and, without --force, where it stands
 * there already.
 */
int record_add(struct change *change, struct change_note *note, const struct record_wish *wish,
	       struct iv_error *error);

/* Marks an entry of the meeting's `leads` as told: `(reported DATE)` behind it. */
int record_lead(struct change_note *meeting, const struct iv_lead *lead, iv_day day,
		struct iv_error *error);

/* IV_EREFUSED, without --force, for what came after the person asked to be left alone. */
int record_check_wanted(const struct cmd *cmd, const struct change_note *person, iv_day day,
			struct iv_error *error);

/* "by email", "with a card", "in person"; "" for none. Begins with a space. */
const char *record_by(const char *via);

/* How many were there. */
size_t record_people(const struct iv_note *meeting);

/* Tells "asked Jane Green by email on Mon 23 Nov". */
void record_say(struct change *change, const struct change_note *note, const char *did,
		const char *how, iv_day day);

/* The words from `first` on as one text, owned by cmd; NULL when there are none. */
const char *record_words(const struct cmd *cmd, int count, char **words, int first);

/* "[[jane-green]]", or with its folders where the id alone means several or another. */
void record_link(struct iv_buf *out, struct cmd *cmd, const struct change_note *note);

#endif
