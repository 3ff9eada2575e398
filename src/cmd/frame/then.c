#include "cmd/frame/then.h"

#include <stdlib.h>
#include <string.h>

#include <ivnotes/vcs.h>

#include "cmd/frame/frame.h"

int then_open(struct cmd **out, struct cmd *now, const char *revision, unsigned needs)
{
	struct cmd *then = iv_calloc(1, sizeof(*then));
	*then = (struct cmd){
		.command = now->command,
		.today = now->today,
		.revision = revision,
		.format = now->format,
		.color = now->color,
		.quiet = now->quiet,
		.verbose = now->verbose,
		.out = IV_BUF_INIT,
		.own = iv_calloc(1, sizeof(*then->own)),
	};
	then->own->arena = now->own->arena;
	then->own->given = now->own->given;
	then->own->given_count = now->own->given_count;
	int rc = cmd_open(then, needs);
	if (rc)
		then_close(then);
	else
		*out = then;
	return rc;
}

void then_close(struct cmd *then)
{
	if (!then)
		return;
	open_close(then);
	iv_buf_release(&then->out);
	free(then->own);
	free(then);
}

/* ---- REF@REV ---- */

static bool is_here(struct cmd *now, const char *ref)
{
	char *path = NULL;
	int rc = cmd_resolve(&path, now, ref, false, NULL);
	free(path);
	return rc == 0 || rc == IV_EAMBIGUOUS;
}

/* That there is no such revision counts only where a note of today stands before the '@'. */
static int hindered(struct cmd *now, const char *ref, int rc, struct iv_error *why,
		    struct iv_error *error)
{
	bool slip = rc == IV_ENOTFOUND || rc == IV_EINPUT;
	if (slip && !is_here(now, ref))
		rc = IV_ENOTFOUND;
	else
		rc = iv_error_set(error, slip ? IV_EINPUT : rc, "%s", why->message);
	iv_error_release(why);
	return rc;
}

static int open_at(struct cmd **then, struct cmd *now, const char *id)
{
	if (*then && strcmp((*then)->revision, id) == 0)
		return 0;
	then_close(*then);
	*then = NULL;
	return then_open(then, now, id, CMD_INDEX);
}

/* A note that is called otherwise today is asked for by that name. */
static int resolve_today(char **path, struct cmd *now, const char *ref, const char *id,
			 struct iv_error *error)
{
	struct iv_error why = IV_ERROR_INIT;
	char *today = NULL, *before = NULL;
	int rc = cmd_resolve(&today, now, ref, false, NULL);
	if (!rc)
		rc = iv_repo_trace(&before, now->repo, "HEAD", id, today, &why);
	free(today);
	if (!before) {
		iv_error_release(&why);
		return IV_ENOTFOUND;
	}
	iv_error_release(error);
	*path = before;
	return rc;
}

/* One way to split the word. The errors of then_resolve(), of this way alone. */
static int try_split(char **path, struct cmd **then, struct cmd *now, const char *ref,
		     const char *revision, struct iv_error *error)
{
	struct iv_error why = IV_ERROR_INIT;
	struct iv_revision found = {.id = ""};
	int rc = now->repo ? 0 : iv_repo_open(&now->repo, now->vault, &why);
	if (!rc)
		rc = iv_repo_revision(&found, now->repo, revision, &why);
	if (rc)
		return hindered(now, ref, rc, &why, error);
	rc = open_at(then, now, iv_arena_str(now->own->arena, iv_str_of(found.id)).ptr);
	if (!rc)
		rc = cmd_resolve(path, *then, ref, false, error);
	if (rc == IV_ENOTFOUND)
		rc = resolve_today(path, now, ref, found.id, error);
	if (rc == IV_ENOTFOUND)
		iv_error_context(error, "in revision '%s'", revision);
	return rc;
}

int then_resolve(char **path, struct cmd **then, struct cmd *now, const char *word,
		 struct iv_error *error)
{
	size_t len = strlen(word);
	int rc = IV_ENOTFOUND;
	for (size_t i = len; rc == IV_ENOTFOUND && i-- > 1;) {
		if (word[i] != '@' || i + 1 == len)
			continue;
		struct iv_str ref = {word, i};
		rc = try_split(path, then, now, iv_arena_str(now->own->arena, ref).ptr,
			       word + i + 1, error);
	}
	return rc;
}
