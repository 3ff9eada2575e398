/* How far one has come with somebody, from what was said and done last. */
#ifndef IV_INDEX_STANDING_H
#define IV_INDEX_STANDING_H

#include <ivnotes/index.h>

#include "index/db.h"

struct iv_had {
	iv_day met, ahead, request, answer, touch;
	bool closed;
	struct iv_str outcome; /* of the answer; valid as long as the row it was read from */
};

/* The columns that iv_had_read() reads, of a contact `n` with its row `c` and last answer `a`. */
#define IV_HAD_COLUMNS                                                                           \
	"(SELECT max(m.day) FROM met AS m WHERE m.person = n.note AND (m.known OR m.day < ?2))," \
	" (SELECT min(h.day) FROM ref AS r JOIN ahead AS h ON h.note = r.note"                   \
	"  WHERE r.target = n.note AND r.field = 'contact' AND h.day >= ?2),"                    \
	" c.do_not_contact,"                                                                     \
	" (SELECT max(r.day) FROM request AS r WHERE r.person = n.note AND NOT r.bounced),"      \
	" a.day, a.outcome, (SELECT max(t.day) FROM sent AS t WHERE t.note = n.note)"

/* Reads those columns from column `first` on. */
struct iv_had iv_had_read(struct iv_stmt *stmt, int first);

/* `day` becomes that of what the standing tells, or IV_NO_DAY. */
enum iv_standing iv_standing_of(iv_day *day, const struct iv_had *had, iv_day today);

#endif
