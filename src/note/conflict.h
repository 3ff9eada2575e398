/* Unresolved merges: the marker lines that git leaves. */
#ifndef IV_NOTE_CONFLICT_H
#define IV_NOTE_CONFLICT_H

#include "note/reader.h"

/* Lines of code blocks, in which marker lines are text. */
struct iv_lines {
	uint32_t first, last;
};

/*
 * Reports each `<<<<<<< ` line with a `>>>>>>> ` line after it, outside code. `code` is in order.
 */
void iv_conflict_check(struct iv_reader *reader, const struct iv_lines *code, size_t count);
/* True where there may be one: a look that costs next to nothing. */
bool iv_conflict_suspected(struct iv_str bytes);
/* How often a line that could be a marker has its character `c`, one of "<|=>"; else 0. */
size_t iv_conflict_marker(struct iv_str line, char c);
/*
 * The header as our side has it: marker lines and their side's are blank, so that every line keeps
 * its number. The header itself where there is no conflict in it.
 */
struct iv_str iv_conflict_ours(struct iv_reader *reader, struct iv_str header);

#endif
