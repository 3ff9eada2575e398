#include "cmd/draft/trial.h"

#include <stdlib.h>
#include <string.h>

/* A source of few notes, one of them with other bytes than its file. */
struct trial {
	struct iv_source source;
	struct cmd *cmd;
	const char *path;
	struct iv_str bytes;
	const char *const *related;
	size_t related_count;
};

static int list(struct iv_source *source, struct iv_listing *out, struct iv_error *error)
{
	const struct trial *trial = (const struct trial *)source;

	(void)error;
	*out = (struct iv_listing){0};
	out->entries = iv_calloc(trial->related_count + 1, sizeof(*out->entries));
	for (size_t i = 0; i <= trial->related_count; i++) {
		const char *path = i ? trial->related[i - 1] : trial->path;

		out->entries[out->count++] = (struct iv_entry){.path = path, .kind = 'f'};
	}
	return 0;
}

static int read_note(struct iv_source *source, const struct iv_entry *entry, char **bytes,
		     size_t *len, struct iv_error *error)
{
	const struct trial *trial = (const struct trial *)source;
	struct iv_buf buf = IV_BUF_INIT;
	int rc = 0;

	if (!strcmp(entry->path, trial->path))
		iv_buf_str(&buf, trial->bytes);
	else
		rc = cmd_read(&buf, trial->cmd, entry->path, error);
	if (!rc) {
		*len = buf.len;
		*bytes = iv_buf_detach(&buf);
	}
	iv_buf_release(&buf);
	return rc;
}

/* It lives on the stack of the one who asks. */
static void close_trial(struct iv_source *source)
{
	(void)source;
}

int trial_findings(struct iv_findings *out, struct cmd *cmd, const char *path, struct iv_str bytes,
		   const char *const *related, size_t related_count, const char *const *rules,
		   struct iv_error *error)
{
	struct trial trial = {
		.source = {list, read_note, close_trial, false},
		.cmd = cmd,
		.path = path,
		.bytes = bytes,
		.related = related,
		.related_count = related_count,
	};
	const char *const paths[] = {path, NULL};
	struct iv_finding_query query = {.from = cmd->today,
					 .to = cmd->today,
					 .today = cmd->today,
					 .rules = rules,
					 .paths = paths};
	struct iv_index *index = NULL;
	int rc = iv_index_open(&index, cmd->vault, NULL, false, NULL, error);

	*out = (struct iv_findings){0};
	if (!rc)
		rc = iv_refresh(index, cmd->rules, &trial.source, cmd->today, NULL, error);
	if (!rc)
		rc = iv_findings(out, index, cmd->rules, &query, error);
	iv_index_close(index);
	return rc;
}
