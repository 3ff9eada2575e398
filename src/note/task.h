/* Tasks and questions: what list items and sentences ask of somebody. */
#ifndef IV_NOTE_TASK_H
#define IV_NOTE_TASK_H

#include "note/inline.h"

/* The length of a task's box `[ ]` at the start of the text, and its state; 0 when none. */
size_t iv_task_box(enum iv_task_state *state, struct iv_str text);
/* Reads the task in a passage that begins with a box of this length. */
void iv_task_read(struct iv_reader *reader, const struct iv_passage *passage, size_t box,
		  enum iv_task_state state, const char *section);

/*
 * Adds the questions of a passage from offset `from` on: each sentence that ends with a question
 * mark or asks by its words (in English); with `whole`, all of it where there is no such sentence.
 * True when one was a sentence.
 */
bool iv_questions_read(struct iv_reader *reader, const struct iv_passage *passage, size_t from,
		       bool whole);

#endif
