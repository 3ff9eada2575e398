#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "index/rows.h"
#include "index/writer.h"

enum table {
	T_NOTE,
	T_FIELDS,
	T_NAME,
	T_CONTACT,
	T_MEETING,
	T_ORGANIZATION,
	T_RECORD,
	T_TASK,
	T_QUESTION,
	T_LEAD,
	T_SECTION,
	T_PROBLEM,
	T_SUPPRESSION,
	T_COUNT
};

static const struct {
	const char *name;
	int columns;
} tables[T_COUNT] = {
	{"note", 14},        {"fields", 2},  {"name", 3},        {"contact", 16}, {"meeting", 25},
	{"organization", 6}, {"record", 13}, {"task", 9},        {"question", 5}, {"lead", 6},
	{"section", 5},      {"problem", 7}, {"suppression", 7},
};

/* All that has a column `note`. */
static const char *const removals[] = {
	"note",   "fields", "name",     "ref",  "mention", "contact", "meeting",     "organization",
	"record", "task",   "question", "lead", "section", "problem", "suppression", "finding"};

#define REMOVALS (sizeof(removals) / sizeof(*removals))

/* So many notes are put with one statement a table, unless their texts are long. */
#define NOTES_AT_ONCE 64
#define BYTES_AT_ONCE (1u << 20)

struct iv_writer {
	struct iv_db *db;
	struct iv_pending *pending;
	struct iv_names *names;
	struct iv_arena *scratch; /* the texts of the rows that wait */
	struct iv_rows *inserts[T_COUNT];
	size_t waiting;       /* notes */
	size_t waiting_bytes; /* of their texts */
	int64_t last;         /* number of a note */
	struct iv_stmt *removals[REMOVALS];
	struct iv_stmt *touch;
};

/* ---- one row ---- */

/* Columns are put from left to right. */
struct row {
	struct iv_writer *writer;
	struct iv_rows *rows;
};

static struct row row_of(struct iv_writer *writer, enum table table, int64_t note)
{
	struct row row = {writer, writer->inserts[table]};
	iv_rows_int(row.rows, note);
	return row;
}

static void put_int(struct row *row, int64_t value)
{
	iv_rows_int(row->rows, value);
}

static void put_null(struct row *row)
{
	iv_rows_text(row->rows, (struct iv_str){NULL, 0});
}

/* A number that is absent when below zero. */
static void put_count(struct row *row, int64_t value)
{
	if (value >= 0)
		put_int(row, value);
	else
		put_null(row);
}

/* A text of the note, which goes before the rows do. */
static void put_text(struct row *row, struct iv_str text)
{
	row->writer->waiting_bytes += text.len;
	iv_rows_text(row->rows, text.ptr ? iv_arena_str(row->writer->scratch, text) : text);
}

/* A word that lives for ever; absent when empty. */
static void put_word(struct row *row, const char *word)
{
	iv_rows_text(row->rows, word && *word ? iv_str_of(word) : (struct iv_str){NULL, 0});
}

static void put_day(struct row *row, iv_day day)
{
	iv_rows_day(row->rows, day);
}

static void put_pos(struct row *row, struct iv_pos pos)
{
	put_int(row, pos.line);
	put_int(row, pos.column);
}

/* The line of something that may be absent. */
static void put_line(struct row *row, struct iv_pos pos)
{
	put_count(row, pos.line ? (int64_t)pos.line : -1);
}

/* ---- the three types ---- */

static struct iv_str folded(struct iv_writer *writer, struct iv_str text)
{
	return text.ptr ? iv_fold(writer->scratch, iv_str_trim(text)) : text;
}

/* A phone number as it is compared: its digits, with a leading plus. */
static struct iv_str phone_digits(struct iv_writer *writer, struct iv_str text)
{
	char *out = iv_arena_alloc(writer->scratch, text.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++)
		if (iv_is_digit(text.ptr[i]) || (text.ptr[i] == '+' && len == 0))
			out[len++] = text.ptr[i];
	out[len] = '\0';
	return len > 1 ? (struct iv_str){out, len} : (struct iv_str){NULL, 0};
}

