/*
 * The walk: the hottest path of the program. Threads take work from one stack: folders to read,
 * and chunks of names that a folder's reader hands on, so that one big folder keeps all cores
 * busy too. A folder stays open while chunks and subfolders wait for it, and everything is looked
 * at relative to it: no path is resolved twice, and a folder that is swapped for a symlink
 * meanwhile is not entered.
 */
#define _DEFAULT_SOURCE 1  /* DT_REG and its like */
#define _DARWIN_C_SOURCE 1 /* the same there */

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "vault/vault.h"

#define THREADS_MAX 8
#define CHUNK 256
#define BLOCK 2048

struct folder {
	struct folder *parent; /* held until this one is open */
	struct iv_str path;    /* "" for the root, else with a '/' at the end */
	size_t name;           /* offset of its name in the path */
	DIR *dir;
	int fd;
	int refs; /* guarded by the walk's lock */
};

/* Entries of one folder, next to each other in a worker's block. */
struct chunk {
	struct chunk *next; /* of the finished ones */
	struct folder *folder;
	struct iv_entry *entries;
	size_t count, kept;
};

struct block {
	struct block *next;
	size_t count;
	struct iv_entry entries[BLOCK];
};

struct job {
	struct folder *folder; /* to be read, or NULL: */
	struct chunk *chunk;   /* to be looked at */
};

struct worker {
	struct walk *walk;
	pthread_t thread;
	struct iv_arena *arena;
	struct block *blocks;
	struct chunk *chunk; /* being filled */
	const char **links;
	size_t link_count, link_capacity;
};

struct walk {
	const struct iv_globs *globs;
	bool all; /* every file, not notes alone */
	size_t threads_max;
	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t work;
	struct job *jobs; /* a stack: depth first keeps few folders open */
	size_t job_count, job_capacity;
	size_t busy, idle; /* threads that may still add jobs, and that wait for one */
	struct chunk *done;
	size_t found;
	int root_error;
	struct worker workers[THREADS_MAX];
	size_t worker_count;
};

static void *work(void *data);

static struct worker *add_worker(struct walk *walk)
{
	struct worker *worker = &walk->workers[walk->worker_count++];

	worker->walk = walk;
	worker->arena = iv_arena_new();
	walk->busy++;
	return worker;
}

static void start_thread(struct walk *walk)
{
	struct worker *worker;

	if (walk->worker_count == walk->threads_max)
		return;
	worker = add_worker(walk);
	if (!pthread_create(&worker->thread, NULL, work, worker))
		return;
	walk->busy--;
	walk->worker_count--;
	iv_arena_free(worker->arena);
	walk->threads_max = walk->worker_count; /* go on with those there are */
}

static void push(struct walk *walk, struct job job)
{
	pthread_mutex_lock(&walk->lock);
	IV_GROW(walk->jobs, walk->job_count, walk->job_capacity);
	walk->jobs[walk->job_count++] = job;
	if (walk->idle)
		pthread_cond_signal(&walk->work);
	else
		start_thread(walk);
	pthread_mutex_unlock(&walk->lock);
}

/* Waits for a job; false when all is done. */
static bool pop(struct walk *walk, struct job *job)
{
	bool some;

	pthread_mutex_lock(&walk->lock);
	walk->busy--;
	while (!walk->job_count && walk->busy) {
		walk->idle++;
		pthread_cond_wait(&walk->work, &walk->lock);
		walk->idle--;
	}
	some = walk->job_count > 0;
	if (some) {
		*job = walk->jobs[--walk->job_count];
		walk->busy++;
	} else {
		pthread_cond_broadcast(&walk->work);
	}
	pthread_mutex_unlock(&walk->lock);
	return some;
}

static struct folder *hold(struct walk *walk, struct folder *folder)
{
	pthread_mutex_lock(&walk->lock);
	folder->refs++;
	pthread_mutex_unlock(&walk->lock);
	return folder;
}

