/*
 * By which names notes can be meant. Either all of them are in memory (a first build), or each
 * key is asked of the database once.
 */
#ifndef IV_INDEX_NAMES_H
#define IV_INDEX_NAMES_H

#include <ivnotes/note.h>

#include "index/db.h"

enum iv_rank { IV_RANK_ID = 1, IV_RANK_ALIAS = 2, IV_RANK_NAME = 3 };

struct iv_candidate {
	int64_t note;
	const char *path;
	enum iv_rank rank;
	enum iv_type type;
	struct iv_str place; /* the path as a key; only from iv_names_at() and iv_names_ending() */
};

struct iv_names;

struct iv_names *iv_names_new(struct iv_db *db);
void iv_names_free(struct iv_names *names);

/* A name of a note; the path must outlive `names`, the key is copied. Then iv_names_seal(). */
void iv_names_add(struct iv_names *names, struct iv_str key, struct iv_candidate candidate);
/* Every name was added: sorts them, and never asks the database. */
void iv_names_seal(struct iv_names *names);
/* Reads every name of the database, and seals. */
int iv_names_load(struct iv_names *names, struct iv_error *error);
/* Writes what was added into table name, in its order. */
int iv_names_write(struct iv_names *names, struct iv_error *error);

/*
 * Who goes by this key, best rank first, then by note: count, and *out, which lives until the
 * next call.
 */
size_t iv_names_find(struct iv_names *names, struct iv_str key, const struct iv_candidate **out);
/*
 * The notes at the path `key`, folded and without `.md`, or at a path that ends in `/` and `key`;
 * quick also where thousands bear one name. Count, and *out, which lives as long as names.
 */
size_t iv_names_at(struct iv_names *names, struct iv_str key, const struct iv_candidate **out);
size_t iv_names_ending(struct iv_names *names, struct iv_str key, const struct iv_candidate **out);
/* 0, or why the database could not be asked. */
int iv_names_error(struct iv_names *names, struct iv_error *error);

#endif
