#include "edit/reference.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/utf8.h"
#include "edit/quote.h"
#include "edit/target.h"
#include "note/reference.h"

/* A stretch of the bytes and what takes its place. */
struct piece {
	size_t at, len;
	struct iv_str text;
};

struct job {
	const struct iv_note *note;
	const struct iv_move *how;
	struct iv_str bytes;
	struct iv_step move;
	struct iv_str key; /* the old id as references are compared */
	struct iv_arena *arena;
	size_t *starts; /* offset of each line */
	size_t lines, line_capacity;
	struct piece *pieces;
	size_t count, capacity;
	struct iv_error *error;
};

const char *iv_move_unfit(struct iv_str id)
{
	struct iv_str trimmed = iv_str_trim(id);

	if (!trimmed.len || iv_utf8_no_text(id) != SIZE_MAX)
		return "is no text";
	if (trimmed.len != id.len || id.ptr[0] == '.')
		return "begins or ends with a space, or begins with a dot";
	for (size_t i = 0; i < id.len; i++)
		if ((unsigned char)id.ptr[i] < ' ' || id.ptr[i] == 0x7f ||
		    strchr("[]|#^\\\"", id.ptr[i]))
			return "has one of [ ] | # ^ \\ \" or a control character, which no "
			       "[[link]] "
			       "to it could hold";
	return NULL;
}

/* ---- places ---- */

static void find_lines(struct job *job)
{
	struct iv_str rest = iv_str_without_bom(job->bytes), line;

	while (iv_str_line(&line, &rest)) {
		IV_GROW(job->starts, job->lines, job->line_capacity);
		job->starts[job->lines++] = (size_t)(line.ptr - job->bytes.ptr);
	}
}

/* In single quotes a quote is doubled. */
static struct iv_str doubled(const struct job *job, struct iv_str text)
{
	struct iv_buf out = IV_BUF_INIT;
	struct iv_str kept;

	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\'')
			iv_buf_putc(&out, '\'');
		iv_buf_putc(&out, text.ptr[i]);
	}
	kept = iv_arena_str(job->arena, iv_buf_view(&out));
	iv_buf_release(&out);
	return kept;
}

/*
 * The offset of a text and its length in the bytes: at its place, or, where YAML made one quote of
 * two, behind the quote that begins the value. SIZE_MAX when it is not there.
 */
static size_t find_text(const struct job *job, struct iv_text text, size_t *len)
{
	struct iv_str line, rest, twice;

	if (!text.pos.line || text.pos.line > job->lines)
		return SIZE_MAX;
	rest = iv_str_slice(job->bytes, job->starts[text.pos.line - 1] + text.pos.column - 1,
			    job->bytes.len);
	iv_str_line(&line, &rest);
	*len = text.text.len;
	if (iv_str_eq(iv_str_slice(line, 0, *len), text.text))
		return (size_t)(line.ptr - job->bytes.ptr);
	twice = doubled(job, text.text);
	*len = twice.len;
	size_t at = iv_str_starts(line, "'") ? iv_str_find(line, twice) : SIZE_MAX;
	return at == SIZE_MAX ? at : (size_t)(line.ptr - job->bytes.ptr) + at;
}

static int refuse(const struct job *job, struct iv_pos pos, struct iv_str text)
{
	iv_error_set(job->error, IV_EREFUSED,
		     "the reference '%.*s' cannot be rewritten exactly; write it without escapes "
		     "or by hand, then rename",
		     IV_STR_ARG(text));
	return iv_error_at(job->error, iv_arena_str(job->arena, job->note->path).ptr, pos);
}

static int add_piece(struct job *job, struct iv_text old, struct iv_str text)
{
	size_t len, at = find_text(job, old, &len);

	if (iv_str_eq(old.text, text))
		return 0;
	if (at == SIZE_MAX)
		return refuse(job, old.pos, old.text);
	IV_GROW(job->pieces, job->count, job->capacity);
	job->pieces[job->count++] = (struct piece){at, len, text};
	return 0;
}

static char before(const struct job *job, struct iv_text old)
{
	size_t len, at = find_text(job, old, &len);
	return at && at != SIZE_MAX ? job->bytes.ptr[at - 1] : '\0';
}

