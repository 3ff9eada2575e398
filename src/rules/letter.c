/* What a letter to somebody can speak of, read with the settings that the words of the practice ask. */
#include "index/letter.h"
#include "index/update.h"
#include "rules/rule.h"

int iv_letter_facts_read(struct iv_letter_facts *out, struct iv_index *index,
			 const struct iv_rules *rules, const char *path, struct iv_error *error)
{
	struct iv_db *db = iv_index_db(index);
	int rc;

	/* The index only asks, whatever the pointer says. */
	iv_db_functions(db, iv_rules_lookup, iv_rules_hint, (void *)rules);
	rc = iv_index_letter(out, index, path, error);
	iv_db_functions(iv_index_db(index), NULL, NULL, NULL);
	return rc;
}
