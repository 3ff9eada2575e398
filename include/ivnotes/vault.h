/*
 * Stage: a folder -> its config and its notes. A vault is found once and opened read-only; a
 * source of notes is the working tree or a git tree (see vcs.h), and both look the same.
 */
#ifndef IVNOTES_VAULT_H
#define IVNOTES_VAULT_H

#include <ivnotes/note.h>

#ifdef __cplusplus
extern "C" {
#endif

struct iv_vault;

/*
 * Opens the vault at `folder`: the folder itself when `exact`, else its nearest parent (itself
 * included) with `.ivnotes/`, else the folder. IV_ENOTFOUND when there is none, IV_EIO when it is
 * no folder or cannot be entered. A config that cannot be read is no error: see iv_config_problems().
 */
IV_API int iv_vault_open(struct iv_vault **out, const char *folder, bool exact,
			 struct iv_error *error);
IV_API void iv_vault_close(struct iv_vault *vault);

/* The real path, absolute. */
IV_API const char *iv_vault_root(const struct iv_vault *vault);

/*
 * The folder of the index: `cache`/ivnotes/<hash of the real path>; `cache` is what
 * XDG_CACHE_HOME says, or ~/.cache. The caller frees.
 */
IV_API char *iv_vault_index_folder(const struct iv_vault *vault, const char *cache);

/* ---- config: flat dotted keys of .ivnotes/config.yaml ---- */

#define IV_CONFIG_FILE ".ivnotes/config.yaml" /* in the vault */

struct iv_config;
IV_API const struct iv_config *iv_vault_config(const struct iv_vault *vault);

/*
 * Reads a file that the config names; `path` is in the vault. The bytes are the caller's to free.
 * IV_ENOTFOUND, IV_EREFUSED when it is no regular file, IV_ELIMIT, IV_EIO.
 */
typedef int iv_config_read(void *data, char **bytes, size_t *len, const char *path,
			   struct iv_error *error);

/*
 * A config from bytes, e.g. of a git tree, and the files that it names; without `read` they are
 * not there. Never fails; see iv_config_problems().
 */
IV_API struct iv_config *iv_config_parse(struct iv_str bytes);
IV_API struct iv_config *iv_config_parse_with(struct iv_str bytes, iv_config_read *read,
					      void *data);
IV_API void iv_config_free(struct iv_config *config);

/*
 * The text of a key, or NULL when not set; of a list its texts joined by ','. Nested mappings read
 * as dotted keys: `nudge: {after: 5bd}` is `nudge.after`. Keys are compared as the notes' are:
 * without regard to case, '_', '-' and space alike (folder names below `folders` as written).
 * What `nudge: off` and `nudge.severity: info` say is the key `severity.nudge`.
 */
IV_API const char *iv_config_get(const struct iv_config *config, const char *key);
/*
 * The texts of a list (one value serves as a list): count, and *out. 0 and NULL when not set, 0
 * and not NULL for an empty list.
 */
IV_API size_t iv_config_list(const struct iv_config *config, const char *key,
			     const char *const **out);
/* The same as it stands in the file: the name of a file of days, not its days. */
IV_API size_t iv_config_source(const struct iv_config *config, const char *key,
			       const char *const **out);
/* The key as it is spelled in the file, "nudge" for `severity.nudge`; NULL when not set. */
IV_API const char *iv_config_spelling(const struct iv_config *config, const char *key);
/* Where the key stands; line 0 when it is not set. */
IV_API struct iv_pos iv_config_pos(const struct iv_config *config, const char *key);
/* The same of its text, or of one of a list. */
IV_API struct iv_pos iv_config_item_pos(const struct iv_config *config, const char *key,
					size_t index);
/* Every key that is set, in the file's order. */
IV_API size_t iv_config_keys(const struct iv_config *config, const char *const **out);

/* What could not be read of the config, located. Nothing else is stopped by it. */
struct iv_config_problem {
	const char *path;  /* in the vault: the config, or a file that it names */
	struct iv_pos pos; /* line 0: all of it */
	const char *message;
};
IV_API size_t iv_config_problems(const struct iv_config *config,
				 const struct iv_config_problem **out);
/* Section names, own field and type words and folder types, for the parser. */
IV_API const struct iv_syntax *iv_config_syntax(const struct iv_config *config);
/* Changes whenever a setting changes that decides how notes are read (or which). */
IV_API uint64_t iv_config_reading(const struct iv_config *config);
/* Changes whenever any setting changes. */
IV_API uint64_t iv_config_whole(const struct iv_config *config);

/* ---- other files of the vault's settings ---- */

/* A file as it stands, NUL-terminated, or a word on why it cannot be taken. */
struct iv_file {
	const char *path; /* in the vault */
	struct iv_str bytes;
	const char *trouble; /* NULL: none */
};
/* Sorted by path. */
struct iv_files {
	struct iv_file *items;
	size_t count;
	void *memory;
};
IV_API void iv_files_release(struct iv_files *files);

/* Where rules of one's own are: files that end so, in this folder. None may be larger. */
#define IV_RULES_FOLDER ".ivnotes/rules"
#define IV_RULES_SUFFIX ".sql"
#define IV_RULE_SIZE_MAX ((size_t)32 << 10)

/*
 * The files of rules of one's own. Neither the folder nor a file may be a symlink. What cannot be
 * read, or is no UTF-8 text, has its `trouble`: of a folder the one item is the folder.
 */
IV_API void iv_vault_rules(struct iv_files *out, const struct iv_vault *vault);

/* Where templates of one's own are: NAME.txt for letters, NAME.md for notes. None may be larger. */
#define IV_TEMPLATES_FOLDER ".ivnotes/templates"
#define IV_TEMPLATE_SIZE_MAX ((size_t)64 << 10)

/*
 * Reads the template of this file name, which has no folder; the bytes are the caller's to free.
 * Neither the folder nor the file may be a symlink. IV_ENOTFOUND when there is none, IV_EREFUSED,
 * IV_ELIMIT, IV_EIO, with its path in the vault in error->path.
 */
IV_API int iv_vault_template(char **bytes, size_t *len, const struct iv_vault *vault,
			     const char *name, struct iv_error *error);

/* ---- sources ---- */

/*
 * A file that may be a note. Times are nanoseconds since 1970 in the file system's clock. In a git
 * tree `object`, NULL in the working tree, is the blob's id in hex; inode and ctime are made of it, so
 * that they are the same where the content is, and size and mtime are 0.
 */
struct iv_entry {
	const char *path; /* in the vault, '/' between folders */
	uint64_t size, inode;
	int64_t mtime, ctime;
	int trouble; /* errno of a file or folder that cannot be looked at, or 0 */
	char kind;   /* 'f' file, 'd' a folder, 'p' 's' 'c' 'b' no regular file */
	const char *object;
};

/*
 * What a walk found: entries in no order; those with trouble too (a folder that cannot be read has
 * its path with a '/' at the end).
 *
 * Notes are `*.md` outside dot-folders and what `ignore:` names. Symlinks are not followed, to
 * files or to folders: what they point to inside the vault is walked anyway and would be there
 * twice, and what lies outside is none of the vault's. Their paths are listed, in no order. A
 * folder named `x.md` is listed and walked.
 * Paths longer than the system opens (PATH_MAX) end in a folder with trouble ENAMETOOLONG.
 */
struct iv_listing {
	struct iv_entry *entries;
	size_t count;
	const char **links; /* the symlinks that were passed by */
	size_t link_count;
	void *memory; /* NULL-ended array of the arenas that hold the texts; all are malloc'ed */
};
IV_API void iv_listing_release(struct iv_listing *listing);

/*
 * A source of notes. `list` may use threads; `read` is thread-safe, appends nothing on failure,
 * and answers IV_ENOTFOUND when the file has gone, IV_EREFUSED when it is no regular file,
 * IV_ELIMIT over IV_NOTE_SIZE_MAX, IV_EIO. The bytes are the caller's to free.
 */
struct iv_source {
	int (*list)(struct iv_source *source, struct iv_listing *out, struct iv_error *error);
	int (*read)(struct iv_source *source, const struct iv_entry *entry, char **bytes,
		    size_t *len, struct iv_error *error);
	void (*close)(struct iv_source *source);
	bool immutable; /* a git tree: nothing in it changes */
};

/* The working tree. Free with source->close(source). */
IV_API int iv_vault_source(struct iv_source **out, const struct iv_vault *vault,
			   struct iv_error *error);

/*
 * May a file of this path be a note? It ends in .md, and neither the dot-folder rule nor the
 * config's `ignore:` leaves it out.
 */
IV_API bool iv_vault_holds(const struct iv_config *config, struct iv_str path);

#ifdef __cplusplus
}
#endif

#endif
