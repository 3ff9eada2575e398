/*
 * Runs a fuzz target over files, for compilers without libFuzzer: replay FILE|FOLDER...
 * Prints TAP: one point for each argument. A target that finds a fault ends the process.
 */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void die(const char *path)
{
	printf("Bail out! %s: %s\n", path, strerror(errno));
	exit(1);
}

/* The copy has the input's exact size on the heap, so that tools see a read past its end. */
static void replay_file(const char *path, size_t size)
{
	uint8_t *data = malloc(size ? size : 1);
	FILE *file = fopen(path, "rb");

	if (!data || !file || fread(data, 1, size, file) != size)
		die(path);
	fclose(file);
	LLVMFuzzerTestOneInput(data, size);
	free(data);
}

static size_t replay(const char *path)
{
	size_t count = 0;
	struct stat status;
	struct dirent *entry;
	DIR *folder;

	if (stat(path, &status) < 0)
		die(path);
	if (!S_ISDIR(status.st_mode)) {
		replay_file(path, (size_t)status.st_size);
		return 1;
	}
	folder = opendir(path);
	if (!folder)
		die(path);
	while ((entry = readdir(folder))) {
		char below[4096];

		if (entry->d_name[0] == '.')
			continue;
		snprintf(below, sizeof(below), "%s/%s", path, entry->d_name);
		count += replay(below);
	}
	closedir(folder);
	return count;
}

int main(int argc, char **argv)
{
	printf("1..%d\n", argc - 1);
	for (int i = 1; i < argc; i++) {
		size_t count = replay(argv[i]);

		printf("%sok %d - %s: %zu inputs\n", count ? "" : "not ", i, argv[i], count);
	}
	return 0;
}
