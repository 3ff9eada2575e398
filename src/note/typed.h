/* The fields of one type each -> its struct in the note. */
#ifndef IV_NOTE_TYPED_H
#define IV_NOTE_TYPED_H

#include "note/convert.h"

/* What all types have, and what fields of every kind share: records, references, leads. */
void iv_fields_read(struct iv_reader *reader);

void iv_contact_read(struct iv_reader *reader);
void iv_organization_read(struct iv_reader *reader);
/* After the body: the thanks, notes and tasks there decide what is evidence. */
void iv_meeting_read(struct iv_reader *reader);

#endif
