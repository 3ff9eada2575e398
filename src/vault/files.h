/* Collecting files of the vault's settings, wherever their bytes come from. */
#ifndef IV_VAULT_FILES_H
#define IV_VAULT_FILES_H

#include <ivnotes/vault.h>

#include "base/mem.h"

struct iv_file_list {
	struct iv_arena *arena;
	struct iv_file *items;
	size_t count, capacity;
};

/* Why a file is refused, wherever it is. */
#define IV_FILE_LINK "a symlink, expected a regular file"
#define IV_FILE_IRREGULAR "no regular file"
#define IV_FILE_LARGE "larger than 32 KiB"

/* Is a file of this name a rule of one's own? */
bool iv_is_rule_file(const char *name);

void iv_file_list_init(struct iv_file_list *list);
/* Takes a copy of the bytes, or notes why they are no text. */
void iv_file_list_add(struct iv_file_list *list, const char *path, struct iv_str bytes);
void iv_file_list_refuse(struct iv_file_list *list, const char *path, const char *trouble);
/* Hands over what was collected, sorted; the list is empty then. */
void iv_file_list_finish(struct iv_files *out, struct iv_file_list *list);

#endif
