/* The past as people and programs read it. */
#ifndef IV_VIEW_LOG_H
#define IV_VIEW_LOG_H

#include <ivnotes/history.h>
#include <ivnotes/view.h>

#include "base/str.h"

/* One thing that happened, or was written down. */
struct iv_told {
	iv_day day;                          /* that it is told under */
	const struct iv_past_commit *commit; /* NULL: none that is known says so */
	const struct iv_past_note *note;     /* as that commit has it; NULL: of no single note */
	const struct iv_act *act;            /* NULL: git could not read it */
	struct iv_str name;                  /* of the person whom the act is about, as it is now */
	const char *path;                    /* of the note that says so, as it was then */
	const char *text;                    /* in words, without the day */
	const char *label; /* whose note it is, where the words do not say; or NULL */
	bool unknown;      /* a commit says so, and which one is not known */
	iv_day claimed;    /* when it was, where that is not `day`; or IV_NO_DAY */
	iv_day recorded;   /* the commit's day, where that is over a day later; or IV_NO_DAY */
};

struct iv_log {
	const char *title;           /* whose story it is, or NULL */
	const char *path;            /* of the note, to be shown below */
	const struct iv_told *items; /* newest first; those of a commit and of its notes together */
	size_t count;
	int abbrev;    /* so many digits of an id say which commit it is */
	bool authors;  /* name them */
	bool subjects; /* and what was said of each commit, and when */
	bool all;      /* every change of a note, not only the first few */
};

/* Day by day, and below each the commits. */
void iv_log_text(const struct iv_view *view, const struct iv_log *log);
/* A line a commit, cut where it gets long unless all is asked for, or a line for what no commit says. */
void iv_log_oneline(const struct iv_view *view, const struct iv_log *log);
void iv_log_markdown(const struct iv_view *view, const struct iv_log *log);
/* One object with `version` and `events`, or an object a line. */
void iv_log_json(const struct iv_view *view, const struct iv_log *log);
void iv_log_jsonl(const struct iv_view *view, const struct iv_log *log);

/* "2 Dec", with the year where it is not that of `near`. */
void iv_log_day(struct iv_buf *out, iv_day day, iv_day near);

#endif
