/* What a letter to somebody can speak of: whatever other notes say of a contact. */
#include <stdlib.h>

#include "base/error.h"
#include "base/mem.h"
#include "index/column.h"
#include "index/letter.h"
#include "index/update.h"

/* Between the items of a list in one column, and between the parts of an item: no text has them. */
#define ITEMS "char(30)"
#define PARTS "char(31)"
#define ITEM '\x1e'
#define PART '\x1f'

/* ?1 is the person's note in all of them. */
static const char person_sql[] =
	"SELECT coalesce(o.name, r.text),"
	" (SELECT pursuing FROM organization AS x WHERE x.note = r.target),"
	" (SELECT stance FROM stance WHERE person = ?1) = 'candid'"
	" FROM (SELECT 1) LEFT JOIN ref AS r ON r.note = ?1 AND r.field = 'organization'"
	" LEFT JOIN note AS o ON o.note = r.target ORDER BY r.seq LIMIT 1";

static const char request_sql[] =
	"SELECT r.day, r.channel, r.bounced, coalesce(r.minutes, (SELECT q.minutes FROM request AS "
	"q"
	"  WHERE q.person = ?1 AND q.minutes IS NOT NULL ORDER BY q.day DESC, q.seq DESC LIMIT 1)),"
	" (SELECT u.messages FROM unanswered AS u WHERE u.person = ?1 AND u.seq = r.seq)"
	" FROM request AS r WHERE r.person = ?1 ORDER BY r.day DESC, r.seq DESC LIMIT 1";

static const char answer_sql[] = "SELECT outcome, day FROM last_answer WHERE person = ?1";

static const char referrers_sql[] =
	"SELECT coalesce(n.name, r.who), n.path, c.relation,"
	" (SELECT min(m.day) FROM met AS m WHERE m.person = r.person AND m.known)"
	" FROM referral AS r LEFT JOIN note AS n ON n.note = r.person"
	" LEFT JOIN contact AS c ON c.note = r.person"
	" WHERE r.referred = ?1 GROUP BY r.who ORDER BY r.note <> ?1, r.line, r.col";

static const char referred_sql[] =
	"SELECT n.name, n.path, r.met,"
	" (SELECT a.day FROM last_answer AS a WHERE a.person = r.referred AND a.outcome = 'no'"
	"  AND a.day >= r.named),"
	" (SELECT min(m.day) FROM ahead AS m JOIN attendance AS a ON a.note = m.note"
	"  WHERE a.person = r.referred),"
	" EXISTS (SELECT 1 FROM record AS x JOIN mention AS y ON y.note = x.note"
	"  AND y.record = x.seq WHERE x.note = ?1 AND x.field = 'reported'"
	"  AND y.target = r.referred AND x.day >= coalesce(r.met, '9999-12-31'))"
	" FROM referral AS r JOIN note AS n ON n.note = r.referred"
	" WHERE r.person = ?1 GROUP BY r.referred ORDER BY coalesce(r.met, '9999-12-31'), n.name";

static const char meetings_sql[] =
	"SELECT n.path, m.day, m.kind, m.via, m.state, m.planned_by, m.paid, m.resume,"
	" EXISTS (SELECT 1 FROM took_place AS t WHERE t.note = m.note),"
	" EXISTS (SELECT 1 FROM unthanked AS u WHERE u.note = m.note AND u.person = ?1),"
	" (SELECT group_concat(name, " ITEMS ") FROM (SELECT x.name FROM attendance AS x"
	"  WHERE x.note = m.note AND x.person IS NOT ?1 AND NOT x.again ORDER BY x.seq)),"
	" (SELECT group_concat(name, " ITEMS ") FROM (SELECT coalesce(x.name, r.text) AS name"
	"  FROM ref AS r LEFT JOIN note AS x ON x.note = r.target"
	"  WHERE r.note = m.note AND r.field = 'referrals' ORDER BY r.seq)),"
	" (SELECT group_concat(text, " ITEMS ") FROM (SELECT l.text || " PARTS
	"  || ifnull(l.reported, '') AS text FROM lead AS l WHERE l.note = m.note ORDER BY l.seq))"
	" FROM attendance AS a JOIN meeting AS m ON m.note = a.note JOIN note AS n ON n.note = "
	"m.note"
	" WHERE a.person = ?1 AND NOT a.again AND m.day IS NOT NULL"
	" ORDER BY m.day DESC, coalesce(m.minute, 0) DESC, n.path DESC";

static const char related_sql[] =
	"SELECT DISTINCT n.path FROM ref AS r JOIN note AS n ON n.note = r.target"
	" WHERE r.note = ?1 AND r.target <> ?1 ORDER BY n.path";

