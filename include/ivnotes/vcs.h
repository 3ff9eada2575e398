/*
 * Stage: git -> sources of notes and commits. The repository is the one around the vault; the
 * vault may be a subfolder of it. No hook and no filter program is run, and the environment is not
 * read (but for HOME and XDG_CONFIG_HOME, by libgit2, to find git's own configuration).
 */
#ifndef IVNOTES_VCS_H
#define IVNOTES_VCS_H

#include <ivnotes/merge.h>
#include <ivnotes/vault.h>

#ifdef __cplusplus
extern "C" {
#endif

struct iv_repo;

/*
 * Opens the repository around the vault, which must outlive it. IV_ENOTFOUND when there is none;
 * IV_EREFUSED when it belongs to somebody else, is bare, or is of a kind that libgit2 cannot
 * read (SHA-256, unknown extensions); IV_EIO.
 */
IV_API int iv_repo_open(struct iv_repo **out, const struct iv_vault *vault, struct iv_error *error);
IV_API void iv_repo_close(struct iv_repo *repo);

/* Makes a repository in `folder`, which exists. IV_EIO. */
IV_API int iv_repo_init(const char *folder, struct iv_error *error);

/* The folder of its working tree, real and absolute. */
IV_API const char *iv_repo_folder(const struct iv_repo *repo);
/* The vault in it: "" or "notes/", with a '/' at the end. */
IV_API const char *iv_repo_prefix(const struct iv_repo *repo);

/*
 * user.name and user.email as git knows them in the vault, or anywhere where it is in no
 * repository; NULL where it does not. The caller frees both.
 */
IV_API void iv_repo_user(char **name, char **email, const struct iv_vault *vault);

/* ---- the past ---- */

/* A commit: its id in hex, and the day of its author date in the author's zone, or IV_NO_DAY. */
struct iv_revision {
	char id[41];
	iv_day day;
};
/*
 * The commit that a revision (anything git takes: a branch, HEAD~3, a commit's id, @{yesterday})
 * names. IV_ENOTFOUND for one that does not exist, IV_EINPUT when it could be several or is no
 * commit, IV_EREFUSED where grafts or replaced objects make git read another history, IV_EIO.
 */
IV_API int iv_repo_revision(struct iv_revision *out, struct iv_repo *repo, const char *revision,
			    struct iv_error *error);

/*
 * The notes of the vault as they stood in a revision, under the ignore rules of `config`, which
 * must outlive the source; a tree will do as well as a commit, here and below. Entries carry
 * `object`; their size is 0. Free with source->close(source), before the repository. Errors as of
 * iv_repo_revision(). A vault that was not there yet is empty.
 */
IV_API int iv_repo_source(struct iv_source **out, struct iv_repo *repo, const char *revision,
			  const struct iv_config *config, struct iv_error *error);

/*
 * The bytes of one file (by its path in the vault) in a revision; the caller frees. IV_ENOTFOUND
 * when the revision or the file does not exist, IV_EREFUSED when it is a symlink, IV_ELIMIT over IV_NOTE_SIZE_MAX, or errors as of
 * iv_repo_revision().
 */
IV_API int iv_repo_read(char **bytes, size_t *len, struct iv_repo *repo, const char *revision,
			const char *path, struct iv_error *error);

/* The files of rules of one's own as they stood in a revision. Errors as of iv_repo_revision(). */
IV_API int iv_repo_rules(struct iv_files *out, struct iv_repo *repo, const char *revision,
			 struct iv_error *error);

/* As iv_vault_template(), as it stood in a revision. Errors as of iv_repo_revision(), too. */
IV_API int iv_repo_template(char **bytes, size_t *len, struct iv_repo *repo, const char *revision,
			    const char *name, struct iv_error *error);

/* ---- commits ---- */

enum iv_change_kind { IV_CHANGE_ADDED, IV_CHANGE_MODIFIED, IV_CHANGE_REMOVED };

/* A file of the vault that a commit holds otherwise than its parent. */
struct iv_change {
	enum iv_change_kind kind;
	const char *path; /* in the vault */
};

/* Why a file that differs from what is committed is left as it is. */
enum iv_left_why {
	IV_LEFT_OTHER,   /* no note and not below .ivnotes/ */
	IV_LEFT_STAGED,  /* the same, and staged: it stays so */
	IV_LEFT_IGNORED, /* a note that .gitignore keeps out */
	IV_LEFT_NESTED   /* a note inside a repository of its own */
};

struct iv_left {
	enum iv_left_why why;
	const char *path; /* in the repository */
};

/*
 * Who commits. NULL: what git's configuration says (author.*, committer.*, user.*); `date` as in
 * GIT_AUTHOR_DATE, `[@]SECONDS +ZONE` or ISO 8601 with a zone; NULL: now.
 */
struct iv_person {
	const char *name, *email, *date;
};

struct iv_commit_wish {
	const char *message; /* NULL: in words, what changed */
	struct iv_person author, committer;
	bool dry_run; /* find out and word it, and write nothing */
};

struct iv_commit {
	char id[41];   /* "" with dry_run, and where nothing had changed */
	bool detached; /* HEAD is on no branch */
	const char *message;
	const struct iv_change *changes; /* sorted by path */
	size_t change_count;
	const struct iv_left *left; /* sorted by path; outside of the vault only staged files */
	size_t left_count;
	void *memory;
};
IV_API void iv_commit_release(struct iv_commit *commit);

/*
 * Commits what belongs to the vault (notes and .ivnotes/) as it stands in the working tree, and
 * nothing else: what else is staged stays staged and uncommitted. Without a change it is 0, and `change_count`
 * is 0. Objects are synced to the disk before the branch moves.
 *
 * IV_EBUSY during a merge, rebase, cherry-pick, revert or bisection, when another process holds
 * the index for over two seconds, or has moved the branch meanwhile. IV_EREFUSED, in words that say how to go
 * on: unresolved conflicts, commits that must be signed, a file with a `filter` or
 * `working-tree-encoding` attribute, a split index, nobody to commit as. IV_EINPUT for an empty message or a bad
 * date. IV_EIO.
 */
IV_API int iv_repo_commit(struct iv_commit *out, struct iv_repo *repo,
			  const struct iv_commit_wish *wish, struct iv_error *error);

/* ---- without a repository ---- */

/*
 * The change of a file from `before` to `after` as a unified diff that `git apply` takes, "" for
 * none; the caller frees. An absent side: the file is new, or gone. IV_EIO.
 */
IV_API int iv_patch(char **out, const char *path, struct iv_str before, struct iv_str after,
		    struct iv_error *error);
/* The same of a file that moves from one path to another, and may change. */
IV_API int iv_patch_move(char **out, const char *from, const char *to, struct iv_str before,
			 struct iv_str after, struct iv_error *error);

/* Merges texts by lines, as git does: what struct iv_merge_how wants. IV_ELIMIT, IV_EIO. */
IV_API int iv_lines_merge(char **out, size_t *len, bool *conflicts, struct iv_str base,
			  struct iv_str ours, struct iv_str theirs, enum iv_merge_favor favor,
			  const struct iv_merge_how *how, struct iv_error *error);

#ifdef __cplusplus
}
#endif

#endif
