/* What happened, from all the notes that tell of it. */
#include <stdlib.h>

#include "base/mem.h"
#include "index/state.h"

/*
 * Columns: kind, day, person's name, person's path, path, line, channel, detail, text, meeting. A
 * query each, because a person's own are found by index.
 */
#define OF_RECORD(kind, day, detail)                                                   \
	"SELECT " kind ", " day ", n.name, n.path, n.path, r.line, r.channel, " detail \
	", r.text, NULL"                                                               \
	" FROM record AS r JOIN note AS n ON n.note = r.note"

static const struct {
	const char *sql;
	const char *person; /* the expression that is the person's note */
	const char *day;
} sources[] = {
	{OF_RECORD("1", "r.day",
		   "iif(r.outcome = 'bounced', r.outcome, NULL)") " WHERE r.field = 'outreach'",
	 "r.note", "r.day"},
	{OF_RECORD("2", "max(r.day, ifnull(r.outcome_day, r.day))",
		   "r.outcome || ifnull(' ' || r.later_day, '')") " WHERE r.field = 'outreach' AND "
								  "r.outcome IN ('yes', 'no', "
								  "'later')",
	 "r.note", "max(r.day, ifnull(r.outcome_day, r.day))"},
	{"SELECT 3, m.day, a.name, p.path, n.path, ifnull(m.date_line, 1), m.via, m.state, NULL, "
	 "NULL"
	 " FROM meeting AS m JOIN note AS n ON n.note = m.note"
	 " LEFT JOIN attendance AS a ON a.note = m.note LEFT JOIN note AS p ON p.note = a.person"
	 " WHERE 1",
	 "a.person", "m.day"},
	{"SELECT 4, t.day, ifnull(p.name, t.who), p.path, n.path, t.line, t.channel, NULL, t.text,"
	 " iif(t.written AND m.kind <> 'catch-up' AND t.day >= m.day AND NOT EXISTS ("
	 "  SELECT 1 FROM thanks AS x WHERE x.note = t.note AND x.who = t.who AND x.written"
	 "  AND NOT x.skipped AND x.day >= m.day AND (x.day < t.day OR (x.day = t.day AND x.seq < "
	 "t.seq))),"
	 "  m.day, NULL)"
	 " FROM thanks AS t JOIN note AS n ON n.note = t.note JOIN meeting AS m ON m.note = t.note"
	 " LEFT JOIN note AS p ON p.note = t.person WHERE NOT t.skipped",
	 "t.person", "t.day"},
	{OF_RECORD("5", "r.day",
		   "iif(r.field = 'feeler', r.field, NULL)") " WHERE r.field IN ('touches', "
							     "'feeler') AND r.outcome IS NOT "
							     "'bounced'",
	 "r.note", "r.day"},
	{OF_RECORD("6", "r.day", "NULL") " WHERE r.field = 'reported'", "r.note", "r.day"},
	{"SELECT 7, m.day, a.name, p.path, n.path, r.line, NULL, NULL,"
	 " ifnull((SELECT x.name FROM note AS x WHERE x.note = r.target), r.text), NULL"
	 " FROM meeting AS m JOIN note AS n ON n.note = m.note"
	 " JOIN ref AS r ON r.note = m.note AND r.field = 'referrals'"
	 " JOIN attendance AS a ON a.note = m.note LEFT JOIN note AS p ON p.note = a.person"
	 " WHERE 1",
	 "a.person", "m.day"},
	{"SELECT 7, d.day, n.name, n.path, n.path, r.line, NULL, NULL,"
	 " ifnull((SELECT x.name FROM note AS x WHERE x.note = r.target), r.text), NULL"
	 " FROM ref AS r JOIN note AS n ON n.note = r.note"
	 " JOIN (SELECT c.note, ifnull((SELECT max(max(x.day, ifnull(x.outcome_day, x.day)))"
	 "  FROM record AS x WHERE x.note = c.note AND x.field = 'outreach'"
	 "  AND x.outcome IN ('yes', 'no', 'later')), o.created) AS day"
	 "  FROM contact AS c JOIN note AS o ON o.note = c.note) AS d ON d.note = r.note"
	 " WHERE r.field = 'referrals'",
	 "r.note", "d.day"},
	{"SELECT 0, n.created, n.name, n.path, n.path, n.name_line, NULL, NULL, NULL, NULL"
	 " FROM contact AS c JOIN note AS n ON n.note = c.note WHERE 1",
	 "c.note", "n.created"},
};

