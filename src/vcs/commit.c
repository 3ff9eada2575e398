/* A commit of what belongs to the vault, and of nothing else. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <ivnotes/vcs.h>

#include "base/utf8.h"
#include "vcs/amend.h"
#include "vcs/branch.h"
#include "vcs/create.h"
#include "vcs/facts.h"
#include "vcs/person.h"
#include "vcs/preview.h"
#include "vcs/state.h"
#include "vcs/write.h"

#define SYNC_EACH_MAX 50

struct work {
	const struct iv_repo *repo;
	const struct iv_commit_wish *wish;
	git_signature *author, *committer;
	struct vcs_signing signing;
	git_commit *last;   /* of HEAD; NULL before the first one */
	git_commit *parent; /* the last one, or the one before it, which may be NULL */
	git_tree *head;
	struct vcs_index index;
	struct vcs_changes changes;
	git_index_entry *entries;
	struct vcs_preview preview;
	char *message;
	const char *encoding; /* of a message that is kept; NULL: UTF-8 */
};

/* ---- may we? ---- */

static int check_signing(struct work *work, struct iv_error *error)
{
	const struct iv_commit_help *help = work->wish->help;
	int rc = vcs_signing_read(&work->signing, work->repo, work->committer, error);

	if (rc || !work->signing.wanted || work->wish->dry_run || (help && help->sign))
		return rc;
	return iv_error_set(error, IV_EREFUSED,
			    "commits are to be signed here (commit.gpgSign), which is not done in "
			    "this place; use 'git add' and 'git commit', or 'git config "
			    "commit.gpgSign false' in this repository");
}

static int check_conflicts(const struct work *work, struct iv_error *error)
{
	if (!git_index_has_conflicts(work->index.index))
		return IV_OK;
	return iv_error_set(error, IV_EREFUSED,
			    "the git index holds unresolved conflicts; resolve them and 'git add' "
			    "the files, then commit");
}

/* ---- what is there ---- */

static int read_head(struct work *work, struct iv_error *error)
{
	git_reference *head = NULL;
	int rc = git_repository_head(&head, work->repo->git);

	if (rc == GIT_EUNBORNBRANCH || rc == GIT_ENOTFOUND)
		return IV_OK;
	if (!rc)
		rc = git_reference_peel((git_object **)&work->last, head, GIT_OBJECT_COMMIT);
	if (!rc)
		rc = git_commit_tree(&work->head, work->last);
	if (!rc && !work->wish->amend)
		rc = git_commit_dup(&work->parent, work->last);
	git_reference_free(head);
	return rc ? vcs_damaged(error, "cannot read the last commit") : IV_OK;
}

/* The new commit stands on what the last one stood on, and keeps its author. */
static int read_amended(struct work *work, struct iv_error *error)
{
	int rc = vcs_amend_check(work->repo, work->last, error);

	if (rc)
		return rc;
	if (git_commit_parentcount(work->last))
		rc = git_commit_parent(&work->parent, work->last, 0);
	if (!rc) {
		git_signature_free(work->author);
		work->author = NULL;
		rc = git_signature_dup(&work->author, git_commit_author(work->last));
	}
	return rc ? vcs_damaged(error, "cannot read the last commit") : IV_OK;
}

static iv_day day_of(const git_signature *who)
{
	int64_t seconds = who->when.time + (int64_t)who->when.offset * 60;

	return (iv_day)(seconds / 86400);
}

static int prepare(struct work *work, struct iv_error *error)
{
	const struct iv_commit_wish *wish = work->wish;
	git_repository *git = work->repo->git;
	char *branch = NULL;
	int rc = vcs_state_check(work->repo, "commit", error);

	if (!rc)
		rc = vcs_branch_find(&branch, work->repo, error);
	free(branch);
	if (!rc)
		rc = vcs_person(&work->author, git, &wish->author, "author", error);
	if (!rc)
		rc = vcs_person(&work->committer, git, &wish->committer, "committer", error);
	if (!rc)
		rc = check_signing(work, error);
	if (!rc)
		rc = vcs_index_open(&work->index, work->repo, !wish->dry_run, error);
	if (!rc)
		rc = check_conflicts(work, error);
	if (!rc)
		rc = read_head(work, error);
	if (!rc && wish->amend)
		rc = read_amended(work, error);
	if (!rc)
		rc = vcs_changes_find(&work->changes, work->repo, work->head, work->index.index,
				      work->index.written, wish->paths, error);
	return rc;
}

