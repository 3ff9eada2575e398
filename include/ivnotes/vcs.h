/*
 * Stage: git -> sources of notes and commits. The repository is the one around the vault; the
 * vault may be a subfolder of it. No program is started: hooks, signatures and editors are the
 * caller's part (see struct iv_commit_help), and filters are refused. The environment is not read
 * (but for HOME and XDG_CONFIG_HOME, by libgit2, to find git's own configuration).
 */
#ifndef IVNOTES_VCS_H
#define IVNOTES_VCS_H

#include <ivnotes/history.h>
#include <ivnotes/merge.h>
#include <ivnotes/vault.h>

#ifdef __cplusplus
extern "C" {
#endif

struct iv_repo;

/*
 * Opens the repository around the vault, which must outlive it. IV_ENOTFOUND when there is none;
 * IV_EREFUSED when it belongs to somebody else, is bare, or is of a kind that libgit2 cannot
 * read (SHA-256, unknown extensions); IV_EIO, as where it is damaged so that git itself would not take it.
 */
IV_API int iv_repo_open(struct iv_repo **out, const struct iv_vault *vault, struct iv_error *error);
IV_API void iv_repo_close(struct iv_repo *repo);

/* Has nobody committed yet where HEAD is? */
IV_API bool iv_repo_is_empty(const struct iv_repo *repo);

/* Makes a repository in `folder`, which exists. IV_EIO. */
IV_API int iv_repo_init(const char *folder, struct iv_error *error);

/*
 * The same as git itself finds it where GIT_DIR, and perhaps GIT_WORK_TREE, are set: without the
 * latter the current folder is the working tree, unless core.worktree names another. NULL for `git`:
 * as above.
 */
IV_API int iv_repo_open_at(struct iv_repo **out, const struct iv_vault *vault, const char *git,
			   const char *work_tree, struct iv_error *error);

/* The folder of its working tree, real and absolute. */
IV_API const char *iv_repo_folder(const struct iv_repo *repo);
/* The vault in it: "" or "notes/", with a '/' at the end. */
IV_API const char *iv_repo_prefix(const struct iv_repo *repo);
/* What to say, behind "; ", where something old is not found in a shallow clone; else NULL. */
IV_API const char *iv_repo_cut(const struct iv_repo *repo);

/* The folder of git's own files: of a linked working tree the one that is its own. Ends in '/'. */
IV_API const char *iv_repo_git_folder(const struct iv_repo *repo);
/* A text of git's configuration, or NULL; the caller frees. */
IV_API char *iv_repo_setting(const struct iv_repo *repo, const char *key);
/*
 * Where git looks for hooks, absolute; the caller frees. *shared, if given: other repositories look
 * there too, since the user's or the system's core.hooksPath says so.
 */
IV_API char *iv_repo_hooks(const struct iv_repo *repo, bool *shared);

/* A merge driver as git knows it: what it is called in attributes, for people, and its command. */
struct iv_driver {
	const char *name, *title, *command;
	const char *program; /* how commands of ours begin, older ones too */
};
/*
 * Defines it in the repository's configuration; *made: it was not there, or an older one of ours.
 * IV_EREFUSED where git's configuration has another command for it, which stays; IV_EIO.
 */
IV_API int iv_repo_set_driver(bool *made, const struct iv_repo *repo,
			      const struct iv_driver *driver, struct iv_error *error);
/*
 * The driver that git's attributes name for a path in the vault, "" for none; of a path without a
 * driver of its own `text` or `binary`, as git does. The caller frees. IV_EIO. What was read of
 * attributes is remembered until iv_repo_forget_attributes().
 */
IV_API int iv_repo_driver_of(char **out, const struct iv_repo *repo, const char *path,
			     struct iv_error *error);
IV_API void iv_repo_forget_attributes(const struct iv_repo *repo);
/* What a line of attributes says to have notes merged by ivnotes, and the file for it. */
#define IV_DRIVER_ATTRIBUTE "merge=ivnotes"
#define IV_ATTRIBUTES_FILE ".gitattributes"
/*
 * Does a file of this path in the vault belong to it? Notes do, what is below .ivnotes/, and the
 * attributes in the vault's own folder where they name ivnotes' merge driver.
 */
IV_API bool iv_repo_owns(const struct iv_repo *repo, const char *path);
/* Can git's index be read? IV_EREFUSED for one that is split or sparse, IV_EIO. */
IV_API int iv_repo_check_index(const struct iv_repo *repo, struct iv_error *error);
/* Does the last commit or the index hold a file of this path (in the vault), or below it? */
IV_API bool iv_repo_tracks(const struct iv_repo *repo, const char *path);

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

/*
 * What the next commit would hold, as a revision for the functions above: the git index, or the
 * index file of that path (relative to the working tree) in its place. `id` is of a tree that only
 * this struct iv_repo knows: nothing is written. IV_EREFUSED for unresolved conflicts, and for an
 * index that is split or sparse; IV_EIO.
 */
IV_API int iv_repo_staged(char id[41], struct iv_repo *repo, const char *index,
			  struct iv_error *error);

/* ---- bringing back ---- */

/*
 * A note has one identity: the path, in revision `to`, of what is the note `path` in revision `from`,
 * which may be the later or the earlier one; or NULL. It is followed from commit to commit, as
 * iv_repo_past() tells them: a note is what it was before by the same rules, and one that was
 * removed is the one that came at its path later. Where the two have no commit in common that can
 * be read, they are compared as one commit would be. Paths are in the vault, *out is the caller's.
 * Errors as of iv_repo_revision().
 */
IV_API int iv_repo_trace(char **out, struct iv_repo *repo, const char *from, const char *to,
			 const char *path, struct iv_error *error);

/* A note that a commit took away, or moved. */
struct iv_gone {
	struct iv_revision revision; /* the commit before, which still holds it */
	char by[41];                 /* the id of the commit that took it away */
	char *path;                  /* in the vault */
	char *moved;                 /* where it is after that commit, or NULL */
};
/* Asked before it is known where the note moved. */
typedef int iv_gone_is(bool *meant, void *data, const struct iv_gone *gone, struct iv_error *error);
/*
 * Of what the history of HEAD took away, the latest that is meant; several when one commit took them. Release
 * them in any case. What `is_meant` returns, or errors as of iv_repo_revision().
 */
IV_API int iv_repo_gone(struct iv_gone **out, size_t *count, struct iv_repo *repo,
			iv_gone_is *is_meant, void *data, struct iv_error *error);
IV_API void iv_repo_gone_release(struct iv_gone *items, size_t count);

/* A file as git would check it out; the bytes are the caller's to free. */
struct iv_checkout {
	char *bytes;
	size_t len;
	bool executable;
};
/*
 * The file at `path` in a revision, with its line ends and so on as git's attributes and
 * configuration have them at `to`; both are paths in the vault. IV_EREFUSED for a symlink, a
 * submodule, an attribute that ivnotes cannot apply, and a place in a repository of its own;
 * IV_ENOTFOUND, IV_ELIMIT, or errors as of iv_repo_revision().
 */
IV_API int iv_repo_checkout(struct iv_checkout *out, struct iv_repo *repo, const char *revision,
			    const char *path, const char *to, struct iv_error *error);
/*
 * Does the last commit hold a file of these bytes at that path, line ends and so on aside? Errors
 * as of iv_repo_revision(), IV_EREFUSED.
 */
IV_API int iv_repo_holds(bool *out, struct iv_repo *repo, const char *path, struct iv_str bytes,
			 struct iv_error *error);
/* Puts bytes into git's object database, in no commit: `git cat-file blob ID` prints them. IV_EIO. */
IV_API int iv_repo_keep(char id[41], struct iv_repo *repo, struct iv_str bytes,
			struct iv_error *error);

/* ---- what commits changed ---- */

struct iv_past_reader {
	/* Is the commit known already? Then its parents and its time. On a thread of its own. */
	bool (*known)(void *data, const char *id, struct iv_past_commit *out);
	/* Takes a commit; of a known one only id, parents and time are set. On the caller's thread. */
	int (*take)(void *data, const struct iv_past_commit *commit, bool known,
		    struct iv_error *error);
	void *data;
};

/*
 * All commits that a revision rests on, newest first in git's order, with the notes that each of
 * them holds otherwise than all its parents; a merge that chose what one of its parents has changed
 * nothing. Notes are read under the vault's config. What git cannot read of a note or of a commit's
 * trees is told as such. Errors as of iv_repo_revision(), IV_EIO for a commit that is missing or
 * damaged, after all newer ones were taken, and what `take` returns.
 */
IV_API int iv_repo_past(struct iv_repo *repo, const char *revision,
			const struct iv_past_reader *reader, struct iv_error *error);

/* ---- changes ---- */

enum iv_change_kind { IV_CHANGE_ADDED, IV_CHANGE_MODIFIED, IV_CHANGE_REMOVED };

/* A file of the vault that a commit holds otherwise than its parent. */
struct iv_change {
	enum iv_change_kind kind;
	const char *path; /* in the vault */
};

/* ---- what differs ---- */

/* A file of the vault that one version holds otherwise than another. */
struct iv_difference {
	enum iv_change_kind kind;   /* IV_CHANGE_MODIFIED of what moved, too */
	const char *path;           /* in the vault */
	const char *from;           /* where it was before, where that is elsewhere; else NULL */
	const char *before, *after; /* what it holds, for iv_repo_bytes(); NULL where it is not */
};
struct iv_differences {
	const struct iv_difference *items; /* sorted by path */
	size_t count;
	void *memory;
};

/*
 * The files of the vault (iv_repo_owns()) that `to` holds otherwise than `from`, both as of
 * iv_repo_source(). `from` NULL is the last commit, or nothing where there is none yet; `to` NULL
 * is the working tree as a commit would take it. A note is the same as one that is gone where it
 * is called so in another folder, holds the same, or is much like it. Nothing is written: what the
 * files hold is kept in memory while the repository is open. Errors as of iv_repo_revision();
 * IV_EREFUSED for a file with a `filter` or `working-tree-encoding` attribute or a split index.
 */
IV_API int iv_repo_differences(struct iv_differences *out, struct iv_repo *repo, const char *from,
			       const char *to, struct iv_error *error);
IV_API void iv_differences_release(struct iv_differences *differences);
/* The bytes of one side; the caller frees. IV_ELIMIT over IV_NOTE_SIZE_MAX, IV_EIO. */
IV_API int iv_repo_bytes(char **bytes, size_t *len, struct iv_repo *repo, const char *id,
			 struct iv_error *error);

/* ---- making commits ---- */

/* Why a file that differs from what is committed is left as it is. */
enum iv_left_why {
	IV_LEFT_OTHER,   /* no file of the vault's, see iv_repo_owns() */
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

struct iv_commit;

enum iv_signing_format { IV_SIGNING_OPENPGP, IV_SIGNING_SSH };

/* How git's configuration wants commits to be signed. */
struct iv_signing {
	enum iv_signing_format format;
	const char *program; /* gpg.program or gpg.ssh.program: a path, or a name of PATH */
	const char *key;     /* user.signingKey; with OpenPGP, failing that, the committer */
};

/*
 * What a commit asks of the program around it, as the library starts no other one. Each may be NULL,
 * is asked once all files are stored and the git index is locked, and gives 0, or IV_E… for which
 * nothing is committed.
 */
struct iv_commit_help {
	/* pre-commit. The file `index` is an index of what will be committed; what is staged there
	 * meanwhile is committed too. */
	int (*check)(void *data, const char *index, struct iv_error *error);
	/* May put another text (malloc'ed, the old one freed) in the place of *message. `index` is
	 * that of check(), or NULL. */
	int (*word)(void *data, char **message, const struct iv_commit *commit, const char *index,
		    struct iv_error *error);
	/* The armored signature of `content`, malloc'ed. */
	int (*sign)(void *data, char **signature, const struct iv_signing *how,
		    struct iv_str content, struct iv_error *error);
	void *data;
};

struct iv_commit_wish {
	const char *message; /* NULL: in words, what changed; amending, that of the last commit */
	struct iv_person author, committer;
	const char *const *paths; /* files of the vault, or folders that end in '/', NULL-ended;
	                             NULL: all */
	bool amend;               /* in the place of the last commit, with its author */
	bool dry_run;             /* find out and word it, and write nothing */
	const struct iv_commit_help *help; /* NULL: none; hooks are not run */
};

struct iv_commit {
	char id[41];   /* "" with dry_run, and where nothing had changed */
	bool detached; /* HEAD is on no branch */
	const char *message;
	const struct iv_change *changes; /* sorted by path; amending, beside what was committed */
	size_t change_count;
	const struct iv_left *left; /* sorted by path; outside of the vault only staged files */
	size_t left_count;
	void *memory;
};
IV_API void iv_commit_release(struct iv_commit *commit);

/*
 * Commits what belongs to the vault (iv_repo_owns()) as it stands in the working tree, and
 * nothing else: what else is staged stays staged and uncommitted. Without a change it is 0, and
 * `change_count` is 0; nothing is committed then, but for another message of an amended commit.
 * Objects are synced to the disk before the branch moves. Ctrl-C is held until it is through.
 *
 * IV_EBUSY during a merge, rebase, cherry-pick, revert or bisection, when another process holds
 * the index for over two seconds, or has moved the branch meanwhile. IV_EREFUSED, in words that say how to go
 * on: unresolved conflicts, commits that must be signed and cannot be, a file with a `filter` or
 * `working-tree-encoding` attribute, a split index, nobody to commit as, amending what was pushed, a merge or
 * nothing, or so that nothing is left in it. IV_EINPUT for a message that is empty or not UTF-8, or a bad
 * date. IV_EIO; and what help gives.
 */
IV_API int iv_repo_commit(struct iv_commit *out, struct iv_repo *repo,
			  const struct iv_commit_wish *wish, struct iv_error *error);

/* ---- with another repository ---- */

/* What is about to be pushed. */
struct iv_push {
	const char *remote, *url;
	const char *from, *to;  /* the branch here, and there: "refs/heads/main" */
	char head[41], tip[41]; /* the commits; zeros: it is not there yet */
};

/*
 * What a sync asks of the program around it, as the library starts no other one. Those that
 * give int: 0, or IV_E… with the error set.
 */
struct iv_sync_help {
	/* Commits, if the person wants that. What a killed sync began is finished by then. */
	int (*commit)(void *data, struct iv_error *error);
	/* Starts git's `service` where `url` leads, a folder, or over ssh: "git-upload-pack",
	 * "git-receive-pack", or a line for a shell that git's configuration has in their place. What it says comes from *from, what it shall hear goes to the socket *to; both
	 * are the library's to close. */
	int (*connect)(void *data, int *from, int *to, const char *url, const char *service,
		       struct iv_error *error);
	/* Waits for its end, after both were closed. */
	void (*disconnect)(void *data);
	/* Its last words on stderr, or NULL. */
	const char *(*complaint)(void *data);
	/* User and password for a http or https remote, malloc'ed. */
	int (*credentials)(void *data, char **user, char **password, const char *url,
			   struct iv_error *error);
	/* They were right, or wrong. */
	void (*credentials_end)(void *data, bool right);
	/* May stop a push, as pre-push does. NULL: nobody is asked. */
	int (*push)(void *data, const struct iv_push *push, struct iv_error *error);
	/* Of objects; total 0: not known yet. */
	void (*progress)(void *data, size_t done, size_t total);
	/* A line that the other side says; it may hold anything. */
	void (*heard)(void *data, struct iv_str line);
	void *data;
};

struct iv_sync_wish {
	const char *remote;                 /* NULL: that of the branch, else 'origin' */
	struct iv_person author, committer; /* of a merge */
	bool dry_run; /* fetch, find out, and change nothing but what is known of the remote */
	const struct iv_sync_help *help;
	const struct iv_commit_help *signer; /* of which sign() is used; NULL: none */
};

enum iv_conflict_why {
	IV_CONFLICT_CHANGED, /* both changed it, in ways that do not go together */
	IV_CONFLICT_ADDED,   /* both added it, with different content */
	IV_CONFLICT_RENAMED, /* the other side renamed it otherwise, removed it, or has that name */
	IV_CONFLICT_OURS_GONE,  /* removed or renamed here, changed there: theirs is in the file */
	IV_CONFLICT_THEIRS_GONE /* removed or renamed there, changed here: ours is in the file */
};

struct iv_sync_conflict {
	const char *path; /* in the repository */
	enum iv_conflict_why why;
	bool marked; /* markers stand in the file; else ours is in it */
};

enum iv_sync_how {
	IV_SYNC_NOTHING, /* there was nothing to take in */
	IV_SYNC_FORWARD, /* the branch went forward to what was received */
	IV_SYNC_MERGED,  /* a merge commit was made */
	IV_SYNC_STOPPED /* at conflicts, which the working tree and the index hold as git's would */
};

struct iv_sync {
	enum iv_sync_how how;
	const char *remote, *branch; /* the branch's short name there */
	bool made;                   /* it was not there before */
	const char *rewound;   /* "origin/main" has lost commits since the last fetch; else NULL */
	size_t sent, received; /* commits; those sent without merges that sync made */
	const char *const
		*merged; /* notes that both sides had changed, by paths in the repository */
	size_t merged_count;
	const struct iv_sync_conflict *conflicts; /* sorted by path */
	size_t conflict_count;
	void *memory;
};
IV_API void iv_sync_release(struct iv_sync *sync);

/*
 * Fetches the branch's upstream, takes it in (fast-forward, else a merge commit) and pushes; once more
 * from the start when somebody else was quicker, a few times. A branch that was rewound there is refused
 * once. Uncommitted changes stay; where they
 * are in the way, nothing is touched. A sync that was killed is finished by the next one. *out is to
 * be released in any case: when the push fails it says what was taken in.
 *
 * IV_EBUSY during a merge, rebase and so on, or when another process holds the index or was quicker too
 * often. IV_ENOTFOUND for a remote that does not exist. IV_EREFUSED, in words that say how to go on: HEAD on
 * no branch, nothing committed yet, a shallow clone, histories with nothing in common, changes in the
 * way, a filter, what the remote rejects. IV_EIO when the remote cannot be reached, objects are
 * missing, and so on.
 */
IV_API int iv_repo_sync(struct iv_sync *out, struct iv_repo *repo, const struct iv_sync_wish *wish,
			struct iv_error *error);

/* The names of the remotes, sorted, NULL-ended; one block, the caller frees. NULL when there is none. */
IV_API char **iv_repo_remotes(const struct iv_repo *repo);

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

/* Lines of a unified diff, and how many of them came and went. */
struct iv_patch_lines {
	char *text; /* the caller frees */
	size_t inserted, deleted;
};
/*
 * The hunks alone. The texts begin on these lines of their files, as the hunks say; where only one
 * of them ends its lines in CR LF, white space at their ends is no change. IV_EIO.
 */
IV_API int iv_patch_hunks(struct iv_patch_lines *out, struct iv_str before, struct iv_str after,
			  uint32_t before_line, uint32_t after_line, struct iv_error *error);

/* Merges texts by lines, as git does: what struct iv_merge_how wants. IV_ELIMIT, IV_EIO. */
IV_API int iv_lines_merge(char **out, size_t *len, bool *conflicts, struct iv_str base,
			  struct iv_str ours, struct iv_str theirs, enum iv_merge_favor favor,
			  const struct iv_merge_how *how, struct iv_error *error);

#ifdef __cplusplus
}
#endif

#endif
