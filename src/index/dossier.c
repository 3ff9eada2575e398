/* What is known of an organization, or of the people at a meeting and of those where they work. */
#include "index/dossier.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "index/column.h"
#include "index/routes.h"
#include "index/standing.h"
#include "index/update.h"

/*
 * ?1 in all but the first two: the people, as [[note, here, speaks, guest], ...]; ?2 the day, ?3 the
 * path of the organization or of the meeting, ?4 the topics.
 */
#define CIRCLE                                                                            \
	"WITH circle AS MATERIALIZED (SELECT value ->> 0 AS person, value ->> 1 AS here," \
	" value ->> 2 AS speaks, value ->> 3 AS guest FROM json_each(?1)) "

#define FIELD(key) "coalesce(f.json ->> '$." key "[0]', f.json ->> '$." key "')"
#define ROLE FIELD("role")
#define REACHED_AT                                                                            \
	FIELD("email")                                                                        \
	", " FIELD("phone") ", " FIELD("address") ", coalesce(" FIELD("linkedin") ", " FIELD( \
		"url") ")"

/* Works there now, or nowhere else: of row `r`. */
#define SPEAKS                                                                 \
	"(max(r.field = 'organization') OR NOT EXISTS (SELECT 1 FROM ref AS q" \
	" WHERE q.note = r.note AND q.field = 'organization'))"

static const char place_sql[] = "SELECT r.note, max(r.field = 'organization'), " SPEAKS ", 0"
				" FROM ref AS r JOIN contact AS c ON c.note = r.note"
				" WHERE r.field IN ('organization', 'formerly')"
				"  AND (r.target = (SELECT note FROM note WHERE path = ?1)"
				"       OR (?1 IS NULL AND r.target IS NULL AND r.key = ?2))"
				" GROUP BY r.note";

static const char meeting_sql[] =
	"WITH guest AS MATERIALIZED (SELECT DISTINCT a.target AS person FROM ref AS a"
	"  WHERE a.note = (SELECT note FROM note WHERE path = ?1) AND a.field = 'contact'"
	"  AND a.target IS NOT NULL),"
	" work AS MATERIALIZED (SELECT DISTINCT r.target, r.key FROM guest AS g"
	"  JOIN ref AS r ON r.note = g.person WHERE r.field = 'organization'),"
	" mate AS (SELECT r.note, r.field FROM work AS w JOIN ref AS r ON r.target = w.target"
	"  UNION ALL SELECT r.note, r.field FROM work AS w JOIN ref AS r ON r.key = w.key"
	"  WHERE w.target IS NULL AND r.target IS NULL)"
	" SELECT person, 1, 1, 1 FROM guest"
	" UNION ALL SELECT r.note, max(r.field = 'organization'), " SPEAKS ", 0"
	" FROM mate AS r JOIN contact AS c ON c.note = r.note"
	" WHERE r.field IN ('organization', 'formerly')"
	"  AND r.note NOT IN (SELECT person FROM guest) AND ?2 IS NULL GROUP BY r.note";

static const char members_sql[] = CIRCLE
	"SELECT n.note, n.name, n.path, " ROLE ","
	" (SELECT coalesce(o.name, r.text) FROM ref AS r LEFT JOIN note AS o ON o.note = r.target"
	"  WHERE r.note = n.note AND r.field = 'organization' ORDER BY r.seq LIMIT 1),"
	" c.relation, c.source, c.purpose, " REACHED_AT ","
	" k.here, k.speaks, k.guest, " IV_HAD_COLUMNS
	" FROM circle AS k JOIN note AS n ON n.note = k.person"
	" LEFT JOIN contact AS c ON c.note = n.note LEFT JOIN fields AS f ON f.note = n.note"
	" LEFT JOIN last_answer AS a ON a.person = n.note"
	" GROUP BY n.note ORDER BY k.guest DESC, k.here DESC, fold(n.name), n.path";

