/* The figures of a search, read with the settings that the words of the practice ask. */
#include "index/tally.h"
#include "index/update.h"
#include "rules/rule.h"

/* The index only asks, whatever the pointer says. */
static void begin(struct iv_index *index, const struct iv_rules *rules)
{
	iv_db_functions(iv_index_db(index), iv_rules_lookup, iv_rules_hint, (void *)rules);
}

static void end(struct iv_index *index)
{
	iv_db_functions(iv_index_db(index), NULL, NULL, NULL);
}

int iv_tally_read(struct iv_tally *out, struct iv_index *index, const struct iv_rules *rules,
		  iv_day from, iv_day to, iv_day today, struct iv_error *error)
{
	int rc;

	begin(index, rules);
	rc = iv_index_tally(out, index, from, to, today, error);
	end(index);
	return rc;
}

int iv_graph_read(struct iv_graph *out, struct iv_index *index, const struct iv_rules *rules,
		  iv_day today, struct iv_error *error)
{
	int rc;

	begin(index, rules);
	rc = iv_index_graph(out, index, today, error);
	end(index);
	return rc;
}
