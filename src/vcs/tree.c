/* A revision's tree as a source of notes. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "vault/files.h"
#include "vcs/vcs.h"

struct tree_source {
	struct iv_source source;
	struct iv_repo *repo;
	const struct iv_config *config;
	git_tree *tree; /* NULL: no vault in it */
};

int vcs_find_entry(git_tree_entry **out, git_tree *tree, const char *path, struct iv_error *error)
{
	int rc = tree ? git_tree_entry_bypath(out, tree, path) : GIT_ENOTFOUND;

	/* Of a folder that is missing among the objects libgit2 says the same; its class tells. */
	if (rc == GIT_ENOTFOUND && (!tree || git_error_last()->klass == GIT_ERROR_TREE))
		return IV_OK;
	return rc ? vcs_damaged(error, "cannot read a folder") : IV_OK;
}

/* The tree of the vault in a commit's tree: *out is NULL when the vault is not in there. */
static int find_subtree(git_tree **out, const struct iv_repo *repo, git_tree *tree,
			struct iv_error *error)
{
	git_tree_entry *entry = NULL;
	char *path;
	int rc;

	*out = NULL;
	if (!*repo->prefix)
		return git_tree_dup(out, tree) ? vcs_damaged(error, "cannot read a folder") : 0;
	path = iv_strndup(repo->prefix, strlen(repo->prefix) - 1);
	rc = vcs_find_entry(&entry, tree, path, error);
	if (!rc && entry && git_tree_entry_type(entry) == GIT_OBJECT_TREE &&
	    git_tree_lookup(out, repo->git, git_tree_entry_id(entry)))
		rc = vcs_damaged(error, "cannot read a folder");
	git_tree_entry_free(entry);
	free(path);
	return rc;
}

int vcs_vault_tree(git_tree **out, const struct iv_repo *repo, const git_commit *commit,
		   struct iv_error *error)
{
	git_tree *tree = NULL;
	int rc = git_commit_tree(&tree, commit) ? vcs_damaged(error, "cannot read a commit") : 0;

	if (!rc)
		rc = find_subtree(out, repo, tree, error);
	git_tree_free(tree);
	return rc;
}

/* Of a commit without its tree peeling would say nothing but that it failed. */
static int peel(git_object **out, const git_object *object)
{
	return git_object_type(object) == GIT_OBJECT_COMMIT
		       ? git_commit_tree((git_tree **)out, (const git_commit *)object)
		       : git_object_peel(out, object, GIT_OBJECT_TREE);
}

int vcs_find_tree(git_tree **out, const struct iv_repo *repo, const char *revision,
		  struct iv_error *error)
{
	git_object *object = NULL, *tree = NULL;
	int rc = vcs_find_object(&object, repo, revision, error), code;

	if (rc)
		return rc;
	code = peel(&tree, object);
	if (code)
		rc = vcs_no_commit(error, code, revision);
	else
		rc = find_subtree(out, repo, (git_tree *)tree, error);
	git_object_free(object);
	git_object_free(tree);
	return rc;
}

/* ---- walking a tree ---- */

/* `path` is the folder's, "" or with a '/' at the end; the name is put behind it. */
static int flatten(struct vcs_files *out, struct iv_arena *arena, git_tree *tree,
		   struct iv_buf *path)
{
	git_repository *git = git_tree_owner(tree);
	size_t count = git_tree_entrycount(tree), len = path->len;
	int rc = 0;

	for (size_t i = 0; i < count && !rc; i++) {
		const git_tree_entry *entry = git_tree_entry_byindex(tree, i);
		bool folder = git_tree_entry_type(entry) == GIT_OBJECT_TREE;
		git_tree *below = NULL;

		iv_buf_puts(path, git_tree_entry_name(entry));
		if (folder && path->len < PATH_MAX) {
			iv_buf_putc(path, '/');
			rc = git_tree_lookup(&below, git, git_tree_entry_id(entry));
			if (!rc)
				rc = flatten(out, arena, below, path);
			git_tree_free(below);
		} else {
			IV_GROW(out->items, out->count, out->capacity);
			out->items[out->count++] = (struct vcs_file){
				iv_arena_str(arena, iv_buf_view(path)).ptr,
				*git_tree_entry_id(entry),
				(uint16_t)git_tree_entry_filemode(entry),
			};
		}
		path->len = len;
	}
	return rc;
}

int vcs_flatten(struct vcs_files *out, struct iv_arena *arena, git_tree *tree,
		struct iv_error *error)
{
	struct iv_buf path = IV_BUF_INIT;
	int rc = IV_OK;

	iv_buf_reserve(&path, 256);
	if (tree && flatten(out, arena, tree, &path))
		rc = vcs_damaged(error, "cannot read a folder");
	iv_buf_release(&path);
	return rc;
}

/* ---- the source ---- */

/* So many bits of the id from that byte on. */
static uint64_t bits_of(const git_oid *id, size_t from)
{
	uint64_t bits;

	memcpy(&bits, id->id + from, sizeof(bits));
	return bits;
}

