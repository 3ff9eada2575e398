/* Commits as rows of the history cache, and which of them are there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "index/past.h"
#include "index/rows.h"

/* ---- writing ---- */

struct past_writer {
	struct iv_rows *revisions, *changes, *acts;
	struct iv_arena *arena; /* of texts that wait */
	struct iv_map late;     /* ids that another process wrote since we looked */
	struct iv_arena *late_texts;
	int64_t next; /* number of a revision */
};

static int64_t last_number(const struct iv_past *past)
{
	return past->count ? past->revisions[past->count - 1].number : 0;
}

void iv_past_writer_free(struct iv_past *past)
{
	struct past_writer *writer = past->writer;

	if (!writer)
		return;
	iv_rows_free(writer->revisions);
	iv_rows_free(writer->changes);
	iv_rows_free(writer->acts);
	iv_map_release(&writer->late);
	iv_arena_free(writer->late_texts);
	iv_arena_free(writer->arena);
	free(writer);
	past->writer = NULL;
	if (iv_db_in_transaction(past->db))
		iv_db_exec(past->db, "ROLLBACK", NULL);
	iv_keeping_unlock(&past->keeping);
}

/* What another process has written meanwhile need not be put again. */
static int read_late(struct past_writer *writer, const struct iv_past *past, struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, past->db,
			     "SELECT revision, id FROM revision WHERE revision > ?1 ORDER BY 1",
			     error);

	writer->next = last_number(past) + 1;
	if (rc)
		return rc;
	iv_stmt_bind_int(stmt, 1, last_number(past));
	while ((rc = iv_stmt_step(stmt, error)) == 1) {
		writer->next = iv_stmt_int(stmt, 0) + 1;
		iv_map_put(&writer->late, iv_arena_str(writer->late_texts, iv_stmt_text(stmt, 1)),
			   0);
	}
	iv_stmt_free(stmt);
	return rc;
}

static int begin(struct iv_past *past, struct iv_error *error)
{
	struct past_writer *writer = iv_calloc(1, sizeof(*writer));
	int rc = iv_past_begin(past, error);

	past->writer = writer;
	writer->arena = iv_arena_new();
	writer->late_texts = iv_arena_new();
	if (!rc)
		rc = read_late(writer, past, error);
	if (!rc)
		rc = iv_rows_new(&writer->revisions, past->db, "INSERT INTO revision", 11, error);
	if (!rc)
		rc = iv_rows_new(&writer->changes, past->db, "INSERT INTO change", 9, error);
	if (!rc)
		rc = iv_rows_new(&writer->acts, past->db, "INSERT INTO act", 17, error);
	return rc;
}

static int flush(struct past_writer *writer, struct iv_error *error)
{
	int rc = iv_rows_write(writer->revisions, error);

	if (!rc)
		rc = iv_rows_write(writer->changes, error);
	if (!rc)
		rc = iv_rows_write(writer->acts, error);
	iv_arena_reset(writer->arena);
	return rc;
}

/* What is kept of a text: nobody is shown more. */
#define TEXT_MAX 300

static struct iv_str cut(struct iv_str text)
{
	size_t end = text.len;

	if (end <= TEXT_MAX)
		return text;
	for (end = TEXT_MAX; end && ((unsigned char)text.ptr[end] & 0xc0) == 0x80;)
		end--;
	return iv_str_slice(text, 0, end);
}

/* A text that stays until it is written; NULL for none. */
static void put_text(struct past_writer *writer, struct iv_rows *rows, struct iv_str text)
{
	iv_rows_text(rows, text.ptr ? iv_arena_str(writer->arena, text) : text);
}

static void put_word(struct iv_rows *rows, const char *word)
{
	iv_rows_text(rows, iv_str_of(word && *word ? word : NULL));
}

