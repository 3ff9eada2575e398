#include "vault/search.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/pattern.h"
#include "base/utf8.h"

#define THREADS_MAX 8
#define CHUNK 64

struct iv_search {
	struct iv_pattern **needles; /* all must be found in a note */
	size_t count;
	struct iv_pattern *any; /* what a line must hold */
};

struct worker {
	struct run *run;
	pthread_t thread;
	struct iv_match **states; /* of the needles */
	struct iv_match *any;
	struct iv_arena *arena;
	struct iv_hit *hits;
	size_t count, capacity;
	struct iv_miss *misses;
	size_t miss_count, miss_capacity;
};

struct run {
	const struct iv_search *search;
	struct iv_source *source;
	const struct iv_entry *entries;
	size_t count;
	atomic_size_t next;
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

int iv_search_pattern(struct iv_search **out, const char *pattern, struct iv_error *error)
{
	struct iv_search *search = search_new(0);
	struct iv_buf text = IV_BUF_INIT;
	iv_buf_printf(&text, "(?m)%s", pattern);
	int rc = iv_pattern_new(&search->any, iv_buf_view(&text), false, error);
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

/*
 * Every line of `shown` (the bytes as they are) where `text` (the same length, valid UTF-8)
 * matches.
 */
static int add_lines(struct worker *worker, const char *path, struct iv_str text,
		     struct iv_str shown)
{
	size_t from = 0, counted = 0, start, end;
	uint32_t number = 1;
	int found = 0;
	while (from <= text.len &&
	       (found = iv_pattern_find(worker->run->search->any, worker->any, text, from, true,
					&start, &end)) == 1) {
		struct iv_str line = line_around(shown, start);
		size_t line_start = (size_t)(line.ptr - shown.ptr);
		const char *next = memchr(shown.ptr + start, '\n', shown.len - start);
		number += newlines(text, counted, line_start);
		counted = line_start;
		add_hit(worker, path, number, line, start - line_start);
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

static void search_entry(struct worker *worker, const struct iv_entry *entry)
{
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
		if (rc < 0)
			add_miss(worker, entry->path,
				 "the pattern takes too many steps on this note");
	} else if (rc < 0 && rc != IV_ENOTFOUND) {
		add_miss(worker, entry->path, error.message);
	}
	iv_error_release(&error);
	free(bytes);
	free(mended);
}

/* ---- all of them ---- */

static void *work(void *data)
{
	struct worker *worker = data;
	struct run *run = worker->run;
	for (;;) {
		size_t from = atomic_fetch_add(&run->next, CHUNK);
		size_t to = run->count < from + CHUNK ? run->count : from + CHUNK;
		if (from >= run->count)
			return NULL;
		for (size_t i = from; i < to; i++)
			if (run->entries[i].kind == 'f' && run->entries[i].trouble == 0)
				search_entry(worker, &run->entries[i]);
			else
				add_miss(worker, run->entries[i].path,
					 run->entries[i].trouble
						 ? strerror(run->entries[i].trouble)
						 : "no regular file");
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

/* Moves what a worker found into the result, texts included. */
static void worker_give(struct worker *worker, struct iv_hits *out)
{
	struct iv_arena *arena = out->memory;
	for (size_t i = 0; i < worker->count; i++) {
		out->items[out->count] = worker->hits[i];
		out->items[out->count++].line = iv_arena_str(arena, worker->hits[i].line);
	}
	for (size_t i = 0; i < worker->miss_count; i++) {
		struct iv_str text = iv_arena_str(arena, iv_str_of(worker->misses[i].message));
		out->misses[out->miss_count++] = (struct iv_miss){worker->misses[i].path, text.ptr};
	}
}

static void worker_release(struct worker *worker)
{
	for (size_t i = 0; i < worker->run->search->count; i++)
		iv_match_free(worker->states[i]);
	iv_match_free(worker->any);
	iv_arena_free(worker->arena);
	free(worker->states);
	free(worker->hits);
	free(worker->misses);
}

static int by_place(const void *left, const void *right)
{
	const struct iv_hit *a = left, *b = right;
	int order = strcmp(a->path, b->path);
	return order ? order : (a->pos.line > b->pos.line) - (a->pos.line < b->pos.line);
}

static void collect(struct iv_hits *out, struct worker *workers, size_t count)
{
	struct iv_arena *arena = iv_arena_new();
	size_t hits = 0, misses = 0;
	for (size_t i = 0; i < count; i++) {
		hits += workers[i].count;
		misses += workers[i].miss_count;
	}
	*out = (struct iv_hits){
		.items = iv_arena_calloc(arena, hits + 1, sizeof(*out->items)),
		.misses = iv_arena_calloc(arena, misses + 1, sizeof(*out->misses)),
		.memory = arena,
	};
	for (size_t i = 0; i < count; i++)
		worker_give(&workers[i], out);
	qsort(out->items, out->count, sizeof(*out->items), by_place);
}

void iv_search_run(struct iv_hits *out, const struct iv_search *search, struct iv_source *source,
		   const struct iv_entry *entries, size_t count)
{
	struct run run = {.search = search, .source = source, .entries = entries, .count = count};
	struct worker workers[THREADS_MAX];
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	size_t wanted = cores < 1 ? 1 : cores > THREADS_MAX ? THREADS_MAX : (size_t)cores;
	size_t started = 0;

	for (size_t i = 0; i < wanted; i++)
		worker_init(&workers[i], &run);
	/* This thread is the first worker; the others are welcome, not needed. */
	while (started + 1 < wanted && pthread_create(&workers[started + 1].thread, NULL, work,
						      &workers[started + 1]) == 0)
		started++;
	work(&workers[0]);
	for (size_t i = 1; i <= started; i++)
		pthread_join(workers[i].thread, NULL);
	collect(out, workers, wanted);
	for (size_t i = 0; i < wanted; i++)
		worker_release(&workers[i]);
}

void iv_hits_release(struct iv_hits *hits)
{
	iv_arena_free(hits->memory);
	*hits = (struct iv_hits){0};
}
