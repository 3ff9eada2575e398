/* From the words of a person to the notes of the vault, and to their bytes. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmd/frame/frame.h"

char *cmd_relative(const struct cmd *cmd, const char *path)
{
	char *whole = iv_path_join(cmd->root, path);
	if (!cmd->own->folder)
		return whole;
	char *relative = iv_path_relative(cmd->own->folder, whole);
	free(whole);
	return relative;
}

/*
 * The word as an absolute path: its folder is made real, its own name is left as it is, since the
 * walk follows no symlinks. NULL when there is no such file.
 */
static char *find_file(const char *word, bool *is_folder)
{
	struct stat st;
	char *real = NULL, *folder;
	if (!*word || stat(word, &st))
		return NULL;
	*is_folder = S_ISDIR(st.st_mode);
	if (*is_folder)
		return realpath(word, NULL);
	const char *slash = strrchr(word, '/');
	folder = slash ? iv_strndup(word, (size_t)(slash - word) + 1) : iv_strdup(".");
	char *real_folder = realpath(folder, NULL);
	if (real_folder)
		real = iv_path_join(real_folder, slash ? slash + 1 : word);
	free(real_folder);
	free(folder);
	return real;
}

/* The part of an absolute path below the root, "" for the root itself, NULL outside. */
static const char *below(const char *root, const char *path)
{
	size_t len = strlen(root);
	if (strcmp(root, "/") == 0)
		return path + 1;
	if (strncmp(root, path, len) != 0 || (path[len] && path[len] != '/'))
		return NULL;
	return path[len] ? path + len + 1 : "";
}

static int file_in_vault(char **path, const struct cmd *cmd, const char *word, const char *file,
			 bool is_folder, struct iv_error *error)
{
	const char *inside = below(cmd->root, file);
	if (!inside)
		return iv_error_set(error, IV_EREFUSED, "'%s' is outside the vault '%s'", word,
				    cmd->root);
	if (is_folder) {
		struct iv_buf buf = IV_BUF_INIT;
		iv_buf_puts(&buf, inside);
		if (*inside)
			iv_buf_putc(&buf, '/');
		*path = iv_buf_detach(&buf);
		return 0;
	}
	if (!iv_vault_holds(cmd->config, iv_str_of(inside)))
		return iv_error_set(error, IV_EREFUSED,
				    "'%s' is no note of the vault: it does not end in .md, or the "
				    "config's 'ignore' leaves it out",
				    word);
	*path = iv_strdup(inside);
	return 0;
}

/* The word as a path in the vault, seen from where the person stands; NULL outside of it. */
static char *from_here(const struct cmd *cmd, const char *word)
{
	struct iv_buf buf = IV_BUF_INIT;
	const char *here = cmd->own->folder ? below(cmd->root, cmd->own->folder) : NULL;
	if (!here)
		return NULL;
	char *beside = iv_path_join(here, "x");
	bool inside = iv_path_resolve(&buf, iv_str_of(beside), iv_str_of(word));
	free(beside);
	if (inside)
		return iv_buf_detach(&buf);
	iv_buf_release(&buf);
	return NULL;
}

int cmd_place(char **path, const struct cmd *cmd, const char *word, struct iv_error *error)
{
	const char *here = cmd->own->folder ? below(cmd->root, cmd->own->folder) : NULL;
	const char *inside = *word == '/' ? below(cmd->root, word) : word;
	char *beside = iv_path_join(here && *word != '/' ? here : "", "x");
	struct iv_buf buf = IV_BUF_INIT;
	int rc = 0;
	if (!inside || !iv_path_resolve(&buf, iv_str_of(beside), iv_str_of(inside)))
		rc = iv_error_set(error, IV_EREFUSED, "'%s' is outside the vault '%s'", word,
				  cmd->root);
	else
		*path = iv_buf_detach(&buf);
	iv_buf_release(&buf);
	free(beside);
	return rc;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct iv_entry *)a)->path, ((const struct iv_entry *)b)->path);
}

/* A git tree reads by object, so its listing is needed once. */
static int list_source(struct cmd *cmd, struct iv_error *error)
{
	struct cmd_private *own = cmd->own;
	if (own->listed)
		return 0;
	int rc = cmd->source->list(cmd->source, &own->listing, error);
	if (rc)
		return rc;
	own->listed = true;
	qsort(own->listing.entries, own->listing.count, sizeof(*own->listing.entries), by_path);
	return 0;
}