/* ---- the message ---- */

static int tidy(struct work *work, struct iv_error *error)
{
	git_buf pretty = GIT_BUF_INIT;
	int rc = IV_OK;

	if (iv_utf8_invalid(iv_str_of(work->message)) != SIZE_MAX)
		return iv_error_set(error, IV_EINPUT,
				    "the commit's message is not UTF-8; write it in UTF-8");
	if (git_message_prettify(&pretty, work->message, 0, '#'))
		return vcs_error(error, IV_EIO, "cannot use the message");
	free(work->message);
	work->message = iv_strndup(pretty.ptr, pretty.size);
	git_buf_dispose(&pretty);
	if (!*work->message)
		rc = iv_error_set(error, IV_EINPUT,
				  "the commit's message is empty; nothing is committed");
	return rc;
}

static int word(struct work *work, struct iv_error *error)
{
	const struct iv_commit_wish *wish = work->wish;

	if (wish->message) {
		work->message = iv_strdup(wish->message);
		return tidy(work, error);
	}
	if (wish->amend) {
		work->message = iv_strdup(git_commit_message(work->last));
		work->encoding = git_commit_message_encoding(work->last);
	} else {
		work->message = vcs_facts_message(work->repo, &work->changes, !wish->dry_run,
						  day_of(work->committer));
	}
	return IV_OK;
}

/* Hooks and the editor get it last. */
static int rework(struct work *work, const struct iv_commit *commit, struct iv_error *error)
{
	const struct iv_commit_help *help = work->wish->help;
	char *before;
	int rc;

	if (!help || !help->word)
		return IV_OK;
	before = iv_strdup(work->message);
	rc = help->word(help->data, &work->message, commit, work->preview.path, error);
	if (!rc && strcmp(before, work->message)) {
		work->encoding = NULL;
		rc = tidy(work, error);
	}
	free(before);
	return rc;
}

/* ---- doing it ---- */

static size_t commit_count(const struct work *work)
{
	size_t count = 0;

	for (size_t i = 0; i < work->changes.count; i++)
		count += work->changes.updates[i].commits;
	return count;
}

/*
 * Blobs and trees, on the disk before the branch moves. Many of them are synced at once by the
 * system: one by one, a first commit of 10,000 notes would take minutes.
 */
static int write_objects(git_oid *tree, struct work *work, bool commits, struct iv_error *error)
{
	bool many = work->changes.count > SYNC_EACH_MAX;
	int rc;

	git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, !many);
	rc = vcs_write_blobs(&work->entries, &work->changes, work->repo, work->index.index, error);
	if (!rc && commits)
		rc = vcs_write_tree(tree, work->repo, work->head, &work->changes, error);
	git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
	if (many)
		sync();
	return rc;
}

/* The hook sees an index of what will be committed, and may stage more of the vault in it. */
static int ask_hook(git_oid *tree, struct work *work, struct iv_error *error)
{
	const struct iv_commit_help *help = work->wish->help;
	int rc;

	if (!help || !help->check)
		return IV_OK;
	rc = vcs_preview_write(&work->preview, work->repo, work->index.index, &work->changes,
			       work->entries, tree, error);
	if (!rc)
		rc = help->check(help->data, work->preview.path, error);
	if (!rc)
		rc = vcs_preview_take(&work->preview, work->repo, work->head, &work->changes,
				      &work->entries, tree, error);
	return rc;
}

static int check_emptied(const struct work *work, const git_oid *tree, struct iv_error *error)
{
	if (!work->wish->amend || !work->parent ||
	    !git_oid_equal(tree, git_commit_tree_id(work->parent)))
		return IV_OK;
	return iv_error_set(error, IV_EREFUSED,
			    "nothing would be left in the last commit; 'git reset HEAD^' takes it "
			    "back");
}

static int create(char id[41], struct work *work, const git_oid *tree, struct iv_error *error)
{
	const struct vcs_draft draft = {
		.repo = work->repo,
		.author = work->author,
		.committer = work->committer,
		.last = work->last,
		.parent = work->parent,
		.amend = work->wish->amend,
		.message = work->message,
		.encoding = work->encoding,
		.signing = &work->signing,
		.help = work->wish->help,
	};
	git_oid oid;
	int rc = vcs_create(&oid, &draft, tree, error);

	if (!rc)
		git_oid_tostr(id, 41, &oid);
	return rc;
}

