#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "index/rows.h"
#include "index/settle.h"

/* ---- mentions ---- */

struct mention_writer {
	struct iv_stmt *insert;
	int64_t note, record;
	int rc;
	struct iv_error *error;
};

static int mention_writer_init(struct mention_writer *out, struct iv_db *db, struct iv_error *error)
{
	*out = (struct mention_writer){.error = error};
	return iv_stmt_new(&out->insert, db, "INSERT OR IGNORE INTO mention VALUES (?1, ?2, ?3)",
			   error);
}

static void write_mention(void *data, int64_t target)
{
	struct mention_writer *writer = data;

	if (target == writer->note)
		return;
	iv_stmt_bind_int(writer->insert, 1, writer->note);
	iv_stmt_bind_int(writer->insert, 2, writer->record);
	iv_stmt_bind_int(writer->insert, 3, target);
	if (!writer->rc)
		writer->rc = iv_stmt_run(writer->insert, writer->error);
	else
		iv_stmt_reset(writer->insert);
}

/* ---- the notes that were put ---- */

/* A number, or nothing. */
static void put_number(struct iv_rows *rows, bool there, int64_t number)
{
	if (there)
		iv_rows_int(rows, number);
	else
		iv_rows_text(rows, (struct iv_str){NULL, 0});
}

static void put_ref(struct iv_rows *rows, const struct iv_pending_ref *ref,
		    struct iv_resolved resolved)
{
	iv_rows_int(rows, ref->note);
	iv_rows_int(rows, ref->seq);
	iv_rows_text(rows, ref->field);
	put_number(rows, ref->record >= 0, ref->record);
	iv_rows_text(rows, iv_str_of(iv_form_word(ref->form)));
	iv_rows_int(rows, ref->pos.line);
	iv_rows_int(rows, ref->pos.column);
	iv_rows_text(rows, ref->text);
	iv_rows_text(rows, ref->key);
	put_number(rows, resolved.target, resolved.target);
	iv_rows_int(rows, resolved.matches);
}

void iv_settle_resolve(struct iv_settle *settle)
{
	const struct iv_pending *pending = settle->pending;

	settle->resolved = iv_calloc(pending->ref_count + 1, sizeof(*settle->resolved));
	for (size_t i = 0; i < pending->ref_count; i++) {
		const struct iv_pending_ref *ref = &pending->refs[i];
		struct iv_wanted wanted = {ref->form, ref->field, ref->key, ref->path};

		settle->resolved[i] = iv_resolve(settle->resolver, &wanted);
	}
}

void iv_settle_release(struct iv_settle *settle)
{
	free(settle->resolved);
}

static int write_refs(struct iv_settle *settle, struct mention_writer *mentions,
		      struct iv_error *error)
{
	const struct iv_pending *pending = settle->pending;
	struct iv_rows *rows;
	int rc = iv_rows_new(&rows, settle->db, "INSERT INTO ref", 11, error);

	for (size_t i = 0; !rc && i < pending->ref_count; i++) {
		const struct iv_pending_ref *ref = &pending->refs[i];
		struct iv_resolved resolved = settle->resolved[i];
		put_ref(rows, ref, resolved);
		rc = iv_rows_full(rows) ? iv_rows_write(rows, error) : 0;
		mentions->note = ref->note;
		mentions->record = ref->record;
		if (ref->record >= 0 && resolved.target)
			write_mention(mentions, resolved.target);
	}
	if (!rc)
		rc = iv_rows_write(rows, error);
	iv_rows_free(rows);
	return rc ? rc : mentions->rc;
}

int iv_settle_pending(struct iv_settle *settle, struct iv_error *error)
{
	const struct iv_pending *pending = settle->pending;
	struct mention_writer mentions;
	int rc = mention_writer_init(&mentions, settle->db, error);

	if (!settle->resolved)
		iv_settle_resolve(settle);
	if (!rc)
		rc = write_refs(settle, &mentions, error);
	for (size_t i = 0; !rc && !mentions.rc && i < pending->text_count; i++) {
		mentions.note = pending->texts[i].note;
		mentions.record = pending->texts[i].record;
		iv_find_people(settle->resolver, pending->texts[i].text, write_mention, &mentions);
	}
	iv_stmt_free(mentions.insert);
	if (!rc)
		rc = mentions.rc;
	return rc ? rc : iv_names_error(settle->resolver->names, error);
}

