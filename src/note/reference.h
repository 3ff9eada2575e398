/* References as they are written, in fields, records and the body. */
#ifndef IV_NOTE_REFERENCE_H
#define IV_NOTE_REFERENCE_H

#include "note/reader.h"

/* Where a reference stands: a field's name (or "body") and the record in it, or -1. */
struct iv_ref_site {
	const char *field;
	int record;
};

/* The inside of [[…]]. Nothing is added for a heading of the note itself. */
void iv_ref_wiki(struct iv_reader *reader, struct iv_ref_site site, struct iv_str inside,
		 struct iv_pos pos);
/*
 * A Markdown link at `pos` with its destination, as written at that place. Only relative links to
 * `.md` files are references; one that leaves the vault has an empty key.
 */
void iv_ref_link(struct iv_reader *reader, struct iv_ref_site site, struct iv_text destination,
		 struct iv_str label, struct iv_pos pos);
/* A destination's backslash escapes of punctuation and %XX become what they stand for. */
struct iv_str iv_ref_decode(struct iv_arena *arena, struct iv_str text);
/* The destination of an image, which is no reference whatever it is. */
void iv_ref_image(struct iv_reader *reader, struct iv_text destination);
/* A name, an id or an alias that is the whole of a text. */
void iv_ref_bare(struct iv_reader *reader, struct iv_ref_site site, struct iv_str text,
		 struct iv_pos pos);
/* Free text of a record, in which names may stand. */
void iv_ref_words(struct iv_reader *reader, struct iv_ref_site site, struct iv_str text,
		  struct iv_pos pos);

/* A word of a text in which names stand: byte offsets. */
struct iv_name_word {
	size_t start, end;
};
#define IV_NAME_WORDS_MAX 6 /* of a name in free text */
/* The next one from *at on: letters and digits, with joints such as in "o'neil-smith" within. */
bool iv_name_word(struct iv_name_word *out, struct iv_str text, size_t *at);

#endif
