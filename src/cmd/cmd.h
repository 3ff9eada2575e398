/*
 * The frame that every command stands in. A command is one file with one constant descriptor on
 * top; main reads the options by its table, opens what it needs and calls run(). Help, usage
 * text and the test of the man pages read the same descriptor. To add a command: write its file and
 * its man page, and add its line to frame/commands.c.
 *
 *	static int run(struct cmd *cmd, int count, char **words) { … }
 *
 *	static const struct cmd_option options[] = {
 *		{"output", 'o', "FILE", "write to FILE", OPTION_TEXT, NULL},
 *		{0},
 *	};
 *
 *	const struct command cmd_report = {
 *		.name = "report", .group = GROUP_WEEK, .summary = "the week as Markdown",
 *		.usage = "[-o FILE] [--week WEEK]", .options = options,
 *		.max = 0, .operands = {OPERAND_NONE}, .needs = CMD_INDEX, .run = run,
 *	};
 *
 * run() appends results to cmd->out, says everything else with the printers below, and returns the
 * exit status. It never writes to stdout itself and never calls exit().
 */
#ifndef IV_CMD_CMD_H
#define IV_CMD_CMD_H

#include <ivnotes/rules.h>

#include "base/date.h"
#include "base/error.h"
#include "base/file.h"
#include "base/meant.h"
#include "base/utf8.h"
#include "base/when.h"

/* Exit status (DESIGN, 'Commands'). */
enum {
	CMD_OK = 0,
	CMD_FOUND = 1,  /* check found something; list, show, search matched nothing */
	CMD_USAGE = 2,  /* called in a wrong way */
	CMD_FAILED = 3, /* could not do it */
};

/* What a command needs opened before run(). Bits; each includes those it rests on. */
enum {
	CMD_NOTHING = 0,
	CMD_VAULT = 1,          /* vault and config */
	CMD_RULES = 2 | 1,      /* and the rules with the config's settings */
	CMD_SOURCE = 32 | 1,    /* vault and its notes as files */
	CMD_INDEX = 4 | 32 | 3, /* and the index, brought up to date */
	CMD_REPOSITORY = 8 | 1, /* and the git repository around the vault */
	CMD_PRESENT = 16,       /* works on the files as they are: --at is refused */
	CMD_FROM = 64,          /* the same, but what --at names is for the command to read */
};

enum option_kind {
	OPTION_FLAG,
	OPTION_TEXT,
	OPTION_LIST,   /* comma-separated, and the option may be repeated */
	OPTION_COUNT,  /* a whole number, 0 or more */
	OPTION_LENGTH, /* minutes: 20, 20m, 1h15m */
	OPTION_SHARE,  /* a percentage: 45, 45% */
	OPTION_RATING, /* 1 to 5 */
	/* A day as people say it, see base/when.h: which `18 Nov` is meant, or which `fri`? */
	OPTION_DAY,       /* the nearest; the coming one */
	OPTION_DAY_BACK,  /* of what was done: the last one */
	OPTION_DAY_AHEAD, /* of what is planned: the coming one */
	OPTION_WEEK,      /* 2026-W47; as an own word it may be left out */
	OPTION_CHOICE,    /* one of `choices` */
	OPTION_FIELD,     /* a field of notes; in no table, see takes_fields */
};

/* One line of an option table; a table ends with {0}. The letter may be 0, the name NULL. */
struct cmd_option {
	const char *name; /* without the dashes */
	char letter;
	const char *argument; /* as help calls it: "FILE"; NULL for a flag */
	const char *help;     /* half a sentence */
	enum option_kind kind;
	const char *const *choices; /* NULL-ended */
};

