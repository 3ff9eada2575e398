#include "vault/overlay.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct overlay {
	struct iv_source source; /* first: what callers hold */
	struct iv_source *under;
	struct iv_overlay_file *files; /* sorted by path */
	size_t count;
};

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct iv_overlay_file *)a)->path,
		      ((const struct iv_overlay_file *)b)->path);
}

static const struct iv_overlay_file *file_at(const struct overlay *overlay, const char *path)
{
	struct iv_overlay_file wanted = {.path = path};
	return bsearch(&wanted, overlay->files, overlay->count, sizeof(wanted), by_path);
}

static int list(struct iv_source *source, struct iv_listing *out, struct iv_error *error)
{
	const struct overlay *overlay = (const struct overlay *)source;
	size_t kept = 0, capacity;
	int rc = overlay->under->list(overlay->under, out, error);

	if (rc)
		return rc;
	for (size_t i = 0; i < out->count; i++)
		if (!file_at(overlay, out->entries[i].path))
			out->entries[kept++] = out->entries[i];
	capacity = out->count;
	out->count = kept;
	for (size_t i = 0; i < overlay->count; i++) {
		const struct iv_overlay_file *file = &overlay->files[i];
		if (file->gone)
			continue;
		IV_GROW(out->entries, out->count, capacity);
		out->entries[out->count++] =
			(struct iv_entry){.path = file->path, .size = file->bytes.len, .kind = 'f'};
	}
	return 0;
}

static int read_file(struct iv_source *source, const struct iv_entry *entry, char **bytes,
		     size_t *len, struct iv_error *error)
{
	const struct overlay *overlay = (const struct overlay *)source;
	const struct iv_overlay_file *file = file_at(overlay, entry->path);

	if (!file)
		return overlay->under->read(overlay->under, entry, bytes, len, error);
	*bytes = iv_strndup(file->bytes.len ? file->bytes.ptr : "", file->bytes.len);
	*len = file->bytes.len;
	return 0;
}

static void close_overlay(struct iv_source *source)
{
	free(((struct overlay *)source)->files);
	free(source);
}

struct iv_source *iv_overlay_source(struct iv_source *under, const struct iv_overlay_file *files,
				    size_t count)
{
	struct overlay *overlay = iv_calloc(1, sizeof(*overlay));

	overlay->source = (struct iv_source){list, read_file, close_overlay, under->immutable};
	overlay->under = under;
	overlay->files = iv_calloc(count, sizeof(*files));
	memcpy(overlay->files, files, count * sizeof(*files));
	qsort(overlay->files, count, sizeof(*files), by_path);
	overlay->count = count;
	return &overlay->source;
}
