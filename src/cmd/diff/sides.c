#include "cmd/diff/sides.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmd/diff/people.h"
#include "cmd/frame/frame.h"

/* ---- revisions ---- */

static const char *keep(struct cmd *cmd, struct iv_str text)
{
	return iv_arena_str(cmd->own->arena, text).ptr;
}

/* 0 and the commit's id, or the errors of iv_repo_revision(). */
static int find_revision(const char **id, struct cmd *cmd, const char *word, struct iv_error *error)
{
	struct iv_revision revision;
	int rc = iv_repo_revision(&revision, cmd->repo, word, error);

	if (!rc)
		*id = keep(cmd, iv_str_of(revision.id));
	return rc;
}

/* `A..B`, an empty side being HEAD; IV_ENOTFOUND for another word. */
static int find_range(struct sides *out, struct cmd *cmd, const char *word, struct iv_error *error)
{
	const char *dots = strstr(word, "..");
	int rc;

	if (!dots || !word[2] || (dots == word && dots[2] == '/'))
		return IV_ENOTFOUND; /* a path */
	if (dots[2] == '.')
		return iv_error_set(error, IV_EINPUT,
				    "'%s': three dots are not for diff; write REV..REV", word);
	struct iv_str first = {word, (size_t)(dots - word)};
	rc = find_revision(&out->from, cmd, first.len ? keep(cmd, first) : "HEAD", error);
	if (!rc)
		rc = find_revision(&out->to, cmd, dots[2] ? dots + 2 : "HEAD", error);
	return rc;
}

/* Of what only git would write, a file of that very name is the only note. */
static bool is_note(struct cmd *cmd, const char *word)
{
	struct stat st;
	char *path = NULL;
	bool found;

	if (!stat(word, &st))
		return true;
	if (strpbrk(word, "~^@{:") || !strcmp(word, "HEAD"))
		return false;
	if (cmd_open(cmd, CMD_INDEX))
		return false;
	found = cmd_resolve(&path, cmd, word, true, NULL) != IV_ENOTFOUND;
	free(path);
	return found;
}

static int say_ambiguous(const struct cmd *cmd, const char *word)
{
	return cmd_usage(cmd, "'%s' is a revision and a note; write '%s --' or '-- %s'", word, word,
			 word);
}

/*
 * Takes one revision off the words: 1, 0 when the word is none, or an exit status below zero. With
 * `sure` it can be nothing else.
 */
static int take_revision(struct sides *out, struct cmd *cmd, const char *word, int taken, bool sure)
{
	struct iv_error error = IV_ERROR_INIT;
	const char **side = taken ? &out->to : &out->from;
	int rc = find_revision(side, cmd, word, &error), range = 0;

	if (rc == IV_ENOTFOUND && !taken) {
		struct iv_error why = IV_ERROR_INIT;

		rc = find_range(out, cmd, word, &why);
		range = !rc;
		if (rc == IV_EINPUT) {
			iv_error_release(&error);
			error = why;
		} else {
			iv_error_release(&why);
		}
	}
	if (!rc) {
		iv_error_release(&error); /* of a range's word, that it is no revision */
		return !sure && is_note(cmd, word) ? -say_ambiguous(cmd, word) : 1 + range;
	}
	if (!sure && (rc == IV_ENOTFOUND || (rc == IV_EINPUT && is_note(cmd, word)))) {
		out->no_revision = keep(cmd, iv_str_of(error.message));
		iv_error_release(&error);
		return 0;
	}
	return -cmd_fail(cmd, &error);
}

int sides_read(struct sides *out, struct cmd *cmd, int count, char **words)
{
	int sure = cmd->separated, revisions = 0, used = 0;

	*out = (struct sides){.words = words, .count = count};
	if (sure > 2)
		return cmd_usage(cmd, "two revisions at most before '--', not %d words", sure);
	while (revisions < 2 && used < (sure < 0 ? count : sure)) {
		int rc = take_revision(out, cmd, words[used], revisions, sure >= 0);

		if (rc < 0)
			return -rc;
		if (!rc)
			break;
		revisions += rc;
		used++;
	}
	if (sure > used)
		return cmd_usage(cmd, "one revision too many before '--': '%s'", words[used]);
	out->words += used;
	out->count -= used;
	return 0;
}

/* ---- notes ---- */

struct limit {
	struct cmd *cmd;
	const struct sides *sides;
	const struct iv_differences *differences;
	bool *kept;
};

static bool lies_in(const char *path, const char *folder)
{
	size_t len = strlen(folder);

	if (!path || !len)
		return path != NULL;
	if (folder[len - 1] == '/')
		return !strncmp(path, folder, len);
	return !strncmp(path, folder, len) && (!path[len] || path[len] == '/');
}