static void put_dnc(struct row *row, const struct iv_contact *contact)
{
	if (!contact->do_not_contact.text.ptr)
		put_word(row, NULL);
	else if (contact->do_not_contact_day == IV_NO_DAY)
		put_word(row, "0001-01-01");
	else
		put_day(row, contact->do_not_contact_day);
	put_line(row, contact->do_not_contact.pos);
}

static void put_contact(struct iv_writer *writer, int64_t note, const struct iv_contact *contact)
{
	struct row row = row_of(writer, T_CONTACT, note);
	bool reachable = contact->email.text.len || contact->phone.text.len ||
			 contact->address.text.len || contact->url.text.len ||
			 contact->linkedin.text.len;

	put_int(&row, contact->relation_kind == IV_RELATION_FRIEND ||
			      contact->relation_kind == IV_RELATION_FAMILY ||
			      contact->relation_kind == IV_RELATION_MENTOR);
	put_text(&row, contact->relation.text);
	put_text(&row, contact->source.text);
	put_text(&row, contact->purpose.text);
	put_text(&row, folded(writer, contact->email.text));
	put_line(&row, contact->email.pos);
	put_text(&row, phone_digits(writer, contact->phone.text));
	put_line(&row, contact->phone.pos);
	put_int(&row, reachable);
	put_text(&row, contact->connected.text);
	put_text(&row, contact->keep_in_touch.text);
	put_day(&row, contact->paused.day);
	put_dnc(&row, contact);
	put_int(&row, contact->referrals_given);
}

static const char *planned_by(const struct iv_meeting *meeting)
{
	if (meeting->planned < 0)
		return NULL;
	switch (meeting->planned_by) {
	case IV_PLANNED_BY_ME: return "me";
	case IV_PLANNED_BY_THEM: return "them";
	case IV_PLANNED_MEAL: return "meal";
	}
	return NULL;
}

static bool has_opening(const struct iv_note *note)
{
	if (note->meeting->opening.text.len)
		return true;
	for (size_t i = 0; i < note->section_count; i++)
		if (!strcmp(note->sections[i].name, "opening") && note->sections[i].words)
			return true;
	return false;
}

static void put_meeting(struct iv_writer *writer, int64_t number, const struct iv_note *note)
{
	const struct iv_meeting *meeting = note->meeting;
	struct row row = row_of(writer, T_MEETING, number);

	put_day(&row, meeting->date.day);
	put_count(&row, meeting->minute);
	put_line(&row, meeting->date.pos);
	put_word(&row, iv_kind_word(meeting->kind));
	put_word(&row, iv_channel_word(meeting->via));
	put_word(&row, iv_state_word(meeting->state));
	put_count(&row, meeting->planned);
	put_word(&row, planned_by(meeting));
	put_line(&row, meeting->planned_pos);
	put_count(&row, meeting->actual);
	put_line(&row, meeting->actual_pos);
	if (meeting->extended == -2)
		put_int(&row, -1);
	else
		put_count(&row, meeting->extended);
	put_count(&row, meeting->spoke);
	put_line(&row, meeting->spoke_pos);
	put_int(&row, has_opening(note));
	put_int(&row, meeting->prose);
	put_int(&row, meeting->evidence);
	put_text(&row, meeting->resume.text);
	put_line(&row, meeting->resume.pos);
	put_text(&row, meeting->paid.text);
	put_line(&row, meeting->paid.pos);
	put_count(&row, meeting->rating ? meeting->rating : -1);
	put_line(&row, meeting->rating_pos);
	put_int(&row, meeting->referrals_given);
}

static void put_organization(struct iv_writer *writer, int64_t note,
			     const struct iv_organization *organization)
{
	struct row row = row_of(writer, T_ORGANIZATION, note);

	put_int(&row, organization->target);
	put_text(&row, organization->rank.text);
	put_text(&row, organization->stance.text);
	put_day(&row, organization->pursuing.day);
	put_line(&row, organization->pursuing.pos);
}