/* Where stat data are compared, the id stands in their place. */
static void add_entry(struct iv_listing *out, struct iv_arena *arena, const struct vcs_file *file)
{
	struct iv_entry *entry = &out->entries[out->count++];
	char *hex = iv_arena_alloc(arena, GIT_OID_HEXSZ + 1);

	git_oid_tostr(hex, GIT_OID_HEXSZ + 1, &file->id);
	*entry = (struct iv_entry){
		.path = file->path,
		.kind = 'f',
		.object = hex,
		.inode = bits_of(&file->id, 0),
		.ctime = (int64_t)(bits_of(&file->id, sizeof(uint64_t)) >> 2),
	};
}

static int list(struct iv_source *source, struct iv_listing *out, struct iv_error *error)
{
	struct tree_source *tree = (struct tree_source *)source;
	struct iv_arena **arenas = iv_calloc(2, sizeof(struct iv_arena *));
	struct vcs_files files = {NULL, 0, 0};
	int rc;

	*arenas = iv_arena_new();
	*out = (struct iv_listing){.memory = arenas};
	rc = vcs_flatten(&files, *arenas, tree->tree, error);
	out->entries = iv_malloc((files.count + 1) * sizeof(*out->entries));
	out->links = iv_malloc((files.count + 1) * sizeof(*out->links));
	for (size_t i = 0; i < files.count; i++) {
		const struct vcs_file *file = &files.items[i];
		bool regular = file->mode == GIT_FILEMODE_BLOB ||
			       file->mode == GIT_FILEMODE_BLOB_EXECUTABLE;

		if (regular && iv_vault_holds(tree->config, iv_str_of(file->path)))
			add_entry(out, *arenas, file);
		if (file->mode == GIT_FILEMODE_LINK)
			out->links[out->link_count++] = file->path;
	}
	free(files.items);
	if (rc)
		iv_listing_release(out);
	return rc;
}

static int cannot_read(git_repository *git, struct iv_error *error)
{
	const git_error *last = git_error_last();

	return iv_error_set(error, IV_EIO, "cannot read the file: %s; %s",
			    last && last->message ? last->message : "no reason given",
			    vcs_remedy(git));
}

/* A blob's size is known before it is unpacked. */
static int check_size(git_repository *git, git_odb *odb, const git_oid *id, struct iv_error *error)
{
	git_object_t type;
	size_t size;

	if (git_odb_read_header(&size, &type, odb, id))
		return cannot_read(git, error);
	if (size > IV_NOTE_SIZE_MAX)
		return iv_error_set(error, IV_ELIMIT,
				    "larger than 16 MiB; 'ignore' in the config leaves a file out");
	return IV_OK;
}

int vcs_read_blob(char **bytes, size_t *len, git_repository *git, const git_oid *id,
		  struct iv_error *error)
{
	git_odb *odb = NULL;
	git_odb_object *object = NULL;
	int rc = git_repository_odb(&odb, git) ? cannot_read(git, error) : 0;

	if (!rc)
		rc = check_size(git, odb, id, error);
	if (!rc && git_odb_read(&object, odb, id))
		rc = cannot_read(git, error);
	if (!rc) {
		*len = git_odb_object_size(object);
		*bytes = iv_malloc(*len + 1);
		memcpy(*bytes, git_odb_object_data(object), *len);
		(*bytes)[*len] = '\0';
	}
	git_odb_object_free(object);
	git_odb_free(odb);
	return rc;
}

int vcs_find_blob(git_blob **out, git_repository *git, const git_oid *id, struct iv_error *error)
{
	git_odb *odb = NULL;
	int rc = git_repository_odb(&odb, git) ? cannot_read(git, error) : 0;

	if (!rc)
		rc = check_size(git, odb, id, error);
	git_odb_free(odb);
	if (!rc && git_blob_lookup(out, git, id))
		rc = cannot_read(git, error);
	return rc;
}

static int read_entry(struct iv_source *source, const struct iv_entry *entry, char **bytes,
		      size_t *len, struct iv_error *error)
{
	struct tree_source *tree = (struct tree_source *)source;
	git_oid id;
	int rc;

	if (!entry->object || git_oid_fromstr(&id, entry->object))
		rc = iv_error_set(error, IV_ENOTFOUND, "not in this revision");
	else
		rc = vcs_read_blob(bytes, len, tree->repo->git, &id, error);
	if (rc)
		iv_error_at(error, entry->path, (struct iv_pos){0, 0});
	return rc;
}

static void close_source(struct iv_source *source)
{
	struct tree_source *tree = (struct tree_source *)source;

	git_tree_free(tree->tree);
	free(tree);
}

int iv_repo_source(struct iv_source **out, struct iv_repo *repo, const char *revision,
		   const struct iv_config *config, struct iv_error *error)
{
	struct tree_source *tree = iv_calloc(1, sizeof(*tree));
	int rc;

	tree->source = (struct iv_source){list, read_entry, close_source, true};
	tree->repo = repo;
	tree->config = config;
	rc = vcs_find_tree(&tree->tree, repo, revision, error);
	if (rc)
		free(tree);
	else
		*out = &tree->source;
	return rc;
}

