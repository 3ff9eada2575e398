/*
 * walk FOLDER: reads every folder below and stats every *.md, on all cores, and does nothing
 * else: the least that a program must do to know that no note has changed. Prints the count.
 */
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define THREADS_MAX 8

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;
static char **queue;
static size_t queued, capacity, busy, seen;

static void push(char *folder)
{
	pthread_mutex_lock(&lock);
	if (queued == capacity) {
		capacity = capacity ? 2 * capacity : 64;
		queue = realloc(queue, capacity * sizeof(*queue));
		if (queue == NULL)
			abort();
	}
	queue[queued++] = folder;
	pthread_cond_signal(&more);
	pthread_mutex_unlock(&lock);
}

/* The next folder, or NULL when all work is done. */
static char *pop(void)
{
	char *folder = NULL;
	pthread_mutex_lock(&lock);
	while (queued == 0 && busy > 0)
		pthread_cond_wait(&more, &lock);
	if (queued > 0) {
		folder = queue[--queued];
		busy++;
	}
	pthread_mutex_unlock(&lock);
	return folder;
}

static void done(size_t files)
{
	pthread_mutex_lock(&lock);
	seen += files;
	if (--busy == 0 && queued == 0)
		pthread_cond_broadcast(&more);
	pthread_mutex_unlock(&lock);
}

static void push_below(const char *folder, const char *name)
{
	size_t size = strlen(folder) + strlen(name) + 2;
	char *path = malloc(size);
	if (path == NULL)
		abort();
	snprintf(path, size, "%s/%s", folder, name);
	push(path);
}

static size_t look(const char *folder)
{
	size_t files = 0;
	DIR *dir = opendir(folder);
	if (dir == NULL)
		return 0;
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
		size_t length = strlen(entry->d_name);
		struct stat about;
		if (entry->d_name[0] == '.')
			continue;
		if (length > 3 && strcmp(entry->d_name + length - 3, ".md") == 0)
			files += !fstatat(dirfd(dir), entry->d_name, &about, AT_SYMLINK_NOFOLLOW);
		else if (fstatat(dirfd(dir), entry->d_name, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
			 S_ISDIR(about.st_mode))
			push_below(folder, entry->d_name);
	}
	closedir(dir);
	return files;
}

static void *work(void *unused)
{
	for (char *folder; (folder = pop()) != NULL; free(folder))
		done(look(folder));
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t threads[THREADS_MAX];
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	int count = cores < 1 ? 1 : cores > THREADS_MAX ? THREADS_MAX : (int)cores;
	if (argc != 2) {
		fprintf(stderr, "usage: walk FOLDER\n");
		return 2;
	}
	push(strdup(argv[1]));
	for (int i = 0; i < count; i++)
		if (pthread_create(&threads[i], NULL, work, NULL) != 0)
			return 3;
	for (int i = 0; i < count; i++)
		pthread_join(threads[i], NULL);
	printf("%zu\n", seen);
	return 0;
}