static void let_go(struct walk *walk, struct folder *folder)
{
	bool last;

	pthread_mutex_lock(&walk->lock);
	last = --folder->refs == 0;
	pthread_mutex_unlock(&walk->lock);
	if (!last)
		return;
	if (folder->dir)
		closedir(folder->dir);
	free(folder);
}

/* ---- looking at files ---- */

static int64_t nanoseconds(struct timespec time)
{
	return (int64_t)((uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec);
}

static char kind_of(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG: return 'f';
	case S_IFDIR: return 'd';
	case S_IFIFO: return 'p';
	case S_IFSOCK: return 's';
	case S_IFCHR: return 'c';
	case S_IFBLK: return 'b';
	case S_IFLNK: return 'l';
	default: return 0; /* nothing that POSIX knows */
	}
}

/* Fills in what a stat says. False: it has gone meanwhile. */
static bool look(struct iv_entry *entry, int fd, const char *name)
{
	struct stat st;

	if (fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW)) {
		entry->trouble = errno;
		return errno != ENOENT && errno != ENOTDIR;
	}
	entry->kind = kind_of(st.st_mode);
	entry->size = (uint64_t)st.st_size;
	entry->inode = st.st_ino;
	entry->mtime = nanoseconds(st.st_mtim);
	entry->ctime = nanoseconds(st.st_ctim);
	return entry->kind != 0;
}

static void finish(struct walk *walk, struct chunk *chunk)
{
	let_go(walk, chunk->folder);
	pthread_mutex_lock(&walk->lock);
	chunk->next = walk->done;
	walk->done = chunk;
	walk->found += chunk->kept;
	pthread_mutex_unlock(&walk->lock);
}

static void look_at_chunk(struct walk *walk, struct chunk *chunk)
{
	int fd = chunk->folder->fd;
	size_t name = chunk->folder->path.len;

	for (size_t i = 0; i < chunk->count; i++) {
		struct iv_entry *entry = &chunk->entries[i];

		if (!entry->trouble && !look(entry, fd, entry->path + name))
			continue;
		if (entry->kind == 'l' && !walk->all)
			continue;
		if (chunk->kept != i)
			chunk->entries[chunk->kept] = *entry;
		chunk->kept++;
	}
	finish(walk, chunk);
}

/* ---- reading folders ---- */

static struct chunk *new_chunk(struct worker *worker, struct folder *folder)
{
	struct chunk *chunk = iv_arena_calloc(worker->arena, 1, sizeof(*chunk));
	struct block *block = worker->blocks;

	if (!block || block->count == BLOCK) {
		block = iv_malloc(sizeof(*block));
		block->next = worker->blocks;
		block->count = 0;
		worker->blocks = block;
	}
	chunk->entries = &block->entries[block->count];
	chunk->folder = hold(worker->walk, folder);
	return chunk;
}

static struct iv_entry *add_entry(struct worker *worker, struct folder *folder, const char *path)
{
	struct chunk *chunk = worker->chunk;
	struct iv_entry *entry;

	if (chunk && (chunk->count == CHUNK || worker->blocks->count == BLOCK)) {
		push(worker->walk, (struct job){NULL, chunk});
		chunk = NULL;
	}
	if (!chunk)
		chunk = worker->chunk = new_chunk(worker, folder);
	entry = &chunk->entries[chunk->count++];
	worker->blocks->count++;
	*entry = (struct iv_entry){.path = path, .kind = 'f'};
	return entry;
}

static struct iv_str join(struct worker *worker, struct folder *folder, const char *name,
			  size_t len, const char *end)
{
	size_t end_len = strlen(end), path = folder->path.len;
	char *text = iv_arena_alloc(worker->arena, path + len + end_len + 1);

	memcpy(text, folder->path.ptr, path);
	memcpy(text + path, name, len);
	memcpy(text + path + len, end, end_len + 1);
	return (struct iv_str){text, path + len + end_len};
}

