/* Rows of the history cache as commits again. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "index/column.h"
#include "index/past.h"

struct reading {
	struct iv_past *past;
	struct iv_past_commits *out;
	struct iv_arena *arena;
	size_t *places;      /* in *out, of each of past->revisions; SIZE_MAX: not asked for */
	int64_t first, last; /* numbers of what was asked for */
	size_t at;           /* in past->revisions: where the rows have come to */
	struct iv_past_note *notes; /* of one commit, or acts of one note, while they are read */
	size_t note_count, note_capacity;
	struct iv_act *acts;
	size_t act_count, act_capacity;
};

static void choose(struct reading *reading, const char *const *ids, size_t count)
{
	const struct iv_past *past = reading->past;
	struct iv_past_commits *out = reading->out;

	for (size_t i = 0; i < past->count; i++)
		reading->places[i] = SIZE_MAX;
	reading->first = INT64_MAX;
	for (size_t i = 0, at; i < count; i++) {
		const struct past_revision *revision;
		if (!iv_map_get(&past->ids, iv_str_of(ids[i]), &at))
			continue;
		revision = &past->revisions[at];
		reading->places[at] = out->count;
		out->items[out->count++] = (struct iv_past_commit){
			.id = revision->id,
			.parents = revision->parents,
			.parent_count = revision->parent_count,
			.time = revision->time,
			.day = revision->day,
			.cut = revision->state && !strcmp(revision->state, "cut"),
		};
		if (revision->number < reading->first)
			reading->first = revision->number;
		if (revision->number > reading->last)
			reading->last = revision->number;
	}
}

/* ---- rows ---- */

static const char *text_of(const struct reading *reading, struct iv_stmt *stmt, int column)
{
	struct iv_str text = iv_stmt_text(stmt, column);

	return text.ptr ? iv_arena_str(reading->arena, text).ptr : NULL;
}

static struct iv_str slice_of(const struct reading *reading, struct iv_stmt *stmt, int column)
{
	struct iv_str text = iv_stmt_text(stmt, column);

	return text.ptr ? iv_arena_str(reading->arena, text) : text;
}

/* The index of a word, or 0 for none that is known. */
static int index_of(struct iv_str text, const char *(*word)(int), int count)
{
	for (int i = 0; text.len && i < count; i++)
		if (iv_str_is(text, word(i)))
			return i;
	return 0;
}

static const char *verb_word(int i)
{
	return iv_verb_word((enum iv_verb)i);
}

static const char *channel_word(int i)
{
	return iv_channel_word((enum iv_channel)i);
}

static const char *outcome_word(int i)
{
	return iv_outcome_word((enum iv_outcome)i);
}

static const char *type_word(int i)
{
	return iv_type_word((enum iv_type)i);
}

static const char *kind_word(int i)
{
	return iv_past_kind_word((enum iv_past_kind)i);
}

/* The commit of the row's first column, if it was asked for. Rows come by it. */
static struct iv_past_commit *commit_of(struct reading *reading, struct iv_stmt *stmt)
{
	const struct iv_past *past = reading->past;
	int64_t number = iv_stmt_int(stmt, 0);

	while (reading->at < past->count && past->revisions[reading->at].number < number)
		reading->at++;
	if (reading->at == past->count || past->revisions[reading->at].number != number ||
	    reading->places[reading->at] == SIZE_MAX)
		return NULL;
	return &reading->out->items[reading->places[reading->at]];
}

static int start(struct iv_stmt **out, struct reading *reading, const char *sql,
		 struct iv_error *error)
{
	int rc = iv_stmt_new(out, reading->past->db, sql, error);

	if (rc)
		return rc;
	iv_stmt_bind_int(*out, 1, reading->first);
	iv_stmt_bind_int(*out, 2, reading->last);
	reading->at = 0;
	return IV_OK;
}

#define OF_THESE " WHERE revision BETWEEN ?1 AND ?2 ORDER BY "

static int read_revisions(struct reading *reading, struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = start(&stmt, reading,
		       "SELECT revision, written, zone, author, email, subject, state = "
		       "'unreadable' FROM revision" OF_THESE "revision",
		       error);

	while (!rc && (rc = iv_stmt_step(stmt, error)) == 1) {
		struct iv_past_commit *commit = commit_of(reading, stmt);
		rc = IV_OK;
		if (!commit)
			continue;
		commit->written = iv_stmt_int(stmt, 1);
		commit->zone = (int)iv_stmt_int(stmt, 2);
		commit->author = text_of(reading, stmt, 3);
		commit->email = text_of(reading, stmt, 4);
		commit->subject = text_of(reading, stmt, 5);
		commit->unreadable = iv_column_flag(stmt, 6);
	}
	iv_stmt_free(stmt);
	return rc;
}

static struct iv_past_note note_of(const struct reading *reading, struct iv_stmt *stmt)
{
	return (struct iv_past_note){
		.kind = (enum iv_past_kind)index_of(iv_stmt_text(stmt, 1), kind_word,
						    IV_PAST_REMOVED + 1),
		.path = text_of(reading, stmt, 2),
		.from = text_of(reading, stmt, 3),
		.type = (enum iv_type)index_of(iv_stmt_text(stmt, 4), type_word,
					       IV_TYPE_ORGANIZATION + 1),
		.key = text_of(reading, stmt, 5),
		.name = text_of(reading, stmt, 6),
		.unreadable = iv_column_flag(stmt, 7),
	};
}

