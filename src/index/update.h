/*
 * Bringing the index up to date with a source of notes. Works inside one write transaction that
 * the caller ends, so that nobody ever sees notes without their findings.
 */
#ifndef IV_INDEX_UPDATE_H
#define IV_INDEX_UPDATE_H

#include <ivnotes/index.h>

#include "index/db.h"

struct iv_db *iv_index_db(struct iv_index *index);
const struct iv_config *iv_index_config(const struct iv_index *index);

/* What an update did. */
struct iv_changes {
	size_t seen; /* notes in the source */
	size_t read; /* of these, read and parsed anew */
	bool any;    /* something in the index changed: a transaction is open */
	bool all;    /* so much that all findings are to be made anew */
};

/*
 * Walks the source, re-reads what changed, resolves references, and, where anything changed,
 * leaves the notes whose findings may differ in the temporary table affected(note): changed, added and
 * removed ones, what they reference or are referenced by (old and new, two steps), and those that share
 * an id, alias, email, phone or day with them, or are the only meeting with people of an
 * organization of theirs. A removed note's rows are gone, its findings too.
 * Where nothing changed no transaction is open afterwards. An index that is new has no rows in
 * affected(note): `all` is true. IV_EIO; damage is healed inside.
 */
int iv_index_update(struct iv_changes *out, struct iv_index *index, struct iv_source *source,
		    struct iv_error *error);
/*
 * Opens a write transaction without an update (findings to be made anew for other reasons). 0 or IV_EIO, IV_EBUSY.
 */
int iv_index_begin(struct iv_index *index, struct iv_error *error);
/*
 * A second handle, for another thread, that reads what the open transaction sees; the caller
 * closes it, and before that nothing may be written. `written`: the transaction has changes. NULL
 * where there can be none: in memory, or when nobody may see the changes yet. IV_EIO.
 */
int iv_index_share(struct iv_db **out, struct iv_index *index, bool written,
		   struct iv_error *error);
/* Ends the transaction, or finds none. IV_EIO: see iv_index_heal(). */
int iv_index_commit(struct iv_index *index, struct iv_error *error);
void iv_index_rollback(struct iv_index *index);
/*
 * After any statement, update or commit has failed: true when that was the disk's fault or the
 * index's own (damage, a full disk, a lock that is never let go), and the index has been started
 * afresh, with a word: in its file, or in memory where the file cannot be written. Everything in
 * it is gone, so go back to iv_index_update(); `error` has been released. Statements must have
 * been freed before. False for every other failure; the error stands.
 */
bool iv_index_heal(struct iv_index *index, struct iv_error *error);

/*
 * How the index is filled again when damage is found by a question, after it was refreshed:
 * iv_refresh() says so. `rules` and `source` must live as long as questions are asked.
 */
typedef int (*iv_refill_fn)(struct iv_index *index, const void *rules, struct iv_source *source,
			    iv_day day, struct iv_error *error);
void iv_index_remember(struct iv_index *index, iv_refill_fn refill, const void *rules,
		       struct iv_source *source, iv_day day);
/* Fills it for questions about `day` and later ones, where it has been filled before. */
int iv_index_refill(struct iv_index *index, iv_day day, struct iv_error *error);
/*
 * After a question has failed: true when that was damage and the index has been made anew, with a
 * word, so that the question can be asked again. Statements must have been freed before. Else the
 * error stands.
 */
bool iv_index_retry(struct iv_index *index, struct iv_error *error);

/* Texts kept in table meta. The caller frees; NULL when absent. */
char *iv_index_meta(struct iv_index *index, const char *key);
int iv_index_set_meta(struct iv_index *index, const char *key, const char *value,
		      struct iv_error *error);

#endif
