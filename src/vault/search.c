#include "vault/search.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/pattern.h"
#include "base/utf8.h"

#define THREADS_MAX 8
#define CHUNK 64
/* So many notes on which a pattern took too many steps end the search. */
#define OVERRUNS_MAX 8
#define NOTE_SECONDS_MAX 5

struct iv_search {
	struct iv_pattern **needles; /* all must be found in a note */
	size_t count;
	struct iv_pattern *any; /* what a line must hold */
};

/* The hits of one note: `count` of the worker's, from `first` on. */
struct found {
	const char *path;
	const struct worker *worker;
	size_t first, count;
};

struct worker {
	struct run *run;
	pthread_t thread;
	struct iv_match **states; /* of the needles */
	struct iv_match *any;
	struct iv_arena *arena;
	struct iv_hit *hits;
	size_t count, capacity;
	struct found *found;
	size_t found_count, found_capacity;
	struct iv_miss *misses;
	size_t miss_count, miss_capacity;
};

struct run {
	const struct iv_search *search;
	struct iv_source *source;
	const struct iv_entry *entries;
	size_t count;
	atomic_size_t next;
	atomic_size_t overruns;
};

/* ---- what to look for ---- */

/* `word` as a pattern that means these letters. */
static void quote(struct iv_buf *out, const char *word)
{
	for (; *word; word++) {
		if (strchr("\\^$.[]|()?*+{}# ", *word))
			iv_buf_putc(out, '\\');
		iv_buf_putc(out, *word);
	}
}

static struct iv_search *search_new(size_t count)
{
	struct iv_search *search = iv_calloc(1, sizeof(*search));
	search->needles = iv_calloc(count, sizeof(*search->needles));
	search->count = count;
	return search;
}

int iv_search_words(struct iv_search **out, const char *const *words, size_t count,
		    struct iv_error *error)
{
	struct iv_search *search = search_new(count);
	struct iv_buf any = IV_BUF_INIT, one = IV_BUF_INIT;
	int rc = 0;
	for (size_t i = 0; i < count && rc == 0; i++) {
		iv_buf_clear(&one);
		quote(&one, words[i]);
		iv_buf_printf(&any, "%s%s", i ? "|" : "", one.ptr);
		rc = iv_pattern_new(&search->needles[i], iv_buf_view(&one), true, error);
	}
	if (rc == 0)
		rc = iv_pattern_new(&search->any, iv_buf_view(&any), true, error);
	iv_buf_release(&any);
	iv_buf_release(&one);
	if (rc != 0)
		iv_search_free(search);
	else
		*out = search;
	return rc;
}

/* Compiled as it is first, so that a word about it tells of what was typed. */
int iv_search_pattern(struct iv_search **out, struct iv_str pattern, bool ignore_case,
		      struct iv_error *error)
{
	struct iv_search *search = search_new(0);
	struct iv_buf text = IV_BUF_INIT;
	int rc = iv_pattern_new(&search->any, pattern, ignore_case, error);
	if (rc == 0) {
		iv_pattern_free(search->any);
		iv_buf_puts(&text, "(?m)");
		iv_buf_str(&text, pattern);
		rc = iv_pattern_new(&search->any, iv_buf_view(&text), ignore_case, error);
	}
	iv_buf_release(&text);
	if (rc != 0)
		iv_search_free(search);
	else
		*out = search;
	return rc;
}

void iv_search_free(struct iv_search *search)
{
	if (search == NULL)
		return;
	for (size_t i = 0; i < search->count; i++)
		iv_pattern_free(search->needles[i]);
	iv_pattern_free(search->any);
	free(search->needles);
	free(search);
}

/* ---- one note ---- */

static void add_miss(struct worker *worker, const char *path, const char *message)
{
	struct iv_str text = iv_arena_str(worker->arena, iv_str_of(message));
	IV_GROW(worker->misses, worker->miss_count, worker->miss_capacity);
	worker->misses[worker->miss_count++] = (struct iv_miss){path, text.ptr};
}

static struct iv_str line_around(struct iv_str text, size_t at)
{
	size_t from = at, to = at;
	while (from > 0 && text.ptr[from - 1] != '\n')
		from--;
	while (to < text.len && text.ptr[to] != '\n')
		to++;
	if (to > from && text.ptr[to - 1] == '\r')
		to--;
	return iv_str_slice(text, from, to < from ? from : to);
}

static void add_hit(struct worker *worker, const char *path, uint32_t number, struct iv_str line,
		    size_t column)
{
	IV_GROW(worker->hits, worker->count, worker->capacity);
	worker->hits[worker->count++] = (struct iv_hit){
		.path = path,
		.pos = {number, (uint32_t)column + 1},
		.line = iv_arena_str(worker->arena, line),
	};
}

