#include "vcs/take.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "vcs/create.h"
#include "vcs/kept.h"
#include "vcs/merge.h"
#include "vcs/person.h"
#include "vcs/state.h"

#define HEADS "refs/heads/"
#define PENDING "refs/ivnotes/sync/"

/* ---- refs ---- */

int vcs_take_head(git_oid *head, const struct vcs_take *take, struct iv_error *error)
{
	int rc = git_reference_name_to_id(head, take->repo->git, take->branch);

	if (rc == GIT_ENOTFOUND)
		memset(head, 0, sizeof(*head));
	else if (rc)
		return vcs_error(error, IV_EIO, "cannot read the branch");
	return IV_OK;
}

static char *pending_name(const struct vcs_take *take)
{
	struct iv_buf name = IV_BUF_INIT;

	iv_buf_printf(&name, PENDING "%s", take->branch + strlen(HEADS));
	return iv_buf_detach(&name);
}

static int set_ref(const struct vcs_take *take, const char *name, const git_oid *id)
{
	git_reference *ref = NULL;
	int rc = git_reference_create(&ref, take->repo->git, name, id, 1, NULL);

	git_reference_free(ref);
	return rc;
}

static int set_pending(const struct vcs_take *take, const git_oid *id, struct iv_error *error)
{
	char *name = pending_name(take);
	int rc = set_ref(take, name, id);

	free(name);
	return rc ? vcs_ref_error(error, rc, "cannot note down what is to be taken in") : IV_OK;
}

/* That it stays is no harm: what it names is known to be taken in then. libgit2's code. */
static int drop_pending(const struct vcs_take *take)
{
	char *name = pending_name(take);
	int rc = git_reference_remove(take->repo->git, name);

	free(name);
	return rc == GIT_ENOTFOUND ? 0 : rc;
}

static int move_branch(const struct vcs_take *take, const git_oid *from, const git_oid *to,
		       const char *log, struct iv_error *error)
{
	git_repository *git = take->repo->git;
	git_reference *moved = NULL;
	int rc;

	if (git_oid_is_zero(from))
		rc = git_reference_create(&moved, git, take->branch, to, 0, log);
	else
		rc = git_reference_create_matching(&moved, git, take->branch, to, 1, from, log);
	git_reference_free(moved);
	return rc ? vcs_ref_error(error, rc, "cannot move the branch") : IV_OK;
}

/* ---- from one state to the next ---- */

static void add_subject(struct iv_buf *out, const struct vcs_take *take)
{
	iv_buf_printf(out, "Merge remote-tracking branch '%s'", take->label);
}

/* The branch goes to a commit, or a merge stops on the way. */
struct change {
	const git_oid *from, *to;        /* commits; after a kill all begins anew with `to` */
	git_tree *old, *new;             /* of `from`, and as the files shall be */
	const char *log;                 /* for the branch's reflog */
	const struct vcs_merge *stopped; /* NULL: the branch goes to `to` */
};

/* Once the index is locked: somebody may have gone to another branch, or begun something. */
static int check_still(const struct vcs_take *take, const git_oid *from, struct iv_error *error)
{
	git_reference *head = NULL;
	const char *target = NULL;
	git_oid now;
	bool same;
	int rc = vcs_state_check(take->repo, "sync", error);

	if (!rc)
		rc = vcs_take_head(&now, take, error);
	if (rc)
		return rc;
	if (!git_reference_lookup(&head, take->repo->git, "HEAD"))
		target = git_reference_symbolic_target(head);
	same = target && !strcmp(target, take->branch) && git_oid_equal(&now, from);
	git_reference_free(head);
	if (same)
		return IV_OK;
	return iv_error_set(error, IV_EBUSY,
			    "another git process has moved HEAD meanwhile; sync again");
}

/* The merge's commit will take what is staged: nothing but the merge may be. */
static int check_staged(const struct vcs_take *take, git_tree *head, git_index *index,
			struct iv_error *error)
{
	git_diff *diff = NULL;
	int rc = IV_OK;

