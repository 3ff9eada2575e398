/* What each rule costs. */
#include <time.h>

#include "index/update.h"
#include "rules/effect.h"
#include "rules/harvest.h"

/* A quick one is asked again, for its pages are then where they mostly are. */
#define QUICK 20.0
#define TRIES 3

static double milliseconds(void)
{
	struct timespec now = {0, 0};

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* `only`: the rows that are asked for, as of struct harvest. */
static int time_rule(double *out, struct iv_db *db, const struct iv_rule *rule, const char *only,
		     struct iv_error *error)
{
	struct harvest harvest;
	int rc = 0;

	*out = -1;
	iv_harvest_init(&harvest);
	harvest.only = only;
	for (int i = 0; !rc && i < TRIES && *out < QUICK; i++) {
		double took = milliseconds();

		iv_harvest_reset(&harvest);
		rc = iv_harvest(&harvest, db, rule, NULL, 0, error);
		took = milliseconds() - took;
		if (harvest.failed)
			break;
		if (*out < 0 || took < *out)
			*out = took;
	}
	iv_harvest_release(&harvest);
	return rc;
}

static int time_all(double *out, struct iv_index *index, const struct iv_rules *rules,
		    struct iv_error *error)
{
	struct iv_db *db = iv_index_db(index);
	iv_day horizon = iv_rules_horizon(index);
	struct effects *effects;
	struct iv_buf only = IV_BUF_INIT;
	int rc = iv_effects_new(&effects, db, rules, error);

	/* The index only asks, whatever the pointer says. */
	iv_db_functions(db, iv_rules_lookup, iv_rules_hint, (void *)rules);
	for (size_t i = 0; !rc && i < rules->count; i++) {
		const struct iv_rule *rule = &rules->rules[i];

		out[i] = -1;
		iv_buf_clear(&only);
		iv_effects_reach(&only, effects, rule, horizon);
		if (!rule->off)
			rc = time_rule(&out[i], db, rule, only.len ? only.ptr : NULL, error);
	}
	iv_db_functions(db, NULL, NULL, NULL);
	iv_buf_release(&only);
	iv_effects_free(effects);
	return rc;
}

int iv_rules_time(double *milliseconds_of, struct iv_index *index, const struct iv_rules *rules,
		  struct iv_error *error)
{
	int rc;

	while ((rc = time_all(milliseconds_of, index, rules, error)) &&
	       iv_index_retry(index, error))
		;
	return rc;
}