static void put_act(struct past_writer *writer, size_t change, size_t seq, const struct iv_act *act)
{
	struct iv_rows *rows = writer->acts;

	iv_rows_int(rows, writer->next);
	iv_rows_int(rows, (int64_t)change);
	iv_rows_int(rows, (int64_t)seq);
	put_word(rows, iv_verb_word(act->verb));
	put_text(writer, rows, act->who);
	put_text(writer, rows, act->name);
	put_text(writer, rows, act->other);
	put_text(writer, rows, iv_str_of(act->field));
	iv_rows_day(rows, act->day);
	if (act->minute < 0)
		iv_rows_text(rows, (struct iv_str){NULL, 0});
	else
		iv_rows_int(rows, act->minute);
	put_word(rows, iv_channel_word(act->channel));
	put_word(rows, iv_outcome_word(act->outcome));
	iv_rows_day(rows, act->later);
	put_text(writer, rows, cut(act->text));
	put_text(writer, rows, cut(act->was));
	put_text(writer, rows, cut(act->now));
	iv_rows_int(rows, act->line);
}

static void put_note(struct past_writer *writer, size_t seq, const struct iv_past_note *note)
{
	struct iv_rows *rows = writer->changes;

	iv_rows_int(rows, writer->next);
	iv_rows_int(rows, (int64_t)seq);
	put_word(rows, iv_past_kind_word(note->kind));
	put_text(writer, rows, iv_str_of(note->path));
	put_text(writer, rows, iv_str_of(note->from));
	put_word(rows, iv_type_word(note->type));
	put_text(writer, rows, iv_str_of(note->key));
	put_text(writer, rows, iv_str_of(note->name));
	iv_rows_int(rows, note->unreadable);
}

static struct iv_str join_parents(struct past_writer *writer, const struct iv_past_commit *commit)
{
	struct iv_buf text = IV_BUF_INIT;
	struct iv_str joined;

	for (size_t i = 0; i < commit->parent_count; i++)
		iv_buf_printf(&text, "%s%s", i ? " " : "", commit->parents[i]);
	joined = iv_arena_str(writer->arena, iv_buf_view(&text));
	iv_buf_release(&text);
	return joined;
}

static void put_revision(struct past_writer *writer, const struct iv_past_commit *commit,
			 const char *state)
{
	struct iv_rows *rows = writer->revisions;

	iv_rows_int(rows, writer->next);
	put_text(writer, rows, iv_str_of(commit->id));
	iv_rows_text(rows, join_parents(writer, commit));
	iv_rows_int(rows, commit->time);
	iv_rows_int(rows, commit->written);
	iv_rows_int(rows, commit->zone);
	iv_rows_day(rows, commit->day);
	put_text(writer, rows, iv_str_of(commit->author));
	put_text(writer, rows, iv_str_of(commit->email));
	put_text(writer, rows, iv_str_of(commit->subject));
	put_word(rows, state);
}

/* NULL: all of it is known, and for ever. */
static const char *state_of(const struct iv_past_commit *commit)
{
	bool whole = !commit->unreadable;

	for (size_t i = 0; i < commit->note_count; i++)
		whole = whole && !commit->notes[i].unreadable;
	return commit->cut ? "cut" : whole ? NULL : "unreadable";
}

static int forget(struct iv_past *past, int64_t number, struct iv_error *error)
{
	char sql[160];

	snprintf(sql, sizeof(sql),
		 "DELETE FROM revision WHERE revision = %lld; DELETE FROM change WHERE revision = "
		 "%lld; DELETE FROM act WHERE revision = %lld",
		 (long long)number, (long long)number, (long long)number);
	return iv_db_exec(past->db, sql, error);
}

static int write_commit(struct iv_past *past, const struct iv_past_commit *commit,
			const char *state, struct iv_error *error)
{
	struct past_writer *writer = past->writer;

	put_revision(writer, commit, state);
	for (size_t i = 0; i < commit->note_count; i++) {
		put_note(writer, i, &commit->notes[i]);
		for (size_t j = 0; j < commit->notes[i].act_count; j++)
			put_act(writer, i, j, &commit->notes[i].acts[j]);
	}
	writer->next++;
	return iv_rows_full(writer->acts) || iv_rows_full(writer->changes) ||
			       iv_rows_full(writer->revisions)
		       ? flush(writer, error)
		       : IV_OK;
}