static void add_trouble(struct worker *worker, struct folder *folder, struct iv_str path,
			int trouble)
{
	struct iv_entry *entry = add_entry(worker, folder, path.ptr);

	entry->kind = 'd';
	entry->trouble = trouble;
}

static void add_folder(struct worker *worker, struct folder *folder, const char *name, size_t len)
{
	struct iv_str path = join(worker, folder, name, len, "/");
	struct folder *below;

	if (iv_globs_match(worker->walk->globs, iv_str_slice(path, 0, path.len - 1), true))
		return;
	if (path.len >= PATH_MAX) { /* nothing in there could be opened by its path */
		add_trouble(worker, folder, path, ENAMETOOLONG);
		return;
	}
	below = iv_calloc(1, sizeof(*below));
	below->parent = hold(worker->walk, folder);
	below->path = path;
	below->name = folder->path.len;
	below->fd = -1;
	below->refs = 1;
	push(worker->walk, (struct job){below, NULL});
}

static void add_link(struct worker *worker, struct folder *folder, const char *name, size_t len)
{
	IV_GROW(worker->links, worker->link_count, worker->link_capacity);
	worker->links[worker->link_count++] = join(worker, folder, name, len, "").ptr;
}

/* Does the walk ask for what bears this name? Folders are entered anyway. */
static bool wanted(const struct walk *walk, const char *name, size_t len, unsigned char type)
{
	if (walk->all)
		return type != DT_DIR;
	return len > 3 && !memcmp(name + len - 3, ".md", 3) && type != DT_LNK;
}

static bool hidden(const struct walk *walk, const char *name)
{
	if (name[0] != '.')
		return false;
	return !walk->all || !name[1] || !strcmp(name, "..") || !strcmp(name, ".git");
}

static void add_name(struct worker *worker, struct folder *folder, const struct dirent *found)
{
	const struct walk *walk = worker->walk;
	const char *name = found->d_name;
	size_t len = strlen(name);
	unsigned char type = found->d_type;
	struct iv_entry unknown;

	if (hidden(walk, name))
		return;
	if (type == DT_UNKNOWN && look(&unknown, folder->fd, name))
		type = unknown.kind == 'd' ? DT_DIR : unknown.kind == 'l' ? DT_LNK : type;
	if (wanted(walk, name, len, type)) {
		struct iv_str path = join(worker, folder, name, len, "");
		if (walk->all || !iv_globs_match(walk->globs, path, type == DT_DIR))
			add_entry(worker, folder, path.ptr);
	}
	if (type == DT_DIR)
		add_folder(worker, folder, name, len);
	if (type == DT_LNK && !walk->all)
		add_link(worker, folder, name, len);
}

