/* What people and notes are called: as their notes said last, whatever they were called then. */
#include "base/file.h"
#include "cmd/log/log.h"

void log_names(struct log *log)
{
	for (size_t i = 0; i < log->commits.count; i++) {
		const struct iv_past_commit *commit = &log->commits.items[i];
		for (size_t j = 0; j < commit->note_count; j++) {
			const struct iv_past_note *note = &commit->notes[j];
			if (!*note->key || iv_map_get(&log->names, iv_str_of(note->key), NULL))
				continue;
			IV_GROW(log->name_texts, log->name_count, log->name_capacity);
			log->name_texts[log->name_count] = note->name;
			iv_map_put(&log->names, iv_str_of(note->key), log->name_count++);
		}
	}
}

/* References may say the folder, too. */
static struct iv_str called(const struct log *log, struct iv_str key, struct iv_str otherwise)
{
	size_t at;

	if (key.len &&
	    (iv_map_get(&log->names, key, &at) || iv_map_get(&log->names, iv_path_name(key), &at)))
		return iv_str_of(log->name_texts[at]);
	return otherwise;
}

struct iv_str log_name(const struct log *log, const struct iv_act *act)
{
	return called(log, act->who, act->name);
}

struct iv_str log_name_of_other(const struct log *log, const struct iv_act *act)
{
	return called(log, act->other, act->now);
}