/* ---- one reference ---- */

/* The quotes in which a byte of the front matter stands on its line: ' or ", else 0. */
static char quotes_at(const struct job *job, size_t at)
{
	size_t i = at;
	char quote = 0;

	while (i > 0 && !strchr("\r\n", job->bytes.ptr[i - 1]))
		i--;
	for (; i < at; i++) {
		char c = job->bytes.ptr[i];
		bool begins = !i || strchr(" \t\r\n[{,", job->bytes.ptr[i - 1]);
		if (quote == '"' && c == '\\')
			i++;
		else if (quote == '\'' && c == quote && job->bytes.ptr[i + 1] == quote)
			i++;
		else if (c == quote)
			quote = 0;
		else if (!quote && begins && (c == '"' || c == '\''))
			quote = c;
	}
	return quote;
}

/* As the quotes that are there want it. */
static struct iv_str as_quoted(const struct job *job, size_t at, struct iv_str text)
{
	return at != SIZE_MAX && quotes_at(job, at) == '\'' ? doubled(job, text) : text;
}

/* A whole scalar of the front matter; plain, it may need quotes, which are single ones here. */
static struct iv_str as_scalar(const struct job *job, const char *field, size_t at,
			       struct iv_str text)
{
	const struct iv_field_def *def = iv_field_find(job->note->type, iv_str_of(field));
	struct iv_str plain = iv_quoted_as(job->arena, text, IV_QUOTES_NONE, true, def);

	if (at == SIZE_MAX || quotes_at(job, at))
		return as_quoted(job, at, text);
	if (iv_str_eq(plain, text))
		return text;
	return iv_quoted_as(job->arena, text, IV_QUOTES_SINGLE, true, def);
}

static enum iv_target_form form_of(const struct job *job, const struct iv_text *old)
{
	return before(job, *old) == '<' ? IV_TARGET_ANGLED : IV_TARGET_LINK;
}

/* Does the key say the note's id, or the last names of its path, and not an alias or a name? */
static bool says_id(const struct job *job, const struct iv_ref *ref)
{
	struct iv_str id = ref->key;

	if (iv_str_find_char(id, '/') != SIZE_MAX)
		id = iv_path_name(id);
	return iv_str_eq(id, job->key);
}

/* Does it go on meaning the note by the same words? */
static bool is_name(const struct job *job, const struct iv_ref *ref)
{
	return job->how->named_so && ref->form == IV_REF_BARE &&
	       iv_str_find_char(ref->key, '/') == SIZE_MAX;
}

static bool means_moved(const struct job *job, size_t i)
{
	const char *target = job->how->targets[i];

	return target && iv_str_is(job->how->from, target);
}

static int change_target(struct job *job, const struct iv_ref *ref)
{
	struct iv_text old = {ref->written, ref->written_pos};
	struct iv_str text;
	size_t len;

	switch (ref->form) {
	case IV_REF_LINK:
		text = iv_target_link(job->arena, &job->move, old.text, form_of(job, &old));
		return add_piece(job, old, text);
	case IV_REF_WIKI:
		if (!says_id(job, ref))
			return 0;
		text = iv_target_name(job->arena, &job->move, old.text);
		if (strcmp(ref->field, "body") != 0)
			text = as_quoted(job, find_text(job, old, &len), text);
		return add_piece(job, old, text);
	case IV_REF_BARE:
		if (!says_id(job, ref) || is_name(job, ref))
			return 0;
		text = iv_target_name(job->arena, &job->move, old.text);
		text = as_scalar(job, ref->field, find_text(job, old, &len), text);
		return add_piece(job, old, text);
	case IV_REF_WORDS: break;
	}
	return 0;
}

/* What it means stays where it is, but the note that speaks may go. */
static int change_way(struct job *job, const struct iv_ref *ref, const char *target)
{
	struct iv_text old = {ref->written, ref->written_pos};
	enum iv_target_form form = IV_TARGET_NAME;
	struct iv_buf path = IV_BUF_INIT;
	struct iv_str leads = iv_str_of(target), text;

	if (ref->form == IV_REF_LINK)
		form = form_of(job, &old);
	else if (ref->form != IV_REF_WIKI ||
		 (!iv_str_starts(old.text, "./") && !iv_str_starts(old.text, "../")))
		return 0;
	/* What leads nowhere goes on leading to the same nowhere. */
	text = form == IV_TARGET_NAME ? old.text : iv_ref_decode(job->arena, old.text);
	if (!target && iv_path_resolve(&path, job->move.here, text))
		leads = iv_arena_str(job->arena, iv_buf_view(&path));
	iv_buf_release(&path);
	if (!leads.len)
		return 0;
	return add_piece(job, old, iv_target_from(job->arena, &job->move, old.text, leads, form));
}

