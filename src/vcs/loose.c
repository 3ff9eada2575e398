#include "vcs/loose.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <git2/sys/odb_backend.h>

#include "base/file.h"
#include "base/mem.h"

/* That of packs: those are asked first, then we are, then libgit2's own reader with 1. */
#define PRIORITY 2
/* "commit 18446744073709551615" and a NUL. */
#define HEADER_MAX 32
/* So many times its size can a stream of deflate unfold. */
#define RATIO_MAX 1032
/* Larger files are left to libgit2. */
#define PACKED_MAX ((size_t)64 << 20)

struct loose {
	git_odb_backend backend;
	char *folder; /* of the objects */
};

static int damaged(void)
{
	git_error_set_str(GIT_ERROR_ODB, "a loose object is cut short or damaged");
	return GIT_ERROR;
}

/* Reads "blob 12" and the NUL: where the content begins, or 0. */
static size_t parse_header(git_object_t *type, size_t *size, const char *text, size_t len)
{
	const char *end = memchr(text, '\0', len), *space = memchr(text, ' ', len);
	char word[8];
	int number;

	if (!end || !space || space > end || (size_t)(space - text) >= sizeof(word) ||
	    !iv_str_int(&number, (struct iv_str){space + 1, (size_t)(end - space) - 1}))
		return 0;
	memcpy(word, text, (size_t)(space - text));
	word[space - text] = '\0';
	*type = git_object_string2type(word);
	*size = (size_t)number;
	return *type == GIT_OBJECT_INVALID ? 0 : (size_t)(end - text) + 1;
}

/* All that is to come, and nothing more: *bytes has room for one byte over `size`. */
static int unfold(char *bytes, size_t size, size_t have, z_stream *stream)
{
	stream->next_out = (Bytef *)bytes + have;
	stream->avail_out = (uInt)(size + 1 - have);
	if (inflate(stream, Z_FINISH) != Z_STREAM_END || stream->avail_out != 1)
		return damaged();
	return 0;
}

static int read_stream(void **out, size_t *len, git_object_t *type, git_odb_backend *backend,
		       z_stream *stream)
{
	char header[HEADER_MAX], *bytes;
	size_t limit = (size_t)stream->avail_in * RATIO_MAX, size = 0, start, have;

	stream->next_out = (Bytef *)header;
	stream->avail_out = sizeof(header);
	int rc = inflate(stream, Z_SYNC_FLUSH);
	have = sizeof(header) - stream->avail_out;
	start = parse_header(type, &size, header, have);
	if ((rc != Z_OK && rc != Z_STREAM_END) || !start || size > limit || have - start > size)
		return damaged();
	bytes = git_odb_backend_data_alloc(backend, size + 1);
	if (!bytes)
		return GIT_ERROR;
	memcpy(bytes, header + start, have - start);
	rc = rc == Z_STREAM_END ? (have - start == size ? 0 : damaged())
				: unfold(bytes, size, have - start, stream);
	if (rc) {
		git_odb_backend_data_free(backend, bytes);
		return rc;
	}
	bytes[size] = '\0';
	*out = bytes;
	*len = size;
	return 0;
}

static int read_bytes(void **out, size_t *len, git_object_t *type, git_odb_backend *backend,
		      const struct iv_buf *packed)
{
	z_stream stream = {.next_in = (Bytef *)packed->ptr, .avail_in = (uInt)packed->len};
	int rc;

	if (inflateInit(&stream) != Z_OK)
		return GIT_ERROR;
	rc = read_stream(out, len, type, backend, &stream);
	inflateEnd(&stream);
	return rc;
}

/* What is not there, not to be read or too large for us is libgit2's to tell. */
static int read_object(void **out, size_t *len, git_object_t *type, git_odb_backend *backend,
		       const git_oid *id)
{
	const struct loose *loose = (const struct loose *)backend;
	struct iv_buf path = IV_BUF_INIT, packed = IV_BUF_INIT;
	char hex[GIT_OID_HEXSZ + 1];
	int rc = GIT_PASSTHROUGH;

	git_oid_tostr(hex, sizeof(hex), id);
	iv_buf_printf(&path, "%s/%.2s/%s", loose->folder, hex, hex + 2);
	if (!iv_file_read(&packed, path.ptr, PACKED_MAX, NULL))
		rc = packed.len ? read_bytes(out, len, type, backend, &packed) : damaged();
	iv_buf_release(&packed);
	iv_buf_release(&path);
	return rc;
}

static void free_backend(git_odb_backend *backend)
{
	struct loose *loose = (struct loose *)backend;

	free(loose->folder);
	free(loose);
}

int vcs_loose_guard(git_repository *git)
{
	struct loose *loose = iv_calloc(1, sizeof(*loose));
	git_odb *odb = NULL;
	int rc = git_odb_init_backend(&loose->backend, GIT_ODB_BACKEND_VERSION);

	loose->folder = iv_path_join(git_repository_commondir(git), "objects");
	loose->backend.read = read_object;
	loose->backend.free = free_backend;
	if (!rc)
		rc = git_repository_odb(&odb, git);
	if (!rc)
		rc = git_odb_add_backend(odb, &loose->backend, PRIORITY);
	if (rc)
		free_backend(&loose->backend);
	git_odb_free(odb);
	return rc;
}
