/* Puts notes into the tables, and keeps aside what can be settled only when all are in. */
#ifndef IV_INDEX_WRITER_H
#define IV_INDEX_WRITER_H

#include "index/intake.h"
#include "index/names.h"

struct iv_pending_ref {
	int64_t note, seq, record; /* record -1: none */
	enum iv_ref_form form;
	struct iv_pos pos;
	struct iv_str field, text, key;
	const char *path; /* of the note */
};

/* Text of a record, in which people may be named. */
struct iv_pending_text {
	int64_t note, record;
	struct iv_str text;
};

struct iv_pending {
	struct iv_arena *arena;
	struct iv_pending_ref *refs;
	size_t ref_count, ref_capacity;
	struct iv_pending_text *texts;
	size_t text_count, text_capacity;
};

struct iv_writer;

/*
 * `names`: where names go instead of into their table, in a first build; else NULL. Refs and texts
 * go to `pending`. The paths of notes that are put must outlive it.
 */
int iv_writer_new(struct iv_writer **out, struct iv_db *db, struct iv_pending *pending,
		  struct iv_names *names, struct iv_error *error);
void iv_writer_free(struct iv_writer *writer);

/*
 * `note` 0: a new one. *note becomes its number; old rows of it must have been removed. Its rows
 * may wait until iv_writer_flush().
 */
int iv_writer_put(struct iv_writer *writer, const struct iv_read *read, int64_t *note,
		  struct iv_error *error);
int iv_writer_flush(struct iv_writer *writer, struct iv_error *error);
/* Every row of the note, findings included, is gone. */
int iv_writer_remove(struct iv_writer *writer, int64_t note, struct iv_error *error);
/* Only what the file system says of the note has changed. */
int iv_writer_touch(struct iv_writer *writer, const struct iv_read *read, struct iv_error *error);

void iv_pending_init(struct iv_pending *pending);
/* Copies the references and record texts of a note. */
void iv_pending_keep(struct iv_pending *pending, const struct iv_read *read, int64_t number);
void iv_pending_release(struct iv_pending *pending);

#endif