static uint32_t newlines(struct iv_str text, size_t from, size_t to)
{
	uint32_t count = 0;
	const char *end = text.ptr + to;
	for (const char *at = text.ptr + from; (at = memchr(at, '\n', (size_t)(end - at))); at++)
		count++;
	return count;
}

static int64_t seconds(void)
{
	struct timespec now = {0, 0};
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

/* Each match may be cheap, and all of them together still take for ever. */
static bool takes_too_long(int64_t *deadline, size_t matches)
{
	if (matches == 1)
		*deadline = seconds() + NOTE_SECONDS_MAX;
	return matches % 256 == 0 && seconds() > *deadline;
}

/*
 * Every line of `shown` (the bytes as they are) where `text` (the same length, valid UTF-8)
 * matches.
 */
static int add_lines(struct worker *worker, const char *path, struct iv_str text,
		     struct iv_str shown)
{
	size_t from = 0, counted = 0, start, end;
	size_t first = worker->count;
	uint32_t number = 1;
	int64_t deadline = 0;
	int found = 0;
	/* After the last line's end no line begins. */
	while (from < text.len && (found = iv_pattern_find(worker->run->search->any, worker->any,
							   text, from, true, &start, &end)) == 1) {
		if (start == text.len && text.ptr[start - 1] == '\n')
			break;
		struct iv_str line = line_around(shown, start);
		size_t line_start = (size_t)(line.ptr - shown.ptr);
		const char *next = memchr(shown.ptr + start, '\n', shown.len - start);
		number += newlines(text, counted, line_start);
		counted = line_start;
		add_hit(worker, path, number, line, start - line_start);
		if (takes_too_long(&deadline, worker->count - first)) {
			worker->count = first;
			return IV_ELIMIT;
		}
		if (next == NULL)
			break;
		from = (size_t)(next - shown.ptr) + 1;
	}
	return found < 0 ? found : 0;
}

static int search_text(struct worker *worker, const char *path, struct iv_str text,
		       struct iv_str shown)
{
	const struct iv_search *search = worker->run->search;
	size_t start, end;
	for (size_t i = 0; i < search->count; i++) {
		int found = iv_pattern_find(search->needles[i], worker->states[i], text, 0, true,
					    &start, &end);
		if (found != 1)
			return found;
	}
	return add_lines(worker, path, text, shown);
}

/* Puts '?' for every byte that is no UTF-8. */
static void mend(char *bytes, size_t len)
{
	size_t bad;
	for (size_t from = 0; from < len; from += bad + 1) {
		bad = iv_utf8_invalid((struct iv_str){bytes + from, len - from});
		if (bad == SIZE_MAX)
			return;
		bytes[from + bad] = '?';
	}
}

static void add_found(struct worker *worker, const char *path, size_t first)
{
	if (worker->count == first)
		return;
	IV_GROW(worker->found, worker->found_count, worker->found_capacity);
	worker->found[worker->found_count++] =
		(struct found){path, worker, first, worker->count - first};
}

static void search_entry(struct worker *worker, const struct iv_entry *entry)
{
	size_t first = worker->count;
	struct iv_error error = IV_ERROR_INIT;
	char *bytes = NULL, *mended = NULL;
	size_t len = 0;
	int rc = worker->run->source->read(worker->run->source, entry, &bytes, &len, &error);
	if (rc == 0 && len > 0) {
		struct iv_str shown = {bytes, len}, text = shown;
		if (iv_utf8_invalid(shown) != SIZE_MAX) {
			mended = iv_malloc(len);
			memcpy(mended, bytes, len);
			mend(mended, len);
			text.ptr = mended;
		}
		rc = search_text(worker, entry->path, text, shown);
		if (rc < 0) {
			atomic_fetch_add(&worker->run->overruns, 1);
			add_miss(worker, entry->path,
				 "the pattern takes too many steps on this note");
		}
	} else if (rc < 0 && rc != IV_ENOTFOUND) {
		add_miss(worker, entry->path, error.message);
	}
	add_found(worker, entry->path, first);
	iv_error_release(&error);
	free(bytes);
	free(mended);
}

/* ---- all of them ---- */

/* A folder named like a note holds no text of its own; what is in it is listed too. */
static void search_one(struct worker *worker, const struct iv_entry *entry)
{
	if (entry->trouble)
		add_miss(worker, entry->path, strerror(entry->trouble));
	else if (entry->kind == 'f')
		search_entry(worker, entry);
	else if (entry->kind != 'd')
		add_miss(worker, entry->path, "no regular file");
}

static void *work(void *data)
{
	struct worker *worker = data;
	struct run *run = worker->run;
	for (;;) {
		size_t from = atomic_fetch_add(&run->next, CHUNK);
		size_t to = run->count < from + CHUNK ? run->count : from + CHUNK;
		if (from >= run->count || atomic_load(&run->overruns) >= OVERRUNS_MAX)
			return NULL;
		for (size_t i = from; i < to; i++)
			search_one(worker, &run->entries[i]);
	}
}

static void worker_init(struct worker *worker, struct run *run)
{
	*worker = (struct worker){.run = run, .arena = iv_arena_new()};
	worker->states = iv_calloc(run->search->count, sizeof(*worker->states));
	for (size_t i = 0; i < run->search->count; i++)
		worker->states[i] = iv_match_new(run->search->needles[i]);
	worker->any = iv_match_new(run->search->any);
}

static void worker_release(struct worker *worker)
{
	for (size_t i = 0; i < worker->run->search->count; i++)
		iv_match_free(worker->states[i]);
	iv_match_free(worker->any);
	free(worker->states);
	free(worker->hits);
	free(worker->found);
	free(worker->misses);
}

static int by_path(const void *left, const void *right)
{
	return strcmp(((const struct found *)left)->path, ((const struct found *)right)->path);
}

static int by_missed_path(const void *left, const void *right)
{
	return strcmp(((const struct iv_miss *)left)->path, ((const struct iv_miss *)right)->path);
}

/* The workers' arenas, NULL-ended. */
struct memory {
	struct iv_arena *arenas[THREADS_MAX + 1];
};

/* Note by note: there are fewer of them than hits, and the hits of each are in order. */
static void collect_hits(struct iv_hits *out, const struct worker *workers, size_t count)
{
	size_t hits = 0, notes = 0;
	for (size_t i = 0; i < count; i++) {
		hits += workers[i].count;
		notes += workers[i].found_count;
	}
	struct found *all = iv_calloc(notes + 1, sizeof(*all)), *end = all;
	out->items = iv_calloc(hits + 1, sizeof(*out->items));
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < workers[i].found_count; k++)
			*end++ = workers[i].found[k];
	qsort(all, notes, sizeof(*all), by_path);
	for (const struct found *found = all; found < end; found++)
		for (size_t k = 0; k < found->count; k++)
			out->items[out->count++] = found->worker->hits[found->first + k];
	free(all);
}