static bool overlap(size_t at, size_t len, size_t other, size_t other_len)
{
	return at < other + other_len && other < at + len;
}

/* What says in a reference which note was changed with that, or means another one. */
static bool is_taken(const struct job *job, const struct iv_record *record, size_t at, size_t len)
{
	const struct iv_note *note = job->note;

	for (size_t i = 0; i < job->count; i++)
		if (overlap(at, len, job->pieces[i].at, job->pieces[i].len))
			return true;
	for (size_t i = 0; i < note->ref_count; i++) {
		const struct iv_ref *ref = &note->refs[i];
		struct iv_text text = {ref->written, ref->written_pos};
		size_t written_len, written;
		if (ref->form == IV_REF_WORDS || ref->record != record - note->records)
			continue;
		written = find_text(job, text, &written_len);
		if (written != SIZE_MAX && overlap(at, len, written, written_len))
			return true;
	}
	return false;
}

/* The old id in the text of a record. */
static void add_word(struct job *job, const struct iv_record *record, size_t at, size_t len)
{
	struct iv_str id = iv_target_id(job->move.to);

	if (is_taken(job, record, at, len))
		return;
	IV_GROW(job->pieces, job->count, job->capacity);
	job->pieces[job->count++] = (struct piece){at, len, as_quoted(job, at, id)};
}

/* How many of the words are the id: the most that do; 0 where they do not begin with it. */
static size_t count_of_id(const struct job *job, struct iv_str text,
			  const struct iv_name_word *words, size_t count)
{
	size_t len = count;

	while (len > 0 && !iv_str_eq(iv_fold(job->arena, iv_str_slice(text, words[0].start,
								      words[len - 1].end)),
				     job->key))
		len--;
	return len;
}

static int change_record(struct job *job, const struct iv_record *record)
{
	struct iv_name_word words[IV_NAME_WORDS_MAX];
	uintptr_t from = (uintptr_t)job->bytes.ptr, text = (uintptr_t)record->text.ptr;
	size_t count = 0, at = 0, len;

	for (;;) {
		while (count < IV_NAME_WORDS_MAX && iv_name_word(&words[count], record->text, &at))
			count++;
		if (!count)
			return 0;
		len = count_of_id(job, record->text, words, count);
		if (len && (text < from || text > from + job->bytes.len))
			return refuse(job, record->pos, iv_target_id(job->move.from));
		if (len)
			add_word(job, record, text - from + words[0].start,
				 words[len - 1].end - words[0].start);
		len = len ? len : 1;
		count -= len;
		memmove(words, words + len, count * sizeof(*words));
	}
}

static int change_ref(struct job *job, size_t i)
{
	const struct iv_ref *ref = &job->note->refs[i];

	if (ref->form == IV_REF_WORDS)
		return 0; /* changed with its record */
	if (means_moved(job, i))
		return change_target(job, ref);
	return change_way(job, ref, job->how->targets[i]);
}

/* A picture or a paper beside the note that goes. */
static int change_file(struct job *job, const struct iv_text *file)
{
	struct iv_buf path = IV_BUF_INIT;
	int rc = 0;

	if (iv_path_resolve(&path, job->move.here, iv_ref_decode(job->arena, file->text)) &&
	    path.len && job->how->is_file(job->how->data, path.ptr))
		rc = add_piece(job, *file,
			       iv_target_from(job->arena, &job->move, file->text,
					      iv_buf_view(&path), form_of(job, file)));
	iv_buf_release(&path);
	return rc;
}

/* ---- all of them ---- */

static int by_place(const void *a, const void *b)
{
	const struct piece *one = a, *two = b;
	return one->at < two->at ? -1 : one->at > two->at;
}

