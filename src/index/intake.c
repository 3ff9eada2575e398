#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "index/intake.h"
#include "index/sum.h"

#define THREADS_MAX 8
#define BATCH_NOTES 32
#define BATCH_BYTES (1u << 20)
#define BATCHES_AHEAD 32        /* read and not yet taken */
#define BYTES_AHEAD (24u << 20) /* of files in those batches */
#define WORTH_THREADS 16        /* fewer notes than this are read on the caller's thread */

struct batch {
	size_t first, count;
	uint64_t bytes;
	struct iv_read *reads; /* NULL until it is worked on */
	bool ready;
	struct batch *next; /* that the same thread made */
};

struct iv_intake {
	struct iv_source *source;
	const struct iv_syntax *syntax;
	const struct iv_suspects *suspects;
	struct batch *batches;
	size_t batch_count;
	size_t batch, at; /* what the caller takes next */
	pthread_t threads[THREADS_MAX];
	size_t thread_count;
	pthread_mutex_t lock; /* guards what follows, and batches' `ready` */
	pthread_cond_t taken, made;
	size_t next; /* batch to be worked on */
	uint64_t bytes_ahead;
	bool stop;
};

/* ---- one note ---- */

static const char *odd_kind(char kind)
{
	switch (kind) {
	case 'd': return "is a folder, expected a file";
	case 'p': return "is a named pipe, expected a file";
	case 's': return "is a socket, expected a file";
	case 'c':
	case 'b': return "is a device, expected a file";
	case 'f': return NULL;
	}
	return "is no regular file";
}

static void refuse(struct iv_read *out, const char *rule, const char *message)
{
	struct iv_str path = iv_str_of(out->suspect->entry->path);

	out->hash = (int64_t)(iv_hash(iv_str_of(message)) * 31 + iv_hash(iv_str_of(rule)));
	out->same = out->suspect->old && out->suspect->old->hash == out->hash;
	if (!out->same) {
		out->note = iv_note_unreadable(path, rule, message);
		out->json = iv_note_fields_json(out->note);
	}
}

static void refuse_trouble(struct iv_read *out)
{
	const struct iv_entry *entry = out->suspect->entry;
	struct iv_buf message = IV_BUF_INIT;

	if (entry->trouble)
		iv_buf_printf(&message, "cannot be read: %s", strerror(entry->trouble));
	else
		iv_buf_puts(&message, odd_kind(entry->kind));
	out->retry = true;
	refuse(out, "unreadable", message.ptr);
	iv_buf_release(&message);
}

static void parse(struct iv_read *out, const struct iv_syntax *syntax, size_t len)
{
	struct iv_str bytes = {out->bytes ? out->bytes : "", len};

	out->hash = (int64_t)iv_sum(bytes.ptr, bytes.len, 0);
	out->same = out->suspect->old && out->suspect->old->hash == out->hash;
	if (out->same)
		return;
	out->note = iv_note_parse(iv_str_of(out->suspect->entry->path), bytes, syntax);
	out->json = iv_note_fields_json(out->note);
}

void iv_read_one(struct iv_read *out, struct iv_source *source, const struct iv_syntax *syntax,
		 const struct iv_suspect *suspect)
{
	struct iv_error error = IV_ERROR_INIT;
	size_t len = 0;
	int rc;

	*out = (struct iv_read){.suspect = suspect};
	if (suspect->entry->trouble || suspect->entry->kind != 'f') {
		refuse_trouble(out);
		return;
	}
	rc = source->read(source, suspect->entry, &out->bytes, &len, &error);
	if (!rc) {
		parse(out, syntax, len);
	} else if (rc == IV_ENOTFOUND) {
		out->gone = true;
	} else if (rc == IV_ELIMIT) {
		refuse(out, "encoding", error.message);
	} else {
		out->retry = true;
		refuse(out, "unreadable", error.message);
	}
	iv_error_release(&error);
}

void iv_read_release(struct iv_read *read)
{
	iv_note_free(read->note);
	free(read->json);
	free(read->bytes);
	*read = (struct iv_read){0};
}

/* ---- many notes ---- */

static void work(struct iv_intake *intake, struct batch *batch)
{
	batch->reads = iv_calloc(batch->count, sizeof(*batch->reads));
	for (size_t i = 0; i < batch->count; i++)
		iv_read_one(&batch->reads[i], intake->source, intake->syntax,
			    &intake->suspects->items[batch->first + i]);
}

static bool must_wait(const struct iv_intake *intake, const struct batch *batch)
{
	if (intake->stop)
		return false;
	return intake->next >= intake->batch + BATCHES_AHEAD ||
	       (intake->bytes_ahead > 0 && intake->bytes_ahead + batch->bytes > BYTES_AHEAD);
}

static void release_batch(struct batch *batch)
{
	for (size_t i = 0; batch->reads && i < batch->count; i++)
		iv_read_release(&batch->reads[i]);
	free(batch->reads);
	batch->reads = NULL;
}

/*
 * Frees what the caller has taken, as far as this thread made it: freeing what another thread
 * allocated makes both wait for each other.
 */
