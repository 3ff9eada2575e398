/* The note's body: CommonMark blocks -> sections, tasks, questions, references, suppressions. */
#ifndef IV_NOTE_BODY_H
#define IV_NOTE_BODY_H

#include "note/reader.h"

/* Reads reader->body. Of a note without a known type only references and suppressions. */
void iv_body_read(struct iv_reader *reader);

#endif
