/* A vault in a temporary folder, for tests that need files. Include after cmocka.h. */
#ifndef TESTS_SCRATCH_H
#define TESTS_SCRATCH_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct scratch {
	char *root;  /* holds what follows */
	char *vault; /* with .ivnotes/ */
	char *index; /* where an index may be made */
};

static inline char *scratch_path(const char *folder, const char *name)
{
	size_t size = strlen(folder) + strlen(name) + 2;
	char *path = malloc(size);

	if (!path)
		abort();
	snprintf(path, size, "%s/%s", folder, name);
	return path;
}

static inline void scratch_folder(const char *folder, const char *name)
{
	char *path = scratch_path(folder, name);

	mkdir(path, 0700);
	free(path);
}

static inline struct scratch scratch_make(void)
{
	const char *base = getenv("TMPDIR");
	struct scratch scratch;

	scratch.root = scratch_path(base ? base : "/tmp", "ivnotes-test-XXXXXX");
	if (!mkdtemp(scratch.root))
		abort();
	scratch.vault = scratch_path(scratch.root, "vault");
	scratch.index = scratch_path(scratch.root, "index");
	assert_int_equal(mkdir(scratch.vault, 0700), 0);
	scratch_folder(scratch.vault, ".ivnotes");
	return scratch;
}

static inline void scratch_write(const struct scratch *scratch, const char *name, const char *text)
{
	char *path = scratch_path(scratch->vault, name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
	free(path);
}

static inline int scratch_forget(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st, (void)kind, (void)ftw;
	return remove(path);
}

static inline void scratch_remove(const char *path)
{
	nftw(path, scratch_forget, 16, FTW_DEPTH | FTW_PHYS);
}

static inline void scratch_release(struct scratch *scratch)
{
	scratch_remove(scratch->root);
	free(scratch->root);
	free(scratch->vault);
	free(scratch->index);
}

#endif
