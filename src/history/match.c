/* Which of the newer things is which of the older ones. */
#include <stdlib.h>

#include "history/finder.h"

struct keyed {
	struct iv_str key;
	size_t index;
};

void iv_match_init(struct iv_match *match, struct iv_finder *finder, size_t before_count,
		   size_t after_count)
{
	match->before_count = before_count;
	match->after_count = after_count;
	match->of_before = iv_arena_alloc(finder->arena, (before_count + 1) * sizeof(size_t));
	match->of_after = iv_arena_alloc(finder->arena, (after_count + 1) * sizeof(size_t));
	for (size_t i = 0; i < before_count; i++)
		match->of_before[i] = SIZE_MAX;
	for (size_t i = 0; i < after_count; i++)
		match->of_after[i] = SIZE_MAX;
}

static int by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int order = iv_str_cmp(x->key, y->key);

	return order ? order : x->index < y->index ? -1 : x->index > y->index;
}

/* Those without a like, sorted; the caller frees. */
static struct keyed *alone(size_t *count, const struct iv_str *keys, const size_t *likes,
			   size_t total)
{
	struct keyed *out = iv_calloc(total + 1, sizeof(*out));

	*count = 0;
	for (size_t i = 0; i < total; i++)
		if (likes[i] == SIZE_MAX && keys[i].ptr)
			out[(*count)++] = (struct keyed){keys[i], i};
	qsort(out, *count, sizeof(*out), by_key);
	return out;
}

void iv_match_keys(struct iv_match *match, const struct iv_str *before, const struct iv_str *after)
{
	size_t old_count, new_count;
	struct keyed *old = alone(&old_count, before, match->of_before, match->before_count);
	struct keyed *new = alone(&new_count, after, match->of_after, match->after_count);

	for (size_t i = 0, j = 0; i < old_count && j < new_count;) {
		int order = iv_str_cmp(old[i].key, new[j].key);

		if (!order) {
			match->of_before[old[i].index] = new[j].index;
			match->of_after[new[j].index] = old[i].index;
		}
		i += order <= 0;
		j += order >= 0;
	}
	free(old);
	free(new);
}