static void collect_misses(struct iv_hits *out, const struct worker *workers, size_t count)
{
	size_t misses = 0;
	for (size_t i = 0; i < count; i++)
		misses += workers[i].miss_count;
	out->misses = iv_calloc(misses + 1, sizeof(*out->misses));
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < workers[i].miss_count; k++)
			out->misses[out->miss_count++] = workers[i].misses[k];
	qsort(out->misses, misses, sizeof(*out->misses), by_missed_path);
}

static void collect(struct iv_hits *out, const struct worker *workers, size_t count)
{
	struct memory *memory = iv_calloc(1, sizeof(*memory));
	for (size_t i = 0; i < count; i++)
		memory->arenas[i] = workers[i].arena;
	*out = (struct iv_hits){.memory = memory};
	collect_hits(out, workers, count);
	collect_misses(out, workers, count);
}

static void run_workers(struct worker *workers, size_t count)
{
	size_t started = 0;
	/* This thread is the first worker; the others are welcome, not needed. */
	while (started + 1 < count &&
	       pthread_create(&workers[started + 1].thread, NULL, work, &workers[started + 1]) == 0)
		started++;
	work(&workers[0]);
	for (size_t i = 1; i <= started; i++)
		pthread_join(workers[i].thread, NULL);
}

int iv_search_run(struct iv_hits *out, const struct iv_search *search, struct iv_source *source,
		  const struct iv_entry *entries, size_t count, struct iv_error *error)
{
	struct run run = {.search = search, .source = source, .entries = entries, .count = count};
	struct worker workers[THREADS_MAX] = {{0}};
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	size_t wanted = cores < 1 ? 1 : cores > THREADS_MAX ? THREADS_MAX : (size_t)cores;
	for (size_t i = 0; i < wanted; i++)
		worker_init(&workers[i], &run);
	run_workers(workers, wanted);
	collect(out, workers, wanted);
	for (size_t i = 0; i < wanted; i++)
		worker_release(&workers[i]);
	if (atomic_load(&run.overruns) < OVERRUNS_MAX)
		return 0;
	iv_hits_release(out);
	return iv_error_set(error, IV_ELIMIT,
			    "the pattern takes too many steps: make it simpler, repetition inside "
			    "repetition is what costs");
}

void iv_hits_release(struct iv_hits *hits)
{
	struct memory *memory = hits->memory;
	for (size_t i = 0; memory && memory->arenas[i]; i++)
		iv_arena_free(memory->arenas[i]);
	free(memory);
	free(hits->items);
	free(hits->misses);
	*hits = (struct iv_hits){0};
}