/* What an operand is, so that the shells can complete it. */
enum operand {
	OPERAND_UNSAID,       /* in no descriptor: a test */
	OPERAND_NONE,         /* there is none */
	OPERAND_TEXT,         /* anything */
	OPERAND_WORD,         /* one of the command's `words` */
	OPERAND_NOTE,         /* a REF */
	OPERAND_CONTACT,      /* of a person */
	OPERAND_ORGANIZATION, /* of one */
	OPERAND_PLACE,        /* a REF, a file or a folder of the vault */
	OPERAND_FILE,
	OPERAND_FOLDER,
	OPERAND_COMMAND,
	OPERAND_RULE,
	OPERAND_SETTING,
	OPERAND_FIELD,  /* as a column of `list` */
	OPERAND_QUERY,  /* a term of one */
	OPERAND_REMOTE, /* of git's */
	OPERAND_CHANGE, /* KEY=VALUE, KEY+=VALUE or -KEY */
};
#define OPERANDS_MAX 3

enum command_group {
	GROUP_START,
	GROUP_WEEK,
	GROUP_ASK,
	GROUP_RECORD,
	GROUP_WORDS,
	GROUP_GIT,
	GROUP_EXCHANGE,
	GROUP_EDITORS,
	GROUP_COUNT
};

struct cmd;

struct command {
	const char *name;
	enum command_group group;
	const char *summary; /* half a line, lower-case start, no full stop */
	const char *usage;   /* what follows `ivnotes NAME`, own options and operands */
	const struct cmd_option *options; /* own ones; NULL for none */
	/* Words that --format takes, NULL-ended, the default first; NULL: --format is refused. */
	const char *const *formats;
	const char *free_format; /* --format takes other texts too, as help calls them: "FIELDS" */
	int min, max;            /* operands; max -1: any number */
	enum operand operands[OPERANDS_MAX]; /* by place; the last one holds for all behind it */
	const char *const *words;            /* of OPERAND_WORD: NULL-ended */
	bool takes_fields; /* every field of notes is an option, too: `--planned 20m` */
	bool takes_query;  /* operands are a query: `-tag:x` is one, no bundle of options */
	bool takes_keys;   /* after the first operand, `-email` is one more, no bundle */
	unsigned needs;
	int (*run)(struct cmd *cmd, int count, char **words);
};

/* Every command, sorted by name; NULL ends the list. */
extern const struct command *const commands[];
const struct command *command_find(const char *name);
/* The options that every command takes. */
extern const struct cmd_option global_options[];

struct iv_repo;

/* What a command works with. Main owns everything; read it, append to `out`. */
struct cmd {
	const struct command *command; /* NULL while main looks for it */

	struct iv_vault *vault;
	const char *root;               /* of the vault, real and absolute */
	const struct iv_config *config; /* of the revision with --at */
	struct iv_rules *rules;
	struct iv_source *source; /* working tree, or the tree of --at */
	struct iv_index *index;
	size_t read; /* notes that the refresh read anew */
	struct iv_repo *repo;

	iv_day today;
	const char *revision; /* of --at, or NULL */
	const char *format;   /* of --format, else the command's default, or NULL */
	bool color;           /* stdout is to be coloured */
	bool quiet, verbose;
	int separated; /* operands before "--"; -1 where that was not given */

	struct iv_buf out; /* goes to stdout when run() returns, and by cmd_drain() */

	struct cmd_private *own; /* options.c, days.c, open.c, notes.c, output.c */
};

/* ---- options as given; `name` must be in the command's table ---- */

bool cmd_has(const struct cmd *cmd, const char *name);
/* The last value given, or NULL. OPTION_WEEK without a value: "". */
const char *cmd_text(const struct cmd *cmd, const char *name);
int cmd_count(const struct cmd *cmd, const char *name, int otherwise);
/* OPTION_LENGTH, in minutes. */
int cmd_minutes(const struct cmd *cmd, const char *name, int otherwise);
/* OPTION_SHARE, OPTION_RATING. */
int cmd_share(const struct cmd *cmd, const char *name, int otherwise);
int cmd_rating(const struct cmd *cmd, const char *name, int otherwise);
/* OPTION_DAY…: the day. OPTION_WEEK: its Monday, of today's week without a value. */
iv_day cmd_day(const struct cmd *cmd, const char *name, iv_day otherwise);
/*
 * The same for an operand: 0, or CMD_USAGE with the reason printed; `shown` names it there. Of an
 * open vault the holidays are left out of business days.
 */
