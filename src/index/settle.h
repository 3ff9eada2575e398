/* Makes references point to notes, once all notes are in. */
#ifndef IV_INDEX_SETTLE_H
#define IV_INDEX_SETTLE_H

#include "index/affected.h"
#include "index/resolve.h"
#include "index/shift.h"
#include "index/writer.h"

struct iv_settle {
	struct iv_db *db;
	struct iv_resolver *resolver;
	const struct iv_pending *pending;
	struct iv_affected *affected; /* learns of other notes whose references change; or NULL */
	struct iv_resolved *resolved; /* what pending's references mean, once that is known */
};

/*
 * Finds out what the pending references mean. Where the names are sealed nothing is asked of the
 * database, so that another thread may do it.
 */
void iv_settle_resolve(struct iv_settle *settle);
void iv_settle_release(struct iv_settle *settle);

/* Writes the references and mentions of the notes that were put. */
int iv_settle_pending(struct iv_settle *settle, struct iv_error *error);
/* References and mentions elsewhere that go by one of the shifted keys. */
int iv_settle_shift(struct iv_settle *settle, const struct iv_shift *shift, struct iv_error *error);
/* All references and mentions of all notes. */
int iv_settle_all(struct iv_settle *settle, struct iv_error *error);

#endif
