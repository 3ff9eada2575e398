#include "vcs/upstream.h"

#include <stdlib.h>
#include <string.h>

#include "base/meant.h"

#define HEADS "refs/heads/"

/* ---- the branch ---- */

static int find_head(struct vcs_upstream *out, git_repository *git, struct iv_error *error)
{
	git_reference *head = NULL;
	const char *target;
	int rc = git_reference_lookup(&head, git, "HEAD");

	if (rc)
		return vcs_error(error, IV_EIO, "cannot read HEAD");
	target = git_reference_symbolic_target(head);
	if (target && !strncmp(target, HEADS, strlen(HEADS)))
		out->head = iv_strdup(target);
	else
		rc = iv_error_set(
			error, IV_EREFUSED,
			"HEAD is on no branch; 'git switch NAME' goes to one, 'git switch "
			"-c NAME' makes one");
	git_reference_free(head);
	return rc;
}

/* branch.NAME.KEY of git's configuration, or NULL; the caller frees. */
static char *branch_setting(const struct iv_repo *repo, const char *branch, const char *key)
{
	struct iv_buf name = IV_BUF_INIT;
	char *text;

	iv_buf_printf(&name, "branch.%s.%s", branch, key);
	text = iv_repo_setting(repo, name.ptr);
	iv_buf_release(&name);
	return text;
}

/* ---- the remote ---- */

static bool holds(const git_strarray *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (!strcmp(names->strings[i], name))
			return true;
	return false;
}

static int no_such(const git_strarray *names, const char *name, struct iv_error *error)
{
	struct iv_arena *arena = iv_arena_new();
	struct iv_meant meant = {.word = iv_str_of(name)};
	const char *text;
	int rc;

	for (size_t i = 0; i < names->count; i++)
		iv_meant_offer(&meant, iv_str_of(names->strings[i]));
	text = iv_meant_text(arena, &meant);
	rc = iv_error_set(error, IV_ENOTFOUND, "no remote is called '%s'; %s", name,
			  text           ? text
			  : names->count ? "'git remote -v' lists them"
					 : "'git remote add NAME URL' makes one");
	iv_arena_free(arena);
	return rc;
}

/* What the branch's configuration says, else 'origin', else the only one. */
static int choose(struct vcs_upstream *out, const git_strarray *names, const char *configured,
		  const char *named, struct iv_error *error)
{
	const char *name = named ? named : configured;

	if (!name && holds(names, "origin"))
		name = "origin";
	if (!name && names->count == 1)
		name = names->strings[0];
	if (!name && names->count)
		return iv_error_set(error, IV_EREFUSED,
				    "there are %zu remotes and none is called 'origin'; name one: "
				    "'ivnotes sync %s'",
				    names->count, names->strings[0]);
	if (!name)
		return iv_error_set(error, IV_EREFUSED,
				    "there is no remote to sync with; 'git remote add origin URL' "
				    "names one");
	if (!strcmp(name, "."))
		return iv_error_set(error, IV_EREFUSED,
				    "the upstream of '%s' is a branch of this same repository; use "
				    "'git merge', or name a remote: 'ivnotes sync origin'",
				    out->head + strlen(HEADS));
	if (!holds(names, name))
		return no_such(names, name, error);
	out->remote = iv_strdup(name);
	return IV_OK;
}

int vcs_upstream_find(struct vcs_upstream *out, const struct iv_repo *repo, const char *named,
		      struct iv_error *error)
{
	git_strarray names = {NULL, 0};
	char *remote = NULL, *merge = NULL;
	int rc;

	memset(out, 0, sizeof(*out));
	rc = find_head(out, repo->git, error);
	if (!rc && git_remote_list(&names, repo->git))
		rc = vcs_error(error, IV_EIO, "cannot list the remotes");
	if (!rc) {
		remote = branch_setting(repo, out->head + strlen(HEADS), "remote");
		merge = branch_setting(repo, out->head + strlen(HEADS), "merge");
		rc = choose(out, &names, remote, named, error);
	}
	if (!rc) {
		bool tracked = merge && remote && !strcmp(remote, out->remote) &&
			       !strncmp(merge, HEADS, strlen(HEADS));
		out->branch = iv_strdup(tracked ? merge : out->head);
	}
	free(remote);
	free(merge);
	git_strarray_dispose(&names);
	return rc;
}

int vcs_upstream_push(struct vcs_upstream *out, const struct vcs_upstream *from,
		      const struct iv_repo *repo, struct iv_error *error)
{
	git_strarray names = {NULL, 0};
	char *name = branch_setting(repo, from->head + strlen(HEADS), "pushremote");
	int rc = IV_OK;

	memset(out, 0, sizeof(*out));
	if (!name)
		name = iv_repo_setting(repo, "remote.pushdefault");
	if (name && git_remote_list(&names, repo->git))
		rc = vcs_error(error, IV_EIO, "cannot list the remotes");
	else if (name && !holds(&names, name))
		rc = no_such(&names, name, error);
	else if (name && strcmp(name, from->remote) != 0)
		*out = (struct vcs_upstream){iv_strdup(from->head), iv_strdup(name),
					     iv_strdup(from->head)};
	git_strarray_dispose(&names);
	free(name);
	return rc;
}

void vcs_upstream_release(struct vcs_upstream *upstream)
{
	free(upstream->head);
	free(upstream->remote);
	free(upstream->branch);
	memset(upstream, 0, sizeof(*upstream));
}

char **iv_repo_remotes(const struct iv_repo *repo)
{
	git_strarray names = {NULL, 0};
	size_t size = 0, at;
	char **list = NULL;

	if (git_remote_list(&names, repo->git) || !names.count) {
		git_strarray_dispose(&names);
		return NULL;
	}
	for (size_t i = 0; i < names.count; i++)
		size += strlen(names.strings[i]) + 1;
	at = (names.count + 1) * sizeof(*list);
	list = iv_malloc(at + size);
	for (size_t i = 0; i < names.count; i++) {
		size_t len = strlen(names.strings[i]) + 1;
		list[i] = memcpy((char *)list + at, names.strings[i], len);
		at += len;
	}
	list[names.count] = NULL;
	git_strarray_dispose(&names);
	return list;
}