	if (git_diff_tree_to_index(&diff, take->repo->git, head, index, NULL))
		rc = vcs_error(error, IV_EIO, "cannot compare the git index");
	else if (git_diff_num_deltas(diff))
		rc = iv_error_set(
			error, IV_EREFUSED,
			"the merge has conflicts, and '%s' is staged, which would become "
			"part of it; commit it or 'git restore --staged' it first: nothing "
			"was touched",
			git_diff_get_delta(diff, 0)->new_file.path);
	git_diff_free(diff);
	return rc;
}

static int write_state(const struct vcs_take *take, const char *name, const struct iv_buf *text,
		       struct iv_error *error)
{
	char *path = iv_path_join(git_repository_path(take->repo->git), name);
	int rc = iv_file_write(path, (struct iv_str){text->ptr ? text->ptr : "", text->len}, NULL,
			       error);

	free(path);
	return rc;
}

/* As git leaves a merge that stopped. MERGE_HEAD comes last: with it the next commit is a merge. */
static int write_states(const struct vcs_take *take, const struct vcs_merge *merge,
			const git_oid *theirs, struct iv_error *error)
{
	struct iv_buf message = IV_BUF_INIT, head = IV_BUF_INIT, mode = IV_BUF_INIT;
	char id[GIT_OID_HEXSZ + 1];
	int rc;

	add_subject(&message, take);
	iv_buf_puts(&message, "\n\n# Conflicts:\n");
	for (size_t i = 0; i < merge->conflict_count; i++)
		iv_buf_printf(&message, "#\t%s\n", merge->conflicts[i].path);
	iv_buf_printf(&head, "%s\n", git_oid_tostr(id, sizeof(id), theirs));
	rc = write_state(take, "MERGE_MSG", &message, error);
	if (!rc)
		rc = write_state(take, "MERGE_MODE", &mode, error);
	if (!rc)
		rc = write_state(take, "MERGE_HEAD", &head, error);
	iv_buf_release(&message);
	iv_buf_release(&head);
	return rc;
}

/*
 * Files, index, and then what git knows, in this order: whatever is cut off in between is not taken for a
 * change. That a merge has stopped it hears after the conflicts stand in the index: without them its commit
 * would be ours alone.
 */
static int carry_out(const struct vcs_take *take, const struct change *change,
		     struct vcs_switch *step, struct iv_error *error)
{
	int rc = set_pending(take, change->to, error);

	if (rc)
		return rc;
	rc = vcs_switch_files(step, error);
	if (rc && !step->touched)
		drop_pending(take);
	if (rc)
		return rc;
	if (!git_oid_is_zero(change->from))
		set_ref(take, "ORIG_HEAD", change->from);
	rc = vcs_switch_index(step, error);
	if (!rc && change->stopped)
		rc = write_states(take, change->stopped, change->to, error);
	else if (!rc)
		rc = move_branch(take, change->from, change->to, change->log, error);
	if (!rc)
		drop_pending(take);
	return rc;
}

static int prepare(struct vcs_switch *step, const struct vcs_take *take,
		   const struct change *change, const struct vcs_switch_wish *wish,
		   struct iv_error *error)
{
	int rc = vcs_switch_prepare(step, take->repo, wish, error);

	if (!rc)
		rc = check_still(take, change->from, error);
	if (!rc && change->stopped)
		rc = check_staged(take, change->old, step->index.index, error);
	if (!rc && vcs_kept_write(take->kept))
		rc = vcs_error(error, IV_EIO, "cannot keep what was merged");
	return rc;
}

static int run(const struct vcs_take *take, const struct change *change, struct iv_error *error)
{
	const struct vcs_merge *merge = change->stopped;
	const struct vcs_switch_wish wish = {
		.from = change->old,
		.to = change->new,
		.received = change->to,
		.label = take->label,
		.conflicts = merge ? merge->conflicts : NULL,
		.conflict_count = merge ? merge->conflict_count : 0,
	};
	struct vcs_switch step;
	sigset_t signals;
	int rc;

	vcs_signals_hold(&signals);
	rc = prepare(&step, take, change, &wish, error);
	if (!rc)
		rc = carry_out(take, change, &step, error);
	vcs_switch_release(&step);
	vcs_signals_release(&signals);
	return rc;
}

