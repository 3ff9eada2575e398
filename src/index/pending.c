/* What can be settled only when all notes are in: references, and texts that may name people. */
#include <stdlib.h>

#include "base/mem.h"
#include "index/writer.h"

static void keep_ref(struct iv_pending *pending, const struct iv_ref *ref, int64_t note,
		     int64_t seq, const char *path)
{
	struct iv_pending_ref *kept;

	IV_GROW(pending->refs, pending->ref_count, pending->ref_capacity);
	kept = &pending->refs[pending->ref_count++];
	*kept = (struct iv_pending_ref){.note = note,
					.seq = seq,
					.record = ref->record,
					.form = ref->form,
					.pos = ref->pos,
					.path = path};
	kept->field = iv_arena_str(pending->arena, iv_str_of(ref->field));
	kept->text = iv_arena_str(pending->arena, ref->text.ptr ? ref->text : IV_LIT(""));
	kept->key = iv_arena_str(pending->arena, ref->key.ptr ? ref->key : IV_LIT(""));
}

void iv_pending_keep(struct iv_pending *pending, const struct iv_read *read, int64_t number)
{
	const struct iv_note *note = read->note;

	for (size_t i = 0; i < note->ref_count; i++)
		if (note->refs[i].form != IV_REF_WORDS)
			keep_ref(pending, &note->refs[i], number, (int64_t)i,
				 read->suspect->entry->path);
	for (size_t i = 0; i < note->record_count; i++) {
		if (!note->records[i].text.len)
			continue;
		IV_GROW(pending->texts, pending->text_count, pending->text_capacity);
		pending->texts[pending->text_count++] = (struct iv_pending_text){
			number, (int64_t)i, iv_arena_str(pending->arena, note->records[i].text)};
	}
}

void iv_pending_init(struct iv_pending *pending)
{
	*pending = (struct iv_pending){.arena = iv_arena_new()};
}

void iv_pending_release(struct iv_pending *pending)
{
	free(pending->refs);
	free(pending->texts);
	iv_arena_free(pending->arena);
}