/* A folder of the revision of --at: *path as cmd_resolve() gives it, or IV_ENOTFOUND. */
static int folder_then(char **path, struct cmd *cmd, const char *here, struct iv_error *error)
{
	struct iv_buf buf = IV_BUF_INIT;
	int rc = list_source(cmd, error);
	if (rc)
		return rc;
	iv_buf_puts(&buf, here);
	if (*here && !iv_str_ends(iv_str_of(here), "/"))
		iv_buf_putc(&buf, '/');
	char *folder = iv_buf_detach(&buf);
	size_t len = strlen(folder);
	for (size_t i = 0; i < cmd->own->listing.count; i++) {
		if (strncmp(cmd->own->listing.entries[i].path, folder, len) == 0) {
			*path = folder;
			return 0;
		}
	}
	free(folder);
	return IV_ENOTFOUND;
}

static int resolve_word(char **path, struct cmd *cmd, const char *word, bool folders,
			unsigned types, struct iv_error *error)
{
	char *here = from_here(cmd, word);
	int rc = IV_ENOTFOUND;
	if (here && folders && cmd->revision)
		rc = folder_then(path, cmd, here, error);
	if (rc == IV_ENOTFOUND && here)
		rc = iv_index_resolve_as(path, cmd->index, here, types, NULL);
	free(here);
	return rc ? iv_index_resolve_as(path, cmd->index, word, types, error) : 0;
}

static int resolve(char **path, struct cmd *cmd, const char *word, bool folders, unsigned types,
		   struct iv_error *error)
{
	bool is_folder = false;
	char *file = cmd->revision ? NULL : find_file(word, &is_folder);
	int rc = file && (!is_folder || folders)
			 ? file_in_vault(path, cmd, word, file, is_folder, error)
			 : resolve_word(path, cmd, word, folders, types, error);
	if (rc == IV_ENOTFOUND && file)
		iv_error_context(error, "'%s' is a folder", word);
	free(file);
	return rc;
}

int cmd_resolve(char **path, struct cmd *cmd, const char *word, bool folders,
		struct iv_error *error)
{
	return resolve(path, cmd, word, folders, ~(1u << IV_TYPE_MEETING), error);
}

int cmd_resolve_as(char **path, struct cmd *cmd, const char *word, unsigned types,
		   struct iv_error *error)
{
	return resolve(path, cmd, word, false, types, error);
}

/* Takes ":NUMBER" off the end. */
static bool cut_number(struct iv_str *word, int *number)
{
	size_t start = word->len;
	while (start && iv_is_digit((unsigned char)word->ptr[start - 1]))
		start--;
	if (start < 2 || word->ptr[start - 1] != ':' ||
	    !iv_str_int(number, iv_str_slice(*word, start, word->len)))
		return false;
	*word = iv_str_slice(*word, 0, start - 1);
	return true;
}

int cmd_resolve_line(char **path, unsigned *line, struct cmd *cmd, const char *word,
		     struct iv_error *error)
{
	struct iv_str rest = iv_str_of(word);
	int number = 0, rc = cmd_resolve(path, cmd, word, false, NULL);
	*line = 0;
	for (int i = 0; rc && i < 2 && cut_number(&rest, &number); i++) {
		*line = (unsigned)number;
		word = iv_arena_str(cmd->own->arena, rest).ptr;
		rc = cmd_resolve(path, cmd, word, false, NULL);
	}
	return rc ? cmd_resolve(path, cmd, word, false, error) : 0;
}

int cmd_read(struct iv_buf *out, struct cmd *cmd, const char *path, struct iv_error *error)
{
	struct iv_entry wanted = {.path = path, .kind = 'f'};
	const struct iv_entry *entry = &wanted;
	char *bytes = NULL;
	size_t len = 0;
	int rc = 0;
	if (cmd->source->immutable) {
		rc = list_source(cmd, error);
		if (rc)
			return rc;
		entry = bsearch(&wanted, cmd->own->listing.entries, cmd->own->listing.count,
				sizeof(wanted), by_path);
		if (!entry)
			return iv_error_set(error, IV_ENOTFOUND, "no note '%s'", path);
	}
	rc = cmd->source->read(cmd->source, entry, &bytes, &len, error);
	if (!rc)
		iv_buf_add(out, bytes, len);
	free(bytes);
	return rc;
}