struct reader {
	struct iv_index *index;
	struct iv_letter_facts *facts;
	int64_t person;
	struct iv_error *error;
	/* what grows while it is read */
	struct iv_letter_referrer *referrers;
	struct iv_letter_referred *referred;
	struct iv_letter_meeting *meetings;
	const char **related;
	size_t room;
};

/* ---- columns ---- */

static const char *text(const struct reader *reader, struct iv_stmt *stmt, int column)
{
	return iv_column_text(reader->facts->memory, stmt, column);
}

/* The items of a list in a column; their texts are copies. */
static const struct iv_str *items(size_t *count, const struct reader *reader, struct iv_stmt *stmt,
				  int column)
{
	struct iv_arena *arena = reader->facts->memory;
	struct iv_str rest = iv_arena_str(arena, iv_stmt_text(stmt, column));
	struct iv_str *list = iv_arena_calloc(arena, rest.len + 1, sizeof(*list));

	*count = 0;
	while (rest.len) {
		size_t end = iv_str_find_char(rest, ITEM);

		list[(*count)++] = iv_arena_str(arena, iv_str_slice(rest, 0, end));
		rest = end == SIZE_MAX ? (struct iv_str){NULL, 0}
				       : iv_str_slice(rest, end + 1, rest.len);
	}
	return list;
}

static const char *const *names(size_t *count, const struct reader *reader, struct iv_stmt *stmt,
				int column)
{
	const struct iv_str *list = items(count, reader, stmt, column);
	const char **out = iv_arena_calloc(reader->facts->memory, *count + 1, sizeof(*out));

	for (size_t i = 0; i < *count; i++)
		out[i] = list[i].ptr;
	return out;
}

static const struct iv_letter_lead *leads(size_t *count, const struct reader *reader,
					  struct iv_stmt *stmt, int column)
{
	struct iv_arena *arena = reader->facts->memory;
	const struct iv_str *list = items(count, reader, stmt, column);
	struct iv_letter_lead *out = iv_arena_calloc(arena, *count + 1, sizeof(*out));

	for (size_t i = 0; i < *count; i++) {
		size_t end = iv_str_find_char(list[i], PART);

		out[i].text = iv_arena_str(arena, iv_str_slice(list[i], 0, end)).ptr;
		iv_day_parse(&out[i].reported, iv_str_slice(list[i], end + 1, list[i].len));
	}
	return out;
}

/* ---- rows ---- */

typedef void (*take_fn)(struct reader *reader, struct iv_stmt *stmt);

static void take_person(struct reader *reader, struct iv_stmt *stmt)
{
	reader->facts->organization = text(reader, stmt, 0);
	reader->facts->pursuing = iv_stmt_day(stmt, 1);
	reader->facts->candid = iv_column_flag(stmt, 2);
}

static void take_request(struct reader *reader, struct iv_stmt *stmt)
{
	reader->facts->asked = iv_stmt_day(stmt, 0);
	reader->facts->asked_via = text(reader, stmt, 1);
	reader->facts->bounced = iv_column_flag(stmt, 2);
	reader->facts->minutes = (int)iv_column_number(stmt, 3, -1);
	reader->facts->unanswered = (int)iv_column_number(stmt, 4, 0);
}

static void take_answer(struct reader *reader, struct iv_stmt *stmt)
{
	reader->facts->answer = text(reader, stmt, 0);
	reader->facts->answered = iv_stmt_day(stmt, 1);
}

static void take_referrer(struct reader *reader, struct iv_stmt *stmt)
{
	IV_GROW(reader->referrers, reader->facts->referrer_count, reader->room);
	reader->referrers[reader->facts->referrer_count++] = (struct iv_letter_referrer){
		.name = text(reader, stmt, 0),
		.path = text(reader, stmt, 1),
		.relation = text(reader, stmt, 2),
		.met = iv_stmt_day(stmt, 3),
	};
}

static void take_referred(struct reader *reader, struct iv_stmt *stmt)
{
	IV_GROW(reader->referred, reader->facts->referred_count, reader->room);
	reader->referred[reader->facts->referred_count++] = (struct iv_letter_referred){
		.name = text(reader, stmt, 0),
		.path = text(reader, stmt, 1),
		.met = iv_stmt_day(stmt, 2),
		.declined = iv_stmt_day(stmt, 3),
		.ahead = iv_stmt_day(stmt, 4),
		.told = iv_column_flag(stmt, 5),
	};
}

