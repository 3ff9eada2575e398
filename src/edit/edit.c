#include "edit/edit.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "edit/verify.h"

static const struct iv_syntax no_syntax = {NULL, NULL, NULL, NULL};

struct iv_edit *iv_edit_new(struct iv_str path, struct iv_str bytes, const struct iv_syntax *syntax)
{
	struct iv_edit *edit = iv_calloc(1, sizeof(*edit));

	edit->path = path;
	edit->syntax = syntax ? syntax : &no_syntax;
	iv_buf_str(&edit->bytes, bytes);
	edit->note = iv_note_parse(path, iv_edit_bytes(edit), edit->syntax);
	edit->arena = iv_arena_new();
	return edit;
}

void iv_edit_free(struct iv_edit *edit)
{
	if (!edit)
		return;
	iv_note_free(edit->note);
	iv_arena_free(edit->arena);
	iv_buf_release(&edit->bytes);
	free(edit);
}

struct iv_str iv_edit_bytes(const struct iv_edit *edit)
{
	return iv_buf_view(&edit->bytes);
}

const struct iv_note *iv_edit_note(const struct iv_edit *edit)
{
	return edit->note;
}

/* ---- places ---- */

size_t iv_line_begin(struct iv_str bytes, size_t at)
{
	while (at && bytes.ptr[at - 1] != '\n' && bytes.ptr[at - 1] != '\r')
		at--;
	return at;
}

size_t iv_line_stop(struct iv_str bytes, size_t at)
{
	while (at < bytes.len && bytes.ptr[at] != '\n' && bytes.ptr[at] != '\r')
		at++;
	return at;
}

size_t iv_line_after(struct iv_str bytes, size_t at)
{
	at = iv_line_stop(bytes, at);
	if (at == bytes.len)
		return at;
	return at + (iv_str_starts(iv_str_slice(bytes, at, bytes.len), "\r\n") ? 2 : 1);
}

size_t iv_line_before(struct iv_str bytes, size_t at)
{
	if (at)
		at--;
	if (at && bytes.ptr[at] == '\n' && bytes.ptr[at - 1] == '\r')
		at--;
	return iv_line_begin(bytes, at);
}

size_t iv_edit_begin(const struct iv_edit *edit)
{
	struct iv_str bytes = iv_edit_bytes(edit);

	return bytes.len - iv_str_without_bom(bytes).len;
}

struct iv_pos iv_edit_pos(const struct iv_edit *edit, size_t at)
{
	struct iv_str bytes = iv_edit_bytes(edit);
	size_t line = iv_edit_begin(edit), next;
	struct iv_pos pos = {1, 1};

	while ((next = iv_line_after(bytes, line)) <= at && next > line &&
	       iv_line_stop(bytes, line) < next) {
		line = next;
		pos.line++;
	}
	if (at > line)
		pos.column += (uint32_t)(at - line);
	return pos;
}

size_t iv_edit_offset(const struct iv_edit *edit, struct iv_pos pos)
{
	struct iv_str bytes = iv_edit_bytes(edit);
	size_t at = iv_edit_begin(edit);
	uint32_t line;

	if (!pos.line || !pos.column)
		return SIZE_MAX;
	for (line = 1; line < pos.line; line++) {
		if (at >= bytes.len)
			return SIZE_MAX;
		at = iv_line_after(bytes, at);
	}
	at += pos.column - 1;
	return at <= bytes.len ? at : SIZE_MAX;
}

const char *iv_edit_eol(const struct iv_edit *edit)
{
	struct iv_str bytes = iv_edit_bytes(edit);
	size_t stop = iv_line_stop(bytes, 0);

	if (stop == bytes.len || bytes.ptr[stop] == '\n')
		return "\n";
	return iv_line_after(bytes, 0) == stop + 2 ? "\r\n" : "\r";
}

/* ---- drafts ---- */

void iv_draft_init(struct iv_draft *draft, const struct iv_edit *edit)
{
	*draft = (struct iv_draft){.edit = edit};
}