/* ---- the others' references ---- */

struct update {
	int64_t note, seq;
	struct iv_resolved resolved;
};

struct updates {
	struct update *items;
	size_t count, capacity;
};

#define REF_COLUMNS                                                                 \
	"SELECT r.note, r.seq, r.form, r.field, r.key, r.target, r.matches, n.path" \
	" FROM ref AS r JOIN note AS n ON n.note = r.note"

/* Of the rows of a statement with REF_COLUMNS, those that mean something else now. */
static int collect(struct updates *out, struct iv_settle *settle, struct iv_stmt *stmt,
		   const struct iv_shift *ends_in, struct iv_error *error)
{
	int rc;

	while ((rc = iv_stmt_step(stmt, error)) == 1) {
		struct iv_wanted wanted = {iv_form_of(iv_stmt_text(stmt, 2)), iv_stmt_text(stmt, 3),
					   iv_stmt_text(stmt, 4), iv_stmt_text(stmt, 7).ptr};
		struct iv_resolved now;
		if (ends_in && !iv_shift_has(ends_in, iv_path_name(wanted.key)))
			continue;
		now = iv_resolve(settle->resolver, &wanted);
		if (now.target == iv_stmt_int(stmt, 5) && now.matches == iv_stmt_int(stmt, 6))
			continue;
		IV_GROW(out->items, out->count, out->capacity);
		out->items[out->count++] =
			(struct update){iv_stmt_int(stmt, 0), iv_stmt_int(stmt, 1), now};
	}
	iv_stmt_reset(stmt);
	return rc;
}

static int collect_keys(struct updates *out, struct iv_settle *settle, const struct iv_shift *shift,
			struct iv_error *error)
{
	const struct iv_str *keys;
	size_t count = iv_shift_keys(shift, &keys);
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, settle->db, REF_COLUMNS " WHERE r.key = ?1", error);

	for (size_t i = 0; !rc && i < count; i++) {
		iv_stmt_bind_text(stmt, 1, keys[i]);
		rc = collect(out, settle, stmt, NULL, error);
	}
	iv_stmt_free(stmt);
	return rc;
}

static int collect_where(struct updates *out, struct iv_settle *settle, const char *sql,
			 const struct iv_shift *ends_in, struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, settle->db, sql, error);

	if (!rc)
		rc = collect(out, settle, stmt, ends_in, error);
	iv_stmt_free(stmt);
	return rc;
}

static int apply(const struct updates *updates, struct iv_settle *settle, struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(
		&stmt, settle->db,
		"UPDATE ref SET target = ?3, matches = ?4 WHERE note = ?1 AND seq = ?2", error);

	for (size_t i = 0; !rc && i < updates->count; i++) {
		const struct update *update = &updates->items[i];
		if (settle->affected)
			rc = iv_affected_add(settle->affected, update->note, error);
		iv_stmt_bind_int(stmt, 1, update->note);
		iv_stmt_bind_int(stmt, 2, update->seq);
		if (update->resolved.target)
			iv_stmt_bind_int(stmt, 3, update->resolved.target);
		iv_stmt_bind_int(stmt, 4, update->resolved.matches);
		if (!rc)
			rc = iv_stmt_run(stmt, error);
	}
	iv_stmt_free(stmt);
	return rc;
}

/* ---- the others' mentions ---- */

struct notes {
	int64_t *items;
	size_t count, capacity;
};

static void add_note(struct notes *notes, int64_t note)
{
	if (notes->count && notes->items[notes->count - 1] == note)
		return;
	IV_GROW(notes->items, notes->count, notes->capacity);
	notes->items[notes->count++] = note;
}

/* Does one of the keys stand in the text, from word to word? */
static bool names_one(struct iv_str folded, const struct iv_shift *shift)
{
	const struct iv_str *keys;
	size_t count = iv_shift_keys(shift, &keys);

	for (size_t i = 0; i < count; i++)
		if (iv_str_find(folded, keys[i]) != SIZE_MAX)
			return true;
	return false;
}