static int read_file(char **bytes, size_t *len, git_repository *git, const git_tree_entry *entry,
		     struct iv_error *error)
{
	git_filemode_t mode = git_tree_entry_filemode(entry);

	if (mode == GIT_FILEMODE_LINK)
		return iv_error_set(error, IV_EREFUSED, IV_FILE_LINK);
	return vcs_read_blob(bytes, len, git, git_tree_entry_id(entry), error);
}

int iv_repo_read(char **bytes, size_t *len, struct iv_repo *repo, const char *revision,
		 const char *path, struct iv_error *error)
{
	git_tree *tree = NULL;
	git_tree_entry *entry = NULL;
	int rc = vcs_find_tree(&tree, repo, revision, error);

	if (!rc)
		rc = vcs_find_entry(&entry, tree, path, error);
	if (!rc && !(entry && git_tree_entry_type(entry) == GIT_OBJECT_BLOB))
		rc = iv_error_set(error, IV_ENOTFOUND, "no file '%s' in revision '%s'", path,
				  revision);
	else if (!rc)
		rc = read_file(bytes, len, repo->git, entry, error);
	if (rc == IV_EREFUSED && entry)
		iv_error_at(error, path, (struct iv_pos){0, 0});
	git_tree_entry_free(entry);
	git_tree_free(tree);
	return rc;
}

int iv_repo_template(char **bytes, size_t *len, struct iv_repo *repo, const char *revision,
		     const char *name, struct iv_error *error)
{
	char *path = iv_path_join(IV_TEMPLATES_FOLDER, name);
	int rc = iv_repo_read(bytes, len, repo, revision, path, error);

	if (!rc && *len > IV_TEMPLATE_SIZE_MAX) {
		free(*bytes);
		*bytes = NULL;
		rc = iv_error_set(error, IV_ELIMIT, "larger than %zu KiB",
				  IV_TEMPLATE_SIZE_MAX / 1024);
	}
	if (rc)
		iv_error_at(error, path, (struct iv_pos){0, 0});
	free(path);
	return rc;
}

/* ---- rules of one's own ---- */

static int add_rule(struct iv_file_list *list, struct iv_repo *repo, const git_tree_entry *entry,
		    struct iv_error *error)
{
	git_filemode_t mode = git_tree_entry_filemode(entry);
	char *path = iv_path_join(IV_RULES_FOLDER, git_tree_entry_name(entry));
	char *bytes = NULL;
	size_t len = 0;
	int rc = IV_OK;

	if (mode == GIT_FILEMODE_LINK) {
		iv_file_list_refuse(list, path, IV_FILE_LINK);
	} else if (mode != GIT_FILEMODE_BLOB && mode != GIT_FILEMODE_BLOB_EXECUTABLE) {
		iv_file_list_refuse(list, path, IV_FILE_IRREGULAR);
	} else {
		rc = vcs_read_blob(&bytes, &len, repo->git, git_tree_entry_id(entry), error);
		if (!rc)
			iv_file_list_add(list, path, (struct iv_str){bytes, len});
	}
	if (rc == IV_ELIMIT) {
		iv_file_list_refuse(list, path, IV_FILE_LARGE);
		iv_error_release(error);
		rc = IV_OK;
	}
	free(bytes);
	free(path);
	return rc;
}

static int add_rules(struct iv_file_list *list, struct iv_repo *repo, const git_tree *folder,
		     struct iv_error *error)
{
	int rc = IV_OK;

	for (size_t i = 0; !rc && i < git_tree_entrycount(folder); i++) {
		const git_tree_entry *entry = git_tree_entry_byindex(folder, i);

		if (iv_is_rule_file(git_tree_entry_name(entry)))
			rc = add_rule(list, repo, entry, error);
	}
	return rc;
}

int iv_repo_rules(struct iv_files *out, struct iv_repo *repo, const char *revision,
		  struct iv_error *error)
{
	struct iv_file_list list;
	git_tree *tree = NULL, *folder = NULL;
	git_tree_entry *entry = NULL;
	int rc = vcs_find_tree(&tree, repo, revision, error);

	iv_file_list_init(&list);
	if (!rc)
		rc = vcs_find_entry(&entry, tree, IV_RULES_FOLDER, error);
	if (!rc && entry) {
		if (git_tree_entry_type(entry) != GIT_OBJECT_TREE)
			iv_file_list_refuse(&list, IV_RULES_FOLDER, "no folder");
		else if (git_tree_lookup(&folder, repo->git, git_tree_entry_id(entry)))
			rc = vcs_damaged(error, "cannot read a folder");
		else
			rc = add_rules(&list, repo, folder, error);
	}
	git_tree_entry_free(entry);
	git_tree_free(folder);
	git_tree_free(tree);
	iv_file_list_finish(out, &list);
	if (rc)
		iv_files_release(out);
	return rc;
}