static const char sittings_sql[] = CIRCLE
	"SELECT n.path, (SELECT names FROM people AS p WHERE p.note = m.note), m.day, m.minute,"
	" m.kind, m.via, " FIELD(
		"place") ", m.state, m.planned, m.actual, m.rating,"
			 " (SELECT group_concat(name, ', ') FROM (SELECT coalesce(x.name, r.text) "
			 "AS name"
			 "  FROM ref AS r LEFT JOIN note AS x ON x.note = r.target"
			 "  WHERE r.note = m.note AND r.field = 'referrals' ORDER BY r.seq)),"
			 " (SELECT known FROM took_place AS t WHERE t.note = m.note),"
			 " EXISTS (SELECT 1 FROM ahead AS h WHERE h.note = m.note),"
			 " w.guest, w.speaks"
			 " FROM (SELECT a.note, max(k.guest) AS guest, max(k.speaks) AS speaks"
			 "       FROM circle AS k JOIN ref AS a ON a.target = k.person"
			 "       WHERE a.field = 'contact' GROUP BY a.note) AS w"
			 " JOIN meeting AS m ON m.note = w.note JOIN note AS n ON n.note = m.note"
			 " LEFT JOIN fields AS f ON f.note = m.note"
			 " WHERE m.day IS NOT NULL ORDER BY m.day, m.minute, n.path";

/* The meetings with those who speak of the place. */
#define SPEAKING                                                               \
	"(SELECT a.note FROM circle AS k JOIN ref AS a ON a.target = k.person" \
	" WHERE k.speaks AND a.field = 'contact')"

static const char names_sql[] = CIRCLE
	"SELECT coalesce(x.name, r.text), x.path,"
	" coalesce((SELECT names FROM people AS p WHERE p.note = r.note), n.name), m.day"
	" FROM ref AS r JOIN note AS n ON n.note = r.note"
	" LEFT JOIN note AS x ON x.note = r.target LEFT JOIN took_place AS m ON m.note = r.note"
	" WHERE r.field = 'referrals'"
	"  AND (r.note IN " SPEAKING " OR r.note IN (SELECT person FROM circle WHERE speaks))"
	"  AND r.target IS NOT r.note"
	"  AND (r.target IS NULL OR (x.type = 'contact' AND NOT EXISTS (SELECT 1 FROM ref AS q"
	"       WHERE q.note = r.target AND q.field IN ('organization', 'formerly'))))"
	"  AND NOT EXISTS (SELECT 1 FROM circle AS k WHERE k.person = r.target)"
	"  AND NOT EXISTS (SELECT 1 FROM approached AS a WHERE a.person = r.target)"
	"  AND NOT EXISTS (SELECT 1 FROM met AS a WHERE a.person = r.target)"
	"  AND NOT EXISTS (SELECT 1 FROM contact AS c WHERE c.note = r.target"
	"                  AND c.do_not_contact IS NOT NULL)"
	"  AND NOT (r.target IS NULL AND EXISTS (SELECT 1 FROM ref AS a WHERE a.key = r.key"
	"                                        AND a.field = 'contact'))"
	" GROUP BY coalesce(r.target, r.key) ORDER BY fold(coalesce(x.name, r.text))";

/* The notes in which something may be owed. */
#define OWING                                                                      \
	"(SELECT person FROM circle WHERE speaks UNION SELECT note FROM " SPEAKING \
	" UNION SELECT note FROM note WHERE path = ?3)"

static const char promises_sql[] = CIRCLE
	"SELECT t.text, n.path, coalesce((SELECT names FROM people AS p WHERE p.note = n.note),"
	" n.name), t.line, t.due, t.waiting"
	" FROM (SELECT note, text, line, due, waiting FROM task"
	"       WHERE state = 'open' AND section IS NOT 'research' AND text <> ''"
	"       UNION ALL SELECT note, coalesce(text, 'follow up'), line, day, 0 FROM record"
	"       WHERE field = 'follow-up' AND NOT skipped) AS t"
	" JOIN note AS n ON n.note = t.note WHERE t.note IN " OWING
	" ORDER BY t.due IS NULL, t.due, n.path, t.line";

static const char leads_sql[] = CIRCLE
	"SELECT l.text, (SELECT names FROM people AS p WHERE p.note = l.note), m.day, l.reported,"
	" EXISTS (SELECT 1 FROM circle AS k JOIN ref AS a ON a.target = k.person"
	"         WHERE k.guest AND a.note = l.note AND a.field = 'contact')"
	" FROM lead AS l JOIN took_place AS m ON m.note = l.note"
	" WHERE l.note IN " SPEAKING " ORDER BY m.day, l.note, l.seq";

