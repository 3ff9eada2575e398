// Globs of the config's `ignore:`, a simple kin of gitignore's:
//
//   drafts/       a folder of that name anywhere, and all below it
//   *.draft.md    a file or folder of that name anywhere
//   /top.md       with a '/' at the start or inside: from the vault's root
//   archive/**    everything below archive
//   a/**/x.md     between slashes `**` stands for any number of folders, or none
//
// `*` is any run of characters but '/', `?` one character, `[a-z]` and `[!a-z]` one of these;
// `\` takes the next character as it is. Case counts. There is no `!` that brings back a file.
#ifndef IV_VAULT_IGNORE_H
#define IV_VAULT_IGNORE_H

#include "base/str.h"

struct iv_globs;

/* The patterns are copied; empty ones are passed over. */
struct iv_globs *iv_globs_new(const char *const *patterns, size_t count);
void iv_globs_free(struct iv_globs *globs);

/* Does a pattern name this very path? Folders above it are the caller's to ask first. */
bool iv_globs_match(const struct iv_globs *globs, struct iv_str path, bool folder);

#endif
