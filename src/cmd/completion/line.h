/* A command line that is being typed, and what may stand at its end. */
#ifndef IV_CMD_COMPLETION_LINE_H
#define IV_CMD_COMPLETION_LINE_H

#include "cmd/frame/frame.h"

struct typed {
	const struct command *command; /* NULL: none yet, or none of ours */
	bool option;                   /* the name of an option may stand there, nothing else */
	enum operand wanted;           /* OPERAND_NONE: nothing */
	const char *const *words;      /* of OPERAND_WORD */
	bool fields;                   /* the names of fields, too */
	struct iv_str head;            /* of the last word, what stays: "--format=" */
	struct iv_str rest;            /* and what is to be completed */
};

/*
 * The words behind `ivnotes`, the last one being typed. What is wrong before it is passed over. The
 * vault that they choose (-C) becomes that of `cmd`; they must outlive it.
 */
void typed_read(struct typed *out, struct cmd *cmd, int count, char **words);

#endif