static const char asked_sql[] = CIRCLE
	"SELECT q.text, (SELECT names FROM people AS p WHERE p.note = q.note), m.day,"
	" n.path IS ?3,"
	" EXISTS (SELECT 1 FROM circle AS k JOIN ref AS a ON a.target = k.person"
	"         WHERE k.guest AND a.note = q.note AND a.field = 'contact'),"
	" (SELECT sum(1 << t.key) FROM json_each(?4) AS t"
	"  WHERE matches(q.text, 'thin-questions.' || t.value) IS NOT 0)"
	" FROM question AS q JOIN meeting AS m ON m.note = q.note JOIN note AS n ON n.note = q.note"
	" WHERE n.path IS ?3 OR (q.note IN " SPEAKING " AND EXISTS (SELECT 1 FROM took_place AS t"
	"       WHERE t.note = q.note AND (t.known OR t.day < ?2)))"
	" ORDER BY m.day, n.path, q.seq";

static const char people_sql[] =
	"SELECT (SELECT names FROM people AS p WHERE p.note = n.note),"
	" (SELECT min(minutes) FROM asked_for AS f WHERE f.note = n.note),"
	" EXISTS (SELECT 1 FROM attendance AS a WHERE a.note = n.note AND"
	"  coalesce((SELECT stance FROM stance AS t WHERE t.person = a.person),"
	"           setting('stance')) = 'candid')"
	" FROM note AS n WHERE n.path = ?3 AND ?1 NOT NULL AND ?2 NOT NULL";

struct reader {
	struct iv_index *index;
	struct iv_dossier *out;
	const struct iv_dossier_query *query;
	struct iv_buf circle, topics; /* as JSON */
	int64_t *notes;               /* of the members */
	size_t note_count, note_room;
	/* what grows while it is read, and the room of the one that does */
	struct iv_member *members;
	struct iv_sitting *sittings;
	struct iv_name *names;
	struct iv_promise *promises;
	struct iv_told_lead *leads;
	struct iv_asked *asked;
	size_t room;
	struct iv_error *error;
};

/* ---- columns ---- */

static const char *text(const struct reader *reader, struct iv_stmt *stmt, int column)
{
	return iv_column_text(reader->out->memory, stmt, column);
}

static const char *some(const struct reader *reader, struct iv_stmt *stmt, int column)
{
	const char *value = text(reader, stmt, column);

	return value ? value : "";
}

/* ---- rows ---- */

static void take_person(struct reader *reader, struct iv_stmt *stmt)
{
	iv_buf_printf(&reader->circle, "%s[%lld,%d,%d,%d]", reader->circle.len > 1 ? "," : "",
		      (long long)iv_stmt_int(stmt, 0), iv_column_flag(stmt, 1),
		      iv_column_flag(stmt, 2), iv_column_flag(stmt, 3));
}

static void take_member(struct reader *reader, struct iv_stmt *stmt)
{
	struct iv_had had = iv_had_read(stmt, 15);
	struct iv_member *member;

	IV_GROW(reader->notes, reader->note_count, reader->note_room);
	reader->notes[reader->note_count++] = iv_stmt_int(stmt, 0);
	IV_GROW(reader->members, reader->out->member_count, reader->room);
	member = &reader->members[reader->out->member_count++];
	*member = (struct iv_member){
		.name = some(reader, stmt, 1),
		.path = text(reader, stmt, 2),
		.role = text(reader, stmt, 3),
		.employer = text(reader, stmt, 4),
		.relation = text(reader, stmt, 5),
		.source = text(reader, stmt, 6),
		.purpose = text(reader, stmt, 7),
		.email = text(reader, stmt, 8),
		.phone = text(reader, stmt, 9),
		.address = text(reader, stmt, 10),
		.url = text(reader, stmt, 11),
		.here = iv_column_flag(stmt, 12),
		.speaks = iv_column_flag(stmt, 13),
		.guest = iv_column_flag(stmt, 14),
		.closed = had.closed,
	};
	member->standing = iv_standing_of(&member->day, &had, reader->query->today);
}

