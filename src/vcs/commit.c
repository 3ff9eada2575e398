/* A commit of what belongs to the vault, and of nothing else. */
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <ivnotes/vcs.h>

#include "vcs/facts.h"
#include "vcs/person.h"
#include "vcs/write.h"

#define SYNC_EACH_MAX 50

struct work {
	const struct iv_repo *repo;
	const struct iv_commit_wish *wish;
	git_signature *author, *committer;
	git_commit *parent; /* NULL before the first commit */
	git_tree *head;
	struct vcs_index index;
	struct vcs_changes changes;
	git_index_entry *entries;
	char *message;
};

/* ---- may we? ---- */

static const char *under_way(int state)
{
	switch (state) {
	case GIT_REPOSITORY_STATE_NONE: return NULL;
	case GIT_REPOSITORY_STATE_MERGE: return "a merge";
	case GIT_REPOSITORY_STATE_REVERT:
	case GIT_REPOSITORY_STATE_REVERT_SEQUENCE: return "a revert";
	case GIT_REPOSITORY_STATE_CHERRYPICK:
	case GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE: return "a cherry-pick";
	case GIT_REPOSITORY_STATE_BISECT: return "a bisection";
	case GIT_REPOSITORY_STATE_REBASE:
	case GIT_REPOSITORY_STATE_REBASE_INTERACTIVE:
	case GIT_REPOSITORY_STATE_REBASE_MERGE: return "a rebase";
	case GIT_REPOSITORY_STATE_APPLY_MAILBOX:
	case GIT_REPOSITORY_STATE_APPLY_MAILBOX_OR_REBASE: return "'git am'";
	}
	return "an operation";
}

static int check_state(const struct work *work, struct iv_error *error)
{
	const char *what = under_way(git_repository_state(work->repo->git));

	if (!what)
		return IV_OK;
	return iv_error_set(error, IV_EBUSY,
			    "%s is under way in the git repository; finish or abort it with git, "
			    "then commit",
			    what);
}

static int check_signing(const struct work *work, struct iv_error *error)
{
	git_config *config = NULL;
	int sign = 0;

	if (!git_repository_config_snapshot(&config, work->repo->git) &&
	    git_config_get_bool(&sign, config, "commit.gpgsign"))
		sign = 0;
	git_config_free(config);
	if (!sign)
		return IV_OK;
	return iv_error_set(
		error, IV_EREFUSED,
		"commits are to be signed here (commit.gpgSign), which ivnotes does not "
		"do; use 'git add' and 'git commit', or 'git config commit.gpgSign "
		"false' in this repository");
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
		rc = git_reference_peel((git_object **)&work->parent, head, GIT_OBJECT_COMMIT);
	if (!rc)
		rc = git_commit_tree(&work->head, work->parent);
	git_reference_free(head);
	return rc ? vcs_error(error, IV_EIO, "cannot read the last commit") : IV_OK;
}

static iv_day day_of(const git_signature *who)
{
	int64_t seconds = who->when.time + (int64_t)who->when.offset * 60;

	return (iv_day)(seconds / 86400);
}

static int word(struct work *work, struct iv_error *error)
{
	const struct iv_commit_wish *wish = work->wish;
	git_buf pretty = GIT_BUF_INIT;

	if (!wish->message) {
		work->message = vcs_facts_message(work->repo, &work->changes, !wish->dry_run,
						  day_of(work->committer));
		return IV_OK;
	}
	if (git_message_prettify(&pretty, wish->message, 0, '#'))
		return vcs_error(error, IV_EIO, "cannot use the message");
	work->message = iv_strndup(pretty.ptr, pretty.size);
	git_buf_dispose(&pretty);
	if (!*work->message)
		return iv_error_set(error, IV_EINPUT, "the commit's message is empty");
	return IV_OK;
}

