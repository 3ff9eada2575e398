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

void iv_file_list_init(struct iv_file_list *list);
/* Takes a copy of the bytes, or notes why they are no text. */
void iv_file_list_add(struct iv_file_list *list, const char *path, struct iv_str bytes);
void iv_file_list_refuse(struct iv_file_list *list, const char *path, const char *trouble);
/* Hands over what was collected, sorted; the list is empty then. */
void iv_file_list_finish(struct iv_files *out, struct iv_file_list *list);

#endif