static void take_sitting(struct reader *reader, struct iv_stmt *stmt)
{
	iv_day day = iv_stmt_day(stmt, 2), today = reader->query->today;
	bool took_place = !iv_stmt_is_null(stmt, 12), known = iv_column_flag(stmt, 12);

	IV_GROW(reader->sittings, reader->out->sitting_count, reader->room);
	reader->sittings[reader->out->sitting_count++] = (struct iv_sitting){
		.path = some(reader, stmt, 0),
		.names = some(reader, stmt, 1),
		.day = day,
		.minute = (int)iv_column_number(stmt, 3, -1),
		.kind = some(reader, stmt, 4),
		.via = text(reader, stmt, 5),
		.place = text(reader, stmt, 6),
		.state = text(reader, stmt, 7),
		.planned = iv_column_number(stmt, 8, -1),
		.actual = iv_column_number(stmt, 9, -1),
		.rating = iv_column_number(stmt, 10, 0),
		.referrals = text(reader, stmt, 11),
		.held = took_place && (known || day < today),
		.known = known,
		.ahead = iv_column_flag(stmt, 13) && day >= today,
		.of_guests = iv_column_flag(stmt, 14),
		.speaks = iv_column_flag(stmt, 15),
	};
}

static void take_name(struct reader *reader, struct iv_stmt *stmt)
{
	IV_GROW(reader->names, reader->out->name_count, reader->room);
	reader->names[reader->out->name_count++] = (struct iv_name){
		.name = some(reader, stmt, 0),
		.path = text(reader, stmt, 1),
		.by = some(reader, stmt, 2),
		.day = iv_stmt_day(stmt, 3),
	};
}

static void take_promise(struct reader *reader, struct iv_stmt *stmt)
{
	IV_GROW(reader->promises, reader->out->promise_count, reader->room);
	reader->promises[reader->out->promise_count++] = (struct iv_promise){
		.text = some(reader, stmt, 0),
		.path = some(reader, stmt, 1),
		.about = some(reader, stmt, 2),
		.line = (uint32_t)iv_stmt_int(stmt, 3),
		.due = iv_stmt_day(stmt, 4),
		.theirs = iv_column_flag(stmt, 5),
	};
}

static void take_lead(struct reader *reader, struct iv_stmt *stmt)
{
	IV_GROW(reader->leads, reader->out->lead_count, reader->room);
	reader->leads[reader->out->lead_count++] = (struct iv_told_lead){
		.text = some(reader, stmt, 0),
		.by = some(reader, stmt, 1),
		.day = iv_stmt_day(stmt, 2),
		.reported = iv_stmt_day(stmt, 3),
		.of_guests = iv_column_flag(stmt, 4),
	};
}

static void take_people(struct reader *reader, struct iv_stmt *stmt)
{
	reader->out->people = text(reader, stmt, 0);
	reader->out->minutes = (int)iv_column_number(stmt, 1, -1);
	reader->out->candid = iv_column_flag(stmt, 2);
}

static void take_asked(struct reader *reader, struct iv_stmt *stmt)
{
	IV_GROW(reader->asked, reader->out->asked_count, reader->room);
	reader->asked[reader->out->asked_count++] = (struct iv_asked){
		.text = some(reader, stmt, 0),
		.names = some(reader, stmt, 1),
		.day = iv_stmt_day(stmt, 2),
		.own = iv_column_flag(stmt, 3),
		.of_guests = iv_column_flag(stmt, 4),
		.topics = (uint64_t)iv_stmt_int(stmt, 5),
	};
}

/* ---- all of it ---- */

typedef void (*take_fn)(struct reader *reader, struct iv_stmt *stmt);

static int step_through(struct reader *reader, struct iv_stmt *stmt, take_fn take)
{
	int rc;

	reader->room = 0;
	while ((rc = iv_stmt_step(stmt, reader->error)) == 1)
		take(reader, stmt);
	iv_stmt_free(stmt);
	return rc;
}

static int find_circle(struct reader *reader)
{
	const struct iv_place *place = reader->query->place;
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, iv_index_db(reader->index), place ? place_sql : meeting_sql,
			     reader->error);

	if (rc)
		return rc;
	iv_stmt_bind_text(stmt, 1, iv_str_of(place ? place->path : reader->query->meeting));
	iv_stmt_bind_text(stmt, 2, iv_str_of(place ? place->key : NULL));
	iv_buf_putc(&reader->circle, '[');
	rc = step_through(reader, stmt, take_person);
	iv_buf_putc(&reader->circle, ']');
	return rc;
}

