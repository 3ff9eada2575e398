#include "cmd/restore/find.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cmd/frame/moved.h"
#include "cmd/frame/then.h"

void restore_version_release(struct restore_version *version)
{
	free(version->path);
	free(version->then);
	free(version->head);
	version->path = version->then = version->head = NULL;
}

int restore_finder_init(struct restore_finder *out, struct cmd *cmd, struct iv_error *error)
{
	*out = (struct restore_finder){.cmd = cmd, .given = cmd_text(cmd, "at")};
	return iv_repo_revision(&out->revision, cmd->repo, out->given ? out->given : "HEAD", error);
}

void restore_finder_release(struct restore_finder *finder)
{
	then_close(finder->then);
}

/* ---- notes that are called so ---- */

static struct iv_str without_md(struct iv_str text)
{
	size_t len = text.len;
	bool has = len > 3 && iv_str_is_nocase(iv_str_slice(text, len - 3, len), ".md");

	return has ? iv_str_slice(text, 0, len - 3) : text;
}

static bool ends_so(const char *path, const char *word)
{
	struct iv_arena *arena = iv_arena_new();
	struct iv_str whole = iv_fold(arena, without_md(iv_str_of(path)));
	struct iv_str end = iv_fold(arena, without_md(iv_str_of(word)));
	size_t ahead = whole.len - end.len;
	bool is = end.len && end.len <= whole.len &&
		  iv_str_eq(iv_str_slice(whole, ahead, whole.len), end) &&
		  (!ahead || whole.ptr[ahead - 1] == '/');

	iv_arena_free(arena);
	return is;
}

/* By id, by as much of the path as the word has, or as a path from where the person stands. */
static bool is_called(const struct cmd *cmd, const char *path, const char *word)
{
	char *placed = NULL;
	bool is = ends_so(path, word);

	if (!is && !cmd_place(&placed, cmd, word, NULL))
		is = strcmp(path, placed) == 0;
	free(placed);
	return is;
}

/* One of those that are called so; the second of them makes it ambiguous. */
static int take(char **out, const char *path, const char *word, struct iv_error *error)
{
	if (*out)
		return iv_error_set(error, IV_EAMBIGUOUS, "'%s' could be '%s' or '%s'", word, *out,
				    path);
	*out = iv_strdup(path);
	return 0;
}

/* Of the notes that `cmd` asks. */
static int find_called(char **out, struct cmd *cmd, const char *word, struct iv_error *error)
{
	struct iv_listing listing;
	int rc = cmd->source->list(cmd->source, &listing, error);

	if (rc)
		return rc;
	for (size_t i = 0; !rc && i < listing.count; i++) {
		const struct iv_entry *entry = &listing.entries[i];
		if (entry->kind == 'f' && is_called(cmd, entry->path, word))
			rc = take(out, entry->path, word, error);
	}
	iv_listing_release(&listing);
	return rc || *out ? rc : IV_ENOTFOUND;
}

static int find_note(char **out, struct cmd *cmd, const char *word, bool exact,
		     struct iv_error *error)
{
	return exact ? find_called(out, cmd, word, error)
		     : cmd_resolve(out, cmd, word, false, error);
}

/* ---- of today, and of the revision ---- */

static int open_then(struct restore_finder *finder)
{
	return finder->then ? 0
			    : then_open(&finder->then, finder->cmd, finder->revision.id, CMD_INDEX);
}

/* Of one that was moved, and no commit knows yet. */
static int trace_moved(struct restore_version *out, struct restore_finder *finder,
		       struct iv_error *error)
{
	struct moved moved;
	const char *head;
	int rc = moved_open(&moved, finder->cmd, error);

	head = rc ? NULL : moved_from(&moved, out->path);
	out->head = head ? iv_strdup(head) : NULL;
	moved_close(&moved);
	return head ? iv_repo_trace(&out->then, finder->cmd->repo, "HEAD", finder->revision.id,
				    out->head, error)
		    : rc;
}

static int of_then(struct restore_version *out, struct restore_finder *finder, const char *word,
		   bool exact, struct iv_error *error)
{
	struct cmd *cmd = finder->cmd;
	int rc = open_then(finder);

	if (!rc)
		rc = find_note(&out->then, finder->then, word, exact, error);
	if (!rc)
		rc = iv_repo_trace(&out->path, cmd->repo, finder->revision.id, "HEAD", out->then,
				   error);
	if (!rc && !out->path)
		out->path = iv_strdup(out->then);
	out->revision = finder->revision;
	return rc;
}

/* Another note may have been called so then. */
static int not_there(const struct restore_version *version, struct restore_finder *finder,
		     const char *word, struct iv_error *error)
{
	struct restore_version other = {0};
	int rc;

	if (!finder->given)
		return iv_error_set(error, IV_EREFUSED,
				    "'%s' was never committed, so no version is kept",
				    version->path);
	if (!of_then(&other, finder, word, true, NULL) && strcmp(other.path, other.then) != 0)
		rc = iv_error_set(error, IV_EREFUSED,
				  "'%s' was not there in revision '%s'; what was called so then is "
				  "'%s' today",
				  version->path, finder->given, other.path);
	else
		rc = iv_error_set(error, IV_EREFUSED, "'%s' was not there in revision '%s'",
				  version->path, finder->given);
	restore_version_release(&other);
	return rc;
}