static void take_meeting(struct reader *reader, struct iv_stmt *stmt)
{
	struct iv_letter_meeting *meeting;

	IV_GROW(reader->meetings, reader->facts->meeting_count, reader->room);
	meeting = &reader->meetings[reader->facts->meeting_count++];
	*meeting = (struct iv_letter_meeting){
		.path = text(reader, stmt, 0),
		.day = iv_stmt_day(stmt, 1),
		.kind = text(reader, stmt, 2),
		.via = text(reader, stmt, 3),
		.state = text(reader, stmt, 4),
		.planned_by = text(reader, stmt, 5),
		.paid = text(reader, stmt, 6),
		.resume = text(reader, stmt, 7),
		.took_place = iv_column_flag(stmt, 8),
		.unthanked = iv_column_flag(stmt, 9),
	};
	meeting->people = names(&meeting->people_count, reader, stmt, 10);
	meeting->referred = names(&meeting->referred_count, reader, stmt, 11);
	meeting->leads = leads(&meeting->lead_count, reader, stmt, 12);
}

static void take_related(struct reader *reader, struct iv_stmt *stmt)
{
	IV_GROW(reader->related, reader->facts->related_count, reader->room);
	reader->related[reader->facts->related_count++] = text(reader, stmt, 0);
}

/* ---- all of it ---- */

static int ask(struct reader *reader, const char *sql, take_fn take)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, iv_index_db(reader->index), sql, reader->error);

	if (rc)
		return rc;
	reader->room = 0;
	iv_stmt_bind_int(stmt, 1, reader->person);
	while ((rc = iv_stmt_step(stmt, reader->error)) == 1)
		take(reader, stmt);
	iv_stmt_free(stmt);
	return rc;
}

static int find_person(struct reader *reader, const char *path)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, iv_index_db(reader->index),
			     "SELECT note FROM note WHERE path = ?1", reader->error);

	if (rc)
		return rc;
	iv_stmt_bind_text(stmt, 1, iv_str_of(path));
	rc = iv_stmt_step(stmt, reader->error);
	if (rc == 1)
		reader->person = iv_stmt_int(stmt, 0);
	iv_stmt_free(stmt);
	if (!rc)
		return iv_error_set(reader->error, IV_ENOTFOUND, "no note '%s'", path);
	return rc < 0 ? rc : 0;
}

static void keep_lists(struct reader *reader)
{
	struct iv_letter_facts *facts = reader->facts;
	struct iv_arena *arena = facts->memory;

	facts->referrers = iv_arena_copy(arena, reader->referrers, facts->referrer_count,
					 sizeof(*reader->referrers));
	facts->referred = iv_arena_copy(arena, reader->referred, facts->referred_count,
					sizeof(*reader->referred));
	facts->meetings = iv_arena_copy(arena, reader->meetings, facts->meeting_count,
					sizeof(*reader->meetings));
	facts->related = iv_arena_copy(arena, reader->related, facts->related_count,
				       sizeof(*reader->related));
	free(reader->referrers);
	free(reader->referred);
	free(reader->meetings);
	free(reader->related);
}

static int read_facts(struct iv_letter_facts *out, struct iv_index *index, const char *path,
		      struct iv_error *error)
{
	static const struct {
		const char *sql;
		take_fn take;
	} questions[] = {
		{person_sql, take_person},     {request_sql, take_request},
		{answer_sql, take_answer},     {referrers_sql, take_referrer},
		{referred_sql, take_referred}, {meetings_sql, take_meeting},
		{related_sql, take_related},
	};
	struct reader reader = {.index = index, .facts = out, .error = error};
	int rc;

	*out = (struct iv_letter_facts){
		.pursuing = IV_NO_DAY,
		.asked = IV_NO_DAY,
		.answered = IV_NO_DAY,
		.minutes = -1,
		.memory = iv_arena_new(),
	};
	rc = find_person(&reader, path);
	for (size_t i = 0; !rc && i < sizeof(questions) / sizeof(*questions); i++)
		rc = ask(&reader, questions[i].sql, questions[i].take);
	keep_lists(&reader);
	if (rc)
		iv_letter_facts_release(out);
	return rc;
}

int iv_index_letter(struct iv_letter_facts *out, struct iv_index *index, const char *path,
		    struct iv_error *error)
{
	int rc;

	while ((rc = read_facts(out, index, path, error)) && iv_index_retry(index, error))
		;
	return rc;
}

void iv_letter_facts_release(struct iv_letter_facts *facts)
{
	iv_arena_free(facts->memory);
	*facts = (struct iv_letter_facts){0};
}
