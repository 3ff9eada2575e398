/*
 * Stage: rows -> text for people and programs. Pure: what a view needs from outside (where the
 * person stands, a line of a note) it asks its caller for; what it makes goes to `write`.
 */
#ifndef IVNOTES_VIEW_H
#define IVNOTES_VIEW_H

#include <ivnotes/rules.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Changes when a field of the JSON forms is renamed or removed, not when one is added. */
#define IV_VIEW_SCHEMA 1

struct iv_view {
	/* Takes the result in pieces, in order. */
	void (*write)(void *data, const char *bytes, size_t len);
	/* The path of a note as text shows it; the view frees it. NULL: the path in the vault. */
	char *(*relative)(void *data, const char *path);
	/*
	 * A line of a note without its end, for columns in code points; valid until the next call,
	 * absent where it cannot be had (the column is then in bytes). NULL: never.
	 */
	struct iv_str (*line)(void *data, const char *path, uint32_t line);
	void *data;

	bool color; /* text for a terminal that shows colours */
	iv_day today;
	iv_day from, to; /* the days that the rows were chosen from; IV_NO_DAY: not told */
};

/*
 * `path:line:col: severity: message [rule]`, a line each, columns in bytes. Control characters
 * are made visible.
 */
IV_API void iv_view_text(const struct iv_view *view, const struct iv_finding *findings,
			 size_t count);

/* One JSON object: `version`, `today`, `from` and `to` where told, `findings`. */
IV_API void iv_view_json(const struct iv_view *view, const struct iv_finding *findings,
			 size_t count);
/* The findings as a JSON object a line, each with its `version`. */
IV_API void iv_view_jsonl(const struct iv_view *view, const struct iv_finding *findings,
			  size_t count);

/*
 * SARIF 2.1.0 (OASIS). Results point into `rules`, which is the tool's rule table. The fingerprint
 * `ivnotes/v1` of a result stays when lines move and when the note changes its folder.
 */
IV_API void iv_view_sarif(const struct iv_view *view, const struct iv_rule *rules,
			  size_t rule_count, const struct iv_finding *findings, size_t count);

/*
 * Day by day: rows due before view->from first, under 'overdue', then those of each day. The rows
 * come sorted by iv_agenda_sort().
 */
IV_API void iv_view_agenda(const struct iv_view *view, const struct iv_finding *findings,
			   size_t count);
/* By due day, then person, then place. */
IV_API void iv_agenda_sort(struct iv_finding *findings, size_t count);

IV_API const char *iv_severity_word(enum iv_severity severity); /* info, warning, error */
IV_API const char *iv_rule_kind_word(enum iv_rule_kind kind);   /* owed, unwise, broken */
IV_API const char *iv_when_word(enum iv_when when); /* upcoming, due, overdue, undated */

#ifdef __cplusplus
}
#endif

#endif