void iv_draft_release(struct iv_draft *draft)
{
	iv_buf_release(&draft->out);
}

static void keep(struct iv_draft *draft, size_t to)
{
	struct iv_str bytes = iv_edit_bytes(draft->edit);

	if (to > draft->done)
		iv_buf_str(&draft->out, iv_str_slice(bytes, draft->done, to));
	draft->done = to;
}

void iv_draft_put(struct iv_draft *draft, size_t from, size_t to, struct iv_str text)
{
	keep(draft, from);
	iv_buf_str(&draft->out, text);
	draft->done = to;
}

static int check_size(const struct iv_draft *draft, struct iv_error *error)
{
	if (draft->out.len <= IV_NOTE_SIZE_MAX)
		return 0;
	return iv_error_set(error, IV_ELIMIT, "the note would have %zu bytes; expected at most %zu",
			    draft->out.len, IV_NOTE_SIZE_MAX);
}

int iv_draft_take(struct iv_draft *draft, struct iv_edit *edit, const struct iv_expect *expect,
		  struct iv_error *error)
{
	struct iv_note *after = NULL;
	struct iv_buf old = edit->bytes;
	int rc;

	keep(draft, edit->bytes.len);
	rc = check_size(draft, error);
	if (!rc) {
		after = iv_note_parse(edit->path, iv_buf_view(&draft->out), edit->syntax);
		rc = iv_verify(edit, after, iv_buf_view(&draft->out), expect, error);
	}
	if (rc) {
		iv_note_free(after);
		iv_draft_release(draft);
		return rc;
	}
	iv_note_free(edit->note);
	edit->note = after;
	edit->bytes = draft->out;
	draft->out = (struct iv_buf)IV_BUF_INIT;
	iv_buf_release(&old);
	return 0;
}

struct iv_edit *iv_edit_trial(const struct iv_edit *edit)
{
	return iv_edit_new(edit->path, iv_edit_bytes(edit), edit->syntax);
}

int iv_edit_settle(struct iv_edit *edit, struct iv_edit *trial, int rc)
{
	struct iv_edit before = *edit;

	if (!rc) {
		*edit = *trial;
		*trial = before;
	}
	iv_edit_free(trial);
	return rc;
}

/* ---- errors ---- */

int iv_edit_refused(const struct iv_edit *edit, struct iv_error *error, size_t at)
{
	char *path = iv_strndup(edit->path.ptr ? edit->path.ptr : "", edit->path.len);

	iv_error_at(error, path, iv_edit_pos(edit, at));
	free(path);
	return IV_EREFUSED;
}

int iv_edit_end(struct iv_edit *edit, int rc, struct iv_error *error, struct iv_str by_hand)
{
	char *why;

	if (rc == IV_EREFUSED && error && error->message && by_hand.len) {
		why = iv_strdup(error->message);
		iv_error_set(error, rc, "%s; %.*s", why, IV_STR_ARG(by_hand));
		free(why);
	}
	iv_arena_reset(edit->arena);
	return rc;
}

int iv_edit_check(const struct iv_edit *edit, struct iv_error *error)
{
	const struct iv_note *note = edit->note;
	const struct iv_problem *problem;
	size_t i;

	for (i = 0; i < note->problem_count; i++) {
		problem = &note->problems[i];
		if (strcmp(problem->rule, "encoding") && strcmp(problem->rule, "conflict-marker"))
			continue;
		iv_error_set(error, IV_EREFUSED, "%.*s", IV_STR_ARG(problem->message));
		return iv_edit_refused(edit, error, iv_edit_offset(edit, problem->pos));
	}
	return 0;
}

int iv_edit_check_text(struct iv_str text, const char *what, struct iv_error *error)
{
	if (iv_utf8_no_text(text) == SIZE_MAX)
		return 0;
	return iv_error_set(error, IV_EINPUT, "the %s is no UTF-8 text", what);
}
