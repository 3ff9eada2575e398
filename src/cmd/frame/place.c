#include "cmd/frame/place.h"

#include <stdlib.h>

#include <ivnotes/vcs.h>

#include "base/mem.h"
#include "note/said.h"

/* Headings of notes stand below those of a page, which go to the third level. */
#define DEMOTED 3

#define QUESTIONS_FILE "questions.md"

int place_find(struct iv_places *out, struct cmd *cmd, const char *word, struct iv_error *error)
{
	char *path = NULL;
	int rc = iv_index_place(out, cmd->index, word, error);

	if (rc != IV_ENOTFOUND || cmd_resolve(&path, cmd, word, false, NULL))
		return rc;
	if (!iv_index_place(out, cmd->index, path, NULL)) {
		iv_error_release(error);
		rc = 0;
	}
	free(path);
	return rc;
}

const char *place_stance(const struct cmd *cmd, const struct iv_place *place)
{
	const char *stance = place->stance ? place->stance : iv_rules_setting(cmd->rules, "stance");

	return stance ? stance : "learn";
}

int place_said(struct iv_buf *out, struct cmd *cmd, const char *path, struct iv_error *error)
{
	const struct iv_syntax *syntax = iv_config_syntax(cmd->config);
	struct iv_buf bytes = IV_BUF_INIT;
	int rc = cmd_read(&bytes, cmd, path, error);

	if (!rc) {
		struct iv_note *note = iv_note_parse(iv_str_of(path), iv_buf_view(&bytes), syntax);
		iv_note_said(out, note, iv_buf_view(&bytes), syntax, DEMOTED);
		iv_note_free(note);
	}
	iv_buf_release(&bytes);
	return rc;
}

int place_texts_read(struct place_texts *out, struct cmd *cmd, const char *about,
		     const struct iv_dossier *dossier, struct iv_error *error)
{
	int rc = about ? place_said(&out->about, cmd, about, error) : 0;

	out->count = dossier->sitting_count;
	out->buffers = iv_calloc(out->count + 1, sizeof(*out->buffers));
	out->said = iv_calloc(out->count + 1, sizeof(*out->said));
	for (size_t i = 0; !rc && i < out->count; i++) {
		if (!dossier->sittings[i].held)
			continue;
		rc = place_said(&out->buffers[i], cmd, dossier->sittings[i].path, error);
		out->said[i] = iv_buf_view(&out->buffers[i]);
	}
	return rc;
}

void place_texts_release(struct place_texts *texts)
{
	for (size_t i = 0; i < texts->count; i++)
		iv_buf_release(&texts->buffers[i]);
	free(texts->buffers);
	free(texts->said);
	iv_buf_release(&texts->about);
	iv_buf_release(&texts->bank);
	*texts = (struct place_texts){0};
}

static int read_template(char **bytes, size_t *len, struct cmd *cmd, const char *name,
			 struct iv_error *error)
{
	return cmd->revision ? iv_repo_template(bytes, len, cmd->repo, cmd->revision, name, error)
			     : iv_vault_template(bytes, len, cmd->vault, name, error);
}

int place_bank(struct iv_bank *out, struct cmd *cmd, struct iv_buf *own, struct iv_error *error)
{
	struct iv_error reading = IV_ERROR_INIT;
	char *bytes = NULL;
	size_t len = 0;
	int rc = read_template(&bytes, &len, cmd, QUESTIONS_FILE, &reading);

	if (!rc) {
		iv_buf_add(own, bytes, len);
		iv_bank_add(out, iv_buf_view(own));
	}
	free(bytes);
	if (rc == IV_ENOTFOUND)
		rc = 0;
	else if (rc)
		iv_error_at(error, reading.path,
			    (iv_error_set(error, rc, "%s", reading.message), reading.pos));
	iv_error_release(&reading);
	iv_bank_add_ours(out);
	return rc;
}
