/* Folders on the way to a file that is to be. */
#ifndef IV_CMD_CHANGE_FOLDER_H
#define IV_CMD_CHANGE_FOLDER_H

#include "cmd/cmd.h"

/*
 * Makes the folder of a path in the vault, and tells in *there how much of its absolute path there
 * was before. No symlink may stand on the way: what lies behind it is none of the vault's.
 * IV_EREFUSED, IV_EIO.
 */
int folder_make(const struct cmd *cmd, const char *path, size_t *there, struct iv_error *error);
/* Takes them away again where they were made for nothing; SIZE_MAX for none. */
void folder_unmake(const struct cmd *cmd, const char *path, size_t there);

#endif
