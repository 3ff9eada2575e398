#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "index/column.h"
#include "index/stamp.h"

#define ALIGNMENT 8
#define INSERT "INSERT INTO stamp VALUES (?1, ?2)"

/* ---- reading ---- */

static size_t padded(size_t len)
{
	return (len + ALIGNMENT) / ALIGNMENT * ALIGNMENT; /* room for one NUL at least */
}

struct iv_stamp *iv_stamp_next(char *data, size_t *at, size_t end)
{
	struct iv_stamp *stamp = (void *)(data + *at);
	size_t left = end - *at, len;

	if (left < sizeof(*stamp))
		return NULL;
	len = sizeof(*stamp) + padded(stamp->path_len);
	if (left < len || iv_stamp_path(stamp)[stamp->path_len])
		return NULL;
	*at += len;
	return stamp;
}

/* ---- writing ---- */

void iv_stamps_touch(struct iv_stamps *stamps, int64_t note)
{
	int64_t chunk = note / IV_STAMPS_A_CHUNK;

	if (stamps->count && stamps->chunks[stamps->count - 1] == chunk)
		return;
	IV_GROW(stamps->chunks, stamps->count, stamps->capacity);
	stamps->chunks[stamps->count++] = chunk;
}

void iv_stamps_release(struct iv_stamps *stamps)
{
	free(stamps->chunks);
	iv_buf_release(&stamps->data);
	iv_stmt_free(stamps->insert);
}

static void add(struct iv_buf *data, const struct iv_stamp *stamp, struct iv_str path)
{
	static const char zeros[ALIGNMENT];

	iv_buf_add(data, stamp, sizeof(*stamp));
	iv_buf_str(data, path);
	iv_buf_add(data, zeros, padded(path.len) - path.len);
}

/* ---- of a first index ---- */

static int write_put(struct iv_stamps *stamps, struct iv_error *error)
{
	int rc = 0;

	if (!stamps->data.len)
		return 0;
	if (!stamps->insert)
		rc = iv_stmt_new(&stamps->insert, stamps->db, INSERT, error);
	if (rc)
		return rc;
	iv_stmt_bind_int(stamps->insert, 1, stamps->chunk);
	iv_stmt_bind_blob(stamps->insert, 2, iv_buf_view(&stamps->data));
	rc = iv_stmt_run(stamps->insert, error);
	iv_buf_clear(&stamps->data);
	return rc;
}

int iv_stamps_put(struct iv_stamps *stamps, struct iv_stamp stamp, const char *path,
		  struct iv_error *error)
{
	int64_t chunk = stamp.note / IV_STAMPS_A_CHUNK;
	int rc = chunk == stamps->chunk ? 0 : write_put(stamps, error);

	stamps->chunk = chunk;
	stamp.path_len = (uint32_t)strlen(path);
	add(&stamps->data, &stamp, iv_str_of(path));
	return rc;
}

/* ---- of rows that changed ---- */

/* A row of NOTE_COLUMNS. */
static void add_stamp(struct iv_buf *data, struct iv_stmt *row)
{
	struct iv_str path = iv_stmt_text(row, 7);
	struct iv_stamp stamp = {
		.note = iv_stmt_int(row, 0),
		.mtime = iv_stmt_int(row, 1),
		.ctime = iv_stmt_int(row, 2),
		.hash = iv_stmt_int(row, 3),
		.size = (uint64_t)iv_stmt_int(row, 4),
		.inode = (uint64_t)iv_stmt_int(row, 5),
		.racy = iv_column_flag(row, 6),
		.path_len = (uint32_t)path.len,
	};

	add(data, &stamp, path);
}

#define NOTE_COLUMNS "SELECT note, mtime, ctime, hash, size, inode, racy, path FROM note"

struct chunk_writer {
	struct iv_stmt *select, *insert, *delete;
	struct iv_buf data;
};

static int write_chunk(struct chunk_writer *writer, int64_t chunk, struct iv_error *error)
{
	int rc;

	iv_buf_clear(&writer->data);
	iv_stmt_bind_int(writer->select, 1, chunk * IV_STAMPS_A_CHUNK);
	iv_stmt_bind_int(writer->select, 2, (chunk + 1) * IV_STAMPS_A_CHUNK);
	while ((rc = iv_stmt_step(writer->select, error)) == 1)
		add_stamp(&writer->data, writer->select);
	iv_stmt_reset(writer->select);
	if (rc)
		return rc;
	iv_stmt_bind_int(writer->delete, 1, chunk);
	rc = iv_stmt_run(writer->delete, error);
	if (rc || !writer->data.len)
		return rc;
	iv_stmt_bind_int(writer->insert, 1, chunk);
	iv_stmt_bind_blob(writer->insert, 2, iv_buf_view(&writer->data));
	return iv_stmt_run(writer->insert, error);
}

static int by_number(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

int iv_stamps_write(struct iv_stamps *stamps, struct iv_error *error)
{
	struct chunk_writer writer = {.data = IV_BUF_INIT};
	int rc = iv_stmt_new(&writer.select, stamps->db,
			     NOTE_COLUMNS " WHERE note >= ?1 AND note < ?2", error);

	if (!rc)
		rc = iv_stmt_new(&writer.delete, stamps->db, "DELETE FROM stamp WHERE chunk = ?1",
				 error);
	if (!rc)
		rc = iv_stmt_new(&writer.insert, stamps->db, INSERT, error);
	if (stamps->count > 1)
		qsort(stamps->chunks, stamps->count, sizeof(*stamps->chunks), by_number);
	for (size_t i = 0; !rc && i < stamps->count; i++)
		if (i == 0 || stamps->chunks[i] != stamps->chunks[i - 1])
			rc = write_chunk(&writer, stamps->chunks[i], error);
	iv_stmt_free(writer.select);
	iv_stmt_free(writer.delete);
	iv_stmt_free(writer.insert);
	iv_buf_release(&writer.data);
	return rc ? rc : write_put(stamps, error);
}