static int of_today(struct restore_version *out, struct restore_finder *finder, const char *word,
		    bool exact, struct iv_error *error)
{
	struct cmd *cmd = finder->cmd;
	int rc = find_note(&out->path, cmd, word, exact, error);

	if (!rc)
		rc = iv_repo_trace(&out->then, cmd->repo, "HEAD", finder->revision.id, out->path,
				   error);
	if (!rc && !out->then)
		rc = trace_moved(out, finder, error);
	if (!rc && !out->then)
		rc = not_there(out, finder, word, error);
	out->revision = finder->revision;
	return rc;
}

/* ---- what commits took away ---- */

struct wanted {
	const struct cmd *cmd;
	const char *word;
};

static int is_called_so(bool *meant, void *data, const struct iv_gone *gone, struct iv_error *error)
{
	const struct wanted *wanted = data;

	(void)error;
	*meant = iv_vault_holds(wanted->cmd->config, iv_str_of(gone->path)) &&
		 is_called(wanted->cmd, gone->path, wanted->word);
	return 0;
}

static bool is_name(const struct cmd *cmd, const char *path, struct iv_str bytes, const char *word)
{
	struct iv_arena *arena = iv_arena_new();
	struct iv_note *note = iv_note_parse(iv_str_of(path), bytes, iv_config_syntax(cmd->config));
	bool is = iv_str_eq(iv_fold(arena, note->name), iv_fold(arena, iv_str_of(word)));

	iv_note_free(note);
	iv_arena_free(arena);
	return is;
}

/* One that was too large to be read had no name. */
static int is_named_so(bool *meant, void *data, const struct iv_gone *gone, struct iv_error *error)
{
	const struct wanted *wanted = data;
	const struct cmd *cmd = wanted->cmd;
	char *bytes = NULL;
	size_t len = 0;
	int rc;

	if (!iv_vault_holds(cmd->config, iv_str_of(gone->path)))
		return 0;
	rc = iv_repo_read(&bytes, &len, cmd->repo, gone->revision.id, gone->path, error);
	if (!rc)
		*meant = is_name(cmd, gone->path, (struct iv_str){bytes, len}, wanted->word);
	free(bytes);
	if (rc == IV_ELIMIT) {
		iv_error_release(error);
		rc = 0;
	}
	return rc;
}

/* What the commit moved is not gone: its last version is that of HEAD, by another name. */
static int follow(struct restore_version *out, struct restore_finder *finder,
		  const struct iv_gone *gone, struct iv_error *error)
{
	int rc = 0;

	if (gone->moved)
		rc = iv_repo_trace(&out->then, finder->cmd->repo, gone->by, "HEAD", gone->moved,
				   error);
	out->revision = out->then ? finder->revision : gone->revision;
	if (!out->then)
		out->then = iv_strdup(gone->path);
	out->path = iv_strdup(out->then);
	return rc;
}

static int of_gone(struct restore_version *out, struct restore_finder *finder, const char *word,
		   iv_gone_is *is, struct iv_error *error)
{
	struct wanted wanted = {finder->cmd, word};
	struct iv_gone *items = NULL;
	char *path = NULL;
	size_t count = 0;
	int rc = iv_repo_gone(&items, &count, finder->cmd->repo, is, &wanted, error);

	for (size_t i = 0; !rc && i < count; i++)
		rc = take(&path, items[i].path, word, error);
	if (!rc)
		rc = count ? follow(out, finder, items, error) : IV_ENOTFOUND;
	free(path);
	iv_repo_gone_release(items, count);
	return rc;
}

/* ---- in order ---- */

/* Makes room for another try after one that found nothing. */
static bool try_on(struct restore_version *version, int rc, struct iv_error *error)
{
	if (rc != IV_ENOTFOUND)
		return false;
	restore_version_release(version);
	iv_error_release(error);
	return true;
}

static int find_by_id(struct restore_version *out, struct restore_finder *finder, const char *word,
		      struct iv_error *error)
{
	struct restore_version gone = {0};
	struct iv_error why = IV_ERROR_INIT;
	int rc = of_today(out, finder, word, true, error);

	if (try_on(out, rc, error))
		rc = of_then(out, finder, word, true, error);
	/* A note of today that was never committed may have one before it that was. */
	if (finder->given || (rc != IV_ENOTFOUND && rc != IV_EREFUSED))
		return rc;
	int missed = of_gone(&gone, finder, word, is_called_so, &why);
	if (missed == IV_ENOTFOUND) {
		restore_version_release(&gone);
		iv_error_release(&why);
		return rc;
	}
	restore_version_release(out);
	iv_error_release(error);
	*out = gone;
	*error = why;
	return missed;
}

static int not_found(const struct restore_finder *finder, const char *word, struct iv_error *error)
{
	const char *cut = iv_repo_cut(finder->cmd->repo);

	if (finder->given)
		return iv_error_set(error, IV_ENOTFOUND,
				    "no note is called '%s', neither today nor in revision '%s'",
				    word, finder->given);
	return iv_error_set(error, IV_ENOTFOUND,
			    "no note is called '%s', neither today nor in any commit before%s%s",
			    word, cut ? "; " : "", cut ? cut : "");
}

int restore_find(struct restore_version *out, struct restore_finder *finder, const char *word,
		 struct iv_error *error)
{
	int rc = find_by_id(out, finder, word, error);

	if (try_on(out, rc, error))
		rc = of_today(out, finder, word, false, error);
	if (try_on(out, rc, error))
		rc = of_then(out, finder, word, false, error);
	if (!finder->given && try_on(out, rc, error))
		rc = of_gone(out, finder, word, is_named_so, error);
	return rc == IV_ENOTFOUND ? not_found(finder, word, error) : rc;
}