/* ---- what a note has many of ---- */

static void put_records(struct iv_writer *writer, int64_t number, const struct iv_note *note)
{
	for (size_t i = 0; i < note->record_count; i++) {
		const struct iv_record *record = &note->records[i];
		struct row row = row_of(writer, T_RECORD, number);
		bool answered = record->outcome != IV_OUTCOME_NONE;

		put_int(&row, (int64_t)i);
		put_word(&row, record->field);
		put_pos(&row, record->pos);
		put_day(&row, record->day);
		put_word(&row, iv_channel_word(record->channel));
		put_count(&row, record->minutes);
		put_word(&row, iv_outcome_word(record->outcome));
		put_day(&row, answered && record->outcome_day == IV_NO_DAY ? record->day
									   : record->outcome_day);
		put_day(&row, record->later_day);
		put_int(&row, record->skipped);
		put_text(&row, record->text);
	}
}

static const char *task_word(enum iv_task_state state)
{
	switch (state) {
	case IV_TASK_OPEN: return "open";
	case IV_TASK_DONE: return "done";
	case IV_TASK_CANCELLED: return "cancelled";
	}
	return NULL;
}

/* Texts that the schema wants even when they are empty. */
static struct iv_str present(struct iv_str text)
{
	return text.ptr ? text : IV_LIT("");
}

static void put_tasks(struct iv_writer *writer, int64_t number, const struct iv_note *note)
{
	for (size_t i = 0; i < note->task_count; i++) {
		const struct iv_task *task = &note->tasks[i];
		struct row row = row_of(writer, T_TASK, number);

		put_int(&row, (int64_t)i);
		put_pos(&row, task->pos);
		put_word(&row, task_word(task->state));
		put_day(&row, task->due);
		put_int(&row, task->waiting);
		put_word(&row, task->section);
		put_text(&row, present(task->text));
	}
}

static void put_questions(struct iv_writer *writer, int64_t number, const struct iv_note *note)
{
	for (size_t i = 0; i < note->question_count; i++) {
		struct row row = row_of(writer, T_QUESTION, number);

		put_int(&row, (int64_t)i);
		put_pos(&row, note->questions[i].pos);
		put_text(&row, present(note->questions[i].text));
	}
}

static void put_leads(struct iv_writer *writer, int64_t number, const struct iv_note *note)
{
	for (size_t i = 0; i < note->lead_count; i++) {
		struct row row = row_of(writer, T_LEAD, number);

		put_int(&row, (int64_t)i);
		put_pos(&row, note->leads[i].pos);
		put_text(&row, present(note->leads[i].text));
		put_day(&row, note->leads[i].reported);
	}
}

/* Of the sections, rules look at the request only. */
static void put_sections(struct iv_writer *writer, int64_t number, const struct iv_note *note)
{
	for (size_t i = 0; i < note->section_count; i++) {
		const struct iv_section *section = &note->sections[i];
		struct row row;

		if (strcmp(section->name, "request"))
			continue;
		row = row_of(writer, T_SECTION, number);
		put_word(&row, section->name);
		put_int(&row, section->pos.line);
		put_int(&row, section->words);
		put_text(&row, present(section->text));
	}
}

static void put_problems(struct iv_writer *writer, int64_t number, const struct iv_note *note)
{
	for (size_t i = 0; i < note->problem_count; i++) {
		const struct iv_problem *problem = &note->problems[i];
		struct row row = row_of(writer, T_PROBLEM, number);

		put_int(&row, (int64_t)i);
		put_word(&row, problem->rule);
		put_pos(&row, problem->pos);
		put_word(&row, problem->warning ? "warning" : NULL);
		put_text(&row, present(problem->message));
	}
}

