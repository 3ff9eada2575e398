/* Ids of notes (their file names without .md): made of names, and as a person wishes them. */
#ifndef IV_BASE_ID_H
#define IV_BASE_ID_H

#include "base/mem.h"
#include "base/str.h"

#define IV_ID_BYTES 60   /* of one that is made */
#define IV_ID_LIMIT 200u /* of one that a person wishes */

/*
 * The id of a name, as ivnotes-format(5) has it: "jane-green" of "Jane Green". In lower case; Latin
 * letters without their marks ('é' 'e', 'ß' 'ss', 'ø' 'o'), letters of other scripts as they are in
 * NFC, what cannot be seen left out, and one '-' for all else, at neither end. At most
 * IV_ID_BYTES, cut between words, or in a long one between letters. Absent when the name holds
 * no letter and no digit. Invalid UTF-8 counts as nothing.
 */
struct iv_str iv_id_make(struct iv_arena *arena, struct iv_str name);

/* The same with "-2" and so on behind it, for a name that others bear already; not longer. */
struct iv_str iv_id_number(struct iv_arena *arena, struct iv_str id, unsigned number);

/*
 * Has the word a meaning of its own: where notes name others, as `none`, or to some systems as the
 * name of a file, as `con`?
 */
bool iv_id_is_reserved(struct iv_str id);

/*
 * IV_EINPUT when a person's wish cannot be the id of a note: empty, over IV_ID_LIMIT, with what a
 * file name or a [[link]] cannot hold, with a dot first, or with .md at the end.
 */
int iv_id_check(struct iv_str id, struct iv_error *error);

#endif