static struct batch *release_taken(struct batch *mine, const struct batch *end)
{
	while (mine && mine < end) {
		struct batch *next = mine->next;
		release_batch(mine);
		mine = next;
	}
	return mine;
}

static void *run(void *data)
{
	struct iv_intake *intake = data;
	struct batch *mine = NULL, **tail = &mine; /* made here and not yet released */
	const struct batch *end;

	pthread_mutex_lock(&intake->lock);
	while (!intake->stop && intake->next < intake->batch_count) {
		struct batch *batch = &intake->batches[intake->next];
		if (must_wait(intake, batch)) {
			pthread_cond_wait(&intake->taken, &intake->lock);
			continue;
		}
		intake->next++;
		intake->bytes_ahead += batch->bytes;
		end = &intake->batches[intake->batch];
		pthread_mutex_unlock(&intake->lock);
		mine = release_taken(mine, end);
		work(intake, batch);
		if (!mine)
			tail = &mine;
		*tail = batch;
		tail = &batch->next;
		pthread_mutex_lock(&intake->lock);
		batch->ready = true;
		pthread_cond_signal(&intake->made);
	}
	pthread_mutex_unlock(&intake->lock);
	return NULL;
}

static void make_batches(struct iv_intake *intake)
{
	size_t capacity = 0;
	struct batch *batch = NULL;

	for (size_t i = 0; i < intake->suspects->count; i++) {
		uint64_t size = intake->suspects->items[i].entry->size;
		if (!batch || batch->count == BATCH_NOTES || batch->bytes + size > BATCH_BYTES) {
			IV_GROW(intake->batches, intake->batch_count, capacity);
			batch = &intake->batches[intake->batch_count++];
			*batch = (struct batch){.first = i};
		}
		batch->count++;
		batch->bytes += size < IV_NOTE_SIZE_MAX ? size : 0;
	}
}

static void start_threads(struct iv_intake *intake)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	size_t wanted = cores < 1 ? 1 : cores > THREADS_MAX ? THREADS_MAX : (size_t)cores;

	if (intake->suspects->count < WORTH_THREADS)
		return;
	while (intake->thread_count < wanted) {
		pthread_t *thread = &intake->threads[intake->thread_count];
		if (pthread_create(thread, NULL, run, intake))
			break;
		intake->thread_count++;
	}
}

struct iv_intake *iv_intake_new(struct iv_source *source, const struct iv_syntax *syntax,
				const struct iv_suspects *suspects)
{
	struct iv_intake *intake = iv_calloc(1, sizeof(*intake));

	intake->source = source;
	intake->syntax = syntax;
	intake->suspects = suspects;
	pthread_mutex_init(&intake->lock, NULL);
	pthread_cond_init(&intake->taken, NULL);
	pthread_cond_init(&intake->made, NULL);
	make_batches(intake);
	start_threads(intake);
	return intake;
}

/*
 * Threads that wait are woken for half of what they may have ahead, not for each batch: on as few
 * cores as there mostly are, they would take turns with the caller at every one.
 */
static bool is_worth_waking(const struct iv_intake *intake)
{
	return intake->next <= intake->batch + BATCHES_AHEAD / 2 &&
	       intake->bytes_ahead <= BYTES_AHEAD / 2;
}

static void next_batch(struct iv_intake *intake)
{
	struct batch *batch = &intake->batches[intake->batch];

	if (!intake->thread_count)
		release_batch(batch);
	pthread_mutex_lock(&intake->lock);
	intake->bytes_ahead -= intake->thread_count ? batch->bytes : 0;
	intake->batch++;
	if (is_worth_waking(intake))
		pthread_cond_broadcast(&intake->taken);
	pthread_mutex_unlock(&intake->lock);
	intake->at = 0;
}

static void await(struct iv_intake *intake, struct batch *batch)
{
	pthread_mutex_lock(&intake->lock);
	while (!batch->ready)
		pthread_cond_wait(&intake->made, &intake->lock);
	pthread_mutex_unlock(&intake->lock);
}

struct iv_read *iv_intake_next(struct iv_intake *intake)
{
	struct batch *batch;

	if (intake->batch < intake->batch_count &&
	    intake->at == intake->batches[intake->batch].count)
		next_batch(intake);
	if (intake->batch == intake->batch_count)
		return NULL;
	batch = &intake->batches[intake->batch];
	if (intake->at == 0) {
		if (intake->thread_count)
			await(intake, batch);
		else
			work(intake, batch);
	}
	return &batch->reads[intake->at++];
}

void iv_intake_free(struct iv_intake *intake)
{
	if (!intake)
		return;
	pthread_mutex_lock(&intake->lock);
	intake->stop = true;
	pthread_cond_broadcast(&intake->taken);
	pthread_mutex_unlock(&intake->lock);
	for (size_t i = 0; i < intake->thread_count; i++)
		pthread_join(intake->threads[i], NULL);
	for (size_t i = 0; i < intake->batch_count; i++)
		release_batch(&intake->batches[i]);
	pthread_mutex_destroy(&intake->lock);
	pthread_cond_destroy(&intake->taken);
	pthread_cond_destroy(&intake->made);
	free(intake->batches);
	free(intake);
}
