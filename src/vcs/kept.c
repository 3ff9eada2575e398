#include "vcs/kept.h"

#include <stdlib.h>

#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>

/* Before all that git has. */
#define FIRST 1000
/* Fewer are not worth a pack of their own. */
#define PACK_MIN 50

/* libgit2's store in memory does not say what it holds; we do. */
struct vcs_kept {
	git_odb_backend backend;
	git_odb_backend *memory;
	git_repository *git;
	git_oid *ids;
	size_t count, capacity;
	bool on;
};

struct object {
	void *bytes;
	size_t len;
	git_object_t type;
};

/* ---- as a store of libgit2's ---- */

static git_odb_backend *memory_of(const git_odb_backend *backend)
{
	return ((const struct vcs_kept *)backend)->memory;
}

static int read_object(void **out, size_t *len, git_object_t *type, git_odb_backend *backend,
		       const git_oid *id)
{
	return memory_of(backend)->read(out, len, type, memory_of(backend), id);
}

static int read_header(size_t *len, git_object_t *type, git_odb_backend *backend, const git_oid *id)
{
	return memory_of(backend)->read_header(len, type, memory_of(backend), id);
}

static int exists(git_odb_backend *backend, const git_oid *id)
{
	return memory_of(backend)->exists(memory_of(backend), id);
}

static int write_object(git_odb_backend *backend, const git_oid *id, const void *bytes, size_t len,
			git_object_t type)
{
	struct vcs_kept *kept = (struct vcs_kept *)backend;
	int rc = kept->on ? kept->memory->write(kept->memory, id, bytes, len, type)
			  : GIT_PASSTHROUGH;

	if (!rc) {
		IV_GROW(kept->ids, kept->count, kept->capacity);
		kept->ids[kept->count++] = *id;
	}
	return rc;
}

static void free_backend(git_odb_backend *backend)
{
	struct vcs_kept *kept = (struct vcs_kept *)backend;

	if (kept->memory)
		kept->memory->free(kept->memory);
	free(kept->ids);
	free(kept);
}

static int add(struct vcs_kept **out, git_repository *git)
{
	struct vcs_kept *kept = iv_calloc(1, sizeof(*kept));
	git_odb *odb = NULL;
	int rc = git_odb_init_backend(&kept->backend, GIT_ODB_BACKEND_VERSION);

	kept->git = git;
	kept->backend.read = read_object;
	kept->backend.read_header = read_header;
	kept->backend.exists = exists;
	kept->backend.write = write_object;
	kept->backend.free = free_backend;
	if (!rc)
		rc = git_mempack_new(&kept->memory);
	if (!rc)
		rc = git_repository_odb(&odb, git);
	if (!rc)
		rc = git_odb_add_backend(odb, &kept->backend, FIRST);
	git_odb_free(odb);
	if (rc)
		free_backend(&kept->backend);
	else
		*out = kept;
	return rc;
}

int vcs_kept_begin(struct vcs_kept **kept, git_repository *git)
{
	int rc = *kept ? 0 : add(kept, git);

	if (!rc)
		(*kept)->on = true;
	return rc;
}

void vcs_kept_drop(struct vcs_kept *kept)
{
	if (!kept)
		return;
	git_mempack_reset(kept->memory);
	kept->count = 0;
	kept->on = false;
}

/* ---- to the disk ---- */

static int write_pack(struct vcs_kept *kept)
{
	git_packbuilder *pack = NULL;
	int rc = git_packbuilder_new(&pack, kept->git);

	for (size_t i = 0; i < kept->count && !rc; i++)
		rc = git_packbuilder_insert(pack, &kept->ids[i], NULL);
	if (!rc)
		rc = git_packbuilder_write(pack, NULL, 0, NULL, NULL);
	git_packbuilder_free(pack);
	vcs_kept_drop(kept);
	return rc;
}

/* While they are kept libgit2 takes them for written: they are taken out first. */
static int write_each(struct vcs_kept *kept)
{
	struct object *objects = iv_calloc(kept->count, sizeof(*objects));
	size_t count = kept->count;
	git_odb *odb = NULL;
	git_oid id;
	int rc = git_repository_odb(&odb, kept->git);

	for (size_t i = 0; i < count && !rc; i++)
		rc = read_object(&objects[i].bytes, &objects[i].len, &objects[i].type,
				 &kept->backend, &kept->ids[i]);
	vcs_kept_drop(kept);
	for (size_t i = 0; i < count && !rc; i++)
		rc = git_odb_write(&id, odb, objects[i].bytes, objects[i].len, objects[i].type);
	for (size_t i = 0; i < count; i++)
		if (objects[i].bytes)
			git_odb_backend_data_free(&kept->backend, objects[i].bytes);
	git_odb_free(odb);
	free(objects);
	return rc;
}

int vcs_kept_write(struct vcs_kept *kept)
{
	if (!kept || !kept->count) {
		vcs_kept_drop(kept);
		return 0;
	}
	return kept->count < PACK_MIN ? write_each(kept) : write_pack(kept);
}