static void put_ignores(struct iv_writer *writer, int64_t number, const struct iv_note *note)
{
	for (size_t i = 0; i < note->ignore_count; i++) {
		const struct iv_ignore *ignore = &note->ignores[i];
		struct row row = row_of(writer, T_SUPPRESSION, number);

		put_int(&row, (int64_t)i);
		put_text(&row, present(ignore->rule));
		put_pos(&row, ignore->pos);
		put_int(&row, ignore->first_line);
		put_int(&row, ignore->last_line);
	}
}

/* ---- names, references ---- */

static void put_name(struct iv_writer *writer, const struct iv_note *note, const char *path,
		     int64_t number, enum iv_rank rank, struct iv_str key)
{
	struct row row = {writer, writer->inserts[T_NAME]};

	if (!key.len)
		return;
	if (writer->names) {
		struct iv_candidate candidate = {
			.note = number, .path = path, .rank = rank, .type = note->type};
		iv_names_add(writer->names, key, candidate);
		return;
	}
	put_text(&row, key);
	put_int(&row, rank);
	put_int(&row, number);
}

static void put_names(struct iv_writer *writer, const struct iv_read *read, int64_t number)
{
	const struct iv_note *note = read->note;
	const char *path = read->suspect->entry->path;
	struct iv_str name = folded(writer, note->name);

	put_name(writer, note, path, number, IV_RANK_ID, note->key);
	for (size_t i = 0; i < note->alias_count; i++)
		put_name(writer, note, path, number, IV_RANK_ALIAS,
			 folded(writer, note->aliases[i].text));
	if (!iv_str_eq(name, note->key))
		put_name(writer, note, path, number, IV_RANK_NAME, name);
}

/* ---- a note ---- */

static void put_note(struct iv_writer *writer, const struct iv_read *read, int64_t number)
{
	const struct iv_entry *entry = read->suspect->entry;
	const struct iv_note *note = read->note;
	struct row row = row_of(writer, T_NOTE, number);

	put_text(&row, iv_str_of(entry->path));
	put_int(&row, (int64_t)entry->size);
	put_int(&row, entry->mtime);
	put_int(&row, entry->ctime);
	put_int(&row, (int64_t)entry->inode);
	put_int(&row, read->retry || read->suspect->racy);
	put_int(&row, read->hash);
	put_word(&row, iv_type_word(note->type));
	put_text(&row, present(note->id));
	put_text(&row, present(note->key));
	put_text(&row, present(note->name));
	put_int(&row, note->name_pos.line);
	put_day(&row, note->created.day);
}

static void put_parts(struct iv_writer *writer, int64_t number, const struct iv_note *note)
{
	if (note->contact)
		put_contact(writer, number, note->contact);
	if (note->meeting)
		put_meeting(writer, number, note);
	if (note->organization)
		put_organization(writer, number, note->organization);
	put_records(writer, number, note);
	put_tasks(writer, number, note);
	put_questions(writer, number, note);
	put_leads(writer, number, note);
	put_sections(writer, number, note);
	put_problems(writer, number, note);
	put_ignores(writer, number, note);
}

int iv_writer_put(struct iv_writer *writer, const struct iv_read *read, int64_t *note,
		  struct iv_error *error)
{
	struct row fields;

	if (!*note)
		*note = ++writer->last;
	put_note(writer, read, *note);
	fields = row_of(writer, T_FIELDS, *note);
	put_text(&fields, iv_str_of(read->json));
	put_names(writer, read, *note);
	put_parts(writer, *note, read->note);
	iv_pending_keep(writer->pending, read, *note);
	if (++writer->waiting < NOTES_AT_ONCE && writer->waiting_bytes < BYTES_AT_ONCE)
		return 0;
	return iv_writer_flush(writer, error);
}

int iv_writer_flush(struct iv_writer *writer, struct iv_error *error)
{
	int rc = 0;

	for (int table = 0; !rc && table < T_COUNT; table++)
		rc = iv_rows_write(writer->inserts[table], error);
	iv_arena_reset(writer->scratch);
	writer->waiting = 0;
	writer->waiting_bytes = 0;
	return rc;
}

