/*
 * Versions of notes on their way from git to the parser: each is read once and parsed once, by
 * different threads, while commits that are close to each other need it.
 */
#ifndef IV_VCS_BLOBS_H
#define IV_VCS_BLOBS_H

#include <pthread.h>

#include "vcs/vcs.h"

struct vcs_blob {
	git_oid id;
	char *path;
	char *bytes; /* NULL: it could not be read */
	char *why;   /* that is damage */
	size_t len;
	struct iv_note *note; /* once somebody has parsed it */
	unsigned holders;
	uint64_t used;
};

#define VCS_BLOBS_KEPT 4096

struct vcs_blobs {
	git_odb *odb;
	pthread_mutex_t lock; /* guards every `holders` */
	struct vcs_blob *kept[VCS_BLOBS_KEPT];
	uint64_t clock;
};

void vcs_blobs_init(struct vcs_blobs *blobs, git_odb *odb);
void vcs_blobs_release(struct vcs_blobs *blobs);

/*
 * The version that a commit found at this path, read if it is not there, and kept: newer commits come
 * first, so an older one will be met that made it. The caller lets go of it.
 */
struct vcs_blob *vcs_blobs_before(struct vcs_blobs *blobs, const git_oid *id, const char *path);
/* The version that a commit made, which is not kept any longer. The same. */
struct vcs_blob *vcs_blobs_after(struct vcs_blobs *blobs, const git_oid *id, const char *path);
/* NULL is fine. */
void vcs_blobs_drop(struct vcs_blobs *blobs, struct vcs_blob *blob);

#endif
