/* A dossier, read with the settings that the words of the practice ask. */
#include <stdlib.h>

#include "index/dossier.h"
#include "index/update.h"
#include "rules/rule.h"

#define TOPICS_MAX 63 /* as many bits as a set has */

/* The topics that the setting names, written as the rule reads them; NULL-ended, in the arena. */
static const char *const *topics_of(struct iv_arena *arena, const struct iv_rules *rules)
{
	struct iv_str rest = iv_str_of(iv_rules_setting(rules, "thin-questions.topics"));
	const char **topics = iv_arena_calloc(arena, TOPICS_MAX + 1, sizeof(*topics));
	size_t count = 0;

	while (rest.len && count < TOPICS_MAX) {
		size_t comma = iv_str_find_char(rest, ',');
		struct iv_str word = iv_str_trim(iv_str_slice(rest, 0, comma));
		char *name = (char *)iv_arena_str(arena, word).ptr;

		for (size_t i = 0; i < word.len; i++)
			name[i] = name[i] == ' ' ? '-' : (char)iv_to_lower(name[i]);
		if (iv_rules_setting(rules, iv_arena_printf(arena, "thin-questions.%s", name).ptr))
			topics[count++] = name;
		rest = comma == SIZE_MAX ? (struct iv_str){NULL, 0}
					 : iv_str_slice(rest, comma + 1, rest.len);
	}
	return topics;
}

int iv_dossier_read(struct iv_dossier *out, struct iv_index *index, const struct iv_rules *rules,
		    const struct iv_dossier_query *query, struct iv_error *error)
{
	struct iv_arena *scratch = iv_arena_new();
	int rc;

	/* The index only asks, whatever the pointer says. */
	iv_db_functions(iv_index_db(index), iv_rules_lookup, iv_rules_hint, (void *)rules);
	rc = iv_index_dossier(out, index, query, topics_of(scratch, rules), error);
	iv_db_functions(iv_index_db(index), NULL, NULL, NULL);
	iv_arena_free(scratch);
	return rc;
}