int cmd_read_day(iv_day *out, const struct cmd *cmd, const char *shown, const char *text,
		 enum iv_lean lean);
/* And where a time may stand behind the day. */
int cmd_read_moment(struct iv_moment *out, const struct cmd *cmd, const char *shown,
		    const char *text, enum iv_lean lean);
/* All values of an OPTION_LIST, NULL-ended and owned by cmd; NULL when not given. */
const char *const *cmd_texts(struct cmd *cmd, const char *name);

/* ---- opening later what `needs` did not name ---- */

/* Opens what is not open yet. 0, or an exit status after the reason was printed. */
int cmd_open(struct cmd *cmd, unsigned needs);

/* ---- notes ---- */

/*
 * What a person typed for a note: a file below the current folder, else whatever
 * iv_index_resolve() takes, though a part of a name means a meeting only where it means nothing
 * else. *path is the path in the vault, the caller's to free. With `folders` a folder is taken too:
 * its path ends in '/', and that of the vault itself is "".
 * IV_ENOTFOUND, IV_EAMBIGUOUS, IV_EREFUSED for a file that is outside the vault or no note of it.
 */
int cmd_resolve(char **path, struct cmd *cmd, const char *word, bool folders,
		struct iv_error *error);
/* The same where notes of these types are meant, as iv_index_resolve_as() says; no folders. */
int cmd_resolve_as(char **path, struct cmd *cmd, const char *word, unsigned types,
		   struct iv_error *error);
/*
 * The same for a word that may end in ":LINE" or, as check prints it, in ":LINE:COLUMN"; *line is
 * 0 where it does not.
 */
int cmd_resolve_line(char **path, unsigned *line, struct cmd *cmd, const char *word,
		     struct iv_error *error);
/*
 * A path to be: a path in the vault, as seen from where the person stands inside of it, else from
 * its root. The caller frees. IV_EREFUSED for one out of the vault.
 */
int cmd_place(char **path, const struct cmd *cmd, const char *word, struct iv_error *error);
/* The path as seen from where the person stands; the caller frees. */
char *cmd_relative(const struct cmd *cmd, const char *path);
/* The bytes of a note in the source (working tree or --at). IV_ENOTFOUND, IV_EIO and so on. */
int cmd_read(struct iv_buf *out, struct cmd *cmd, const char *path, struct iv_error *error);

/* ---- output ---- */

/* For long results: writes `out` to stdout once it is large, and empties it. */
void cmd_drain(struct cmd *cmd);
/* Does so now: before words on stderr that belong below the results. */
void cmd_flush(struct cmd *cmd);

/* `ivnotes: check: …` on stderr, control characters visible. */
void cmd_say(const struct cmd *cmd, const char *format, ...) IV_PRINTF(2, 3); /* not with -q */
void cmd_warn(const struct cmd *cmd, const char *format, ...) IV_PRINTF(2, 3);
/* The same and a hint at the help; returns CMD_USAGE. */
int cmd_usage(const struct cmd *cmd, const char *format, ...) IV_PRINTF(2, 3);
/* "did you mean 'a' or 'b'?", owned by cmd; for use in these messages. */
const char *cmd_meant(const struct cmd *cmd, const struct iv_meant *meant);
/* The word as a command line in a message has it, to be pasted into a shell; owned by cmd. */
const char *cmd_operand(const struct cmd *cmd, struct iv_str word);
/* Prints "path:line:col: message" of the error, releases it and returns CMD_FAILED. */
int cmd_fail(const struct cmd *cmd, struct iv_error *error);

#endif
