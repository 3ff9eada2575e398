/* The person's editor, on a note. */
#ifndef IV_CMD_EDITOR_H
#define IV_CMD_EDITOR_H

#include "cmd/cmd.h"

/*
 * Opens a note (its path in the vault) in $VISUAL, else $EDITOR, else vi, and waits for its end. The
 * variable may hold arguments and whatever else sh takes. Line 0: wherever the editor opens it.
 * CMD_OK, or CMD_FAILED with the reason printed.
 */
int editor_open(struct cmd *cmd, const char *path, unsigned line);
/* The same for any file, in the editor that is named; NULL: as above. */
int editor_open_file(struct cmd *cmd, const char *editor, const char *file);

#endif
