/*
 * The query language of `list` and `search`.
 *
 *     query  = term { " " term }              every term must hold
 *     term   = [ "-" ] ( filter | word )      "-": must not hold
 *     filter = key ":" value { "," value }    is one of these
 *            | key ":*"                       is there
 *            | key "=" value                  is exactly this, letter by letter
 *            | key "~" value                  contains this
 *            | key ( "<" | "<=" | ">" | ">=" ) value
 *     word   = value                          stands in the id, the name or an alias
 *     value  = bytes without space | '"' bytes without '"' '"'
 *     key    = a letter, then bytes without space, quote and any of : = ~ < >
 *
 * A value of ":" ends at a comma, too. Only "=" minds case. A key is any front-matter key, known
 * to ivnotes or the user's own, in any spelling (case, '-', '_'); of a list any item may fit. A
 * reference fits by what it means as well as by its text: organization:acme finds `[[acme|Acme
 * Corp]]`. Numbers and durations compare as such when both sides are, days by the calendar (a
 * record by its own day), all else as text. After ":" a day is met by any time of it, a week and a
 * month by all their days. Days and weeks are written as base/when.h says: `met>=mon` is the last
 * Monday, `due<=fri` the coming Friday.
 *
 * Besides: `id`, `path` (whole, or a folder that ends in '/'), `name`, `type`, `tag` (`a` finds
 * `a/b`), and days that come of what happened: `asked` `answered` `met` `thanked` `touched` (the
 * last one with this person; of a meeting `met` is its day) and `due` (what is due first).
 */
#ifndef IV_INDEX_QUERY_H
#define IV_INDEX_QUERY_H

#include <ivnotes/note.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/when.h"

enum iv_op {
	IV_OP_WORD,
	IV_OP_IS,
	IV_OP_EXACT,
	IV_OP_CONTAINS,
	IV_OP_LESS,
	IV_OP_LESS_EQUAL,
	IV_OP_MORE,
	IV_OP_MORE_EQUAL,
	IV_OP_PRESENT
};

struct iv_term {
	bool negated;
	enum iv_op op;
	struct iv_str key; /* folded; absent for a word */
	const struct iv_str *values;
	size_t value_count;
	size_t at; /* byte offset in the query */
};

/* Values to bind to ?1, ?2, … */
struct iv_binds {
	struct iv_str *items;
	size_t count, capacity;
};

/* The keys that mean something besides the fields of notes, one by one; NULL behind the last. */
const char *iv_query_key(size_t index);

/*
 * Adds the SQL condition of a term over tables `n` (note) and `f` (fields); `syntax` has the words
 * of the user's own. What ended before today is not due; IV_NO_DAY: whatever ended is, and days are
 * read as notes write them alone. IV_EINPUT when a value does not suit its key.
 */
int iv_query_condition(struct iv_buf *sql, struct iv_binds *binds, struct iv_arena *arena,
		       const struct iv_syntax *syntax, const struct iv_term *term,
		       const struct iv_when_from *from, struct iv_error *error);

#endif
