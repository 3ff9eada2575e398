/* What main and the parts of the frame share; commands see cmd.h only. */
#ifndef IV_CMD_FRAME_H
#define IV_CMD_FRAME_H

#include <sys/types.h>

#include "cmd/cmd.h"

/* An option as it was given; value is NULL for a flag and for a week left out. */
struct cmd_given {
	const struct cmd_option *option;
	const char *value;
};

struct cmd_private {
	struct iv_arena *arena;
	struct cmd_given *given;
	size_t given_count, given_capacity;

	char *folder; /* where the person stands, real; NULL when that is not to be had */
	struct iv_listing listing; /* of an immutable source, for cmd_read() */
	bool listed;

	bool pipe_kills;  /* SIGPIPE had its default action when we were started */
	bool limit_kills; /* and SIGXFSZ */
	int write_error;  /* errno of the first failed write to stdout */
	pid_t pager;      /* that reads our stdout; 0: none */
	bool progressing; /* a progress line stands on the terminal */
	struct iv_progress_clock {
		int64_t start, last; /* milliseconds */
	} clock;
};

/* ---- options.c ---- */

/*
 * Reads options from words[*next] on. Without a command: global ones, up to the first word that
 * is none. With one: all, collecting the others as operands (room for `count` words). 0 or
 * CMD_USAGE, with the reason printed.
 */
int options_read(struct cmd *cmd, int count, char **words, int *next, char **operands,
		 int *operand_count);
/* Sets what global options and the environment decide; checks format and number of operands. */
int options_apply(struct cmd *cmd);
int options_operands(const struct cmd *cmd, int count, char **operands);
/* The last one given of that name or letter, or NULL. */
const struct cmd_given *options_given(const struct cmd *cmd, const char *name);

/* ---- days.c ---- */

/* Settles which day today is. 0 or CMD_USAGE, with the reason printed. */
int days_today(struct cmd *cmd);
/*
 * With --at, where neither --today nor IVNOTES_TODAY says another one, today is the day of the
 * commit. CMD_FAILED, with the reason printed, when it has none.
 */
int days_of_revision(struct cmd *cmd, iv_day day);
/* Can all options that are days be read as such? The same. */
int days_check(const struct cmd *cmd);

/* The options that may be given there, own ones first: NULL begins, and ends. */
const struct cmd_option *option_next(const struct command *command, const struct cmd_option *last);
const struct cmd_option *option_named(const struct command *command, struct iv_str name);
const struct cmd_option *option_lettered(const struct command *command, char letter);
/* `-tag:finance` where a query is expected, which is no option. */
bool option_is_term(const struct command *command, const char *word);
/* `-email` behind the first operand where keys of notes are expected: that field is to go. */
bool option_is_key(const struct command *command, const char *word);
/* As if it had been given; the value is kept as it is. */
void option_give(struct cmd *cmd, const struct cmd_option *option, const char *value);

/* ---- commands.c ---- */

/* Says that there is no such command; CMD_USAGE. */
int command_unknown(const struct cmd *cmd, const char *name);

/* ---- help.c ---- */

void help_overview(struct iv_buf *out);
void help_short(struct iv_buf *out);
void help_command(struct iv_buf *out, const struct command *command);

/* ---- open.c ---- */

void open_close(struct cmd *cmd);
/* Where the index lives; NULL when the environment names no cache folder. The caller frees. */
char *open_index_folder(const struct cmd *cmd);

/* ---- external.c ---- */

/*
 * Becomes the program `ivnotes-NAME` of PATH. Returns only when there is none (CMD_USAGE; the reason
 * is not printed yet) or when it could not be started (CMD_FAILED, printed).
 */
int external_run(struct cmd *cmd, const char *name, char **words);

/* ---- pager.c ---- */

/* Waits for the pager's end, once stdout is closed. */
void pager_wait(struct cmd *cmd);

/* ---- output.c ---- */

/* Makes file descriptors 0 to 2 safe to use, and pipes that break an error to be seen. */
void output_start(struct cmd *cmd);
/* As the process was started, before another program takes its place. */
void output_restore(const struct cmd *cmd);
/* Writes what is left and closes stdout: the exit status, CMD_FAILED when that fails. */
int output_end(struct cmd *cmd, int status);
/* From here on nothing is said on stderr. */
void output_mute(void);
/* Plain words on stderr. */
void output_talk(const char *text);
/* "WHAT: 3 of 7" while it lasts; `what` is a word or two. */
void output_count(struct cmd *cmd, const char *what, size_t done, size_t total);
/* Told by the index; see iv_index_talk. */
void output_progress(void *data, size_t done, size_t total);
/* The same of commits, of which nobody knows how many there are. */
void output_progress_commits(struct cmd *cmd, size_t done);
void output_warn(void *data, const char *message);
void output_progress_end(struct cmd *cmd);

#endif