int iv_past_put(struct iv_past *past, const struct iv_past_commit *commit, struct iv_error *error)
{
	const char *state = state_of(commit);
	size_t at = SIZE_MAX;
	bool there = iv_map_get(&past->ids, iv_str_of(commit->id), &at);
	int rc = IV_OK;

	/* What a shallow clone has of it does not change until it is whole. */
	if (there && state && past->revisions[at].state &&
	    !strcmp(state, past->revisions[at].state) && commit->cut)
		return IV_OK;
	if (!past->writer)
		rc = begin(past, error);
	if (!rc && iv_map_get(&past->writer->late, iv_str_of(commit->id), NULL))
		return IV_OK;
	if (!rc && there)
		rc = forget(past, past->revisions[at].number, error);
	return rc ? rc : write_commit(past, commit, state, error);
}

int iv_past_keep(struct iv_past *past, struct iv_error *error)
{
	int rc;

	if (!past->writer)
		return IV_OK;
	rc = flush(past->writer, error);
	if (!rc)
		rc = iv_db_exec(past->db, "COMMIT", error);
	if (!rc)
		rc = iv_past_settle(past, error);
	iv_past_writer_free(past);
	return rc;
}

/* ---- what is known ---- */

void iv_past_forget(struct iv_past *past)
{
	iv_map_release(&past->ids);
	free(past->revisions);
	past->revisions = NULL;
	past->count = past->capacity = 0;
	iv_arena_reset(past->memory);
}

static void read_parents(struct past_revision *revision, struct iv_arena *arena, struct iv_str text)
{
	size_t count = (text.len + 1) / 41;
	const char **parents = iv_arena_calloc(arena, count + 1, sizeof(*parents));

	for (size_t i = 0; i < count; i++)
		parents[i] = iv_arena_str(arena, iv_str_word(text, &text)).ptr;
	revision->parents = parents;
	revision->parent_count = count;
}

static void add_revision(struct iv_past *past, struct iv_stmt *stmt)
{
	struct iv_str id = iv_arena_str(past->memory, iv_stmt_text(stmt, 1));
	struct past_revision revision = {
		.number = iv_stmt_int(stmt, 0),
		.id = id.ptr,
		.time = iv_stmt_int(stmt, 3),
		.day = iv_stmt_day(stmt, 4),
	};

	read_parents(&revision, past->memory, iv_stmt_text(stmt, 2));
	if (!iv_stmt_is_null(stmt, 5))
		revision.state = iv_arena_str(past->memory, iv_stmt_text(stmt, 5)).ptr;
	IV_GROW(past->revisions, past->count, past->capacity);
	iv_map_put(&past->ids, id, past->count);
	past->revisions[past->count++] = revision;
}

int iv_past_settle(struct iv_past *past, struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, past->db,
			     "SELECT revision, id, parents, time, day, state FROM revision"
			     " WHERE revision > ?1 ORDER BY revision",
			     error);

	if (rc)
		return rc;
	iv_stmt_bind_int(stmt, 1, last_number(past));
	while ((rc = iv_stmt_step(stmt, error)) == 1)
		add_revision(past, stmt);
	iv_stmt_free(stmt);
	return rc;
}

bool iv_past_known(struct iv_past *past, const char *id, struct iv_past_commit *out)
{
	const struct past_revision *revision;
	size_t at;

	if (!iv_map_get(&past->ids, iv_str_of(id), &at) || past->revisions[at].state)
		return false;
	revision = &past->revisions[at];
	*out = (struct iv_past_commit){
		.id = revision->id,
		.parents = revision->parents,
		.parent_count = revision->parent_count,
		.time = revision->time,
	};
	return true;
}
