/* What was asked and what came of it: rounds of requests, and the meetings that took place. */
#include "index/tally.h"

#include <stdlib.h>

#include "base/mem.h"
#include "index/column.h"
#include "index/update.h"

/* ?1 is the day as seen from which all is told, here and below. */
static const char seen_sql[] =
	"SELECT m.person, m.name, p.path, n.path, m.day, m.kind = 'catch-up',"
	" (SELECT min(t.day) FROM thanks AS t WHERE t.note = m.note AND t.who = m.who"
	"  AND t.written AND NOT t.skipped AND t.day BETWEEN m.day AND ?1),"
	" EXISTS (SELECT 1 FROM thanks AS t WHERE t.note = m.note AND t.who = m.who AND t.skipped),"
	" plus(m.day, setting('thank-you.after')),"
	" (SELECT count(DISTINCT coalesce(r.target, r.key)) FROM ref AS r"
	"  WHERE r.note = m.note AND r.field = 'referrals')"
	" FROM met AS m JOIN note AS n ON n.note = m.note LEFT JOIN note AS p ON p.note = m.person"
	" WHERE NOT m.again AND m.day <= ?1 AND (m.known OR m.day < ?1)"
	" ORDER BY m.day, n.path, m.seq";

/* The answers of a round stand in its own records; the last one's day and outcome are one text. */
static const char askings_sql[] =
	"WITH asked AS MATERIALIZED ("
	"  SELECT *, lead(first) OVER (PARTITION BY person ORDER BY first, seq) AS next FROM asking"
	"  WHERE first <= ?1)"
	" SELECT a.person, n.name, n.path, c.source,"
	" (SELECT coalesce(o.name, r.text) FROM ref AS r LEFT JOIN note AS o ON o.note = r.target"
	"  WHERE r.note = a.person AND r.field = 'organization' ORDER BY r.seq LIMIT 1),"
	" (SELECT r.channel FROM round AS q JOIN request AS r"
	"  ON r.person = q.person AND r.seq = q.seq WHERE q.person = a.person AND q.last = a.seq"
	"  ORDER BY r.day, r.seq LIMIT 1),"
	" a.first, a.last, a.messages,"
	" (SELECT x.day || x.outcome FROM round AS q JOIN answer AS x"
	"  ON x.person = q.person AND x.seq = q.seq"
	"  WHERE q.person = a.person AND q.last = a.seq AND x.day <= ?1"
	"  ORDER BY x.day DESC, x.seq DESC LIMIT 1),"
	" a.next,"
	" EXISTS (SELECT 1 FROM appointment AS p WHERE p.person = a.person AND p.open"
	"  AND p.day >= a.first AND (a.next IS NULL OR p.day < a.next))"
	" FROM asked AS a JOIN note AS n ON n.note = a.person JOIN contact AS c ON c.note = "
	"a.person"
	" ORDER BY a.first, fold(n.name), n.path, a.seq";

#define DAY_LEN 10 /* of 2026-11-18 */

/* A row of seen_sql with what is asked of it again. */
struct sight {
	int64_t person;
	struct iv_seen seen;
};

struct reader {
	struct iv_arena *arena;
	iv_day from, to, today;
	struct sight *sights;
	size_t sight_count, sight_room;
	size_t *of_people; /* sights with a person's note, by person and day */
	size_t of_count;
	struct iv_asking *askings;
	size_t asking_count, asking_room;
};

/* ---- meetings ---- */

static enum iv_gratitude gratitude(const struct reader *reader, struct iv_stmt *stmt)
{
	iv_day thanked = iv_stmt_day(stmt, 6), due = iv_stmt_day(stmt, 8);
	bool waived = iv_stmt_int(stmt, 5) || iv_stmt_int(stmt, 7) || due == IV_NO_DAY;

	if (thanked != IV_NO_DAY && due != IV_NO_DAY)
		return thanked <= due ? IV_THANKS_IN_TIME : IV_THANKS_LATE;
	if (waived)
		return IV_THANKS_NONE;
	return due < reader->today ? IV_THANKS_MISSING : IV_THANKS_OPEN;
}

static void take_seen(void *data, struct iv_stmt *stmt)
{
	struct reader *reader = data;
	const struct iv_seen *last =
		reader->sight_count ? &reader->sights[reader->sight_count - 1].seen : NULL;
	struct iv_seen seen = {
		.name = iv_column_text(reader->arena, stmt, 1),
		.path = iv_column_text(reader->arena, stmt, 2),
		.meeting = iv_column_text(reader->arena, stmt, 3),
		.day = iv_stmt_day(stmt, 4),
		.thanked = iv_stmt_day(stmt, 6),
		.thanks = gratitude(reader, stmt),
	};

	seen.first = !last || !iv_str_is(iv_str_of(last->meeting), seen.meeting);
	seen.named = seen.first ? iv_stmt_int(stmt, 9) : 0;
	IV_GROW(reader->sights, reader->sight_count, reader->sight_room);
	reader->sights[reader->sight_count++] = (struct sight){iv_stmt_int(stmt, 0), seen};
}

/* By person; a person's stay in the order of their days. */
struct place {
	int64_t person;
	size_t at;
};

static int by_person(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->person != y->person)
		return x->person > y->person ? 1 : -1;
	return (x->at > y->at) - (x->at < y->at);
}