int iv_writer_remove(struct iv_writer *writer, int64_t note, struct iv_error *error)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < REMOVALS; i++) {
		iv_stmt_bind_int(writer->removals[i], 1, note);
		rc = iv_stmt_run(writer->removals[i], error);
	}
	return rc;
}

int iv_writer_touch(struct iv_writer *writer, const struct iv_read *read, struct iv_error *error)
{
	const struct iv_entry *entry = read->suspect->entry;
	struct iv_stmt *stmt = writer->touch;

	iv_stmt_bind_int(stmt, 1, read->suspect->old->note);
	iv_stmt_bind_int(stmt, 2, (int64_t)entry->size);
	iv_stmt_bind_int(stmt, 3, entry->mtime);
	iv_stmt_bind_int(stmt, 4, entry->ctime);
	iv_stmt_bind_int(stmt, 5, (int64_t)entry->inode);
	iv_stmt_bind_int(stmt, 6, read->retry || read->suspect->racy);
	return iv_stmt_run(stmt, error);
}

/* ---- statements ---- */

static int prepare_insert(struct iv_writer *writer, enum table table, struct iv_error *error)
{
	struct iv_buf sql = IV_BUF_INIT;
	int rc;

	/* An alias may come twice; everything else that does not fit is a mistake of ours. */
	iv_buf_printf(&sql, "INSERT %sINTO %s", table == T_NAME ? "OR IGNORE " : "",
		      tables[table].name);
	rc = iv_rows_new(&writer->inserts[table], writer->db, sql.ptr, tables[table].columns,
			 error);
	iv_buf_release(&sql);
	return rc;
}

static int read_last(struct iv_writer *writer, struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, writer->db, "SELECT max(note) FROM note", error);

	if (rc)
		return rc;
	rc = iv_stmt_step(stmt, error);
	if (rc == 1)
		writer->last = iv_stmt_int(stmt, 0);
	iv_stmt_free(stmt);
	return rc < 0 ? rc : 0;
}

static int prepare_removal(struct iv_writer *writer, size_t index, struct iv_error *error)
{
	struct iv_buf sql = IV_BUF_INIT;
	int rc;

	iv_buf_printf(&sql, "DELETE FROM %s WHERE note = ?1", removals[index]);
	rc = iv_stmt_new(&writer->removals[index], writer->db, sql.ptr, error);
	iv_buf_release(&sql);
	return rc;
}

int iv_writer_new(struct iv_writer **out, struct iv_db *db, struct iv_pending *pending,
		  struct iv_names *names, struct iv_error *error)
{
	struct iv_writer *writer = iv_calloc(1, sizeof(*writer));
	int rc = iv_stmt_new(&writer->touch, db,
			     "UPDATE note SET size = ?2, mtime = ?3, ctime = ?4, inode = ?5,"
			     " racy = ?6 WHERE note = ?1",
			     error);

	writer->db = db;
	writer->pending = pending;
	writer->names = names;
	writer->scratch = iv_arena_new();
	if (!rc)
		rc = read_last(writer, error);
	for (int table = 0; !rc && table < T_COUNT; table++)
		rc = prepare_insert(writer, (enum table)table, error);
	for (size_t i = 0; !rc && i < REMOVALS; i++)
		rc = prepare_removal(writer, i, error);
	if (rc) {
		iv_writer_free(writer);
		writer = NULL;
	}
	*out = writer;
	return rc;
}

void iv_writer_free(struct iv_writer *writer)
{
	if (!writer)
		return;
	for (size_t i = 0; i < T_COUNT; i++)
		iv_rows_free(writer->inserts[i]);
	for (size_t i = 0; i < REMOVALS; i++)
		iv_stmt_free(writer->removals[i]);
	iv_stmt_free(writer->touch);
	iv_arena_free(writer->scratch);
	free(writer);
}