#define SOURCES (sizeof(sources) / sizeof(*sources))

/* ?1 the person's note, ?2 and ?3 the days; what is not asked for is not in the query. */
static void build(struct iv_buf *sql, bool person, iv_day from, iv_day to)
{
	for (size_t i = 0; i < SOURCES; i++) {
		iv_buf_printf(sql, "%s%s AND %s IS NOT NULL", i ? " UNION ALL " : "",
			      sources[i].sql, sources[i].day);
		if (person)
			iv_buf_printf(sql, " AND %s = ?1", sources[i].person);
		if (from != IV_NO_DAY)
			iv_buf_printf(sql, " AND %s >= ?2", sources[i].day);
		if (to != IV_NO_DAY)
			iv_buf_printf(sql, " AND %s <= ?3", sources[i].day);
	}
	iv_buf_puts(sql, " ORDER BY 2, 1, 3, 5, 6, 9");
}

static const char *column(struct iv_arena *arena, struct iv_stmt *stmt, int index)
{
	struct iv_str text = iv_stmt_text(stmt, index);
	return text.ptr ? iv_arena_str(arena, text).ptr : NULL;
}

static struct iv_event event_of(struct iv_arena *arena, struct iv_stmt *stmt)
{
	return (struct iv_event){
		.kind = (enum iv_event_kind)iv_stmt_int(stmt, 0),
		.day = iv_stmt_day(stmt, 1),
		.person = column(arena, stmt, 2),
		.person_path = column(arena, stmt, 3),
		.path = column(arena, stmt, 4),
		.line = (uint32_t)iv_stmt_int(stmt, 5),
		.channel = column(arena, stmt, 6),
		.detail = column(arena, stmt, 7),
		.text = column(arena, stmt, 8),
		.meeting = iv_stmt_day(stmt, 9),
	};
}

/* The number of the person's note; 0 when there is none. */
static int find_person(int64_t *out, struct iv_index *index, const char *path,
		       struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, index->db, "SELECT note FROM note WHERE path = ?1", error);

	*out = 0;
	if (rc)
		return rc;
	iv_stmt_bind_text(stmt, 1, iv_str_of(path));
	rc = iv_stmt_step(stmt, error);
	if (rc == 1)
		*out = iv_stmt_int(stmt, 0);
	iv_stmt_free(stmt);
	return rc < 0 ? rc : 0;
}

static int collect(struct iv_events *out, struct iv_stmt *stmt, struct iv_error *error)
{
	size_t capacity = 0;
	int rc;

	while ((rc = iv_stmt_step(stmt, error)) == 1) {
		IV_GROW(out->events, out->count, capacity);
		out->events[out->count++] = event_of(out->memory, stmt);
	}
	return rc;
}

static int ask(struct iv_events *out, struct iv_index *index, const char *person_path, iv_day from,
	       iv_day to, struct iv_error *error)
{
	struct iv_buf sql = IV_BUF_INIT;
	struct iv_stmt *stmt = NULL;
	int64_t person = 0;
	int rc = person_path ? find_person(&person, index, person_path, error) : 0;

	*out = (struct iv_events){.memory = iv_arena_new()};
	build(&sql, person_path != NULL, from, to);
	if (!rc)
		rc = iv_stmt_new(&stmt, index->db, sql.ptr, error);
	if (!rc) {
		if (person_path)
			iv_stmt_bind_int(stmt, 1, person);
		if (from != IV_NO_DAY)
			iv_stmt_bind_day(stmt, 2, from);
		if (to != IV_NO_DAY)
			iv_stmt_bind_day(stmt, 3, to);
		rc = collect(out, stmt, error);
	}
	iv_stmt_free(stmt);
	iv_buf_release(&sql);
	if (rc)
		iv_events_release(out);
	return rc;
}

int iv_index_events(struct iv_events *out, struct iv_index *index, const char *person_path,
		    iv_day from, iv_day to, struct iv_error *error)
{
	int rc;

	while ((rc = ask(out, index, person_path, from, to, error)) && iv_index_retry(index, error))
		;
	return rc;
}

void iv_events_release(struct iv_events *events)
{
	free(events->events);
	if (events->memory)
		iv_arena_free(events->memory);
	*events = (struct iv_events){0};
}