static int prepare(struct work *work, struct iv_error *error)
{
	git_repository *git = work->repo->git;
	int rc = check_state(work, error);

	if (!rc)
		rc = check_signing(work, error);
	if (!rc)
		rc = vcs_person(&work->author, git, &work->wish->author, "author", error);
	if (!rc)
		rc = vcs_person(&work->committer, git, &work->wish->committer, "committer", error);
	if (!rc)
		rc = vcs_index_open(&work->index, work->repo, !work->wish->dry_run, error);
	if (!rc)
		rc = check_conflicts(work, error);
	if (!rc)
		rc = read_head(work, error);
	if (!rc)
		rc = vcs_changes_find(&work->changes, work->repo, work->head, work->index.index,
				      work->index.written, error);
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

static int create(char id[41], struct work *work, const git_oid *tree_id, struct iv_error *error)
{
	git_repository *git = work->repo->git;
	const git_commit *parents[] = {work->parent};
	git_tree *tree = NULL;
	git_oid oid;
	int rc = git_tree_lookup(&tree, git, tree_id);

	git_repository_set_ident(git, work->committer->name, work->committer->email);
	if (!rc)
		rc = git_commit_create(&oid, git, "HEAD", work->author, work->committer, NULL,
				       work->message, tree, work->parent ? 1 : 0, parents);
	git_tree_free(tree);
	if (rc == GIT_EMODIFIED || rc == GIT_ELOCKED)
		return iv_error_set(
			error, IV_EBUSY,
			"another git process has moved the branch meanwhile; try again");
	if (rc)
		return vcs_error(error, IV_EIO, "cannot write the commit");
	git_oid_tostr(id, 41, &oid);
	return IV_OK;
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

/* The index is written before the branch moves, and takes its place after: a full disk ends it early. */
static int write_commit(struct iv_commit *out, struct work *work, struct iv_error *error)
{
	size_t count = commit_count(work);
	git_oid tree;
	int rc = write_objects(&tree, work, count > 0, error);

	if (!rc && count)
		rc = word(work, error);
	if (!rc)
		rc = vcs_index_prepare(&work->index, work->repo, &work->changes, work->entries,
				       error);
	if (!rc && count && !(work->head && git_oid_equal(&tree, git_tree_id(work->head))))
		rc = create(out->id, work, &tree, error);
	if (!rc && vcs_index_replace(&work->index, error)) {
		rc = IV_EIO;
		iv_error_context(error, "%s", *out->id ? "committed, but" : "nothing committed");
	}
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
	out->message = iv_arena_str(arena, iv_str_of(work->message ? work->message : "")).ptr;
	out->detached = git_repository_head_detached(work->repo->git) == 1;
	out->memory = arena;
}

static void release(struct work *work)
{
	free(work->message);
	free(work->entries);
	vcs_changes_release(&work->changes);
	vcs_index_close(&work->index);
	git_tree_free(work->head);
	git_commit_free(work->parent);
	git_signature_free(work->author);
	git_signature_free(work->committer);
}

/* Ctrl-C in the middle would leave index.lock behind: it waits until the commit is through. */
static void hold_signals(sigset_t *before)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &set, before);
}

int iv_repo_commit(struct iv_commit *out, struct iv_repo *repo, const struct iv_commit_wish *wish,
		   struct iv_error *error)
{
	struct work work = {.repo = repo, .wish = wish};
	sigset_t signals;
	int rc;

	memset(out, 0, sizeof(*out));
	hold_signals(&signals);
	rc = prepare(&work, error);
	if (!rc && !wish->dry_run && work.changes.count)
		rc = write_commit(out, &work, error);
	else if (!rc && commit_count(&work))
		rc = word(&work, error);
	if (!rc)
		report(out, &work);
	release(&work);
	pthread_sigmask(SIG_SETMASK, &signals, NULL);
	return rc;
}

void iv_commit_release(struct iv_commit *commit)
{
	iv_arena_free(commit->memory);
	memset(commit, 0, sizeof(*commit));
}
