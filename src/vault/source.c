/* The working tree as a source of notes. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "vault/vault.h"

_Static_assert(IV_NOTE_SIZE_MAX == (size_t)16 << 20, "the message below says 16 MiB");

struct working_tree {
	struct iv_source source;
	const struct iv_vault *vault;
};

static int list(struct iv_source *source, struct iv_listing *out, struct iv_error *error)
{
	struct working_tree *tree = (struct working_tree *)source;

	return iv_walk(out, tree->vault->fd, iv_config_globs(tree->vault->config), false, error);
}

static int refuse(struct iv_error *error, int code, const char *path, const char *message)
{
	iv_error_set(error, code, "%s", message);
	iv_error_at(error, path, (struct iv_pos){0, 0});
	return code;
}

static int cannot_read(struct iv_error *error, int number, const char *path)
{
	if (number == ENOENT || number == ENOTDIR)
		return refuse(error, IV_ENOTFOUND, path, "the file has gone");
	if (number == ELOOP)
		return refuse(error, IV_EREFUSED, path, "a symlink, expected a regular file");
	iv_error_errno(error, number, "cannot read");
	iv_error_at(error, path, (struct iv_pos){0, 0});
	return IV_EIO;
}

/*
 * Opens without waiting (a FIFO) and without following a symlink put there since the walk. Where the
 * walk has seen how large the file is, it is not asked once more.
 */
static int open_note(int *fd, size_t *size, int folder, const struct iv_entry *entry,
		     struct iv_error *error)
{
	const char *path = entry->path;
	struct stat st;

	*fd = openat(folder, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (*fd < 0)
		return cannot_read(error, errno, path);
	*size = (size_t)entry->size;
	if (entry->kind == 'f' && entry->size)
		return IV_OK;
	if (fstat(*fd, &st))
		return cannot_read(error, errno, path);
	if (!S_ISREG(st.st_mode))
		return refuse(error, IV_EREFUSED, path, "no regular file");
	*size = (size_t)st.st_size;
	return IV_OK;
}

/* Reads to the end, wherever that is by now. One byte more than the limit says 'too large'. */
static int read_all(char **bytes, size_t *len, int fd, size_t size)
{
	size_t capacity = size < IV_NOTE_SIZE_MAX ? size + 1 : IV_NOTE_SIZE_MAX + 1;
	char *text = iv_malloc(capacity + 1);
	size_t at = 0;

	while (at <= IV_NOTE_SIZE_MAX) {
		ssize_t n;

		if (at == capacity) {
			capacity *= 2;
			text = iv_realloc(text, capacity + 1);
		}
		n = read(fd, text + at, capacity - at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			free(text);
			return IV_EIO;
		}
		at += (size_t)n;
		/* One byte more than was announced was asked for: a short answer is the end. */
		if (n == 0 || (at == size && at < capacity)) {
			text[at] = '\0';
			*bytes = text;
			*len = at;
			return IV_OK;
		}
	}
	free(text);
	return IV_ELIMIT;
}

static int read_note(struct iv_source *source, const struct iv_entry *entry, char **bytes,
		     size_t *len, struct iv_error *error)
{
	struct working_tree *tree = (struct working_tree *)source;
	size_t size = 0;
	int fd;
	int rc = open_note(&fd, &size, tree->vault->fd, entry, error);

	if (rc)
		goto done;
	rc = size > IV_NOTE_SIZE_MAX ? IV_ELIMIT : read_all(bytes, len, fd, size);
	if (rc == IV_EIO)
		cannot_read(error, errno, entry->path);
	if (rc == IV_ELIMIT)
		refuse(error, rc, entry->path,
		       "larger than 16 MiB; 'ignore' in the config leaves a file out");
done:
	if (fd >= 0)
		close(fd);
	return rc;
}

static void close_source(struct iv_source *source)
{
	free(source);
}

int iv_vault_source(struct iv_source **out, const struct iv_vault *vault, struct iv_error *error)
{
	struct working_tree *tree = iv_calloc(1, sizeof(*tree));

	(void)error;
	tree->source = (struct iv_source){list, read_note, close_source, false};
	tree->vault = vault;
	*out = &tree->source;
	return IV_OK;
}
