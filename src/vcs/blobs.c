#include "vcs/blobs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A version has its place among so many neighbours, of which the one used longest ago goes. */
#define WAYS 4
/* Larger ones are not kept: the next commit reads them again. */
#define KEPT_BYTES ((size_t)64 << 10)

void vcs_blobs_init(struct vcs_blobs *blobs, git_odb *odb)
{
	memset(blobs, 0, sizeof(*blobs));
	blobs->odb = odb;
	pthread_mutex_init(&blobs->lock, NULL);
}

void vcs_blobs_release(struct vcs_blobs *blobs)
{
	for (size_t i = 0; i < VCS_BLOBS_KEPT; i++)
		vcs_blobs_drop(blobs, blobs->kept[i]);
	pthread_mutex_destroy(&blobs->lock);
}

void vcs_blobs_drop(struct vcs_blobs *blobs, struct vcs_blob *blob)
{
	bool last;

	if (!blob)
		return;
	pthread_mutex_lock(&blobs->lock);
	last = --blob->holders == 0;
	pthread_mutex_unlock(&blobs->lock);
	if (!last)
		return;
	iv_note_free(blob->note);
	free(blob->bytes);
	free(blob->why);
	free(blob->path);
	free(blob);
}

static char *why_not(const git_oid *id)
{
	struct iv_error error = IV_ERROR_INIT;
	char what[64], hex[GIT_OID_HEXSZ + 1], *why;

	snprintf(what, sizeof(what), "cannot read object %s", git_oid_tostr(hex, sizeof(hex), id));
	vcs_damaged(&error, what);
	why = iv_strdup(error.message);
	iv_error_release(&error);
	return why;
}

static struct vcs_blob *read_blob(struct vcs_blobs *blobs, const git_oid *id, const char *path)
{
	struct vcs_blob *blob = iv_calloc(1, sizeof(*blob));
	git_odb_object *object = NULL;

	blob->id = *id;
	blob->path = iv_strdup(path);
	blob->holders = 1;
	if (git_odb_read(&object, blobs->odb, id)) {
		blob->why = why_not(id);
		return blob;
	}
	if (git_odb_object_size(object) > IV_NOTE_SIZE_MAX) {
		git_odb_object_free(object);
		return blob;
	}
	blob->len = git_odb_object_size(object);
	blob->bytes = iv_malloc(blob->len + 1);
	memcpy(blob->bytes, git_odb_object_data(object), blob->len);
	blob->bytes[blob->len] = '\0';
	git_odb_object_free(object);
	return blob;
}

static struct vcs_blob **set_of(struct vcs_blobs *blobs, const git_oid *id)
{
	uint64_t hash = iv_hash((struct iv_str){(const char *)id->id, GIT_OID_RAWSZ});

	return &blobs->kept[hash % (VCS_BLOBS_KEPT / WAYS) * WAYS];
}

static bool is(const struct vcs_blob *blob, const git_oid *id, const char *path)
{
	return git_oid_equal(&blob->id, id) && !strcmp(blob->path, path);
}

/* Its place, empty or not: where it is, else where it shall be. */
static struct vcs_blob **place(struct vcs_blobs *blobs, const git_oid *id, const char *path)
{
	struct vcs_blob **set = set_of(blobs, id), **oldest = set;

	for (size_t i = 0; i < WAYS; i++) {
		if (set[i] && is(set[i], id, path))
			return &set[i];
		if (!set[i] || (*oldest && set[i]->used < (*oldest)->used))
			oldest = &set[i];
	}
	vcs_blobs_drop(blobs, *oldest);
	*oldest = NULL;
	return oldest;
}

struct vcs_blob *vcs_blobs_before(struct vcs_blobs *blobs, const git_oid *id, const char *path)
{
	struct vcs_blob **kept = place(blobs, id, path), *blob = *kept;

	if (!blob) {
		blob = read_blob(blobs, id, path);
		if (blob->len > KEPT_BYTES)
			return blob;
		*kept = blob;
	}
	blob->used = ++blobs->clock;
	pthread_mutex_lock(&blobs->lock);
	blob->holders++;
	pthread_mutex_unlock(&blobs->lock);
	return blob;
}

struct vcs_blob *vcs_blobs_after(struct vcs_blobs *blobs, const git_oid *id, const char *path)
{
	struct vcs_blob **set = set_of(blobs, id);

	for (size_t i = 0; i < WAYS; i++) {
		struct vcs_blob *blob = set[i];
		if (!blob || !is(blob, id, path))
			continue;
		set[i] = NULL;
		return blob;
	}
	return read_blob(blobs, id, path);
}
