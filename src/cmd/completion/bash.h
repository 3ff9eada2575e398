/*
 * bash hands over its line as it stands, and replaces the part of the last word that lies behind
 * its word breaks; the other shells quote and cut by themselves.
 */
#ifndef IV_CMD_COMPLETION_BASH_H
#define IV_CMD_COMPLETION_BASH_H

#include "base/mem.h"
#include "base/str.h"

struct bash_line {
	char **words; /* unquoted; the last one is being typed and may be empty */
	int count;
	char quote;     /* the one that is open: ' or ", else 0 */
	size_t replace; /* so many bytes of the last word, unquoted, are not replaced */
};

/* `breaks` is COMP_WORDBREAKS. All memory is the arena's. */
void bash_read(struct bash_line *out, struct iv_arena *arena, struct iv_str line,
	       const char *breaks);

/* What bash is to put in place of what it replaces, so that it reads `word`. */
void bash_quote(struct iv_buf *out, const struct bash_line *line, struct iv_str word);

#endif
