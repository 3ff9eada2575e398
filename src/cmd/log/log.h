/* The parts of `log`. */
#ifndef IV_CMD_LOG_LOG_H
#define IV_CMD_LOG_LOG_H

#include "base/map.h"
#include "cmd/frame/history.h"
#include "cmd/frame/moved.h"
#include "view/gone.h"
#include "view/log.h"

struct log {
	struct cmd *cmd;
	struct history history;
	struct iv_past_commits commits; /* newest first */
	struct iv_map names;            /* from keys of notes to `name_texts` */
	const char **name_texts;
	size_t name_count, name_capacity;
	iv_day from, to; /* IV_NO_DAY: open */
	bool broken;     /* that some commits cannot be read was said */
	bool for_people; /* what other words say as well is left out */
	struct iv_told *items;
	size_t count, capacity;
	struct iv_acts *now; /* of notes as they are; items point into them */
	size_t now_count, now_capacity;
	struct moved moved; /* once `is_moved_known` */
	bool is_moved_known;
	struct iv_arena *arena;
};

/* ---- names.c ---- */

/* Gathers what notes were called last. */
void log_names(struct log *log);
/* What to call the person whom an act is about, else the note. */
struct iv_str log_name(const struct log *log, const struct iv_act *act);
/* The same of whom an IV_ACT_REFERRED names. */
struct iv_str log_name_of_other(const struct log *log, const struct iv_act *act);

/* ---- tell.c ---- */

/* Is it an act towards somebody, whom the words name? */
bool log_is_deed(const struct iv_act *act);
/* Does the note claim a day for it, which the commit may be behind? */
bool log_is_dated(const struct iv_act *act);
bool log_is_wanted(const struct log *log, iv_day day);
/*
 * Tells of an act under that day, if it is wanted: else NULL. `commit` is NULL where none says it
 * yet; `named`: with the name of the person, or of the note. Valid until the next one is told.
 */
struct iv_told *log_tell(struct log *log, const struct iv_past_commit *commit,
			 const struct iv_past_note *note, const struct iv_act *act, iv_day day,
			 bool named);
/* Do other acts of the commit say as much? Then a person need not read it. */
bool log_is_echo(struct log *log, const struct iv_past_commit *commit,
		 const struct iv_past_note *note, const struct iv_act *act);
/* Tells all; `paths` are notes, and folders that end in '/', as they are now; none: of everybody. */
void log_tell_all(struct log *log, char **paths, size_t count);

/* ---- follow.c: notes by the paths that they had ---- */

struct log_trail {
	struct iv_map paths; /* to whose it was before */
	const char **folders;
	size_t folder_count, folder_capacity;
	struct iv_arena *arena;
};
void log_trail_begin(struct log_trail *trail);
void log_trail_add(struct log_trail *trail, const char *path);
/* Is it one of them? Asked of the notes of all commits, newest first. */
bool log_trail_has(struct log_trail *trail, const struct iv_past_note *note);
/* Was the path one of theirs, and had another note it before? */
bool log_trail_lost(const struct log_trail *trail, const char *path);
void log_trail_end(struct log_trail *trail);

/* Where the history has what is at this path today: elsewhere, if it was moved and not committed. */
const char *log_path(struct log *log, const char *path);

/* ---- story.c ---- */

/* Tells the whole story of the person whose note is at `path`. IV_EIO and so on. */
int log_story(struct log *log, const struct iv_note *note, const char *path,
	      struct iv_error *error);

/* ---- deleted.c ---- */

/* Shows notes that are gone, those that fit one of the words if there are any; an exit status. */
int log_deleted(struct log *log, int count, char **words);
/*
 * The last path of the note that was removed or renamed last and is what the word means, or NULL. Of
 * one that was renamed, the word is what it was called before.
 */
const char *log_find_gone(const struct log *log, const char *word);

#endif