static int collect_texts(struct notes *out, struct iv_settle *settle, const struct iv_shift *shift,
			 struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, settle->db, "SELECT note, text FROM record WHERE text <> ''",
			     error);
	if (rc)
		return rc;
	while ((rc = iv_stmt_step(stmt, error)) == 1) {
		iv_arena_reset(settle->resolver->scratch);
		if (names_one(iv_fold(settle->resolver->scratch, iv_stmt_text(stmt, 1)), shift))
			add_note(out, iv_stmt_int(stmt, 0));
	}
	iv_stmt_free(stmt);
	return rc;
}

static int run_for(struct iv_db *db, const char *sql, int64_t note, struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, db, sql, error);

	if (rc)
		return rc;
	if (note)
		iv_stmt_bind_int(stmt, 1, note);
	rc = iv_stmt_run(stmt, error);
	iv_stmt_free(stmt);
	return rc;
}

/* Mentions that come from references within records, then those from the records' texts. */
static int rewrite_mentions(struct iv_settle *settle, const char *delete, const char *from_refs,
			    const char *texts, int64_t note, struct iv_error *error)
{
	struct mention_writer mentions = {.insert = NULL};
	struct iv_stmt *stmt = NULL;
	int rc = run_for(settle->db, delete, note, error);

	if (!rc)
		rc = run_for(settle->db, from_refs, note, error);
	if (!rc)
		rc = mention_writer_init(&mentions, settle->db, error);
	if (!rc)
		rc = iv_stmt_new(&stmt, settle->db, texts, error);
	if (!rc && note)
		iv_stmt_bind_int(stmt, 1, note);
	while (!rc && !mentions.rc && (rc = iv_stmt_step(stmt, error)) == 1) {
		mentions.note = iv_stmt_int(stmt, 0);
		mentions.record = iv_stmt_int(stmt, 1);
		iv_find_people(settle->resolver, iv_stmt_text(stmt, 2), write_mention, &mentions);
		rc = 0;
	}
	iv_stmt_free(stmt);
	iv_stmt_free(mentions.insert);
	return rc ? rc : mentions.rc;
}

static int rewrite_note(struct iv_settle *settle, int64_t note, struct iv_error *error)
{
	int rc = settle->affected ? iv_affected_add(settle->affected, note, error) : 0;

	if (rc)
		return rc;
	return rewrite_mentions(settle, "DELETE FROM mention WHERE note = ?1",
				"INSERT OR IGNORE INTO mention SELECT note, record, target FROM ref"
				" WHERE note = ?1 AND record IS NOT NULL AND target <> note",
				"SELECT note, seq, text FROM record WHERE note = ?1 AND text <> ''",
				note, error);
}

/* ---- both ---- */

int iv_settle_shift(struct iv_settle *settle, const struct iv_shift *shift, struct iv_error *error)
{
	struct updates updates = {0};
	struct notes notes = {0};
	int rc = collect_keys(&updates, settle, shift, error);

	if (!rc && iv_shift_has_ids(shift))
		rc = collect_where(&updates, settle, REF_COLUMNS " WHERE instr(r.key, '/') > 0",
				   shift, error);
	if (!rc)
		rc = apply(&updates, settle, error);
	for (size_t i = 0; i < updates.count; i++)
		add_note(&notes, updates.items[i].note);
	if (!rc && iv_shift_has_contacts(shift))
		rc = collect_texts(&notes, settle, shift, error);
	for (size_t i = 0; !rc && i < notes.count; i++)
		rc = rewrite_note(settle, notes.items[i], error);
	free(updates.items);
	free(notes.items);
	return rc ? rc : iv_names_error(settle->resolver->names, error);
}

int iv_settle_all(struct iv_settle *settle, struct iv_error *error)
{
	struct updates updates = {0};
	int rc = collect_where(&updates, settle, REF_COLUMNS, NULL, error);

	if (!rc)
		rc = apply(&updates, settle, error);
	if (!rc)
		rc = rewrite_mentions(
			settle, "DELETE FROM mention",
			"INSERT OR IGNORE INTO mention SELECT note, record, target FROM ref"
			" WHERE record IS NOT NULL AND target <> note",
			"SELECT note, seq, text FROM record WHERE text <> ''", 0, error);
	free(updates.items);
	return rc ? rc : iv_names_error(settle->resolver->names, error);
}