static int tree_of(git_tree **out, const struct vcs_take *take, const git_oid *id,
		   struct iv_error *error)
{
	git_commit *commit = NULL;
	int rc = 0;

	if (git_oid_is_zero(id))
		return IV_OK;
	rc = git_commit_lookup(&commit, take->repo->git, id);
	if (!rc)
		rc = git_commit_tree(out, commit);
	git_commit_free(commit);
	return rc ? vcs_error(error, IV_EIO, "cannot read a commit") : IV_OK;
}

static int forward(const struct vcs_take *take, const git_oid *from, const git_oid *to,
		   const char *log, struct iv_error *error)
{
	struct change change = {.from = from, .to = to, .log = log};
	int rc = tree_of(&change.old, take, from, error);

	if (!rc)
		rc = tree_of(&change.new, take, to, error);
	if (!rc)
		rc = run(take, &change, error);
	git_tree_free(change.old);
	git_tree_free(change.new);
	return rc;
}

static int stop(const struct vcs_take *take, const struct vcs_merge *merge, const git_oid *ours,
		const git_oid *theirs, struct iv_error *error)
{
	struct change change = {.from = ours, .to = theirs, .stopped = merge};
	int rc = tree_of(&change.old, take, ours, error);

	if (!rc && git_tree_lookup(&change.new, take->repo->git, &merge->tree))
		rc = vcs_error(error, IV_EIO, "cannot read the merged tree");
	if (!rc)
		rc = run(take, &change, error);
	git_tree_free(change.old);
	git_tree_free(change.new);
	return rc;
}

/* ---- merge ---- */

static void report(const struct vcs_take *take, const struct vcs_merge *merge)
{
	struct iv_sync *out = take->out;
	const char **joined = iv_arena_calloc(
		take->arena, merge->joined_count + out->merged_count + 1, sizeof(*joined));
	struct iv_sync_conflict *told =
		iv_arena_calloc(take->arena, merge->conflict_count + 1, sizeof(*told));

	/* Of an earlier merge in this run, too. */
	for (size_t i = 0; i < out->merged_count; i++)
		joined[i] = out->merged[i];
	for (size_t i = 0; i < merge->joined_count; i++)
		joined[out->merged_count++] =
			iv_arena_str(take->arena, iv_str_of(merge->joined[i])).ptr;
	for (size_t i = 0; i < merge->conflict_count; i++) {
		told[i] = merge->told[i];
		told[i].path = iv_arena_str(take->arena, iv_str_of(told[i].path)).ptr;
	}
	out->merged = joined;
	out->conflicts = told;
	out->conflict_count = merge->conflict_count;
}

static int create(git_oid *out, const struct vcs_take *take, const struct vcs_merge *merge,
		  git_commit *ours, git_commit *theirs, struct iv_error *error)
{
	git_repository *git = take->repo->git;
	git_signature *author = NULL, *committer = NULL;
	struct vcs_signing signing = {.wanted = false};
	struct iv_buf message = IV_BUF_INIT;
	int rc = vcs_person(&author, git, &take->wish->author, "author", error);

	if (!rc)
		rc = vcs_person(&committer, git, &take->wish->committer, "committer", error);
	if (!rc)
		rc = vcs_signing_read(&signing, take->repo, committer, error);
	add_subject(&message, take);
	iv_buf_putc(&message, '\n');
	if (!rc)
		rc = vcs_create_object(out,
				       &(struct vcs_draft){.repo = take->repo,
							   .author = author,
							   .committer = committer,
							   .last = ours,
							   .parent = ours,
							   .merged = theirs,
							   .message = message.ptr,
							   .signing = &signing,
							   .help = take->wish->signer},
				       &merge->tree, error);
	if (!rc)
		git_repository_set_ident(git, committer->name, committer->email);
	vcs_signing_release(&signing);
	git_signature_free(author);
	git_signature_free(committer);
	iv_buf_release(&message);
	return rc;
}

static int make_merge(struct vcs_take *take, const struct vcs_merge *merge, git_commit *ours,
		      git_commit *theirs, struct iv_error *error)
{
	struct iv_buf log = IV_BUF_INIT;
	git_oid id;
	int rc = create(&id, take, merge, ours, theirs, error);

	iv_buf_printf(&log, "merge %s: Merge made by ivnotes sync", take->label);
	if (!rc)
		rc = forward(take, git_commit_id(ours), &id, log.ptr, error);
	if (!rc)
		take->merges++;
	iv_buf_release(&log);
	return rc;
}