static void keep_notes(struct reading *reading, struct iv_past_commit *commit)
{
	if (!commit)
		return;
	commit->notes = iv_arena_copy(reading->arena, reading->notes, reading->note_count,
				      sizeof(*reading->notes));
	commit->note_count = reading->note_count;
	reading->note_count = 0;
}

static int read_notes(struct reading *reading, struct iv_error *error)
{
	struct iv_past_commit *commit, *last = NULL;
	struct iv_stmt *stmt;
	int rc = start(&stmt, reading,
		       "SELECT revision, kind, path, origin, type, key, name, unreadable FROM "
		       "change" OF_THESE "revision, seq",
		       error);

	while (!rc && (rc = iv_stmt_step(stmt, error)) == 1) {
		rc = IV_OK;
		commit = commit_of(reading, stmt);
		if (commit != last)
			keep_notes(reading, last);
		last = commit;
		if (!commit)
			continue;
		IV_GROW(reading->notes, reading->note_count, reading->note_capacity);
		reading->notes[reading->note_count++] = note_of(reading, stmt);
	}
	keep_notes(reading, last);
	iv_stmt_free(stmt);
	return rc;
}

static struct iv_act act_of(const struct reading *reading, struct iv_stmt *stmt)
{
	return (struct iv_act){
		.verb = (enum iv_verb)index_of(iv_stmt_text(stmt, 2), verb_word, IV_VERB_COUNT),
		.who = slice_of(reading, stmt, 3),
		.name = slice_of(reading, stmt, 4),
		.other = slice_of(reading, stmt, 5),
		.field = text_of(reading, stmt, 6),
		.day = iv_stmt_day(stmt, 7),
		.minute = (int)iv_column_number(stmt, 8, -1),
		.channel = (enum iv_channel)index_of(iv_stmt_text(stmt, 9), channel_word,
						     IV_CHANNEL_IN_PERSON + 1),
		.outcome = (enum iv_outcome)index_of(iv_stmt_text(stmt, 10), outcome_word,
						     IV_OUTCOME_BOUNCED + 1),
		.later = iv_stmt_day(stmt, 11),
		.text = slice_of(reading, stmt, 12),
		.was = slice_of(reading, stmt, 13),
		.now = slice_of(reading, stmt, 14),
		.line = (uint32_t)iv_stmt_int(stmt, 15),
	};
}

static void keep_acts(struct reading *reading, struct iv_past_note *note)
{
	if (!note)
		return;
	for (size_t i = 0; i < reading->act_count; i++)
		reading->acts[i].note = iv_str_of(note->key);
	note->acts = iv_arena_copy(reading->arena, reading->acts, reading->act_count,
				   sizeof(*reading->acts));
	note->act_count = reading->act_count;
	reading->act_count = 0;
}

static struct iv_past_note *note_at(struct iv_past_commit *commit, int64_t place)
{
	if (!commit || place < 0 || (uint64_t)place >= commit->note_count)
		return NULL;
	return (struct iv_past_note *)&commit->notes[place];
}

static int read_acts(struct reading *reading, struct iv_error *error)
{
	struct iv_past_note *note, *last = NULL;
	struct iv_stmt *stmt;
	int rc = start(&stmt, reading,
		       "SELECT revision, change, verb, who, name, other, field, day, minute, "
		       "channel, outcome, later, text, was, now, line FROM act" OF_THESE
		       "revision, change, seq",
		       error);

	while (!rc && (rc = iv_stmt_step(stmt, error)) == 1) {
		rc = IV_OK;
		note = note_at(commit_of(reading, stmt), iv_stmt_int(stmt, 1));
		if (note != last)
			keep_acts(reading, last);
		last = note;
		if (!note)
			continue;
		IV_GROW(reading->acts, reading->act_count, reading->act_capacity);
		reading->acts[reading->act_count++] = act_of(reading, stmt);
	}
	keep_acts(reading, last);
	iv_stmt_free(stmt);
	return rc;
}

int iv_past_read(struct iv_past_commits *out, struct iv_past *past, const char *const *ids,
		 size_t count, struct iv_error *error)
{
	struct reading reading = {.past = past, .out = out, .arena = iv_arena_new()};
	int rc;

	*out = (struct iv_past_commits){.memory = reading.arena};
	out->items = iv_arena_calloc(reading.arena, count + 1, sizeof(*out->items));
	reading.places = iv_calloc(past->count + 1, sizeof(*reading.places));
	choose(&reading, ids, count);
	rc = read_revisions(&reading, error);
	if (!rc)
		rc = read_notes(&reading, error);
	if (!rc)
		rc = read_acts(&reading, error);
	free(reading.places);
	free(reading.notes);
	free(reading.acts);
	if (rc)
		iv_past_commits_release(out);
	return rc;
}

void iv_past_commits_release(struct iv_past_commits *commits)
{
	if (commits->memory)
		iv_arena_free(commits->memory);
	memset(commits, 0, sizeof(*commits));
}
