/* The figures of a search: for people with bars, for programs as JSON and CSV. */
#ifndef IV_VIEW_STATS_H
#define IV_VIEW_STATS_H

#include "view/graph.h"

enum iv_stats_by {
	IV_BY_NOTHING,
	IV_BY_SOURCE,
	IV_BY_ORGANIZATION,
	IV_BY_VIA,
	IV_BY_WEEK,
};
/* "source", "organization", "via", "week" */
const char *iv_stats_by_word(enum iv_stats_by by);

struct iv_stats {
	const struct iv_tally *tally; /* of the days from `from` to `to` */
	const struct iv_graph *graph; /* of the whole search */
	iv_day from, to, today;       /* IV_NO_DAY: open */
	enum iv_stats_by by;
	bool color;
};

/* How long something took, in days. */
struct iv_span_figures {
	size_t count;
	int64_t shortest, longest, twice_median; /* twice: it may lie between two days */
};

struct iv_sum {
	size_t fates[IV_FATE_COUNT];
	size_t asked; /* all of these that reached somebody */
	/* In people, by the last round of each: settled without those pending. */
	size_t accepted, settled, pending;
	size_t met;
	size_t thanks[IV_THANKS_MISSING + 1]; /* of their first meetings */
	struct iv_span_figures answer, meeting,
		thanked; /* since the first request; since the meeting */
};

/* One group of what was asked; `name` "" where the notes do not say. */
struct iv_group {
	const char *name;
	struct iv_sum sum;
};

/* What was asked in groups, the largest first, weeks in order. With IV_BY_NOTHING one, "". */
struct iv_groups {
	struct iv_group *items;
	size_t count;
	void *memory;
};
struct iv_groups iv_stats_groups(const struct iv_tally *tally, enum iv_stats_by by);
void iv_groups_release(struct iv_groups *groups);

/* The meetings of the time. */
struct iv_meetings_sum {
	size_t meetings, people; /* different people */
	int64_t names;
	size_t thanks[IV_THANKS_MISSING + 1];
};
struct iv_meetings_sum iv_stats_meetings(const struct iv_tally *tally);

/* Who opened doors: roots that led to somebody, those to most people first; the caller frees. */
struct iv_door {
	size_t root;
	struct iv_reach reach;
};
struct iv_door *iv_stats_doors(size_t *count, const struct iv_graph *graph);

/* "2", "2.5" */
void iv_median_text(struct iv_buf *out, const struct iv_span_figures *span);

void iv_stats_text(struct iv_buf *out, const struct iv_stats *stats);
/* One object in one line. */
void iv_stats_json(struct iv_buf *out, const struct iv_stats *stats);
/* RFC 4180: a line of headings, then one a group. */
void iv_stats_csv(struct iv_buf *out, const struct iv_stats *stats);

#endif