/* ---- which of them ---- */

static int merge(struct vcs_take *take, const git_oid *head, const git_oid *tip,
		 struct iv_error *error)
{
	git_commit *ours = NULL, *theirs = NULL;
	struct vcs_merge merge = {.conflict_count = 0};
	bool dry = take->wish->dry_run;
	int rc = IV_OK;

	if (git_commit_lookup(&ours, take->repo->git, head) ||
	    git_commit_lookup(&theirs, take->repo->git, tip))
		rc = vcs_error(error, IV_EIO, "cannot read a commit");
	if (!rc && vcs_kept_begin(&take->kept, take->repo->git))
		rc = vcs_error(error, IV_EIO, "cannot merge");
	if (!rc)
		rc = vcs_merge(&merge, take->repo, ours, theirs, take->label, error);
	if (!rc && !merge.conflict_count && !dry)
		rc = make_merge(take, &merge, ours, theirs, error);
	if (!rc && merge.conflict_count && !dry)
		rc = stop(take, &merge, head, tip, error);
	if (!rc) {
		report(take, &merge);
		take->out->how = merge.conflict_count ? IV_SYNC_STOPPED : IV_SYNC_MERGED;
	}
	vcs_kept_drop(take->kept);
	vcs_merge_release(&merge);
	git_commit_free(ours);
	git_commit_free(theirs);
	return rc;
}

static int go_forward(struct vcs_take *take, const git_oid *head, const git_oid *tip,
		      struct iv_error *error)
{
	struct iv_buf log = IV_BUF_INIT;
	int rc = IV_OK;

	iv_buf_printf(&log, "merge %s: Fast-forward", take->label);
	if (!take->wish->dry_run)
		rc = forward(take, head, tip, log.ptr, error);
	if (!rc && take->out->how == IV_SYNC_NOTHING)
		take->out->how = IV_SYNC_FORWARD;
	iv_buf_release(&log);
	return rc;
}

static int count_all(size_t *count, const struct vcs_take *take, const git_oid *tip)
{
	git_revwalk *walk = NULL;
	git_oid id;
	int rc = git_revwalk_new(&walk, take->repo->git);

	*count = 0;
	if (!rc)
		rc = git_revwalk_push(walk, tip);
	while (!rc && !(rc = git_revwalk_next(&id, walk)))
		++*count;
	git_revwalk_free(walk);
	return rc == GIT_ITEROVER ? 0 : rc;
}

int vcs_take_in(struct vcs_take *take, const git_oid *tip, struct iv_error *error)
{
	size_t ahead = 0, behind = 0;
	git_oid head;
	int rc = vcs_take_head(&head, take, error);

	if (rc)
		return rc;
	if (git_oid_is_zero(&head))
		rc = count_all(&behind, take, tip);
	else
		rc = git_graph_ahead_behind(&ahead, &behind, take->repo->git, &head, tip);
	if (rc)
		return vcs_error(error, IV_EIO, "cannot read the history");
	if (!behind)
		return IV_OK;
	rc = ahead ? merge(take, &head, tip, error) : go_forward(take, &head, tip, error);
	if (!rc)
		take->out->received += behind;
	return rc;
}

int vcs_take_resume(struct vcs_take *take, struct iv_error *error)
{
	char *name = pending_name(take);
	git_commit *commit = NULL;
	git_oid id;
	int rc = git_reference_name_to_id(&id, take->repo->git, name), code;

	free(name);
	if (rc)
		return rc == GIT_ENOTFOUND ? IV_OK : vcs_error(error, IV_EIO, "cannot read a ref");
	rc = IV_OK;
	if (!git_commit_lookup(&commit, take->repo->git, &id))
		rc = vcs_take_in(take, &id, error);
	git_commit_free(commit);
	if (!rc && (code = drop_pending(take)))
		rc = vcs_ref_error(error, code, "cannot note down that all is taken in");
	return rc;
}