/* errno, or 0. What has gone meanwhile, or is a symlink now, is no trouble. */
static int open_folder(struct folder *folder)
{
	char *name =
		iv_strndup(folder->path.ptr + folder->name, folder->path.len - folder->name - 1);
	int trouble = 0;

	folder->fd = openat(folder->parent->fd, name,
			    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (folder->fd < 0 && errno != ENOENT && errno != ENOTDIR && errno != ELOOP)
		trouble = errno;
	free(name);
	return trouble;
}

static int read_names(struct worker *worker, struct folder *folder)
{
	const struct dirent *found;

	folder->dir = fdopendir(folder->fd);
	if (!folder->dir) {
		int trouble = errno;
		close(folder->fd);
		return trouble;
	}
	for (errno = 0; (found = readdir(folder->dir)); errno = 0)
		add_name(worker, folder, found);
	return errno;
}

static void read_folder(struct worker *worker, struct folder *folder)
{
	struct walk *walk = worker->walk;
	struct folder *parent = folder->parent;
	int trouble = 0;

	if (parent)
		trouble = open_folder(folder);
	if (folder->fd >= 0)
		trouble = read_names(worker, folder);
	if (trouble && parent)
		add_trouble(worker, folder, folder->path, trouble);
	else if (trouble)
		walk->root_error = trouble;
	if (worker->chunk)
		look_at_chunk(walk, worker->chunk);
	worker->chunk = NULL;
	let_go(walk, folder); // NOLINT(clang-analyzer-unix.Malloc): the chunk had a hold of its own
	if (parent)
		let_go(walk, parent);
}

static void *work(void *data)
{
	struct worker *worker = data;
	struct job job;

	while (pop(worker->walk, &job)) {
		if (job.folder)
			read_folder(worker, job.folder);
		else
			look_at_chunk(worker->walk, job.chunk);
	}
	return NULL;
}

/* ---- the whole ---- */

static void gather_links(struct iv_listing *out, struct walk *walk)
{
	size_t capacity = 0;

	for (size_t i = 0; i < walk->worker_count; i++) {
		const struct worker *worker = &walk->workers[i];
		for (size_t j = 0; j < worker->link_count; j++) {
			IV_GROW(out->links, out->link_count, capacity);
			out->links[out->link_count++] = worker->links[j];
		}
	}
}

/* Puts the finished chunks into one array; the paths stay where they are. */
static void gather(struct iv_listing *out, struct walk *walk)
{
	struct iv_arena **arenas = iv_calloc(walk->worker_count + 1, sizeof(struct iv_arena *));
	struct iv_entry *entries = iv_malloc((walk->found + 1) * sizeof(*entries));

	*out = (struct iv_listing){.entries = entries, .count = walk->found, .memory = arenas};
	gather_links(out, walk);
	for (const struct chunk *chunk = walk->done; chunk; chunk = chunk->next) {
		memcpy(entries, chunk->entries, chunk->kept * sizeof(*entries));
		entries += chunk->kept;
	}
	for (size_t i = 0; i < walk->worker_count; i++)
		arenas[i] = walk->workers[i].arena;
}

static void release(struct walk *walk)
{
	for (size_t i = 0; i < walk->worker_count; i++) {
		struct block *next, *block = walk->workers[i].blocks;
		for (; block; block = next) {
			next = block->next;
			free(block);
		}
		free(walk->workers[i].links);
	}
	free(walk->jobs);
	pthread_cond_destroy(&walk->work);
	pthread_mutex_destroy(&walk->lock);
}

static size_t cores(void)
{
	long online = sysconf(_SC_NPROCESSORS_ONLN);

	if (online < 1)
		return 1;
	return online > THREADS_MAX ? THREADS_MAX : (size_t)online;
}

/* This thread is the first worker; others are started when there is work for them. */
static void run(struct walk *walk, int fd)
{
	struct folder *root = iv_calloc(1, sizeof(*root));
	struct worker *self = add_worker(walk);

	root->path = (struct iv_str){"", 0};
	root->fd = fd;
	root->refs = 1;
	read_folder(self, root);
	work(self);
	for (size_t i = 1; i < walk->worker_count; i++)
		pthread_join(walk->workers[i].thread, NULL);
}

int iv_walk(struct iv_listing *out, int fd, const struct iv_globs *globs, bool all,
	    struct iv_error *error)
{
	struct walk walk = {.globs = globs, .all = all, .threads_max = cores()};
	int rc = IV_OK;
	int root = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (root < 0)
		return iv_error_errno(error, errno, "cannot read the vault's folder");
	pthread_mutex_init(&walk.lock, NULL);
	pthread_cond_init(&walk.work, NULL);
	run(&walk, root);
	gather(out, &walk);
	if (walk.root_error) {
		rc = iv_error_errno(error, walk.root_error, "cannot read the vault's folder");
		iv_listing_release(out);
	}
	release(&walk);
	return rc;
}

void iv_listing_release(struct iv_listing *listing)
{
	struct iv_arena **arenas = listing->memory;

	for (size_t i = 0; arenas && arenas[i]; i++)
		iv_arena_free(arenas[i]);
	free(arenas);
	free(listing->entries);
	free(listing->links);
	*listing = (struct iv_listing){0};
}
