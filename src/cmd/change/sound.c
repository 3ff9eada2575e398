#include "cmd/change/sound.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

static bool has_problem(const struct iv_note *note, const struct iv_problem *problem)
{
	for (size_t i = 0; i < note->problem_count; i++)
		if (strcmp(note->problems[i].rule, problem->rule) == 0 &&
		    iv_str_eq(note->problems[i].message, problem->message))
			return true;
	return false;
}

/* What the parser says of the new bytes and did not say of the old ones. */
static int check_note(const struct change *change, const struct change_note *note,
		      struct iv_error *error)
{
	struct iv_note *old = iv_note_parse(iv_str_of(note->path), iv_buf_view(&note->before),
					    iv_config_syntax(change->cmd->config));
	const struct iv_problem *found = NULL;
	for (size_t i = 0; !found && i < note->note->problem_count; i++)
		if (!has_problem(old, &note->note->problems[i]))
			found = &note->note->problems[i];
	if (found)
		iv_error_set(
			error, IV_EREFUSED,
			"'%s' would be wrong in line %u: %.*s (--force writes it all the same)",
			note->path, (unsigned)found->pos.line, IV_STR_ARG(found->message));
	iv_note_free(old);
	return found ? IV_EREFUSED : 0;
}

int sound_check(const struct change *change, struct iv_error *error)
{
	int rc = 0;
	for (size_t i = 0; !rc && i < change->count; i++)
		if (change_differs(change->notes[i]))
			rc = check_note(change, change->notes[i], error);
	return rc;
}

/* ---- what is broken by it ---- */

int sound_broken(struct iv_findings *out, const struct change *change, struct iv_error *error)
{
	const struct cmd *cmd = change->cmd;
	const char **paths = iv_calloc(change->count + 1, sizeof(*paths));
	struct iv_finding_query query = {.from = cmd->today, .to = cmd->today, .today = cmd->today};
	size_t count = 0;
	query.paths = paths;
	for (size_t i = 0; i < change->count; i++)
		if (change_differs(change->notes[i]))
			paths[count++] = change->notes[i]->path;
	*out = (struct iv_findings){0};
	int rc = count ? iv_findings(out, cmd->index, cmd->rules, &query, error) : 0;
	free(paths);
	return rc;
}

static bool is_among(const struct iv_findings *findings, const struct iv_finding *wanted)
{
	for (size_t i = 0; i < findings->count; i++)
		if (findings->items[i].rule == wanted->rule &&
		    strcmp(findings->items[i].path, wanted->path) == 0 &&
		    strcmp(findings->items[i].message, wanted->message) == 0)
			return true;
	return false;
}

void sound_tell(const struct cmd *cmd, const struct iv_findings *before,
		const struct iv_findings *after)
{
	for (size_t i = 0; i < after->count; i++) {
		const struct iv_finding *f = &after->items[i];
		if (f->rule->kind != IV_RULE_BROKEN || is_among(before, f))
			continue;
		char *path = cmd_relative(cmd, f->path);
		cmd_warn(cmd, "%s:%u:%u: %s [%s]", path, (unsigned)f->pos.line,
			 (unsigned)f->pos.column, f->message, f->rule->id);
		free(path);
	}
}
