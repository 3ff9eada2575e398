/* The same state here and at a remote: fetch, take in, push. */
#include <stdlib.h>
#include <string.h>

#include <ivnotes/vcs.h>

#include "vcs/branch.h"
#include "vcs/remote.h"
#include "vcs/state.h"
#include "vcs/take.h"

/* So often somebody else may be quicker. */
#define TRIES 5

/* A branch at a remote. */
struct side {
	struct vcs_upstream upstream;
	struct vcs_remote remote;
	char *label; /* "origin/main" */
	struct vcs_tip tip;
	bool rewound; /* there, in this run */
};

struct run {
	struct iv_sync *out;
	struct iv_repo *repo;
	const struct iv_sync_wish *wish;
	struct side sides[2]; /* where it comes from; and where it goes to, if that is elsewhere */
	size_t count;
	struct vcs_take take;
	struct iv_error *error;
};

/* Where it goes to. */
static struct side *target(struct run *run)
{
	return &run->sides[run->count - 1];
}

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

static const char *short_name(const struct side *side)
{
	return side->upstream.branch + strlen("refs/heads/");
}

static void add_side(struct run *run, const struct vcs_upstream *upstream)
{
	struct side *side = &run->sides[run->count++];
	struct iv_buf label = IV_BUF_INIT;

	side->upstream = *upstream;
	side->remote = (struct vcs_remote){run->repo, run->wish->help, &side->upstream};
	iv_buf_printf(&label, "%s/%s", upstream->remote, short_name(side));
	side->label = iv_buf_detach(&label);
}

/* Who names a remote means it both ways. */
static int find_sides(struct run *run)
{
	struct vcs_upstream from, to = {.remote = NULL};
	int rc = vcs_upstream_find(&from, run->repo, run->wish->remote, run->error);

	if (!rc)
		add_side(run, &from);
	else
		vcs_upstream_release(&from);
	if (!rc && !run->wish->remote)
		rc = vcs_upstream_push(&to, &from, run->repo, run->error);
	if (!rc && to.remote)
		add_side(run, &to);
	return rc;
}

static const char *keep(const struct run *run, const char *text)
{
	return iv_arena_str(run->take.arena, iv_str_of(text)).ptr;
}

/* What is to be moved later, before anything is fetched. */
static int check_branch(const struct run *run)
{
	const char *head = run->sides[0].upstream.head;
	char *name = NULL;
	int rc = vcs_branch_find(&name, run->repo, run->error);

	if (!rc && strcmp(name, head))
		rc = iv_error_set(run->error, IV_EREFUSED,
				  "'%s' is another name for '%s'; 'git symbolic-ref HEAD %s' goes "
				  "there, then sync",
				  head, name, name);
	free(name);
	return rc;
}

static int begin(struct run *run)
{
	int rc = check(run);

	if (!rc)
		rc = find_sides(run);
	if (!rc)
		rc = check_branch(run);
	if (rc)
		return rc;
	run->out->memory = iv_arena_new();
	run->take = (struct vcs_take){.repo = run->repo,
				      .wish = run->wish,
				      .branch = run->sides[0].upstream.head,
				      .label = run->sides[0].label,
				      .out = run->out,
				      .arena = run->out->memory};
	run->out->remote = keep(run, target(run)->upstream.remote);
	run->out->branch = keep(run, short_name(target(run)));
	return IV_OK;
}

static void end(struct run *run)
{
	for (size_t i = 0; i < run->count; i++) {
		vcs_upstream_release(&run->sides[i].upstream);
		free(run->sides[i].label);
	}
}

/* ---- what is to be sent ---- */

static int hide(git_revwalk *walk, const struct side *side)
{
	struct iv_buf theirs = IV_BUF_INIT;
	int rc;

	if (!git_oid_is_zero(&side->tip.id))
		return git_revwalk_hide(walk, &side->tip.id);
	iv_buf_printf(&theirs, "refs/remotes/%s", side->upstream.remote);
	rc = git_revwalk_hide_glob(walk, theirs.ptr);
	iv_buf_release(&theirs);
	return rc;
}

/* Commits of the branch that are at no remote, as far as is known. */
static int count_ahead(size_t *count, const struct run *run, const git_oid *head)
{
	git_revwalk *walk = NULL;
	git_oid id;
	int rc = git_revwalk_new(&walk, run->repo->git);

	*count = 0;
	if (!rc)
		rc = git_revwalk_push(walk, head);
	for (size_t i = 0; i < run->count && !rc; i++)
		rc = hide(walk, &run->sides[i]);
	while (!rc && !(rc = git_revwalk_next(&id, walk)))
		++*count;
	git_revwalk_free(walk);
	if (rc != GIT_ITEROVER)
		return vcs_error(run->error, IV_EIO, "cannot read the history");
	return IV_OK;
}

/* A push that is rejected since somebody else's came first looks like any other, from here. */
static int push(struct run *run, const git_oid *head)
{
	struct side *to = target(run);
	struct vcs_tip tip;
	int rc = vcs_remote_ask(&to->remote, head, &to->tip.id, run->error);

	if (rc)
		return rc;
	rc = vcs_remote_push(&to->remote, run->error);
	if (rc == IV_EREFUSED && !vcs_remote_fetch(&tip, &to->remote, NULL) &&
	    !git_oid_equal(&tip.id, &to->tip.id)) {
		to->rewound |= tip.rewound;
		return IV_ECHANGED;
	}
	return rc;
}

static int nothing_yet(struct run *run)
{
	return iv_error_set(run->error, IV_EREFUSED,
			    "nothing is committed here and nothing is at '%s' yet; 'ivnotes "
			    "sync --commit' makes the first commit",
			    target(run)->label);
}

static int send(struct run *run)
{
	const git_oid *there = &target(run)->tip.id;
	git_oid head;
	size_t count;
	int rc = vcs_take_head(&head, &run->take, run->error);

	if (!rc && git_oid_is_zero(&head))
		rc = nothing_yet(run);
	if (!rc)
		rc = count_ahead(&count, run, &head);
	if (rc || git_oid_equal(&head, there))
		return rc;
	if (!run->wish->dry_run)
		rc = push(run, &head);
	if (!rc) {
		run->out->made = git_oid_is_zero(there);
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

/* Once: from then on it is known. */
static int check_rewound(struct run *run, struct side *side)
{
	side->rewound |= side->tip.rewound;
	if (side->rewound)
		run->out->rewound = keep(run, side->label);
	if (!side->rewound || run->wish->dry_run)
		return IV_OK;
	return iv_error_set(
		run->error, IV_EREFUSED,
		"'%s' was rewound or rewritten there: commits that it had are gone; "
		"nothing was touched. 'git log --oneline HEAD...%s' shows what differs; "
		"to bring both together, which sends there what is gone, sync again",
		side->label, side->label);
}

static int take_in(struct run *run, struct side *side)
{
	int rc = vcs_remote_fetch(&side->tip, &side->remote, run->error);

	run->take.label = side->label;
	if (!rc)
		rc = check_rewound(run, side);
	if (!rc && !git_oid_is_zero(&side->tip.id))
		rc = vcs_take_in(&run->take, &side->tip.id, run->error);
	return rc;
}

static int once(struct run *run)
{
	int rc = IV_OK;

	for (size_t i = 0; i < run->count && !rc && run->out->how != IV_SYNC_STOPPED; i++)
		rc = take_in(run, &run->sides[i]);
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
	end(&run);
	iv_error_release(&own);
	return rc;
}

void iv_sync_release(struct iv_sync *sync)
{
	iv_arena_free(sync->memory);
	memset(sync, 0, sizeof(*sync));
}