static void order_sights(struct reader *reader)
{
	struct place *places = iv_calloc(reader->sight_count + 1, sizeof(*places));

	for (size_t i = 0; i < reader->sight_count; i++)
		if (reader->sights[i].person)
			places[reader->of_count++] = (struct place){reader->sights[i].person, i};
	if (reader->of_count > 1)
		qsort(places, reader->of_count, sizeof(*places), by_person);
	reader->of_people = iv_arena_calloc(reader->arena, reader->of_count + 1, sizeof(size_t));
	for (size_t i = 0; i < reader->of_count; i++)
		reader->of_people[i] = places[i].at;
	free(places);
}

/* The first meeting with that person from `first` on and before `next`, or NULL. */
static const struct iv_seen *meeting_after(const struct reader *reader, int64_t person,
					   iv_day first, iv_day next)
{
	size_t low = 0, high = reader->of_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct sight *sight = &reader->sights[reader->of_people[middle]];

		if (sight->person < person || (sight->person == person && sight->seen.day < first))
			low = middle + 1;
		else
			high = middle;
	}
	if (low < reader->of_count) {
		const struct sight *sight = &reader->sights[reader->of_people[low]];

		if (sight->person == person && (next == IV_NO_DAY || sight->seen.day < next))
			return &sight->seen;
	}
	return NULL;
}

/* ---- requests ---- */

static enum iv_fate fate_of(const struct reader *reader, const struct iv_asking *asking,
			    struct iv_str outcome, bool arranged)
{
	if (asking->met != IV_NO_DAY || iv_str_is(outcome, "yes"))
		return IV_FATE_YES;
	if (iv_str_is(outcome, "no"))
		return IV_FATE_NO;
	if (arranged)
		return IV_FATE_YES;
	if (iv_str_is(outcome, "later"))
		return IV_FATE_LATER;
	if (!asking->messages)
		return IV_FATE_BOUNCED;
	return asking->last < reader->today - IV_PATIENCE ? IV_FATE_SILENT : IV_FATE_WAITING;
}

static bool is_asked_for(const struct reader *reader, iv_day day)
{
	return (reader->from == IV_NO_DAY || day >= reader->from) &&
	       (reader->to == IV_NO_DAY || day <= reader->to);
}

static void take_asking(void *data, struct iv_stmt *stmt)
{
	struct reader *reader = data;
	struct iv_str answer = iv_stmt_text(stmt, 9);
	struct iv_asking asking = {
		.name = iv_column_text(reader->arena, stmt, 1),
		.path = iv_column_text(reader->arena, stmt, 2),
		.source = iv_column_text(reader->arena, stmt, 3),
		.organization = iv_column_text(reader->arena, stmt, 4),
		.via = iv_column_text(reader->arena, stmt, 5),
		.first = iv_stmt_day(stmt, 6),
		.last = iv_stmt_day(stmt, 7),
		.messages = iv_stmt_int(stmt, 8),
		.answered = IV_NO_DAY,
		.met = IV_NO_DAY,
		.thanked = IV_NO_DAY,
	};
	const struct iv_seen *seen =
		meeting_after(reader, iv_stmt_int(stmt, 0), asking.first, iv_stmt_day(stmt, 10));

	if (!is_asked_for(reader, asking.first))
		return;
	if (seen) {
		asking.met = seen->day;
		asking.thanked = seen->thanked;
		asking.thanks = seen->thanks;
	}
	iv_day_parse(&asking.answered, iv_str_slice(answer, 0, DAY_LEN));
	asking.fate = fate_of(reader, &asking, iv_str_slice(answer, DAY_LEN, answer.len),
			      iv_column_flag(stmt, 11));
	IV_GROW(reader->askings, reader->asking_count, reader->asking_room);
	reader->askings[reader->asking_count++] = asking;
}

/* ---- the whole ---- */

static void give(struct iv_tally *out, struct reader *reader)
{
	*out = (struct iv_tally){
		.askings = iv_arena_copy(reader->arena, reader->askings, reader->asking_count,
					 sizeof(*reader->askings)),
		.asking_count = reader->asking_count,
		.seen = iv_arena_calloc(reader->arena, reader->sight_count + 1, sizeof(*out->seen)),
		.memory = reader->arena,
	};
	for (size_t i = 0; i < reader->sight_count; i++)
		if (is_asked_for(reader, reader->sights[i].seen.day))
			out->seen[out->seen_count++] = reader->sights[i].seen;
}

static int read_tally(struct iv_tally *out, struct iv_index *index, iv_day from, iv_day to,
		      iv_day today, struct iv_error *error)
{
	struct reader reader = {.arena = iv_arena_new(), .from = from, .to = to, .today = today};
	struct iv_db *db = iv_index_db(index);
	int rc = iv_each_row(db, seen_sql, 1, today, take_seen, &reader, error);

	order_sights(&reader);
	if (!rc)
		rc = iv_each_row(db, askings_sql, 1, today, take_asking, &reader, error);
	give(out, &reader);
	free(reader.sights);
	free(reader.askings);
	if (rc)
		iv_tally_release(out);
	return rc;
}

int iv_index_tally(struct iv_tally *out, struct iv_index *index, iv_day from, iv_day to,
		   iv_day today, struct iv_error *error)
{
	int rc;

	while ((rc = read_tally(out, index, from, to, today, error)) &&
	       iv_index_retry(index, error))
		;
	return rc;
}

void iv_tally_release(struct iv_tally *tally)
{
	iv_arena_free(tally->memory);
	*tally = (struct iv_tally){0};
}
