/* The files of rules of one's own: what is beside the config in a vault's settings. */
#include "vault/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/utf8.h"
#include "vault/vault.h"

_Static_assert(IV_RULE_SIZE_MAX == (size_t)32 << 10, "IV_FILE_LARGE says 32 KiB");

bool iv_is_rule_file(const char *name)
{
	return name[0] != '.' && iv_str_ends(iv_str_of(name), IV_RULES_SUFFIX);
}

/* ---- a list of files ---- */

void iv_file_list_init(struct iv_file_list *list)
{
	*list = (struct iv_file_list){.arena = iv_arena_new()};
}

static struct iv_file *add(struct iv_file_list *list, const char *path)
{
	IV_GROW(list->items, list->count, list->capacity);
	list->items[list->count] = (struct iv_file){
		.path = iv_arena_str(list->arena, iv_str_of(path)).ptr,
		.bytes = {"", 0},
	};
	return &list->items[list->count++];
}

/* A word on the first byte that no text has, or NULL. */
static const char *fault_of(struct iv_arena *arena, struct iv_str bytes)
{
	size_t bad = iv_utf8_no_text(bytes), line = 1;

	if (bad == SIZE_MAX)
		return NULL;
	for (size_t i = 0; i < bad; i++)
		line += bytes.ptr[i] == '\n';
	return iv_arena_printf(arena, "no UTF-8 text: byte 0x%02x in line %zu",
			       (unsigned char)bytes.ptr[bad], line)
		.ptr;
}

void iv_file_list_add(struct iv_file_list *list, const char *path, struct iv_str bytes)
{
	struct iv_file *file = add(list, path);

	if (bytes.len > IV_RULE_SIZE_MAX)
		file->trouble = IV_FILE_LARGE;
	else
		file->trouble = fault_of(list->arena, bytes);
	if (!file->trouble && bytes.len)
		file->bytes = iv_arena_str(list->arena, bytes);
}

void iv_file_list_refuse(struct iv_file_list *list, const char *path, const char *trouble)
{
	add(list, path)->trouble = iv_arena_str(list->arena, iv_str_of(trouble)).ptr;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct iv_file *)a)->path, ((const struct iv_file *)b)->path);
}

void iv_file_list_finish(struct iv_files *out, struct iv_file_list *list)
{
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), by_path);
	*out = (struct iv_files){
		iv_arena_copy(list->arena, list->items, list->count, sizeof(*list->items)),
		list->count, list->arena};
	free(list->items);
	*list = (struct iv_file_list){0};
}

void iv_files_release(struct iv_files *files)
{
	iv_arena_free(files->memory);
	*files = (struct iv_files){0};
}

/* ---- of the working tree ---- */

static void read_file(struct iv_file_list *list, int folder, const char *name, const char *path)
{
	struct iv_buf bytes = IV_BUF_INIT;
	struct iv_error error = IV_ERROR_INIT;
	struct stat st;
	int rc = 0;

	if (!fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) && S_ISLNK(st.st_mode))
		iv_file_list_refuse(list, path, IV_FILE_LINK);
	else if (!(rc = iv_file_read_at(&bytes, folder, name, IV_RULE_SIZE_MAX, &error)))
		iv_file_list_add(list, path, iv_buf_view(&bytes));
	else if (rc == IV_ELIMIT)
		iv_file_list_refuse(list, path, IV_FILE_LARGE);
	else if (rc == IV_EREFUSED)
		iv_file_list_refuse(list, path, IV_FILE_IRREGULAR);
	else if (rc != IV_ENOTFOUND)
		iv_file_list_refuse(list, path, error.message);
	iv_error_release(&error);
	iv_buf_release(&bytes);
}

static void read_folder(struct iv_file_list *list, DIR *folder)
{
	struct dirent *entry;

	while ((entry = readdir(folder))) {
		char *path;

		if (!iv_is_rule_file(entry->d_name))
			continue;
		path = iv_path_join(IV_RULES_FOLDER, entry->d_name);
		read_file(list, dirfd(folder), entry->d_name, path);
		free(path);
	}
}

static const char *why_closed(int number)
{
	return number == ELOOP     ? "a symlink, expected a folder"
	       : number == ENOTDIR ? "no folder"
				   : strerror(number);
}

void iv_vault_rules(struct iv_files *out, const struct iv_vault *vault)
{
	struct iv_file_list list;
	int fd = openat(vault->fd, IV_RULES_FOLDER, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);

	iv_file_list_init(&list);
	if (folder)
		read_folder(&list, folder);
	else if (errno != ENOENT && !(fd < 0 && errno == ENOTDIR))
		iv_file_list_refuse(&list, IV_RULES_FOLDER, why_closed(errno));
	if (folder)
		closedir(folder);
	else if (fd >= 0)
		close(fd);
	iv_file_list_finish(out, &list);
}