static void report(struct iv_commit *out, const struct work *work)
{
	const struct vcs_changes *changes = &work->changes;
	size_t prefix = strlen(work->repo->prefix);
	struct iv_arena *arena = iv_arena_new();
	struct iv_change *list = iv_arena_calloc(arena, changes->count + 1, sizeof(*list));
	struct iv_left *left = iv_arena_calloc(arena, changes->left_count + 1, sizeof(*left));

	for (size_t i = 0; i < changes->count; i++) {
		const struct vcs_update *update = &changes->updates[i];
		if (update->commits)
			list[out->change_count++] = (struct iv_change){
				update->kind,
				iv_arena_str(arena, iv_str_of(update->path + prefix)).ptr};
	}
	for (size_t i = 0; i < changes->left_count; i++)
		left[out->left_count++] =
			(struct iv_left){changes->left[i].why,
					 iv_arena_str(arena, iv_str_of(changes->left[i].path)).ptr};
	out->changes = list;
	out->left = left;
	out->detached = git_repository_head_detached(work->repo->git) == 1;
	out->memory = arena;
}

/* Everything that may stop it comes before the commit; what the hooks ask for, before the words. */
static int decide(struct iv_commit *out, git_oid *tree, struct work *work, struct iv_error *error)
{
	int rc = ask_hook(tree, work, error);

	if (rc || (!commit_count(work) && !work->wish->amend))
		return rc; /* the hook has taken all of it back */
	rc = check_emptied(work, tree, error);
	if (!rc)
		rc = word(work, error);
	if (!rc)
		report(out, work);
	if (!rc)
		rc = rework(work, out, error);
	return rc;
}

/* The index is written before the branch moves, and takes its place after: a full disk ends it early. */
static int write_commit(struct iv_commit *out, struct work *work, struct iv_error *error)
{
	bool commits = commit_count(work) || work->wish->amend;
	git_oid tree;
	int rc = write_objects(&tree, work, commits, error);

	if (!rc && commits)
		rc = decide(out, &tree, work, error);
	if (!rc && vcs_signals_came())
		rc = iv_error_set(error, IV_EREFUSED, "interrupted; nothing is committed");
	if (!rc)
		rc = vcs_index_prepare(&work->index, work->repo, &work->changes, work->entries,
				       error);
	if (!rc && commits &&
	    (work->wish->amend || !work->head || !git_oid_equal(&tree, git_tree_id(work->head))))
		rc = create(out->id, work, &tree, error);
	if (!rc && vcs_index_replace(&work->index, error)) {
		rc = IV_EIO;
		iv_error_context(error, "%s", *out->id ? "committed, but" : "nothing committed");
	}
	return rc;
}

static void finish(struct iv_commit *out, const struct work *work)
{
	if (!out->memory)
		report(out, work);
	out->message = iv_arena_str(out->memory, iv_str_of(work->message ? work->message : "")).ptr;
}

static void release(struct work *work)
{
	free(work->message);
	free(work->entries);
	vcs_preview_release(&work->preview);
	vcs_signing_release(&work->signing);
	vcs_changes_release(&work->changes);
	vcs_index_close(&work->index);
	git_tree_free(work->head);
	git_commit_free(work->parent);
	git_commit_free(work->last);
	git_signature_free(work->author);
	git_signature_free(work->committer);
}

int iv_repo_commit(struct iv_commit *out, struct iv_repo *repo, const struct iv_commit_wish *wish,
		   struct iv_error *error)
{
	struct work work = {.repo = repo, .wish = wish};
	sigset_t signals;
	int rc;

	memset(out, 0, sizeof(*out));
	vcs_signals_hold(&signals);
	rc = prepare(&work, error);
	if (!rc && !wish->dry_run && (work.changes.count || wish->amend))
		rc = write_commit(out, &work, error);
	else if (!rc && (commit_count(&work) || wish->amend))
		rc = word(&work, error);
	if (!rc)
		finish(out, &work);
	else
		iv_commit_release(out);
	release(&work);
	vcs_signals_release(&signals);
	return rc;
}

void iv_commit_release(struct iv_commit *commit)
{
	iv_arena_free(commit->memory);
	memset(commit, 0, sizeof(*commit));
}