static int ask(struct reader *reader, const char *sql, take_fn take)
{
	const struct iv_dossier_query *query = reader->query;
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, iv_index_db(reader->index), sql, reader->error);

	if (rc)
		return rc;
	iv_stmt_bind_text(stmt, 1, iv_buf_view(&reader->circle));
	if (iv_stmt_parameters(stmt) >= 2)
		iv_stmt_bind_day(stmt, 2, query->today);
	if (iv_stmt_parameters(stmt) >= 3)
		iv_stmt_bind_text(stmt, 3,
				  iv_str_of(query->place ? query->place->path : query->meeting));
	if (iv_stmt_parameters(stmt) >= 4)
		iv_stmt_bind_text(stmt, 4, iv_buf_view(&reader->topics));
	return step_through(reader, stmt, take);
}

static int ask_all(struct reader *reader)
{
	static const struct {
		const char *sql;
		take_fn take;
		bool brief;
	} questions[] = {
		{members_sql, take_member, true}, {sittings_sql, take_sitting, true},
		{names_sql, take_name, true},     {promises_sql, take_promise, true},
		{leads_sql, take_lead, true},     {asked_sql, take_asked, false},
		{people_sql, take_people, false},
	};
	int rc = find_circle(reader);

	for (size_t i = 0; !rc && i < sizeof(questions) / sizeof(*questions); i++)
		if (questions[i].brief || !reader->query->brief)
			rc = ask(reader, questions[i].sql, questions[i].take);
	if (!rc && !reader->query->brief)
		rc = iv_routes_find(reader->members, reader->notes, reader->out->member_count,
				    reader->out->memory, iv_index_db(reader->index), reader->error);
	return rc;
}

/* ---- memory ---- */

static void keep_topics(struct reader *reader, const char *const *topics)
{
	struct iv_arena *arena = reader->out->memory;
	size_t count = 0;

	while (topics[count])
		count++;
	const char **kept = iv_arena_calloc(arena, count + 1, sizeof(*kept));
	iv_buf_putc(&reader->topics, '[');
	for (size_t i = 0; i < count; i++) {
		kept[i] = iv_arena_str(arena, iv_str_of(topics[i])).ptr;
		iv_buf_printf(&reader->topics, "%s\"%s\"", i ? "," : "", topics[i]);
	}
	iv_buf_putc(&reader->topics, ']');
	reader->out->topics = kept;
	reader->out->topic_count = count;
}

/* Moves the lists that grew into the arena. */
#define KEEP(list, count)                                                                         \
	(reader->out->list = iv_arena_copy(reader->out->memory, reader->list, reader->out->count, \
					   sizeof(*reader->list)),                                \
	 free(reader->list))

static void keep_lists(struct reader *reader)
{
	KEEP(members, member_count);
	KEEP(sittings, sitting_count);
	KEEP(names, name_count);
	KEEP(promises, promise_count);
	KEEP(leads, lead_count);
	KEEP(asked, asked_count);
	free(reader->notes);
	iv_buf_release(&reader->circle);
	iv_buf_release(&reader->topics);
}

static int read_dossier(struct iv_dossier *out, struct iv_index *index,
			const struct iv_dossier_query *query, const char *const *topics,
			struct iv_error *error)
{
	struct reader reader = {.index = index, .out = out, .query = query, .error = error};
	int rc;

	*out = (struct iv_dossier){.minutes = -1, .memory = iv_arena_new()};
	keep_topics(&reader, topics);
	rc = ask_all(&reader);
	keep_lists(&reader);
	if (rc)
		iv_dossier_release(out);
	return rc;
}

int iv_index_dossier(struct iv_dossier *out, struct iv_index *index,
		     const struct iv_dossier_query *query, const char *const *topics,
		     struct iv_error *error)
{
	int rc;

	while ((rc = read_dossier(out, index, query, topics, error)) &&
	       iv_index_retry(index, error))
		;
	return rc;
}

void iv_dossier_release(struct iv_dossier *dossier)
{
	if (dossier->memory)
		iv_arena_free(dossier->memory);
	*dossier = (struct iv_dossier){0};
}
