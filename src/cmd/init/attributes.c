#include "cmd/init/attributes.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

/* As good as any note to come. */
#define SOME_NOTE "a.md"

/* Of those that init makes, the ones for notes. */
static const char *const folders[] = {"contacts", "meetings", "organizations", NULL};

struct reader {
	struct init_attributes *out;
	const char *driver;
	const struct iv_repo *repo;
	struct iv_error *error;
};

static int read_one(const struct reader *reader, const char *path)
{
	struct init_attributes *out = reader->out;
	char *name = NULL;
	int rc = iv_repo_driver_of(&name, reader->repo, path, reader->error);

	if (rc)
		return rc;
	if (!strcmp(name, reader->driver)) {
		out->ours = true;
	} else if (!*name && !out->plain) {
		out->plain = iv_strdup(path);
	} else if (*name && !out->other) {
		out->other = iv_strdup(path);
		out->taken = name;
		return 0;
	}
	free(name);
	return 0;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct iv_entry *)a)->path, ((const struct iv_entry *)b)->path);
}

static int read_notes(const struct reader *reader, const struct iv_vault *vault)
{
	struct iv_source *source = NULL;
	struct iv_listing listing = {0};
	int rc = iv_vault_source(&source, vault, reader->error);

	if (!rc)
		rc = source->list(source, &listing, reader->error);
	if (!rc && listing.count)
		qsort(listing.entries, listing.count, sizeof(*listing.entries), by_path);
	for (size_t i = 0; !rc && i < listing.count; i++)
		if (listing.entries[i].kind == 'f')
			rc = read_one(reader, listing.entries[i].path);
	iv_listing_release(&listing);
	if (source)
		source->close(source);
	return rc;
}

static int read_folder(const struct reader *reader, const char *folder)
{
	char *path = iv_path_join(folder, SOME_NOTE);
	int rc = read_one(reader, path);

	free(path);
	return rc;
}

static int read_folders(const struct reader *reader, const struct iv_config *config)
{
	const char *const(*own)[2] = iv_config_syntax(config)->folder_types;
	int rc = 0;

	for (size_t i = 0; !rc && folders[i]; i++)
		rc = read_folder(reader, folders[i]);
	for (size_t i = 0; !rc && own && own[i][0]; i++)
		rc = read_folder(reader, own[i][0]);
	return rc;
}

int init_attributes_read(struct init_attributes *out, const char *driver,
			 const struct iv_repo *repo, const struct iv_vault *vault,
			 struct iv_error *error)
{
	const struct reader reader = {out, driver, repo, error};
	int rc;

	*out = (struct init_attributes){0};
	iv_repo_forget_attributes(repo);
	rc = read_notes(&reader, vault);
	return rc ? rc : read_folders(&reader, iv_vault_config(vault));
}

void init_attributes_release(struct init_attributes *attributes)
{
	free(attributes->plain);
	free(attributes->other);
	free(attributes->taken);
}
