/* A source of notes as it would be if some of its files were others. */
#ifndef IV_VAULT_OVERLAY_H
#define IV_VAULT_OVERLAY_H

#include <ivnotes/vault.h>

struct iv_overlay_file {
	const char *path; /* in the vault */
	struct iv_str bytes;
	bool gone; /* it is not there */
};

/*
 * The files take the place of those of `under`, or stand beside them. Both must outlive it. Free
 * with source->close(source), which leaves `under` open.
 */
struct iv_source *iv_overlay_source(struct iv_source *under, const struct iv_overlay_file *files,
				    size_t count);

#endif
