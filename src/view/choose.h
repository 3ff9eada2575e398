/* Findings for people to read: chosen, and in the agenda's order. */
#ifndef IV_VIEW_CHOOSE_H
#define IV_VIEW_CHOOSE_H

#include <ivnotes/rules.h>

typedef bool (*iv_choose_fn)(const struct iv_finding *finding, const void *data);

/*
 * Copies of the chosen ones, by due day, person and place; those without a due day, which are
 * chosen apart, as they came. The caller frees the array.
 */
struct iv_finding *iv_choose(size_t *count, const struct iv_findings *findings, iv_choose_fn choose,
			     const void *data);

/*
 * It will hold once a meeting has been that is still ahead on that day (thanks, what became of
 * it): true, but nothing to tell anybody yet. `findings` hold the row of the meeting itself.
 */
bool iv_waits_for_meeting(const struct iv_finding *finding, const struct iv_findings *findings,
			  iv_day day);

#endif
