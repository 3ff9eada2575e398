/* What the files of the vault stage know of each other. */
#ifndef IV_VAULT_VAULT_H
#define IV_VAULT_VAULT_H

#include <ivnotes/vault.h>

#include "vault/ignore.h"

struct iv_vault {
	char *root;
	int fd; /* of the root folder */
	struct iv_config *config;
};

/* A config of nothing but defaults, and the reason why. */
struct iv_config *iv_config_unread(const char *reason);
/* From now on the vault goes by this config (that of a revision), and owns it. */
void iv_vault_use_config(struct iv_vault *vault, struct iv_config *config);
const struct iv_globs *iv_config_globs(const struct iv_config *config);

/*
 * Finds every file that may be a note below the folder `fd`, and stats it: on all cores, without
 * following symlinks. With `all` every file that is not in a folder of `globs` or in `.git`, symlinks
 * too (kind 'l'). IV_EIO when the folder itself cannot be read.
 */
int iv_walk(struct iv_listing *out, int fd, const struct iv_globs *globs, bool all,
	    struct iv_error *error);

#endif
