/*
 * Words or a pattern in the files of a source, read afresh on all cores: the index holds no text.
 */
#ifndef IV_VAULT_SEARCH_H
#define IV_VAULT_SEARCH_H

#include <ivnotes/vault.h>

/* A line that matched; the column is of its first match. */
struct iv_hit {
	const char *path;
	struct iv_pos pos;
	struct iv_str line; /* without its end */
};

/* A note that could not be searched, and why. */
struct iv_miss {
	const char *path;
	const char *message;
};

/* Hits and misses sorted by path and line; `memory` owns everything but the entries' paths. */
struct iv_hits {
	struct iv_hit *items;
	size_t count;
	struct iv_miss *misses;
	size_t miss_count;
	void *memory;
};

struct iv_search;

/*
 * Words of which all must occur in a note (case folded); the hits are the lines that hold any of
 * them. At least one, none empty.
 */
int iv_search_words(struct iv_search **out, const char *const *words, size_t count,
		    struct iv_error *error);
/* One regular expression (PCRE2), `^` and `$` at lines. IV_EINPUT when it is malformed. */
int iv_search_pattern(struct iv_search **out, struct iv_str pattern, bool ignore_case,
		      struct iv_error *error);
void iv_search_free(struct iv_search *search);

/*
 * Searches these entries, which must outlive the hits. A file that has gone meanwhile is no miss;
 * in bytes that are no UTF-8 the rest is searched. What could not be read, or ran over PCRE2's
 * limits, is a miss. IV_ELIMIT once a few notes have run over them: the pattern is at fault, and
 * there are no hits then.
 */
int iv_search_run(struct iv_hits *out, const struct iv_search *search, struct iv_source *source,
		  const struct iv_entry *entries, size_t count, struct iv_error *error);
void iv_hits_release(struct iv_hits *hits);

#endif