/* YAML may repeat a stretch of its own; then both want the same in its place, or it is not done. */
static int apply(struct iv_buf *out, struct job *job)
{
	size_t done = 0;

	if (job->count)
		qsort(job->pieces, job->count, sizeof(*job->pieces), by_place);
	for (size_t i = 0; i < job->count; i++) {
		const struct piece *piece = &job->pieces[i];
		if (piece->at < done) {
			if (piece->at == piece[-1].at && iv_str_eq(piece->text, piece[-1].text))
				continue;
			return iv_error_set(job->error, IV_EREFUSED,
					    "two references share their bytes");
		}
		iv_buf_str(out, iv_str_slice(job->bytes, done, piece->at));
		iv_buf_str(out, piece->text);
		done = piece->at + piece->len;
	}
	iv_buf_str(out, iv_str_slice(job->bytes, done, job->bytes.len));
	return 0;
}

/* A task is open or done, and due on its day, whatever its text names. */
static bool same_body(const struct iv_note *before, const struct iv_note *after)
{
	if (before->type != after->type)
		return true; /* the note went where it is one of another type */
	if (before->task_count != after->task_count ||
	    before->section_count != after->section_count ||
	    before->question_count != after->question_count)
		return false;
	for (size_t i = 0; i < before->task_count; i++)
		if (before->tasks[i].state != after->tasks[i].state ||
		    before->tasks[i].due != after->tasks[i].due)
			return false;
	return true;
}

/* Does it name the note that moves by its new id, if it did by the old one? */
static bool is_sound(const struct job *job, size_t i, const struct iv_ref *after)
{
	const struct iv_ref *before = &job->note->refs[i];
	struct iv_str id = iv_fold(job->arena, iv_target_id(job->move.to));

	if (after->form != before->form || strcmp(after->field, before->field) != 0)
		return false;
	return before->form == IV_REF_WORDS || !means_moved(job, i) || !says_id(job, before) ||
	       is_name(job, before) || iv_str_eq(iv_path_name(after->key), id);
}

/* Does the parser see the same note, but for what the references say? */
static int check(const struct job *job, struct iv_str bytes)
{
	struct iv_note *after = iv_note_parse(job->move.here_after, bytes, job->how->syntax);
	const struct iv_note *before = job->note;
	bool same = after->ref_count == before->ref_count &&
		    after->record_count == before->record_count &&
		    after->field_count == before->field_count &&
		    after->problem_count == before->problem_count && same_body(before, after);
	int rc = 0;

	for (size_t i = 0; same && !rc && i < before->ref_count; i++)
		if (!is_sound(job, i, &after->refs[i]))
			rc = refuse(job, before->refs[i].pos, before->refs[i].text);
	if (!same)
		rc = refuse(job, (struct iv_pos){1, 1}, job->move.from);
	iv_note_free(after);
	return rc;
}

int iv_move_refs(struct iv_buf *out, size_t *count, const struct iv_note *note, struct iv_str bytes,
		 const struct iv_move *how, struct iv_error *error)
{
	struct job job = {.note = note, .how = how, .bytes = bytes, .error = error};
	struct iv_buf made = IV_BUF_INIT;
	int rc = 0;

	job.arena = iv_arena_new();
	job.key = iv_fold(job.arena, iv_target_id(how->from));
	job.move = (struct iv_step){how->from, how->to, note->path, note->path};
	if (iv_str_eq(note->path, how->from))
		job.move.here_after = how->to;
	find_lines(&job);
	for (size_t i = 0; !rc && i < note->ref_count; i++)
		rc = change_ref(&job, i);
	for (size_t i = 0; !rc && !how->named_so && i < note->record_count; i++)
		if (how->records[i])
			rc = change_record(&job, &note->records[i]);
	for (size_t i = 0; !rc && i < note->file_count; i++)
		rc = change_file(&job, &note->files[i]);
	if (!rc)
		rc = apply(&made, &job);
	if (!rc)
		rc = check(&job, iv_buf_view(&made));
	if (!rc)
		iv_buf_str(out, iv_buf_view(&made));
	*count = job.count;
	iv_buf_release(&made);
	free(job.starts);
	free(job.pieces);
	iv_arena_free(job.arena);
	return rc;
}
