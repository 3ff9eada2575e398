/* The same state here and at a remote: fetch, take in, push. */
#include <stdlib.h>
#include <string.h>

#include <ivnotes/vcs.h>

#include "vcs/remote.h"
#include "vcs/state.h"
#include "vcs/take.h"

/* So often somebody else may be quicker. */
#define TRIES 5

struct run {
	struct iv_sync *out;
	struct iv_repo *repo;
	const struct iv_sync_wish *wish;
	struct vcs_upstream upstream;
	struct vcs_remote remote;
	struct vcs_take take;
	char *label; /* "origin/main" */
	git_oid tip; /* of the branch there; zero: none */
	struct iv_error *error;
};

/* ---- may we? ---- */

static int check(const struct run *run)
{
	int shallow = git_repository_is_shallow(run->repo->git);

	if (shallow < 0)
		return vcs_error(run->error, IV_EIO, "cannot read the git repository");
	if (shallow)
		return iv_error_set(run->error, IV_EREFUSED,
				    "this clone is shallow: the commits that a merge needs may be "
				    "missing; 'git fetch --unshallow' brings them");
	return vcs_state_check(run->repo, "sync", run->error);
}

static int begin(struct run *run)
{
	struct iv_buf label = IV_BUF_INIT;
	int rc = check(run);

	if (!rc)
		rc = vcs_upstream_find(&run->upstream, run->repo, run->wish->remote, run->error);
	if (rc)
		return rc;
	iv_buf_printf(&label, "%s/%s", run->upstream.remote,
		      run->upstream.branch + strlen("refs/heads/"));
	run->label = iv_buf_detach(&label);
	run->remote = (struct vcs_remote){run->repo, run->wish->help, &run->upstream};
	run->take = (struct vcs_take){.repo = run->repo,
				      .wish = run->wish,
				      .branch = run->upstream.head,
				      .label = run->label,
				      .out = run->out};
	run->out->memory = run->take.arena = iv_arena_new();
	run->out->remote = iv_arena_str(run->take.arena, iv_str_of(run->upstream.remote)).ptr;
	run->out->branch = iv_arena_str(run->take.arena,
					iv_str_of(run->upstream.branch + strlen("refs/heads/")))
				   .ptr;
	return IV_OK;
}

/* ---- what is to be sent ---- */

/* Commits of the branch that are not at the remote, as far as is known. */
static int count_ahead(size_t *count, const struct run *run, const git_oid *head)
{
	git_revwalk *walk = NULL;
	struct iv_buf theirs = IV_BUF_INIT;
	git_oid id;
	int rc = git_revwalk_new(&walk, run->repo->git);

	iv_buf_printf(&theirs, "refs/remotes/%s", run->upstream.remote);
	*count = 0;
	if (!rc)
		rc = git_revwalk_push(walk, head);
	if (!rc)
		rc = git_oid_is_zero(&run->tip) ? git_revwalk_hide_glob(walk, theirs.ptr)
						: git_revwalk_hide(walk, &run->tip);
	while (!rc && !(rc = git_revwalk_next(&id, walk)))
		++*count;
	git_revwalk_free(walk);
	iv_buf_release(&theirs);
	if (rc != GIT_ITEROVER)
		return vcs_error(run->error, IV_EIO, "cannot read the history");
	return IV_OK;
}

/* A push that is rejected since somebody else's came first looks like any other, from here. */
static int push(struct run *run)
{
	int rc = vcs_remote_push(&run->remote, run->error);
	git_oid tip;

	if (rc == IV_EREFUSED && !vcs_remote_fetch(&tip, &run->remote, NULL) &&
	    !git_oid_equal(&tip, &run->tip))
		return IV_ECHANGED;
	return rc;
}

static int send(struct run *run)
{
	git_oid head;
	size_t count;
	int rc = vcs_take_head(&head, &run->take, run->error);

	if (rc)
		return rc;
	if (git_oid_is_zero(&head))
		return iv_error_set(
			run->error, IV_EREFUSED,
			"nothing is committed here and nothing is at '%s' yet; 'ivnotes "
			"sync --commit' makes the first commit",
			run->label);
	rc = count_ahead(&count, run, &head);
	if (rc || git_oid_equal(&head, &run->tip))
		return rc;
	if (!run->wish->dry_run)
		rc = push(run);
	if (!rc) {
		run->out->made = git_oid_is_zero(&run->tip);
		run->out->sent = count > run->take.merges ? count - run->take.merges : 0;
	}
	return rc;
}

/* ---- all of it ---- */

/* Where something is in the way by now, what is received next will meet it, too: after the commit. */
static int resume(struct run *run)
{
	int rc = run->wish->dry_run ? IV_OK : vcs_take_resume(&run->take, run->error);

	if (rc == IV_EREFUSED && run->wish->help->commit) {
		iv_error_release(run->error);
		rc = IV_OK;
	}
	return rc;
}

static int once(struct run *run)
{
	int rc = vcs_remote_fetch(&run->tip, &run->remote, run->error);

	if (!rc && !git_oid_is_zero(&run->tip))
		rc = vcs_take_in(&run->take, &run->tip, run->error);
	if (!rc && run->out->how != IV_SYNC_STOPPED)
		rc = send(run);
	return rc;
}

static int repeat(struct run *run)
{
	int rc = IV_ECHANGED;

	for (int i = 0; i < TRIES && rc == IV_ECHANGED; i++) {
		iv_error_release(run->error);
		rc = once(run);
	}
	if (rc == IV_ECHANGED)
		rc = iv_error_set(run->error, IV_EBUSY,
				  "others were quicker %d times; nothing is lost, sync again",
				  TRIES);
	return rc;
}

int iv_repo_sync(struct iv_sync *out, struct iv_repo *repo, const struct iv_sync_wish *wish,
		 struct iv_error *error)
{
	struct iv_error own = IV_ERROR_INIT;
	struct run run = {.out = out, .repo = repo, .wish = wish, .error = error ? error : &own};
	int rc;

	memset(out, 0, sizeof(*out));
	rc = begin(&run);
	if (!rc)
		rc = resume(&run);
	if (!rc && out->how != IV_SYNC_STOPPED && wish->help->commit)
		rc = wish->help->commit(wish->help->data, run.error);
	if (!rc && out->how != IV_SYNC_STOPPED)
		rc = repeat(&run);
	vcs_upstream_release(&run.upstream);
	free(run.label);
	iv_error_release(&own);
	return rc;
}

void iv_sync_release(struct iv_sync *sync)
{
	iv_arena_free(sync->memory);
	memset(sync, 0, sizeof(*sync));
}
