#include "view/fingerprint.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "view/jsontext.h"

void iv_prints_release(struct iv_prints *met)
{
	free(met->prints);
	free(met->counts);
}

static size_t slot_of(const struct iv_prints *met, uint64_t print)
{
	size_t i = print & (met->size - 1);
	while (met->counts[i] && met->prints[i] != print)
		i = (i + 1) & (met->size - 1);
	return i;
}

/* Never more than half full. */
static void make_room(struct iv_prints *met)
{
	struct iv_prints old = *met;
	if (2 * old.used < old.size)
		return;
	met->size = old.size ? 2 * old.size : 64;
	met->prints = iv_calloc(met->size, sizeof(*met->prints));
	met->counts = iv_calloc(met->size, sizeof(*met->counts));
	for (size_t i = 0; i < old.size; i++) {
		if (!old.counts[i])
			continue;
		size_t slot = slot_of(met, old.prints[i]);
		met->prints[slot] = old.prints[i];
		met->counts[slot] = old.counts[i];
	}
	iv_prints_release(&old);
}

/* How many of it there were. */
static unsigned meet(struct iv_prints *met, uint64_t print)
{
	make_room(met);
	size_t slot = slot_of(met, print);
	met->used += !met->counts[slot];
	met->prints[slot] = print;
	return met->counts[slot]++;
}

static void add_text(struct iv_buf *buf, struct iv_arena *arena, const char *text, bool path)
{
	json_t *value = iv_json_text(text);
	struct iv_str said = iv_str_of(json_string_value(value));
	if (path) {
		said = iv_path_name(said);
		said = iv_fold(arena, iv_str_slice(said, 0,
						   said.len - (iv_str_ends(said, ".md") ? 3 : 0)));
	}
	iv_buf_str(buf, said);
	iv_buf_putc(buf, '\n');
	json_decref(value);
}

uint64_t iv_fingerprint(struct iv_prints *met, const char *rule, const char *path,
			const char *message)
{
	struct iv_arena *arena = iv_arena_new();
	struct iv_buf buf = IV_BUF_INIT;
	add_text(&buf, arena, rule, false);
	add_text(&buf, arena, path, true);
	add_text(&buf, arena, message, false);
	iv_buf_printf(&buf, "%u", meet(met, iv_hash(iv_buf_view(&buf))));
	uint64_t print = iv_hash(iv_buf_view(&buf));
	iv_buf_release(&buf);
	iv_arena_free(arena);
	return print;
}
