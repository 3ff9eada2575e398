/* Words of command lines that somebody may paste into a shell. */
#ifndef IV_BASE_SHELL_H
#define IV_BASE_SHELL_H

#include "base/mem.h"
#include "base/str.h"

/* In single quotes, whatever it holds. */
void iv_shell_quote(struct iv_buf *out, struct iv_str word);
/*
 * An operand, with quotes only where the shell would take it for something else, and behind '--'
 * where a command would take it for an option. Double quotes if they do: a message has single ones
 * around the command.
 */
const char *iv_shell_operand(struct iv_arena *arena, struct iv_str word);

#endif
