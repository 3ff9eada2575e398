/*
 * Front matter: finds the block, reads its YAML, and gives the note its type and fields.
 */
#ifndef IV_NOTE_HEADER_H
#define IV_NOTE_HEADER_H

#include "note/reader.h"

/* Splits the bytes into header and body. Never fails: without front matter all is body. */
void iv_header_find(struct iv_reader *reader);
/* Reads the header: note->type and the reader's fields, with whatever is wrong as problems. */
void iv_header_read(struct iv_reader *reader);

/* Does the config say that this key of notes names their type? */
bool iv_key_is_type(const struct iv_reader *reader, struct iv_str folded_key);

/* ---- reading YAML as far as it goes (recover.c) ---- */

struct iv_yaml_pair;

/* A key and its value, and the bytes that they were parsed from. */
struct iv_pair {
	const struct iv_yaml_pair *yaml;
	struct iv_str source;
};

/* More keys than any note has; each is compared with those before it. */
#define IV_PAIRS_MAX 1000

struct iv_pairs {
	struct iv_pair *items;
	size_t count, capacity;
};

/*
 * The top-level pairs of the header. YAML that fails as a whole is read key by key: what parses
 * alone still counts, and each key that does not is a front-matter problem, unless `quiet`. Of
 * more than IV_PAIRS_MAX the rest is left out, with a problem. False when something failed.
 */
bool iv_header_pairs(struct iv_pairs *out, struct iv_reader *reader, struct iv_str header,
		     uint32_t first_line, bool quiet);

/* True where a line begins `key:` at its first column; *key without the colon. */
bool iv_is_key_line(struct iv_str *key, struct iv_str line);

#endif
