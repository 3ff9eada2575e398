/*
 * The symlinks of a vault. Nothing is read through them, so a reference to one, or to what lies
 * below one, means no note; yet it is not called broken, since something is there.
 */
#ifndef IV_INDEX_LINKS_H
#define IV_INDEX_LINKS_H

#include <ivnotes/vault.h>

struct iv_links;
struct iv_links *iv_links_new(const struct iv_listing *listing);
void iv_links_free(struct iv_links *links);

/* Changes with the set of them. */
uint64_t iv_links_hash(const struct iv_links *links);

/* Is there a symlink at the path `key`, folded and without `.md`, or on the way to it? NULL: no. */
bool iv_links_at(const struct iv_links *links, struct iv_str key);
/* The same, or at a path that ends in '/' and `key`. */
bool iv_links_ending(const struct iv_links *links, struct iv_str key);

#endif