/* Is it or was it at this path, or below it? */
static bool keep_path(const struct limit *limit, const char *path)
{
	bool any = false;

	for (size_t i = 0; i < limit->differences->count; i++) {
		const struct iv_difference *one = &limit->differences->items[i];

		if (!lies_in(one->path, path) && !lies_in(one->from, path))
			continue;
		any = limit->kept[i] = true;
	}
	return any;
}

static bool side_is_called(const struct limit *limit, const char *path, const char *id,
			   struct iv_str key)
{
	const struct cmd *cmd = limit->cmd;
	struct iv_note *note;
	bool called;
	char *bytes;
	size_t len;

	if (!id || !iv_vault_holds(cmd->config, iv_str_of(path)) ||
	    iv_repo_bytes(&bytes, &len, cmd->repo, id, NULL))
		return false;
	note = iv_note_parse(iv_str_of(path), (struct iv_str){bytes, len},
			     iv_config_syntax(cmd->config));
	called = people_is_called(cmd->own->arena, note, key);
	iv_note_free(note);
	free(bytes);
	return called;
}

/* As one that differs was called on either side; it may be gone. */
static bool keep_called(const struct limit *limit, const char *word)
{
	struct iv_str key = iv_fold(limit->cmd->own->arena, iv_str_of(word));
	bool any = false;

	for (size_t i = 0; i < limit->differences->count; i++) {
		const struct iv_difference *one = &limit->differences->items[i];
		const char *then = one->from ? one->from : one->path;

		if (!side_is_called(limit, then, one->before, key) &&
		    !side_is_called(limit, one->path, one->after, key))
			continue;
		any = limit->kept[i] = true;
	}
	return any;
}

static bool keep_place(const struct limit *limit, const char *word)
{
	char *path = NULL;
	bool any = !cmd_place(&path, limit->cmd, word, NULL) && *path && keep_path(limit, path);

	free(path);
	return any;
}

static bool lists(const struct iv_listing *listing, struct iv_arena *arena, struct iv_str word)
{
	struct iv_str key = iv_fold(arena, word);

	for (size_t i = 0; i < listing->count; i++) {
		struct iv_str path = iv_str_of(listing->entries[i].path);
		struct iv_str name = iv_path_name(path);

		if (iv_str_eq(path, word) ||
		    iv_str_eq(iv_fold(arena, iv_str_slice(name, 0, name.len - 3)), key))
			return true;
	}
	return false;
}

/* Was it there, by its id or path, as it is on both sides? Then nothing of it is to be shown. */
static bool was_there(const struct limit *limit, const char *word)
{
	const char *revision = limit->sides->from;
	struct iv_arena *arena = iv_arena_new();
	struct iv_source *source = NULL;
	struct iv_listing listing;
	bool found = false;

	if (revision &&
	    !iv_repo_source(&source, limit->cmd->repo, revision, limit->cmd->config, NULL)) {
		if (!source->list(source, &listing, NULL)) {
			found = lists(&listing, arena, iv_str_of(word));
			iv_listing_release(&listing);
		}
		source->close(source);
	}
	iv_arena_free(arena);
	return found;
}

static int keep_word(const struct limit *limit, const char *word)
{
	struct iv_error error = IV_ERROR_INIT;
	char *path = NULL;
	int rc = cmd_resolve(&path, limit->cmd, word, true, &error);

	if (!rc)
		keep_path(limit, path);
	free(path);
	if (rc && (keep_place(limit, word) ||
		   (rc != IV_EAMBIGUOUS && (keep_called(limit, word) || was_there(limit, word)))))
		rc = 0;
	if (rc == IV_ENOTFOUND && limit->sides->no_revision && word == *limit->sides->words)
		iv_error_context(&error, "%s", limit->sides->no_revision);
	if (rc)
		return cmd_fail(limit->cmd, &error);
	iv_error_release(&error);
	return 0;
}

int sides_limit(bool **kept, struct cmd *cmd, const struct sides *sides,
		const struct iv_differences *differences)
{
	struct limit limit = {cmd, sides, differences,
			      iv_calloc(differences->count + 1, sizeof(bool))};
	int rc = sides->count ? cmd_open(cmd, CMD_INDEX) : 0;

	*kept = limit.kept;
	for (size_t i = 0; !sides->count && i < differences->count; i++)
		limit.kept[i] = true;
	for (int i = 0; !rc && i < sides->count; i++)
		rc = keep_word(&limit, sides->words[i]);
	return rc;
}
